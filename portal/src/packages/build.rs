//! Building a package and keeping it.

use std::sync::Arc;

use quanshengshi_certificate::record::CertificateRecord;
use quanshengshi_certificate::record::calendar::Moment;
use quanshengshi_protocol::ids::{DeviceId, Digest, TaskId};
use quanshengshi_protocol::package::{Package, PackageFile, PackageItem};
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::status::TaskRequest;
use quanshengshi_protocol::transaction::TaskKind;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::audit::entry::{Actor, AuditEvent};
use crate::certificates::CertificateError;
use crate::certificates::copies::CopyFor;
use crate::devices::columns::to_column;
use crate::devices::refusal::Fault;
use crate::devices::uses;
use crate::packages::{REFRESH_AFTER_MS, VALID_OFFLINE_MS};
use crate::tasks::desk::TaskDesk;
use crate::tasks::limits::Limits;
use crate::tasks::phone_side::same_task;
use crate::tasks::row::TaskRow;
use crate::tasks::work::Work;

/// The name of the file inside a package.
const FILE_NAME: &str = "certificate.ofd";
/// Its media type (GB/T 33190).
const MEDIA_TYPE: &str = "application/ofd";
/// Digits of a copy's number.
const NUMBER_DIGITS: usize = 10;

/// A file of a package with its bytes.
struct PackedFile {
    mark: PackageFile,
    bytes: Vec<u8>,
}

impl TaskDesk {
    /// The package of an approved download, for the phone that claimed it.
    ///
    /// # Errors
    /// `TASK_UNKNOWN` to every other device, `TASK_STATE` unless it is an approved download whose
    /// time is not over, `CERT_NOT_FOUND` when a certificate is the account's no more; as
    /// [`TaskDesk::authenticate`].
    ///
    /// # Cancellation
    /// May be repeated: the package stays the same.
    pub async fn package(
        self: &Arc<Self>,
        task: TaskId,
        signed: Signed<TaskRequest>,
    ) -> Result<Signed<Package>, Fault> {
        let row = self.entitled(task, signed).await?;
        let kept = self
            .store
            .read(move |connection| kept_package(connection, task))
            .await?;
        if let Some(package) = kept {
            return Ok(package);
        }
        let (package, files) = self.build(&row).await?;
        self.write(move |work| keep_package(work, task, &package, &files))
            .await
    }

    /// The task, if this request is of the device that may have its package now.
    pub(crate) async fn entitled(
        self: &Arc<Self>,
        task: TaskId,
        signed: Signed<TaskRequest>,
    ) -> Result<TaskRow, Fault> {
        let stated = self.authenticate(&signed).await?;
        same_task(task, stated.task)?;
        let row = self.settled(task).await?;
        if row.device != Some(stated.device) {
            return Err(RefusalCode::TaskUnknown.into());
        }
        let until = row
            .approved_at_ms
            .map(|at| ends_at_ms(&self.tools.limits, at));
        let open = until.is_some_and(|until| self.clock.now_ms() < until);
        if open && row.kind == TaskKind::CertificateDownload {
            Ok(row)
        } else if row.state == TaskState::Closed {
            Err(RefusalCode::TaskState.into())
        } else {
            Err(row.refusal().into())
        }
    }

    async fn build(&self, row: &TaskRow) -> Result<(Package, Vec<PackedFile>), Fault> {
        let now_ms = self.clock.now_ms();
        let agreed = row.agreed()?;
        let device: DeviceId = row.device.ok_or(RefusalCode::TaskState)?;
        let named: Vec<String> = agreed
            .objects
            .into_iter()
            .map(|object| object.certificate)
            .collect();
        let records = self
            .certificates
            .records_of(row.account, &named)
            .await
            .map_err(fault)?;
        let (mut items, mut files) = (Vec::new(), Vec::new());
        for mut record in records {
            // The register was read just now: this is when its word was true.
            record.status.as_of = Moment::from_unix_seconds(now_ms / 1000)
                .map_err(|_| Fault::Damaged("portal time"))?;
            let file = self.pack(&record, &agreed.subject, now_ms).await?;
            items.push(PackageItem {
                certificate: record.id.to_string(),
                record: record.to_bytes().map_err(|_| Fault::Damaged("record"))?,
                files: vec![file.mark.clone()],
            });
            files.push(file);
        }
        let package = Package {
            task: row.id,
            device,
            items,
            as_of_ms: now_ms,
            refresh_after_ms: now_ms + REFRESH_AFTER_MS,
            valid_offline_until_ms: now_ms + VALID_OFFLINE_MS,
        };
        Ok((package, files))
    }

    async fn pack(
        &self,
        record: &CertificateRecord,
        asked_by: &str,
        now_ms: u64,
    ) -> Result<PackedFile, Fault> {
        let copy = CopyFor::Handset {
            asked_by: asked_by.to_owned(),
            number: self.tools.random.make_digits(NUMBER_DIGITS)?,
        };
        let bytes = self
            .certificates
            .copy_for(record, copy, now_ms)
            .await
            .map_err(fault)?;
        Ok(PackedFile {
            mark: PackageFile {
                name: FILE_NAME.to_owned(),
                media_type: MEDIA_TYPE.to_owned(),
                length: bytes.len() as u64,
                digest: Digest::of(&bytes),
            },
            bytes,
        })
    }
}

/// When a package is no longer handed out.
fn ends_at_ms(limits: &Limits, approved_at_ms: u64) -> u64 {
    approved_at_ms + limits.approval_ms + limits.afterwards_ms
}

fn fault(error: CertificateError) -> Fault {
    match error {
        CertificateError::NotFound => RefusalCode::CertNotFound.into(),
        CertificateError::Store(error) => error.into(),
        other => Fault::Room(other.to_string()),
    }
}

fn kept_package(connection: &Connection, task: TaskId) -> Result<Option<Signed<Package>>, Fault> {
    let found: Option<(Vec<u8>, Vec<u8>)> = connection
        .prepare_cached("SELECT statement, signature FROM package WHERE task = ?1")?
        .query_row([task.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.map(|(statement, signature)| Signed::from_parts(statement, signature)))
}

/// Keeps a package that was built; when another request was faster, gives that one's.
fn keep_package(
    work: &mut Work<'_>,
    task: TaskId,
    package: &Package,
    files: &[PackedFile],
) -> Result<Signed<Package>, Fault> {
    if let Some(kept) = kept_package(work.tx, task)? {
        return Ok(kept);
    }
    let row = work.task(task)?;
    let approved_at_ms = row.approved_at_ms.ok_or(RefusalCode::TaskState)?;
    let until = to_column(ends_at_ms(&work.tools.limits, approved_at_ms));
    let signed = work.tools.keys.signer.sign(package)?;
    work.tx
        .prepare_cached(
            "INSERT INTO package (task, statement, signature, ends_at_ms) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            task.as_bytes(),
            signed.bytes(),
            signed.signature(),
            until
        ])?;
    let mut insert = work.tx.prepare_cached(
        "INSERT OR IGNORE INTO package_file (task, digest, media_type, bytes) \
         VALUES (?1, ?2, ?3, ?4)",
    )?;
    for file in files {
        insert.execute(params![
            task.as_bytes(),
            file.mark.digest.as_bytes(),
            file.mark.media_type,
            file.bytes
        ])?;
    }
    for item in &package.items {
        let (account, device) = (row.account, package.device);
        uses::note_copy(work.tx, work.now_ms, account, device, &item.certificate)?;
    }
    work.audit(&row, Actor::Phone, AuditEvent::Packaged)?;
    Ok(signed)
}
