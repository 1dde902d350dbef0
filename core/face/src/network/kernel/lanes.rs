//! Loading, storing and unrolling.
//!
//! Accumulators must be indexed by constants in the source. With a loop over them the compiler
//! leaves all twelve in memory and a run takes twice as long.

use fearless_simd::{Simd, SimdBase as _, f32x8};

use crate::network::plan::LANES;

/// Eight numbers from a place on.
#[inline(always)]
pub(super) fn load<S: Simd>(simd: S, numbers: &[f32], at: usize) -> f32x8<S> {
    f32x8::from_slice(simd, &numbers[at..at + LANES])
}

/// Puts eight numbers at a place.
#[inline(always)]
pub(super) fn store<S: Simd>(vector: f32x8<S>, numbers: &mut [f32], at: usize) {
    vector.store_slice(&mut numbers[at..at + LANES]);
}

/// Does something for each of at most twelve pixels, their number being a constant.
macro_rules! each_pixel {
    ($pixels:expr, |$at:ident| $work:expr) => {{
        {
            const $at: usize = 0;
            $work
        }
        if $pixels > 1 {
            const $at: usize = 1;
            $work
        }
        if $pixels > 2 {
            const $at: usize = 2;
            $work
        }
        if $pixels > 3 {
            const $at: usize = 3;
            $work
        }
        if $pixels > 4 {
            const $at: usize = 4;
            $work
        }
        if $pixels > 5 {
            const $at: usize = 5;
            $work
        }
        if $pixels > 6 {
            const $at: usize = 6;
            $work
        }
        if $pixels > 7 {
            const $at: usize = 7;
            $work
        }
        if $pixels > 8 {
            const $at: usize = 8;
            $work
        }
        if $pixels > 9 {
            const $at: usize = 9;
            $work
        }
        if $pixels > 10 {
            const $at: usize = 10;
            $work
        }
        if $pixels > 11 {
            const $at: usize = 11;
            $work
        }
    }};
}
pub(super) use each_pixel;

/// Does something for each of at most four vectors of channels.
macro_rules! each_vector {
    ($vectors:expr, |$at:ident| $work:expr) => {{
        {
            const $at: usize = 0;
            $work
        }
        if $vectors > 1 {
            const $at: usize = 1;
            $work
        }
        if $vectors > 2 {
            const $at: usize = 2;
            $work
        }
        if $vectors > 3 {
            const $at: usize = 3;
            $work
        }
    }};
}
pub(super) use each_vector;

/// Does something for each of eight channels.
macro_rules! each_lane {
    (|$at:ident| $work:expr) => {{
        {
            const $at: usize = 0;
            $work
        }
        {
            const $at: usize = 1;
            $work
        }
        {
            const $at: usize = 2;
            $work
        }
        {
            const $at: usize = 3;
            $work
        }
        {
            const $at: usize = 4;
            $work
        }
        {
            const $at: usize = 5;
            $work
        }
        {
            const $at: usize = 6;
            $work
        }
        {
            const $at: usize = 7;
            $work
        }
    }};
}
pub(super) use each_lane;
