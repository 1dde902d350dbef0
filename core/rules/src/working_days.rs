//! Working days of China and what is due on them (requirement MR-03).
//!
//! The manual promises a review “within 48 hours on working days”. Hours run on working days
//! only, around the clock, in China's time (UTC+8, no summer time): handed in on a Friday at
//! 15:00, due on the Tuesday at 15:00; handed in on a day off, the hours begin at 00:00 of the
//! next working day (decision record 5). Times are milliseconds since 1970, UTC.

pub mod calendar;

use crate::working_days::calendar::{announced, is_working};

/// What the manual allows for a review: 48 hours, in milliseconds.
pub const REVIEW_MS: u64 = 48 * HOUR_MS;

const HOUR_MS: u64 = 3_600_000;
const DAY_MS: u64 = 24 * HOUR_MS;
/// China is ahead of UTC by this.
const CHINA_MS: u64 = 8 * HOUR_MS;
/// The last moment of the year 9999: later ones are taken as this, so that nothing overflows.
const LAST_MS: u64 = 253_402_300_799_999;

/// When something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Due {
    /// Milliseconds since 1970. Hours used up at the end of a working day are due at 00:00 of
    /// the day after it, whatever that day is.
    pub at_ms: u64,
    /// How sure the day is.
    pub footing: Footing,
}

/// What a due time rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Footing {
    /// Every day on the way lies in a year whose holidays are announced and in the calendar.
    Announced,
    /// Beyond the calendar: some day lies in another year, where only weekends and the days
    /// fixed by law are known. The true time can be later.
    BeyondCalendar,
}

/// When a review handed in at a moment is due: after 48 hours of working days.
pub fn due_at_ms(submitted_ms: u64) -> Due {
    due_after_ms(submitted_ms, REVIEW_MS)
}

/// When so many milliseconds of working days have run since a moment.
pub fn due_after_ms(submitted_ms: u64, working_ms: u64) -> Due {
    let mut at = local(submitted_ms);
    let first = at / DAY_MS;
    let mut left = working_ms.min(LAST_MS);
    loop {
        let midnight = (at / DAY_MS + 1) * DAY_MS;
        if is_working(at / DAY_MS) {
            let today = midnight - at;
            if left <= today {
                break;
            }
            left -= today;
        }
        at = midnight;
    }
    let last = at / DAY_MS;
    let footing = if announced(first) && announced(last) {
        Footing::Announced
    } else {
        Footing::BeyondCalendar
    };
    Due {
        at_ms: at + left - CHINA_MS,
        footing,
    }
}

/// How many milliseconds of working days lie between two moments; zero when the second is not
/// later. What is left until a due time.
pub fn working_ms_between(from_ms: u64, to_ms: u64) -> u64 {
    let (mut at, to) = (local(from_ms), local(to_ms));
    let mut sum = 0;
    while at < to {
        let next = ((at / DAY_MS + 1) * DAY_MS).min(to);
        if is_working(at / DAY_MS) {
            sum += next - at;
        }
        at = next;
    }
    sum
}

/// The moment on China's clock.
fn local(utc_ms: u64) -> u64 {
    utc_ms.min(LAST_MS) + CHINA_MS
}

#[cfg(test)]
mod tests;
