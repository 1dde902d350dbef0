//! From older formats to the present one, in one transaction each: a process killed in between leaves the older
//! format whole.
//!
//! | from | to | what |
//! |---|---|---|
//! | 1 | 2 | table `d`, the ledger; the tag of each row as it lies there. The head row stays: if it did not agree with the rows before, it does not agree afterwards |

use rusqlite::{Connection, TransactionBehavior};

use crate::database::{FORMAT, SCHEMA, StoredRow};
use crate::error::VaultError;
use crate::ledger::write_entry;
use crate::randomness::Randomness;
use crate::sealer::Sealer;

/// Brings an opened database of format `found` to the present format.
pub(crate) fn bring_up(
    connection: &mut Connection,
    found: u32,
    sealer: &Sealer,
    randomness: &dyn Randomness,
) -> Result<(), VaultError> {
    if found == FORMAT {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    add_ledger(&transaction, sealer, randomness)?;
    transaction.pragma_update(None, "user_version", FORMAT)?;
    transaction.commit()?;
    Ok(())
}

fn add_ledger(
    connection: &Connection,
    sealer: &Sealer,
    randomness: &dyn Randomness,
) -> Result<(), VaultError> {
    let [.., ledger] = SCHEMA;
    connection.execute_batch(ledger)?;
    // A tag is made of the last bytes of both seals; the rest needs not be carried.
    let columns = "h, s, v, substr(x, -16), substr(y, -16)";
    let mut query = connection.prepare(&format!("SELECT {columns} FROM a ORDER BY s"))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let row = StoredRow::of(row)?;
        let entry = sealer.seal_tag(row.sequence, &sealer.tag(&row), randomness)?;
        write_entry(connection, row.sequence, &entry)?;
    }
    Ok(())
}
