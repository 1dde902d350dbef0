//! What a network is to the runner: places in memory, and steps from place to place.
//!
//! Every step is of one kind: an optional depthwise 3x3, a convolution as a matrix product, plus a
//! residual, `PReLU`. The plans themselves are made from the committed ONNX files when this crate is
//! built (`build/`).

/// Channels that lie together: one vector.
pub(super) const LANES: usize = 8;
/// Most pixels that are worked on before the next panel of weights is fetched.
pub(super) const MOST_PIXELS: usize = 96;
/// Most numbers that are gathered at a time: they stay in the first cache.
const MOST_KEPT: usize = 3072;
/// Pixels that are gathered at a time however many numbers they have: with fewer, the weights would
/// be fetched more often than it pays.
const FEWEST_PIXELS: usize = 16;
/// Rows at least so long are read where they lie.
const LONG_ROW: usize = 8;
/// Channels of the picture.
pub(super) const COLOURS: usize = 3;
/// Pixels of the picture from window to window; `build/pack.rs` refuses another stride.
pub(super) const PICTURE_STRIDE: usize = 2;

/// A network.
#[derive(Debug)]
pub(super) struct Plan {
    /// Places in memory; the first takes the picture.
    pub(super) places: &'static [Shape],
    /// Steps in order.
    pub(super) steps: &'static [Step],
    /// What each output is made of.
    pub(super) outputs: [&'static [Part]; 2],
    /// Numbers of the weights.
    pub(super) numbers: usize,
    /// The weights in the order of `build/pack.rs`, as `build/squeeze.rs` writes them.
    pub(super) weights: &'static [u8],
}

/// How a tensor lies in memory: planes of 8 channels, `[channels / 8][height + 2 border][width + 2
/// border][8]`. The border is zero and never written, so that no window needs a case for edges.
/// The picture is one plane of 3 channels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub(super) height: usize,
    pub(super) width: usize,
    pub(super) channels: usize,
    pub(super) border: usize,
}

impl Shape {
    /// Numbers of a pixel in a plane.
    pub(super) const fn pixel(&self) -> usize {
        if self.channels < LANES {
            self.channels
        } else {
            LANES
        }
    }

    /// Numbers of a row.
    pub(super) const fn row(&self) -> usize {
        (self.width + 2 * self.border) * self.pixel()
    }

    /// Numbers of a plane.
    pub(super) const fn plane(&self) -> usize {
        (self.height + 2 * self.border) * self.row()
    }

    /// Numbers of all planes.
    pub(super) const fn len(&self) -> usize {
        self.channels.div_ceil(LANES) * self.plane()
    }

    /// Where a pixel lies in its plane.
    #[inline]
    pub(super) const fn at(&self, y: usize, x: usize) -> usize {
        (y + self.border) * self.row() + (x + self.border) * self.pixel()
    }
}

/// One step. Offsets count numbers from the start of the weights.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    /// Place that is read.
    pub(super) source: usize,
    /// Place that is written.
    pub(super) target: usize,
    /// Rows of the target.
    pub(super) height: usize,
    /// Pixels of a row of the target.
    pub(super) width: usize,
    /// Rows and columns of the convolution's window.
    pub(super) kernel: [usize; 2],
    /// Pixels from window to window.
    pub(super) stride: usize,
    /// Rows of the first window above the source.
    pub(super) top: usize,
    /// Columns of the first window before the source.
    pub(super) left: usize,
    /// Channels of the source, filled up to 8 but for the picture.
    pub(super) channels_in: usize,
    /// Channels of the target, filled up to 8.
    pub(super) channels_out: usize,
    /// Panels of the matrix.
    pub(super) matrix: usize,
    /// One number a channel of the target.
    pub(super) bias: usize,
    /// `PReLU`: one slope a channel of the target.
    pub(super) slopes: usize,
    /// What is added before the slopes.
    pub(super) residual: Residual,
    /// What happens to the source first.
    pub(super) depthwise: Option<Depthwise>,
}

/// Where the numbers are that a step multiplies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// In windows of the picture.
    Picture,
    /// Where the source has them, row by row.
    Rows,
    /// Gathered: depthwise results, or the windows of short or strided rows, pixel beside pixel.
    Gathered,
}

impl Step {
    /// How the step reads.
    pub(super) fn reading(&self) -> Reading {
        if self.channels_in == COLOURS {
            Reading::Picture
        } else if self.depthwise.is_none()
            && self.kernel == [1, 1]
            && self.stride == 1
            && self.width >= LONG_ROW
        {
            Reading::Rows
        } else {
            Reading::Gathered
        }
    }

    /// Numbers that are summed for one number of the target.
    pub(super) const fn depth(&self) -> usize {
        self.kernel[0] * self.kernel[1] * self.channels_in
    }

    /// Rows of the target that are made at a time.
    pub(super) fn rows_together(&self) -> usize {
        let pixels = (MOST_KEPT / self.depth()).clamp(FEWEST_PIXELS, MOST_PIXELS);
        (pixels / self.width).clamp(1, self.height)
    }

    /// Numbers that are gathered at a time.
    pub(super) fn kept(&self) -> usize {
        match self.reading() {
            Reading::Gathered => self.depth() * self.rows_together() * self.width,
            Reading::Picture | Reading::Rows => 0,
        }
    }
}

/// What is added to the result of a convolution. Channels of the target that the place does not
/// have get nothing.
#[derive(Debug, Clone, Copy)]
pub(super) enum Residual {
    /// Nothing.
    None,
    /// The same pixel of a place.
    Same {
        /// The place.
        place: usize,
    },
    /// The largest of two by two pixels of a place.
    Pooled {
        /// The place.
        place: usize,
    },
}

/// A 3x3 convolution of each channel by itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Depthwise {
    /// Pixels from window to window.
    pub(super) stride: usize,
    /// Rows of the first window above the source.
    pub(super) top: usize,
    /// Columns of the first window before the source.
    pub(super) left: usize,
    /// Blocks of nine taps and a bias, 8 channels each.
    pub(super) weights: usize,
}

/// A part of an output: the channels of a place, pixel by pixel.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// The place.
    pub(super) place: usize,
    /// Channels that count; the others only fill up.
    pub(super) channels: usize,
}
