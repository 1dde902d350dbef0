//! Runs a plan: the one engine of this crate's networks.
//!
//! Written for these three networks and for one thread. Sums are made in the same order and with
//! fused multiply-add on every processor that has it, so a phone and the portal get the same bits
//! from the same picture. Design and what was measured: `README.md`.

use std::sync::{Mutex, MutexGuard, PoisonError};

use fearless_simd::{Level, dispatch};
use half::f16;
use half::slice::HalfFloatSliceExt as _;
use quanshengshi_frame::rgb::Rgb;

use super::kernel::step::{Making, make};
use super::plan::{Part, Plan};
use super::workspace::{Numbers, Workspace};
use crate::square::{Scaling, Square};

/// A network ready to run.
#[derive(Debug)]
pub struct Runner {
    plan: &'static Plan,
    weights: Numbers,
    level: Level,
    /// Memory of runs that ended; a run takes one or makes its own.
    idle: Mutex<Vec<Workspace>>,
}

impl Runner {
    /// Widens the weights of a plan.
    pub(super) fn new(plan: &'static Plan, level: Level) -> Self {
        let halves: Vec<f16> = plan
            .weights
            .as_chunks::<2>()
            .0
            .iter()
            .map(|two| f16::from_le_bytes(*two))
            .collect();
        let mut weights = Numbers::zeros(halves.len());
        halves.convert_to_f32_slice(weights.all_mut());
        Self {
            plan,
            weights,
            level,
            idle: Mutex::default(),
        }
    }

    /// Side of the input picture in pixels.
    pub fn side(&self) -> usize {
        self.plan.places[0].width
    }

    /// Runs the network on a square of a picture; gives its two outputs in the order of the file.
    pub(crate) fn look(&self, picture: &Rgb, square: &Square, scaling: Scaling) -> [Vec<f32>; 2] {
        self.run(&square.sampled(picture, self.side(), scaling))
    }

    /// The same on the square seen in a mirror.
    pub(crate) fn look_mirrored(
        &self,
        picture: &Rgb,
        square: &Square,
        scaling: Scaling,
    ) -> [Vec<f32>; 2] {
        self.run(&square.sampled_mirrored(picture, self.side(), scaling))
    }

    /// Runs the network on `side * side` pixels, row by row, three numbers a pixel.
    pub(super) fn run(&self, pixels: &[f32]) -> [Vec<f32>; 2] {
        let shape = &self.plan.places[0];
        let row = shape.width * shape.channels;
        let mut space = self.space();
        let input = space.places[0].all_mut();
        for (y, line) in pixels.chunks_exact(row).take(shape.height).enumerate() {
            input[shape.at(y, 0)..][..row].copy_from_slice(line);
        }
        self.walk(&mut space);
        let outputs = self.plan.outputs.map(|parts| self.read(&space, parts));
        self.idle().push(space);
        outputs
    }

    fn walk(&self, space: &mut Workspace) {
        for step in self.plan.steps {
            let mut target = std::mem::take(&mut space.places[step.target]);
            let mut kept = std::mem::take(&mut space.kept);
            let making = Making::new(step, self.plan, space, self.weights.all());
            let (numbers, scratch) = (target.all_mut(), kept.all_mut());
            dispatch!(self.level, simd => make(simd, &making, numbers, scratch));
            space.kept = kept;
            space.places[step.target] = target;
        }
    }

    fn read(&self, space: &Workspace, parts: &[Part]) -> Vec<f32> {
        let mut numbers = Vec::new();
        for part in parts {
            let shape = &self.plan.places[part.place];
            let place = space.places[part.place].all();
            for y in 0..shape.height {
                for x in 0..shape.width {
                    let pixel = shape.at(y, x);
                    let planes = place.chunks_exact(shape.plane());
                    let channels = planes.flat_map(|plane| &plane[pixel..][..shape.pixel()]);
                    numbers.extend(channels.take(part.channels));
                }
            }
        }
        numbers
    }

    fn space(&self) -> Workspace {
        let idle = self.idle().pop();
        idle.unwrap_or_else(|| Workspace::for_plan(self.plan))
    }

    /// A run that panicked left no half-done memory behind: it had taken its own out.
    fn idle(&self) -> MutexGuard<'_, Vec<Workspace>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
