//! The innermost piece: a few pixels by 16 channels, all sums in registers: one vector of 16 where the
//! processor has it, two of 8 elsewhere.

use fearless_simd::{Simd, SimdBase as _, SimdFloat as _, SimdSplit as _, f32x8, f32x16};

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
    /// Adds one channel of the source, times its weights, to every pixel's sums.
    macro_rules! add_channel {
        ($vector:ident, $sums:ident, $weights:expr, |$at:ident| $value:expr) => {{
            let weights = $vector::from_slice(simd, $weights);
            each_pixel!(PIXELS, |$at| {
                let value = $vector::splat(simd, $value);
                $sums[$at] = value.mul_add_precise(weights, $sums[$at]);
            });
        }};
    }
    // All sums of the tile in vectors of a kind, the width of a panel.
    macro_rules! summed {
        ($vector:ident, $width:expr) => {{
            const WIDTH: usize = $width;
            let bias = &making.weights[step.bias + tile.channel..][..WIDTH];
            let mut sums = [$vector::from_slice(simd, bias); PIXELS];
            if step.depthwise.is_some() {
                let blocks = kept.chunks_exact(tile.together * LANES);
                for (block, weights) in blocks.zip(tile.panel.chunks_exact(WIDTH * LANES)) {
                    let pixels = &block[tile.source[0]..][..PIXELS * LANES];
                    each_lane!(|LANE| add_channel!(
                        $vector,
                        sums,
                        &weights[LANE * WIDTH..][..WIDTH],
                        |AT| pixels[AT * LANES + LANE]
                    ));
                }
            } else if step.channels_in == COLOURS {
                // The picture: a window's row is one run of colours.
                let run = step.kernel[1] * COLOURS;
                let row = making.source_shape.row();
                for (down, weights) in tile.panel.chunks_exact(run * WIDTH).enumerate() {
                    let mut lines: [&[f32]; PIXELS] = [&[]; PIXELS];
                    each_pixel!(PIXELS, |AT| {
                        lines[AT] = &making.source[tile.source[AT] + down * row..][..run];
                    });
                    for (across, weights) in weights.chunks_exact(COLOURS * WIDTH).enumerate() {
                        let mut colours: [&[f32]; PIXELS] = [&[]; PIXELS];
                        each_pixel!(PIXELS, |AT| {
                            colours[AT] = &lines[AT][across * COLOURS..][..COLOURS];
                        });
                        let [red, green, blue] =
                            [0, 1, 2].map(|at| &weights[at * WIDTH..][..WIDTH]);
                        add_channel!($vector, sums, red, |AT| colours[AT][0]);
                        add_channel!($vector, sums, green, |AT| colours[AT][1]);
                        add_channel!($vector, sums, blue, |AT| colours[AT][2]);
                    }
                }
            } else {
                let shape = &making.source_shape;
                let mut panel = tile.panel.chunks_exact(WIDTH * LANES);
                for down in 0..step.kernel[0] {
                    for across in 0..step.kernel[1] {
                        for block in 0..step.channels_in / LANES {
                            let Some(weights) = panel.next() else {
                                return;
                            };
                            let offset =
                                down * shape.row() + across * LANES + block * shape.plane();
                            let mut pixels: [&[f32]; PIXELS] = [&[]; PIXELS];
                            each_pixel!(PIXELS, |AT| {
                                pixels[AT] = &making.source[tile.source[AT] + offset..][..LANES];
                            });
                            each_lane!(|LANE| add_channel!(
                                $vector,
                                sums,
                                &weights[LANE * WIDTH..][..WIDTH],
                                |AT| pixels[AT][LANE]
                            ));
                        }
                    }
                }
            }
            sums
        }};
    }
    let zero = f32x8::splat(simd, 0.0);
    macro_rules! finish {
        ($number:expr, $sums:ident) => {{
            let block = tile.channel / LANES + $number;
            let slopes = load(simd, making.weights, step.slopes + block * LANES);
            if block * LANES < making.residual_shape.channels {
                let shape = &making.residual_shape;
                match step.residual {
                    Residual::None => {}
                    Residual::Same { .. } => {
                        let plane = &making.residual[block * shape.plane()..][..shape.plane()];
                        each_pixel!(PIXELS, |AT| {
                            $sums[AT] += load(simd, plane, tile.residual[AT]);
                        });
                    }
                    Residual::Pooled { .. } => {
                        let plane = &making.residual[block * shape.plane()..][..shape.plane()];
                        each_pixel!(PIXELS, |AT| {
                            let upper = &plane[tile.residual[AT]..][..2 * LANES];
                            let lower = &plane[tile.residual[AT] + shape.row()..][..2 * LANES];
                            let upper = load(simd, upper, 0).max(load(simd, upper, LANES));
                            let lower = load(simd, lower, 0).max(load(simd, lower, LANES));
                            $sums[AT] += upper.max(lower);
                        });
                    }
                }
            }
            let shape = &making.target_shape;
            let plane = &mut target[block * shape.plane()..][..shape.plane()];
            each_pixel!(PIXELS, |AT| {
                let sum = $sums[AT];
                let sloped = sum.min(zero).mul_add_precise(slopes, sum.max(zero));
                store(sloped, plane, tile.target[AT]);
            });
        }};
    }
    if VECTORS > 1 {
        let sums = summed!(f32x16, 2 * LANES);
        let (mut low, mut high) = ([zero; PIXELS], [zero; PIXELS]);
        each_pixel!(PIXELS, |AT| (low[AT], high[AT]) = sums[AT].split());
        finish!(0, low);
        finish!(1, high);
    } else {
        let mut sums = summed!(f32x8, LANES);
        finish!(0, sums);
    }
}
