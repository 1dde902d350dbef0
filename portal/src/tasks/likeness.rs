//! Stills that were seen before, encoded anew: the index of fingerprints.
//!
//! A digest knows the same bytes; whoever sends a recording again has it decoded, made smaller and
//! encoded on the way, and no byte is the same. So the stills of every submission that passed, or
//! that people look at, are kept as fingerprints for as long as digests are, and a new one is held
//! against all of other tasks. Attempts of one task are not held against each other: there the
//! digests speak, and a second attempt is in the same place as the first.
//!
//! Looking is one walk through the rows of the time window, outside the writer; rows that came
//! meanwhile are looked at inside the write, so that two at the same time see each other.

use quanshengshi_appraisal::fingerprint::{BYTES, Fingerprint};
use quanshengshi_protocol::ids::{Digest, EvidenceId, TaskId};
use rusqlite::{Connection, params};

use crate::devices::columns::to_column;
use crate::devices::refusal::Fault;

/// What version 4 adds.
pub const SCHEMA_4: &str = "
CREATE TABLE still_likeness (
  row INTEGER PRIMARY KEY,
  evidence BLOB NOT NULL UNIQUE REFERENCES evidence (id),
  task BLOB NOT NULL,
  subject BLOB NOT NULL CHECK (length(subject) = 32),
  stills BLOB NOT NULL,
  seen_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX still_likeness_time ON still_likeness (seen_at_ms);
";

/// How near stills are to those of earlier tasks, in bits; none where there are no earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Nearest {
    /// To those of the same person.
    pub own: Option<u32>,
    /// To those of other persons.
    pub others: Option<u32>,
}

impl Nearest {
    fn with(self, own: bool, bits: u32) -> Self {
        let less = |known: Option<u32>| Some(known.map_or(bits, |known| known.min(bits)));
        if own {
            Self {
                own: less(self.own),
                ..self
            }
        } else {
            Self {
                others: less(self.others),
                ..self
            }
        }
    }
}

/// A look at the index: what was found, and up to which row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Looked {
    /// The nearest so far.
    pub nearest: Nearest,
    last_row: i64,
}

/// Whose stills are looked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Their task.
    pub task: TaskId,
    /// Their person.
    pub subject: Digest,
    /// Their fingerprints.
    pub stills: Vec<Fingerprint>,
}

/// Looks through the rows after those that were looked through before.
///
/// # Errors
/// [`Fault::Store`]; [`Fault::Damaged`] for a row that is no whole number of fingerprints.
pub fn look(connection: &Connection, wanted: &Wanted, before: Looked) -> Result<Looked, Fault> {
    if wanted.stills.is_empty() {
        return Ok(before);
    }
    let mut looked = before;
    let mut rows = connection.prepare_cached(
        "SELECT row, task, subject, stills FROM still_likeness WHERE row > ?1 ORDER BY row",
    )?;
    let mut rows = rows.query([before.last_row])?;
    while let Some(row) = rows.next()? {
        looked.last_row = row.get(0)?;
        let blob = |at: usize| row.get_ref(at).map(|value| value.as_blob().ok());
        let (Some(task), Some(subject), Some(stills)) = (blob(1)?, blob(2)?, blob(3)?) else {
            return Err(Fault::Damaged("fingerprint"));
        };
        if task == wanted.task.as_bytes() {
            continue;
        }
        let (stills, []) = stills.as_chunks::<BYTES>() else {
            return Err(Fault::Damaged("fingerprint"));
        };
        let own = subject == wanted.subject.as_bytes();
        if let Some(bits) = distance(&wanted.stills, stills) {
            looked.nearest = looked.nearest.with(own, bits);
        }
    }
    Ok(looked)
}

/// Bits between two submissions: for each still of the one the nearest of the other, and of these
/// the middle one. Half of the stills must have been seen before to be called seen.
fn distance(stills: &[Fingerprint], others: &[[u8; BYTES]]) -> Option<u32> {
    let mut nearest: Vec<u32> = stills
        .iter()
        .filter_map(|still| {
            let others = others.iter().copied().map(Fingerprint::from_bytes);
            others.map(|other| still.distance(&other)).min()
        })
        .collect();
    nearest.sort_unstable();
    nearest.get(nearest.len().saturating_sub(1) / 2).copied()
}

/// Keeps the fingerprints of evidence.
///
/// # Errors
/// [`Fault::Store`].
pub fn keep(
    connection: &Connection,
    evidence: EvidenceId,
    wanted: &Wanted,
    now_ms: u64,
) -> Result<(), Fault> {
    if wanted.stills.is_empty() {
        return Ok(());
    }
    let stills: Vec<u8> = wanted
        .stills
        .iter()
        .flat_map(Fingerprint::as_bytes)
        .copied()
        .collect();
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO still_likeness (evidence, task, subject, stills, seen_at_ms) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            evidence.as_bytes(),
            wanted.task.as_bytes(),
            wanted.subject.as_bytes(),
            stills,
            to_column(now_ms),
        ])?;
    Ok(())
}
