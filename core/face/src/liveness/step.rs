//! One prompt, from the moment it is shown until the person is back in the middle.

use quanshengshi_protocol::challenge::PromptStep;
use quanshengshi_protocol::prompt::Prompt;

use crate::liveness::colours::Colours;
use crate::liveness::evidence::{Done, Kept};
use crate::liveness::movement::{MovementLimits, Neutral};
use crate::tracker::Face;

/// Below this amount the movement has not begun.
const BEGUN: f32 = 0.25;
/// Amounts at which a frame is kept on the way there.
const RISING: [f32; 2] = [0.4, 0.75];
/// Share of the peak below which a frame is kept on the way back.
const FALLING: f32 = 0.6;
/// Within this amount to either side the person is back: a nod may swing upwards first.
const BACK: f32 = 0.35;
/// So many frames in a row must show another movement before it counts: one may be a slip of the
/// network.
const OTHER_FRAMES: u32 = 3;

/// Milliseconds for which a face that was asked to look straight must do so.
const STRAIGHT_MS: u64 = 300;
/// The person has moved on from an extra when a movement is larger than this.
const MOVED_ON: f32 = 0.5;

/// While nothing moves, a frame at rest is kept once in so many milliseconds.
const REST_EVERY_MS: u64 = 100;

/// What a frame did to a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Progress {
    /// On the way, 0 to 1.
    Going(f32),
    /// Large enough, not back yet.
    Reached,
    /// Back: done.
    Done,
    /// Another movement was made.
    Other(Prompt),
    /// An extra was left out: the person does something else already.
    LeftOut,
}

/// A prompt being done, and the few frames kept of it.
#[derive(Debug)]
pub(super) struct Step {
    asked: PromptStep,
    start_ms: u64,
    end_ms: u64,
    reached: bool,
    other_frames: u32,
    rested_ms: Option<u64>,
    before: Option<Kept>,
    rising: [Option<Kept>; 2],
    peak: Option<Peak>,
    falling: Option<Kept>,
    after: Option<Kept>,
}

#[derive(Debug)]
struct Peak {
    amount: f32,
    t_ms: u64,
    still: Kept,
}

impl Step {
    /// A prompt shown at this time, in milliseconds since the capture began.
    pub(super) fn start(asked: PromptStep, t_ms: u64) -> Self {
        Self {
            asked,
            start_ms: t_ms,
            end_ms: t_ms,
            reached: false,
            other_frames: 0,
            rested_ms: None,
            before: None,
            rising: [None, None],
            peak: None,
            falling: None,
            after: None,
        }
    }

    /// The next prompt, shown when an extra was left out: the last frame at rest is the one before
    /// its movement, and its time the time from which the prompt is done.
    pub(super) fn start_after(extra: Self, asked: PromptStep, t_ms: u64) -> Self {
        let rested_ms = extra.rested_ms.unwrap_or(t_ms);
        Self {
            start_ms: rested_ms.min(t_ms),
            before: extra.before,
            rested_ms: extra.rested_ms,
            ..Self::start(asked, t_ms)
        }
    }

    pub(super) fn prompt(&self) -> Prompt {
        self.asked.prompt
    }

    /// Whether the movement was large enough already.
    pub(super) fn is_reached(&self) -> bool {
        self.reached
    }

    /// Milliseconds left at this time; none when the window is over.
    pub(super) fn remaining_ms(&self, t_ms: u64) -> Option<u32> {
        let gone = u32::try_from(t_ms.saturating_sub(self.start_ms)).unwrap_or(u32::MAX);
        self.asked.window_ms.checked_sub(gone)
    }

    /// Looks at the next face.
    pub(super) fn observe(
        &mut self,
        neutral: &Neutral,
        colours: &Colours<'_>,
        face: &Face,
        frame: u32,
        t_ms: u64,
    ) -> Progress {
        let limits = MovementLimits::CAPTURE;
        if self.asked.prompt.is_extra() && !self.reached {
            let moved = neutral.largest(face, &limits);
            if moved >= MOVED_ON {
                return Progress::LeftOut;
            }
            if moved >= BEGUN {
                // Perhaps the beginning of something else: no frame to start from.
                return Progress::Going(0.0);
            }
        }
        let amount = neutral.amount(self.asked.prompt, face, &limits);
        if !self.reached {
            if let Some(other) = self.other(neutral, face, &limits) {
                return Progress::Other(other);
            }
            if self.asked.prompt == Prompt::LookStraight {
                return self.hold(amount, frame, t_ms, colours);
            }
            self.keep_rising(amount, frame, t_ms, colours);
        }
        if amount >= BEGUN && self.peak.as_ref().is_none_or(|peak| amount > peak.amount) {
            self.peak = Some(Peak {
                amount,
                t_ms,
                still: Kept::still(frame, colours),
            });
            self.falling = None;
        }
        if !self.reached {
            self.reached = amount >= 1.0 && neutral.shows_depth(self.asked.prompt, face, &limits);
            return if self.reached {
                Progress::Reached
            } else {
                Progress::Going(amount.clamp(0.0, 1.0))
            };
        }
        let peak = self.peak.as_ref().map_or(1.0, |peak| peak.amount);
        if amount.abs() < BACK {
            self.after = Some(Kept::small(frame, colours));
            self.end_ms = t_ms;
            return Progress::Done;
        }
        if self.falling.is_none() && amount < FALLING * peak {
            self.falling = Some(Kept::small(frame, colours));
        }
        Progress::Reached
    }

    fn other(&mut self, neutral: &Neutral, face: &Face, limits: &MovementLimits) -> Option<Prompt> {
        let other = neutral.other_movement(self.asked.prompt, face, limits);
        self.other_frames = if other.is_some() {
            self.other_frames + 1
        } else {
            0
        };
        other.filter(|_| self.other_frames >= OTHER_FRAMES)
    }

    /// Looking straight: kept are a frame at the beginning, in the middle and at the end.
    fn hold(&mut self, amount: f32, frame: u32, t_ms: u64, colours: &Colours<'_>) -> Progress {
        if amount < 1.0 {
            self.rested_ms = None;
            self.peak = None;
            return Progress::Going(0.0);
        }
        let Some(since_ms) = self.rested_ms else {
            self.rested_ms = Some(t_ms);
            self.before = Some(Kept::small(frame, colours));
            return Progress::Going(0.0);
        };
        let held_ms = t_ms.saturating_sub(since_ms);
        if self.peak.is_none() {
            self.peak = Some(Peak {
                amount,
                t_ms,
                still: Kept::still(frame, colours),
            });
        } else if held_ms >= STRAIGHT_MS {
            self.after = Some(Kept::small(frame, colours));
            self.end_ms = t_ms;
            return Progress::Done;
        }
        Progress::Going((held_ms as f32 / STRAIGHT_MS as f32).min(1.0))
    }

    fn keep_rising(&mut self, amount: f32, frame: u32, t_ms: u64, colours: &Colours<'_>) {
        if amount < BEGUN {
            let kept_ms = self.rested_ms.unwrap_or(0);
            let is_fresh = self.before.is_some() && t_ms.saturating_sub(kept_ms) < REST_EVERY_MS;
            if is_fresh && self.peak.is_none() {
                return;
            }
            self.rested_ms = Some(t_ms);
            // Not begun, or given up: what was kept belongs to no movement.
            self.before = Some(Kept::small(frame, colours));
            self.rising = [None, None];
            self.peak = None;
            return;
        }
        for (slot, level) in self.rising.iter_mut().zip(RISING) {
            if slot.is_none() && amount >= level {
                *slot = Some(Kept::small(frame, colours));
                return;
            }
        }
    }

    /// What is kept of a step that is done; `strip_frames` is the most small frames to keep.
    /// None when it was not done.
    pub(super) fn done(self, strip_frames: usize) -> Option<Done> {
        let peak = self.peak?;
        self.after.as_ref()?;
        let [low, high] = self.rising;
        // The most telling ones first, so that a smaller strip loses the least.
        let mut strip: Vec<Kept> = Vec::new();
        for kept in [
            self.before,
            self.after,
            Some(peak.still.smaller()),
            high,
            self.falling,
            low,
        ]
        .into_iter()
        .flatten()
        {
            if strip.len() < strip_frames && strip.iter().all(|other| other.frame != kept.frame) {
                strip.push(kept);
            }
        }
        strip.sort_by_key(|kept| kept.frame);
        Some(Done {
            prompt: self.asked.prompt,
            start_ms: self.start_ms,
            peak_ms: peak.t_ms,
            end_ms: self.end_ms,
            peak: peak.still,
            strip,
        })
    }
}
