//! Runs a plan: the one engine of this crate's networks.
//!
//! Written for these three networks and for one thread. Sums are made in the same order and every
//! multiply-add rounds once, so a phone and the portal get the same bits from the same picture.
//! Design and what was measured: `README.md`.

use std::sync::{Mutex, MutexGuard, PoisonError};

use fearless_simd::Level;
use quanshengshi_frame::patch::{Patch, Picture, Scale};

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
        self.look_at(picture, &patch(square), scaling)
    }

    /// The same on the square seen in a mirror.
    pub(crate) fn look_mirrored(
        &self,
        picture: &impl Picture,
        square: &Square,
        scaling: Scaling,
    ) -> [Vec<f32>; 2] {
        let patch = Patch {
            mirrored: true,
            ..patch(square)
        };
        self.look_at(picture, &patch, scaling)
    }

    fn look_at(&self, picture: &impl Picture, patch: &Patch, scaling: Scaling) -> [Vec<f32>; 2] {
        let Scaling { factor, offset } = scaling;
        self.run(&picture.patch(patch, self.side(), Scale { factor, offset }))
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

/// The patch a square covers.
fn patch(square: &Square) -> Patch {
    let (sin, cos) = sin_cos(square.turn);
    Patch {
        centre: [square.centre.x, square.centre.y],
        across: [square.side * cos, square.side * sin],
        mirrored: false,
    }
}

/// Sine and cosine. Those of the standard library come from the system and differ in the last
/// digit between systems; these are sums and products only, the same everywhere.
fn sin_cos(turn: f32) -> (f32, f32) {
    const QUARTER: f64 = std::f64::consts::FRAC_PI_2;
    let quarters = (f64::from(turn) / QUARTER).round();
    let rest = f64::from(turn) - quarters * QUARTER;
    let square = rest * rest;
    // Taylor, to a billionth between -pi/4 and pi/4: f32 has eight digits.
    let series = |powers: [f64; 6]| {
        powers
            .iter()
            .rev()
            .fold(1.0, |sum, at| 1.0 - sum * square / at)
    };
    let sin = rest * series([6.0, 20.0, 42.0, 72.0, 110.0, 156.0]);
    let cos = series([2.0, 12.0, 30.0, 56.0, 90.0, 132.0]);
    let (sin, cos) = match quarters.rem_euclid(4.0) as u8 {
        0 => (sin, cos),
        1 => (cos, -sin),
        2 => (-sin, -cos),
        _ => (-cos, sin),
    };
    (sin as f32, cos as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sine_and_cosine_are_those_of_the_standard_library_to_the_last_digits() {
        for step in -2000i16..=2000 {
            let turn = f32::from(step) * 0.005;
            let (sin, cos) = sin_cos(turn);
            let (true_sin, true_cos) = f64::from(turn).sin_cos();
            assert!((f64::from(sin) - true_sin).abs() < 1e-7, "{turn}");
            assert!((f64::from(cos) - true_cos).abs() < 1e-7, "{turn}");
        }
    }
}
