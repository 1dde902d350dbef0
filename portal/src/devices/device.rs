//! The devices that are known.

use quanshengshi_protocol::ids::DeviceId;
use quanshengshi_protocol::keys::PublicKey;
use quanshengshi_protocol::refusal::RefusalCode;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use crate::audit::chain::append;
use crate::audit::entry::{Actor, AuditEntry, AuditEvent};
use crate::devices::columns::to_column;
use crate::devices::refusal::Fault;

/// A device that is enrolled and not revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Device {
    /// The portal's name for it.
    pub id: DeviceId,
    /// Its key.
    pub key: PublicKey,
}

/// The device of a name.
///
/// # Errors
/// `DEVICE_UNKNOWN` when it was never enrolled here, `DEVICE_REVOKED`, or [`Fault::Store`].
pub fn usable(connection: &Connection, id: DeviceId) -> Result<Device, Fault> {
    let found: Option<([u8; 65], Option<i64>)> = connection
        .prepare_cached("SELECT key, revoked_at_ms FROM device WHERE id = ?1")?
        .query_row([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match found {
        None => Err(RefusalCode::DeviceUnknown.into()),
        Some((_, Some(_))) => Err(RefusalCode::DeviceRevoked.into()),
        Some((key, None)) => Ok(Device {
            id,
            key: PublicKey::from_bytes(&key).map_err(|_| Fault::Damaged("device key"))?,
        }),
    }
}

/// The device of a name, also when it is out of use: for what may still be said by one.
///
/// # Errors
/// `DEVICE_UNKNOWN` when it was never enrolled here, or [`Fault::Store`].
pub fn known(connection: &Connection, id: DeviceId) -> Result<Device, Fault> {
    let found: Option<[u8; 65]> = connection
        .prepare_cached("SELECT key FROM device WHERE id = ?1")?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()?;
    let key = found.ok_or(RefusalCode::DeviceUnknown)?;
    Ok(Device {
        id,
        key: PublicKey::from_bytes(&key).map_err(|_| Fault::Damaged("device key"))?,
    })
}

/// Takes a device out of use for good, by whom and for the reason an event names; true when it was in
/// use until now.
///
/// # Errors
/// [`Fault::Store`].
pub fn retire(
    transaction: &Transaction<'_>,
    now_ms: u64,
    id: DeviceId,
    actor: Actor,
    event: AuditEvent,
) -> Result<bool, Fault> {
    let changed = transaction
        .prepare_cached(
            "UPDATE device SET revoked_at_ms = ?1 WHERE id = ?2 AND revoked_at_ms IS NULL",
        )?
        .execute(params![to_column(now_ms), id.as_bytes()])?;
    if changed == 1 {
        let entry = AuditEntry {
            device: Some(id),
            ..AuditEntry::new(actor, event)
        };
        append(transaction, now_ms, &entry)?;
    }
    Ok(changed == 1)
}
