//! How the host describes a camera frame.
//!
//! Bytes cross borrowed, without a copy: direct buffers from Kotlin, pointers from Swift.

use quanshengshi_frame::frame::{Frame, FrameShape, PixelFormat, Rotation};
use quanshengshi_frame::planes::{Plane, Planes};
use quanshengshi_frame::ycbcr::{Encoding, Matrix, Range};

use crate::error::QssError;

/// Size and layout of the bytes of a frame in one piece.
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
    /// Luma plane, then V and U at half size, full range, in one piece.
    Nv21,
    /// Luma plane, then U and V at half size, full range, in one piece.
    Nv12,
}

/// Size and layout of a frame in planes of brightness and colour differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct PlanesLayout {
    /// Stored width in pixels, before rotation.
    pub width: u32,
    /// Stored height in pixels, before rotation.
    pub height: u32,
    /// Bytes from one row of the luma plane to the next.
    pub luma_stride: u32,
    /// Bytes from one row of chroma to the next.
    pub chroma_stride: u32,
    /// Where U and V lie.
    pub chroma: FrameChroma,
    /// Which values are black and white.
    pub range: FrameRange,
    /// How much each colour counts for brightness.
    pub matrix: FrameMatrix,
    /// Turn that makes the picture upright.
    pub rotation: FrameRotation,
    /// Whether the picture is a mirror image.
    pub mirrored: bool,
}

/// Where the colour differences of a frame in planes lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum FrameChroma {
    /// U in the second piece, V in the third (Android's `YUV_420_888`).
    Apart {
        /// Bytes from one value to the next: Android's pixel stride, 1 or 2.
        pixel_stride: u32,
    },
    /// U and V in turn in the second piece, the third empty (`420f` and `420v` of iOS).
    Alternating,
}

/// Which values of a byte are black and white.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum FrameRange {
    /// 0 to 255 (Android, `420f` of iOS).
    Full,
    /// 16 to 235 (`420v` of iOS).
    Video,
}

/// How much red, green and blue count for brightness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum FrameMatrix {
    /// ITU-R BT.601: what cameras deliver unless they say otherwise.
    Bt601,
    /// ITU-R BT.709.
    Bt709,
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
            rotation: self.rotation.into(),
            mirrored: self.mirrored,
        };
        Ok(Frame::new(bytes, shape, t_ms)?)
    }
}

impl PlanesLayout {
    /// Checks lengths once and borrows the planes.
    pub(crate) fn frame<'a>(
        self,
        luma: &'a [u8],
        second: &'a [u8],
        third: &'a [u8],
        t_ms: u64,
    ) -> Result<Frame<'a>, QssError> {
        let plane = |bytes: &'a [u8], row_stride: u32, pixel_stride: u32| Plane {
            bytes,
            row_stride,
            pixel_stride,
        };
        let (cb, cr) = match self.chroma {
            FrameChroma::Apart { pixel_stride } => (
                plane(second, self.chroma_stride, pixel_stride),
                plane(third, self.chroma_stride, pixel_stride),
            ),
            FrameChroma::Alternating => {
                let both = plane(second, self.chroma_stride, 2);
                (both, both.one_on())
            }
        };
        let planes = Planes {
            width: self.width,
            height: self.height,
            luma: plane(luma, self.luma_stride, 1),
            cb,
            cr,
            encoding: Encoding {
                range: match self.range {
                    FrameRange::Full => Range::Full,
                    FrameRange::Video => Range::Video,
                },
                matrix: match self.matrix {
                    FrameMatrix::Bt601 => Matrix::Bt601,
                    FrameMatrix::Bt709 => Matrix::Bt709,
                },
            },
            rotation: self.rotation.into(),
            mirrored: self.mirrored,
        };
        Ok(Frame::of_planes(planes, t_ms)?)
    }
}

impl From<FrameRotation> for Rotation {
    fn from(rotation: FrameRotation) -> Self {
        match rotation {
            FrameRotation::Upright => Self::None,
            FrameRotation::Clockwise90 => Self::Clockwise90,
            FrameRotation::Clockwise180 => Self::Clockwise180,
            FrameRotation::Clockwise270 => Self::Clockwise270,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAYOUT: PlanesLayout = PlanesLayout {
        width: 3,
        height: 2,
        luma_stride: 4,
        chroma_stride: 4,
        chroma: FrameChroma::Alternating,
        range: FrameRange::Video,
        matrix: FrameMatrix::Bt601,
        rotation: FrameRotation::Clockwise90,
        mirrored: false,
    };
    const LUMA: [u8; 7] = [16, 235, 100, 0, 60, 200, 30];

    #[test]
    fn planes_of_android_and_ios_cross_as_the_same_picture() {
        let apple = LAYOUT.frame(&LUMA, &[90, 200, 140, 80], &[], 1).unwrap();
        let apart = PlanesLayout {
            chroma: FrameChroma::Apart { pixel_stride: 2 },
            ..LAYOUT
        };
        // V comes first in memory, and each plane ends with its own last value.
        let android = apart
            .frame(&LUMA, &[90, 80, 140], &[200, 90, 80], 1)
            .unwrap();
        assert_eq!(apple.rgb(), android.rgb());
        assert_eq!((apple.upright_width(), apple.upright_height()), (2, 3));
        // Video range: the brightest value is white.
        assert_eq!(apple.luma().pixels, [51, 0, 214, 255, 16, 98]);
    }

    #[test]
    fn planes_that_do_not_fit_are_refused() {
        let missing = PlanesLayout {
            chroma: FrameChroma::Apart { pixel_stride: 1 },
            ..LAYOUT
        };
        for (layout, luma, second) in [
            (LAYOUT, &LUMA[..6], &[0; 4][..]),
            (LAYOUT, &LUMA[..], &[0; 3][..]),
            (missing, &LUMA[..], &[0; 4][..]),
            (
                PlanesLayout {
                    height: 0,
                    ..LAYOUT
                },
                &LUMA[..],
                &[0; 4][..],
            ),
            (
                PlanesLayout {
                    luma_stride: 2,
                    ..LAYOUT
                },
                &LUMA[..],
                &[0; 4][..],
            ),
        ] {
            let refused = layout.frame(luma, second, &[], 1);
            assert!(matches!(refused, Err(QssError::Internal { .. })));
        }
    }
}
