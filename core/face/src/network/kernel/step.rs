//! One step of a plan: rows of the target in groups, each group panel by panel, tile by tile.

use super::depthwise::depthwise_rows;
use super::fused::Fused;
use super::tile::{Tile, make_tile};
use crate::network::plan::{LANES, MOST_PIXELS, Plan, Residual, Shape, Step};
use crate::network::workspace::Workspace;

/// A step with everything it reads.
#[derive(Clone, Copy)]
pub(crate) struct Making<'a> {
    pub(super) step: &'a Step,
    pub(super) source: &'a [f32],
    pub(super) source_shape: Shape,
    pub(super) target_shape: Shape,
    pub(super) residual: &'a [f32],
    pub(super) residual_shape: Shape,
    pub(super) weights: &'a [f32],
}

impl<'a> Making<'a> {
    /// A step over places; its target was taken out of them.
    pub(crate) fn new(
        step: &'a Step,
        plan: &'a Plan,
        space: &'a Workspace,
        weights: &'a [f32],
    ) -> Self {
        let (residual, place) = match step.residual {
            Residual::None => (&[][..], step.source),
            Residual::Same { place } | Residual::Pooled { place } => {
                (space.places[place].all(), place)
            }
        };
        Self {
            step,
            source: space.places[step.source].all(),
            source_shape: plan.places[step.source],
            target_shape: plan.places[step.target],
            residual,
            residual_shape: plan.places[place],
            weights,
        }
    }
}

/// Where the pixels of a group lie in what is read and written.
pub(super) struct Offsets {
    pub(super) source: [usize; MOST_PIXELS],
    pub(super) target: [usize; MOST_PIXELS],
    pub(super) residual: [usize; MOST_PIXELS],
}

/// Makes the target of a step. `kept` takes the depthwise results of a group of rows.
#[inline(always)]
pub(super) fn make<S: Fused>(simd: S, making: &Making<'_>, target: &mut [f32], kept: &mut [f32]) {
    let step = making.step;
    let together = step.rows_together();
    let mut offsets = Offsets {
        source: [0; MOST_PIXELS],
        target: [0; MOST_PIXELS],
        residual: [0; MOST_PIXELS],
    };
    let mut first = 0;
    while first < step.height {
        let rows = together.min(step.height - first);
        let pixels = rows * step.width;
        if step.depthwise.is_some() {
            simd.vectorize(
                #[inline(always)]
                || depthwise_rows(simd, making, first, rows, kept),
            );
        }
        find_offsets(making, first, rows, &mut offsets);
        make_group(simd, making, pixels, &offsets, target, kept);
        first += rows;
    }
}

#[inline(always)]
fn find_offsets(making: &Making<'_>, first: usize, rows: usize, offsets: &mut Offsets) {
    let (step, source) = (making.step, &making.source_shape);
    let before = step.top * source.row() + step.left * source.pixel();
    for row in 0..rows {
        for x in 0..step.width {
            let (at, y) = (row * step.width + x, first + row);
            offsets.source[at] = match step.depthwise {
                Some(_) => at * LANES,
                None => source.at(y * step.stride, x * step.stride) - before,
            };
            offsets.target[at] = making.target_shape.at(y, x);
            offsets.residual[at] = match step.residual {
                Residual::None => 0,
                Residual::Same { .. } => making.residual_shape.at(y, x),
                Residual::Pooled { .. } => making.residual_shape.at(2 * y, 2 * x),
            };
        }
    }
}

/// All channels of a group of pixels: a panel of weights stays in the first cache while every
/// tile passes it.
#[inline(always)]
fn make_group<S: Fused>(
    simd: S,
    making: &Making<'_>,
    pixels: usize,
    offsets: &Offsets,
    target: &mut [f32],
    kept: &[f32],
) {
    let step = making.step;
    let depth = step.kernel[0] * step.kernel[1] * step.channels_in;
    let mut channel = 0;
    while channel < step.channels_out {
        let vectors = if step.channels_out - channel >= 2 * LANES {
            2
        } else {
            1
        };
        let width = vectors * LANES;
        let panel = &making.weights[step.matrix + channel * depth..][..width * depth];
        let mut at = 0;
        // The size of a tile must be known to the compiler.
        macro_rules! tile {
            ($pixels:literal) => {{
                let tile = Tile::<$pixels> {
                    panel,
                    channel,
                    together: pixels,
                    source: part(&offsets.source, at),
                    target: part(&offsets.target, at),
                    residual: part(&offsets.residual, at),
                };
                if vectors == 2 {
                    simd.vectorize(
                        #[inline(always)]
                        || make_tile::<S, $pixels, 2>(simd, making, &tile, target, kept),
                    );
                } else {
                    simd.vectorize(
                        #[inline(always)]
                        || make_tile::<S, $pixels, 1>(simd, making, &tile, target, kept),
                    );
                }
                at += $pixels;
            }};
        }
        while at < pixels {
            match S::PIXELS.min(pixels - at) {
                1 => tile!(1),
                2 => tile!(2),
                3 => tile!(3),
                4 => tile!(4),
                5 => tile!(5),
                12 if S::PIXELS == 12 => tile!(12),
                _ => tile!(6),
            }
        }
        channel += width;
    }
}

#[inline(always)]
fn part<const N: usize>(offsets: &[usize; MOST_PIXELS], at: usize) -> [usize; N] {
    let mut part = [0; N];
    part.copy_from_slice(&offsets[at..at + N]);
    part
}
