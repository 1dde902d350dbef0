//! The sample portal's gateway, and what it took.

use std::sync::Arc;

use async_trait::async_trait;
use rusqlite::params;

use crate::clock::Clock;
use crate::sms::{SmsError, SmsGateway, signed};
use crate::store::{Store, StoreError};

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
