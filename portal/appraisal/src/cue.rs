//! Signs of an attack: each a number, a bad side, and a code for the person.

use quanshengshi_protocol::refusal::RefusalCode;

use crate::finding::Finding;
use crate::policy::{Action, Policy};

/// A sign of an attack. None of them proves one; the policy says what each leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cue {
    /// Distance to the register's photo: small when the photo itself is shown.
    Copy,
    /// Residual of a flat map over the turned angle.
    Flat,
    /// Residual of a bent sheet over the turned angle.
    Bent,
    /// Strength of a screen's raster behind the face, the weakest of the stills that say something.
    Raster,
    /// Straight edges round the face, in the neutral still.
    Border,
    /// Bits by which the stills differ from those of an earlier task of the same person.
    Seen,
    /// The same against tasks of other persons.
    SeenElsewhere,
    /// Share of frames seen before in the same capture.
    Frozen,
    /// Spread of the time between frames.
    Steady,
    /// Longest gap between frames over the usual one.
    Gap,
    /// Whether the camera is said to be another than a built-in one.
    OtherCamera,
    /// Whether nobody vouches for the device.
    Unattested,
}

impl Cue {
    /// Every cue, in the order in which doubts are told.
    pub const ALL: [Self; 12] = [
        Self::Copy,
        Self::Flat,
        Self::Bent,
        Self::Raster,
        Self::Border,
        Self::Seen,
        Self::SeenElsewhere,
        Self::Frozen,
        Self::Steady,
        Self::Gap,
        Self::OtherCamera,
        Self::Unattested,
    ];

    /// The word for policy, audit and measurements.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Flat => "flat",
            Self::Bent => "bent",
            Self::Raster => "raster",
            Self::Border => "border",
            Self::Seen => "seen",
            Self::SeenElsewhere => "seen_elsewhere",
            Self::Frozen => "frozen",
            Self::Steady => "steady",
            Self::Gap => "gap",
            Self::OtherCamera => "other_camera",
            Self::Unattested => "unattested",
        }
    }

    /// Whether small values are the bad ones.
    const fn small_is_bad(self) -> bool {
        matches!(
            self,
            Self::Copy | Self::Flat | Self::Bent | Self::Steady | Self::Seen | Self::SeenElsewhere
        )
    }

    /// What the person is told.
    pub const fn code(self) -> RefusalCode {
        match self {
            Self::Copy | Self::Flat | Self::Bent | Self::Raster | Self::Border => {
                RefusalCode::LivenessStatic
            }
            Self::Seen | Self::SeenElsewhere | Self::Frozen | Self::Steady | Self::Gap => {
                RefusalCode::EvidenceReplayed
            }
            Self::OtherCamera | Self::Unattested => RefusalCode::DeviceUntrusted,
        }
    }
}

/// A cue as it was measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// Which.
    pub cue: Cue,
    /// Its value, in the cue's own unit.
    pub value: f32,
}

impl Measured {
    /// What it leads to under a policy, when it is a doubt. A value that is no number is one.
    pub fn doubt(&self, policy: &Policy) -> Option<Action> {
        let wanted = policy.cue(self.cue);
        let good = if self.cue.small_is_bad() {
            self.value >= wanted.limit
        } else {
            self.value <= wanted.limit
        };
        (!good && wanted.action != Action::Pass).then_some(wanted.action)
    }

    /// The finding of this cue alone, when it is a doubt.
    pub fn finding(&self, policy: &Policy) -> Option<Finding> {
        match self.doubt(policy)? {
            Action::Pass => None,
            Action::Review => Some(Finding::Review(self.cue.code())),
            Action::Retry => Some(Finding::Retry(self.cue.code())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cue_has_its_bad_side_and_no_number_is_a_doubt() {
        let policy = Policy::parse(Policy::RENDERED).unwrap();
        let finding = |cue, value| Measured { cue, value }.finding(&policy);
        let fake = RefusalCode::LivenessStatic;
        assert_eq!(finding(Cue::Copy, 0.10), Some(Finding::Review(fake)));
        assert_eq!(finding(Cue::Copy, 0.25), None);
        assert_eq!(finding(Cue::Raster, 500.0), Some(Finding::Review(fake)));
        assert_eq!(finding(Cue::Raster, f32::NAN), Some(Finding::Review(fake)));
        assert_eq!(finding(Cue::Flat, f32::NAN), Some(Finding::Retry(fake)));
        assert_eq!(finding(Cue::Raster, 20.0), None);
        assert_eq!(finding(Cue::Unattested, 1.0), None);
    }

    #[test]
    fn words_are_unique() {
        let mut words = Cue::ALL.map(Cue::word).to_vec();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Cue::ALL.len());
    }
}
