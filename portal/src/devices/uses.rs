//! Which devices acted for which accounts, and which certificates they were given to keep.
//!
//! A device is nobody's before its first approved task: what binds it to an account is the face of
//! the account's person, not a list that somebody fills in (decision record 23).

use quanshengshi_protocol::enrolment::Platform;
use quanshengshi_protocol::ids::DeviceId;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};

use crate::accounts::AccountId;
use crate::devices::columns::{from_column, to_column};
use crate::devices::refusal::Fault;

/// What version 2 adds. Approvals of version 1 are uses as well.
pub const SCHEMA_2: &str = "
CREATE TABLE device_use (
  account INTEGER NOT NULL,
  device BLOB NOT NULL CHECK (length(device) = 16),
  first_at_ms INTEGER NOT NULL,
  last_at_ms INTEGER NOT NULL,
  PRIMARY KEY (account, device)
) STRICT;
CREATE INDEX device_use_device ON device_use (device);
INSERT INTO device_use
  SELECT account, device, min(approved_at_ms), max(approved_at_ms) FROM task
  WHERE approved_at_ms IS NOT NULL AND device IS NOT NULL GROUP BY account, device;
CREATE TABLE kept_copy (
  device BLOB NOT NULL CHECK (length(device) = 16),
  certificate TEXT NOT NULL,
  account INTEGER NOT NULL,
  kept_at_ms INTEGER NOT NULL,
  PRIMARY KEY (device, certificate)
) STRICT;
";

/// One device as an account sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceUse {
    /// The device.
    pub device: DeviceId,
    /// The account it acted for.
    pub account: AccountId,
    /// What runs its core.
    pub platform: Platform,
    /// Version of its app when it enrolled.
    pub app_version: String,
    /// Portal time of its first approved task for the account.
    pub first_at_ms: u64,
    /// Portal time of its last one.
    pub last_at_ms: u64,
    /// Portal time at which it was revoked or left, when it was.
    pub revoked_at_ms: Option<u64>,
}

const COLUMNS: &str = "SELECT d.id, u.account, d.platform, d.app_version, u.first_at_ms, \
                       u.last_at_ms, d.revoked_at_ms FROM device_use u JOIN device d ON d.id = u.device ";

/// Notes that a device acted for an account.
///
/// # Errors
/// [`Fault::Store`].
pub fn note(
    transaction: &Transaction<'_>,
    now_ms: u64,
    account: AccountId,
    device: DeviceId,
) -> Result<(), Fault> {
    transaction
        .prepare_cached(
            "INSERT INTO device_use VALUES (?1, ?2, ?3, ?3) \
             ON CONFLICT DO UPDATE SET last_at_ms = excluded.last_at_ms",
        )?
        .execute(params![account.0, device.as_bytes(), to_column(now_ms)])?;
    Ok(())
}

/// Notes that a device was given a certificate to keep.
///
/// # Errors
/// [`Fault::Store`].
pub fn note_copy(
    transaction: &Transaction<'_>,
    now_ms: u64,
    account: AccountId,
    device: DeviceId,
    certificate: &str,
) -> Result<(), Fault> {
    transaction
        .prepare_cached("INSERT OR REPLACE INTO kept_copy VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![
            device.as_bytes(),
            certificate,
            account.0,
            to_column(now_ms)
        ])?;
    Ok(())
}

/// Whether a device was given a certificate to keep.
///
/// # Errors
/// [`Fault::Store`].
pub fn keeps(connection: &Connection, device: DeviceId, certificate: &str) -> Result<bool, Fault> {
    let found = connection
        .prepare_cached("SELECT 1 FROM kept_copy WHERE device = ?1 AND certificate = ?2")?
        .query_row(params![device.as_bytes(), certificate], |_| Ok(()))
        .optional()?;
    Ok(found.is_some())
}

/// The devices of an account, the one that acted last first.
///
/// # Errors
/// [`Fault::Store`], [`Fault::Damaged`].
pub fn of_account(connection: &Connection, account: AccountId) -> Result<Vec<DeviceUse>, Fault> {
    let sql = format!("{COLUMNS} WHERE u.account = ?1 ORDER BY u.last_at_ms DESC, d.id");
    read_all(connection, &sql, params![account.0])
}

/// The devices of every account that one device acted for, without those that were revoked.
///
/// # Errors
/// [`Fault::Store`], [`Fault::Damaged`].
pub fn beside(
    connection: &Connection,
    device: DeviceId,
    most: usize,
) -> Result<Vec<DeviceUse>, Fault> {
    let sql = format!(
        "{COLUMNS} WHERE d.revoked_at_ms IS NULL AND u.account IN \
         (SELECT account FROM device_use WHERE device = ?1) \
         ORDER BY u.last_at_ms DESC, d.id LIMIT {most}"
    );
    read_all(connection, &sql, params![device.as_bytes()])
}

/// Whether two devices acted for one account.
///
/// # Errors
/// [`Fault::Store`].
pub fn share_an_account(
    connection: &Connection,
    one: DeviceId,
    other: DeviceId,
) -> Result<bool, Fault> {
    let sql = "SELECT 1 FROM device_use a JOIN device_use b ON a.account = b.account \
               WHERE a.device = ?1 AND b.device = ?2 LIMIT 1";
    let found = connection
        .prepare_cached(sql)?
        .query_row(params![one.as_bytes(), other.as_bytes()], |_| Ok(()))
        .optional()?;
    Ok(found.is_some())
}

fn read_all(
    connection: &Connection,
    sql: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<DeviceUse>, Fault> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(values, |row| Ok(read(row)))?;
    let mut uses = Vec::new();
    for row in rows {
        uses.push(row??);
    }
    Ok(uses)
}

fn read(row: &Row<'_>) -> Result<DeviceUse, Fault> {
    let revoked: Option<i64> = row.get(6)?;
    Ok(DeviceUse {
        device: DeviceId::from_bytes(row.get(0)?),
        account: AccountId(row.get(1)?),
        platform: Platform::from_code(row.get(2)?).ok_or(Fault::Damaged("platform"))?,
        app_version: row.get(3)?,
        first_at_ms: from_column(row.get(4)?),
        last_at_ms: from_column(row.get(5)?),
        revoked_at_ms: revoked.map(from_column),
    })
}
