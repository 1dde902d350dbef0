//! Copies that were handed out, and the code (查验码) that stands on each.
//!
//! Whoever is given a copy scans its code and sees what the register says today, and what the copy
//! was made for. Only the code's digest is kept. A code is made from what it stands for, so that the
//! picture of a copy and its file carry the same one, and asking twice stores one line.

use std::sync::Arc;

use quanshengshi_certificate::record::calendar::Date;
use quanshengshi_protocol::ids::{Digest, VerificationId};
use quanshengshi_protocol::verification::VERIFY_PATH;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::certificates::CertificateError;
use crate::signing::portal_keys::PortalKeys;
use crate::store::StoreError;

/// What version 3 adds. `valid_to` is a day, as it stands on the copy.
pub const SCHEMA_3: &str = "
CREATE TABLE handed_copies (
  digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
  certificate TEXT NOT NULL,
  number TEXT NOT NULL,
  purpose TEXT NOT NULL,
  made_at_ms INTEGER NOT NULL,
  valid_to TEXT
) STRICT;
";

/// A copy, as the portal remembers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedCopy {
    /// The certificate's identifier.
    pub certificate: String,
    /// The copy's number, as it stands on it.
    pub number: String,
    /// What it was made for, as it stands on it.
    pub purpose: String,
    /// Portal time, milliseconds since 1970.
    pub made_at_ms: u64,
    /// Its last day; none when the copy itself has no end.
    pub valid_to: Option<Date>,
}

/// Makes the codes on copies: a portal's address and its secret.
#[derive(Debug, Clone)]
pub struct CopyCodes {
    keys: Arc<PortalKeys>,
    origin: Arc<str>,
}

impl CopyCodes {
    /// For a portal at a public address.
    pub fn new(keys: Arc<PortalKeys>, origin: &str) -> Self {
        Self {
            keys,
            origin: origin.into(),
        }
    }

    /// The code of a copy.
    pub(crate) fn code_of(&self, copy: &HandedCopy) -> VerificationId {
        self.keys
            .derive_copy_code(&copy.certificate, &copy.number, copy.made_at_ms)
    }

    /// The address that stands on a copy as a QR code.
    pub(crate) fn address(&self, code: VerificationId) -> String {
        format!("{}{VERIFY_PATH}{code}", self.origin)
    }
}

/// Remembers a copy under its code; a second time changes nothing.
pub(crate) fn remember(
    connection: &Connection,
    code: VerificationId,
    copy: &HandedCopy,
) -> Result<(), CertificateError> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO handed_copies VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![
            Digest::of(code.as_bytes()).as_bytes(),
            copy.certificate,
            copy.number,
            copy.purpose,
            i64::try_from(copy.made_at_ms).unwrap_or(i64::MAX),
            copy.valid_to.map(|day| day.to_string()),
        ])?;
    Ok(())
}

/// The copy of a code's digest.
///
/// # Errors
/// The storage's.
pub(crate) fn find(
    connection: &Connection,
    digest: Digest,
) -> Result<Option<HandedCopy>, StoreError> {
    let sql = "SELECT certificate, number, purpose, made_at_ms, valid_to FROM handed_copies \
               WHERE digest = ?1";
    let found = connection
        .prepare_cached(sql)?
        .query_row([digest.as_bytes()], |row| {
            let valid_to: Option<String> = row.get(4)?;
            Ok(HandedCopy {
                certificate: row.get(0)?,
                number: row.get(1)?,
                purpose: row.get(2)?,
                made_at_ms: row.get::<_, i64>(3)?.unsigned_abs(),
                valid_to: valid_to.and_then(|day| day.parse().ok()),
            })
        })
        .optional()?;
    Ok(found)
}
