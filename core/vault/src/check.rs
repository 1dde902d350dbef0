//! The full check: the head row against every row, every row, every file.

use std::collections::HashSet;

use rusqlite::Connection;

use crate::chunks::FileName;
use crate::database::StoredRow;
use crate::error::{Part, VaultError};
use crate::head::Head;
use crate::vault::{Vault, open_file};

/// What a full check looked at and found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// Rows looked at.
    pub rows: u64,
    /// Files opened to their end.
    pub files: u64,
    /// What is wrong, in the order it was met; empty if nothing is.
    pub findings: Vec<Finding>,
}

impl CheckReport {
    /// Whether nothing is wrong. A whole older copy of the folder put back is not seen here; see
    /// [`Vault::changes`].
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
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

impl Vault {
    /// Opens everything once and compares it with the head row. Grows with the vault; meant for the
    /// background after the first list. Other calls wait meanwhile.
    ///
    /// # Errors
    /// [`VaultError::Io`] and [`VaultError::Database`] when the check could not be carried out. Damage is
    /// no error but a finding.
    pub fn check(&self) -> Result<CheckReport, VaultError> {
        let connection = self.lock();
        let mut report = CheckReport::default();
        match self.look(&connection, &mut report) {
            Err(VaultError::Damaged {
                what: Part::Database,
            }) => {
                report.findings.push(Finding::Database);
            }
            other => other?,
        }
        Ok(report)
    }

    fn look(&self, connection: &Connection, report: &mut CheckReport) -> Result<(), VaultError> {
        let structure: String =
            connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if structure != "ok" {
            report.findings.push(Finding::Database);
        }
        let mut counted = Head::default();
        let mut names = HashSet::new();
        let mut query =
            connection.prepare(&format!("SELECT {} FROM a ORDER BY s", StoredRow::COLUMNS))?;
        for row in query.query_map([], StoredRow::of)? {
            let row = row?;
            report.rows += 1;
            counted.rows += 1;
            counted.counter = row.sequence;
            counted.toggle(&self.sealer.tag(&row));
            self.look_at_row(row, &mut names, report)?;
        }
        if names != names_in_table(connection)? {
            report.findings.push(Finding::FileNames);
        }
        match self.sealer.read_head(connection) {
            Ok(head) => {
                let agrees = head.rows == counted.rows
                    && head.tags == counted.tags
                    && head.counter >= counted.counter;
                if !agrees {
                    report.findings.push(Finding::RowsNotAsCounted);
                }
                Ok(())
            }
            Err(VaultError::Damaged { what: Part::Head }) => {
                report.findings.push(Finding::Head);
                Ok(())
            }
            Err(other) => Err(other),
        }
    }

    fn look_at_row(
        &self,
        mut row: StoredRow,
        names: &mut HashSet<(u64, FileName)>,
        report: &mut CheckReport,
    ) -> Result<(), VaultError> {
        let sequence = row.sequence;
        let mut note = |part| report.findings.push(Finding::Row { sequence, part });
        match self.sealer.open_summary(&mut row) {
            Ok((id, _)) if self.sealer.keys.row_id(&id) == row.id => {}
            _ => note(Part::Summary),
        }
        let Ok((files, _)) = self.sealer.open_body(&mut row) else {
            note(Part::Body);
            return Ok(());
        };
        for file in files {
            names.insert((sequence, file.stored_as));
            match open_file(&self.folder, &file, &mut |_| ()) {
                Ok(()) => report.files += 1,
                Err(VaultError::Damaged { .. }) => {
                    report.findings.push(Finding::Row {
                        sequence,
                        part: Part::File,
                    });
                }
                Err(other) => return Err(other),
            }
        }
        Ok(())
    }
}

fn names_in_table(connection: &Connection) -> Result<HashSet<(u64, FileName)>, VaultError> {
    let mut query = connection.prepare("SELECT s, n FROM c")?;
    let names = query.query_map([], |row| {
        let sequence: i64 = row.get(0)?;
        Ok((sequence.cast_unsigned(), FileName(row.get(1)?)))
    })?;
    Ok(names.collect::<Result<_, _>>()?)
}
