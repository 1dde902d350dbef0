//! The memory of one run.

use super::plan::{Plan, Step};

/// Bytes of a cache line: planes begin at one.
const LINE: usize = 64;

/// Numbers that begin at a cache line.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    held: Vec<f32>,
    start: usize,
    length: usize,
}

impl Numbers {
    /// So many zeros.
    pub(super) fn zeros(length: usize) -> Self {
        let spare = LINE / size_of::<f32>();
        let held = vec![0.0; length + spare];
        // `align_offset` may decline; an unaligned start is only slower.
        let start = held.as_ptr().align_offset(LINE).min(spare);
        Self {
            held,
            start,
            length,
        }
    }

    /// All of them.
    pub(super) fn all(&self) -> &[f32] {
        &self.held[self.start..self.start + self.length]
    }

    /// All of them, to be written.
    pub(super) fn all_mut(&mut self) -> &mut [f32] {
        &mut self.held[self.start..self.start + self.length]
    }
}

/// All places of a plan, and the depthwise results of the rows being made.
#[derive(Debug)]
pub(super) struct Workspace {
    pub(super) places: Vec<Numbers>,
    pub(super) kept: Numbers,
}

impl Workspace {
    /// Empty places. Their borders stay zero for good: a run writes inside them only.
    pub(super) fn for_plan(plan: &Plan) -> Self {
        let places = plan.places.iter().map(|shape| Numbers::zeros(shape.len()));
        let kept = plan.steps.iter().map(Step::kept).max();
        Self {
            places: places.collect(),
            kept: Numbers::zeros(kept.unwrap_or(0)),
        }
    }
}
