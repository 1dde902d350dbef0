//! How long things take on this machine, learnt as they are done.

use std::time::Duration;

use crate::deadline::Deadline;
use crate::ladder::Step;

/// First guesses at nanoseconds for a place that a grid looks at and for a module that is equalised,
/// on the slow side.
const FIRST_PLACE: f32 = 10.0;
const FIRST_MODULE: f32 = 600.0;

/// What steps have taken, so that one that would not be in time is not begun.
pub(super) struct Pace {
    nanoseconds: Vec<(Step, f32)>,
    /// For a place that a grid looks at.
    place: f32,
    /// For a module that is equalised.
    module: f32,
}

impl Pace {
    pub(super) fn new() -> Self {
        Self {
            nanoseconds: Vec::new(),
            place: FIRST_PLACE,
            module: FIRST_MODULE,
        }
    }

    pub(super) fn learn_places(&mut self, took: Duration, places: f32) {
        learn(&mut self.place, took, places);
    }

    pub(super) fn learn_modules(&mut self, took: Duration, modules: f32) {
        learn(&mut self.module, took, modules);
    }

    fn of(&self, step: Step) -> f32 {
        let known = self.nanoseconds.iter().find(|(known, _)| *known == step);
        known.map_or(step.first_pace(), |(_, pace)| *pace)
    }

    /// Whether a step would not be in time even with a whole frame for itself: it is passed over,
    /// and its pace forgiven a little, so that one bad frame does not rule it out for good.
    pub(super) fn forgives(&mut self, step: Step, deadline: &Deadline<'_>, pixels: f32) -> bool {
        let hopeless = !deadline.could_allow(self.expected(step, pixels));
        if hopeless {
            let pace = self.of(step) * 0.9;
            self.nanoseconds.retain(|(known, _)| *known != step);
            self.nanoseconds.push((step, pace));
        }
        hopeless
    }

    pub(super) fn for_places(&self, places: f32) -> Duration {
        Duration::from_nanos((self.place * places) as u64)
    }

    pub(super) fn for_modules(&self, modules: f32) -> Duration {
        Duration::from_nanos((self.module * modules) as u64)
    }

    pub(super) fn expected(&self, step: Step, pixels: f32) -> Duration {
        Duration::from_nanos((self.of(step) * pixels) as u64)
    }

    /// As for places and modules, but a faster pace is believed sooner.
    pub(super) fn learn(&mut self, step: Step, took: Duration, pixels: f32) {
        let seen = took.as_nanos() as f32 / pixels.max(1.0);
        let pace = seen.max(self.of(step) * 0.7 + seen * 0.3);
        self.nanoseconds.retain(|(known, _)| *known != step);
        self.nanoseconds.push((step, pace));
    }
}

/// Takes a slower pace at once and a faster one by and by.
fn learn(pace: &mut f32, took: Duration, effort: f32) {
    let seen = took.as_nanos() as f32 / effort.max(1.0);
    *pace = seen.max(*pace * 0.875);
}
