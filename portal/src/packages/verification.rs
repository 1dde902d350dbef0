//! Codes by which somebody else checks a certificate that a phone shows (certificates.md 3.4), or a copy
//! that was handed out.
//!
//! A phone's code is 16 random bytes that open one page for three minutes; only its digest is kept, and
//! its first use is noted. A copy's code (`certificates::handed`) opens its page as long as the copy
//! lies in somebody's drawer. Whoever asks for an unknown or an expired code gets the same answer, and
//! few answers a minute (A6).

use std::sync::Arc;

use quanshengshi_certificate::identifier::CertificateId;
use quanshengshi_certificate::record::CertificateRecord;
use quanshengshi_protocol::ids::{DeviceId, Digest, VerificationId};
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::verification::{VerificationGrant, VerificationRequest};
use rusqlite::{OptionalExtension as _, params};

use crate::audit::entry::{Actor, AuditEntry, AuditEvent};
use crate::certificates::handed::{HandedCopy, find};
use crate::devices::answers::{keep, kept};
use crate::devices::columns::{from_column, to_column};
use crate::devices::device::usable;
use crate::devices::refusal::{Fault, Refusal};
use crate::devices::uses::keeps;
use crate::tasks::desk::TaskDesk;
use crate::tasks::work::Work;

/// What version 2 adds.
pub const SCHEMA_2: &str = "
CREATE TABLE verification (
  digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
  certificate TEXT NOT NULL,
  device BLOB NOT NULL CHECK (length(device) = 16),
  made_at_ms INTEGER NOT NULL,
  ends_at_ms INTEGER NOT NULL,
  first_opened_at_ms INTEGER
) STRICT;
CREATE INDEX verification_device ON verification (device, made_at_ms);
CREATE TABLE verification_look (
  network TEXT NOT NULL,
  looked_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX verification_look_network ON verification_look (network, looked_at_ms);
";

/// Milliseconds a code opens its page.
pub const CODE_LIFE_MS: u64 = 180_000;
/// A minute, over which codes and looks are counted.
const MINUTE_MS: u64 = 60_000;
/// Codes of one device in a minute.
const MOST_CODES: u32 = 10;
/// Looks of one network in a minute.
const MOST_LOOKS: u32 = 30;

/// A certificate as a code shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Verified {
    /// The record as the register holds it now.
    pub record: CertificateRecord,
    /// Portal time of this look: when the record's word was true.
    pub as_of_ms: u64,
    /// What carries the code.
    pub shown_by: ShownBy,
}

/// What carries a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShownBy {
    /// A phone, for three minutes.
    Phone {
        /// Portal time of the first look, milliseconds since 1970.
        first_opened_at_ms: u64,
        /// Portal time after which the code opens nothing, milliseconds since 1970.
        ends_at_ms: u64,
    },
    /// A copy that was handed out.
    Copy(HandedCopy),
}

impl TaskDesk {
    /// A code for a certificate that the asking phone was given to keep.
    ///
    /// # Errors
    /// `CERT_NOT_FOUND` for every other certificate, `DEVICE_LIMIT`; as
    /// [`TaskDesk::authenticate`].
    ///
    /// # Cancellation
    /// May be repeated with the same bytes.
    pub async fn make_verification(
        self: &Arc<Self>,
        signed: Signed<VerificationRequest>,
    ) -> Result<Signed<VerificationGrant>, Fault> {
        let stated = self.authenticate(&signed).await?;
        let request = Digest::of(signed.bytes());
        self.write(move |work| make(work, &stated, request)).await
    }

    /// What a code shows to somebody in a network; none for one that opens nothing.
    ///
    /// # Errors
    /// `DEVICE_LIMIT` after too many looks, or a fault of the storage.
    ///
    /// # Cancellation
    /// The look may be counted.
    pub async fn open_verification(
        self: &Arc<Self>,
        code: Option<VerificationId>,
        network: String,
    ) -> Result<Option<Verified>, Fault> {
        self.write(move |work| look(work, code, &network)).await
    }
}

fn make(
    work: &mut Work<'_>,
    stated: &VerificationRequest,
    request: Digest,
) -> Result<Signed<VerificationGrant>, Fault> {
    if let Some(answer) = kept(work.tx, request)? {
        return Ok(answer);
    }
    let device = usable(work.tx, stated.device)?.id;
    if !keeps(work.tx, device, &stated.certificate)? {
        return Err(RefusalCode::CertNotFound.into());
    }
    count_codes(work, device)?;
    let code = VerificationId::from_bytes(work.tools.random.make_bytes()?);
    let ends_at_ms = work.now_ms + CODE_LIFE_MS;
    work.tx
        .prepare_cached("INSERT INTO verification VALUES (?1, ?2, ?3, ?4, ?5, NULL)")?
        .execute(params![
            Digest::of(code.as_bytes()).as_bytes(),
            stated.certificate,
            device.as_bytes(),
            to_column(work.now_ms),
            to_column(ends_at_ms)
        ])?;
    let grant = work.tools.keys.signer.sign(&VerificationGrant {
        code,
        certificate: stated.certificate.clone(),
        nonce: stated.nonce,
        issued_at_ms: work.now_ms,
        expires_at_ms: ends_at_ms,
    })?;
    keep(work.tx, request, &grant, ends_at_ms)?;
    work.record(&AuditEntry {
        device: Some(device),
        ..AuditEntry::new(Actor::Phone, AuditEvent::VerificationMade)
    })?;
    Ok(grant)
}

fn count_codes(work: &Work<'_>, device: DeviceId) -> Result<(), Fault> {
    let since = to_column(work.now_ms.saturating_sub(MINUTE_MS));
    let made: u32 = work
        .tx
        .prepare_cached("SELECT count(*) FROM verification WHERE device = ?1 AND made_at_ms > ?2")?
        .query_row(params![device.as_bytes(), since], |row| row.get(0))?;
    limited(made, MOST_CODES)
}

fn limited(count: u32, most: u32) -> Result<(), Fault> {
    if count < most {
        return Ok(());
    }
    Err(Fault::Refused(Refusal {
        code: RefusalCode::DeviceLimit,
        retry_after_ms: Some(MINUTE_MS),
    }))
}

fn look(
    work: &mut Work<'_>,
    code: Option<VerificationId>,
    network: &str,
) -> Result<Option<Verified>, Fault> {
    count_looks(work, network)?;
    // A text that is no code costs the same searches as one that is.
    let digest = Digest::of(code.as_ref().map_or(&[][..], |code| code.as_bytes()));
    match phones_code(work, digest)? {
        Some(found) => Ok(Some(found)),
        None => copys_code(work, digest),
    }
}

fn count_looks(work: &Work<'_>, network: &str) -> Result<(), Fault> {
    let since = to_column(work.now_ms.saturating_sub(MINUTE_MS));
    work.tx.execute(
        "DELETE FROM verification_look WHERE looked_at_ms <= ?1",
        [since],
    )?;
    let looks: u32 = work
        .tx
        .prepare_cached("SELECT count(*) FROM verification_look WHERE network = ?1")?
        .query_row([network], |row| row.get(0))?;
    limited(looks, MOST_LOOKS)?;
    work.tx
        .prepare_cached("INSERT INTO verification_look VALUES (?1, ?2)")?
        .execute(params![network, to_column(work.now_ms)])?;
    Ok(())
}

fn copys_code(work: &Work<'_>, digest: Digest) -> Result<Option<Verified>, Fault> {
    let Some(copy) = find(work.tx, digest)? else {
        return Ok(None);
    };
    let record = record_of(work, &copy.certificate)?;
    Ok(record.map(|record| Verified {
        record,
        as_of_ms: work.now_ms,
        shown_by: ShownBy::Copy(copy),
    }))
}

fn phones_code(work: &mut Work<'_>, digest: Digest) -> Result<Option<Verified>, Fault> {
    let now = to_column(work.now_ms);
    let found: Option<(String, [u8; 16], i64, Option<i64>)> = work
        .tx
        .prepare_cached(
            "SELECT certificate, device, ends_at_ms, first_opened_at_ms FROM verification \
             WHERE digest = ?1 AND ends_at_ms > ?2",
        )?
        .query_row(params![digest.as_bytes(), now], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    let Some((certificate, device, ends_at_ms, first)) = found else {
        return Ok(None);
    };
    let device = DeviceId::from_bytes(device);
    // A phone that was revoked a moment ago proves nothing any more.
    if usable(work.tx, device).is_err() {
        return Ok(None);
    }
    let Some(record) = record_of(work, &certificate)? else {
        return Ok(None);
    };
    if first.is_none() {
        work.tx
            .prepare_cached("UPDATE verification SET first_opened_at_ms = ?2 WHERE digest = ?1")?
            .execute(params![digest.as_bytes(), now])?;
        work.record(&AuditEntry {
            device: Some(device),
            ..AuditEntry::new(Actor::Page, AuditEvent::VerificationOpened)
        })?;
    }
    Ok(Some(Verified {
        record,
        as_of_ms: work.now_ms,
        shown_by: ShownBy::Phone {
            first_opened_at_ms: first.map_or(work.now_ms, from_column),
            ends_at_ms: from_column(ends_at_ms),
        },
    }))
}

fn record_of(work: &Work<'_>, certificate: &str) -> Result<Option<CertificateRecord>, Fault> {
    let Ok(id) = CertificateId::parse(certificate) else {
        return Ok(None);
    };
    let bytes: Option<Vec<u8>> = work
        .tx
        .prepare_cached("SELECT record FROM certificates WHERE identifier = ?1")?
        .query_row([id.to_string()], |row| row.get(0))
        .optional()?;
    bytes
        .map(|bytes| CertificateRecord::from_bytes(&bytes).map_err(|_| Fault::Damaged("record")))
        .transpose()
}
