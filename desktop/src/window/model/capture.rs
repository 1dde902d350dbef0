//! What the capture's screen shows, and what guidance changes on it.

use quanshengshi::capture::FaceGuidance;
use quanshengshi::config::TextLanguage;
use quanshengshi::texts::code_text;

use crate::window::texts::{Say, of_prompt};

/// The face capture of a task.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Capture {
    /// Nothing runs.
    Ready {
        attempt: u8,
        attempts: u8,
        steps: usize,
        /// Why the attempt before failed, in words.
        reason: Option<String>,
    },
    /// Pictures are looked at.
    Running(Running),
    /// Sent: the phone may be put down.
    Judging,
}

/// A capture that runs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Running {
    /// The large line.
    pub(crate) say: Say,
    /// The small line, and whether it is praise.
    pub(crate) hint: Option<(String, bool)>,
    /// The act, from 1; 0 before the first.
    pub(crate) step: usize,
    pub(crate) steps: usize,
    pub(crate) seconds: Option<u32>,
    /// Of the act, from 0 to 1.
    pub(crate) progress: f32,
}

impl Running {
    /// Before the first picture.
    pub(crate) fn searching(steps: usize) -> Self {
        Self {
            say: Say::FaceFind,
            hint: None,
            step: 0,
            steps,
            seconds: None,
            progress: 0.0,
        }
    }

    /// Follows what the core says about a picture.
    pub(crate) fn follow(&mut self, guidance: &FaceGuidance, language: TextLanguage) {
        let seconds = |ms: u32| Some(ms.div_ceil(1000));
        match guidance {
            FaceGuidance::Improve { code } => {
                let find = || Say::FaceFind.text(language).to_owned();
                self.hint = Some((code_text(code, language).unwrap_or_else(find), false));
            }
            FaceGuidance::HoldNeutral { progress } => {
                (self.say, self.hint, self.progress) = (Say::FaceHold, None, *progress);
            }
            FaceGuidance::Do {
                prompt,
                step,
                remaining_ms,
                progress,
            } => {
                (self.say, self.hint) = (of_prompt(*prompt), None);
                (self.step, self.seconds) = (usize::from(*step) + 1, seconds(*remaining_ms));
                self.progress = *progress;
            }
            FaceGuidance::ComeBack {
                step, remaining_ms, ..
            } => {
                (self.say, self.hint) = (Say::FaceBack, None);
                (self.step, self.seconds) = (usize::from(*step) + 1, seconds(*remaining_ms));
                self.progress = 1.0;
            }
            FaceGuidance::PromptDone { .. } => {
                self.hint = Some((Say::FaceGood.text(language).to_owned(), true));
                self.progress = 1.0;
            }
            FaceGuidance::Finished => {
                (self.say, self.hint, self.progress) = (Say::FaceDone, None, 1.0);
            }
            FaceGuidance::Failed { .. } => {}
        }
    }

    /// How much of the whole is done, from 0 to 1: looking straight, then the acts.
    pub(crate) fn whole(&self) -> f32 {
        let parts = self.steps as f32 + 1.0;
        ((self.step as f32 + self.progress.clamp(0.0, 1.0)) / parts).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quanshengshi::capture::FacePrompt;

    #[test]
    fn the_line_follows_the_core_and_the_ring_never_goes_back() {
        let mut running = Running::searching(2);
        let mut seen = Vec::new();
        let act = |step, progress| FaceGuidance::Do {
            prompt: FacePrompt::Nod,
            step,
            remaining_ms: 7_001,
            progress,
        };
        let back = FaceGuidance::ComeBack {
            prompt: FacePrompt::Nod,
            step: 1,
            remaining_ms: 900,
        };
        let hold = FaceGuidance::HoldNeutral { progress: 0.5 };
        for guidance in [hold, act(0, 0.0), act(0, 0.9), act(1, 0.2), back] {
            running.follow(&guidance, TextLanguage::Zh);
            seen.push(running.whole());
        }
        assert!(seen.is_sorted(), "{seen:?}");
        assert_eq!(
            (running.say, running.step, running.seconds),
            (Say::FaceBack, 2, Some(1))
        );
        running.follow(&FaceGuidance::Finished, TextLanguage::Zh);
        assert_eq!(running.say, Say::FaceDone);
    }

    #[test]
    fn what_is_wrong_with_a_picture_stands_in_the_small_line() {
        let mut running = Running::searching(1);
        let code = "FACE_TOO_FAR".to_owned();
        running.follow(&FaceGuidance::Improve { code }, TextLanguage::Zh);
        assert_eq!(running.say, Say::FaceFind);
        assert!(
            running
                .hint
                .is_some_and(|(words, praise)| !words.is_empty() && !praise)
        );
    }
}
