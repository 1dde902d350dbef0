//! A key becomes a device (M0): proof of possession over a nonce of this portal.

use quanshengshi_protocol::enrolment::{DeviceGrant, Enrolment};
use quanshengshi_protocol::ids::{DeviceId, Digest};
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Signed;
use rusqlite::{OptionalExtension as _, Transaction, params};

use crate::audit::chain::append;
use crate::audit::entry::{Actor, AuditEntry, AuditEvent};
use crate::devices::answers::{keep, kept};
use crate::devices::columns::{from_column, to_column};
use crate::devices::refusal::Fault;
use crate::random::Random;
use crate::signing::portal_keys::PortalKeys;

/// The longest app version, in bytes.
const LONGEST_VERSION: usize = 64;
/// Milliseconds the answer to an enrolment is kept.
const ANSWER_LIFE_MS: u64 = 600_000;

/// Enrols the key of a statement whose signature was verified.
///
/// The same installation with the same key is the same device; with another key it is a new one,
/// and the old one stays as it is: who knows the name of an installation must not be able to
/// disturb its device.
///
/// # Errors
/// `DEVICE_UNKNOWN` when the nonce is not of this portal, too old or used; `DEVICE_REVOKED` when
/// this key was revoked; `REQUEST_MALFORMED`; or a fault of storage or keys.
pub fn enrol(
    transaction: &Transaction<'_>,
    now_ms: u64,
    keys: &PortalKeys,
    random: &Random,
    enrolment: &Enrolment,
    request: Digest,
) -> Result<Signed<DeviceGrant>, Fault> {
    if let Some(answer) = kept(transaction, request)? {
        return Ok(answer);
    }
    if enrolment.app_version.len() > LONGEST_VERSION {
        return Err(RefusalCode::RequestMalformed.into());
    }
    let ends_at_ms = keys
        .nonce_end(&enrolment.nonce, now_ms)
        .ok_or(RefusalCode::DeviceUnknown)?;
    let fresh = transaction
        .prepare_cached("INSERT OR IGNORE INTO used_nonce (nonce, ends_at_ms) VALUES (?1, ?2)")?
        .execute(params![enrolment.nonce.as_bytes(), to_column(ends_at_ms)])?;
    if fresh == 0 {
        return Err(RefusalCode::DeviceUnknown.into());
    }
    let known: Option<([u8; 16], i64, Option<i64>)> = transaction
        .prepare_cached(
            "SELECT id, enrolled_at_ms, revoked_at_ms FROM device WHERE install = ?1 AND key = ?2",
        )?
        .query_row(
            params![enrolment.install.as_bytes(), enrolment.key.as_bytes()],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()?;
    let (device, granted_at_ms) = match known {
        Some((_, _, Some(_))) => return Err(RefusalCode::DeviceRevoked.into()),
        Some((id, enrolled, None)) => (DeviceId::from_bytes(id), from_column(enrolled)),
        None => (insert(transaction, now_ms, random, enrolment)?, now_ms),
    };
    let grant = keys.signer.sign(&DeviceGrant {
        device,
        install: enrolment.install,
        key: enrolment.key,
        granted_at_ms,
    })?;
    keep(transaction, request, &grant, now_ms + ANSWER_LIFE_MS)?;
    Ok(grant)
}

fn insert(
    transaction: &Transaction<'_>,
    now_ms: u64,
    random: &Random,
    enrolment: &Enrolment,
) -> Result<DeviceId, Fault> {
    let device = DeviceId::from_bytes(random.make_bytes()?);
    transaction
        .prepare_cached(
            "INSERT INTO device (id, install, key, platform, app_version, enrolled_at_ms) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            device.as_bytes(),
            enrolment.install.as_bytes(),
            enrolment.key.as_bytes(),
            enrolment.platform.code(),
            enrolment.app_version,
            to_column(now_ms),
        ])?;
    let entry = AuditEntry {
        device: Some(device),
        ..AuditEntry::new(Actor::Phone, AuditEvent::DeviceEnrolled)
    };
    append(transaction, now_ms, &entry)?;
    Ok(device)
}
