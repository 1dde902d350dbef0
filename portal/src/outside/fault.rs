//! How an outside system can fail.

/// Why there is no answer to use. Never "not found": that is an answer (requirement MS-07).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OutsideFault {
    /// Nobody there: no connection, a connection that broke, or a status that says so.
    #[error("it is down")]
    Down,
    /// No answer within the time.
    #[error("it is slow")]
    Slow,
    /// An answer that is not the documented one, or not about what was asked.
    #[error("its answer is wrong: {what}")]
    Malformed {
        /// Which part, in words for the log; never what stood there.
        what: &'static str,
    },
}

impl OutsideFault {
    /// The word of the kind, for logs and counters.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Down => "down",
            Self::Slow => "slow",
            Self::Malformed { .. } => "wrong_answer",
        }
    }

    /// An answer whose part is wrong.
    pub const fn malformed(what: &'static str) -> Self {
        Self::Malformed { what }
    }
}
