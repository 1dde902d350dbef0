//! All questions in turn.

use quanshengshi_face::network::Networks;
use quanshengshi_face::quality::complaint_of_surface;
use quanshengshi_face::tracker::{Seen, Tracker};
use quanshengshi_frame::still;
use quanshengshi_protocol::challenge::Challenge;
use quanshengshi_protocol::evidence::EvidenceHeader;
use quanshengshi_protocol::prompt::Prompt;
use quanshengshi_protocol::refusal::RefusalCode;

use crate::appraisal::conduct::{Act, ConductError, Scene, View};
use crate::appraisal::engine::NetworkError;
use crate::appraisal::finding::{Finding, ScoreBand};
use crate::appraisal::form;
use crate::appraisal::identity::{Embedder, Embedding};
use crate::appraisal::policy::Policy;

/// The portal's judge of evidence: four networks and a policy. Loaded once; an appraisal takes
/// some tenths of a second of one core, so call it where blocking is allowed.
pub struct Appraiser {
    networks: Networks,
    embedder: Embedder,
    policy: Policy,
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

    /// Judges verified evidence for a challenge against the register's photo (JPEG or PNG bytes).
    ///
    /// The caller has verified the device's signature over the header and that the challenge is
    /// its own, fresh and unused.
    ///
    /// # Errors
    /// [`NetworkError`] when the engine fails: nothing is known then about the evidence, and the
    /// task should go to people.
    pub fn appraise(
        &self,
        header: &EvidenceHeader,
        pictures: &[Vec<u8>],
        challenge: &Challenge,
        reference_photo: Option<&[u8]>,
    ) -> Result<Finding, NetworkError> {
        let Some(photo) = reference_photo else {
            return Ok(Finding::Review(RefusalCode::RefPhotoMissing));
        };
        if let Err(code) = form::check(header, pictures, challenge) {
            return Ok(Finding::Retry(code));
        }
        let judged =
            Scene::of(&self.networks, header, pictures).and_then(|scene| self.judge(&scene, photo));
        match judged {
            Ok(finding) => Ok(finding),
            Err(ConductError::Refused(code)) => Ok(Finding::Retry(code)),
            Err(ConductError::Network(error)) => Err(error),
        }
    }

    fn judge(&self, scene: &Scene, photo: &[u8]) -> Result<Finding, ConductError> {
        scene.check(&self.policy)?;
        let neutral = self.embed(&scene.neutral)?;
        self.check_one_person(scene, &neutral)?;
        let turned = scene
            .acts
            .iter()
            .any(|act| matches!(act.prompt, Prompt::TurnLeft | Prompt::TurnRight));
        if !turned {
            // Without a turn nothing shows depth: a picture warped by a program would pass.
            return Ok(Finding::Review(RefusalCode::LivenessStatic));
        }
        let Some(reference) = self.reference(photo)? else {
            return Ok(Finding::Review(RefusalCode::RefPhotoMissing));
        };
        Ok(self.compared(neutral.distance(&reference)))
    }

    fn embed(&self, view: &View) -> Result<Embedding, NetworkError> {
        self.embedder.embed(&view.picture, &view.face.mesh)
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
        self.embedder.embed(&picture, &face.mesh).map(Some)
    }

    fn compared(&self, distance: f32) -> Finding {
        let policy = &self.policy;
        if distance < policy.too_alike {
            Finding::Review(RefusalCode::LivenessStatic)
        } else if distance <= policy.clear_match {
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
        let appraiser = Appraiser::load(Policy::RENDERED).unwrap();
        for (distance, wanted) in [
            (0.05, Finding::Review(RefusalCode::LivenessStatic)),
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
    fn one_appraiser_can_serve_many_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Appraiser>();
    }
}
