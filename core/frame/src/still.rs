//! Still pictures as bytes: the one door to the picture decoder.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder as _, ImageEncoder, ImageFormat, ImageReader,
    Limits,
};

use crate::rgb::Rgb;

/// The longest side of a still that is decoded, in pixels.
pub const LONGEST_STILL_SIDE: u32 = 8192;

/// Why bytes are not a picture, or a picture could not be written.
#[derive(Debug, thiserror::Error)]
pub enum StillError {
    /// Neither JPEG nor PNG by its first bytes.
    #[error("neither JPEG nor PNG")]
    UnknownFormat,
    /// Damaged, or larger than [`LONGEST_STILL_SIDE`].
    #[error("picture cannot be decoded")]
    Undecodable(#[source] image::ImageError),
    /// The pixels do not fit the size.
    #[error("picture cannot be encoded")]
    Unencodable(#[source] image::ImageError),
}

/// Width and height that a JPEG or PNG says it has, as it is stored, whatever they are: nothing is
/// decoded, so that a small file cannot ask for much memory.
///
/// # Errors
/// [`StillError::UnknownFormat`] by the first bytes, [`StillError::Undecodable`] for a damaged
/// header.
pub fn stored_size(bytes: &[u8]) -> Result<(u32, u32), StillError> {
    let mut reader = reader(bytes)?;
    // Sizes beyond what would be decoded are told too: that is what this is for.
    reader.no_limits();
    reader.into_dimensions().map_err(StillError::Undecodable)
}

/// Decodes a JPEG or PNG into upright colours, turned as its EXIF says; transparency is drawn on
/// white.
///
/// # Errors
/// [`StillError::UnknownFormat`] by the first bytes, [`StillError::Undecodable`] for damaged
/// data or sides above [`LONGEST_STILL_SIDE`].
pub fn decode(bytes: &[u8]) -> Result<Rgb, StillError> {
    let mut decoder = reader(bytes)?
        .into_decoder()
        .map_err(StillError::Undecodable)?;
    let turn = decoder.orientation().map_err(StillError::Undecodable)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(StillError::Undecodable)?;
    picture.apply_orientation(turn);
    let (width, height) = (picture.width(), picture.height());
    let pixels = if picture.color().has_alpha() {
        let mut rgb = Vec::with_capacity(width as usize * height as usize * 3);
        for pixel in picture.to_rgba8().pixels() {
            let [red, green, blue, alpha] = pixel.0;
            rgb.extend([red, green, blue].map(|value| over_white(value, alpha)));
        }
        rgb
    } else {
        picture.to_rgb8().into_raw()
    };
    Ok(Rgb {
        width,
        height,
        pixels,
    })
}

fn reader(bytes: &[u8]) -> Result<ImageReader<Cursor<&[u8]>>, StillError> {
    let Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png)) = image::guess_format(bytes) else {
        return Err(StillError::UnknownFormat);
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_STILL_SIDE);
    limits.max_image_height = Some(LONGEST_STILL_SIDE);
    // Three bytes a pixel of the largest picture, twice.
    limits.max_alloc = Some(512 << 20);
    reader.limits(limits);
    Ok(reader)
}

fn over_white(value: u8, alpha: u8) -> u8 {
    let alpha = u32::from(alpha);
    ((u32::from(value) * alpha + 255 * (255 - alpha)) / 255) as u8
}

/// Encodes colours as JPEG at a quality of 1 to 100.
///
/// # Errors
/// [`StillError::Unencodable`] when the pixels do not fit the size.
pub fn encode_jpeg(picture: &Rgb, quality: u8) -> Result<Vec<u8>, StillError> {
    let mut out = Vec::new();
    check_size(picture)?;
    JpegEncoder::new_with_quality(&mut out, quality.clamp(1, 100))
        .write_image(
            &picture.pixels,
            picture.width,
            picture.height,
            ExtendedColorType::Rgb8,
        )
        .map_err(StillError::Unencodable)?;
    Ok(out)
}

/// Encodes colours as PNG, without loss.
///
/// # Errors
/// [`StillError::Unencodable`] when the pixels do not fit the size.
pub fn encode_png(picture: &Rgb) -> Result<Vec<u8>, StillError> {
    let mut out = Vec::new();
    check_size(picture)?;
    PngEncoder::new(&mut out)
        .write_image(
            &picture.pixels,
            picture.width,
            picture.height,
            ExtendedColorType::Rgb8,
        )
        .map_err(StillError::Unencodable)?;
    Ok(out)
}

// The encoders of the library panic on a length that does not fit the size.
fn check_size(picture: &Rgb) -> Result<(), StillError> {
    let needed = picture.width as usize * picture.height as usize * 3;
    if needed == 0 || picture.pixels.len() != needed {
        let kind = image::error::ParameterErrorKind::DimensionMismatch;
        return Err(StillError::Unencodable(image::ImageError::Parameter(
            image::error::ParameterError::from_kind(kind),
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ramp() -> Rgb {
        let pixels = (0..32u32 * 16)
            .flat_map(|at| [(at % 32 * 8) as u8, 90, 200])
            .collect();
        Rgb {
            width: 32,
            height: 16,
            pixels,
        }
    }

    #[test]
    fn png_comes_back_the_same_and_jpeg_nearly() {
        assert_eq!(decode(&encode_png(&ramp()).unwrap()).unwrap(), ramp());
        let back = decode(&encode_jpeg(&ramp(), 95).unwrap()).unwrap();
        let worst = back
            .pixels
            .iter()
            .zip(&ramp().pixels)
            .map(|(a, b)| a.abs_diff(*b))
            .max();
        assert!(worst.unwrap() < 24, "{worst:?}");
    }

    /// A phone stores its pictures lying and says in EXIF how to hold them.
    #[test]
    fn a_turned_jpeg_comes_upright_and_tells_its_stored_size() {
        let jpeg = encode_jpeg(&ramp(), 90).unwrap();
        // Orientation 6: to be turned a quarter to the right.
        let exif = b"\xff\xe1\x00\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        let turned = [&jpeg[..2], &exif[..], &jpeg[2..]].concat();
        assert_eq!(stored_size(&turned).unwrap(), (32, 16));
        let upright = decode(&turned).unwrap();
        assert_eq!((upright.width, upright.height), (16, 32));
        assert!(matches!(
            stored_size(b"GIF89a"),
            Err(StillError::UnknownFormat)
        ));
    }

    #[test]
    fn other_bytes_truncated_bytes_and_wrong_sizes_are_typed_errors() {
        assert!(matches!(
            decode(b"GIF89a...."),
            Err(StillError::UnknownFormat)
        ));
        let png = encode_png(&ramp()).unwrap();
        assert!(matches!(
            decode(&png[..60]),
            Err(StillError::Undecodable(_))
        ));
        let wrong = Rgb { width: 9, ..ramp() };
        assert!(matches!(
            encode_jpeg(&wrong, 80),
            Err(StillError::Unencodable(_))
        ));
    }

    proptest! {
        #[test]
        fn junk_behind_a_true_header_never_panics(junk in prop::collection::vec(any::<u8>(), 0..400)) {
            let jpeg = encode_jpeg(&ramp(), 80).unwrap();
            let _ = decode(&[&jpeg[..200], &junk[..]].concat());
            let png = encode_png(&ramp()).unwrap();
            let _ = decode(&[&png[..33], &junk[..]].concat());
        }
    }
}
