//! The tables of all rooms, and the version of the whole.
//!
//! Each room writes its own tables down as `pub const SCHEMA`, here they are only listed. A
//! change to a released table is a new version with its own step; released texts never change.

use rusqlite::Connection;

use crate::store::StoreError;
use crate::{
    accounts, audit, certificates, devices, electronic_licence, national, notices, packages,
    registers, review, sessions, slider, sms, tasks,
};

/// The newest version this portal knows.
pub const VERSION: i64 = 5;

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

/// What version 2 changes and adds, room by room.
pub const ROOMS_OF_2: &[&str] = &[
    accounts::SCHEMA_2,
    registers::tries::SCHEMA,
    tasks::renewal::SCHEMA,
    devices::uses::SCHEMA_2,
    tasks::variant::SCHEMA_2,
    tasks::typed::SCHEMA_2,
    packages::verification::SCHEMA_2,
    registers::SCHEMA_2,
    sms::SCHEMA_2,
    national::requests::SCHEMA,
    national::links::SCHEMA,
    electronic_licence::desk::SCHEMA,
    accounts::lockout::SCHEMA_2,
    slider::SCHEMA_2,
    audit::SCHEMA_2,
    notices::SCHEMA,
    review::SCHEMA,
    review::face_case::SCHEMA,
];

/// What version 3 adds, room by room.
pub const ROOMS_OF_3: &[&str] = &[certificates::handed::SCHEMA_3];

/// What version 4 adds, room by room.
pub const ROOMS_OF_4: &[&str] = &[tasks::likeness::SCHEMA_4];

/// What version 5 adds, room by room.
pub const ROOMS_OF_5: &[&str] = &[devices::attested::SCHEMA_5];

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
    let transaction = connection.transaction()?;
    let steps: [(i64, &[&str]); 5] = [
        (1, &ROOMS),
        (2, ROOMS_OF_2),
        (3, ROOMS_OF_3),
        (4, ROOMS_OF_4),
        (5, ROOMS_OF_5),
    ];
    for (version, rooms) in steps {
        if found < version {
            for room in rooms {
                transaction.execute_batch(room)?;
            }
        }
    }
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use quanshengshi_protocol::ids::Digest;
    use rusqlite::Connection;

    use super::{ROOMS, ROOMS_OF_2, ROOMS_OF_3, ROOMS_OF_4, ROOMS_OF_5, VERSION, migrate};

    fn digest_of(rooms: &[&str]) -> String {
        Digest::of(rooms.concat().as_bytes()).to_string()
    }

    #[test]
    fn the_tables_of_version_1_are_frozen() {
        assert_eq!(
            digest_of(&ROOMS),
            "u-_8vU22gkDq3IxeVABw3ystn_M8ICQ6nuPxM2mnxPw"
        );
    }

    #[test]
    fn the_tables_of_later_versions_are_frozen() {
        assert_eq!(
            digest_of(ROOMS_OF_2),
            "uSlNE02eIgaOG0v0MCsbdNt3qio8occJhrmgucbHLEM"
        );
        assert_eq!(
            digest_of(ROOMS_OF_3),
            "7AHw_fKdSeviT-Xy2k_Q-AXpw3YAf3o03n74V4WJfaI"
        );
        assert_eq!(
            digest_of(ROOMS_OF_4),
            "CoSF-VO-Ipsst6v92HXVLFAyAB7LcA_PELlZ8VVUoS8"
        );
        assert_eq!(
            digest_of(ROOMS_OF_5),
            "_FT7bJw8Oh3OVdkTS23TzfmTws9sbWeVUpQyU5Rzn1M"
        );
    }

    /// A database of version 2 gets the index of stills, and keeps what it has.
    #[test]
    fn a_database_of_version_2_is_carried_over() {
        let mut connection = Connection::open_in_memory().expect("opens");
        connection
            .execute_batch(&[&ROOMS[..], ROOMS_OF_2].concat().concat())
            .expect("version 2");
        connection
            .execute_batch(
                "INSERT INTO seen_picture VALUES (zeroblob(32), zeroblob(16), 5); \
                 PRAGMA user_version = 2;",
            )
            .expect("a digest");
        migrate(&mut connection).expect("migrates");
        let (seen, likenesses): (i64, i64) = connection
            .query_row(
                "SELECT seen_at_ms, (SELECT count(*) FROM still_likeness) FROM seen_picture",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .expect("reads");
        assert_eq!((seen, likenesses), (5, 0));
    }

    /// An account of version 1 is still there, with what version 2 says of it.
    #[test]
    fn a_database_of_version_1_is_carried_over() {
        let mut connection = Connection::open_in_memory().expect("opens");
        connection
            .execute_batch(&ROOMS.concat())
            .expect("version 1");
        connection
            .execute_batch(
                "INSERT INTO accounts VALUES (1, 'legal', 'A', '', '', '', '', '', '', '1', '', \
                 '', 'active', '', 0, 0); PRAGMA user_version = 1;",
            )
            .expect("an account");
        migrate(&mut connection).expect("migrates");
        migrate(&mut connection).expect("a second time changes nothing");
        let (proof, version): (String, i64) = connection
            .query_row(
                "SELECT proven_by, (SELECT user_version FROM pragma_user_version) FROM accounts",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .expect("reads");
        assert_eq!((proof.as_str(), version), ("face", VERSION));
    }
}
