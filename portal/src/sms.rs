//! SMS codes: one purpose, one number, one session, five minutes (requirement SM-01).
//!
//! A code lies in the database only as an HMAC under a key of this run; a restart kills the codes
//! that are out, which costs a person one more message. [`SmsGateway`] is the port to the real
//! gateway; [`SampleGateway`] keeps the texts where a person with a sample portal can read them.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use quanshengshi_protocol::ids::Digest;
use ring::hmac;
use rusqlite::{Connection, OptionalExtension, params};

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

/// Milliseconds a code lives.
pub const LIFE_MS: u64 = 300_000;
/// Milliseconds between two messages to one number.
pub const PAUSE_MS: u64 = 60_000;
const HOUR_MS: u64 = 3_600_000;
const MOST_PER_MOBILE: i64 = 5;
const MOST_PER_NETWORK: i64 = 20;
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
    /// [`SmsError::Gateway`] when it was not taken.
    async fn send(&self, mobile: &str, text: &str) -> Result<(), SmsError>;
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

    /// Sends a new code; the one before it is dead.
    ///
    /// # Errors
    /// [`SmsError::TooOften`] beyond 1 a minute and 5 an hour for a number or 20 an hour for a
    /// network; [`SmsError::Gateway`]; the storage's.
    ///
    /// # Cancellation
    /// The message may have been sent; asking again is answered with the wait.
    pub async fn send_code(&self, to: Recipient, network: &str) -> Result<(), SmsError> {
        let code = self.random.make_digits(6)?;
        let tag = hmac::sign(&self.key, &message(&to, &code))
            .as_ref()
            .to_vec();
        let now_ms = self.clock.now_ms();
        let network = network.to_owned();
        let text = format!("【黑龙江政务服务】验证码 {code}，5 分钟内有效。请勿告诉他人。");
        let mobile = to.mobile.clone();
        self.store
            .write(move |transaction| {
                if let Some(wait_ms) = wait(transaction, &to.mobile, &network, now_ms)? {
                    return Err(SmsError::TooOften { wait_ms });
                }
                transaction.execute(
                    "UPDATE sms_codes SET spent = 1 WHERE purpose = ?1 AND mobile = ?2 \
                     AND session = ?3",
                    params![to.purpose.word(), to.mobile, to.session.as_bytes()],
                )?;
                transaction.execute(
                    "INSERT INTO sms_codes \
                     (purpose, mobile, session, network, code, wrong, spent, sent_at_ms) \
                     VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, ?6)",
                    params![
                        to.purpose.word(),
                        to.mobile,
                        to.session.as_bytes(),
                        network,
                        tag,
                        signed(now_ms)
                    ],
                )?;
                Ok(())
            })
            .await?;
        self.gateway.send(&mobile, &text).await
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

/// A gateway that puts every text where the sample portal's outbox page shows it.
#[derive(Debug, Clone)]
pub struct SampleGateway {
    store: Store,
    clock: Arc<dyn Clock>,
}

/// A message that the sample gateway took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentMessage {
    /// To whom.
    pub mobile: String,
    /// What.
    pub text: String,
    /// When, milliseconds since 1970.
    pub sent_at_ms: u64,
}

impl SampleGateway {
    /// Over a storage.
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// The last twenty messages, newest first.
    ///
    /// # Errors
    /// The storage's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn outbox(&self) -> Result<Vec<SentMessage>, StoreError> {
        self.store
            .read(|connection| {
                let sql = "SELECT mobile, text, sent_at_ms FROM sms_outbox \
                           ORDER BY id DESC LIMIT 20";
                let mut statement = connection.prepare(sql)?;
                let rows = statement.query_map([], |row| {
                    Ok(SentMessage {
                        mobile: row.get(0)?,
                        text: row.get(1)?,
                        sent_at_ms: row.get::<_, i64>(2)?.unsigned_abs(),
                    })
                })?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .await
    }
}

#[async_trait]
impl SmsGateway for SampleGateway {
    async fn send(&self, mobile: &str, text: &str) -> Result<(), SmsError> {
        let (mobile, text) = (mobile.to_owned(), text.to_owned());
        let now = signed(self.clock.now_ms());
        self.store
            .write(move |transaction| {
                transaction.execute(
                    "INSERT INTO sms_outbox (mobile, text, sent_at_ms) VALUES (?1, ?2, ?3)",
                    params![mobile, text, now],
                )?;
                Ok(())
            })
            .await
    }
}

/// Milliseconds to wait before the next message, if any.
fn wait(
    connection: &Connection,
    mobile: &str,
    network: &str,
    now_ms: u64,
) -> Result<Option<u64>, SmsError> {
    // The oldest of the last `most` messages must be `within` ago.
    let limits = [
        ("mobile", mobile, 1, PAUSE_MS),
        ("mobile", mobile, MOST_PER_MOBILE, HOUR_MS),
        ("network", network, MOST_PER_NETWORK, HOUR_MS),
    ];
    for (column, value, most, within) in limits {
        let sql = format!(
            "SELECT sent_at_ms FROM sms_codes WHERE {column} = ?1 \
             ORDER BY sent_at_ms DESC LIMIT 1 OFFSET ?2"
        );
        let found: Option<i64> = connection
            .query_row(&sql, params![value, most - 1], |row| row.get(0))
            .optional()?;
        let free_at = found.map_or(0, |sent| sent.unsigned_abs().saturating_add(within));
        if free_at > now_ms {
            return Ok(Some(free_at - now_ms));
        }
    }
    Ok(None)
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
