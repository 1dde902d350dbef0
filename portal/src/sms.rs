//! SMS codes: one purpose, one number, one session, five minutes (requirement SM-01).
//!
//! A code lies in the database only as an HMAC under a key of this run; a restart kills the codes
//! that are out, which costs a person one more message. A code lives only once the gateway has
//! taken it: what nobody got opens nothing, costs nobody the minute's pause, and leaves the code
//! before it alive.
//!
//! [`SmsGateway`] is the port. [`http`] hands messages to the real gateway; [`outbox`] keeps them
//! where a person with a sample portal can read them; [`limits`] counts.

pub mod http;
pub mod limits;
pub mod outbox;

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use quanshengshi_protocol::ids::Digest;
use ring::hmac;
use rusqlite::{OptionalExtension, Transaction, params};

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
const MOST_WRONG: i64 = 5;

/// What a code is for; a code of one purpose opens nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Registering an account.
    Registration,
    /// Signing in without the slider.
    SignIn,
}

impl Purpose {
    const fn word(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::SignIn => "sign_in",
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

    /// Sends a new code; once it is taken, the one before it is dead.
    ///
    /// # Errors
    /// [`SmsError::TooOften`] beyond 1 a minute and 5 an hour for a number or 20 an hour for a
    /// network; [`SmsError::Gateway`], which does not count for the minute; the storage's.
    ///
    /// # Cancellation
    /// The sending goes on to its end; asking again is answered with the wait.
    pub async fn send_code(&self, to: Recipient, network: &str) -> Result<(), SmsError> {
        let (sms, network) = (self.clone(), network.to_owned());
        let work = async move { sms.make_and_send(to, network).await };
        let done = tokio::spawn(work).await;
        done.unwrap_or(Err(SmsError::Gateway))
    }

    async fn make_and_send(&self, to: Recipient, network: String) -> Result<(), SmsError> {
        let code = self.random.make_digits(6)?;
        let tag = hmac::sign(&self.key, &message(&to, &code));
        let tag = tag.as_ref().to_vec();
        let now_ms = self.clock.now_ms();
        let text = format!("【黑龙江政务服务】验证码 {code}，5 分钟内有效。请勿告诉他人。");
        let asked = to.clone();
        let id = self
            .store
            .write(move |transaction| {
                if let Some(wait_ms) = limits::wait(transaction, &asked.mobile, &network, now_ms)? {
                    return Err(SmsError::TooOften { wait_ms });
                }
                // Spent until the gateway has it: a place in the count, but no code.
                transaction.execute(
                    "INSERT INTO sms_codes \
                     (purpose, mobile, session, network, code, wrong, spent, sent_at_ms) \
                     VALUES (?1, ?2, ?3, ?4, ?5, 0, 1, ?6)",
                    params![
                        asked.purpose.word(),
                        asked.mobile,
                        asked.session.as_bytes(),
                        network,
                        tag,
                        signed(now_ms)
                    ],
                )?;
                Ok(transaction.last_insert_rowid())
            })
            .await?;
        let sent = self.gateway.send(&to.mobile, &text).await;
        let end = match &sent {
            Ok(()) => End::Taken,
            Err(SmsError::Unsure) => End::Unsure,
            Err(_) => End::Refused,
        };
        self.store
            .write(move |transaction| settle(transaction, id, &to, end))
            .await?;
        match sent {
            Err(SmsError::Unsure) => Err(SmsError::Gateway),
            other => other,
        }
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

    /// Checks a typed code and leaves it alive: a form may have another fault.
    ///
    /// # Errors
    /// [`SmsError::Expired`]; [`SmsError::Wrong`], five of which kill the code.
    ///
    /// # Cancellation
    /// A wrong try stays counted.
    pub async fn check_code(&self, to: Recipient, typed: &str) -> Result<(), SmsError> {
        self.judge(to, typed, false).await
    }

    /// Checks a typed code and uses it up.
    ///
    /// # Errors
    /// As [`Sms::check_code`].
    ///
    /// # Cancellation
    /// The code may be used up.
    pub async fn spend_code(&self, to: Recipient, typed: &str) -> Result<(), SmsError> {
        self.judge(to, typed, true).await
    }

    async fn judge(&self, to: Recipient, typed: &str, spend: bool) -> Result<(), SmsError> {
        let tried = message(&to, typed.trim());
        let (key, now_ms) = (self.key.clone(), self.clock.now_ms());
        let right: Result<(), SmsError> = self
            .store
            .write(move |transaction| {
                let sql = "SELECT id, code, wrong FROM sms_codes WHERE purpose = ?1 \
                           AND mobile = ?2 AND session = ?3 AND spent = 0 AND sent_at_ms > ?4 \
                           ORDER BY id DESC LIMIT 1";
                let after = signed(now_ms.saturating_sub(LIFE_MS));
                let values = params![to.purpose.word(), to.mobile, to.session.as_bytes(), after];
                let found: Option<(i64, Vec<u8>, i64)> = transaction
                    .query_row(sql, values, |row| {
                        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                    })
                    .optional()?;
                let Some((id, code, _)) = found.filter(|(_, _, wrong)| *wrong < MOST_WRONG) else {
                    return Ok(Err(SmsError::Expired));
                };
                if hmac::verify(&key, &tried, &code).is_err() {
                    let sql = "UPDATE sms_codes SET wrong = wrong + 1 WHERE id = ?1";
                    transaction.execute(sql, [id])?;
                    return Ok(Err(SmsError::Wrong));
                }
                if spend {
                    transaction.execute("UPDATE sms_codes SET spent = 1 WHERE id = ?1", [id])?;
                }
                Ok::<_, SmsError>(Ok(()))
            })
            .await?;
        right
    }
}

/// How the sending of a code ended.
#[derive(Debug, Clone, Copy)]
enum End {
    Taken,
    Refused,
    Unsure,
}

/// Writes down how the sending ended: a code that was taken lives and ends the one before it; one
/// that was refused was never there.
fn settle(
    transaction: &Transaction<'_>,
    id: i64,
    to: &Recipient,
    end: End,
) -> Result<(), SmsError> {
    match end {
        End::Taken => {
            transaction.execute(
                "UPDATE sms_codes SET spent = (id <> ?4) WHERE purpose = ?1 AND mobile = ?2 \
                 AND session = ?3 AND (spent = 0 OR id = ?4)",
                params![to.purpose.word(), to.mobile, to.session.as_bytes(), id],
            )?;
        }
        End::Refused => {
            transaction.execute("DELETE FROM sms_codes WHERE id = ?1", [id])?;
        }
        End::Unsure => {
            transaction.execute("UPDATE sms_codes SET unsure = 1 WHERE id = ?1", [id])?;
        }
    }
    Ok(())
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
