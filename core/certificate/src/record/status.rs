//! Whether a certificate holds, and when that was last confirmed.

use serde::{Deserialize, Serialize};

use super::calendar::Moment;

/// The status of a certificate at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// What the register said.
    pub state: State,
    /// When it said so.
    pub as_of: Moment,
}

/// What a register says about a certificate; codes of the housing ministry's table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// `01`: it holds.
    Valid,
    /// `02`: suspended, may come back.
    Suspended,
    /// `03`: withdrawn by the issuer.
    Withdrawn,
    /// `04`: deregistered.
    Deregistered,
    /// `05`: lapsed.
    Lapsed,
    /// `06`: on the way to another region.
    MovingOut,
    /// `07`: revoked as a penalty.
    Revoked,
    /// `99`: something else, in the register's own words.
    Other(String),
}

impl State {
    /// The code of the exchange table.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Valid => "01",
            Self::Suspended => "02",
            Self::Withdrawn => "03",
            Self::Deregistered => "04",
            Self::Lapsed => "05",
            Self::MovingOut => "06",
            Self::Revoked => "07",
            Self::Other(_) => "99",
        }
    }

    /// The Chinese word for people.
    pub fn text_zh(&self) -> &str {
        match self {
            Self::Valid => "有效",
            Self::Suspended => "已暂停",
            Self::Withdrawn => "已撤回",
            Self::Deregistered => "已注销",
            Self::Lapsed => "已失效",
            Self::MovingOut => "迁出办理中",
            Self::Revoked => "已吊销",
            Self::Other(words) => words,
        }
    }

    /// The English word for people.
    pub fn text_en(&self) -> &str {
        match self {
            Self::Valid => "valid",
            Self::Suspended => "suspended",
            Self::Withdrawn => "withdrawn",
            Self::Deregistered => "deregistered",
            Self::Lapsed => "lapsed",
            Self::MovingOut => "moving out",
            Self::Revoked => "revoked",
            Self::Other(words) => words,
        }
    }

    /// Whether the certificate may be relied on.
    pub fn holds(&self) -> bool {
        matches!(self, Self::Valid | Self::MovingOut)
    }
}
