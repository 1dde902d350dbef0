//! The faults an interface can play.

use serde::{Deserialize, Serialize};

/// An interface that is stood in for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Interface {
    /// The population register.
    Population,
    /// The market regulator's register.
    Market,
    /// The SMS gateway.
    Sms,
}

impl Interface {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Population, Self::Market, Self::Sms];

    /// Its name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Population => "population",
            Self::Market => "market",
            Self::Sms => "sms",
        }
    }
}

/// A fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// Answers rightly.
    #[default]
    None,
    /// Answers 503.
    Down,
    /// Answers rightly, but late.
    Slow {
        /// Milliseconds before the answer.
        ms: u64,
    },
    /// Answers 200 with JSON that is cut off.
    BrokenJson,
    /// Answers 200 with JSON of another shape.
    WrongShape,
    /// Answers 200 about somebody else.
    WrongRecord,
    /// Answers 404 as a proxy would, with a page.
    ForeignNotFound,
    /// Begins to answer and drops the connection.
    Drop,
}

/// What an interface plays now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Playing {
    /// The fault.
    #[serde(flatten)]
    pub fault: Fault,
    /// For how many calls more; for good when it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// How often the interface was called.
    #[serde(default)]
    pub calls: u64,
}

impl Playing {
    /// Counts a call and says what it meets.
    pub fn count(&mut self) -> Fault {
        self.calls = self.calls.saturating_add(1);
        match &mut self.times {
            None => self.fault,
            Some(0) => Fault::None,
            Some(left) => {
                *left -= 1;
                self.fault
            }
        }
    }
}
