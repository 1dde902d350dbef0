//! Pictures from files, as frames for the bindings.

use std::fs;
use std::path::Path;

use quanshengshi::frame::{FrameFormat, FrameLayout, FrameRotation};
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still::{StillError, decode};

/// Why a file is not a picture.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PixelsError {
    #[error("the file cannot be read")]
    Read(#[from] std::io::Error),
    #[error("not a JPEG or PNG picture")]
    Picture(#[from] StillError),
}

/// Reads a picture file.
pub(crate) fn read_picture(file: &Path) -> Result<Rgb, PixelsError> {
    Ok(decode(&fs::read(file)?)?)
}

/// How upright, dense colours are laid out.
pub(crate) fn layout(picture: &Rgb) -> FrameLayout {
    FrameLayout {
        width: picture.width,
        height: picture.height,
        stride: picture.width.saturating_mul(3),
        format: FrameFormat::Rgb8,
        rotation: FrameRotation::Upright,
        mirrored: false,
    }
}
