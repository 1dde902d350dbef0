//! Times and days as people in China read them.

use quanshengshi_rules::date::Date;
use quanshengshi_rules::language::Language;

const MINUTE_MS: u64 = 60_000;
const HOUR_MS: u64 = 60 * MINUTE_MS;
const DAY_MS: u64 = 24 * HOUR_MS;
/// China is ahead of UTC by this.
const CHINA_MS: u64 = 8 * HOUR_MS;

/// Day, weekday, hour and minute in China: `11 月 25 日（周三）18:50`.
pub fn moment(at_ms: u64, language: Language) -> String {
    let local = at_ms.saturating_add(CHINA_MS);
    let day = Date::in_china(at_ms);
    let (hour, minute) = (local % DAY_MS / HOUR_MS, local % HOUR_MS / MINUTE_MS);
    // 1 January 1970 was a Thursday.
    let weekday = usize::try_from((local / DAY_MS + 4) % 7).unwrap_or(0);
    let zh = ["日", "一", "二", "三", "四", "五", "六"];
    let en = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    match language {
        Language::Zh => format!(
            "{} 月 {} 日（周{}）{hour:02}:{minute:02}",
            day.month(),
            day.day(),
            zh.get(weekday).unwrap_or(&"")
        ),
        Language::En => format!(
            "{} {}-{:02}-{:02}, {hour:02}:{minute:02}",
            en.get(weekday).unwrap_or(&""),
            day.year(),
            day.month(),
            day.day(),
        ),
    }
}

/// A span in days and hours, or hours and minutes when it is short.
pub fn span(ms: u64, words: (&str, &str, &str)) -> String {
    let (days, hours, minutes) = words;
    let (day, hour) = (ms / DAY_MS, ms % DAY_MS / HOUR_MS);
    match (day, hour) {
        (0, 0) => format!("{} {minutes}", ms / MINUTE_MS),
        (0, _) => format!("{hour} {hours}"),
        (_, 0) => format!("{day} {days}"),
        _ => format!("{day} {days} {hour} {hours}"),
    }
}

/// A stored validity as it stands on a card.
pub fn written_validity(stored: &str) -> String {
    stored
        .replace("9999-12-31", "长期")
        .replace('-', ".")
        .replace('/', "-")
}

#[cfg(test)]
mod tests {
    use quanshengshi_rules::language::Language;

    use super::{moment, span};

    #[test]
    fn mr_03_a_due_time_is_told_on_chinas_clock() {
        // 2026-11-25 10:50 UTC, a Wednesday.
        let at = 1_795_603_800_000;
        assert_eq!(moment(at, Language::Zh), "11 月 25 日（周三）18:50");
        assert_eq!(moment(at, Language::En), "Wed 2026-11-25, 18:50");
        let words = ("天", "小时", "分");
        assert_eq!(span(169_200_000, words), "1 天 23 小时");
        assert_eq!(span(7_200_000, words), "2 小时");
        assert_eq!(span(300_000, words), "5 分");
    }
}
