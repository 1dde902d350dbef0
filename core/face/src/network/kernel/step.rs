//! One step of a plan: rows of the target in groups, each group panel by panel, tile by tile.

use super::depthwise::depthwise_rows;
use super::fused::Fused;
use super::lanes::{load, store};
use super::tile::{Tile, WIDTH, make_last, make_tile};
use crate::network::plan::{LANES, MOST_PIXELS, Plan, Reading, Residual, Shape, Step};
use crate::network::workspace::Workspace;

/// So few pixels are one tile of four vectors of channels.
const FEW: usize = 6;

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

/// Where the pixels of a group lie in what is written and added.
struct Offsets {
    target: [usize; MOST_PIXELS],
    residual: [usize; MOST_PIXELS],
}

/// Makes the target of a step. `kept` takes what is gathered for a group of rows.
#[inline(always)]
pub(super) fn make<S: Fused>(simd: S, making: &Making<'_>, target: &mut [f32], kept: &mut [f32]) {
    let step = making.step;
    let together = step.rows_together();
    let mut offsets = Offsets {
        target: [0; MOST_PIXELS],
        residual: [0; MOST_PIXELS],
    };
    let mut first = 0;
    while first < step.height {
        let rows = together.min(step.height - first);
        if step.reading() == Reading::Gathered {
            simd.vectorize(
                #[inline(always)]
                || match step.depthwise {
                    Some(_) => depthwise_rows(simd, making, first, rows, kept),
                    None => gather_rows(simd, making, first, rows, kept),
                },
            );
        }
        find_offsets(making, first, rows, &mut offsets);
        make_group(simd, making, [first, rows], &offsets, target, kept);
        first += rows;
    }
}

#[inline(always)]
fn find_offsets(making: &Making<'_>, first: usize, rows: usize, offsets: &mut Offsets) {
    let (step, shape) = (making.step, &making.residual_shape);
    let width = step.width;
    let places = |offsets: &mut [usize; MOST_PIXELS], shape: &Shape, stride: usize| {
        let lines = offsets.chunks_exact_mut(width).take(rows).enumerate();
        for (row, line) in lines {
            let mut place = shape.at((first + row) * stride, 0);
            for one in line {
                *one = place;
                place += stride * LANES;
            }
        }
    };
    places(&mut offsets.target, &making.target_shape, 1);
    match step.residual {
        Residual::None => {}
        Residual::Same { .. } => places(&mut offsets.residual, shape, 1),
        Residual::Pooled { .. } => places(&mut offsets.residual, shape, 2),
    }
}

/// The windows of rows of a convolution, `[kernel row][kernel column][channels / 8][pixels][8]`.
#[inline(always)]
fn gather_rows<S: Fused>(
    simd: S,
    making: &Making<'_>,
    first: usize,
    rows: usize,
    kept: &mut [f32],
) {
    let (step, shape) = (making.step, &making.source_shape);
    let blocks = step.channels_in / LANES;
    let before = step.top * shape.row() + step.left * LANES;
    let windows = kept.chunks_exact_mut(rows * step.width * LANES);
    for (at, window) in windows.take(step.depth() / LANES).enumerate() {
        let (block, tap) = (at % blocks, at / blocks);
        let (down, across) = (tap / step.kernel[1], tap % step.kernel[1]);
        for (row, line) in window.chunks_exact_mut(step.width * LANES).enumerate() {
            let corner = shape.at((first + row) * step.stride + down, across) - before;
            let source = &making.source[block * shape.plane() + corner..];
            for (x, pixel) in line.chunks_exact_mut(LANES).enumerate() {
                store(load(simd, source, x * step.stride * LANES), pixel, 0);
            }
        }
    }
}

/// All channels of a group of pixels: a panel of weights stays in the first cache while every
/// tile passes it.
#[inline(always)]
fn make_group<S: Fused>(
    simd: S,
    making: &Making<'_>,
    [first, rows]: [usize; 2],
    offsets: &Offsets,
    target: &mut [f32],
    kept: &[f32],
) {
    let (step, shape) = (making.step, &making.source_shape);
    let pixels = rows * step.width;
    // A tile's pixels lie beside each other: gathered ones all do, others as far as their row goes.
    let (numbers, run, apart) = match step.reading() {
        Reading::Gathered => (kept, pixels, pixels * LANES),
        Reading::Picture | Reading::Rows => (making.source, step.width, shape.plane()),
    };
    let mut channel = 0;
    while channel < step.channels_out {
        let whole = (step.channels_out - channel) / WIDTH;
        let vectors = match whole {
            0 | 1 => whole,
            _ if !S::WIDE => 1,
            4.. if pixels <= FEW => 4,
            _ => 2,
        };
        let mut at = 0;
        while at < pixels {
            let left = run - at % run;
            let before = match step.reading() {
                Reading::Gathered => at * LANES,
                Reading::Picture | Reading::Rows => {
                    let [y, x] = [first + at / run, at % run].map(|one| one * step.stride);
                    shape.at(y, x) - step.top * shape.row() - step.left * shape.pixel()
                }
            };
            // The size of a tile must be known to the compiler.
            macro_rules! tile {
                ($pixels:literal, $vectors:literal, $make:ident) => {{
                    let tile = Tile::<$pixels> {
                        numbers,
                        first: before,
                        apart,
                        channel,
                        target: part(&offsets.target, at),
                        residual: part(&offsets.residual, at),
                    };
                    simd.vectorize(
                        #[inline(always)]
                        || $make::<S, $pixels, $vectors>(simd, making, &tile, target),
                    );
                    at += $pixels;
                }};
            }
            macro_rules! tiles {
                ($vectors:literal, $make:ident) => {
                    match size::<S>(left) {
                        12 if S::PIXELS >= 12 => tile!(12, $vectors, $make),
                        8 if S::PIXELS >= 8 => tile!(8, $vectors, $make),
                        6 if S::PIXELS >= 6 => tile!(6, $vectors, $make),
                        4 if S::PIXELS >= 4 => tile!(4, $vectors, $make),
                        3 if S::PIXELS >= 3 => tile!(3, $vectors, $make),
                        2 if S::PIXELS >= 2 => tile!(2, $vectors, $make),
                        _ => tile!(1, $vectors, $make),
                    }
                };
            }
            match vectors {
                0 => tiles!(1, make_last),
                2 if S::WIDE => tiles!(2, make_tile),
                4 if S::WIDE => match size::<S>(left) {
                    6 => tile!(6, 4, make_tile),
                    4 => tile!(4, 4, make_tile),
                    3 => tile!(3, 4, make_tile),
                    2 => tile!(2, 4, make_tile),
                    _ => tile!(1, 4, make_tile),
                },
                _ => tiles!(1, make_tile),
            }
        }
        channel += vectors.max(1) * if vectors > 0 { WIDTH } else { LANES };
    }
}

/// Pixels of the next tile: sizes are few, and none leaves a rest that keeps nothing busy.
#[inline]
fn size<S: Fused>(left: usize) -> usize {
    match left {
        1..=4 => left.min(S::PIXELS),
        5 => 4.min(S::PIXELS),
        8 if S::PIXELS == 6 => 4,
        6 | 7 | 9 => 6.min(S::PIXELS),
        8 | 10 | 11 | 16 => 8.min(S::PIXELS),
        _ => S::PIXELS,
    }
}

#[inline(always)]
fn part<const N: usize>(offsets: &[usize; MOST_PIXELS], at: usize) -> [usize; N] {
    let mut part = [0; N];
    part.copy_from_slice(&offsets[at..at + N]);
    part
}
