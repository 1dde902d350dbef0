//! The innermost piece: at most 6 pixels by 16 channels, all sums in registers.

use fearless_simd::{Simd, SimdBase as _, SimdFloat as _, f32x8};

use super::lanes::{each_lane, each_pixel, load, store};
use super::step::Making;
use crate::network::plan::{LANES, Residual};

/// Channels of the picture.
const COLOURS: usize = 3;

/// Which sums are made.
pub(super) struct Tile<'a, const PIXELS: usize> {
    /// The weights of the panel.
    pub(super) panel: &'a [f32],
    /// The first channel of the panel.
    pub(super) channel: usize,
    /// Pixels of the group, which is how far apart blocks of depthwise results lie.
    pub(super) together: usize,
    /// Where each pixel's window begins, in the source or in the depthwise results.
    pub(super) source: [usize; PIXELS],
    /// Where each pixel goes.
    pub(super) target: [usize; PIXELS],
    /// Where what is added to each pixel lies.
    pub(super) residual: [usize; PIXELS],
}

/// Adds one channel of the source, times its weights, to every pixel's sums.
macro_rules! add_channel {
    ($simd:ident, $sums:ident, $weights:expr, |$at:ident| $value:expr) => {{
        let weights: &[f32] = $weights;
        let low = load($simd, weights, 0);
        let high = if VECTORS > 1 {
            load($simd, weights, LANES)
        } else {
            low
        };
        each_pixel!(PIXELS, |$at| {
            let value = f32x8::splat($simd, $value);
            $sums[$at][0] = value.mul_add_precise(low, $sums[$at][0]);
            if VECTORS > 1 {
                $sums[$at][VECTORS - 1] = value.mul_add_precise(high, $sums[$at][VECTORS - 1]);
            }
        });
    }};
}

/// Makes a tile of `PIXELS` pixels and `VECTORS` times eight channels.
#[inline(always)]
#[expect(
    clippy::too_many_lines,
    reason = "sums that pass to another function leave their registers"
)]
pub(super) fn make_tile<S: Simd, const PIXELS: usize, const VECTORS: usize>(
    simd: S,
    making: &Making<'_>,
    tile: &Tile<'_, PIXELS>,
    target: &mut [f32],
    kept: &[f32],
) {
    let step = making.step;
    let width = VECTORS * LANES;
    let bias: [f32x8<S>; VECTORS] = std::array::from_fn(|vector| {
        load(
            simd,
            making.weights,
            step.bias + tile.channel + vector * LANES,
        )
    });
    let mut sums = [bias; PIXELS];
    if step.depthwise.is_some() {
        let blocks = kept.chunks_exact(tile.together * LANES);
        for (block, weights) in blocks.zip(tile.panel.chunks_exact(width * LANES)) {
            let pixels = &block[tile.source[0]..][..PIXELS * LANES];
            each_lane!(
                |LANE| add_channel!(simd, sums, &weights[LANE * width..][..width], |AT| {
                    pixels[AT * LANES + LANE]
                })
            );
        }
    } else if step.channels_in == COLOURS {
        // The picture: a window's row is one run of colours.
        let run = step.kernel[1] * COLOURS;
        let row = making.source_shape.row();
        for (down, weights) in tile.panel.chunks_exact(run * width).enumerate() {
            let mut lines: [&[f32]; PIXELS] = [&[]; PIXELS];
            each_pixel!(PIXELS, |AT| {
                lines[AT] = &making.source[tile.source[AT] + down * row..][..run];
            });
            for (across, weights) in weights.chunks_exact(COLOURS * width).enumerate() {
                let mut colours: [&[f32]; PIXELS] = [&[]; PIXELS];
                each_pixel!(PIXELS, |AT| {
                    colours[AT] = &lines[AT][across * COLOURS..][..COLOURS];
                });
                let [red, green, blue] = [0, 1, 2].map(|at| &weights[at * width..][..width]);
                add_channel!(simd, sums, red, |AT| colours[AT][0]);
                add_channel!(simd, sums, green, |AT| colours[AT][1]);
                add_channel!(simd, sums, blue, |AT| colours[AT][2]);
            }
        }
    } else {
        let shape = &making.source_shape;
        let mut panel = tile.panel.chunks_exact(width * LANES);
        for down in 0..step.kernel[0] {
            for across in 0..step.kernel[1] {
                for block in 0..step.channels_in / LANES {
                    let Some(weights) = panel.next() else {
                        return;
                    };
                    let offset = down * shape.row() + across * LANES + block * shape.plane();
                    let mut pixels: [&[f32]; PIXELS] = [&[]; PIXELS];
                    each_pixel!(PIXELS, |AT| {
                        pixels[AT] = &making.source[tile.source[AT] + offset..][..LANES];
                    });
                    each_lane!(|LANE| add_channel!(
                        simd,
                        sums,
                        &weights[LANE * width..][..width],
                        |AT| pixels[AT][LANE]
                    ));
                }
            }
        }
    }
    let zero = f32x8::splat(simd, 0.0);
    macro_rules! finish {
        ($vector:expr) => {{
            let block = tile.channel / LANES + $vector;
            let slopes = load(simd, making.weights, step.slopes + block * LANES);
            if block * LANES < making.residual_shape.channels {
                let shape = &making.residual_shape;
                match step.residual {
                    Residual::None => {}
                    Residual::Same { .. } => {
                        let plane = &making.residual[block * shape.plane()..][..shape.plane()];
                        each_pixel!(PIXELS, |AT| {
                            sums[AT][$vector] += load(simd, plane, tile.residual[AT]);
                        });
                    }
                    Residual::Pooled { .. } => {
                        let plane = &making.residual[block * shape.plane()..][..shape.plane()];
                        each_pixel!(PIXELS, |AT| {
                            let upper = &plane[tile.residual[AT]..][..2 * LANES];
                            let lower = &plane[tile.residual[AT] + shape.row()..][..2 * LANES];
                            let upper = load(simd, upper, 0).max(load(simd, upper, LANES));
                            let lower = load(simd, lower, 0).max(load(simd, lower, LANES));
                            sums[AT][$vector] += upper.max(lower);
                        });
                    }
                }
            }
            let shape = &making.target_shape;
            let plane = &mut target[block * shape.plane()..][..shape.plane()];
            each_pixel!(PIXELS, |AT| {
                let sum = sums[AT][$vector];
                let sloped = sum.min(zero).mul_add_precise(slopes, sum.max(zero));
                store(sloped, plane, tile.target[AT]);
            });
        }};
    }
    finish!(0);
    if VECTORS > 1 {
        finish!(VECTORS - 1);
    }
}
