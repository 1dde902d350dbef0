//! Brightness and colour differences in planes of their own, as cameras hand them out.
//!
//! | camera | `luma` | `cb` | `cr` |
//! |---|---|---|---|
//! | Android `YUV_420_888` | plane 0 | plane 1 | plane 2, each with its row and pixel stride |
//! | iOS `420f`, `420v` | plane 0 | plane 1, pixel stride 2 | the same, [`Plane::one_on`] |
//!
//! The planes may overlap, as Android's do when the pixel stride is 2; nothing is copied.

use crate::frame::{FrameError, LONGEST_SIDE, Rotation};
use crate::pixels::{Grid, Ycbcr};
use crate::turn::Turn;
use crate::ycbcr::Encoding;

/// The bytes of a plane and how they lie.
#[derive(Debug, Clone, Copy)]
pub struct Plane<'a> {
    /// From the first value on; the last row may end without its padding.
    pub bytes: &'a [u8],
    /// Bytes from one row to the next.
    pub row_stride: u32,
    /// Bytes from one value of a row to the next.
    pub pixel_stride: u32,
}

impl<'a> Plane<'a> {
    /// The other plane of two whose values alternate.
    #[must_use]
    pub fn one_on(self) -> Self {
        Self {
            bytes: self.bytes.get(1..).unwrap_or_default(),
            ..self
        }
    }

    fn checked(self, width: u32, height: u32) -> Result<Grid<'a>, FrameError> {
        if self.pixel_stride == 0 {
            return Err(FrameError::PixelStride {
                pixel_stride: self.pixel_stride,
            });
        }
        let row = u64::from(self.pixel_stride) * u64::from(width - 1) + 1;
        if u64::from(self.row_stride) < row {
            return Err(FrameError::Stride {
                stride: self.row_stride,
                row: usize::try_from(row).unwrap_or(usize::MAX),
            });
        }
        let needed = u64::from(self.row_stride) * u64::from(height - 1) + row;
        if (self.bytes.len() as u64) < needed {
            return Err(FrameError::Length {
                given: self.bytes.len(),
                needed: usize::try_from(needed).unwrap_or(usize::MAX),
            });
        }
        Ok(Grid {
            bytes: self.bytes,
            row: self.row_stride as usize,
            step: self.pixel_stride as usize,
        })
    }
}

/// A picture in three planes; the colour differences have half its width and height, rounded up.
#[derive(Debug, Clone, Copy)]
pub struct Planes<'a> {
    /// Stored width in pixels, before rotation.
    pub width: u32,
    /// Stored height in pixels, before rotation.
    pub height: u32,
    /// Brightness.
    pub luma: Plane<'a>,
    /// Blue difference (U).
    pub cb: Plane<'a>,
    /// Red difference (V).
    pub cr: Plane<'a>,
    /// How the values are to be read.
    pub encoding: Encoding,
    /// Turn that makes the picture upright.
    pub rotation: Rotation,
    /// Whether the picture is a mirror image; it is mirrored back after the turn.
    pub mirrored: bool,
}

impl<'a> Planes<'a> {
    pub(crate) fn checked(self) -> Result<(Ycbcr<'a>, Turn), FrameError> {
        for side in [self.width, self.height] {
            if side == 0 || side > LONGEST_SIDE {
                return Err(FrameError::Side { side });
            }
        }
        let half = [self.width.div_ceil(2), self.height.div_ceil(2)];
        let pixels = Ycbcr {
            luma: self.luma.checked(self.width, self.height)?,
            cb: self.cb.checked(half[0], half[1])?,
            cr: self.cr.checked(half[0], half[1])?,
            conversion: self.encoding.conversion(),
        };
        let turn = Turn {
            width: self.width,
            height: self.height,
            rotation: self.rotation,
            mirrored: self.mirrored,
        };
        Ok((pixels, turn))
    }
}
