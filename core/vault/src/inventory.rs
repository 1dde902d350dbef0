//! Questions about all rows at once, for the check and the repair.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use crate::chunks::FileName;
use crate::database::{StoredRow, signed, write_file_name};
use crate::error::VaultError;
use crate::keys::RowId;

/// Whether SQLite finds its own pages and indexes in order.
pub(crate) fn structure_is_sound(connection: &Connection) -> Result<bool, VaultError> {
    let said: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    Ok(said == "ok")
}

/// Whether a row with this sequence number is there.
pub(crate) fn has_row(connection: &Connection, sequence: u64) -> Result<bool, VaultError> {
    let mut query = connection.prepare_cached("SELECT EXISTS(SELECT 1 FROM a WHERE s = ?1)")?;
    Ok(query.query_row([signed(sequence)?], |row| row.get(0))?)
}

/// Whether a row has a higher sequence number than this.
pub(crate) fn has_row_after(connection: &Connection, sequence: u64) -> Result<bool, VaultError> {
    let later = "SELECT EXISTS(SELECT 1 FROM a WHERE s > ?1)";
    Ok(connection.query_row(later, [signed(sequence)?], |row| row.get(0))?)
}

/// The sequence number that the index has for a row, as a read by id would find it.
pub(crate) fn sequence_of(connection: &Connection, id: &RowId) -> Result<Option<u64>, VaultError> {
    let mut query = connection.prepare_cached("SELECT s FROM a WHERE h = ?1")?;
    let found: Option<i64> = query.query_row([&id.0[..]], |row| row.get(0)).optional()?;
    Ok(found.map(i64::cast_unsigned))
}

/// The row with this sequence number.
pub(crate) fn row_at(
    connection: &Connection,
    sequence: u64,
) -> Result<Option<StoredRow>, VaultError> {
    let statement = format!("SELECT {} FROM a WHERE s = ?1", StoredRow::COLUMNS);
    let mut query = connection.prepare_cached(&statement)?;
    Ok(query
        .query_row([signed(sequence)?], StoredRow::of)
        .optional()?)
}

/// How many rows there are, by the table and not by its index.
pub(crate) fn count_rows(connection: &Connection) -> Result<u64, VaultError> {
    let rows: i64 =
        connection.query_row("SELECT COUNT(*) FROM a NOT INDEXED", [], |row| row.get(0))?;
    Ok(rows.cast_unsigned())
}

/// All sequence numbers, in order.
pub(crate) fn sequences(connection: &Connection) -> Result<Vec<u64>, VaultError> {
    let mut query = connection.prepare("SELECT s FROM a NOT INDEXED ORDER BY s")?;
    let sequences = query.query_map([], |row| row.get(0).map(i64::cast_unsigned))?;
    Ok(sequences.collect::<Result<_, _>>()?)
}

/// The names of files that the table has for a row.
pub(crate) fn file_names(
    connection: &Connection,
    sequence: u64,
) -> Result<BTreeSet<FileName>, VaultError> {
    let mut query = connection.prepare_cached("SELECT n FROM c WHERE s = ?1")?;
    let names = query.query_map([signed(sequence)?], |row| row.get(0).map(FileName))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// Puts other names in the place of those that the table has for a row.
pub(crate) fn replace_file_names(
    connection: &Connection,
    sequence: u64,
    names: &BTreeSet<FileName>,
) -> Result<(), VaultError> {
    connection.execute("DELETE FROM c WHERE s = ?1", params![signed(sequence)?])?;
    for name in names {
        write_file_name(connection, sequence, *name)?;
    }
    Ok(())
}

/// Whether the table of names has names of no row.
pub(crate) fn has_stray_names(connection: &Connection) -> Result<bool, VaultError> {
    let stray = "SELECT EXISTS(SELECT 1 FROM c WHERE NOT EXISTS(SELECT 1 FROM a WHERE a.s = c.s))";
    Ok(connection.query_row(stray, [], |row| row.get(0))?)
}

/// Removes names of no row.
pub(crate) fn remove_stray_names(connection: &Connection) -> Result<(), VaultError> {
    connection.execute("DELETE FROM c WHERE s NOT IN (SELECT s FROM a)", [])?;
    Ok(())
}

/// Removes rows and entries with numbers that this crate never gives, and says how many rows.
pub(crate) fn remove_unnumbered(connection: &Connection) -> Result<u64, VaultError> {
    connection.execute("DELETE FROM d WHERE s < 1", [])?;
    let rows = connection.execute("DELETE FROM a WHERE s < 1", [])?;
    Ok(rows as u64)
}
