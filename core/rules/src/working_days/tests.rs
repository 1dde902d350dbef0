use proptest::prelude::*;

use super::calendar::{Calendar, is_working_day};
use super::*;
use crate::date::Date;

/// Milliseconds of a moment on China's clock.
fn china(day: &str, hour: u64, minute: u64) -> u64 {
    let day = Date::from_written(day).unwrap();
    day.day_number().unwrap() * DAY_MS + hour * HOUR_MS + minute * 60_000 - CHINA_MS
}

#[test]
fn the_table_is_read_to_its_last_row() {
    let table = include_str!("../../data/working-days.txt");
    let rows = table.lines().filter(|line| !line.starts_with('#')).count();
    assert_eq!(Calendar::read(table).rows(), rows);
    // A spoilt table gives nothing rather than a panic.
    assert_eq!(
        Calendar::read("covers x\n*-a-b rest\n2025-13-01 rest\n2025-01-01 maybe\n\n").rows(),
        0
    );
}

#[test]
fn mr_03_a_friday_afternoon_is_due_on_tuesday_afternoon() {
    let due = due_at_ms(china("2026-11-20", 15, 0));
    assert_eq!(due.at_ms, china("2026-11-24", 15, 0));
    assert_eq!(due.footing, Footing::Announced);
}

#[test]
fn mr_03_hours_run_on_working_days_only() {
    for (handed_in, due) in [
        // A plain week.
        (("2026-11-23", 9, 30), ("2026-11-25", 9, 30)),
        // Both days used up to their end.
        (("2026-11-26", 0, 0), ("2026-11-28", 0, 0)),
        // On a Saturday the hours begin on Monday.
        (("2026-11-21", 11, 0), ("2026-11-25", 0, 0)),
        // The last minute of a Friday still counts.
        (("2026-11-20", 23, 59), ("2026-11-24", 23, 59)),
        // The Spring Festival: off from Sunday 15 to Monday 23 February, worked on Saturday 14.
        (("2026-02-13", 10, 0), ("2026-02-24", 10, 0)),
        (("2026-02-14", 10, 0), ("2026-02-25", 10, 0)),
        (("2026-02-17", 10, 0), ("2026-02-26", 0, 0)),
        // The National Day: off to Wednesday 7, worked on Saturday 10 October.
        (("2026-09-30", 18, 0), ("2026-10-09", 18, 0)),
        (("2026-10-08", 18, 0), ("2026-10-10", 18, 0)),
        (("2026-10-09", 12, 0), ("2026-10-12", 12, 0)),
        // 2025: Sunday 28 September worked, off from 1 to 8 October.
        (("2025-09-28", 8, 0), ("2025-09-30", 8, 0)),
        (("2025-09-30", 8, 0), ("2025-10-10", 8, 0)),
    ] {
        let (day, hour, minute) = handed_in;
        let found = due_at_ms(china(day, hour, minute));
        let (due_day, due_hour, due_minute) = due;
        assert_eq!(
            found.at_ms,
            china(due_day, due_hour, due_minute),
            "{day} {hour}:{minute}"
        );
        assert_eq!(found.footing, Footing::Announced, "{day}");
    }
}

#[test]
fn mr_03_the_notices_of_2025_and_2026_are_in_the_calendar() {
    let day = |text: &str| Date::from_written(text).unwrap();
    for rest in [
        "2025-01-01",
        "2025-01-28",
        "2025-02-04",
        "2025-04-04",
        "2025-05-05",
        "2025-06-02",
        "2025-10-06",
        "2025-10-08",
        "2026-01-02",
        "2026-02-15",
        "2026-02-23",
        "2026-04-06",
        "2026-05-05",
        "2026-06-19",
        "2026-09-25",
        "2026-10-07",
        "2026-11-22",
    ] {
        assert!(!is_working_day(day(rest)), "{rest}");
    }
    for work in [
        "2025-01-26",
        "2025-02-08",
        "2025-04-27",
        "2025-09-28",
        "2025-10-11",
        "2026-01-04",
        "2026-02-14",
        "2026-02-28",
        "2026-05-09",
        "2026-09-20",
        "2026-10-10",
        "2026-11-23",
    ] {
        assert!(is_working_day(day(work)), "{work}");
    }
}

#[test]
fn mr_03_beyond_the_calendar_only_weekends_and_days_fixed_by_law_are_known() {
    let due = due_at_ms(china("2027-03-05", 15, 0));
    assert_eq!(due.at_ms, china("2027-03-09", 15, 0));
    assert_eq!(due.footing, Footing::BeyondCalendar);
    // Over New Year: Friday 1 January 2027 is off by law, then a weekend.
    let due = due_at_ms(china("2026-12-31", 9, 0));
    assert_eq!(due.at_ms, china("2027-01-05", 9, 0));
    assert_eq!(due.footing, Footing::BeyondCalendar);
    let due = due_at_ms(china("2024-12-31", 9, 0));
    assert_eq!(due.footing, Footing::BeyondCalendar);
}

#[test]
fn mr_03_what_is_left_counts_working_hours() {
    let due = due_at_ms(china("2026-11-20", 15, 0)).at_ms;
    assert_eq!(
        working_ms_between(china("2026-11-21", 12, 0), due),
        39 * HOUR_MS
    );
    assert_eq!(working_ms_between(china("2026-11-24", 14, 0), due), HOUR_MS);
    assert_eq!(working_ms_between(due, due), 0);
    assert_eq!(working_ms_between(due + 1, due), 0);
}

proptest! {
    #[test]
    fn mr_03_every_moment_has_a_due_time_with_48_working_hours_before_it(
        at in china("2024-06-01", 0, 0)..china("2028-06-01", 0, 0), later in 0..10 * DAY_MS,
    ) {
        let due = due_at_ms(at);
        prop_assert_eq!(working_ms_between(at, due.at_ms), REVIEW_MS);
        prop_assert!(due.at_ms >= at + REVIEW_MS);
        // The last millisecond before it is worked.
        prop_assert_eq!(working_ms_between(due.at_ms - 1, due.at_ms), 1);
        // Who comes later is not due earlier.
        prop_assert!(due_at_ms(at + later).at_ms >= due.at_ms);
    }

    #[test]
    fn any_number_is_a_moment(at in any::<u64>(), length in 0..=REVIEW_MS) {
        let due = due_after_ms(at, length);
        prop_assert!(due.at_ms >= at.min(LAST_MS));
    }
}
