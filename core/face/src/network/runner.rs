//! Runs a plan: the one engine of this crate's networks.
//!
//! Written for these three networks and for one thread. Sums are made in the same order and every
//! multiply-add rounds once, so a phone and the portal get the same bits from the same picture.
//! Design and what was measured: `README.md`.

use std::sync::{Mutex, MutexGuard, PoisonError};

use fearless_simd::Level;
use quanshengshi_frame::patch::Picture;

use super::kernel::fused::make_at;
use super::kernel::step::Making;
use super::plan::{Part, Plan};
use super::weights::unpacked;
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
    /// Unpacks the weights of a plan.
    pub(super) fn new(plan: &'static Plan, level: Level) -> Self {
        Self {
            plan,
            weights: unpacked(plan.weights, plan.numbers),
            level,
            idle: Mutex::default(),
        }
    }

    /// Side of the input picture in pixels.
    pub fn side(&self) -> usize {
        self.plan.places[0].width
    }

    /// Runs the network on a square of a picture or of a camera frame, of which only the square is
    /// converted; gives its two outputs in the order of the file.
    pub(crate) fn look(
        &self,
        picture: &impl Picture,
        square: &Square,
        scaling: Scaling,
    ) -> [Vec<f32>; 2] {
        self.run(&square.read(picture, self.side(), scaling, false))
    }

    /// The same on the square seen in a mirror.
    pub(crate) fn look_mirrored(
        &self,
        picture: &impl Picture,
        square: &Square,
        scaling: Scaling,
    ) -> [Vec<f32>; 2] {
        self.run(&square.read(picture, self.side(), scaling, true))
    }

    /// Runs the network on `side * side` pixels, row by row, three numbers a pixel (red, green,
    /// blue; -1 to 1 for the detector, 0 to 1 for the others); gives its two outputs in the order
    /// of the ONNX file. Missing pixels are those of the run before.
    pub fn run(&self, pixels: &[f32]) -> [Vec<f32>; 2] {
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
            make_at(self.level, &making, target.all_mut(), kept.all_mut());
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
