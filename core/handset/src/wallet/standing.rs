//! What may be said about a copy without asking the portal.

use quanshengshi_certificate::record::Validity;
use quanshengshi_certificate::record::calendar::{Date, Moment};
use quanshengshi_certificate::record::status::State;
use quanshengshi_rules::language::Language;

use crate::ports::Clock;
use crate::wallet::expiry::{ExpiryNotice, days_left};
use crate::wallet::kept::Verified;
use crate::wallet::summary::Summary;

/// Whether the certificate may be relied on, as of the last confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It holds.
    Holds,
    /// Its first day is still to come.
    NotYet {
        /// The first day.
        from: Date,
    },
    /// Its last day is over.
    Over {
        /// The last day.
        to: Date,
    },
    /// Its register says that it does not hold.
    Not(State),
}

/// How fresh the last confirmation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Confirmed a short while ago.
    Confirmed,
    /// The phone should ask again; the copy still counts as confirmed.
    RefreshDue,
    /// Not confirmed for so long that it must be said: 状态未核验.
    Unconfirmed,
}

/// What a judgement stands on: the portal's signed words, no clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Basis {
    pub(crate) state: State,
    pub(crate) validity: Validity,
    pub(crate) as_of_ms: u64,
    pub(crate) refresh_ms: u64,
    pub(crate) until_ms: u64,
}

/// Standing and freshness of a copy at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Whether the certificate may be relied on.
    pub standing: Standing,
    /// How fresh that is.
    pub freshness: Freshness,
    /// Portal time at which the status was true, milliseconds since 1970.
    pub as_of_ms: u64,
    /// Days until the last day, 0 on it and negative after it; none without an end.
    pub days_left: Option<i64>,
}

impl Basis {
    /// Of a verified copy: the newest status list counts, unless the package is newer.
    pub(crate) fn of_copy(copy: &Verified) -> Self {
        let newer = copy
            .status
            .as_ref()
            .filter(|said| said.as_of_ms >= copy.times.as_of_ms);
        let validity = copy.record.validity;
        match newer {
            Some(said) => Self {
                state: state_of(&said.code),
                validity,
                as_of_ms: said.as_of_ms,
                refresh_ms: said.as_of_ms.saturating_add(refresh_span_ms(copy)),
                until_ms: said.valid_offline_until_ms,
            },
            None => Self {
                state: copy.record.status.state.clone(),
                validity,
                as_of_ms: copy.times.as_of_ms,
                refresh_ms: copy.times.refresh_after_ms,
                until_ms: copy.times.valid_offline_until_ms,
            },
        }
    }

    /// Of a line of the list.
    pub(crate) fn of_summary(summary: &Summary) -> Self {
        Self {
            state: state_of(&summary.state),
            validity: summary.validity,
            as_of_ms: summary.as_of_ms,
            refresh_ms: summary.refresh_ms,
            until_ms: summary.until_ms,
        }
    }
}

impl Judged {
    /// Judges now. The phone's wall clock is not trusted: time is at least the newest time the
    /// portal signed, so setting the clock back makes nothing fresh again.
    pub(crate) fn of(basis: &Basis, clock: &dyn Clock) -> Self {
        let now_ms = clock.wall_ms().max(basis.as_of_ms);
        let freshness = if now_ms > basis.until_ms {
            Freshness::Unconfirmed
        } else if now_ms > basis.refresh_ms {
            Freshness::RefreshDue
        } else {
            Freshness::Confirmed
        };
        // A time outside the calendar says nothing about the certificate; its freshness tells.
        let today = Moment::from_unix_seconds(now_ms / 1000)
            .map(Moment::date)
            .ok();
        let days_left = today.and_then(|today| Some(days_left(today, basis.validity.to?)));
        Self {
            standing: standing(basis, today),
            freshness,
            as_of_ms: basis.as_of_ms,
            days_left,
        }
    }

    /// What is to be said about the end of the certificate, when it holds otherwise.
    pub fn notice(&self) -> Option<ExpiryNotice> {
        match self.standing {
            Standing::Holds | Standing::Over { .. } => self.days_left.and_then(ExpiryNotice::of),
            Standing::NotYet { .. } | Standing::Not(_) => None,
        }
    }

    /// The sentence that covers the page of a certificate that must not be relied on, and the
    /// notice of one that will end; none for one that simply holds.
    pub fn banner(&self, language: Language) -> Option<String> {
        let Standing::Not(state) = &self.standing else {
            let left = self.days_left?;
            return Some(self.notice()?.text(left, language));
        };
        let word = language.pick(state.text_zh(), state.text_en());
        Some(match language {
            Language::Zh => format!("{word}，只能查看，不能作为有效证照使用"),
            Language::En => format!("{word}: can be viewed, but is not valid"),
        })
    }

    /// The line that stands with every offline copy: whether it is confirmed and as of when.
    pub fn mark(&self, language: Language) -> String {
        let as_of = Moment::from_unix_seconds(self.as_of_ms / 1000)
            .map_or_else(|_| String::from("-"), Moment::on_face);
        match (self.freshness, language) {
            (Freshness::Unconfirmed, Language::Zh) => {
                format!("离线副本 · 状态未核验 · 上次核验 {as_of}")
            }
            (Freshness::Unconfirmed, Language::En) => {
                format!("Offline copy · status not confirmed · last confirmed {as_of}")
            }
            (_, Language::Zh) => format!("离线副本 · 状态截至 {as_of}"),
            (_, Language::En) => format!("Offline copy · status as of {as_of}"),
        }
    }
}

impl Standing {
    /// The word for a person.
    pub fn text(&self, language: Language) -> String {
        match (self, language) {
            (Self::Holds, _) => language.pick("有效", "Valid").to_owned(),
            (Self::NotYet { from }, Language::Zh) => format!("{} 起生效", from.on_face()),
            (Self::NotYet { from }, Language::En) => format!("Valid from {from}"),
            (Self::Over { to }, Language::Zh) => format!("已于 {} 到期", to.on_face()),
            (Self::Over { to }, Language::En) => format!("Expired on {to}"),
            (Self::Not(state), Language::Zh) => state.text_zh().to_owned(),
            (Self::Not(state), Language::En) => state.text_en().to_owned(),
        }
    }
}

/// The package's own span between confirmation and refresh, used again after a status list.
fn refresh_span_ms(copy: &Verified) -> u64 {
    copy.times
        .refresh_after_ms
        .saturating_sub(copy.times.as_of_ms)
}

fn standing(basis: &Basis, today: Option<Date>) -> Standing {
    if !basis.state.holds() {
        return Standing::Not(basis.state.clone());
    }
    let Validity { from, to } = basis.validity;
    match (today, to) {
        (Some(today), _) if today < from => Standing::NotYet { from },
        (Some(today), Some(to)) if to < today => Standing::Over { to },
        _ => Standing::Holds,
    }
}

/// The state of a two-digit code; an unknown code is something else, which does not hold.
fn state_of(code: &str) -> State {
    let known = [
        State::Valid,
        State::Suspended,
        State::Withdrawn,
        State::Deregistered,
        State::Lapsed,
        State::MovingOut,
        State::Revoked,
    ];
    known
        .into_iter()
        .find(|state| state.code() == code)
        .unwrap_or_else(|| State::Other("状态异常".to_owned()))
}
