//! How long the portal still waits, on the phone's monotonic clock.

use crate::ports::Clock;

/// A time limit of the portal. The portal's own two times give the length; when it ends is
/// counted from the moment the answer came, so a wrong wall clock of the phone does not matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    until_ms: u64,
}

impl Deadline {
    /// A limit of the length between two portal times, beginning now.
    pub(crate) fn starting_now(clock: &dyn Clock, issued_at_ms: u64, expires_at_ms: u64) -> Self {
        let length = expires_at_ms.saturating_sub(issued_at_ms);
        Self {
            until_ms: clock.monotonic_ms().saturating_add(length),
        }
    }

    /// Milliseconds left, 0 when it is over.
    pub fn remaining_ms(&self, clock: &dyn Clock) -> u64 {
        self.until_ms.saturating_sub(clock.monotonic_ms())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(u64);

    impl Clock for Fixed {
        fn monotonic_ms(&self) -> u64 {
            self.0
        }

        fn wall_ms(&self) -> u64 {
            0
        }
    }

    #[test]
    fn only_the_length_of_the_portals_times_counts() {
        let limit = Deadline::starting_now(&Fixed(1_000), 1_790_000_000_000, 1_790_000_120_000);
        assert_eq!(limit.remaining_ms(&Fixed(1_000)), 120_000);
        assert_eq!(limit.remaining_ms(&Fixed(120_500)), 500);
        assert_eq!(limit.remaining_ms(&Fixed(999_999)), 0);
        let backwards = Deadline::starting_now(&Fixed(5), 9, 3);
        assert_eq!(backwards.remaining_ms(&Fixed(5)), 0);
    }
}
