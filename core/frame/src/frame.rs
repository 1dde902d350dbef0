//! One camera frame, borrowed from the shell.
//!
//! In one piece with a [`FrameShape`], or in [`Planes`] as cameras hand them out.

use std::borrow::Cow;

use crate::luma::Luma;
use crate::pixels::{AnyPixels, Grey, Grid, Packed, Pixels as _, Ycbcr, with_pixels};
use crate::planes::Planes;
use crate::rgb::Rgb;
use crate::turn::Turn;
use crate::ycbcr::Encoding;

/// The longest side accepted, in pixels: above any phone's preview stream.
pub const LONGEST_SIDE: u32 = 8192;

/// How the bytes of a frame are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PixelFormat {
    /// One byte a pixel, brightness only. Enough for scanning.
    Luma8,
    /// Three bytes a pixel: red, green, blue.
    Rgb8,
    /// Four bytes a pixel: red, green, blue, ignored.
    Rgba8,
    /// Four bytes a pixel: blue, green, red, ignored (iOS cameras).
    Bgra8,
    /// A luma plane, then interleaved V and U at half size; full range (Android cameras).
    Nv21,
    /// A luma plane, then interleaved U and V at half size; full range.
    Nv12,
}

impl PixelFormat {
    fn bytes_per_pixel(self) -> usize {
        match self {
            Self::Luma8 | Self::Nv21 | Self::Nv12 => 1,
            Self::Rgb8 => 3,
            Self::Rgba8 | Self::Bgra8 => 4,
        }
    }
}

/// How far the stored picture must be turned, clockwise, to stand upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Rotation {
    /// Already upright.
    #[default]
    None,
    /// A quarter turn clockwise.
    Clockwise90,
    /// Upside down.
    Clockwise180,
    /// A quarter turn counter-clockwise.
    Clockwise270,
}

/// What a shell says about the bytes it offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FrameShape {
    /// Stored width in pixels, before rotation.
    pub width: u32,
    /// Stored height in pixels, before rotation.
    pub height: u32,
    /// Bytes from one row to the next; at least width times bytes a pixel. Rows of interleaved
    /// chroma are as far apart, or a byte farther when the width is odd and the rows are dense.
    pub stride: u32,
    /// Layout of the bytes.
    pub format: PixelFormat,
    /// Turn that makes the picture upright.
    pub rotation: Rotation,
    /// Whether the picture is a mirror image (some front cameras): it is mirrored back, so that
    /// the person's own left is always on the right of the picture.
    pub mirrored: bool,
}

impl FrameShape {
    /// A dense, upright, unmirrored picture.
    pub fn dense(width: u32, height: u32, format: PixelFormat) -> Self {
        Self {
            width,
            height,
            stride: width.saturating_mul(format.bytes_per_pixel() as u32),
            format,
            rotation: Rotation::None,
            mirrored: false,
        }
    }
}

/// Why bytes cannot be a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// A side is zero or above [`LONGEST_SIDE`].
    #[error("a side of {side} pixels is outside 1..={LONGEST_SIDE}")]
    Side {
        /// The offending side.
        side: u32,
    },
    /// A row of pixels does not fit in the stride.
    #[error("stride of {stride} bytes is shorter than a row of {row} bytes")]
    Stride {
        /// The stride given.
        stride: u32,
        /// The bytes a row needs.
        row: usize,
    },
    /// Values of a plane that lie on top of each other.
    #[error("a pixel stride of {pixel_stride} bytes")]
    PixelStride {
        /// The pixel stride given.
        pixel_stride: u32,
    },
    /// Fewer bytes than the shape needs.
    #[error("{given} bytes given, {needed} needed")]
    Length {
        /// Bytes given.
        given: usize,
        /// Bytes needed.
        needed: usize,
    },
}

/// A checked frame: every pixel of the shape lies inside the bytes.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    pieces: [&'a [u8]; 3],
    pub(crate) pixels: AnyPixels<'a>,
    pub(crate) turn: Turn,
    t_ms: u64,
}

impl<'a> Frame<'a> {
    /// Checks lengths once and borrows the bytes. `t_ms` is the capture time in milliseconds on
    /// the shell's monotonic clock.
    ///
    /// # Errors
    /// [`FrameError::Side`], [`FrameError::Stride`] or [`FrameError::Length`] when the shape and
    /// the bytes do not agree.
    pub fn new(bytes: &'a [u8], shape: FrameShape, t_ms: u64) -> Result<Self, FrameError> {
        Ok(Self {
            pieces: [bytes, &[], &[]],
            pixels: pixels(bytes, shape)?,
            turn: Turn {
                width: shape.width,
                height: shape.height,
                rotation: shape.rotation,
                mirrored: shape.mirrored,
            },
            t_ms,
        })
    }

    /// The same of a picture in planes.
    ///
    /// # Errors
    /// Those of [`Frame::new`], and [`FrameError::PixelStride`] for a pixel stride of zero.
    pub fn of_planes(planes: Planes<'a>, t_ms: u64) -> Result<Self, FrameError> {
        let (pixels, turn) = planes.checked()?;
        Ok(Self {
            pieces: [planes.luma, planes.cb, planes.cr].map(|plane| plane.bytes),
            pixels: AnyPixels::Ycbcr(pixels),
            turn,
            t_ms,
        })
    }

    /// The bytes as offered, plane after plane, for a digest.
    pub fn bytes(&self) -> Cow<'a, [u8]> {
        match self.pieces {
            [bytes, [], []] => Cow::Borrowed(bytes),
            pieces => Cow::Owned(pieces.concat()),
        }
    }

    /// Capture time in milliseconds on the shell's monotonic clock.
    pub fn t_ms(&self) -> u64 {
        self.t_ms
    }

    /// Width of the upright picture in pixels.
    pub fn upright_width(&self) -> u32 {
        self.turn.upright().0
    }

    /// Height of the upright picture in pixels.
    pub fn upright_height(&self) -> u32 {
        self.turn.upright().1
    }

    /// The upright brightness of the frame.
    pub fn luma(&self) -> Luma {
        self.luma_of_every(1)
    }

    /// The upright brightness of one of so many pixels of one of so many rows, nothing averaged:
    /// for frames of which only a part of the pixels is wanted, and quickly.
    pub fn luma_of_every(&self, every: u32) -> Luma {
        let (width, height) = self.turn.upright();
        let every = every.max(1);
        let pixels = with_pixels!(self.pixels, |pixels| {
            self.turn
                .map_every(every as usize, |x, y| pixels.luma(x, y))
        });
        Luma {
            width: width / every,
            height: height / every,
            pixels,
        }
    }

    /// The upright colours of the frame; a luma frame gives greys.
    pub fn rgb(&self) -> Rgb {
        let (width, height) = self.turn.upright();
        let triples = with_pixels!(self.pixels, |pixels| {
            self.turn.map(|x, y| pixels.rgb(pixels.raw(x, y)))
        });
        Rgb {
            width,
            height,
            pixels: triples.into_flattened(),
        }
    }
}

fn pixels(bytes: &[u8], shape: FrameShape) -> Result<AnyPixels<'_>, FrameError> {
    for side in [shape.width, shape.height] {
        if side == 0 || side > LONGEST_SIDE {
            return Err(FrameError::Side { side });
        }
    }
    let (height, step) = (u64::from(shape.height), shape.format.bytes_per_pixel());
    let row = shape.width as usize * step;
    if (shape.stride as usize) < row {
        return Err(FrameError::Stride {
            stride: shape.stride,
            row,
        });
    }
    let stride = u64::from(shape.stride);
    let halves = shape.width.div_ceil(2);
    let chroma_stride = stride.max(2 * u64::from(halves));
    // The last row may end without its padding, as camera buffers do.
    let needed = match shape.format {
        PixelFormat::Nv21 | PixelFormat::Nv12 => {
            stride * height + chroma_stride * (height.div_ceil(2) - 1) + 2 * u64::from(halves)
        }
        _ => stride * (height - 1) + row as u64,
    };
    if (bytes.len() as u64) < needed {
        return Err(FrameError::Length {
            given: bytes.len(),
            needed: usize::try_from(needed).unwrap_or(usize::MAX),
        });
    }
    let grid = Grid {
        bytes,
        row: shape.stride as usize,
        step,
    };
    Ok(match shape.format {
        PixelFormat::Luma8 => AnyPixels::Grey(Grey(grid)),
        PixelFormat::Rgb8 | PixelFormat::Rgba8 | PixelFormat::Bgra8 => {
            let blue_first = shape.format == PixelFormat::Bgra8;
            AnyPixels::Packed(Packed { grid, blue_first })
        }
        PixelFormat::Nv21 | PixelFormat::Nv12 => {
            // Inside the bytes: that was just checked.
            let chroma = |more: usize| Grid {
                bytes: bytes
                    .get(grid.row * shape.height as usize + more..)
                    .unwrap_or_default(),
                row: chroma_stride as usize,
                step: 2,
            };
            let (cb, cr) = match shape.format {
                PixelFormat::Nv21 => (chroma(1), chroma(0)),
                _ => (chroma(0), chroma(1)),
            };
            AnyPixels::Ycbcr(Ycbcr {
                luma: grid,
                cb,
                cr,
                conversion: Encoding::default().conversion(),
            })
        }
    })
}

#[cfg(test)]
mod layouts;
#[cfg(test)]
mod tests;
