//! A plain calendar date: no clock, no zone.

use std::fmt;

/// A real day of the Gregorian calendar, years 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day that stands for a long-term document (domain rules 2.3).
    pub const LONG_TERM: Self = Self {
        year: 9999,
        month: 12,
        day: 31,
    };

    /// The day, or none when the calendar does not have it.
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        if year < 1 || year > 9999 || day < 1 || day > days_in(year, month) {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// Reads `YYYYMMDD`, as in document numbers.
    pub fn from_compact(digits: &str) -> Option<Self> {
        if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        Self::new(
            digits.get(..4)?.parse().ok()?,
            digits.get(4..6)?.parse().ok()?,
            digits.get(6..)?.parse().ok()?,
        )
    }

    /// Reads `YYYY.MM.DD`, `YYYY-MM-DD` or `YYYY/MM/DD`; month and day may have one digit.
    pub fn from_written(text: &str) -> Option<Self> {
        let separator = ['.', '-', '/']
            .into_iter()
            .find(|sign| text.contains(*sign))?;
        let mut parts = text.split(separator).map(str::trim);
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let fits =
            year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
        if parts.next().is_some() || !fits || ![year, month, day].into_iter().all(digits) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// The day in China (UTC+8, no summer time) at a moment in milliseconds since 1970, UTC; the
    /// last day of the calendar for moments after it.
    pub fn in_china(ms: u64) -> Self {
        let local = ms.saturating_add(8 * 3_600_000);
        Self::from_day_number(local / 86_400_000).unwrap_or(Self::LONG_TERM)
    }

    /// The day so many days after 1 January 1970; none after the year 9999.
    pub fn from_day_number(number: u64) -> Option<Self> {
        // Years begin in March, so that the leap day is the last; 719468 days to 1 March 0000.
        let shifted = number.checked_add(719_468)?;
        let of_era = shifted % 146_097;
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 {
            march_month + 3
        } else {
            march_month - 9
        };
        let year = year_of_era + shifted / 146_097 * 400 + u64::from(month <= 2);
        Self::new(
            year.try_into().ok()?,
            month.try_into().ok()?,
            day.try_into().ok()?,
        )
    }

    /// Days since 1 January 1970; none before it.
    pub fn day_number(self) -> Option<u64> {
        self.days().checked_sub(719_468)
    }

    /// Whether it is a Saturday or Sunday.
    pub fn is_weekend(self) -> bool {
        // 1 March 0000 was a Wednesday.
        matches!((self.days() + 2) % 7, 5 | 6)
    }

    /// Days since 1 March 0000, where the Gregorian calendar is taken backwards.
    fn days(self) -> u64 {
        let (month, day) = (u64::from(self.month), u64::from(self.day));
        let year = u64::from(self.year) - u64::from(month <= 2);
        let march_month = (month + 9) % 12;
        year * 365 + year / 4 - year / 100 + year / 400 + (153 * march_month + 2) / 5 + day - 1
    }

    /// Full years from this day of birth to another day; zero before the birth.
    pub fn age_on(self, day: Self) -> u16 {
        let before_birthday = (day.month, day.day) < (self.month, self.day);
        day.year
            .saturating_sub(self.year)
            .saturating_sub(u16::from(before_birthday))
    }

    /// The same month and day some years later. From 29 February to a common year both
    /// neighbours count: 28 February and 1 March.
    pub fn anniversaries(self, years: u16) -> Vec<Self> {
        let year = self.year.saturating_add(years);
        Self::new(year, self.month, self.day).map_or_else(
            || {
                [Self::new(year, 2, 28), Self::new(year, 3, 1)]
                    .into_iter()
                    .flatten()
                    .collect()
            },
            |day| vec![day],
        )
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{:04}-{:02}-{:02}",
            self.year, self.month, self.day
        )
    }
}

const fn days_in(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_calendar_knows_its_leap_years() {
        assert!(Date::new(2000, 2, 29).is_some());
        assert!(Date::new(1900, 2, 29).is_none());
        assert!(Date::new(2024, 2, 29).is_some());
        assert!(Date::new(2023, 2, 29).is_none());
        assert!(Date::new(2023, 4, 31).is_none());
        assert!(Date::new(2023, 13, 1).is_none());
        assert!(Date::new(2023, 0, 1).is_none());
    }

    #[test]
    fn a_written_date_has_one_kind_of_separator_and_four_digits_of_year() {
        let day = Date::new(2016, 3, 7);
        for text in ["2016.03.07", "2016-03-07", "2016/3/7"] {
            assert_eq!(Date::from_written(text), day, "{text}");
        }
        for text in [
            "2016.03-07",
            "16.03.07",
            "2016.03",
            "2016.03.07.",
            "+016.03.07",
            "",
        ] {
            assert_eq!(Date::from_written(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_counted_from_1970_and_known_by_their_weekday() {
        let day = |text| Date::from_written(text).unwrap();
        for (text, number, weekend) in [
            ("1970-01-01", 0, false),
            ("2000-02-29", 11_016, false),
            ("2026-11-22", 20_779, true),
            ("2026-11-23", 20_780, false),
            ("9999-12-31", 2_932_896, false),
        ] {
            assert_eq!(day(text).day_number(), Some(number), "{text}");
            assert_eq!(Date::from_day_number(number), Some(day(text)), "{text}");
            assert_eq!(day(text).is_weekend(), weekend, "{text}");
        }
        assert_eq!(day("1969-12-31").day_number(), None);
        assert_eq!(Date::from_day_number(2_932_897), None);
        assert_eq!(Date::from_day_number(u64::MAX), None);
        assert!(day("0001-01-06").is_weekend());
    }

    #[test]
    fn a_day_begins_in_china_at_16_hours_utc() {
        let midnight = 20_780 * 86_400_000 - 8 * 3_600_000;
        let day = |text| Date::from_written(text).unwrap();
        assert_eq!(Date::in_china(midnight), day("2026-11-23"));
        assert_eq!(Date::in_china(midnight - 1), day("2026-11-22"));
        assert_eq!(Date::in_china(u64::MAX), Date::LONG_TERM);
    }

    #[test]
    fn an_age_counts_full_years() {
        let birth = Date::new(1990, 3, 7).unwrap();
        assert_eq!(birth.age_on(Date::new(2016, 3, 6).unwrap()), 25);
        assert_eq!(birth.age_on(Date::new(2016, 3, 7).unwrap()), 26);
        assert_eq!(birth.age_on(Date::new(1980, 1, 1).unwrap()), 0);
    }

    proptest! {
        #[test]
        fn any_text_is_a_date_or_none_and_dates_survive_the_round_trip(text in ".{0,12}", y in 1u16..=9999, m in 1u8..=12, d in 1u8..=28) {
            let _ = Date::from_written(&text);
            let _ = Date::from_compact(&text);
            let day = Date::new(y, m, d).unwrap();
            prop_assert_eq!(Date::from_written(&day.to_string()), Some(day));
            if let Some(number) = day.day_number() {
                prop_assert_eq!(Date::from_day_number(number), Some(day));
            }
            prop_assert_eq!(Date::from_compact(&day.to_string().replace('-', "")), Some(day));
        }
    }
}
