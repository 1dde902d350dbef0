//! The states of a task: forward only (protocol 5.7).

/// Where a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TaskState {
    /// The PC shows the code.
    Created,
    /// A phone scanned it.
    Claimed,
    /// The person agreed.
    Consented,
    /// A challenge is out.
    Challenged,
    /// Evidence is being appraised.
    Submitted,
    /// The PC may go on, once.
    Approved,
    /// The approval was used.
    Closed,
    /// The person said no.
    Rejected,
    /// A time limit passed.
    Expired,
    /// All attempts failed.
    Failed,
    /// The PC gave up.
    Cancelled,
    /// People decide.
    Review,
}

impl TaskState {
    /// Every state.
    pub const ALL: [Self; 12] = [
        Self::Created,
        Self::Claimed,
        Self::Consented,
        Self::Challenged,
        Self::Submitted,
        Self::Approved,
        Self::Closed,
        Self::Rejected,
        Self::Expired,
        Self::Failed,
        Self::Cancelled,
        Self::Review,
    ];

    /// The word in the database and in events.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Claimed => "claimed",
            Self::Consented => "consented",
            Self::Challenged => "challenged",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Closed => "closed",
            Self::Rejected => "rejected",
            Self::Expired => "expired",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Review => "review",
        }
    }

    /// The state of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether nothing can follow.
    pub fn is_final(self) -> bool {
        !Self::ALL.into_iter().any(|next| self.may_become(next))
    }

    /// Whether `next` may follow. The one loop is a failed attempt: submitted, then challenged
    /// again with a new challenge.
    pub fn may_become(self, next: Self) -> bool {
        use TaskState::{
            Approved, Cancelled, Challenged, Claimed, Closed, Consented, Created, Expired, Failed,
            Rejected, Review, Submitted,
        };
        match self {
            Created => matches!(next, Claimed | Expired | Cancelled),
            Claimed => matches!(next, Consented | Rejected | Expired | Cancelled),
            Consented => matches!(next, Challenged | Rejected | Expired | Cancelled | Review),
            Challenged => matches!(next, Submitted | Rejected | Expired | Cancelled | Failed),
            Submitted => matches!(next, Approved | Challenged | Failed | Review | Expired),
            Approved => matches!(next, Closed | Expired),
            Closed | Rejected | Expired | Failed | Cancelled | Review => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back_and_different() {
        for state in TaskState::ALL {
            assert_eq!(TaskState::from_word(state.word()), Some(state));
        }
        assert_eq!(TaskState::from_word("CREATED"), None);
    }

    #[test]
    fn the_only_way_back_is_a_new_attempt() {
        for from in TaskState::ALL {
            for to in TaskState::ALL {
                if from.may_become(to) && to <= from {
                    assert_eq!((from, to), (TaskState::Submitted, TaskState::Challenged));
                }
            }
        }
    }

    #[test]
    fn every_state_is_reached_and_six_end_the_task() {
        for state in TaskState::ALL {
            let reached = TaskState::ALL
                .into_iter()
                .any(|from| from.may_become(state));
            assert!(reached || state == TaskState::Created, "{state:?}");
        }
        let finals = TaskState::ALL
            .into_iter()
            .filter(|state| state.is_final())
            .count();
        assert_eq!(finals, 6);
    }
}
