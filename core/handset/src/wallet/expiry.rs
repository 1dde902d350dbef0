//! How long a certificate still holds, and when to say so (certificates.md 3.4: 60, 30, 7 days).

use quanshengshi_certificate::record::calendar::Date;
use quanshengshi_rules::language::Language;

/// Something to say about the end of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExpiryNotice {
    /// It ends within 60 days.
    Within60,
    /// It ends within 30 days.
    Within30,
    /// It ends within 7 days.
    Within7,
    /// It is over. It can still be shown, with this said.
    Over,
}

/// Days from `today` to the last day; 0 on the last day, negative when it is over.
pub fn days_left(today: Date, to: Date) -> i64 {
    day_number(to) - day_number(today)
}

impl ExpiryNotice {
    /// What is to be said with a number of days left; none above 60.
    pub fn of(days_left: i64) -> Option<Self> {
        match days_left {
            ..0 => Some(Self::Over),
            0..=7 => Some(Self::Within7),
            8..=30 => Some(Self::Within30),
            31..=60 => Some(Self::Within60),
            _ => None,
        }
    }

    /// The words for a person.
    pub fn text(self, days_left: i64, language: Language) -> String {
        match (self, language) {
            (Self::Over, Language::Zh) => "已过期，只能查看，不能作为有效证照使用".to_owned(),
            (Self::Over, Language::En) => "Expired: can be viewed, but is not valid".to_owned(),
            (_, Language::Zh) if days_left == 0 => "今天到期".to_owned(),
            (_, Language::En) if days_left == 0 => "Expires today".to_owned(),
            (_, Language::Zh) => format!("{days_left} 天后到期"),
            (_, Language::En) => format!("Expires in {days_left} days"),
        }
    }
}

/// Days since 0000-03-01, by H. Hinnant's "chrono-compatible low-level date algorithms": years that
/// begin in March, so that the leap day is the last.
fn day_number(date: Date) -> i64 {
    let (year, month) = (i64::from(date.year()), i64::from(date.month()));
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year / 400, year % 400);
    let march_month = (month + 9) % 12;
    let day_of_year = (153 * march_month + 2) / 5 + i64::from(date.day()) - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
}

#[cfg(test)]
mod tests {
    use super::*;
    use quanshengshi_certificate::record::calendar::Moment;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_counted_as_the_calendar_counts_them() {
        for (from, to, days) in [
            ("2026-11-23", "2026-11-23", 0),
            ("2026-11-23", "2026-11-22", -1),
            ("2024-02-28", "2024-03-01", 2),
            ("2025-02-28", "2025-03-01", 1),
            ("1999-12-31", "2000-03-01", 61),
            ("2026-11-23", "2027-11-23", 365),
        ] {
            assert_eq!(days_left(date(from), date(to)), days, "{from} {to}");
        }
        let first = Moment::from_unix_seconds(0).unwrap().date();
        for day in 0..30_000_u64 {
            let that = Moment::from_unix_seconds(day * 86_400).unwrap().date();
            assert_eq!(days_left(first, that), i64::try_from(day).unwrap());
        }
    }

    #[test]
    fn us_06_notices_come_at_sixty_thirty_and_seven_days_and_after_the_end() {
        for (days, notice) in [
            (61, None),
            (60, Some(ExpiryNotice::Within60)),
            (31, Some(ExpiryNotice::Within60)),
            (30, Some(ExpiryNotice::Within30)),
            (8, Some(ExpiryNotice::Within30)),
            (7, Some(ExpiryNotice::Within7)),
            (0, Some(ExpiryNotice::Within7)),
            (-1, Some(ExpiryNotice::Over)),
        ] {
            assert_eq!(ExpiryNotice::of(days), notice, "{days}");
        }
        assert_eq!(ExpiryNotice::Within30.text(28, Language::Zh), "28 天后到期");
    }
}
