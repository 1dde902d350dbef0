//! The ledger: each row's keyed tag once more, apart from the row, sealed.
//!
//! The head row holds the XOR of all tags and cannot say which they were. While a row is whole its tag can be
//! computed; when its seals are broken, or the row is gone, only the ledger still knows what was counted. So a
//! broken row can be replaced and the head stays right, and a missing row is told from one that was never there.
//! An entry is bound to its sequence number, which no other row ever has.

use rusqlite::{Connection, OptionalExtension, params};

use crate::database::signed;
use crate::error::VaultError;

/// A row's entry as it lies there.
pub(crate) fn read_entry(
    connection: &Connection,
    sequence: u64,
) -> Result<Option<Vec<u8>>, VaultError> {
    let mut query = connection.prepare_cached("SELECT t FROM d WHERE s = ?1")?;
    Ok(query
        .query_row([signed(sequence)?], |row| row.get(0))
        .optional()?)
}

pub(crate) fn write_entry(
    connection: &Connection,
    sequence: u64,
    sealed: &[u8],
) -> Result<(), VaultError> {
    connection
        .prepare_cached("INSERT INTO d(s, t) VALUES(?1, ?2)")?
        .execute(params![signed(sequence)?, sealed])?;
    Ok(())
}

pub(crate) fn remove_entry(connection: &Connection, sequence: u64) -> Result<(), VaultError> {
    connection
        .prepare_cached("DELETE FROM d WHERE s = ?1")?
        .execute([signed(sequence)?])?;
    Ok(())
}

/// Hands every entry to `take`, in the order of sequence numbers.
pub(crate) fn each_entry(
    connection: &Connection,
    mut take: impl FnMut(u64, Vec<u8>),
) -> Result<(), VaultError> {
    let mut query = connection.prepare("SELECT s, t FROM d ORDER BY s")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let sequence: i64 = row.get(0)?;
        take(sequence.cast_unsigned(), row.get(1)?);
    }
    Ok(())
}
