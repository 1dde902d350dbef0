//! What an appraisal finds.

use quanshengshi_protocol::refusal::RefusalCode;

/// How clearly the face was the register's: kept in the audit instead of the number itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScoreBand {
    /// Well inside the limit.
    Clear,
    /// Inside the limit.
    Fair,
}

impl ScoreBand {
    /// The word for the audit.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Fair => "fair",
        }
    }
}

/// What an appraisal finds. Whether a retry is still possible is the task's affair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Finding {
    /// A living person did what was asked and is the one of the register.
    Approved(ScoreBand),
    /// Not this time.
    Retry(RefusalCode),
    /// People decide.
    Review(RefusalCode),
}

impl Finding {
    /// The reason, unless approved.
    pub const fn reason(self) -> Option<RefusalCode> {
        match self {
            Self::Approved(_) => None,
            Self::Retry(reason) | Self::Review(reason) => Some(reason),
        }
    }
}
