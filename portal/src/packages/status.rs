//! The status of certificates that phones keep.

use std::sync::Arc;

use quanshengshi_certificate::identifier::CertificateId;
use quanshengshi_certificate::record::CertificateRecord;
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::status::{StatusEntry, StatusList, StatusRequest};
use rusqlite::{Connection, OptionalExtension as _};

use crate::devices::refusal::Fault;
use crate::packages::VALID_OFFLINE_MS;
use crate::tasks::desk::TaskDesk;

/// The code of a certificate this portal does not know.
const UNKNOWN: &str = "99";

impl TaskDesk {
    /// The status of certificates now (M13).
    ///
    /// # Errors
    /// As [`TaskDesk::authenticate`], or a fault of storage or keys.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn status(
        self: &Arc<Self>,
        signed: Signed<StatusRequest>,
    ) -> Result<Signed<StatusList>, Fault> {
        let stated = self.authenticate(&signed).await?;
        let now_ms = self.clock.now_ms();
        let entries = self
            .store
            .read(move |connection| {
                stated
                    .certificates
                    .into_iter()
                    .map(|certificate| {
                        let status = status_of(connection, &certificate)?;
                        Ok::<_, Fault>(StatusEntry {
                            certificate,
                            status,
                        })
                    })
                    .collect::<Result<Vec<_>, _>>()
            })
            .await?;
        let list = StatusList {
            nonce: stated.nonce,
            entries,
            as_of_ms: now_ms,
            valid_offline_until_ms: now_ms + VALID_OFFLINE_MS,
        };
        Ok(self.tools.keys.signer.sign(&list)?)
    }
}

fn status_of(connection: &Connection, certificate: &str) -> Result<String, Fault> {
    let Ok(id) = CertificateId::parse(certificate) else {
        return Ok(UNKNOWN.to_owned());
    };
    let bytes: Option<Vec<u8>> = connection
        .prepare_cached("SELECT record FROM certificates WHERE identifier = ?1")?
        .query_row([id.to_string()], |row| row.get(0))
        .optional()?;
    let Some(bytes) = bytes else {
        return Ok(UNKNOWN.to_owned());
    };
    let record = CertificateRecord::from_bytes(&bytes).map_err(|_| Fault::Damaged("record"))?;
    Ok(record.status.state.code().to_owned())
}
