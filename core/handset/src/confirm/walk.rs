//! A claimed task walked step by step: what a shell holds on to.
//!
//! Nothing here decides anything; it remembers where the task stands between two calls of the
//! shell, and the bytes that a repeated call must send again.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use quanshengshi_face::liveness::guidance::Guidance;
use quanshengshi_frame::frame::Frame;
use quanshengshi_protocol::camera::Camera;
use quanshengshi_protocol::consent::Decision;
use quanshengshi_protocol::outcome::Verdict;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::variant::Variant;

use crate::confirm::capture::{Capture, Captured};
use crate::confirm::challenged::Challenged;
use crate::confirm::claimed::{Answered, Claimed};
use crate::confirm::error::ConfirmError;
use crate::confirm::resume::Resumed;
use crate::confirm::submit::{Appraised, Prepared};
use crate::failure::code::OwnCode;
use crate::failure::sorted::{Failure, NextStep};
use crate::handset::Handset;

/// A claimed task. Its calls may be repeated after any failure.
pub struct TaskWalk {
    handset: Handset,
    claimed: Claimed,
    stage: Mutex<Stage>,
}

/// Where a task stands.
#[derive(Debug, Clone)]
pub enum Stage {
    /// The person has to answer.
    Ask,
    /// A face capture has to be done.
    Capture {
        /// What the portal asks for.
        challenged: Challenged,
        /// Why the attempt before failed, when one did.
        reason: Option<RefusalCode>,
    },
    /// Evidence is being judged: ask again in a moment.
    Appraising,
    /// The PC may go on.
    Approved {
        /// Whether certificates can be fetched now.
        certificates: bool,
    },
    /// People decide.
    Review {
        /// Why.
        reason: Option<RefusalCode>,
    },
    /// No attempts are left.
    Failed {
        /// Why.
        reason: Option<RefusalCode>,
    },
    /// Over without a verdict.
    Ended {
        /// Why.
        reason: RefusalCode,
    },
}

impl Stage {
    /// Where the portal says the task stands.
    fn of(resumed: &Resumed) -> Self {
        let reason = resumed.verdict.and_then(Verdict::reason);
        let ended = |reason| Self::Ended { reason };
        match (resumed.state, &resumed.challenged) {
            (TaskState::Created | TaskState::Claimed, _) => Self::Ask,
            (TaskState::Consented | TaskState::Challenged, Some(challenged)) => Self::Capture {
                challenged: challenged.clone(),
                reason,
            },
            (TaskState::Consented | TaskState::Challenged | TaskState::Submitted, _) => {
                Self::Appraising
            }
            (TaskState::Approved | TaskState::Closed, _) => Self::Approved {
                certificates: resumed.claimed.transaction().kind.opens_certificates(),
            },
            (TaskState::Review, _) => Self::Review { reason },
            (TaskState::Failed, _) => Self::Failed { reason },
            (TaskState::Rejected, _) => ended(RefusalCode::TaskRejected),
            (TaskState::Expired, _) => ended(RefusalCode::TaskExpired),
            (TaskState::Cancelled, _) => ended(RefusalCode::TaskCancelled),
        }
    }
}

impl TaskWalk {
    /// Walks a task that was claimed just now.
    pub fn of_claim(handset: Handset, claimed: Claimed) -> Self {
        Self {
            handset,
            claimed,
            stage: Mutex::new(Stage::Ask),
        }
    }

    /// Walks on where a task stands.
    pub fn of_resumed(handset: Handset, resumed: Resumed) -> Self {
        Self {
            handset,
            stage: Mutex::new(Stage::of(&resumed)),
            claimed: resumed.claimed,
        }
    }

    /// What was claimed.
    pub fn claimed(&self) -> &Claimed {
        &self.claimed
    }

    /// Where the task stands.
    pub fn stage(&self) -> Stage {
        self.held().clone()
    }

    /// Sends the person's answer and gives the next stage.
    ///
    /// # Errors
    /// As [`Handset::answer`].
    ///
    /// # Cancellation
    /// May be dropped at any await and repeated.
    pub async fn answer(&self, decision: Decision) -> Result<Stage, ConfirmError> {
        let next = match self.handset.answer(&self.claimed, decision).await? {
            Answered::Challenged(challenged) => Stage::Capture {
                challenged,
                reason: None,
            },
            Answered::Ended => Stage::Ended {
                reason: RefusalCode::TaskRejected,
            },
        };
        Ok(self.go_to(next))
    }

    /// Asks for other acts, before the answer or while a capture waits; costs no attempt.
    ///
    /// # Errors
    /// As [`Handset::change_variant`].
    ///
    /// # Cancellation
    /// May be dropped at any await and repeated.
    pub async fn change_variant(&self, variant: Variant) -> Result<Stage, ConfirmError> {
        let changed = self.handset.change_variant(&self.claimed, variant).await?;
        let reason = match self.stage() {
            Stage::Capture { reason, .. } => reason,
            _ => None,
        };
        Ok(match changed {
            Some(challenged) => self.go_to(Stage::Capture { challenged, reason }),
            None => self.stage(),
        })
    }

    /// Begins a capture of the present challenge.
    ///
    /// # Errors
    /// An internal failure at another stage.
    pub fn begin_capture(&self, camera: Camera) -> Result<CaptureWalk, Failure> {
        let Stage::Capture { challenged, .. } = self.stage() else {
            return Err(Failure::internal(OwnCode::Step));
        };
        let capture = self.handset.begin_capture(&challenged, camera);
        Ok(CaptureWalk {
            phase: Mutex::new(Phase::Running(Box::new(capture))),
        })
    }

    /// Sends a finished capture and gives the next stage. The same capture may be sent again when
    /// the answer was lost; it is judged once.
    ///
    /// # Errors
    /// A failure of a capture that is not finished, or as [`Handset::prepare`] and
    /// [`Handset::confirm`].
    ///
    /// # Cancellation
    /// May be dropped at any await and repeated.
    pub async fn confirm(&self, capture: &CaptureWalk) -> Result<Stage, Failure> {
        let prepared = capture.prepared(&self.handset).await?;
        let next = match self.handset.confirm(&prepared).await? {
            Appraised::Approved => Stage::Approved {
                certificates: self.claimed.transaction().kind.opens_certificates(),
            },
            Appraised::Retry {
                reason, challenged, ..
            } => Stage::Capture {
                challenged,
                reason: Some(reason),
            },
            Appraised::Failed { reason } => Stage::Failed {
                reason: Some(reason),
            },
            Appraised::Review { reason } => Stage::Review {
                reason: Some(reason),
            },
        };
        Ok(self.go_to(next))
    }

    /// Asks the portal where the task stands: after an answer was lost, or a challenge ran out.
    ///
    /// # Errors
    /// As [`Handset::resume`].
    ///
    /// # Cancellation
    /// May be dropped at any await and repeated.
    pub async fn refresh(&self) -> Result<Stage, ConfirmError> {
        let resumed = self.handset.resume(self.claimed.task()).await?;
        Ok(self.go_to(Stage::of(&resumed)))
    }

    fn held(&self) -> MutexGuard<'_, Stage> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn go_to(&self, next: Stage) -> Stage {
        *self.held() = next.clone();
        next
    }
}

/// A capture from its first frame until it is judged.
pub struct CaptureWalk {
    phase: Mutex<Phase>,
}

enum Phase {
    Running(Box<Capture>),
    Finished(Arc<Captured>),
    /// A repeated confirmation sends the same bytes.
    Signed(Arc<Prepared>),
    /// The session could not be turned into evidence.
    Lost,
}

impl CaptureWalk {
    /// Takes the next camera frame and says what the person should do now.
    ///
    /// # Errors
    /// A failure of a frame that was not taken; the capture is as it was.
    pub fn offer(&self, frame: &Frame<'_>) -> Result<Guidance, Failure> {
        match &mut *self.held() {
            Phase::Running(capture) => Ok(capture.offer(frame)?),
            Phase::Finished(_) | Phase::Signed(_) => Ok(Guidance::Finished),
            Phase::Lost => Err(Failure::internal(OwnCode::Evidence)),
        }
    }

    fn held(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The evidence, once every prompt is done.
    fn captured(&self) -> Result<Result<Arc<Captured>, Arc<Prepared>>, Failure> {
        let mut phase = self.held();
        match std::mem::replace(&mut *phase, Phase::Lost) {
            Phase::Running(capture) if !capture.is_finished() => {
                *phase = Phase::Running(capture);
                let code = OwnCode::CaptureUnfinished;
                Err(Failure::own(NextStep::NewAttempt, code))
            }
            Phase::Running(capture) => {
                let captured = Arc::new(capture.finish()?);
                *phase = Phase::Finished(Arc::clone(&captured));
                Ok(Ok(captured))
            }
            Phase::Finished(captured) => {
                *phase = Phase::Finished(Arc::clone(&captured));
                Ok(Ok(captured))
            }
            Phase::Signed(prepared) => {
                *phase = Phase::Signed(Arc::clone(&prepared));
                Ok(Err(prepared))
            }
            Phase::Lost => Err(Failure::internal(OwnCode::Evidence)),
        }
    }

    /// The signed evidence, signed at the first call.
    async fn prepared(&self, handset: &Handset) -> Result<Arc<Prepared>, Failure> {
        let captured = match self.captured()? {
            Ok(captured) => captured,
            Err(prepared) => return Ok(prepared),
        };
        let prepared = Arc::new(handset.prepare(&captured).await?);
        let mut phase = self.held();
        if let Phase::Signed(first) = &*phase {
            // Two calls at once: the first one's bytes are the ones that may have been sent.
            return Ok(Arc::clone(first));
        }
        *phase = Phase::Signed(Arc::clone(&prepared));
        Ok(prepared)
    }
}
