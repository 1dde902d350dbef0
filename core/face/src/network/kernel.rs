//! The arithmetic, from a step down to eight numbers.
//!
//! Generic over the processor's vectors; the caller chooses them once a step.
#![expect(
    clippy::inline_always,
    reason = "what is not inlined loses its registers: a run takes twice as long"
)]

mod depthwise;
pub(super) mod fused;
mod lanes;
pub(super) mod step;
mod tile;
