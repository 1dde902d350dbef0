//! The certificates of this portal's holders, and copies made of them.

pub mod copies;
pub mod handed;
pub mod standing;
pub mod tickets;

use std::sync::Arc;

use quanshengshi_certificate::identifier::CertificateId;
use quanshengshi_certificate::ofd::write::WriteError;
use quanshengshi_certificate::record::{CertificateRecord, RecordError};
use rusqlite::{Connection, OptionalExtension, params};

use crate::accounts::{Account, AccountError, AccountId, AccountKind, Accounts};
use crate::certificates::handed::CopyCodes;
use crate::registers::Registers;
use crate::seals::{SealError, Seals};
use crate::store::{Store, StoreError};

/// The tables of this room. `holder` is a credit code or a document number.
pub const SCHEMA: &str = "
CREATE TABLE certificates (
    identifier TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    record BLOB NOT NULL
) STRICT;
CREATE INDEX certificates_by_holder ON certificates (holder);
";

/// Why there is no certificate or no copy.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// Not a certificate of this account, whether it exists or not (requirement US-02).
    #[error("no such certificate")]
    NotFound,
    /// A stored record cannot be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A copy cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A copy cannot be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// A copy cannot be drawn.
    #[error("the copy could not be drawn: {0}")]
    Drawing(String),
    /// The portal's time is outside the calendar.
    #[error("the portal's time is outside the calendar")]
    Time,
    /// The account could not be read.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for CertificateError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// All certificates, with the font their copies are written in.
#[derive(Debug, Clone)]
pub struct Certificates {
    store: Store,
    accounts: Accounts,
    font: Arc<[u8]>,
    seals: Option<Seals>,
    registers: Option<Registers>,
    codes: Option<CopyCodes>,
}

impl Certificates {
    /// Over a storage. `font` is a whole OpenType font with the signs of the records.
    pub fn new(store: Store, accounts: Accounts, font: Arc<[u8]>) -> Self {
        Self {
            store,
            accounts,
            font,
            seals: None,
            registers: None,
            codes: None,
        }
    }

    /// The same, and copies are sealed.
    #[must_use]
    pub fn sealed_by(self, seals: Option<Seals>) -> Self {
        Self { seals, ..self }
    }

    /// The same, and cards of persons carry the photo on file.
    #[must_use]
    pub fn with_portraits(self, registers: Registers) -> Self {
        Self {
            registers: Some(registers),
            ..self
        }
    }

    /// The same, and copies that are handed out carry a code that anybody can look up.
    #[must_use]
    pub fn with_codes(self, codes: CopyCodes) -> Self {
        Self {
            codes: Some(codes),
            ..self
        }
    }

    /// The seal of the copies; none when they carry none.
    pub fn seals(&self) -> Option<&Seals> {
        self.seals.as_ref()
    }

    /// Everything an account's subject holds, the newest first.
    ///
    /// # Errors
    /// [`CertificateError::Record`] or the storage's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn held_by(
        &self,
        account: &Account,
    ) -> Result<Vec<CertificateRecord>, CertificateError> {
        let holder = holder_of(account).to_owned();
        self.store
            .read(move |connection| {
                let sql = "SELECT record FROM certificates WHERE holder = ?1";
                let mut statement = connection.prepare_cached(sql)?;
                let rows = statement.query_map([holder], |row| row.get::<_, Vec<u8>>(0))?;
                let mut records = Vec::new();
                for row in rows {
                    records.push(CertificateRecord::from_bytes(&row?)?);
                }
                records.sort_by_key(|record| std::cmp::Reverse(record.issue_date));
                Ok(records)
            })
            .await
    }

    /// One certificate of an account's subject.
    ///
    /// # Errors
    /// [`CertificateError::NotFound`] also when it is somebody else's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn record_of(
        &self,
        account: &Account,
        identifier: &str,
    ) -> Result<CertificateRecord, CertificateError> {
        let id = CertificateId::parse(identifier).map_err(|_| CertificateError::NotFound)?;
        let holder = holder_of(account).to_owned();
        self.store
            .read(move |connection| {
                let sql = "SELECT record FROM certificates \
                           WHERE identifier = ?1 AND holder = ?2";
                let bytes: Option<Vec<u8>> = connection
                    .query_row(sql, params![id.to_string(), holder], |row| row.get(0))
                    .optional()?;
                let bytes = bytes.ok_or(CertificateError::NotFound)?;
                Ok(CertificateRecord::from_bytes(&bytes)?)
            })
            .await
    }

    /// Several certificates of an account by their identifiers, in that order.
    ///
    /// # Errors
    /// [`CertificateError::NotFound`] when one of them is not the account's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn records_of(
        &self,
        account: AccountId,
        identifiers: &[String],
    ) -> Result<Vec<CertificateRecord>, CertificateError> {
        let account = self.accounts.by_id(account).await?;
        let mut records = Vec::with_capacity(identifiers.len());
        for identifier in identifiers {
            records.push(self.record_of(&account, identifier).await?);
        }
        Ok(records)
    }
}

/// Stores a record of a holder, or replaces the stored one.
///
/// # Errors
/// [`CertificateError::Record`] or the storage's.
pub fn store_record(
    connection: &Connection,
    holder: &str,
    record: &CertificateRecord,
) -> Result<(), CertificateError> {
    connection.execute(
        "INSERT OR REPLACE INTO certificates VALUES (?1, ?2, ?3)",
        params![record.id.to_string(), holder, record.to_bytes()?],
    )?;
    Ok(())
}

/// Whose certificates an account opens: the enterprise's, or the person's.
fn holder_of(account: &Account) -> &str {
    match account.kind {
        AccountKind::Legal => &account.name,
        AccountKind::Personal => &account.document_number,
    }
}
