//! The full check: every row, every file, and the head row against all of them.
//!
//! It goes step by step, so that other calls come in between: [`Vault::begin_check`], then [`Vault::step`] until
//! it is done. A step looks at a few rows while the vault is locked and at their files afterwards. The last
//! step adds up the ledger.

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::chunks::FileName;
use crate::database::StoredRow;
use crate::error::{Part, VaultError};
use crate::head::Head;
use crate::inventory;
use crate::ledger::{each_entry, read_entry};
use crate::reader::open_whole;
use crate::record::StoredFile;
use crate::vault::Vault;

/// Rows of one step. Some 3 ms on a phone of 2020.
const STEP_ROWS: u32 = 64;

/// What a full check looked at and found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// Rows looked at.
    pub rows: u64,
    /// Files opened to their end.
    pub files: u64,
    /// What is wrong, in the order it was met; empty if nothing is.
    pub findings: Vec<Finding>,
    /// Ids of the records with a finding, as far as their summaries still tell: to be fetched again.
    pub ids: Vec<String>,
}

impl CheckReport {
    /// Whether nothing is wrong. A whole older copy of the folder put back is not seen here; see
    /// [`Vault::open_anchored`].
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }

    fn note(&mut self, finding: Finding) {
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Finding {
    /// A sealed part of the row with this sequence number does not open.
    Row {
        /// The row's sequence number.
        sequence: u64,
        /// [`Part::Summary`], [`Part::Body`] or [`Part::File`].
        part: Part,
    },
    /// The rows are not those the head row counted: one is missing, was added, or is an older one.
    RowsNotAsCounted,
    /// The head row itself does not open.
    Head,
    /// The table of file names does not agree with the sealed bodies.
    FileNames,
    /// SQLite finds its own structure damaged.
    Database,
}

/// A check under way. Belongs to the vault that began it.
#[derive(Debug)]
pub struct Checking {
    vault: [u8; 16],
    /// Rows up to this sequence number have been looked at.
    seen: i64,
    /// The head's counter at the beginning. While it is the same, nothing was changed in between. Once it is
    /// not, rows put later are left out, or a check beside a busy writer would never end.
    began_at: Option<u64>,
    done: bool,
    report: CheckReport,
}

impl Checking {
    /// What was found so far; after the last step, what the whole check found.
    pub fn report(&self) -> &CheckReport {
        &self.report
    }
}

impl Vault {
    /// Looks at everything once. Grows with the vault; [`Vault::begin_check`] leaves pauses to others.
    ///
    /// # Errors
    /// [`VaultError::Io`] and [`VaultError::Database`] when the check could not be carried out. Damage is
    /// no error but a finding.
    pub fn check(&self) -> Result<CheckReport, VaultError> {
        let mut checking = self.begin_check();
        match inventory::structure_is_sound(&self.lock()) {
            Ok(true) => {}
            Ok(false) | Err(VaultError::Damaged { .. }) => checking.report.note(Finding::Database),
            Err(other) => return Err(other),
        }
        while !self.step(&mut checking)? {}
        Ok(checking.report)
    }

    /// Begins a check. Nothing is looked at yet.
    pub fn begin_check(&self) -> Checking {
        Checking {
            vault: self.sealer.keys.name,
            seen: i64::MIN,
            began_at: None,
            done: false,
            report: CheckReport::default(),
        }
    }

    /// Goes one step on and tells whether that was the last. Other calls wait for the rows of a step, not
    /// for its files. A `Checking` of another vault, or of this one before it was wiped, is begun again.
    ///
    /// # Errors
    /// As [`Vault::check`]; the step may be repeated.
    pub fn step(&self, checking: &mut Checking) -> Result<bool, VaultError> {
        if checking.vault != self.sealer.keys.name {
            *checking = self.begin_check();
        }
        if checking.done {
            return Ok(true);
        }
        let looked = match self.look_at_rows(checking) {
            Ok(files) if files.last_step => self.add_up(checking),
            Ok(files) => self.look_at_files(files, &mut checking.report),
            Err(error) => Err(error),
        };
        match looked {
            // Past a broken page SQLite cannot go on.
            Err(VaultError::Damaged {
                what: Part::Database,
            }) => {
                checking.report.note(Finding::Database);
                checking.done = true;
            }
            other => other?,
        }
        Ok(checking.done)
    }

    fn look_at_rows(&self, checking: &mut Checking) -> Result<FilesToOpen, VaultError> {
        let connection = self.lock();
        // A head that does not open is a finding of the last step.
        let head = self.sealer.read_head(&connection);
        let counter = head.map_or(u64::MAX, |head| head.counter);
        let began_at = *checking.began_at.get_or_insert(counter);
        let until = match i64::try_from(began_at) {
            Ok(began_at) if began_at.cast_unsigned() != counter => began_at,
            _ => i64::MAX,
        };
        let statement = format!(
            "SELECT {} FROM a WHERE s > ?1 AND s <= ?2 ORDER BY s LIMIT {STEP_ROWS}",
            StoredRow::COLUMNS
        );
        let mut query = connection.prepare_cached(&statement)?;
        let mut rows = query.query([checking.seen, until])?;
        let mut looked_at = FilesToOpen {
            last_step: true,
            rows: Vec::new(),
        };
        while let Some(row) = rows.next()? {
            let row = StoredRow::of(row)?;
            looked_at.last_step = false;
            let sequence = row.sequence.cast_signed();
            // In a broken tree the order breaks too, and a check that went by it would never end.
            if sequence <= checking.seen {
                return Err(VaultError::Damaged {
                    what: Part::Database,
                });
            }
            checking.seen = sequence;
            checking.report.rows += 1;
            let found = self.look_at_row(&connection, row, &mut checking.report)?;
            looked_at.rows.extend(found);
        }
        Ok(looked_at)
    }

    /// One row: its seals, its entry of the ledger, its place in the index, its names of files.
    fn look_at_row(
        &self,
        connection: &Connection,
        mut row: StoredRow,
        report: &mut CheckReport,
    ) -> Result<Option<RowFiles>, VaultError> {
        let sequence = row.sequence;
        let tag = self.sealer.tag(&row);
        let entry = read_entry(connection, sequence)?;
        let counted = entry.and_then(|entry| self.sealer.open_tag(sequence, entry));
        let indexed = inventory::sequence_of(connection, &row.id)? == Some(sequence);
        if !indexed {
            report.note(Finding::Database);
        }
        let id = match self.sealer.open_summary(&mut row) {
            Ok((id, _)) if self.sealer.keys.row_id(&id) == row.id => Some(id),
            _ => {
                let part = Part::Summary;
                report.note(Finding::Row { sequence, part });
                None
            }
        };
        let Ok((files, _)) = self.sealer.open_body(&mut row) else {
            let part = Part::Body;
            report.note(Finding::Row { sequence, part });
            report.ids.extend(id);
            // Its tag may be broken with it, so only a missing entry says more.
            if counted.is_none() {
                report.note(Finding::RowsNotAsCounted);
            }
            return Ok(None);
        };
        if counted.is_none() || (id.is_some() && counted != Some(tag)) {
            report.note(Finding::RowsNotAsCounted);
        }
        let named: BTreeSet<FileName> = files.iter().map(|file| file.stored_as).collect();
        if named != inventory::file_names(connection, sequence)? {
            report.note(Finding::FileNames);
        }
        Ok(Some(RowFiles {
            sequence,
            id,
            files,
        }))
    }

    fn look_at_files(
        &self,
        looked_at: FilesToOpen,
        report: &mut CheckReport,
    ) -> Result<(), VaultError> {
        for row in looked_at.rows {
            let sequence = row.sequence;
            let part = Part::File;
            let mut broken = false;
            for file in &row.files {
                match open_whole(&self.folder, file, &mut |_| ()) {
                    Ok(()) => report.files += 1,
                    // The record may have been replaced or forgotten since, and its files with it.
                    Err(VaultError::Damaged { .. }) => broken |= self.has_row(sequence)?,
                    Err(other) => return Err(other),
                }
            }
            if broken {
                report.note(Finding::Row { sequence, part });
                report.ids.extend(row.id);
            }
        }
        Ok(())
    }

    fn has_row(&self, sequence: u64) -> Result<bool, VaultError> {
        inventory::has_row(&self.lock(), sequence)
    }

    /// The last step: ledger against head, and rows and names that have no other side.
    fn add_up(&self, checking: &mut Checking) -> Result<(), VaultError> {
        let connection = self.lock();
        let report = &mut checking.report;
        let counted = self.add_up_ledger(&connection)?;
        match self.sealer.read_head(&connection) {
            Ok(head) => {
                let unchanged = checking.began_at == Some(head.counter);
                let rows = if unchanged {
                    report.rows
                } else {
                    inventory::count_rows(&connection)?
                };
                let later = inventory::has_row_after(&connection, head.counter)?;
                let agrees = counted.is_some_and(|counted| {
                    head.tags == counted.tags
                        && head.rows == counted.rows
                        && head.rows == rows
                        && !later
                        && head.counter >= counted.counter
                });
                if !agrees {
                    report.note(Finding::RowsNotAsCounted);
                }
            }
            Err(VaultError::Damaged { what: Part::Head }) => report.note(Finding::Head),
            Err(other) => return Err(other),
        }
        if inventory::has_stray_names(&connection)? {
            report.note(Finding::FileNames);
        }
        checking.done = true;
        Ok(())
    }

    /// What the head should be by the ledger; none if an entry does not open.
    pub(crate) fn add_up_ledger(
        &self,
        connection: &Connection,
    ) -> Result<Option<Head>, VaultError> {
        let mut sum = Some(Head::default());
        each_entry(connection, |sequence, entry| {
            let tag = self.sealer.open_tag(sequence, entry);
            sum = sum.take().zip(tag).map(|(mut sum, tag)| {
                sum.counter = sequence;
                sum.rows += 1;
                sum.toggle(&tag);
                sum
            });
        })?;
        Ok(sum)
    }
}

/// What a step has yet to open, outside the lock.
struct FilesToOpen {
    last_step: bool,
    rows: Vec<RowFiles>,
}

struct RowFiles {
    sequence: u64,
    id: Option<String>,
    files: Vec<StoredFile>,
}
