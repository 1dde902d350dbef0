//! Leaves a failing system alone for a while.
//!
//! After [`MOST_FAILURES`] calls in a row that found it down or slow, calls fail at once for
//! [`REST`]; then one call may try, and its answer opens the way for all.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Failures in a row after which a system rests.
pub const MOST_FAILURES: u32 = 5;
/// How long it rests.
pub const REST: Duration = Duration::from_secs(10);

/// The memory of one system's failures.
#[derive(Debug, Default)]
pub struct Breaker(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    failed: u32,
    rests_until: Option<Instant>,
}

impl Breaker {
    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether a call may be made now. After a rest only the first who asks may try; should it
    /// be given up half way, the next may try a rest later.
    pub fn may_call(&self, now: Instant) -> bool {
        self.with(|state| match state.rests_until {
            None => true,
            Some(until) if now < until => false,
            Some(_) => {
                state.rests_until = Some(now + REST);
                true
            }
        })
    }

    /// The system answered, rightly or wrongly.
    pub fn answered(&self) {
        self.with(|state| *state = State::default());
    }

    /// A call found the system down or slow.
    pub fn failed(&self, now: Instant) {
        self.with(|state| {
            state.failed = state.failed.saturating_add(1);
            if state.failed >= MOST_FAILURES {
                state.rests_until = Some(now + REST);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Breaker, MOST_FAILURES, REST};

    #[test]
    fn ms_07_a_failing_system_rests_and_one_call_tries_it_again() {
        let (breaker, start) = (Breaker::default(), Instant::now());
        for _ in 0..MOST_FAILURES {
            assert!(breaker.may_call(start));
            breaker.failed(start);
        }
        assert!(!breaker.may_call(start));
        let after = start + REST;
        assert!(breaker.may_call(after), "one may try");
        assert!(!breaker.may_call(after), "the others wait for it");
        breaker.failed(after);
        let nearly = REST.saturating_sub(Duration::from_millis(1));
        assert!(!breaker.may_call(after + nearly));
        assert!(breaker.may_call(after + REST));
        breaker.answered();
        assert!(breaker.may_call(after + REST));
        assert!(breaker.may_call(after + REST));
    }

    #[test]
    fn an_answer_in_between_forgives() {
        let (breaker, now) = (Breaker::default(), Instant::now());
        for _ in 0..3 {
            for _ in 1..MOST_FAILURES {
                breaker.failed(now);
            }
            breaker.answered();
        }
        assert!(breaker.may_call(now));
    }
}
