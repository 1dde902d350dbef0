//! Checked bytes, read pixel by pixel where they lie.

use crate::luma;
use crate::ycbcr::Conversion;

/// Pixels of one layout. What is read is raw: colours of its own kind, turned into red, green and
/// blue only once something has been made of them.
pub(crate) trait Pixels: Copy {
    /// The raw values of a pixel inside the picture.
    fn raw(self, x: usize, y: usize) -> [u8; 3];
    /// What black is.
    fn black(self) -> [u8; 3];
    /// Raw values as red, green and blue.
    fn rgb(self, raw: [u8; 3]) -> [u8; 3];
    /// The same of a mixture, 0 to 255.
    fn mixed(self, raw: [f32; 3]) -> [f32; 3];
    /// The brightness of a pixel, 0 to 255.
    fn luma(self, x: usize, y: usize) -> u8;
}

/// Bytes at regular distances. Lengths were checked before; a zero instead of a panic keeps a
/// wrong formula harmless.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grid<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) row: usize,
    pub(crate) step: usize,
}

impl Grid<'_> {
    #[inline]
    fn at(self, x: usize, y: usize) -> u8 {
        let at = y * self.row + x * self.step;
        self.bytes.get(at).copied().unwrap_or(0)
    }
}

/// Brightness only.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grey<'a>(pub(crate) Grid<'a>);

impl Pixels for Grey<'_> {
    #[inline]
    fn raw(self, x: usize, y: usize) -> [u8; 3] {
        [self.0.at(x, y); 3]
    }

    fn black(self) -> [u8; 3] {
        [0; 3]
    }

    #[inline]
    fn rgb(self, raw: [u8; 3]) -> [u8; 3] {
        raw
    }

    #[inline]
    fn mixed(self, raw: [f32; 3]) -> [f32; 3] {
        raw
    }

    #[inline]
    fn luma(self, x: usize, y: usize) -> u8 {
        self.0.at(x, y)
    }
}

/// Three of the bytes of a pixel, in the order red, green, blue or the other way round.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Packed<'a> {
    pub(crate) grid: Grid<'a>,
    pub(crate) blue_first: bool,
}

impl Pixels for Packed<'_> {
    #[inline]
    fn raw(self, x: usize, y: usize) -> [u8; 3] {
        let at = y * self.grid.row + x * self.grid.step;
        match self.grid.bytes.get(at..at + 3) {
            Some(&[first, second, third]) => [first, second, third],
            _ => [0; 3],
        }
    }

    fn black(self) -> [u8; 3] {
        [0; 3]
    }

    #[inline]
    fn rgb(self, [first, second, third]: [u8; 3]) -> [u8; 3] {
        if self.blue_first {
            [third, second, first]
        } else {
            [first, second, third]
        }
    }

    #[inline]
    fn mixed(self, [first, second, third]: [f32; 3]) -> [f32; 3] {
        if self.blue_first {
            [third, second, first]
        } else {
            [first, second, third]
        }
    }

    #[inline]
    fn luma(self, x: usize, y: usize) -> u8 {
        let [red, green, blue] = self.rgb(self.raw(x, y));
        luma::brightness(red, green, blue)
    }
}

/// Brightness, and colour differences at half the size.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ycbcr<'a> {
    pub(crate) luma: Grid<'a>,
    pub(crate) cb: Grid<'a>,
    pub(crate) cr: Grid<'a>,
    pub(crate) conversion: &'static Conversion,
}

impl Pixels for Ycbcr<'_> {
    #[inline]
    fn raw(self, x: usize, y: usize) -> [u8; 3] {
        [
            self.luma.at(x, y),
            self.cb.at(x / 2, y / 2),
            self.cr.at(x / 2, y / 2),
        ]
    }

    fn black(self) -> [u8; 3] {
        self.conversion.black()
    }

    #[inline]
    fn rgb(self, raw: [u8; 3]) -> [u8; 3] {
        self.conversion.rgb(raw)
    }

    #[inline]
    fn mixed(self, raw: [f32; 3]) -> [f32; 3] {
        self.conversion.mixed(raw)
    }

    #[inline]
    fn luma(self, x: usize, y: usize) -> u8 {
        self.conversion.brightness(self.luma.at(x, y))
    }
}

/// Pixels of any layout.
#[derive(Debug, Clone, Copy)]
pub(crate) enum AnyPixels<'a> {
    Grey(Grey<'a>),
    Packed(Packed<'a>),
    Ycbcr(Ycbcr<'a>),
}

/// Does something with pixels, compiled for each layout.
macro_rules! with_pixels {
    ($any:expr, |$pixels:ident| $work:expr) => {
        match $any {
            $crate::pixels::AnyPixels::Grey($pixels) => $work,
            $crate::pixels::AnyPixels::Packed($pixels) => $work,
            $crate::pixels::AnyPixels::Ycbcr($pixels) => $work,
        }
    };
}
pub(crate) use with_pixels;
