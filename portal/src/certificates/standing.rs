//! How a certificate stands on a day: what 我的证照 filters by and warns of.

use quanshengshi_certificate::record::CertificateRecord;
use quanshengshi_certificate::record::calendar::Date;

/// Days before the end from which on the holder is told.
pub const NOTICE_DAYS: u64 = 60;
/// Days before the end from which on it is pressing.
pub const SOON_DAYS: u64 = 30;
/// Days before the end from which on it is urgent.
pub const URGENT_DAYS: u64 = 7;

/// How a certificate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It holds, and will for a while.
    Holds,
    /// It holds, and ends in so many days; 0 is today.
    Ending(u64),
    /// It does not hold: its register says so, or its time is over or has not begun.
    Void,
}

impl Standing {
    /// How a record stands on a day.
    pub fn of(record: &CertificateRecord, today: Date) -> Self {
        if !record.status.state.holds() || !record.validity.covers(today) {
            return Self::Void;
        }
        match record.validity.to.and_then(|to| days_between(today, to)) {
            Some(days) if days <= NOTICE_DAYS => Self::Ending(days),
            _ => Self::Holds,
        }
    }

    /// Whether copies are still made of it.
    pub fn is_downloadable(self) -> bool {
        self != Self::Void
    }
}

/// Days from one day to a later one; none when it is earlier.
fn days_between(from: Date, to: Date) -> Option<u64> {
    let number = |day: Date| {
        quanshengshi_rules::date::Date::new(day.year(), day.month(), day.day())?.day_number()
    };
    number(to)?.checked_sub(number(from)?)
}

#[cfg(test)]
mod tests {
    use quanshengshi_certificate::record::status::State;

    use super::Standing;
    use crate::samples::certificates::records;

    #[test]
    fn us_02_a_certificate_holds_ends_or_is_void() {
        let as_of = "2026-11-23T09:31:00+08:00".parse().expect("a moment");
        let (_, mut record) = records(as_of).expect("records").remove(0);
        let mut on = |state: State, to: Option<&str>| {
            record.status.state = state;
            record.validity.to = to.map(|day| day.parse().expect("a day"));
            Standing::of(&record, as_of.date())
        };
        assert_eq!(on(State::Valid, None), Standing::Holds);
        assert_eq!(on(State::Valid, Some("2027-01-23")), Standing::Holds);
        assert_eq!(on(State::Valid, Some("2027-01-22")), Standing::Ending(60));
        assert_eq!(
            on(State::MovingOut, Some("2026-11-30")),
            Standing::Ending(7)
        );
        assert_eq!(on(State::Valid, Some("2026-11-23")), Standing::Ending(0));
        assert_eq!(on(State::Valid, Some("2026-11-22")), Standing::Void);
        for state in [State::Suspended, State::Revoked, State::Lapsed] {
            assert_eq!(on(state, None), Standing::Void);
        }
    }
}
