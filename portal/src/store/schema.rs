//! The tables of all rooms, and the version of the whole.
//!
//! Each room writes its own tables down as `pub const SCHEMA`, here they are only listed. A
//! change to a released table is a new version with its own step; released texts never change.

use rusqlite::Connection;

use crate::store::StoreError;
use crate::{accounts, audit, certificates, devices, registers, sessions, slider, sms, tasks};

/// The newest version this portal knows.
pub const VERSION: i64 = 1;

/// The tables of version 1, room by room.
pub const ROOMS: [&str; 10] = [
    accounts::SCHEMA,
    sessions::SCHEMA,
    registers::SCHEMA,
    certificates::SCHEMA,
    certificates::tickets::SCHEMA,
    sms::SCHEMA,
    slider::SCHEMA,
    devices::SCHEMA,
    tasks::SCHEMA,
    audit::SCHEMA,
];

/// Brings a database to [`VERSION`], all or nothing.
///
/// # Errors
/// [`StoreError::Version`] when the file is newer, [`StoreError::Sqlite`] otherwise.
pub fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > VERSION {
        return Err(StoreError::Version {
            found,
            known: VERSION,
        });
    }
    if found < 1 {
        let transaction = connection.transaction()?;
        for room in ROOMS {
            transaction.execute_batch(room)?;
        }
        transaction.pragma_update(None, "user_version", VERSION)?;
        transaction.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use quanshengshi_protocol::ids::Digest;

    use super::ROOMS;

    #[test]
    fn the_tables_of_version_1_are_frozen() {
        let digest = Digest::of(ROOMS.concat().as_bytes()).to_string();
        assert_eq!(digest, "u-_8vU22gkDq3IxeVABw3ystn_M8ICQ6nuPxM2mnxPw");
    }
}
