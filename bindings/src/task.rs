//! One task between the PC and this phone, step by step.

use std::sync::Arc;

use quanshengshi_handset::confirm::walk::{Stage, TaskWalk};
use quanshengshi_handset::ways::ways_on;
use quanshengshi_protocol::camera::Camera;
use quanshengshi_protocol::consent::Decision;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::transaction::ConsentLine;
use quanshengshi_rules::language::Language;

use crate::cancel::{CancelToken, until_cancelled};
use crate::capture::{Capture, FacePrompt};
use crate::error::QssError;
use crate::ways::{ActVariant, WayLine};

/// A claimed task. Its calls may be repeated after any failure.
#[derive(uniffi::Object)]
pub struct ConfirmTask {
    pub(crate) walk: TaskWalk,
    pub(crate) language: Language,
}

/// Where a task stands, and what the host shows.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum TaskStage {
    /// Show what is asked and let the person answer.
    Ask,
    /// Run a face capture.
    Capture {
        /// What the portal asks for, in order.
        prompts: Vec<FacePrompt>,
        /// This attempt, from 1.
        attempt: u8,
        /// Attempts in all.
        attempts: u8,
        /// Why the attempt before failed, when one did.
        reason: Option<String>,
    },
    /// Evidence is being judged: resume the task in a moment.
    Appraising,
    /// The PC may go on.
    Approved {
        /// Whether certificates can be fetched into the wallet now.
        certificates: bool,
    },
    /// People decide; the person will be told.
    Review {
        /// Why.
        reason: Option<String>,
    },
    /// No attempts are left.
    Failed {
        /// Why.
        reason: Option<String>,
    },
    /// Over without a verdict.
    Ended {
        /// Why.
        reason: String,
    },
}

/// What the person reads before agreeing, in the order of the screen.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AskScreen {
    /// What is asked.
    pub title: String,
    /// The facts.
    pub lines: Vec<AskLine>,
    /// What to look out for.
    pub warning: String,
    /// That the task is about somebody else than this phone's person; none when it is not.
    pub other_person: Option<OtherPersonLine>,
    /// Version of the face notice to show.
    pub notice_version: u32,
}

/// The task is about somebody else than this phone's person.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OtherPersonLine {
    /// What to show above everything else.
    pub text: String,
    /// Whether agreeing is possible here; when not, only offer to decline.
    pub may_go_on: bool,
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AskLine {
    /// What it is about.
    pub label: String,
    /// The fact.
    pub value: String,
}

/// What the person chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum PersonDecision {
    /// It is me, and my face may be processed for this task.
    AgreeWithFace,
    /// It is me, but without the face.
    AgreeWithoutFace,
    /// It is not me.
    NotMe,
    /// I changed my mind.
    Decline,
}

impl From<Stage> for TaskStage {
    fn from(stage: Stage) -> Self {
        let word = |reason: Option<RefusalCode>| reason.map(|code| code.code().to_owned());
        match stage {
            Stage::Ask => Self::Ask,
            Stage::Capture { challenged, reason } => {
                let challenge = challenged.challenge();
                let steps = challenge.steps.iter();
                Self::Capture {
                    prompts: steps.map(|step| step.prompt.into()).collect(),
                    attempt: challenge.attempt,
                    attempts: challenge.attempts,
                    reason: word(reason),
                }
            }
            Stage::Appraising => Self::Appraising,
            Stage::Approved { certificates } => Self::Approved { certificates },
            Stage::Review { reason } => Self::Review {
                reason: word(reason),
            },
            Stage::Failed { reason } => Self::Failed {
                reason: word(reason),
            },
            Stage::Ended { reason } => Self::Ended {
                reason: reason.code().to_owned(),
            },
        }
    }
}

impl From<PersonDecision> for Decision {
    fn from(decision: PersonDecision) -> Self {
        match decision {
            PersonDecision::AgreeWithFace => Self::AgreeWithFace,
            PersonDecision::AgreeWithoutFace => Self::AgreeWithoutFace,
            PersonDecision::NotMe => Self::NotMe,
            PersonDecision::Decline => Self::Decline,
        }
    }
}

impl From<ConsentLine> for AskLine {
    fn from(line: ConsentLine) -> Self {
        Self {
            label: line.label,
            value: line.value,
        }
    }
}

#[uniffi::export]
impl ConfirmTask {
    /// The task's name, to resume it or to fetch its certificates by.
    pub fn task_id(&self) -> String {
        self.walk.claimed().task().to_string()
    }

    /// Where the task stands.
    pub fn stage(&self) -> TaskStage {
        self.walk.stage().into()
    }

    /// What is asked, made on this phone of exactly the fields that are signed.
    pub fn ask(&self) -> AskScreen {
        let text = self.walk.claimed().consent_text(self.language);
        AskScreen {
            title: text.title,
            lines: text.lines.into_iter().map(Into::into).collect(),
            warning: text.warning,
            other_person: self
                .walk
                .claimed()
                .other_person()
                .map(|other| OtherPersonLine {
                    text: other.text(self.language),
                    may_go_on: other.may_go_on,
                }),
            notice_version: self.walk.claimed().notice_version(),
        }
    }

    /// Every way on when the face cannot work, best first: offer them at the first failure, and from
    /// the start to whoever asks.
    pub fn ways_on(&self) -> Vec<WayLine> {
        let ways = ways_on(self.walk.claimed().transaction().kind);
        let lines = ways.into_iter();
        lines.map(|way| WayLine::of(way, self.language)).collect()
    }

    /// Begins a face capture for the stage `Capture`. The first one takes a moment.
    ///
    /// # Errors
    /// `Internal` at another stage.
    pub fn begin_capture(&self, front_camera: bool) -> Result<Arc<Capture>, QssError> {
        let camera = Camera::built_in(front_camera);
        Ok(Arc::new(Capture(self.walk.begin_capture(camera)?)))
    }

    /// Begins a face capture with a camera that is not built into the device: a webcam, or a
    /// program that says it is a camera. A portal may hand such captures to people.
    ///
    /// # Errors
    /// `Internal` at another stage.
    pub fn begin_capture_elsewhere(&self) -> Result<Arc<Capture>, QssError> {
        Ok(Arc::new(Capture(self.walk.begin_capture(Camera::Other)?)))
    }
}

#[uniffi::export(async_runtime = "tokio")]
impl ConfirmTask {
    /// Sends the person's answer and gives the next stage.
    ///
    /// # Errors
    /// `OtherWay` for an agreement without the face, `NewTask`, `TryAgain`, `Refused`.
    pub async fn answer(
        &self,
        decision: PersonDecision,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<TaskStage, QssError> {
        let stage = until_cancelled(cancel, self.walk.answer(decision.into())).await?;
        Ok(stage.into())
    }

    /// Asks for other acts, before the answer or at the stage `Capture`; costs no attempt. Begin a
    /// new capture afterwards.
    ///
    /// # Errors
    /// `OtherWay` after too many changes, `NewTask`, `TryAgain`, `Refused`.
    pub async fn change_acts(
        &self,
        variant: ActVariant,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<TaskStage, QssError> {
        let stage = until_cancelled(cancel, self.walk.change_variant(variant.into())).await?;
        Ok(stage.into())
    }

    /// Sends a finished capture and gives the next stage: the verdict, or the next attempt. The
    /// same capture may be sent again when the answer was lost; it is judged once.
    ///
    /// # Errors
    /// `NewAttempt` for a capture that is not finished or was refused, `TryAgain`, `NewTask`.
    pub async fn confirm(
        &self,
        capture: Arc<Capture>,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<TaskStage, QssError> {
        let stage = until_cancelled(cancel, self.walk.confirm(&capture.0)).await?;
        Ok(stage.into())
    }

    /// Asks the portal where the task stands: after an answer was lost, or a challenge ran out.
    ///
    /// # Errors
    /// `NewTask` when the task is over and forgotten here, `TryAgain`, `Refused`.
    pub async fn refresh(&self, cancel: Option<Arc<CancelToken>>) -> Result<TaskStage, QssError> {
        let stage = until_cancelled(cancel, self.walk.refresh()).await?;
        Ok(stage.into())
    }
}
