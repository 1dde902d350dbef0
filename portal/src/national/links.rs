//! Which subject of the national portal opened which account.
//!
//! A subject whose real-name level is low may come back to the account it made, and to no other.

use rusqlite::params;

use crate::accounts::AccountId;
use crate::national::NationalError;
use crate::store::Store;

/// The tables of this room.
pub const SCHEMA: &str = "
CREATE TABLE national_links (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    account INTEGER NOT NULL REFERENCES accounts (id),
    made_at_ms INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject, account)
) STRICT, WITHOUT ROWID;
";

/// A subject of a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The provider.
    pub issuer: String,
    /// Its name for the person.
    pub name: String,
}

/// Remembers that a subject opened an account. Doing it twice is the same as once.
///
/// # Errors
/// Only the storage's.
///
/// # Cancellation
/// It is remembered once it was queued.
pub async fn link(
    store: &Store,
    subject: Subject,
    account: AccountId,
    now_ms: u64,
) -> Result<(), NationalError> {
    store
        .write(move |transaction| {
            transaction.execute(
                "INSERT OR IGNORE INTO national_links VALUES (?1, ?2, ?3, ?4)",
                params![
                    subject.issuer,
                    subject.name,
                    account.0,
                    i64::try_from(now_ms).unwrap_or(i64::MAX)
                ],
            )?;
            Ok(())
        })
        .await
}

/// Whether a subject opened an account before.
///
/// # Errors
/// Only the storage's.
///
/// # Cancellation
/// Harmless.
pub async fn is_linked(
    store: &Store,
    subject: Subject,
    account: AccountId,
) -> Result<bool, NationalError> {
    store
        .read(move |connection| {
            let sql = "SELECT count(*) FROM national_links \
                       WHERE issuer = ?1 AND subject = ?2 AND account = ?3";
            let values = params![subject.issuer, subject.name, account.0];
            let found: i64 = connection.query_row(sql, values, |row| row.get(0))?;
            Ok(found > 0)
        })
        .await
}
