//! An entry of the log as it is stored.

use quanshengshi_protocol::canonical::{CanonicalError, Reader, Writer};
use quanshengshi_protocol::outcome::{Outcome, Verdict};
use quanshengshi_protocol::receipt::ClaimReceipt;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_rules::language::Language;

/// How a task ended, as far as this phone knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Not yet, or not told to this phone.
    Open,
    /// The PC could go on.
    Approved,
    /// The person said that it was somebody else.
    NotMe,
    /// The person changed their mind.
    Declined,
    /// No attempts were left.
    Failed(Option<RefusalCode>),
    /// People decide.
    Review(Option<RefusalCode>),
    /// A time limit passed.
    Expired,
    /// The PC gave up.
    Cancelled,
}

impl Ending {
    fn code(self) -> u8 {
        match self {
            Self::Open => 1,
            Self::Approved => 2,
            Self::NotMe => 3,
            Self::Declined => 4,
            Self::Failed(_) => 5,
            Self::Review(_) => 6,
            Self::Expired => 7,
            Self::Cancelled => 8,
        }
    }

    fn from_code(code: u8, reason: Option<RefusalCode>) -> Option<Self> {
        Some(match code {
            1 => Self::Open,
            2 => Self::Approved,
            3 => Self::NotMe,
            4 => Self::Declined,
            5 => Self::Failed(reason),
            6 => Self::Review(reason),
            7 => Self::Expired,
            8 => Self::Cancelled,
            _ => return None,
        })
    }

    /// Why it ended badly, when the portal said so.
    pub fn reason(self) -> Option<RefusalCode> {
        match self {
            Self::Failed(reason) | Self::Review(reason) => reason,
            _ => None,
        }
    }

    /// The words for a person.
    pub fn text(self, language: Language) -> &'static str {
        let (zh, en) = match self {
            Self::Open => ("进行中", "Under way"),
            Self::Approved => ("成功", "Done"),
            Self::NotMe => ("您说不是本人，已报告", "You said it was not you; reported"),
            Self::Declined => ("您拒绝了", "You declined"),
            Self::Failed(_) => ("未通过", "Not passed"),
            Self::Review(_) => ("人工审核", "Manual review"),
            Self::Expired => ("超时", "Timed out"),
            Self::Cancelled => ("电脑端已取消", "Cancelled on the computer"),
        };
        language.pick(zh, en)
    }

    /// What the portal's word for a task's state means here; none while it goes on.
    pub(crate) fn of_state(state: TaskState, verdict: Option<Verdict>) -> Option<Self> {
        let reason = verdict.and_then(Verdict::reason);
        match state {
            TaskState::Approved | TaskState::Closed => Some(Self::Approved),
            TaskState::Failed => Some(Self::Failed(reason)),
            TaskState::Review => Some(Self::Review(reason)),
            TaskState::Expired => Some(Self::Expired),
            TaskState::Cancelled => Some(Self::Cancelled),
            TaskState::Rejected => Some(Self::Declined),
            TaskState::Created
            | TaskState::Claimed
            | TaskState::Consented
            | TaskState::Challenged
            | TaskState::Submitted => None,
        }
    }
}

/// An entry as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// The portal's receipt of the claim.
    pub receipt: Signed<ClaimReceipt>,
    /// The portal's last outcome.
    pub outcome: Option<Signed<Outcome>>,
    /// How it ended.
    pub ending: Ending,
    /// Whether its certificates are kept on this phone since.
    pub kept: bool,
}

impl LogEntry {
    /// The stored form: `1` receipt, `2` its signature, `3` outcome, `4` its signature, `5` ending,
    /// `6` reason, `7` kept; a missing outcome or reason is empty.
    pub fn to_bytes(&self) -> Vec<u8> {
        let outcome = self.outcome.as_ref();
        Writer::default()
            .bytes(1, self.receipt.bytes())
            .bytes(2, self.receipt.signature())
            .bytes(3, outcome.map_or(&[], Signed::bytes))
            .bytes(4, outcome.map_or(&[], Signed::signature))
            .number(5, self.ending.code().into())
            .text(6, self.ending.reason().map_or("", RefusalCode::code))
            .number(7, self.kept.into())
            .finish()
    }

    /// Reads the stored form; nothing is verified yet.
    ///
    /// # Errors
    /// [`CanonicalError`] for anything but the one form.
    pub fn parse(bytes: &[u8]) -> Result<Self, CanonicalError> {
        let mut body = Reader::new(bytes)?;
        let receipt = Signed::from_parts(body.bytes(1)?.to_vec(), body.bytes(2)?.to_vec());
        let (outcome, signature) = (body.bytes(3)?, body.bytes(4)?);
        if outcome.is_empty() != signature.is_empty() {
            return Err(CanonicalError::Value { tag: 4 });
        }
        let outcome =
            (!outcome.is_empty()).then(|| Signed::from_parts(outcome.to_vec(), signature.to_vec()));
        let code = body.small(5)?;
        let reason = RefusalCode::from_code(&body.text(6)?);
        let ending = Ending::from_code(code, reason).ok_or(CanonicalError::Value { tag: 5 })?;
        let kept = body.flag(7)?;
        body.finish()?;
        Ok(Self {
            receipt,
            outcome,
            ending,
            kept,
        })
    }
}
