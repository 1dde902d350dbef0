//! Invented people and enterprises for a portal that shows itself (`--sample`).
//!
//! Every name, number and address is fictional; numbers follow the rules they would have to
//! follow, records are marked 样例. The two faces are rendered and belong to nobody
//! (`tests/fixtures/people`). Loading twice changes nothing but the records.

pub mod certificates;
pub mod enterprises;
pub mod people;
pub mod reviewers;

use quanshengshi_certificate::record::calendar::Moment;
use rusqlite::params;

use crate::certificates::{CertificateError, store_record};
use crate::store::Store;

/// Which registers the samples stand in for; certificates are loaded always.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts {
    /// The population register.
    pub persons: bool,
    /// The market regulator's register.
    pub enterprises: bool,
}

/// Loads the samples into the registers and the certificates of a portal.
///
/// # Errors
/// [`CertificateError`] when a record is malformed or the storage fails.
///
/// # Cancellation
/// All or nothing.
pub async fn load(store: &Store, now_ms: u64) -> Result<(), CertificateError> {
    let all = Parts {
        persons: true,
        enterprises: true,
    };
    load_parts(store, now_ms, all).await
}

/// Loads the certificates, and the registers that no real one answers for.
///
/// # Errors
/// As [`load`].
///
/// # Cancellation
/// All or nothing.
pub async fn load_parts(store: &Store, now_ms: u64, parts: Parts) -> Result<(), CertificateError> {
    let as_of = Moment::from_unix_seconds(now_ms / 1000).map_err(|_| CertificateError::Time)?;
    let records = certificates::records(as_of)?;
    store
        .write(move |transaction| {
            for person in people::ALL.iter().filter(|_| parts.persons) {
                transaction.execute(
                    "INSERT OR REPLACE INTO register_persons \
                     (document_number, document_kind, name, valid_from, valid_to, photo) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    params![
                        person.number,
                        person.kind,
                        person.name,
                        person.valid_from,
                        person.valid_to,
                        person.photo
                    ],
                )?;
            }
            for enterprise in enterprises::ALL.iter().filter(|_| parts.enterprises) {
                transaction.execute(
                    "INSERT OR REPLACE INTO register_enterprises \
                     (credit_code, name, representative_name, representative_kind, \
                     representative_number, contact, active, kind) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                    params![
                        enterprise.code,
                        enterprise.name,
                        enterprise.representative.name,
                        enterprise.representative.kind,
                        enterprise.filed_number,
                        enterprise.contact,
                        enterprise.active,
                        enterprise.kind()
                    ],
                )?;
            }
            for reviewer in reviewers::ALL {
                transaction.execute(
                    "INSERT OR IGNORE INTO reviewers (name, role, password, added_at_ms) \
                     VALUES (?1, ?2, ?3, ?4)",
                    params![
                        reviewer.name,
                        reviewer.role.word(),
                        reviewers::PASSWORD_HASH,
                        i64::try_from(now_ms).unwrap_or(i64::MAX)
                    ],
                )?;
            }
            for (holder, record) in &records {
                store_record(transaction, holder, record)?;
            }
            Ok(())
        })
        .await
}

#[cfg(test)]
mod tests;
