//! Which days are working days: the plain week and the table of days that differ from it.

use std::sync::LazyLock;

use crate::date::Date;

static CALENDAR: LazyLock<Calendar> =
    LazyLock::new(|| Calendar::read(include_str!("../../data/working-days.txt")));

/// What differs from the plain week.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Calendar {
    /// Years whose notice is worked in.
    years: Vec<u16>,
    /// Days and whether they are worked, sorted.
    days: Vec<(Date, bool)>,
    /// Month and day of what the law gives every year.
    yearly: Vec<(u8, u8)>,
}

impl Calendar {
    /// Reads the table. Lines that cannot be read are left out; a test counts them.
    pub(super) fn read(text: &str) -> Self {
        let mut calendar = Self::default();
        for line in text.lines() {
            let _ = calendar.read_line(line);
        }
        calendar.days.sort_unstable();
        calendar
    }

    fn read_line(&mut self, line: &str) -> Option<()> {
        let (first, second) = line.split_once(' ')?;
        if first == "covers" {
            self.years.push(second.parse().ok()?);
        } else if let Some(day) = first.strip_prefix("*-") {
            let (month, day) = day.split_once('-')?;
            self.yearly.push((month.parse().ok()?, day.parse().ok()?));
        } else {
            let worked = match second {
                "work" => true,
                "rest" => false,
                _ => return None,
            };
            self.days.push((Date::from_written(first)?, worked));
        }
        Some(())
    }

    fn is_working(&self, day: Date) -> bool {
        if let Ok(at) = self.days.binary_search_by_key(&day, |(day, _)| *day) {
            return self.days.get(at).is_some_and(|(_, worked)| *worked);
        }
        !self.yearly.contains(&(day.month(), day.day())) && !day.is_weekend()
    }

    #[cfg(test)]
    pub(super) fn rows(&self) -> usize {
        self.years.len() + self.days.len() + self.yearly.len()
    }
}

/// Whether people work on a day, as far as it is announced.
pub fn is_working_day(day: Date) -> bool {
    CALENDAR.is_working(day)
}

/// Whether people work on a day counted from 1970.
pub(super) fn is_working(day_number: u64) -> bool {
    Date::from_day_number(day_number).is_none_or(is_working_day)
}

/// Whether the holidays of the year of a day are in the table.
pub(super) fn announced(day_number: u64) -> bool {
    Date::from_day_number(day_number).is_some_and(|day| CALENDAR.years.contains(&day.year()))
}
