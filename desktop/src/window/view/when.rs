//! Times as a person of the province reads them, whatever the machine is set to.

use time::{OffsetDateTime, UtcOffset};

fn in_the_province(ms: u64) -> Option<OffsetDateTime> {
    let seconds = i64::try_from(ms / 1000).ok()?;
    let at = OffsetDateTime::from_unix_timestamp(seconds).ok()?;
    Some(at.to_offset(UtcOffset::from_hms(8, 0, 0).ok()?))
}

/// The day, such as `2026-11-23`.
pub(crate) fn day(ms: u64) -> String {
    in_the_province(ms).map_or_else(String::new, |at| at.date().to_string())
}

/// The time of day, such as `18:52`.
pub(crate) fn clock(ms: u64) -> String {
    in_the_province(ms).map_or_else(String::new, |at| {
        format!("{:02}:{:02}", at.hour(), at.minute())
    })
}

/// Both.
pub(crate) fn moment(ms: u64) -> String {
    format!("{} {}", day(ms), clock(ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evening_in_europe_is_the_next_day_in_the_province() {
        // 2026-11-22T23:30:00Z
        assert_eq!(moment(1_795_390_200_000), "2026-11-23 07:30");
        assert_eq!(day(u64::MAX), "");
    }
}
