//! The files of a package.

use std::sync::Arc;

use quanshengshi_protocol::ids::{Digest, TaskId};
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::status::TaskRequest;
use rusqlite::{OptionalExtension as _, params};

use crate::devices::refusal::Fault;
use crate::tasks::desk::TaskDesk;

/// A file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// SHA-256 of its bytes.
    pub digest: Digest,
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl TaskDesk {
    /// A file of the package of an approved download, for the phone that claimed it.
    ///
    /// # Errors
    /// As [`TaskDesk::package`]; `CERT_NOT_FOUND` when the package has no such file or was not
    /// asked for yet.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn file(
        self: &Arc<Self>,
        task: TaskId,
        digest: Digest,
        signed: Signed<TaskRequest>,
    ) -> Result<StoredFile, Fault> {
        self.entitled(task, signed).await?;
        self.store
            .read(move |connection| {
                let found = connection
                    .prepare_cached(
                        "SELECT media_type, bytes FROM package_file WHERE task = ?1 AND digest = ?2",
                    )?
                    .query_row(params![task.as_bytes(), digest.as_bytes()], |row| {
                        Ok(StoredFile {
                            digest,
                            media_type: row.get(0)?,
                            bytes: row.get(1)?,
                        })
                    })
                    .optional()?;
                found.ok_or_else(|| RefusalCode::CertNotFound.into())
            })
            .await
    }
}
