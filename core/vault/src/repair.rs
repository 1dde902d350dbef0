//! How to go on after damage: what cannot be read is removed, and said.

use std::collections::BTreeSet;

use rusqlite::{Connection, TransactionBehavior};

use crate::chunks::FileName;
use crate::database::{self, StoredRow};
use crate::error::VaultError;
use crate::head::Head;
use crate::inventory;
use crate::ledger::{each_entry, read_entry, remove_entry};
use crate::reader::open_whole;
use crate::vault::Vault;

/// What a repair took out. Whoever asked for it has to tell the person, and to fetch again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repaired {
    /// Rows that were removed: broken, or never counted by this vault.
    pub removed: u64,
    /// Counted rows that were not there any more.
    pub missing: u64,
    /// Ids of removed rows, as far as their summaries still told them.
    pub ids: Vec<String>,
    /// Whether more may be missing than is known: the ledger itself did not add up to the head row.
    pub uncounted: bool,
}

impl Repaired {
    /// Whether nothing had to be done.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl Vault {
    /// Removes every row that does not open to the end of its files, or that the head row did not count;
    /// afterwards [`Vault::check`] is sound. All of it happens in one transaction, and other calls wait.
    /// Only for use after a check that found something: it makes what is left the truth.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] when the database's own structure or the head row is broken:
    /// [`Vault::reset`] is the way on then. [`VaultError::DiskFull`], [`VaultError::Io`],
    /// [`VaultError::Database`], [`VaultError::Randomness`]; nothing was changed.
    pub fn repair(&self) -> Result<Repaired, VaultError> {
        let mut connection = self.lock();
        if !inventory::structure_is_sound(&connection)? {
            // Indexes follow from their tables; anything else is beyond this.
            connection.execute_batch("REINDEX")?;
        }
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let before = self.sealer.read_head(&transaction)?;
        let mut repaired = Repaired {
            uncounted: self
                .add_up_ledger(&transaction)?
                .is_none_or(|counted| (counted.rows, counted.tags) != (before.rows, before.tags)),
            ..Repaired::default()
        };
        let mut kept = Head {
            counter: before.counter,
            ..Head::default()
        };
        let mut unnamed = Vec::new();
        repaired.removed += inventory::remove_unnumbered(&transaction)?;
        for sequence in inventory::sequences(&transaction)? {
            match self.look_again(&transaction, sequence)? {
                Look::Sound(tag) => {
                    kept.rows += 1;
                    kept.toggle(&tag);
                }
                Look::Broken(id) => {
                    repaired.removed += 1;
                    repaired.ids.extend(id);
                    unnamed.extend(database::remove_row(&transaction, sequence)?);
                    remove_entry(&transaction, sequence)?;
                }
            }
        }
        repaired.missing = remove_lone_entries(&transaction)?;
        inventory::remove_stray_names(&transaction)?;
        kept.advance()?;
        self.sealer
            .write_head(&transaction, &kept, self.ports.randomness.as_ref())?;
        transaction.commit()?;
        self.raise_anchor(&kept);
        for name in unnamed {
            let _ = self.ports.disk.remove(&self.folder.file(name));
        }
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(repaired)
    }

    fn look_again(&self, connection: &Connection, sequence: u64) -> Result<Look, VaultError> {
        let Some(mut row) = inventory::row_at(connection, sequence)? else {
            return Ok(Look::Broken(None));
        };
        let tag = self.sealer.tag(&row);
        let entry = read_entry(connection, sequence)?;
        let counted = entry.and_then(|entry| self.sealer.open_tag(sequence, entry));
        let id = self.id_of(&mut row);
        let opens = match self.sealer.open_body(&mut row) {
            Ok((files, _)) => {
                let named: BTreeSet<FileName> = files.iter().map(|file| file.stored_as).collect();
                let mut opens = true;
                for file in &files {
                    match open_whole(&self.folder, file, &mut |_| ()) {
                        Ok(()) => {}
                        Err(VaultError::Damaged { .. }) => opens = false,
                        Err(other) => return Err(other),
                    }
                }
                if opens && named != inventory::file_names(connection, sequence)? {
                    inventory::replace_file_names(connection, sequence, &named)?;
                }
                opens
            }
            Err(VaultError::Damaged { .. }) => false,
            Err(other) => return Err(other),
        };
        Ok(if opens && id.is_some() && counted == Some(tag) {
            Look::Sound(tag)
        } else {
            Look::Broken(id)
        })
    }

    fn id_of(&self, row: &mut StoredRow) -> Option<String> {
        let (id, _) = self.sealer.open_summary(row).ok()?;
        (self.sealer.keys.row_id(&id) == row.id).then_some(id)
    }
}

enum Look {
    Sound([u8; 32]),
    Broken(Option<String>),
}

/// Removes entries whose row is gone, and counts them.
fn remove_lone_entries(connection: &Connection) -> Result<u64, VaultError> {
    let rows: BTreeSet<u64> = inventory::sequences(connection)?.into_iter().collect();
    let mut lone = Vec::new();
    each_entry(connection, |sequence, _| {
        if !rows.contains(&sequence) {
            lone.push(sequence);
        }
    })?;
    for sequence in &lone {
        remove_entry(connection, *sequence)?;
    }
    Ok(lone.len() as u64)
}
