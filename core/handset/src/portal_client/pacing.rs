//! How long to wait for the portal, and when to ask again.

use std::time::Duration;

use crate::portal_client::error::PortalError;
use crate::randomness::make_random_up_to;

/// Time limits of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// From the first byte sent until the head of the answer.
    pub answer: Duration,
    /// Between two pieces of the answer's body.
    pub idle: Duration,
    /// For everything together; none for downloads, which only must not stand still.
    pub whole: Option<Duration>,
}

impl Patience {
    /// An ordinary call.
    pub const CALL: Self = Self {
        answer: Duration::from_secs(10),
        idle: Duration::from_secs(10),
        whole: Some(Duration::from_secs(30)),
    };
    /// Evidence: a megabyte up, and the appraisal may take a minute (protocol 5.7).
    pub const EVIDENCE: Self = Self {
        answer: Duration::from_secs(65),
        idle: Duration::from_secs(10),
        whole: Some(Duration::from_secs(75)),
    };
    /// A file.
    pub const FILE: Self = Self {
        answer: Duration::from_secs(10),
        idle: Duration::from_secs(10),
        whole: None,
    };
}

/// When a request that may be repeated is repeated: full jitter, doubling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pacing {
    /// Tries in all, the first included.
    pub tries: u32,
    /// The longest pause before the second try; each later one may be twice as long.
    pub first: Duration,
    /// The longest pause at all. A portal that asks for more is not asked again here.
    pub most: Duration,
}

impl Default for Pacing {
    /// Four tries, pauses up to 0.5 s, 1 s, 2 s (protocol 5.7, retry rules).
    fn default() -> Self {
        Self {
            tries: 4,
            first: Duration::from_millis(500),
            most: Duration::from_secs(8),
        }
    }
}

impl Pacing {
    /// The pause after the failed try number `failed` (from 1), or none when it should be the
    /// last.
    pub fn pause_after(&self, failed: u32, error: &PortalError) -> Option<Duration> {
        if failed >= self.tries || !error.is_passing() {
            return None;
        }
        let asked = match error {
            PortalError::Busy { retry_after_ms } => {
                retry_after_ms.map_or(Duration::ZERO, Duration::from_millis)
            }
            _ => Duration::ZERO,
        };
        if asked > self.most {
            return None;
        }
        let doubled = self.first.saturating_mul(1 << (failed - 1).min(16));
        let longest = u64::try_from(doubled.min(self.most).as_millis()).unwrap_or(u64::MAX);
        Some(asked.max(Duration::from_millis(make_random_up_to(longest))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_pass_is_tried_again_and_at_most_four_times() {
        let pacing = Pacing::default();
        for failed in 1..4 {
            let pause = pacing.pause_after(failed, &PortalError::Offline).unwrap();
            assert!(pause <= pacing.first * (1 << (failed - 1)), "{pause:?}");
        }
        assert_eq!(pacing.pause_after(4, &PortalError::Offline), None);
        assert_eq!(pacing.pause_after(1, &PortalError::Untrusted), None);
    }

    #[test]
    fn a_pause_the_portal_asks_for_is_kept_or_left_to_the_person() {
        let busy = |ms| PortalError::Busy {
            retry_after_ms: Some(ms),
        };
        let pacing = Pacing::default();
        let pause = pacing.pause_after(1, &busy(3_000)).unwrap();
        assert!(pause >= Duration::from_secs(3));
        assert_eq!(pacing.pause_after(1, &busy(60_000)), None);
    }

    #[test]
    fn pauses_are_spread() {
        let pacing = Pacing {
            tries: 99,
            ..Pacing::default()
        };
        let pauses: std::collections::HashSet<_> = (0..20)
            .map(|_| pacing.pause_after(5, &PortalError::Timeout))
            .collect();
        assert!(pauses.len() > 3, "{pauses:?}");
    }
}
