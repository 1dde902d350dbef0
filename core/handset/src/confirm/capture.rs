//! One capture: frames in, guidance out, in the caller's thread.

use std::sync::Arc;

use quanshengshi_face::liveness::evidence::{Evidence, EvidenceError};
use quanshengshi_face::liveness::guidance::Guidance;
use quanshengshi_face::liveness::session::{LivenessSession, OfferError};
use quanshengshi_face::network::Networks;
use quanshengshi_frame::frame::Frame;
use quanshengshi_protocol::camera::Camera;

use crate::confirm::challenged::Challenged;
use crate::handset::Handset;

/// A running capture. No queue and no thread of its own; a frame is looked at and let go.
pub struct Capture {
    networks: Arc<Networks>,
    session: LivenessSession,
    challenged: Challenged,
    camera: Camera,
    finished: bool,
}

impl Capture {
    /// Takes the next camera frame and says what the person should do now.
    ///
    /// # Errors
    /// [`OfferError`] by variant; the capture is as it was before.
    pub fn offer(&mut self, frame: &Frame<'_>) -> Result<Guidance, OfferError> {
        let guidance = self.session.offer(&self.networks, frame)?;
        self.finished = guidance == Guidance::Finished;
        Ok(guidance)
    }

    /// Whether every prompt is done, so that [`Capture::finish`] gives evidence.
    pub fn is_finished(&self) -> bool {
        self.finished
    }

    /// The evidence of a finished capture.
    ///
    /// # Errors
    /// [`EvidenceError`] by variant.
    pub fn finish(self) -> Result<Captured, EvidenceError> {
        Ok(Captured {
            evidence: self.session.finish()?,
            challenged: self.challenged,
            camera: self.camera,
        })
    }
}

impl std::fmt::Debug for Capture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Capture").finish_non_exhaustive()
    }
}

/// Evidence of a finished capture and the challenge it answers.
#[derive(Debug)]
pub struct Captured {
    pub(crate) evidence: Evidence,
    pub(crate) challenged: Challenged,
    pub(crate) camera: Camera,
}

impl Handset {
    /// Begins a capture. The first call loads the face networks, some milliseconds.
    pub fn begin_capture(&self, challenged: &Challenged, camera: Camera) -> Capture {
        Capture {
            networks: self.networks(),
            session: LivenessSession::new(challenged.challenge()),
            challenged: challenged.clone(),
            camera,
            finished: false,
        }
    }
}
