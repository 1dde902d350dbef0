//! What may be said about a copy without asking the portal.

use quanshengshi_certificate::record::calendar::{Date, Moment};
use quanshengshi_certificate::record::status::State;
use quanshengshi_rules::language::Language;

use crate::ports::Clock;
use crate::wallet::kept::Verified;

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

/// Standing and freshness of a copy at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Whether the certificate may be relied on.
    pub standing: Standing,
    /// How fresh that is.
    pub freshness: Freshness,
    /// Portal time at which the status was true, milliseconds since 1970.
    pub as_of_ms: u64,
}

impl Judged {
    /// Judges a verified copy now. The phone's wall clock is not trusted: time is at least the
    /// newest time the portal signed, so setting the clock back makes nothing fresh again.
    pub(crate) fn now(copy: &Verified, clock: &dyn Clock) -> Self {
        let newer = copy
            .status
            .as_ref()
            .filter(|said| said.as_of_ms >= copy.times.as_of_ms);
        let (state, as_of_ms, until_ms) = match newer {
            Some(said) => (
                state_of(&said.code),
                said.as_of_ms,
                said.valid_offline_until_ms,
            ),
            None => (
                copy.record.status.state.clone(),
                copy.times.as_of_ms,
                copy.times.valid_offline_until_ms,
            ),
        };
        let refresh_ms = match newer {
            Some(said) => said.as_of_ms.saturating_add(refresh_span_ms(copy)),
            None => copy.times.refresh_after_ms,
        };
        let now_ms = clock.wall_ms().max(as_of_ms);
        let freshness = if now_ms > until_ms {
            Freshness::Unconfirmed
        } else if now_ms > refresh_ms {
            Freshness::RefreshDue
        } else {
            Freshness::Confirmed
        };
        Self {
            standing: standing(copy, state, now_ms),
            freshness,
            as_of_ms,
        }
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

fn standing(copy: &Verified, state: State, now_ms: u64) -> Standing {
    if !state.holds() {
        return Standing::Not(state);
    }
    let validity = copy.record.validity;
    // A time outside the calendar says nothing about the certificate; its freshness tells.
    let Ok(today) = Moment::from_unix_seconds(now_ms / 1000).map(Moment::date) else {
        return Standing::Holds;
    };
    match validity.to {
        _ if today < validity.from => Standing::NotYet {
            from: validity.from,
        },
        Some(to) if to < today => Standing::Over { to },
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
