//! One camera frame, borrowed from the shell.

use crate::luma::Luma;
use crate::rgb::Rgb;
use crate::turn::Turn;

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
    /// A luma plane, then interleaved V and U at half size (Android cameras).
    Nv21,
    /// A luma plane, then interleaved U and V at half size (iOS cameras, full range).
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
    /// Bytes from one row to the next; at least width times bytes a pixel.
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
    bytes: &'a [u8],
    shape: FrameShape,
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
        for side in [shape.width, shape.height] {
            if side == 0 || side > LONGEST_SIDE {
                return Err(FrameError::Side { side });
            }
        }
        let (width, height, stride) = (
            shape.width as usize,
            shape.height as usize,
            shape.stride as usize,
        );
        let row = width * shape.format.bytes_per_pixel();
        if stride < row {
            return Err(FrameError::Stride {
                stride: shape.stride,
                row,
            });
        }
        // The last row may end without its padding, as camera buffers do.
        let mut needed = stride * (height - 1) + row;
        if matches!(shape.format, PixelFormat::Nv21 | PixelFormat::Nv12) {
            let chroma_row = width.div_ceil(2) * 2;
            if stride < chroma_row {
                return Err(FrameError::Stride {
                    stride: shape.stride,
                    row: chroma_row,
                });
            }
            needed = stride * height + stride * (height.div_ceil(2) - 1) + chroma_row;
        }
        if bytes.len() < needed {
            return Err(FrameError::Length {
                given: bytes.len(),
                needed,
            });
        }
        Ok(Self { bytes, shape, t_ms })
    }

    /// The bytes as offered, for a digest.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The shape as offered.
    pub fn shape(&self) -> FrameShape {
        self.shape
    }

    /// Capture time in milliseconds on the shell's monotonic clock.
    pub fn t_ms(&self) -> u64 {
        self.t_ms
    }

    /// Width of the upright picture in pixels.
    pub fn upright_width(&self) -> u32 {
        self.turn().upright().0
    }

    /// Height of the upright picture in pixels.
    pub fn upright_height(&self) -> u32 {
        self.turn().upright().1
    }

    fn turn(&self) -> Turn {
        Turn::new(
            self.shape.width,
            self.shape.height,
            self.shape.rotation,
            self.shape.mirrored,
        )
    }

    /// The upright brightness of the frame.
    pub fn luma(&self) -> Luma {
        let turn = self.turn();
        let (width, height) = turn.upright();
        let stride = self.shape.stride as usize;
        let pixels = match self.shape.format {
            PixelFormat::Luma8 | PixelFormat::Nv21 | PixelFormat::Nv12 => {
                turn.map(|x, y| self.byte(y * stride + x))
            }
            PixelFormat::Rgb8 | PixelFormat::Rgba8 | PixelFormat::Bgra8 => turn.map(|x, y| {
                let [r, g, b] = self.rgb_at(x, y);
                crate::luma::brightness(r, g, b)
            }),
        };
        Luma {
            width,
            height,
            pixels,
        }
    }

    /// The upright colours of the frame; a luma frame gives greys.
    pub fn rgb(&self) -> Rgb {
        let turn = self.turn();
        let (width, height) = turn.upright();
        let triples = turn.map(|x, y| self.rgb_at(x, y));
        Rgb {
            width,
            height,
            pixels: triples.into_flattened(),
        }
    }

    // Lengths were checked in `new`; a zero instead of a panic keeps a wrong formula harmless.
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn rgb_at(&self, x: usize, y: usize) -> [u8; 3] {
        let stride = self.shape.stride as usize;
        match self.shape.format {
            PixelFormat::Luma8 => [self.byte(y * stride + x); 3],
            PixelFormat::Rgb8 => {
                let at = y * stride + x * 3;
                [self.byte(at), self.byte(at + 1), self.byte(at + 2)]
            }
            PixelFormat::Rgba8 => {
                let at = y * stride + x * 4;
                [self.byte(at), self.byte(at + 1), self.byte(at + 2)]
            }
            PixelFormat::Bgra8 => {
                let at = y * stride + x * 4;
                [self.byte(at + 2), self.byte(at + 1), self.byte(at)]
            }
            PixelFormat::Nv21 | PixelFormat::Nv12 => {
                let luma = self.byte(y * stride + x);
                let at = stride * self.shape.height as usize + (y / 2) * stride + (x / 2) * 2;
                let (first, second) = (self.byte(at), self.byte(at + 1));
                if self.shape.format == PixelFormat::Nv21 {
                    from_ycbcr(luma, second, first)
                } else {
                    from_ycbcr(luma, first, second)
                }
            }
        }
    }
}

/// Full-range BT.601, what phone preview streams deliver.
fn from_ycbcr(luma: u8, cb: u8, cr: u8) -> [u8; 3] {
    let (y, cb, cr) = (
        f32::from(luma),
        f32::from(cb) - 128.0,
        f32::from(cr) - 128.0,
    );
    let clamp = |value: f32| value.round().clamp(0.0, 255.0) as u8;
    [
        clamp(y + 1.402 * cr),
        clamp(y - 0.344_136 * cb - 0.714_136 * cr),
        clamp(y + 1.772 * cb),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shape(format: PixelFormat, rotation: Rotation, mirrored: bool) -> FrameShape {
        FrameShape {
            rotation,
            mirrored,
            ..FrameShape::dense(3, 2, format)
        }
    }

    #[test]
    fn a_quarter_turn_brings_the_left_column_to_the_top() {
        let bytes = [1, 2, 3, 4, 5, 6];
        let turned = shape(PixelFormat::Luma8, Rotation::Clockwise90, false);
        let luma = Frame::new(&bytes, turned, 0).unwrap().luma();
        assert_eq!((luma.width, luma.height), (2, 3));
        assert_eq!(luma.pixels, [4, 1, 5, 2, 6, 3]);
        let back = shape(PixelFormat::Luma8, Rotation::Clockwise270, false);
        assert_eq!(
            Frame::new(&bytes, back, 0).unwrap().luma().pixels,
            [3, 6, 2, 5, 1, 4]
        );
        let over = shape(PixelFormat::Luma8, Rotation::Clockwise180, false);
        assert_eq!(
            Frame::new(&bytes, over, 0).unwrap().luma().pixels,
            [6, 5, 4, 3, 2, 1]
        );
    }

    #[test]
    fn a_mirrored_front_camera_is_mirrored_back_after_the_turn() {
        let bytes = [1, 2, 3, 4, 5, 6];
        let front = shape(PixelFormat::Luma8, Rotation::None, true);
        assert_eq!(
            Frame::new(&bytes, front, 0).unwrap().luma().pixels,
            [3, 2, 1, 6, 5, 4]
        );
        let turned = shape(PixelFormat::Luma8, Rotation::Clockwise90, true);
        assert_eq!(
            Frame::new(&bytes, turned, 0).unwrap().luma().pixels,
            [1, 4, 2, 5, 3, 6]
        );
    }

    #[test]
    fn android_and_apple_chroma_orders_give_the_same_colour() {
        let luma = [120u8; 4];
        let (cb, cr) = (90, 200);
        let nv12: Vec<u8> = luma.iter().copied().chain([cb, cr]).collect();
        let nv21: Vec<u8> = luma.iter().copied().chain([cr, cb]).collect();
        let red_of = |bytes: &[u8], format| {
            Frame::new(bytes, FrameShape::dense(2, 2, format), 0)
                .unwrap()
                .rgb()
                .pixels
        };
        let colour = red_of(&nv12, PixelFormat::Nv12);
        assert_eq!(colour, red_of(&nv21, PixelFormat::Nv21));
        assert_eq!(colour[..3], [221, 82, 53]);
    }

    #[test]
    fn a_short_buffer_a_short_stride_and_a_zero_side_are_refused() {
        let dense = FrameShape::dense(4, 4, PixelFormat::Rgb8);
        assert_eq!(
            Frame::new(&[0; 47], dense, 0).unwrap_err(),
            FrameError::Length {
                given: 47,
                needed: 48
            }
        );
        assert!(matches!(
            Frame::new(
                &[0; 48],
                FrameShape {
                    stride: 11,
                    ..dense
                },
                0
            ),
            Err(FrameError::Stride { .. })
        ));
        assert_eq!(
            Frame::new(&[], FrameShape::dense(0, 4, PixelFormat::Luma8), 0).unwrap_err(),
            FrameError::Side { side: 0 }
        );
    }

    proptest! {
        #[test]
        fn whatever_shape_is_accepted_every_view_has_its_size(
            width in 0u32..40, height in 0u32..40, stride in 0u32..200, length in 0usize..6000,
            format in prop::sample::select(vec![PixelFormat::Luma8, PixelFormat::Rgb8,
                PixelFormat::Rgba8, PixelFormat::Bgra8, PixelFormat::Nv21, PixelFormat::Nv12]),
            rotation in prop::sample::select(vec![Rotation::None, Rotation::Clockwise90,
                Rotation::Clockwise180, Rotation::Clockwise270]),
            mirrored: bool,
        ) {
            let bytes = vec![7u8; length];
            let shape = FrameShape { width, height, stride, format, rotation, mirrored };
            if let Ok(frame) = Frame::new(&bytes, shape, 1) {
                let (luma, rgb) = (frame.luma(), frame.rgb());
                prop_assert_eq!(luma.pixels.len(), (width * height) as usize);
                prop_assert_eq!(rgb.pixels.len(), (width * height * 3) as usize);
                prop_assert_eq!(luma.width, frame.upright_width());
                prop_assert_eq!(rgb.height, frame.upright_height());
            }
        }
    }
}
