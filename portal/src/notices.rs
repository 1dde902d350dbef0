//! Messages that must arrive (requirements SM-04, SM-05): queued in the transaction of what they
//! tell about, sent afterwards, tried again until they are taken.
//!
//! A message is sent at least once: when the portal stops between the gateway's yes and its own
//! note of it, the same text goes out again, which is better than never. Codes are not sent this
//! way: a code that comes late is no code.

pub mod notice;

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use crate::accounts::AccountId;
use crate::clock::Clock;
use crate::notices::notice::Notice;
use crate::sms::SmsGateway;
use crate::store::{Store, StoreError};

/// The tables of this room.
pub const SCHEMA: &str = "
CREATE TABLE notices (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    mobile TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
    tries INTEGER NOT NULL,
    queued_at_ms INTEGER NOT NULL,
    next_at_ms INTEGER NOT NULL,
    sent_at_ms INTEGER
) STRICT;
CREATE INDEX notices_due ON notices (next_at_ms) WHERE state = 'queued';
";

/// Milliseconds before the second try; doubles up to [`LONGEST_PAUSE_MS`].
pub const FIRST_PAUSE_MS: u64 = 30_000;
/// The longest pause between two tries, milliseconds.
pub const LONGEST_PAUSE_MS: u64 = 3_600_000;
/// Milliseconds after which a message is given up, and shown as not delivered.
pub const GIVEN_UP_AFTER_MS: u64 = 3 * 86_400_000;
/// Milliseconds a message is kept that was sent or given up: as long as a status page shows it.
const KEPT_MS: u64 = 60 * 86_400_000;
/// The most messages of one round.
const MOST_AT_ONCE: u32 = 50;

/// A queued message, by its number in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeId(pub i64);

/// Where a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// Waiting for its first try, or for the next after so many that failed.
    Queued {
        /// Tries that failed.
        tries: u32,
    },
    /// The gateway took it, milliseconds since 1970.
    Sent(u64),
    /// Given up.
    Failed,
}

/// Queues a message in the transaction of what it tells about.
///
/// # Errors
/// The storage's; the whole transaction must then be undone.
pub fn queue(
    transaction: &Transaction<'_>,
    now_ms: u64,
    mobile: &str,
    notice: &Notice,
) -> rusqlite::Result<NoticeId> {
    transaction
        .prepare_cached(
            "INSERT INTO notices (kind, mobile, text, state, tries, queued_at_ms, next_at_ms) \
             VALUES (?1, ?2, ?3, 'queued', 0, ?4, ?4)",
        )?
        .execute(params![
            notice.word(),
            mobile,
            notice.message(),
            signed(now_ms)
        ])?;
    Ok(NoticeId(transaction.last_insert_rowid()))
}

/// Queues a message for the number that is bound to an account; nothing when it has none.
///
/// # Errors
/// As [`queue`].
pub fn queue_for_account(
    transaction: &Transaction<'_>,
    now_ms: u64,
    account: AccountId,
    notice: &Notice,
) -> rusqlite::Result<Option<NoticeId>> {
    let mobile: Option<String> = transaction
        .prepare_cached("SELECT mobile FROM accounts WHERE id = ?1")?
        .query_row([account.0], |row| row.get(0))
        .optional()?;
    mobile
        .filter(|mobile| !mobile.is_empty())
        .map(|mobile| queue(transaction, now_ms, &mobile, notice))
        .transpose()
}

/// Where a message is; nothing when it was forgotten.
///
/// # Errors
/// The storage's.
pub fn delivery(connection: &Connection, id: NoticeId) -> rusqlite::Result<Option<Delivery>> {
    connection
        .prepare_cached("SELECT state, tries, sent_at_ms FROM notices WHERE id = ?1")?
        .query_row([id.0], |row| {
            let (state, sent): (String, Option<i64>) = (row.get(0)?, row.get(2)?);
            Ok(match (state.as_str(), sent) {
                ("sent", Some(at)) => Delivery::Sent(at.unsigned_abs()),
                ("failed", _) => Delivery::Failed,
                _ => Delivery::Queued { tries: row.get(1)? },
            })
        })
        .optional()
}

/// The pause after so many failed tries, milliseconds.
pub fn pause_ms(tries: u32) -> u64 {
    FIRST_PAUSE_MS
        .checked_shl(tries.saturating_sub(1).min(20))
        .map_or(LONGEST_PAUSE_MS, |pause| pause.min(LONGEST_PAUSE_MS))
}

/// The sender of queued messages.
#[derive(Debug, Clone)]
pub struct Notices {
    store: Store,
    clock: Arc<dyn Clock>,
    gateway: Arc<dyn SmsGateway>,
}

/// A message whose turn it is.
struct Due {
    id: i64,
    mobile: String,
    text: String,
    tries: u32,
    queued_at_ms: u64,
}

impl Notices {
    /// Over a storage and a gateway.
    pub fn new(store: Store, clock: Arc<dyn Clock>, gateway: Arc<dyn SmsGateway>) -> Self {
        Self {
            store,
            clock,
            gateway,
        }
    }

    /// Sends what is due, and says how many messages were taken.
    ///
    /// # Errors
    /// Only the storage's: a gateway that does not take a message is asked again later.
    ///
    /// # Cancellation
    /// What was taken for this round comes again after its pause.
    pub async fn send_due(&self) -> Result<usize, StoreError> {
        let due = self.take_due().await?;
        let mut sent = 0;
        for message in due {
            let taken = self.gateway.send(&message.mobile, &message.text).await;
            let now_ms = self.clock.now_ms();
            let age_ms = now_ms.saturating_sub(message.queued_at_ms);
            let state = match taken {
                Ok(()) => "sent",
                Err(_) if age_ms >= GIVEN_UP_AFTER_MS => "failed",
                Err(_) => "queued",
            };
            sent += usize::from(state == "sent");
            let at = (state == "sent").then(|| signed(now_ms));
            self.store
                .write(move |transaction| {
                    let sql = "UPDATE notices SET state = ?2, sent_at_ms = ?3 WHERE id = ?1";
                    transaction.execute(sql, params![message.id, state, at])?;
                    Ok::<_, StoreError>(())
                })
                .await?;
        }
        Ok(sent)
    }

    /// Takes what is due, each with its next turn already set: two senders never take the same.
    async fn take_due(&self) -> Result<Vec<Due>, StoreError> {
        let now_ms = self.clock.now_ms();
        let now = signed(now_ms);
        let read = move |connection: &Connection| {
            let sql = "SELECT id, mobile, text, tries, queued_at_ms FROM notices \
                       WHERE state = 'queued' AND next_at_ms <= ?1 ORDER BY next_at_ms LIMIT ?2";
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map(params![now, MOST_AT_ONCE], |row| {
                Ok(Due {
                    id: row.get(0)?,
                    mobile: row.get(1)?,
                    text: row.get(2)?,
                    tries: row.get(3)?,
                    queued_at_ms: row.get::<_, i64>(4)?.unsigned_abs(),
                })
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        // Most rounds find nothing: they must not cost a write.
        let any = self
            .store
            .read(move |connection| Ok::<_, StoreError>(!read(connection)?.is_empty()))
            .await?;
        if !any {
            return Ok(Vec::new());
        }
        self.store
            .write(move |transaction| {
                let due = read(transaction)?;
                for message in &due {
                    let tries = message.tries.saturating_add(1);
                    transaction.execute(
                        "UPDATE notices SET tries = ?2, next_at_ms = ?3 WHERE id = ?1",
                        params![
                            message.id,
                            tries,
                            signed(now_ms.saturating_add(pause_ms(tries)))
                        ],
                    )?;
                }
                transaction.execute(
                    "DELETE FROM notices WHERE state <> 'queued' AND queued_at_ms < ?1",
                    [signed(now_ms.saturating_sub(KEPT_MS))],
                )?;
                Ok::<_, StoreError>(due)
            })
            .await
    }
}

fn signed(at_ms: u64) -> i64 {
    i64::try_from(at_ms).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
