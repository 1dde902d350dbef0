//! The innermost piece: a few pixels by one to four times 16 channels, all sums in registers.

use fearless_simd::{
    Simd, SimdBase as _, SimdCombine as _, SimdFloat as _, SimdSplit as _, f32x8, f32x16,
};

use super::lanes::{each_lane, each_pixel, each_vector, load, store};
use super::step::Making;
use crate::network::plan::{COLOURS, LANES, PICTURE_STRIDE, Reading, Residual};

/// Channels of a whole vector.
pub(super) const WIDTH: usize = 2 * LANES;
/// Numbers of the picture from window to window.
const PICTURE_STEP: usize = PICTURE_STRIDE * COLOURS;

/// Which sums are made.
pub(super) struct Tile<'a, const PIXELS: usize> {
    /// Where the numbers lie: pixel beside pixel, eight channels each, block behind block; or the
    /// picture.
    pub(super) numbers: &'a [f32],
    /// Where the first pixel's first number lies.
    pub(super) first: usize,
    /// Numbers from block to block of eight channels.
    pub(super) apart: usize,
    /// The first channel that is made.
    pub(super) channel: usize,
    /// Where each pixel goes.
    pub(super) target: [usize; PIXELS],
    /// Where what is added to each pixel lies.
    pub(super) residual: [usize; PIXELS],
}

/// All sums of a tile, as an array for each vector: `$add` adds a channel.
macro_rules! summed {
    ($simd:ident, $making:ident, $tile:ident, $pixels:ident, $vectors:ident, $width:expr, $vector:ident) => {{
        let step = $making.step;
        let depth = step.depth();
        let panels: [&[f32]; $vectors] = std::array::from_fn(|at| {
            let channel = $tile.channel + at * $width;
            &$making.weights[step.matrix + channel * depth..][..$width * depth]
        });
        let mut sums: [[$vector<S>; $pixels]; $vectors] = std::array::from_fn(|at| {
            let bias = step.bias + $tile.channel + at * $width;
            [$vector::from_slice($simd, &$making.weights[bias..][..$width]); $pixels]
        });
        /// Adds one channel of the source, times its weights, to every pixel's sums.
        macro_rules! add_channel {
            ($weights:ident, $at:expr, |$pixel:ident| $value:expr) => {{
                let weights: [$vector<S>; $vectors] = std::array::from_fn(|vector| {
                    $vector::from_slice($simd, &$weights[vector][$at * $width..][..$width])
                });
                each_pixel!($pixels, |$pixel| {
                    let value = $vector::splat($simd, $value);
                    each_vector!($vectors, |VECTOR| {
                        sums[VECTOR][$pixel] =
                            value.mul_add_precise(weights[VECTOR], sums[VECTOR][$pixel]);
                    });
                });
            }};
        }
        if step.reading() == Reading::Picture {
            // A window's row is one run of colours.
            let row = $making.source_shape.row();
            let mut at = 0;
            for down in 0..step.kernel[0] {
                for across in 0..step.kernel[1] {
                    let first = $tile.first + down * row + across * COLOURS;
                    let reach = ($pixels - 1) * PICTURE_STEP + COLOURS;
                    let colours = &$tile.numbers[first..][..reach];
                    let weights: [&[f32]; $vectors] = std::array::from_fn(|vector| {
                        &panels[vector][at * COLOURS * $width..][..COLOURS * $width]
                    });
                    add_channel!(weights, 0, |AT| colours[AT * PICTURE_STEP]);
                    add_channel!(weights, 1, |AT| colours[AT * PICTURE_STEP + 1]);
                    add_channel!(weights, 2, |AT| colours[AT * PICTURE_STEP + 2]);
                    at += 1;
                }
            }
        } else {
            for block in 0..depth / LANES {
                let pixels = &$tile.numbers[$tile.first + block * $tile.apart..];
                let pixels = &pixels[..$pixels * LANES];
                let weights: [&[f32]; $vectors] = std::array::from_fn(|vector| {
                    &panels[vector][block * LANES * $width..][..LANES * $width]
                });
                each_lane!(|LANE| add_channel!(weights, LANE, |AT| pixels[AT * LANES + LANE]));
            }
        }
        sums
    }};
}

/// Makes a tile of `PIXELS` pixels and `VECTORS` times 16 channels.
#[inline(always)]
pub(super) fn make_tile<S: Simd, const PIXELS: usize, const VECTORS: usize>(
    simd: S,
    making: &Making<'_>,
    tile: &Tile<'_, PIXELS>,
    target: &mut [f32],
) {
    let mut sums = summed!(simd, making, tile, PIXELS, VECTORS, WIDTH, f32x16);
    let zero = f32x16::splat(simd, 0.0);
    // Adding it changes no number, not even a zero's sign.
    let nothing = f32x8::splat(simd, -0.0);
    let step = making.step;
    let plane = making.residual_shape.plane();
    let row = making.residual_shape.row();
    let blocks = making.residual_shape.channels / LANES;
    each_vector!(VECTORS, |VECTOR| {
        let block = tile.channel / LANES + 2 * VECTOR;
        if block < blocks {
            let both = block + 1 < blocks;
            let low = match step.residual {
                Residual::None => &[][..],
                _ => &making.residual[block * plane..][..plane],
            };
            let high = match step.residual {
                Residual::None => &[][..],
                _ if both => &making.residual[(block + 1) * plane..][..plane],
                _ => low,
            };
            match step.residual {
                Residual::None => {}
                Residual::Same { .. } => each_pixel!(PIXELS, |AT| {
                    let low = load(simd, low, tile.residual[AT]);
                    let high = if both {
                        load(simd, high, tile.residual[AT])
                    } else {
                        nothing
                    };
                    sums[VECTOR][AT] += low.combine(high);
                }),
                Residual::Pooled { .. } => each_pixel!(PIXELS, |AT| {
                    let at = tile.residual[AT];
                    let low = pooled(simd, low, at, row);
                    let high = if both {
                        pooled(simd, high, at, row)
                    } else {
                        nothing
                    };
                    sums[VECTOR][AT] += low.combine(high);
                }),
            }
        }
        let slopes = step.slopes + block * LANES;
        let slopes = f32x16::from_slice(simd, &making.weights[slopes..][..WIDTH]);
        let plane = making.target_shape.plane();
        let (low, high) = target[block * plane..][..2 * plane].split_at_mut(plane);
        each_pixel!(PIXELS, |AT| {
            let sum = sums[VECTOR][AT];
            let made = sum.min(zero).mul_add_precise(slopes, sum.max(zero));
            let (first, second) = made.split();
            store(first, low, tile.target[AT]);
            store(second, high, tile.target[AT]);
        });
    });
}

/// Makes a tile of `PIXELS` pixels and the last eight channels, `VECTORS` being 1.
#[inline(always)]
pub(super) fn make_last<S: Simd, const PIXELS: usize, const VECTORS: usize>(
    simd: S,
    making: &Making<'_>,
    tile: &Tile<'_, PIXELS>,
    target: &mut [f32],
) {
    let mut sums = summed!(simd, making, tile, PIXELS, VECTORS, LANES, f32x8);
    let zero = f32x8::splat(simd, 0.0);
    let step = making.step;
    let shape = &making.residual_shape;
    let block = tile.channel / LANES;
    if block * LANES < shape.channels {
        match step.residual {
            Residual::None => {}
            Residual::Same { .. } => {
                let plane = &making.residual[block * shape.plane()..][..shape.plane()];
                each_pixel!(PIXELS, |AT| {
                    sums[0][AT] += load(simd, plane, tile.residual[AT]);
                });
            }
            Residual::Pooled { .. } => {
                let plane = &making.residual[block * shape.plane()..][..shape.plane()];
                each_pixel!(PIXELS, |AT| {
                    sums[0][AT] += pooled(simd, plane, tile.residual[AT], shape.row());
                });
            }
        }
    }
    let slopes = load(simd, making.weights, step.slopes + block * LANES);
    let plane = making.target_shape.plane();
    let plane = &mut target[block * plane..][..plane];
    each_pixel!(PIXELS, |AT| {
        let sum = sums[0][AT];
        let made = sum.min(zero).mul_add_precise(slopes, sum.max(zero));
        store(made, plane, tile.target[AT]);
    });
}

/// The largest of two by two pixels.
#[inline(always)]
fn pooled<S: Simd>(simd: S, plane: &[f32], at: usize, row: usize) -> f32x8<S> {
    let upper = &plane[at..][..2 * LANES];
    let lower = &plane[at + row..][..2 * LANES];
    let upper = load(simd, upper, 0).max(load(simd, upper, LANES));
    let lower = load(simd, lower, 0).max(load(simd, lower, LANES));
    upper.max(lower)
}
