//! All questions in turn.

use quanshengshi_face::network::Networks;
use quanshengshi_face::quality::complaint_of_surface;
use quanshengshi_face::tracker::{Seen, Tracker};
use quanshengshi_frame::still;
use quanshengshi_protocol::challenge::Challenge;
use quanshengshi_protocol::evidence::EvidenceHeader;
use quanshengshi_protocol::refusal::RefusalCode;

use crate::channel::{self, Device};
use crate::conduct::{Act, ConductError, Scene, View};
use crate::cue::{Cue, Measured};
use crate::depth;
use crate::engine::NetworkError;
use crate::finding::{Finding, ScoreBand};
use crate::fingerprint::Fingerprint;
use crate::form;
use crate::identity::{Embedder, Embedding};
use crate::policy::Policy;

/// The portal's judge of evidence: four networks and a policy. Loaded once; an appraisal takes
/// some tenths of a second of one core, so call it where blocking is allowed.
pub struct Appraiser {
    networks: Networks,
    embedder: Embedder,
    policy: Policy,
}

/// Evidence and what it is judged by. The caller has verified the device's signature over the
/// header and that the challenge is its own, fresh and unused.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The verified header.
    pub header: &'a EvidenceHeader,
    /// JPEG bytes in the order of the header's marks.
    pub pictures: &'a [Vec<u8>],
    /// The challenge it answers.
    pub challenge: &'a Challenge,
    /// The register's photo of the person, JPEG or PNG bytes; none when it holds none.
    pub reference_photo: Option<&'a [u8]>,
    /// What is known of the device.
    pub device: Device,
}

/// A finding and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Examination {
    /// The finding.
    pub finding: Finding,
    /// Distance between register's photo and neutral still, when it came to that.
    pub distance: Option<f32>,
    /// Every cue that was measured.
    pub cues: Vec<Measured>,
    /// Fingerprints of the neutral still and of each peak; none where it did not come to looking.
    pub stills: Vec<Fingerprint>,
}

impl Examination {
    fn ended(finding: Finding) -> Self {
        Self {
            finding,
            distance: None,
            cues: Vec::new(),
            stills: Vec::new(),
        }
    }
}

impl Appraiser {
    /// Loads the networks out of the binary.
    ///
    /// # Errors
    /// [`NetworkError`] when the engine refuses one: a damaged binary.
    pub fn load(policy: Policy) -> Result<Self, NetworkError> {
        Ok(Self {
            networks: Networks::load(),
            embedder: Embedder::load()?,
            policy,
        })
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Judges evidence for a challenge against the register's photo.
    ///
    /// # Errors
    /// [`NetworkError`] when the engine fails: nothing is known then about the evidence, and the
    /// task should go to people.
    pub fn appraise(&self, case: Case<'_>) -> Result<Finding, NetworkError> {
        self.examine(case).map(|examination| examination.finding)
    }

    /// Judges evidence, and says what the finding rests on.
    ///
    /// # Errors
    /// As [`Appraiser::appraise`].
    pub fn examine(&self, case: Case<'_>) -> Result<Examination, NetworkError> {
        let Some(photo) = case.reference_photo else {
            let missing = Finding::Review(RefusalCode::RefPhotoMissing);
            return Ok(Examination::ended(missing));
        };
        if let Err(code) = form::check(case.header, case.pictures, case.challenge) {
            return Ok(Examination::ended(Finding::Retry(code)));
        }
        let scene = match Scene::of(&self.networks, case.header, case.pictures) {
            Ok(scene) => scene,
            Err(code) => return Ok(Examination::ended(Finding::Retry(code))),
        };
        let mut cues = channel::measure(case.header, case.device);
        cues.extend(depth::measure(&scene));
        let (finding, distance) = match self.judge(&scene, photo) {
            Ok((finding, distance)) => (finding, distance),
            Err(ConductError::Refused(code)) => (Finding::Retry(code), None),
            Err(ConductError::Network(error)) => return Err(error),
        };
        cues.extend(distance.map(|value| Measured {
            cue: Cue::Copy,
            value,
        }));
        Ok(Examination {
            finding: self.doubted(finding, &cues),
            distance,
            cues,
            stills: scene
                .stills()
                .map(|View { picture, face }| Fingerprint::of(picture, &face.mesh))
                .collect(),
        })
    }

    /// What is left of an approval when every doubt counts: the gravest, told first.
    pub fn doubted(&self, finding: Finding, cues: &[Measured]) -> Finding {
        if !matches!(finding, Finding::Approved(_)) {
            return finding;
        }
        let doubts = cues
            .iter()
            .filter_map(|measured| Some((measured.doubt(&self.policy)?, measured)));
        let gravest = doubts.max_by_key(|(action, _)| *action);
        gravest
            .and_then(|(_, measured)| measured.finding(&self.policy))
            .unwrap_or(finding)
    }

    fn judge(&self, scene: &Scene, photo: &[u8]) -> Result<(Finding, Option<f32>), ConductError> {
        scene.check(&self.policy)?;
        let neutral = self.embed(&scene.neutral)?;
        self.check_one_person(scene, &neutral)?;
        let Some(reference) = self.reference(photo)? else {
            return Ok((Finding::Review(RefusalCode::RefPhotoMissing), None));
        };
        let steady = self.embed_both_ways(&scene.neutral)?;
        let distance = steady.distance(&reference);
        let compared = self.compared(distance);
        // Without a turn nothing shows depth: a picture warped by a program would pass.
        let finding = match compared {
            Finding::Approved(_) if !scene.acts.iter().any(|act| act.prompt.is_turn()) => {
                Finding::Review(RefusalCode::LivenessStatic)
            }
            other => other,
        };
        Ok((finding, Some(distance)))
    }

    fn embed(&self, view: &View) -> Result<Embedding, NetworkError> {
        self.embedder.embed(&view.picture, &view.face.mesh)
    }

    fn embed_both_ways(&self, view: &View) -> Result<Embedding, NetworkError> {
        self.embedder
            .embed_both_ways(&view.picture, &view.face.mesh)
    }

    /// Every picture shows the person of the neutral still: strictly where the head is at rest,
    /// with room for the pose in between.
    fn check_one_person(&self, scene: &Scene, neutral: &Embedding) -> Result<(), ConductError> {
        let same = |view: &View, limit: f32| -> Result<(), ConductError> {
            if self.embed(view)?.distance(neutral) <= limit {
                Ok(())
            } else {
                Err(RefusalCode::LivenessSwapped.into())
            }
        };
        for Act { peak, strip, .. } in &scene.acts {
            same(peak, self.policy.same_capture_moved)?;
            for (at, view) in strip.iter().enumerate() {
                let at_rest = at == 0 || at + 1 == strip.len();
                let limit = if at_rest {
                    self.policy.same_capture
                } else {
                    self.policy.same_capture_moved
                };
                same(view, limit)?;
            }
        }
        Ok(())
    }

    /// The embedding of the register's photo; none when it shows no one usable face.
    fn reference(&self, photo: &[u8]) -> Result<Option<Embedding>, NetworkError> {
        let Ok(picture) = still::decode(photo) else {
            return Ok(None);
        };
        let Seen::One(face) = Tracker::default().look(&self.networks, &picture) else {
            return Ok(None);
        };
        if complaint_of_surface(&picture, &face).is_some() {
            return Ok(None);
        }
        self.embedder
            .embed_both_ways(&picture, &face.mesh)
            .map(Some)
    }

    fn compared(&self, distance: f32) -> Finding {
        let policy = &self.policy;
        if distance <= policy.clear_match {
            Finding::Approved(ScoreBand::Clear)
        } else if distance <= policy.fair_match {
            Finding::Approved(ScoreBand::Fair)
        } else if distance <= policy.mismatch {
            Finding::Review(RefusalCode::FaceMismatch)
        } else {
            // Also where the distance is not a number: every comparison above is false then.
            Finding::Retry(RefusalCode::FaceMismatch)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_fall_into_their_bands_and_no_number_never_passes() {
        let appraiser = Appraiser::load(Policy::parse(Policy::RENDERED).unwrap()).unwrap();
        for (distance, wanted) in [
            (0.05, Finding::Approved(ScoreBand::Clear)),
            (0.2, Finding::Approved(ScoreBand::Clear)),
            (0.33, Finding::Approved(ScoreBand::Fair)),
            (0.38, Finding::Review(RefusalCode::FaceMismatch)),
            (0.6, Finding::Retry(RefusalCode::FaceMismatch)),
            (f32::NAN, Finding::Retry(RefusalCode::FaceMismatch)),
        ] {
            assert_eq!(appraiser.compared(distance), wanted, "{distance}");
        }
    }

    #[test]
    fn a_photo_shown_to_the_camera_goes_to_people_and_the_gravest_doubt_is_told() {
        let appraiser = Appraiser::load(Policy::parse(Policy::RENDERED).unwrap()).unwrap();
        let approved = Finding::Approved(ScoreBand::Clear);
        let copy = Measured {
            cue: Cue::Copy,
            value: 0.05,
        };
        let flat = Measured {
            cue: Cue::Flat,
            value: 0.01,
        };
        let fake = RefusalCode::LivenessStatic;
        assert_eq!(appraiser.doubted(approved, &[]), approved);
        assert_eq!(appraiser.doubted(approved, &[copy]), Finding::Review(fake));
        assert_eq!(
            appraiser.doubted(approved, &[copy, flat]),
            Finding::Retry(fake)
        );
        let refused = Finding::Retry(RefusalCode::FaceMismatch);
        assert_eq!(appraiser.doubted(refused, &[copy]), refused);
    }

    #[test]
    fn one_appraiser_can_serve_many_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Appraiser>();
    }
}
