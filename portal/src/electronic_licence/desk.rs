//! The sign-ins by electronic licence that PCs have under way: one a session.
//!
//! A code belongs to the session that began it. What somebody confirmed is taken out once: by the
//! sign-in, or kept as the session's for the completion page (requirement EL-02).

use std::sync::Arc;

use quanshengshi_protocol::ids::Digest;
use rusqlite::{OptionalExtension, Transaction, params};

use crate::clock::Clock;
use crate::electronic_licence::{
    ElectronicLicence, LicenceAnswer, LicenceCode, LicenceUnavailable,
};
use crate::store::{Store, StoreError};
use crate::vouched::read::Assertion;

/// The tables of this room. A row holds a code that waits, or an assertion that is to be
/// completed.
pub const SCHEMA: &str = "
CREATE TABLE licence_sign_ins (
    session BLOB PRIMARY KEY,
    id TEXT NOT NULL,
    code TEXT NOT NULL,
    assertion TEXT NOT NULL,
    ends_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX licence_sign_ins_by_end ON licence_sign_ins (ends_at_ms);
CREATE TABLE licence_begun (
    network TEXT NOT NULL,
    begun_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX licence_begun_by_network ON licence_begun (network, begun_at_ms);
";

/// Milliseconds a person has for the completion page.
pub const COMPLETION_MS: u64 = 1_800_000;
/// Milliseconds over which the codes of a network are counted.
const WINDOW_MS: u64 = 600_000;
/// Codes of one network within [`WINDOW_MS`].
const MOST_PER_NETWORK: i64 = 60;

/// Why a sign-in cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum LicenceError {
    /// The service; nothing is lost, the code waits on.
    #[error(transparent)]
    Unavailable(#[from] LicenceUnavailable),
    /// Too many codes for one network.
    #[error("too many codes for one network")]
    TooMany,
    /// The storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for LicenceError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// A code as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The text of the QR code.
    pub text: String,
    /// Milliseconds it is good for.
    pub left_ms: u64,
}

/// Where the sign-in of a session stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// None is under way.
    None,
    /// A code waits to be scanned.
    Waiting(Shown),
    /// Somebody confirmed it.
    Confirmed(Box<Assertion>),
    /// Somebody declined.
    Denied,
    /// It is too old.
    Expired,
}

struct Row {
    id: String,
    code: String,
    left_ms: u64,
}

/// All sign-ins by electronic licence. Clones are one.
#[derive(Debug, Clone)]
pub struct LicenceDesk {
    store: Store,
    clock: Arc<dyn Clock>,
    service: Arc<dyn ElectronicLicence>,
}

impl LicenceDesk {
    /// Over a storage and a service.
    pub fn new(store: Store, clock: Arc<dyn Clock>, service: Arc<dyn ElectronicLicence>) -> Self {
        Self {
            store,
            clock,
            service,
        }
    }

    /// A new code for a session, in the place of any other.
    ///
    /// # Errors
    /// [`LicenceError`].
    ///
    /// # Cancellation
    /// A code may have been made that nobody sees; it ends by itself.
    pub async fn begin(&self, session: Digest, network: &str) -> Result<Shown, LicenceError> {
        let (network, now) = (network.to_owned(), self.now());
        self.store
            .write(move |transaction| count(transaction, &network, now))
            .await?;
        let code = self.service.begin().await?;
        let LicenceCode { id, text, life_ms } = code;
        let shown = Shown {
            text: text.clone(),
            left_ms: life_ms,
        };
        let ends = self.now().saturating_add_unsigned(life_ms);
        self.store
            .write(move |transaction| {
                transaction.execute(
                    "INSERT OR REPLACE INTO licence_sign_ins VALUES (?1, ?2, ?3, '', ?4)",
                    params![session.as_bytes(), id, text, ends],
                )?;
                Ok::<_, LicenceError>(())
            })
            .await?;
        Ok(shown)
    }

    /// Where the sign-in of a session stands; the service is asked, nothing changes.
    ///
    /// # Errors
    /// [`LicenceError`].
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn standing(&self, session: Digest) -> Result<Standing, LicenceError> {
        let Some(row) = self.row(session).await? else {
            return Ok(Standing::None);
        };
        if row.left_ms == 0 {
            return Ok(Standing::Expired);
        }
        Ok(match self.service.poll(&row.id).await? {
            LicenceAnswer::Waiting => Standing::Waiting(Shown {
                text: row.code,
                left_ms: row.left_ms,
            }),
            LicenceAnswer::Confirmed(assertion) => Standing::Confirmed(assertion),
            LicenceAnswer::Denied => Standing::Denied,
            LicenceAnswer::Expired => Standing::Expired,
        })
    }

    /// The same, and what is decided is taken out: the next one who asks finds none.
    ///
    /// # Errors
    /// [`LicenceError`].
    ///
    /// # Cancellation
    /// What was confirmed may be taken out: the person scans again.
    pub async fn take(&self, session: Digest) -> Result<Standing, LicenceError> {
        let standing = self.standing(session).await?;
        if matches!(standing, Standing::None | Standing::Waiting(_)) {
            return Ok(standing);
        }
        let was_there = self
            .store
            .write(move |transaction| {
                let sql = "DELETE FROM licence_sign_ins WHERE session = ?1 AND assertion = ''";
                let gone = transaction.execute(sql, [session.as_bytes()])?;
                Ok::<_, LicenceError>(gone == 1)
            })
            .await?;
        // Another page of the same session was faster.
        Ok(if was_there { standing } else { Standing::None })
    }

    /// Keeps what was confirmed for the completion page of a session.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// It is kept once it was queued.
    pub async fn keep(&self, session: Digest, assertion: &Assertion) -> Result<(), LicenceError> {
        let text = serde_json::json!(assertion).to_string();
        let ends = self.now().saturating_add_unsigned(COMPLETION_MS);
        self.store
            .write(move |transaction| {
                transaction.execute(
                    "INSERT OR REPLACE INTO licence_sign_ins VALUES (?1, '', '', ?2, ?3)",
                    params![session.as_bytes(), text, ends],
                )?;
                Ok(())
            })
            .await
    }

    /// What is to be completed in a session, if anything is.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn kept(&self, session: Digest) -> Result<Option<Assertion>, LicenceError> {
        let now = self.now();
        let text: Option<String> = self
            .store
            .read(move |connection| {
                let sql = "SELECT assertion FROM licence_sign_ins \
                           WHERE session = ?1 AND assertion <> '' AND ends_at_ms > ?2";
                let values = params![session.as_bytes(), now];
                let found = connection.query_row(sql, values, |row| row.get(0));
                Ok::<_, LicenceError>(found.optional()?)
            })
            .await?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Forgets what was to be completed.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// It is forgotten once it was queued.
    pub async fn forget(&self, session: Digest) -> Result<(), LicenceError> {
        self.store
            .write(move |transaction| {
                let sql = "DELETE FROM licence_sign_ins WHERE session = ?1";
                transaction.execute(sql, [session.as_bytes()])?;
                Ok(())
            })
            .await
    }

    async fn row(&self, session: Digest) -> Result<Option<Row>, LicenceError> {
        let now = self.now();
        self.store
            .read(move |connection| {
                let sql = "SELECT id, code, ends_at_ms FROM licence_sign_ins \
                           WHERE session = ?1 AND assertion = ''";
                let found = connection.query_row(sql, [session.as_bytes()], |row| {
                    let ends: i64 = row.get(2)?;
                    Ok(Row {
                        id: row.get(0)?,
                        code: row.get(1)?,
                        left_ms: u64::try_from(ends.saturating_sub(now)).unwrap_or(0),
                    })
                });
                Ok(found.optional()?)
            })
            .await
    }

    fn now(&self) -> i64 {
        i64::try_from(self.clock.now_ms()).unwrap_or(i64::MAX)
    }
}

/// Counts a code that is about to be made, and clears away what is over.
fn count(transaction: &Transaction<'_>, network: &str, now: i64) -> Result<(), LicenceError> {
    let old = now.saturating_sub_unsigned(WINDOW_MS);
    transaction.execute("DELETE FROM licence_begun WHERE begun_at_ms < ?1", [old])?;
    transaction.execute("DELETE FROM licence_sign_ins WHERE ends_at_ms < ?1", [old])?;
    let sql = "SELECT count(*) FROM licence_begun WHERE network = ?1";
    let begun: i64 = transaction.query_row(sql, [network], |row| row.get(0))?;
    if begun >= MOST_PER_NETWORK {
        return Err(LicenceError::TooMany);
    }
    transaction.execute(
        "INSERT INTO licence_begun VALUES (?1, ?2)",
        params![network, now],
    )?;
    Ok(())
}
