//! A face capture at the crossing: a frame in, guidance out, in one sync call.

use quanshengshi_face::liveness::guidance::Guidance;
use quanshengshi_handset::confirm::walk::CaptureWalk;
use quanshengshi_protocol::prompt::Prompt;

use crate::error::QssError;
use crate::frame::{FrameLayout, PlanesLayout};

/// A running capture. Offer frames from one thread; drop those that come while one is looked at.
#[derive(uniffi::Object)]
pub struct Capture(pub(crate) CaptureWalk);

/// What the person should do now; the words are the shell's, those of codes in `code_text`.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum FaceGuidance {
    /// Something is wrong with the picture; nothing is lost.
    Improve {
        /// What.
        code: String,
    },
    /// Look straight ahead and hold still.
    HoldNeutral {
        /// How much of it is done, 0 to 1.
        progress: f32,
    },
    /// Do this.
    Do {
        /// What.
        prompt: FacePrompt,
        /// Which prompt, from 0.
        step: u8,
        /// Milliseconds left for it.
        remaining_ms: u32,
        /// How far the movement has come, 0 to 1.
        progress: f32,
    },
    /// Far enough: come back to the middle.
    ComeBack {
        /// The prompt being done.
        prompt: FacePrompt,
        /// Which prompt, from 0.
        step: u8,
        /// Milliseconds left for it.
        remaining_ms: u32,
    },
    /// This prompt is done.
    PromptDone {
        /// Which.
        prompt: FacePrompt,
    },
    /// All prompts are done: send the capture.
    Finished,
    /// This capture is lost; begin another.
    Failed {
        /// Why.
        code: String,
    },
}

/// One act of a challenge. Directions are the person's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum FacePrompt {
    /// Turn the head left and back.
    TurnLeft,
    /// Turn the head right and back.
    TurnRight,
    /// Open the mouth and close it.
    OpenMouth,
    /// Lower the head and raise it.
    Nod,
    /// Look straight ahead for a moment.
    LookStraight,
    /// Bring face and camera closer together and apart again.
    ComeCloser,
    /// Close both eyes and open them; nothing is lost by leaving it out.
    Blink,
}

impl From<Prompt> for FacePrompt {
    fn from(prompt: Prompt) -> Self {
        match prompt {
            Prompt::TurnLeft => Self::TurnLeft,
            Prompt::TurnRight => Self::TurnRight,
            Prompt::OpenMouth => Self::OpenMouth,
            Prompt::Nod => Self::Nod,
            Prompt::LookStraight => Self::LookStraight,
            Prompt::ComeCloser => Self::ComeCloser,
            Prompt::Blink => Self::Blink,
        }
    }
}

impl From<Guidance> for FaceGuidance {
    fn from(guidance: Guidance) -> Self {
        match guidance {
            Guidance::Improve(complaint) => Self::Improve {
                code: complaint.code().code().to_owned(),
            },
            Guidance::HoldNeutral { progress } => Self::HoldNeutral { progress },
            Guidance::Do {
                prompt,
                step,
                remaining_ms,
                progress,
            } => Self::Do {
                prompt: prompt.into(),
                step,
                remaining_ms,
                progress,
            },
            Guidance::ComeBack {
                prompt,
                step,
                remaining_ms,
            } => Self::ComeBack {
                prompt: prompt.into(),
                step,
                remaining_ms,
            },
            Guidance::PromptDone(prompt) => Self::PromptDone {
                prompt: prompt.into(),
            },
            Guidance::Finished => Self::Finished,
            Guidance::Failed(failure) => Self::Failed {
                code: failure.code().code().to_owned(),
            },
        }
    }
}

#[uniffi::export]
impl Capture {
    /// Takes the next camera frame and says what the person should do now. `bytes` are borrowed
    /// for the call; `t_ms` is the frame's time on the host's monotonic clock.
    ///
    /// # Errors
    /// `Internal` for bytes that do not fit their layout or a frame that is not later than the
    /// one before; the capture is as it was.
    pub fn offer(
        &self,
        bytes: &[u8],
        layout: FrameLayout,
        t_ms: u64,
    ) -> Result<FaceGuidance, QssError> {
        Ok(self.0.offer(&layout.frame(bytes, t_ms)?)?.into())
    }

    /// The same of a frame in planes, each borrowed for the call as the camera gave it.
    ///
    /// # Errors
    /// Those of `offer`.
    pub fn offer_planes(
        &self,
        luma: &[u8],
        second: &[u8],
        third: &[u8],
        layout: PlanesLayout,
        t_ms: u64,
    ) -> Result<FaceGuidance, QssError> {
        let frame = layout.frame(luma, second, third, t_ms)?;
        Ok(self.0.offer(&frame)?.into())
    }
}
