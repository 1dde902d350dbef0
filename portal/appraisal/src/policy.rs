//! The risk policy: limits of the appraisal and what each doubt leads to, read from a file.

use quanshengshi_face::liveness::movement::MovementLimits;
use serde::Deserialize;

use crate::cue::Cue;

/// What evidence must show. Distances are Euclidean, between embeddings.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Its name and version, for the audit.
    pub name: String,
    /// How large each movement must be in the pictures sent.
    pub movement: MovementLimits,
    /// Share of its own peak at which a movement counts as not yet begun, or over.
    pub at_rest: f32,
    /// Share of a movement that the small frames must reach; they are coarser than the still.
    pub strip_peak: f32,
    /// Share of a movement below which nothing is said to have moved.
    pub moved: f32,
    /// Up to here the register's photo and the neutral still clearly show one person.
    pub clear_match: f32,
    /// Up to here they show one person.
    pub fair_match: f32,
    /// From here on they are different persons; in between people decide.
    pub mismatch: f32,
    /// Up to here two frontal pictures of one capture show one person.
    pub same_capture: f32,
    /// The same for a picture at the peak of a movement, where the pose differs.
    pub same_capture_moved: f32,
    cues: [CueLimit; Cue::ALL.len()],
}

/// When a cue is a doubt, and what the doubt leads to.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CueLimit {
    /// Beyond this, on the cue's bad side, it is a doubt.
    pub limit: f32,
    /// What the doubt leads to.
    pub action: Action,
}

/// What a doubt leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Nothing; the value is only measured.
    Pass,
    /// People decide.
    Review,
    /// The attempt is lost.
    Retry,
}

/// Why a text is no policy.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// Not the expected tables.
    #[error("policy: {0}")]
    Text(#[from] toml::de::Error),
    /// A value that cannot be meant.
    #[error("policy: {0} is out of range or out of order")]
    Value(&'static str),
}

impl Policy {
    /// The policy for the project's rendered persons; its own comments say where each limit comes
    /// from.
    pub const RENDERED: &'static str = include_str!("../policy/rendered.toml");

    /// Reads a policy.
    ///
    /// # Errors
    /// [`PolicyError::Text`] for another shape (a table or a value missing, unknown or of another
    /// kind), [`PolicyError::Value`] for numbers that are not finite, negative or out of order.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        let Tables {
            name,
            movement,
            strip,
            identity,
            cue,
        } = toml::from_str(text)?;
        let policy = Self {
            name,
            movement: movement.into(),
            at_rest: strip.at_rest,
            strip_peak: strip.peak,
            moved: strip.moved,
            clear_match: identity.clear_match,
            fair_match: identity.fair_match,
            mismatch: identity.mismatch,
            same_capture: identity.same_capture,
            same_capture_moved: identity.same_capture_moved,
            cues: cue.in_order(),
        };
        policy.check()?;
        Ok(policy)
    }

    /// The limit of a cue.
    pub fn cue(&self, cue: Cue) -> CueLimit {
        self.cues[cue as usize]
    }

    fn check(&self) -> Result<(), PolicyError> {
        let movement = &self.movement;
        let positive = [
            ("movement.yaw_degrees", movement.yaw_degrees),
            ("movement.pitch_degrees", movement.pitch_degrees),
            ("movement.mouth", movement.mouth),
            ("movement.planarity_percent", movement.planarity_percent),
            ("movement.nose", movement.nose),
            ("movement.closer", movement.closer),
            ("movement.closed", movement.closed),
            ("movement.straight_degrees", movement.straight_degrees),
            ("strip.at_rest", self.at_rest),
            ("strip.peak", self.strip_peak),
            ("strip.moved", self.moved),
            ("identity.clear_match", self.clear_match),
            ("identity.same_capture", self.same_capture),
        ];
        let odd = positive
            .into_iter()
            .find(|(_, value)| !(value.is_finite() && *value > 0.0));
        if let Some((name, _)) = odd {
            return Err(PolicyError::Value(name));
        }
        if !(self.clear_match <= self.fair_match && self.fair_match <= self.mismatch) {
            return Err(PolicyError::Value("identity"));
        }
        if self.same_capture_moved < self.same_capture || self.same_capture_moved.is_nan() {
            return Err(PolicyError::Value("identity.same_capture_moved"));
        }
        if self.cues.iter().any(|cue| !cue.limit.is_finite()) {
            return Err(PolicyError::Value("cue"));
        }
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    name: String,
    movement: Movement,
    strip: Strip,
    identity: Identity,
    cue: Cues,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Movement {
    yaw_degrees: f32,
    pitch_degrees: f32,
    mouth: f32,
    planarity_percent: f32,
    nose: f32,
    closer: f32,
    closed: f32,
    straight_degrees: f32,
}

impl From<Movement> for MovementLimits {
    fn from(from: Movement) -> Self {
        Self {
            yaw_degrees: from.yaw_degrees,
            pitch_degrees: from.pitch_degrees,
            mouth: from.mouth,
            planarity_percent: from.planarity_percent,
            nose: from.nose,
            closer: from.closer,
            closed: from.closed,
            straight_degrees: from.straight_degrees,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Strip {
    at_rest: f32,
    peak: f32,
    moved: f32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Identity {
    clear_match: f32,
    fair_match: f32,
    mismatch: f32,
    same_capture: f32,
    same_capture_moved: f32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cues {
    copy: CueLimit,
    flat: CueLimit,
    bent: CueLimit,
    raster: CueLimit,
    border: CueLimit,
    seen: CueLimit,
    seen_elsewhere: CueLimit,
    frozen: CueLimit,
    steady: CueLimit,
    gap: CueLimit,
    other_camera: CueLimit,
    unattested: CueLimit,
}

impl Cues {
    fn in_order(&self) -> [CueLimit; Cue::ALL.len()] {
        Cue::ALL.map(|cue| match cue {
            Cue::Copy => self.copy,
            Cue::Flat => self.flat,
            Cue::Bent => self.bent,
            Cue::Raster => self.raster,
            Cue::Border => self.border,
            Cue::Seen => self.seen,
            Cue::SeenElsewhere => self.seen_elsewhere,
            Cue::Frozen => self.frozen,
            Cue::Steady => self.steady,
            Cue::Gap => self.gap,
            Cue::OtherCamera => self.other_camera,
            Cue::Unattested => self.unattested,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_policy_is_one_and_every_cue_has_its_limit() {
        let policy = Policy::parse(Policy::RENDERED).unwrap();
        assert_eq!(policy.name, "rendered 4");
        assert_eq!(policy.cue(Cue::Copy).action, Action::Review);
        assert_eq!(policy.cue(Cue::Unattested).action, Action::Pass);
        for cue in Cue::ALL {
            assert!(policy.cue(cue).limit > 0.0, "{}", cue.word());
        }
    }

    #[test]
    fn a_policy_with_a_part_missing_unknown_or_out_of_order_is_refused() {
        let changed = |from: &str, to: &str| {
            assert!(Policy::RENDERED.contains(from), "{from}");
            Policy::parse(&Policy::RENDERED.replace(from, to))
        };
        for (from, to) in [
            ("name = ", "nom = "),
            ("[cue.raster]", "[cue.rastre]"),
            ("action = \"review\"", "action = \"perhaps\""),
            ("nose = 0.21", "nose = \"0.21\""),
        ] {
            assert!(
                matches!(changed(from, to), Err(PolicyError::Text(_))),
                "{to}"
            );
        }
        for (from, to) in [
            ("nose = 0.21", "nose = -1.0"),
            ("fair_match = 0.36", "fair_match = 0.46"),
            ("mouth = 0.38", "mouth = nan"),
            ("same_capture_moved = 0.45", "same_capture_moved = 0.1"),
            ("limit = 60.0", "limit = inf"),
        ] {
            assert!(
                matches!(changed(from, to), Err(PolicyError::Value(_))),
                "{to}"
            );
        }
        assert!(Policy::parse("").is_err());
    }
}
