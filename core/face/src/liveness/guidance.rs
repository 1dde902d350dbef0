//! What the person should do now. The words are the shell's.

use quanshengshi_protocol::prompt::Prompt;
use quanshengshi_protocol::refusal::RefusalCode;

use crate::quality::Complaint;

/// The answer to one offered frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Guidance {
    /// Something is wrong with the picture. Before the first prompt no time is lost by it.
    Improve(Complaint),
    /// Look straight ahead and hold still.
    HoldNeutral {
        /// How much of the holding is done, 0 to 1.
        progress: f32,
    },
    /// Do this.
    Do {
        /// What.
        prompt: Prompt,
        /// Which prompt of the challenge, from 0.
        step: u8,
        /// Milliseconds left for it.
        remaining_ms: u32,
        /// How far the movement has come, 0 to 1.
        progress: f32,
    },
    /// The movement was large enough: come back to the middle.
    ComeBack {
        /// The prompt that is being done.
        prompt: Prompt,
        /// Which prompt of the challenge, from 0.
        step: u8,
        /// Milliseconds left for it.
        remaining_ms: u32,
    },
    /// This prompt is done; the next frame may bring another.
    PromptDone(Prompt),
    /// Every prompt is done: the session can be finished.
    Finished,
    /// The attempt is lost.
    Failed(Failure),
}

/// Why an attempt is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Failure {
    /// The prompt was not done within its window.
    Missed(Prompt),
    /// Another movement was made than the one asked for.
    Order {
        /// Asked for.
        wanted: Prompt,
        /// Made.
        made: Prompt,
    },
    /// The whole capture took too long, or too many frames.
    Timeout,
}

impl Failure {
    /// Its code in the table of texts (protocol 5.7).
    pub const fn code(self) -> RefusalCode {
        match self {
            Self::Missed(_) => RefusalCode::LivenessActionMissed,
            Self::Order { .. } => RefusalCode::LivenessOrder,
            Self::Timeout => RefusalCode::LivenessTimeout,
        }
    }
}
