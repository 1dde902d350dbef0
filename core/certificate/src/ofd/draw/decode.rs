//! From the bytes of a picture to pixels, about as many as are drawn.
//!
//! PNG rows are averaged while they are read and JPEG is decoded at an eighth, a quarter or a half,
//! so that a large scan costs little memory on a small page.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage, RgbaImage};
use tiny_skia::{ColorU8, Pixmap, PremultipliedColorU8};

use super::shrink::Shrink;
use crate::ofd::limits::{MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS, MAX_PICTURE_SIDE};

/// How many pixels are wanted, across and down.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted(pub(super) u32, pub(super) u32);

impl Wanted {
    /// The size to shrink a picture of `width` and `height` to while it is read; `None` to leave it.
    fn smaller(self, width: u32, height: u32) -> Option<(u32, u32)> {
        let fits = (1..=width).contains(&self.0) && (1..=height).contains(&self.1);
        (fits && (self.0, self.1) != (width, height)).then_some((self.0, self.1))
    }
}

/// What decoding is counted as, in pixels painted; small for what is no picture.
pub(super) fn cost(bytes: &[u8]) -> u64 {
    let size = if is_jbig2(bytes) {
        jbig2_size(bytes)
    } else {
        let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
        reader.ok().and_then(|reader| reader.into_dimensions().ok())
    };
    let (width, height) = size.unwrap_or((0, 0));
    u64::from(width) * u64::from(height) * 4 + 1024
}

/// The pixels of PNG, JPEG, BMP, GIF, TIFF or JBIG2 bytes; `None` for anything else or beyond the
/// limits.
pub(super) fn decode(bytes: &[u8], wanted: Wanted) -> Option<Pixmap> {
    let made = if is_jbig2(bytes) {
        jbig2(bytes, wanted)?
    } else {
        match image::guess_format(bytes).ok()? {
            ImageFormat::Png => png(bytes, wanted)?,
            ImageFormat::Jpeg => jpeg(bytes, wanted)?,
            _ => whole(bytes, wanted)?,
        }
    };
    Some(made)
}

/// The pixels of PNG or JPEG bytes, all of them; `None` for anything else or beyond the limits.
pub(crate) fn decode_whole(bytes: &[u8]) -> Option<RgbaImage> {
    Some(reader(bytes)?.decode().ok()?.into_rgba8())
}

/// Decodes twice: as it is, and much smaller.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn decode_for_fuzzing(bytes: &[u8]) {
    // What a page would refuse to pay for is not tried either.
    if cost(bytes) <= 4_000_000 {
        let _ = (
            decode(bytes, Wanted(16_384, 16_384)),
            decode(bytes, Wanted(3, 2)),
        );
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_PICTURE_SIDE);
    limits.max_image_height = Some(MAX_PICTURE_SIDE);
    limits.max_alloc = Some(MAX_PICTURE_BYTES);
    limits
}

fn reader(bytes: &[u8]) -> Option<ImageReader<Cursor<&[u8]>>> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .ok()?;
    reader.limits(limits());
    Some(reader)
}

fn sane(width: u32, height: u32) -> bool {
    let sides = 1..=MAX_PICTURE_SIDE;
    sides.contains(&width)
        && sides.contains(&height)
        && u64::from(width) * u64::from(height) <= MAX_PICTURE_PIXELS
}

fn whole(bytes: &[u8], wanted: Wanted) -> Option<Pixmap> {
    let (width, height) = reader(bytes)?.into_dimensions().ok()?;
    if !sane(width, height) {
        return None;
    }
    finished(reader(bytes)?.decode().ok()?, wanted)
}

/// Pixels of a decoded picture, shrunk if that is much.
fn finished(picture: DynamicImage, wanted: Wanted) -> Option<Pixmap> {
    let (width, height) = (picture.width(), picture.height());
    let Some(smaller) = wanted.smaller(width, height) else {
        return match picture {
            DynamicImage::ImageRgb8(rgb) => opaque(rgb.as_raw().chunks_exact(3), width, height),
            DynamicImage::ImageLuma8(grey) => opaque(grey.as_raw().chunks_exact(1), width, height),
            other => pixmap(&other.into_rgba8()),
        };
    };
    let whole = (width, height);
    let picture = match picture {
        DynamicImage::ImageRgb8(rgb) => match Shrink::in_place(rgb.into_raw(), 3, whole, smaller) {
            Ok(made) => return made,
            Err(back) => DynamicImage::ImageRgb8(RgbImage::from_raw(width, height, back)?),
        },
        other => other,
    };
    let mut shrink = Shrink::new(whole, smaller);
    let mut feed = |rows: &[u8], channels: usize| {
        for row in rows.chunks_exact(width as usize * channels) {
            shrink.row(row, channels);
        }
    };
    match picture {
        DynamicImage::ImageRgb8(rgb) => feed(rgb.as_raw(), 3),
        DynamicImage::ImageLuma8(grey) => feed(grey.as_raw(), 1),
        other => feed(other.into_rgba8().as_raw(), 4),
    }
    shrink.finish()
}

fn opaque<'b>(pixels: impl Iterator<Item = &'b [u8]>, width: u32, height: u32) -> Option<Pixmap> {
    let mut pixmap = Pixmap::new(width, height)?;
    for (to, from) in pixmap.pixels_mut().iter_mut().zip(pixels) {
        let (red, green, blue) = match *from {
            [red, green, blue] => (red, green, blue),
            [grey] => (grey, grey, grey),
            _ => continue,
        };
        // Opaque, so premultiplied as it is.
        if let Some(made) = PremultipliedColorU8::from_rgba(red, green, blue, 255) {
            *to = made;
        }
    }
    Some(pixmap)
}

fn pixmap(picture: &RgbaImage) -> Option<Pixmap> {
    let mut pixmap = Pixmap::new(picture.width(), picture.height())?;
    for (to, from) in pixmap.pixels_mut().iter_mut().zip(picture.pixels()) {
        let [red, green, blue, alpha] = from.0;
        *to = ColorU8::from_rgba(red, green, blue, alpha).premultiply();
    }
    Some(pixmap)
}

fn png(bytes: &[u8], wanted: Wanted) -> Option<Pixmap> {
    let png_limits = png::Limits {
        bytes: usize::try_from(MAX_PICTURE_BYTES).ok()?,
    };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png_limits);
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = (reader.info().width, reader.info().height);
    if !sane(width, height) {
        return None;
    }
    let channels = reader.output_color_type().0.samples();
    let Some(smaller) = wanted
        .smaller(width, height)
        .filter(|_| !reader.info().interlaced)
    else {
        return whole(bytes, wanted);
    };
    let mut shrink = Shrink::new((width, height), smaller);
    while let Ok(Some(row)) = reader.next_row() {
        shrink.row(row.data(), channels);
    }
    shrink.finish()
}

/// JPEG, at a fraction of its size if that is still enough.
fn jpeg(bytes: &[u8], wanted: Wanted) -> Option<Pixmap> {
    let (width, height) = JpegDecoder::new(Cursor::new(bytes)).ok()?.dimensions();
    if !sane(width, height) {
        return None;
    }
    let half = |(across, down): &(u32, u32)| width >= across * 2 && height >= down * 2;
    let Some((across, down)) = wanted.smaller(width, height).filter(half) else {
        return whole(bytes, wanted);
    };
    let mut decoder = jpeg_decoder::Decoder::new(Cursor::new(bytes));
    decoder.set_max_decoding_buffer_size(usize::try_from(MAX_PICTURE_BYTES).ok()?);
    let side = |side: u32| u16::try_from(side).unwrap_or(u16::MAX);
    let scaled = decoder.scale(side(across), side(down)).ok();
    let pixels = scaled.and_then(|size| Some((size, decoder.decode().ok()?)));
    let format = decoder.info().map(|info| info.pixel_format);
    match (pixels, format) {
        (Some(((width, height), pixels)), Some(format)) => {
            let (width, height) = (u32::from(width), u32::from(height));
            match format {
                jpeg_decoder::PixelFormat::RGB24 => {
                    let picture = RgbImage::from_raw(width, height, pixels)?;
                    finished(DynamicImage::ImageRgb8(picture), wanted)
                }
                jpeg_decoder::PixelFormat::L8 => {
                    let picture = image::GrayImage::from_raw(width, height, pixels)?;
                    finished(DynamicImage::ImageLuma8(picture), wanted)
                }
                _ => whole(bytes, wanted),
            }
        }
        _ => whole(bytes, wanted),
    }
}

fn is_jbig2(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x97, b'J', b'B', b'2', 0x0D, 0x0A, 0x1A, 0x0A])
}

fn jbig2_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let file = hayro_jbig2::File::new(bytes, &hayro_jbig2::DecodeSettings::default()).ok()?;
    let page = file.page(0)?;
    Some((page.width(), page.height()))
}

fn jbig2(bytes: &[u8], wanted: Wanted) -> Option<Pixmap> {
    let file = hayro_jbig2::File::new(bytes, &hayro_jbig2::DecodeSettings::default()).ok()?;
    let page = file.page(0)?;
    let (width, height) = (page.width(), page.height());
    if !sane(width, height) {
        return None;
    }
    let smaller = wanted.smaller(width, height);
    let mut rows = Bilevel {
        row: Vec::with_capacity(width as usize),
        pixels: Vec::new(),
        shrink: smaller.map(|smaller| Shrink::new((width, height), smaller)),
    };
    page.decode(&mut rows).ok()?;
    match rows.shrink {
        Some(shrink) => shrink.finish(),
        None => opaque(rows.pixels.chunks_exact(1), width, height),
    }
}

/// Black and white pixels as they come.
struct Bilevel {
    row: Vec<u8>,
    pixels: Vec<u8>,
    shrink: Option<Shrink>,
}

impl hayro_jbig2::Decoder for Bilevel {
    fn push_pixel(&mut self, black: bool) {
        self.row.push(if black { 0 } else { 255 });
    }

    fn push_pixel_chunk(&mut self, black: bool, chunks: u32) {
        let grey = if black { 0 } else { 255 };
        let length = self.row.len() + chunks as usize * 8;
        self.row.resize(length, grey);
    }

    fn next_line(&mut self) {
        match &mut self.shrink {
            Some(shrink) => {
                shrink.row(&self.row, 1);
                self.row.clear();
            }
            None => self.pixels.append(&mut self.row),
        }
    }
}
