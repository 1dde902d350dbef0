//! How the host describes a camera frame.

use quanshengshi_frame::frame::{Frame, FrameShape, PixelFormat, Rotation};

use crate::error::QssError;

/// Size and layout of the bytes of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct FrameLayout {
    /// Stored width in pixels, before rotation.
    pub width: u32,
    /// Stored height in pixels, before rotation.
    pub height: u32,
    /// Bytes from one row to the next.
    pub stride: u32,
    /// Layout of the bytes.
    pub format: FrameFormat,
    /// Turn that makes the picture upright.
    pub rotation: FrameRotation,
    /// Whether the picture is a mirror image.
    pub mirrored: bool,
}

/// How the bytes of a frame are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum FrameFormat {
    /// One byte a pixel, brightness only.
    Luma8,
    /// Red, green, blue.
    Rgb8,
    /// Red, green, blue, ignored.
    Rgba8,
    /// Blue, green, red, ignored (iOS).
    Bgra8,
    /// Luma plane, then V and U at half size (Android).
    Nv21,
    /// Luma plane, then U and V at half size (iOS).
    Nv12,
}

/// How far a stored picture must be turned, clockwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum FrameRotation {
    /// Not at all.
    Upright,
    /// A quarter turn.
    Clockwise90,
    /// Half a turn.
    Clockwise180,
    /// Three quarters.
    Clockwise270,
}

impl FrameLayout {
    /// Checks lengths once and borrows the bytes.
    pub(crate) fn frame(self, bytes: &[u8], t_ms: u64) -> Result<Frame<'_>, QssError> {
        let shape = FrameShape {
            width: self.width,
            height: self.height,
            stride: self.stride,
            format: match self.format {
                FrameFormat::Luma8 => PixelFormat::Luma8,
                FrameFormat::Rgb8 => PixelFormat::Rgb8,
                FrameFormat::Rgba8 => PixelFormat::Rgba8,
                FrameFormat::Bgra8 => PixelFormat::Bgra8,
                FrameFormat::Nv21 => PixelFormat::Nv21,
                FrameFormat::Nv12 => PixelFormat::Nv12,
            },
            rotation: match self.rotation {
                FrameRotation::Upright => Rotation::None,
                FrameRotation::Clockwise90 => Rotation::Clockwise90,
                FrameRotation::Clockwise180 => Rotation::Clockwise180,
                FrameRotation::Clockwise270 => Rotation::Clockwise270,
            },
            mirrored: self.mirrored,
        };
        Ok(Frame::new(bytes, shape, t_ms)?)
    }
}
