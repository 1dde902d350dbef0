//! The portal's verdict on one submission, signed (M9).

use crate::canonical::{CanonicalError, Reader, Writer};
use crate::ids::{Digest, EvidenceId, TaskId};
use crate::refusal::RefusalCode;
use crate::statement::Statement;

/// What the portal decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The PC may go on.
    Approved,
    /// Not this time; attempts are left and a new challenge comes with the answer.
    Retry(RefusalCode),
    /// No attempts are left.
    Failed(RefusalCode),
    /// People decide; there is no refusal, and no approval either.
    Review(RefusalCode),
}

impl Verdict {
    /// The reason, unless approved.
    pub fn reason(self) -> Option<RefusalCode> {
        match self {
            Self::Approved => None,
            Self::Retry(reason) | Self::Failed(reason) | Self::Review(reason) => Some(reason),
        }
    }

    fn code(self) -> u8 {
        match self {
            Self::Approved => 1,
            Self::Retry(_) => 2,
            Self::Failed(_) => 3,
            Self::Review(_) => 4,
        }
    }
}

/// An outcome: verdict on exactly this evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The task.
    pub task: TaskId,
    /// The evidence judged.
    pub evidence: EvidenceId,
    /// What was agreed to.
    pub transaction: Digest,
    /// The verdict.
    pub verdict: Verdict,
    /// Attempts left.
    pub attempts_left: u8,
    /// Portal time of the decision, milliseconds since 1970.
    pub decided_at_ms: u64,
}

impl Statement for Outcome {
    const LABEL: &'static str = "HLJRESULT1";

    fn write(&self, body: Writer) -> Writer {
        body.bytes(1, self.task.as_bytes())
            .bytes(2, self.evidence.as_bytes())
            .bytes(3, self.transaction.as_bytes())
            .number(4, self.verdict.code().into())
            .text(5, self.verdict.reason().map_or("", RefusalCode::code))
            .number(6, self.attempts_left.into())
            .number(7, self.decided_at_ms)
    }

    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
        let task = TaskId::from_bytes(body.array(1)?);
        let evidence = EvidenceId::from_bytes(body.array(2)?);
        let transaction = Digest::from_bytes(body.array(3)?);
        let verdict: u8 = body.small(4)?;
        let reason = RefusalCode::from_code(&body.text(5)?);
        let verdict = match (verdict, reason) {
            (1, None) => Verdict::Approved,
            (2, Some(reason)) => Verdict::Retry(reason),
            (3, Some(reason)) => Verdict::Failed(reason),
            (4, Some(reason)) => Verdict::Review(reason),
            _ => return Err(CanonicalError::Value { tag: 4 }),
        };
        Ok(Self {
            task,
            evidence,
            transaction,
            verdict,
            attempts_left: body.small(6)?,
            decided_at_ms: body.number(7)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::tests::holds;

    #[test]
    fn its_bytes_are_frozen() {
        let outcome = Outcome {
            task: TaskId::from_bytes([1; 16]),
            evidence: EvidenceId::from_bytes([2; 16]),
            transaction: Digest::from_bytes([3; 32]),
            verdict: Verdict::Retry(RefusalCode::FaceMismatch),
            attempts_left: 2,
            decided_at_ms: 1_790_000_000_000,
        };
        holds(&outcome, "8Oy_uvO5zfWwhJUufC8ytSIcY-j10eRJzVrf9Y3tJpE");
        let approved = Outcome {
            verdict: Verdict::Approved,
            ..outcome
        };
        holds(&approved, "heiHuZlMm6Yz3SORP-MAPDAJPOTTM4PiMTJdIZq-oC8");
    }
}
