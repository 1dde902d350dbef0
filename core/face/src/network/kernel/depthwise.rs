//! The 3x3 convolution of each channel by itself, into `[channels / 8][pixels][8]`.

use fearless_simd::{Simd, SimdBase as _, SimdCombine as _, SimdFloat as _, f32x8, f32x16};

use super::fused::Fused;
use super::lanes::{each_pixel, load, store};
use super::step::Making;
use crate::network::plan::LANES;

/// Nine taps and the bias of eight channels.
const BLOCK: usize = 10 * LANES;

/// Makes rows `first..first + rows` of all channels.
#[inline(always)]
pub(super) fn depthwise_rows<S: Fused>(
    simd: S,
    making: &Making<'_>,
    first: usize,
    rows: usize,
    kept: &mut [f32],
) {
    let Some(depthwise) = making.step.depthwise else {
        return;
    };
    let (shape, width) = (&making.source_shape, making.step.width);
    let blocks = making.step.channels_in / LANES;
    let outputs = kept.chunks_exact_mut(rows * width * LANES).take(blocks);
    for (block, output) in outputs.enumerate() {
        let weights = &making.weights[depthwise.weights + block * BLOCK..][..BLOCK];
        let weights: [f32x8<S>; 10] = std::array::from_fn(|at| load(simd, weights, at * LANES));
        let twice: [f32x16<S>; 10] = std::array::from_fn(|at| weights[at].combine(weights[at]));
        for (row, line) in output.chunks_exact_mut(width * LANES).enumerate() {
            let corner = block * shape.plane() + shape.at((first + row) * depthwise.stride, 0)
                - depthwise.top * shape.row()
                - depthwise.left * LANES;
            let length = shape.row() - (shape.border - depthwise.left) * LANES;
            let lines: [&[f32]; 3] =
                std::array::from_fn(|down| &making.source[corner + down * shape.row()..][..length]);
            let mut x = 0;
            macro_rules! run {
                ($pixels:literal, $stride:literal) => {
                    while width - x >= $pixels && $pixels <= S::PIXELS {
                        some::<S, $pixels, $stride>(simd, &lines, &weights, x, line);
                        x += $pixels;
                    }
                };
            }
            if depthwise.stride == 1 {
                if S::WIDE {
                    macro_rules! pairs {
                        ($pairs:literal) => {
                            while width - x >= 2 * $pairs {
                                some_pairs::<S, $pairs>(simd, &lines, &twice, x, line);
                                x += 2 * $pairs;
                            }
                        };
                    }
                    pairs!(6);
                    pairs!(4);
                    pairs!(1);
                }
                run!(6, 1);
                run!(4, 1);
                run!(1, 1);
            } else {
                run!(6, 2);
                run!(4, 2);
                run!(1, 2);
            }
        }
    }
}

/// Some pixels of a row.
#[inline(always)]
fn some<S: Simd, const PIXELS: usize, const STRIDE: usize>(
    simd: S,
    lines: &[&[f32]; 3],
    weights: &[f32x8<S>; 10],
    x: usize,
    output: &mut [f32],
) {
    let mut sums = [weights[9]; PIXELS];
    macro_rules! line {
        ($down:literal) => {{
            let reach = ((PIXELS - 1) * STRIDE + 3) * LANES;
            let line = &lines[$down][x * STRIDE * LANES..][..reach];
            each_pixel!(PIXELS, |AT| {
                let tap = |across| load(simd, line, (AT * STRIDE + across) * LANES);
                sums[AT] = tap(0).mul_add_precise(weights[$down * 3], sums[AT]);
                sums[AT] = tap(1).mul_add_precise(weights[$down * 3 + 1], sums[AT]);
                sums[AT] = tap(2).mul_add_precise(weights[$down * 3 + 2], sums[AT]);
            });
        }};
    }
    line!(0);
    line!(1);
    line!(2);
    let output = &mut output[x * LANES..][..PIXELS * LANES];
    each_pixel!(PIXELS, |AT| store(sums[AT], output, AT * LANES));
}

/// Some pairs of neighbouring pixels of a row: two times eight channels lie in one vector. Strides
/// of 1 only.
#[inline(always)]
fn some_pairs<S: Simd, const PAIRS: usize>(
    simd: S,
    lines: &[&[f32]; 3],
    weights: &[f32x16<S>; 10],
    x: usize,
    output: &mut [f32],
) {
    const PAIR: usize = 2 * LANES;
    let mut sums = [weights[9]; PAIRS];
    macro_rules! line {
        ($down:literal) => {{
            let line = &lines[$down][x * LANES..][..(PAIRS + 1) * PAIR];
            each_pixel!(PAIRS, |AT| {
                let tap = |across: usize| {
                    f32x16::from_slice(simd, &line[AT * PAIR + across * LANES..][..PAIR])
                };
                sums[AT] = tap(0).mul_add_precise(weights[$down * 3], sums[AT]);
                sums[AT] = tap(1).mul_add_precise(weights[$down * 3 + 1], sums[AT]);
                sums[AT] = tap(2).mul_add_precise(weights[$down * 3 + 2], sums[AT]);
            });
        }};
    }
    line!(0);
    line!(1);
    line!(2);
    let output = &mut output[x * LANES..][..PAIRS * PAIR];
    each_pixel!(PAIRS, |AT| {
        sums[AT].store_slice(&mut output[AT * PAIR..][..PAIR]);
    });
}
