//! Invented people and enterprises for a portal that shows itself (`--sample`).
//!
//! Every name, number and address is fictional; numbers follow the rules they would have to
//! follow, records are marked 样例. The two faces are rendered and belong to nobody
//! (`tests/fixtures/people`). Loading twice changes nothing but the records.

pub mod enterprises;
pub mod people;

use quanshengshi_certificate::record::calendar::Moment;
use rusqlite::params;

use crate::certificates::{CertificateError, store_record};
use crate::store::Store;

/// Loads the samples into the registers and the certificates of a portal.
///
/// # Errors
/// [`CertificateError`] when a record is malformed or the storage fails.
///
/// # Cancellation
/// All or nothing.
pub async fn load(store: &Store, now_ms: u64) -> Result<(), CertificateError> {
    let as_of = Moment::from_unix_seconds(now_ms / 1000).map_err(|_| CertificateError::Time)?;
    let records = enterprises::records(as_of)?;
    store
        .write(move |transaction| {
            for person in people::ALL {
                transaction.execute(
                    "INSERT OR REPLACE INTO register_persons VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
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
            for enterprise in enterprises::ALL {
                transaction.execute(
                    "INSERT OR REPLACE INTO register_enterprises \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    params![
                        enterprise.code,
                        enterprise.name,
                        enterprise.representative.name,
                        enterprise.representative.kind,
                        enterprise.filed_number,
                        enterprise.contact,
                        enterprise.active
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
