//! A square of a picture, at the size a network looks at.
//!
//! Read straight from the bytes the camera gave: turned by arithmetic, mixed in the camera's own
//! colours and converted once a pixel of the square. The rest of the frame is not touched.

use crate::frame::Frame;
use crate::luma::{Luma, brightness};
use crate::pixels::{Grid, Packed, Pixels, with_pixels};
use crate::rgb::Rgb;
use crate::turn::Turn;

/// Above this shrinking the covered area is averaged.
const MIXED: usize = 2;
/// Most pixels averaged across and down; a larger area is covered by so many, evenly spread.
const MOST: usize = 6;

/// A square of an upright picture; it may be turned and may reach over the border, where it is
/// black.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Patch {
    /// Its middle, in pixels from the top left corner of the picture.
    pub centre: [f32; 2],
    /// The way along its upper edge, from its left to its right corner, in pixels.
    pub across: [f32; 2],
    /// Whether it is seen in a mirror.
    pub mirrored: bool,
}

/// How a colour of 0 to 255 becomes a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Multiplies it.
    pub factor: f32,
    /// Is added afterwards.
    pub offset: f32,
}

/// An upright picture whose patches can be read.
pub trait Picture {
    /// Width and height in pixels.
    fn size(&self) -> (u32, u32);

    /// A patch as `side * side` pixels, row by row, three numbers a pixel: red, green, blue.
    ///
    /// Shrinking below half averages the covered area; otherwise the four nearest pixels are
    /// mixed. The same bytes give the same numbers on every processor.
    fn patch(&self, patch: &Patch, side: usize, scale: Scale) -> Vec<f32>;

    /// The brightness of one of so many pixels of one of so many rows, nothing averaged.
    fn luma_of_every(&self, every: u32) -> Luma;
}

impl Picture for Frame<'_> {
    fn size(&self) -> (u32, u32) {
        (self.upright_width(), self.upright_height())
    }

    fn patch(&self, patch: &Patch, side: usize, scale: Scale) -> Vec<f32> {
        with_pixels!(self.pixels, |pixels| read(
            pixels, &self.turn, patch, side, scale
        ))
    }

    fn luma_of_every(&self, every: u32) -> Luma {
        Frame::luma_of_every(self, every)
    }
}

impl Picture for Rgb {
    fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    fn patch(&self, patch: &Patch, side: usize, scale: Scale) -> Vec<f32> {
        let turn = Turn {
            width: self.width,
            height: self.height,
            rotation: crate::frame::Rotation::None,
            mirrored: false,
        };
        let grid = Grid {
            bytes: &self.pixels,
            row: self.width as usize * 3,
            step: 3,
        };
        let pixels = Packed {
            grid,
            blue_first: false,
        };
        read(pixels, &turn, patch, side, scale)
    }

    fn luma_of_every(&self, every: u32) -> Luma {
        let every = every.max(1);
        let (width, height) = (self.width / every, self.height / every);
        let rows = (0..height).map(|row| row * every);
        let places = rows.flat_map(|y| (0..width).map(move |column| (column * every, y)));
        let colours = places.filter_map(|(x, y)| self.at(x, y));
        Luma {
            width,
            height,
            pixels: colours
                .map(|[red, green, blue]| brightness(red, green, blue))
                .collect(),
        }
    }
}

/// The corner of a patch and its edges, in the stored picture.
struct Edges {
    corner: [f32; 2],
    across: [f32; 2],
    down: [f32; 2],
}

impl Edges {
    fn of(patch: &Patch, turn: &Turn) -> Self {
        let [x, y] = patch.across;
        let down = [-y, x];
        let across = if patch.mirrored { [-x, -y] } else { [x, y] };
        let corner = [0, 1].map(|at| patch.centre[at] - f32::midpoint(across[at], down[at]));
        Self {
            corner: turn.point(corner),
            across: turn.vector(across),
            down: turn.vector(down),
        }
    }

    /// The first place of a row of `count`, and the way to the next, for places in the middle of
    /// `count` by `count` parts.
    fn row(&self, row: usize, count: usize) -> ([f32; 2], [f32; 2]) {
        let part = 1.0 / count as f32;
        let step = [self.across[0] * part, self.across[1] * part];
        let down = (row as f32 + 0.5) * part;
        let start = [
            self.corner[0] + self.down[0] * down,
            self.corner[1] + self.down[1] * down,
        ];
        (start, step)
    }
}

fn read<P: Pixels>(pixels: P, turn: &Turn, patch: &Patch, side: usize, scale: Scale) -> Vec<f32> {
    let [x, y] = patch.across;
    let grain = ((x * x + y * y).sqrt() / side as f32).round().max(1.0) as usize;
    let edges = Edges::of(patch, turn);
    let source = Source {
        pixels,
        width: turn.width as i32,
        height: turn.height as i32,
    };
    if grain > MIXED {
        source.averaged(&edges, side, grain.min(MOST), scale)
    } else {
        source.mixed(&edges, side, scale)
    }
}

/// Pixels with black round them.
struct Source<P> {
    pixels: P,
    width: i32,
    height: i32,
}

impl<P: Pixels> Source<P> {
    fn mixed(&self, edges: &Edges, side: usize, scale: Scale) -> Vec<f32> {
        let mut numbers = Vec::with_capacity(3 * side * side);
        for row in 0..side {
            let ([x, y], [right, down]) = edges.row(row, side);
            for column in 0..side {
                let far = column as f32 + 0.5;
                let colour = self.mix(x + right * far - 0.5, y + down * far - 0.5);
                let [red, green, blue] = self.pixels.mixed(colour);
                numbers.extend([
                    red * scale.factor + scale.offset,
                    green * scale.factor + scale.offset,
                    blue * scale.factor + scale.offset,
                ]);
            }
        }
        numbers
    }

    /// The four pixels round a place, each by its nearness.
    #[inline]
    fn mix(&self, x: f32, y: f32) -> [f32; 3] {
        let (left, top) = (floor(x), floor(y));
        let (right, low) = (x - left as f32, y - top as f32);
        let inside = left >= 0 && top >= 0 && left < self.width - 1 && top < self.height - 1;
        let (first, second, third, fourth) = if inside {
            let (left, top) = (left as usize, top as usize);
            (
                self.pixels.raw(left, top),
                self.pixels.raw(left + 1, top),
                self.pixels.raw(left, top + 1),
                self.pixels.raw(left + 1, top + 1),
            )
        } else {
            (
                self.raw(left, top),
                self.raw(left + 1, top),
                self.raw(left, top + 1),
                self.raw(left + 1, top + 1),
            )
        };
        let colour = |at: usize| {
            let upper = between(first[at], second[at], right);
            let lower = between(third[at], fourth[at], right);
            upper + (lower - upper) * low
        };
        [colour(0), colour(1), colour(2)]
    }

    fn averaged(&self, edges: &Edges, side: usize, grain: usize, scale: Scale) -> Vec<f32> {
        let mut numbers = Vec::with_capacity(3 * side * side);
        let mut sums = vec![[0u32; 3]; side];
        let share = 1.0 / (grain * grain) as f32;
        for row in 0..side {
            sums.fill([0; 3]);
            for part in 0..grain {
                let ([x, y], [right, down]) = edges.row(row * grain + part, side * grain);
                let mut far = 0.5;
                for sum in &mut sums {
                    for _ in 0..grain {
                        let raw = self.raw(floor(x + right * far), floor(y + down * far));
                        sum[0] += u32::from(raw[0]);
                        sum[1] += u32::from(raw[1]);
                        sum[2] += u32::from(raw[2]);
                        far += 1.0;
                    }
                }
            }
            for [first, second, third] in &sums {
                let mean = [
                    *first as f32 * share,
                    *second as f32 * share,
                    *third as f32 * share,
                ];
                let [red, green, blue] = self.pixels.mixed(mean);
                numbers.extend([
                    red * scale.factor + scale.offset,
                    green * scale.factor + scale.offset,
                    blue * scale.factor + scale.offset,
                ]);
            }
        }
        numbers
    }

    #[inline]
    fn raw(&self, x: i32, y: i32) -> [u8; 3] {
        if x >= 0 && y >= 0 && x < self.width && y < self.height {
            self.pixels.raw(x as usize, y as usize)
        } else {
            self.pixels.black()
        }
    }
}

#[inline]
fn between(first: u8, second: u8, share: f32) -> f32 {
    let first = f32::from(first);
    first + (f32::from(second) - first) * share
}

/// The next whole number below; what is far outside stays outside.
#[inline]
fn floor(value: f32) -> i32 {
    let value = value.clamp(-1e6, 1e6);
    let cut = value as i32;
    cut - i32::from(cut as f32 > value)
}

#[cfg(test)]
mod tests;
