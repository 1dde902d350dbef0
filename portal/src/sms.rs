//! SMS codes: one purpose, one number, one session, five minutes (requirement SM-01).
//!
//! A code lies in the database only as an HMAC under a key of this run; a restart kills the codes
//! that are out, which costs a person one more message. A code lives only once the gateway has
//! taken it: what nobody got opens nothing, costs nobody the minute's pause, and leaves the code
//! before it alive.
//!
//! [`SmsGateway`] is the port. [`http`] hands messages to the real gateway; [`outbox`] keeps them
//! where a person with a sample portal can read them. [`sending`] makes a code, [`limits`] counts,
//! [`checking`] judges what is typed.

pub mod checking;
pub mod http;
pub mod limits;
pub mod outbox;
pub mod sending;

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use quanshengshi_protocol::ids::Digest;
use ring::hmac;

use crate::clock::Clock;
use crate::random::{Random, RandomError};
use crate::store::{Store, StoreError};

/// The tables of this room.
pub const SCHEMA: &str = "
CREATE TABLE sms_codes (
    id INTEGER PRIMARY KEY,
    purpose TEXT NOT NULL,
    mobile TEXT NOT NULL,
    session BLOB NOT NULL,
    network TEXT NOT NULL,
    code BLOB NOT NULL,
    wrong INTEGER NOT NULL,
    spent INTEGER NOT NULL,
    sent_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX sms_codes_by_mobile ON sms_codes (mobile, sent_at_ms);
CREATE INDEX sms_codes_by_network ON sms_codes (network, sent_at_ms);
CREATE TABLE sms_outbox (
    id INTEGER PRIMARY KEY,
    mobile TEXT NOT NULL,
    text TEXT NOT NULL,
    sent_at_ms INTEGER NOT NULL
) STRICT;
";

/// What version 2 adds: a message of which nobody knows whether it arrived.
pub const SCHEMA_2: &str = "
ALTER TABLE sms_codes ADD COLUMN unsure INTEGER NOT NULL DEFAULT 0;
";

/// Milliseconds a code lives.
pub const LIFE_MS: u64 = 300_000;
/// Milliseconds between two messages to one number.
pub const PAUSE_MS: u64 = 60_000;

/// What a code is for; a code of one purpose opens nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Registering an account.
    Registration,
    /// Signing in without the slider.
    SignIn,
    /// Handing in an application for review.
    Review,
    /// Seeing where an application for review stands.
    ReviewStatus,
}

impl Purpose {
    const fn word(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::SignIn => "sign_in",
            Self::Review => "review",
            Self::ReviewStatus => "review_status",
        }
    }
}

/// Why a code was not sent or not accepted.
#[derive(Debug, thiserror::Error)]
pub enum SmsError {
    /// Too many messages; wait so many milliseconds.
    #[error("wait {wait_ms} ms before the next message")]
    TooOften {
        /// Milliseconds until the next may be sent.
        wait_ms: u64,
    },
    /// Not the code that was sent.
    #[error("not the code that was sent")]
    Wrong,
    /// No living code for this number, purpose and session.
    #[error("no code is waiting, or it has expired")]
    Expired,
    /// The gateway did not take the message.
    #[error("the gateway did not take the message")]
    Gateway,
    /// The gateway said nothing that can be understood: the message may be on its way. Only a
    /// gateway says so; a person hears [`SmsError::Gateway`].
    #[error("nobody knows whether the gateway took the message")]
    Unsure,
    /// No randomness for a code.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// The storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for SmsError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// The gateway that sends messages.
#[async_trait]
pub trait SmsGateway: Send + Sync + fmt::Debug {
    /// Hands a text over for a number.
    ///
    /// # Errors
    /// [`SmsError::Gateway`] when it was not taken, [`SmsError::Unsure`] when nobody knows.
    async fn send(&self, mobile: &str, text: &str) -> Result<(), SmsError>;

    /// Whether it takes messages now. Where a page must not tell whether there is anybody to
    /// write to, it asks this first and says the same to everyone.
    ///
    /// # Errors
    /// [`SmsError::Gateway`] when it does not.
    async fn ready(&self) -> Result<(), SmsError> {
        Ok(())
    }
}

/// Whose code is meant.
#[derive(Debug, Clone)]
pub struct Recipient {
    /// What the code is for.
    pub purpose: Purpose,
    /// The number.
    pub mobile: String,
    /// The PC session that asks.
    pub session: Digest,
}

/// Makes, sends and checks codes.
#[derive(Debug, Clone)]
pub struct Sms {
    store: Store,
    clock: Arc<dyn Clock>,
    random: Random,
    gateway: Arc<dyn SmsGateway>,
    key: hmac::Key,
}

impl Sms {
    /// Over a storage and a gateway.
    ///
    /// # Errors
    /// [`SmsError::Random`] when no key can be made.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        random: Random,
        gateway: Arc<dyn SmsGateway>,
    ) -> Result<Self, SmsError> {
        let key: [u8; 32] = random.make_bytes()?;
        Ok(Self {
            store,
            clock,
            random,
            gateway,
            key: hmac::Key::new(hmac::HMAC_SHA256, &key),
        })
    }

    /// Whether messages can be sent now; the same for everybody who asks.
    ///
    /// # Errors
    /// [`SmsError::Gateway`] when they cannot.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn ready(&self) -> Result<(), SmsError> {
        self.gateway.ready().await
    }
}

fn message(to: &Recipient, code: &str) -> Vec<u8> {
    let mut bytes = to.session.as_bytes().to_vec();
    for part in [to.purpose.word(), &to.mobile, code] {
        bytes.push(0);
        bytes.extend_from_slice(part.as_bytes());
    }
    bytes
}

fn signed(at_ms: u64) -> i64 {
    i64::try_from(at_ms).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
