//! The liveness challenge: what the portal asks for, for how long, within which limits.

use crate::canonical::{CanonicalError, Reader, Writer};
use crate::ids::{ChallengeId, DeviceId, Digest, Nonce, TaskId};
use crate::prompt::Prompt;
use crate::statement::Statement;

/// The most prompts of one challenge.
pub const MOST_STEPS: usize = 6;

/// One prompt and the time for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PromptStep {
    /// What to do.
    pub prompt: Prompt,
    /// Milliseconds from the moment the prompt is shown until it must have been done.
    pub window_ms: u32,
}

/// How much evidence may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaptureLimits {
    /// All pictures together, in bytes.
    pub evidence_bytes: u32,
    /// Small frames around each prompt.
    pub strip_frames: u8,
    /// All frames of the capture.
    pub frames: u16,
}

impl Default for CaptureLimits {
    /// 1 MB, six small frames a prompt, 60 s at 30 frames a second.
    fn default() -> Self {
        Self {
            evidence_bytes: 1_000_000,
            strip_frames: 6,
            frames: 1800,
        }
    }
}

/// A challenge, signed by the portal (M5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// Its name; used once.
    pub id: ChallengeId,
    /// The task it belongs to.
    pub task: TaskId,
    /// The only device that may answer.
    pub device: DeviceId,
    /// Start of the frame chain.
    pub nonce: Nonce,
    /// What was agreed to.
    pub transaction: Digest,
    /// What to do, in order, none twice in a row.
    pub steps: Vec<PromptStep>,
    /// Milliseconds for the whole capture.
    pub total_ms: u32,
    /// This attempt, from 1.
    pub attempt: u8,
    /// Attempts in all.
    pub attempts: u8,
    /// How much may be sent.
    pub limits: CaptureLimits,
    /// Portal time of issue, milliseconds since 1970.
    pub issued_at_ms: u64,
    /// Portal time after which no evidence is accepted, milliseconds since 1970.
    pub expires_at_ms: u64,
}

impl Statement for Challenge {
    const LABEL: &'static str = "HLJCHAL1";

    fn write(&self, body: Writer) -> Writer {
        body.bytes(1, self.id.as_bytes())
            .bytes(2, self.task.as_bytes())
            .bytes(3, self.device.as_bytes())
            .bytes(4, self.nonce.as_bytes())
            .bytes(5, self.transaction.as_bytes())
            .list(6, &self.steps, |step| {
                Writer::default()
                    .number(1, step.prompt.code().into())
                    .number(2, step.window_ms.into())
                    .finish()
            })
            .number(7, self.total_ms.into())
            .number(8, self.attempt.into())
            .number(9, self.attempts.into())
            .number(10, self.limits.evidence_bytes.into())
            .number(11, self.limits.strip_frames.into())
            .number(12, self.limits.frames.into())
            .number(13, self.issued_at_ms)
            .number(14, self.expires_at_ms)
    }

    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
        Ok(Self {
            id: ChallengeId::from_bytes(body.array(1)?),
            task: TaskId::from_bytes(body.array(2)?),
            device: DeviceId::from_bytes(body.array(3)?),
            nonce: Nonce::from_bytes(body.array(4)?),
            transaction: Digest::from_bytes(body.array(5)?),
            steps: body.list(6, MOST_STEPS, |bytes| {
                let mut step = Reader::new(bytes)?;
                let prompt = step.small(1)?;
                let prompt = Prompt::from_code(prompt).ok_or(CanonicalError::Value { tag: 1 })?;
                let window_ms = step.small(2)?;
                step.finish()?;
                Ok(PromptStep { prompt, window_ms })
            })?,
            total_ms: body.small(7)?,
            attempt: body.small(8)?,
            attempts: body.small(9)?,
            limits: CaptureLimits {
                evidence_bytes: body.small(10)?,
                strip_frames: body.small(11)?,
                frames: body.small(12)?,
            },
            issued_at_ms: body.number(13)?,
            expires_at_ms: body.number(14)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::tests::holds;

    #[test]
    fn its_bytes_are_frozen() {
        let challenge = Challenge {
            id: ChallengeId::from_bytes([1; 16]),
            task: TaskId::from_bytes([2; 16]),
            device: DeviceId::from_bytes([3; 16]),
            nonce: Nonce::from_bytes([4; 32]),
            transaction: Digest::from_bytes([5; 32]),
            steps: vec![
                PromptStep {
                    prompt: Prompt::TurnLeft,
                    window_ms: 6000,
                },
                PromptStep {
                    prompt: Prompt::OpenMouth,
                    window_ms: 5000,
                },
            ],
            total_ms: 60_000,
            attempt: 1,
            attempts: 3,
            limits: CaptureLimits::default(),
            issued_at_ms: 1_790_000_000_000,
            expires_at_ms: 1_790_000_090_000,
        };
        holds(&challenge, "iSzxL-bnCcg_RtpViKpVcEfsOazSrzAHt6MeywxDW2A");
    }
}
