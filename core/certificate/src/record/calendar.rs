//! Days and moments as certificates write them: Gregorian, Beijing time (UTC+8), no leap seconds.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day of the Gregorian calendar, 1900-01-01 to 9999-12-31; stored as `yyyy-mm-dd`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// A second of Beijing time; stored as `yyyy-mm-ddThh:mm:ss+08:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    date: Date,
    hour: u8,
    minute: u8,
    second: u8,
}

/// Why a text or number is no day or moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The text has not the one form that is read.
    #[error("not a day yyyy-mm-dd or a moment yyyy-mm-ddThh:mm:ss+08:00")]
    Form,
    /// There is no such day, or it is before 1900 or after 9999.
    #[error("no such day between 1900 and 9999")]
    NoSuchDay,
    /// There is no such time of day.
    #[error("no such time of day")]
    NoSuchTime,
}

impl Date {
    /// The day `year`-`month`-`day`, all counted from 1.
    ///
    /// # Errors
    /// [`CalendarError::NoSuchDay`].
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, CalendarError> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => 0,
        };
        if (1900..=9999).contains(&year) && (1..=days).contains(&day) {
            Ok(Self { year, month, day })
        } else {
            Err(CalendarError::NoSuchDay)
        }
    }

    /// The year, 1900 to 9999.
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

    /// As a certificate face writes it: `2024年05月20日`.
    pub fn on_face(self) -> String {
        format!("{}年{:02}月{:02}日", self.year, self.month, self.day)
    }
}

impl Moment {
    /// The moment at a day and a time of day, `hour` 0 to 23, `minute` and `second` 0 to 59.
    ///
    /// # Errors
    /// [`CalendarError::NoSuchTime`].
    pub fn new(date: Date, hour: u8, minute: u8, second: u8) -> Result<Self, CalendarError> {
        if hour < 24 && minute < 60 && second < 60 {
            Ok(Self {
                date,
                hour,
                minute,
                second,
            })
        } else {
            Err(CalendarError::NoSuchTime)
        }
    }

    /// The moment in Beijing of a number of seconds since 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    /// [`CalendarError::NoSuchDay`] outside 1970 to 9999.
    pub fn from_unix_seconds(seconds: u64) -> Result<Self, CalendarError> {
        let local = seconds
            .checked_add(8 * 3600)
            .ok_or(CalendarError::NoSuchDay)?;
        let (days, rest) = (local / 86_400, local % 86_400);
        let small = |value: u64| u8::try_from(value).map_err(|_| CalendarError::NoSuchDay);
        // Civil date from a day count, with years that begin in March (H. Hinnant, "chrono-compatible
        // low-level date algorithms"), here for days after 1970 only.
        let shifted = days.checked_add(719_468).ok_or(CalendarError::NoSuchDay)?;
        let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 {
            march_month + 3
        } else {
            march_month - 9
        };
        let year = era * 400 + year_of_era + u64::from(month <= 2);
        let year = u16::try_from(year).map_err(|_| CalendarError::NoSuchDay)?;
        let date = Date::new(year, small(month)?, small(day)?)?;
        Self::new(
            date,
            small(rest / 3600)?,
            small(rest % 3600 / 60)?,
            small(rest % 60)?,
        )
    }

    /// The day.
    pub fn date(self) -> Date {
        self.date
    }

    /// To the minute, as a certificate face writes it: `2026-11-23 09:31`.
    pub fn on_face(self) -> String {
        format!("{} {:02}:{:02}", self.date, self.hour, self.minute)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            date,
            hour,
            minute,
            second,
        } = self;
        write!(f, "{date}T{hour:02}:{minute:02}:{second:02}+08:00")
    }
}

fn number<T: FromStr>(text: &str) -> Result<T, CalendarError> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(CalendarError::Form);
    }
    text.parse().map_err(|_| CalendarError::Form)
}

/// The pieces of `text` where `pattern` has digits; everything else must be equal.
fn pieces<'a>(text: &'a str, pattern: &str) -> Result<Vec<&'a str>, CalendarError> {
    if text.len() != pattern.len() || !text.is_ascii() {
        return Err(CalendarError::Form);
    }
    let fixed = |byte: u8| !byte.is_ascii_digit();
    let same = text
        .bytes()
        .zip(pattern.bytes())
        .all(|(a, b)| if fixed(b) { a == b } else { !fixed(a) });
    if !same {
        return Err(CalendarError::Form);
    }
    Ok(text.split(|c: char| !c.is_ascii_digit()).collect())
}

impl FromStr for Date {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match pieces(text, "0000-00-00")?[..] {
            [year, month, day] => Self::new(number(year)?, number(month)?, number(day)?),
            _ => Err(CalendarError::Form),
        }
    }
}

impl FromStr for Moment {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let local = text.strip_suffix("+08:00").ok_or(CalendarError::Form)?;
        match pieces(local, "0000-00-00T00:00:00")?[..] {
            [year, month, day, hour, minute, second] => Self::new(
                Date::new(number(year)?, number(month)?, number(day)?)?,
                number(hour)?,
                number(minute)?,
                number(second)?,
            ),
            _ => Err(CalendarError::Form),
        }
    }
}

macro_rules! stored_as_text {
    ($($kind:ty),+) => {$(
        impl Serialize for $kind {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $kind {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}
stored_as_text!(Date, Moment);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in [
            "2023-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-01",
            "2026-04-31",
            "1899-12-31",
        ] {
            assert_eq!(
                text.parse::<Date>(),
                Err(CalendarError::NoSuchDay),
                "{text}"
            );
        }
        for text in [
            "2026-1-01",
            "2026/01/01",
            "+026-01-01",
            "２026-01-01",
            "2026-01-01 ",
        ] {
            assert_eq!(text.parse::<Date>(), Err(CalendarError::Form), "{text}");
        }
        assert_eq!(
            "2024-02-29".parse::<Date>().unwrap().on_face(),
            "2024年02月29日"
        );
    }

    #[test]
    fn unix_seconds_become_beijing_time() {
        for (seconds, text) in [
            (0, "1970-01-01T08:00:00+08:00"),
            (951_753_599, "2000-02-28T23:59:59+08:00"),
            (951_753_600, "2000-02-29T00:00:00+08:00"),
            (1_795_397_460, "2026-11-23T09:31:00+08:00"),
        ] {
            assert_eq!(
                Moment::from_unix_seconds(seconds).unwrap().to_string(),
                text
            );
        }
        assert_eq!(
            Moment::from_unix_seconds(u64::MAX),
            Err(CalendarError::NoSuchDay)
        );
        assert_eq!(
            Moment::from_unix_seconds(1 << 60),
            Err(CalendarError::NoSuchDay)
        );
    }

    #[test]
    fn a_moment_has_one_form() {
        let moment: Moment = "2026-11-23T09:31:00+08:00".parse().unwrap();
        assert_eq!(moment.on_face(), "2026-11-23 09:31");
        assert_eq!(
            "2026-11-23T24:00:00+08:00".parse::<Moment>(),
            Err(CalendarError::NoSuchTime)
        );
        assert_eq!(
            "2026-11-23T09:31:00Z".parse::<Moment>(),
            Err(CalendarError::Form)
        );
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "\\PC*", near in "[0-9:T+-]{10,25}") {
            let _ = (text.parse::<Date>(), text.parse::<Moment>(), near.parse::<Moment>());
        }

        #[test]
        fn moments_are_read_back_and_keep_their_order(a in 0u64..253_000_000_000, b in 0u64..253_000_000_000) {
            let (x, y) = (Moment::from_unix_seconds(a).unwrap(), Moment::from_unix_seconds(b).unwrap());
            prop_assert_eq!(x.to_string().parse::<Moment>().unwrap(), x);
            prop_assert_eq!(a.cmp(&b), x.cmp(&y));
        }
    }
}
