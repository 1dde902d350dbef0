//! Pictures of the evidence: of the right kind and size, decoded.

use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still;

/// Sides of a still in pixels: shortest that can be judged, longest that is sent.
pub const STILL_SIDES: [u32; 2] = [240, 640];
/// Sides of a small frame in pixels.
pub const SMALL_SIDES: [u32; 2] = [120, 320];

/// Why bytes are not a picture of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Not a JPEG.
    #[error("not a JPEG")]
    NotJpeg,
    /// A side is outside the range.
    #[error("{width}x{height} pixels")]
    Size {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// A JPEG that is damaged.
    #[error("picture cannot be decoded")]
    Undecodable,
}

/// Decodes a picture whose sides must lie within a range; the size is read from the header first,
/// so that a few bytes cannot ask for much memory.
///
/// # Errors
/// [`PictureError`].
pub fn decode(jpeg: &[u8], sides: [u32; 2]) -> Result<Rgb, PictureError> {
    let (width, height) = jpeg_size(jpeg).ok_or(PictureError::NotJpeg)?;
    let [least, most] = sides;
    if width.min(height) < least || width.max(height) > most {
        return Err(PictureError::Size { width, height });
    }
    let picture = still::decode(jpeg).map_err(|_| PictureError::Undecodable)?;
    if (picture.width, picture.height) == (width, height) {
        Ok(picture)
    } else {
        Err(PictureError::Undecodable)
    }
}

/// Width and height from the frame header of a JPEG (ITU-T T.81, B.2.2).
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.strip_prefix(&[0xff, 0xd8])?;
    loop {
        let [0xff, marker, after @ ..] = rest else {
            return None;
        };
        match marker {
            // A fill byte before a marker.
            0xff => {
                rest = rest.get(1..)?;
                continue;
            }
            // Markers without a length.
            0x01 | 0xd0..=0xd7 => {
                rest = after;
                continue;
            }
            // The picture begins or ends before any frame header.
            0xd9 | 0xda => return None,
            _ => {}
        }
        let &[high, low, ..] = after else {
            return None;
        };
        let segment = after.get(2..usize::from(u16::from_be_bytes([high, low])))?;
        let is_frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if is_frame {
            let &[_, h1, h0, w1, w0, ..] = segment else {
                return None;
            };
            let side = |high, low| u32::from(u16::from_be_bytes([high, low]));
            return Some((side(w1, w0), side(h1, h0)));
        }
        rest = after.get(2 + segment.len()..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let pixels = vec![90; (width * height * 3) as usize];
        still::encode_jpeg(
            &Rgb {
                width,
                height,
                pixels,
            },
            80,
        )
        .unwrap()
    }

    #[test]
    fn the_size_is_read_without_decoding_and_must_lie_in_range() {
        assert_eq!(jpeg_size(&jpeg(300, 400)), Some((300, 400)));
        assert!(decode(&jpeg(300, 400), STILL_SIDES).is_ok());
        for (width, height) in [(200, 400), (300, 700)] {
            assert_eq!(
                decode(&jpeg(width, height), STILL_SIDES),
                Err(PictureError::Size { width, height })
            );
        }
    }

    #[test]
    fn a_png_a_cut_and_an_empty_file_are_refused() {
        let whole = jpeg(300, 400);
        let png = still::encode_png(&still::decode(&whole).unwrap()).unwrap();
        assert_eq!(decode(&png, STILL_SIDES), Err(PictureError::NotJpeg));
        assert_eq!(decode(&[], STILL_SIDES), Err(PictureError::NotJpeg));
        assert!(decode(&whole[..100], STILL_SIDES).is_err());
    }

    proptest! {
        #[test]
        fn junk_never_panics(junk: Vec<u8>) {
            let _ = decode(&junk, STILL_SIDES);
            let _ = jpeg_size(&[&[0xff, 0xd8, 0xff], &junk[..]].concat());
        }
    }
}
