//! How long a frame may take.

use std::time::Duration;

/// A limit on the time of one offer and the clock that tells how much is spent. The core has no
/// clock of its own: the caller brings one, so that a test can bring one that tells steps instead.
#[derive(Clone, Copy)]
pub struct Deadline<'a> {
    limit: Duration,
    spent: &'a dyn Fn() -> Duration,
}

impl<'a> Deadline<'a> {
    /// At most so long; `spent` tells the time since the offer began.
    pub fn within(limit: Duration, spent: &'a dyn Fn() -> Duration) -> Self {
        Self { limit, spent }
    }

    /// Every step, however long it takes: for a single picture that nobody waits for.
    pub fn none() -> Deadline<'static> {
        Deadline {
            limit: Duration::MAX,
            spent: &|| Duration::ZERO,
        }
    }

    /// The time since the offer began.
    pub(crate) fn spent(&self) -> Duration {
        (self.spent)()
    }

    /// Whether something that takes so long would still be in time.
    pub(crate) fn allows(&self, expected: Duration) -> bool {
        self.spent().saturating_add(expected) <= self.limit
    }

    /// Whether something that takes so long would be in time if nothing were spent yet.
    pub(crate) fn could_allow(&self, expected: Duration) -> bool {
        expected <= self.limit
    }

    /// Whether there is no limit at all.
    pub(crate) fn is_none(&self) -> bool {
        self.limit == Duration::MAX
    }
}
