//! Times as people write them on a command line.

use std::time::{SystemTime, UNIX_EPOCH};

use time::format_description::well_known::Rfc3339;
use time::macros::{format_description, offset};
use time::{Date, OffsetDateTime, Time};

/// Milliseconds since 1970 of a moment with its offset, a day (noon in China) or a number of
/// seconds; none for anything else and for times before 1970.
pub(crate) fn read_ms(text: &str) -> Option<u64> {
    let moment = if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        OffsetDateTime::from_unix_timestamp(text.parse().ok()?).ok()?
    } else if let Ok(day) = Date::parse(text, format_description!("[year]-[month]-[day]")) {
        day.with_time(Time::from_hms(12, 0, 0).ok()?)
            .assume_offset(offset!(+8))
    } else {
        OffsetDateTime::parse(text, &Rfc3339).ok()?
    };
    u64::try_from(moment.unix_timestamp())
        .ok()?
        .checked_mul(1000)
}

/// Milliseconds since 1970 by the clock of this machine.
pub(crate) fn now_ms() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |since| {
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
    })
}

/// A number of seconds since 1970 as a moment in China; the number itself outside the calendar.
pub(crate) fn written(seconds: i64) -> String {
    OffsetDateTime::from_unix_timestamp(seconds)
        .ok()
        .and_then(|moment| moment.to_offset(offset!(+8)).format(&Rfc3339).ok())
        .unwrap_or_else(|| seconds.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_days_and_seconds_are_read() {
        let noon = Some(1_780_286_400_000);
        for text in [
            "2026-06-01T12:00:00+08:00",
            "2026-06-01T04:00:00Z",
            "2026-06-01",
            "1780286400",
        ] {
            assert_eq!(read_ms(text), noon, "{text}");
        }
        for text in [
            "",
            "yesterday",
            "2026-13-01",
            "2026-06-01T12:00:00",
            "1960-01-01",
            "-5",
            "99999999999999999999",
        ] {
            assert_eq!(read_ms(text), None, "{text}");
        }
        assert_eq!(written(1_780_286_400), "2026-06-01T12:00:00+08:00");
        assert_eq!(written(i64::MAX), i64::MAX.to_string());
    }
}
