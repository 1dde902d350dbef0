//! A drawn page.

use std::collections::BTreeSet;
use std::io::Cursor;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use tiny_skia::Pixmap;

use crate::ofd::read::page::LeftOut;

/// A drawn page: opaque pixels, rows from the top, red, green, blue, alpha.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// `width` × `height` × 4 bytes.
    pub rgba: Vec<u8>,
    /// What the page holds that is not in the picture, or not exactly.
    pub left_out: BTreeSet<LeftOut>,
}

/// A picture that could not be encoded.
#[derive(Debug, thiserror::Error)]
#[error("the picture could not be encoded")]
pub struct EncodeError(#[from] image::ImageError);

impl Picture {
    pub(super) fn opaque(pixmap: Pixmap, left_out: BTreeSet<LeftOut>) -> Self {
        let (width, height) = (pixmap.width(), pixmap.height());
        Self {
            width,
            height,
            rgba: pixmap.take(),
            left_out,
        }
    }

    /// The picture as a PNG file, without alpha.
    ///
    /// # Errors
    /// [`EncodeError`] if the picture has no pixels or its fields do not fit each other.
    pub fn to_png(&self) -> Result<Vec<u8>, EncodeError> {
        let rgb: Vec<u8> = self
            .rgba
            .chunks_exact(4)
            .flat_map(|p| [p[0], p[1], p[2]])
            .collect();
        let pixels = u64::from(self.width) * u64::from(self.height);
        if rgb.len() as u64 != pixels * 3 {
            let kind = image::error::ParameterErrorKind::DimensionMismatch;
            let error = image::error::ParameterError::from_kind(kind);
            return Err(EncodeError(image::ImageError::Parameter(error)));
        }
        let mut file = Cursor::new(Vec::new());
        PngEncoder::new_with_quality(&mut file, CompressionType::Fast, FilterType::Adaptive)
            .write_image(&rgb, self.width, self.height, ExtendedColorType::Rgb8)?;
        Ok(file.into_inner())
    }
}
