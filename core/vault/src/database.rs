//! The SQLite side: settings, schema, and the rows as they lie there.
//!
//! Names tell nothing: table `a` holds rows (h keyed id, s sequence, v version, x sealed summary, y sealed
//! body), `b` holds single values (1 head, 2 canary), `c` names the files of a row so that files nobody
//! names can be found without opening every body, `d` is the ledger (s sequence of a row, t its sealed tag).

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, params};

use crate::chunks::FileName;
use crate::error::{Part, VaultError};
use crate::keys::RowId;

/// The schema of format 2, one statement an object, as SQLite keeps it. Format 1 had all but the last.
pub(crate) const SCHEMA: [&str; 4] = [
    "CREATE TABLE a(s INTEGER PRIMARY KEY,h BLOB NOT NULL UNIQUE,v INTEGER NOT NULL,x BLOB NOT NULL,y BLOB NOT NULL)STRICT",
    "CREATE TABLE b(k INTEGER PRIMARY KEY,v BLOB NOT NULL)STRICT",
    "CREATE TABLE c(s INTEGER NOT NULL,n BLOB NOT NULL,PRIMARY KEY(s,n))STRICT,WITHOUT ROWID",
    "CREATE TABLE d(s INTEGER PRIMARY KEY,t BLOB NOT NULL)STRICT",
];
/// The format number in the database's `user_version`.
pub(crate) const FORMAT: u32 = 2;
/// The oldest format that still opens: every one that was ever released.
const OLDEST_FORMAT: u32 = 1;
/// "QSSV" in the database's `application_id`.
const APPLICATION: u32 = 0x5153_5356;
/// 2 KB rows on pages of 4 KiB would lie one a page and nearly double the space.
const PAGE_BYTES: u32 = 16_384;

/// `synchronous=FULL`: an acknowledged record is on the disk. `fullfsync` makes that true on Apple systems
/// and does nothing elsewhere. `EXCLUSIVE` keeps the journal's index in memory instead of a shared file.
const SETTINGS: &str = "
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA mmap_size = 0;
    PRAGMA wal_autocheckpoint = 256;
    PRAGMA journal_size_limit = 4194304;
";

/// The single values of table `b`.
#[derive(Clone, Copy)]
pub(crate) enum Single {
    Head = 1,
    Canary = 2,
}

/// A row of table `a` as it lies there.
pub(crate) struct StoredRow {
    pub(crate) id: RowId,
    pub(crate) sequence: u64,
    pub(crate) version: u64,
    pub(crate) summary: Vec<u8>,
    pub(crate) body: Vec<u8>,
}

impl StoredRow {
    pub(crate) const COLUMNS: &str = "h, s, v, x, y";

    pub(crate) fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: RowId(row.get(0)?),
            sequence: unsigned(row, 1)?,
            version: unsigned(row, 2)?,
            summary: row.get(3)?,
            body: row.get(4)?,
        })
    }
}

/// Makes a new database with its schema, in one file without a journal. Single values are written by
/// `first`, in the same transaction.
pub(crate) fn create(
    path: &Path,
    first: impl FnOnce(&Connection) -> Result<(), VaultError>,
) -> Result<(), VaultError> {
    let mut connection =
        Connection::open_with_flags(path, flags() | OpenFlags::SQLITE_OPEN_CREATE)?;
    // The page size can only be chosen before the first page and before WAL, which begins when the finished
    // database is opened: until then it is one file that can be renamed.
    connection.pragma_update(None, "page_size", PAGE_BYTES)?;
    connection.execute_batch(SETTINGS)?;
    let transaction = connection.transaction()?;
    for statement in SCHEMA {
        transaction.execute_batch(statement)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", FORMAT)?;
    first(&transaction)?;
    transaction.commit()?;
    connection.close().map_err(|(_, error)| error.into())
}

/// Opens an existing database, makes sure that its schema is the frozen one of its format, and gives the
/// format. A database of a later format is left as it is, its journal too.
pub(crate) fn open(path: &Path) -> Result<(Connection, u32), VaultError> {
    let damaged = || VaultError::Damaged {
        what: Part::Database,
    };
    if !path.exists() {
        return Err(damaged());
    }
    if let Some(found) = format_in_header(path)?
        && found > FORMAT
    {
        return Err(VaultError::FormatTooNew { found });
    }
    let connection = Connection::open_with_flags(path, flags())?;
    // Until the format is known nothing may be written, and closing would write the journal back.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    settle(&connection)?;
    let application: i64 = connection.pragma_query_value(None, "application_id", |r| r.get(0))?;
    if application != i64::from(APPLICATION) {
        return Err(damaged());
    }
    let format: i64 = connection.pragma_query_value(None, "user_version", |r| r.get(0))?;
    let format = match u32::try_from(format) {
        Ok(known @ OLDEST_FORMAT..=FORMAT) => known,
        Ok(found) if found > FORMAT => return Err(VaultError::FormatTooNew { found }),
        _ => return Err(damaged()),
    };
    let objects = SCHEMA.len() - usize::from(format == 1);
    if schema(&connection)? != SCHEMA[..objects] {
        return Err(damaged());
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok((connection, format))
}

/// The format number in the first page of a file that says it is a vault's, before SQLite touches it.
fn format_in_header(path: &Path) -> Result<Option<u32>, VaultError> {
    let mut header = [0; 100];
    if File::open(path)?.read_exact(&mut header).is_err() {
        return Ok(None);
    }
    let number = |at: usize| {
        let bytes = header.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(bytes))
    };
    let ours = header.starts_with(b"SQLite format 3\0") && number(68) == Some(APPLICATION);
    Ok(number(60).filter(|_| ours))
}

/// Whether a database holds no row: what is left when making a vault was cut before its envelope.
pub(crate) fn is_unused(path: &Path) -> bool {
    open(path).is_ok_and(|(connection, _)| {
        let any: rusqlite::Result<bool> =
            connection.query_row("SELECT EXISTS(SELECT 1 FROM a)", [], |row| row.get(0));
        matches!(any, Ok(false))
    })
}

pub(crate) fn read_single(
    connection: &Connection,
    which: Single,
) -> Result<Option<Vec<u8>>, VaultError> {
    let mut query = connection.prepare_cached("SELECT v FROM b WHERE k = ?1")?;
    Ok(query
        .query_row([which as i64], |row| row.get(0))
        .optional()?)
}

pub(crate) fn write_single(
    connection: &Connection,
    which: Single,
    sealed: &[u8],
) -> Result<(), VaultError> {
    let statement =
        "INSERT INTO b(k, v) VALUES(?1, ?2) ON CONFLICT(k) DO UPDATE SET v = excluded.v";
    connection
        .prepare_cached(statement)?
        .execute(params![which as i64, sealed])?;
    Ok(())
}

pub(crate) fn read_row(
    connection: &Connection,
    id: &RowId,
) -> Result<Option<StoredRow>, VaultError> {
    let statement = format!("SELECT {} FROM a WHERE h = ?1", StoredRow::COLUMNS);
    let mut query = connection.prepare_cached(&statement)?;
    Ok(query.query_row([&id.0[..]], StoredRow::of).optional()?)
}

pub(crate) fn write_row(connection: &Connection, row: &StoredRow) -> Result<(), VaultError> {
    connection
        .prepare_cached("INSERT INTO a(s, h, v, x, y) VALUES(?1, ?2, ?3, ?4, ?5)")?
        .execute(params![
            signed(row.sequence)?,
            &row.id.0[..],
            signed(row.version)?,
            row.summary,
            row.body
        ])?;
    Ok(())
}

/// Removes a row and gives the names of its files.
pub(crate) fn remove_row(
    connection: &Connection,
    sequence: u64,
) -> Result<Vec<FileName>, VaultError> {
    let sequence = signed(sequence)?;
    let names = connection
        .prepare_cached("SELECT n FROM c WHERE s = ?1")?
        .query_map([sequence], |row| row.get(0).map(FileName))?
        .collect::<Result<_, _>>()?;
    connection
        .prepare_cached("DELETE FROM c WHERE s = ?1")?
        .execute([sequence])?;
    connection
        .prepare_cached("DELETE FROM a WHERE s = ?1")?
        .execute([sequence])?;
    Ok(names)
}

pub(crate) fn write_file_name(
    connection: &Connection,
    sequence: u64,
    name: FileName,
) -> Result<(), VaultError> {
    connection
        .prepare_cached("INSERT INTO c(s, n) VALUES(?1, ?2)")?
        .execute(params![signed(sequence)?, &name.0[..]])?;
    Ok(())
}

pub(crate) fn signed(number: u64) -> Result<i64, VaultError> {
    i64::try_from(number).map_err(|_| VaultError::Damaged {
        what: Part::Database,
    })
}

fn unsigned(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let number: i64 = row.get(column)?;
    u64::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, number))
}

fn flags() -> OpenFlags {
    OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

fn settle(connection: &Connection) -> Result<(), VaultError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.execute_batch(SETTINGS)?;
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode == "wal" {
        Ok(())
    } else {
        Err(VaultError::Damaged {
            what: Part::Database,
        })
    }
}

fn schema(connection: &Connection) -> Result<Vec<String>, VaultError> {
    let mut query = connection
        .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid LIMIT 16")?;
    let statements = query
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(statements)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(connection: &Connection, pragma: &str) -> i64 {
        connection
            .pragma_query_value(None, pragma, |row| row.get(0))
            .unwrap()
    }

    #[test]
    fn an_acknowledged_row_is_durable_and_a_removed_one_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault.db");
        create(&path, |_| Ok(())).unwrap();
        let (connection, _) = open(&path).unwrap();
        assert_eq!(value(&connection, "page_size"), 16_384);
        assert_eq!(value(&connection, "synchronous"), 2);
        assert_eq!(value(&connection, "secure_delete"), 1);
        assert_eq!(value(&connection, "fullfsync"), 1);
        assert_eq!(value(&connection, "checkpoint_fullfsync"), 1);
        assert_eq!(value(&connection, "trusted_schema"), 0);
        let mode: String = connection
            .pragma_query_value(None, "journal_mode", |row| row.get(0))
            .unwrap();
        assert_eq!(mode, "wal");
    }

    #[test]
    fn the_schema_is_frozen() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault.db");
        create(&path, |_| Ok(())).unwrap();
        let (connection, _) = open(&path).unwrap();
        assert_eq!(
            schema(&connection).unwrap(),
            [
                "CREATE TABLE a(s INTEGER PRIMARY KEY,h BLOB NOT NULL UNIQUE,v INTEGER NOT NULL,\
                 x BLOB NOT NULL,y BLOB NOT NULL)STRICT",
                "CREATE TABLE b(k INTEGER PRIMARY KEY,v BLOB NOT NULL)STRICT",
                "CREATE TABLE c(s INTEGER NOT NULL,n BLOB NOT NULL,PRIMARY KEY(s,n))STRICT,\
                 WITHOUT ROWID",
                "CREATE TABLE d(s INTEGER PRIMARY KEY,t BLOB NOT NULL)STRICT",
            ]
        );
        assert_eq!(value(&connection, "user_version"), 2);
        assert_eq!(value(&connection, "application_id"), 0x5153_5356);
    }

    #[test]
    fn a_foreign_table_or_a_later_format_does_not_open() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault.db");
        create(&path, |_| Ok(())).unwrap();
        let change = |sql: &str| Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        change("PRAGMA user_version = 3");
        assert!(matches!(
            open(&path),
            Err(VaultError::FormatTooNew { found: 3 })
        ));
        change(
            "PRAGMA user_version = 2; CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; END",
        );
        assert!(matches!(
            open(&path),
            Err(VaultError::Damaged {
                what: Part::Database
            })
        ));
        change("DROP TRIGGER t");
        assert!(open(&path).is_ok());
    }
}
