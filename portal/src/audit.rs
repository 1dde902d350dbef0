//! The chained, append-only record of what was done (protocol 5.9).
//!
//! Each entry holds the hash of the one before it, is written in the transaction of what it tells
//! about, and can be neither changed nor deleted through the database. No frames, no documents, no
//! scores stand in it. What the chain cannot see by itself is a cut-off tail: [`chain::verify_chain`]
//! gives the head, which is to be kept elsewhere once a day.

pub mod chain;
pub mod entry;

/// The tables of this room.
pub const SCHEMA: &str = "
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  prev BLOB NOT NULL CHECK (length(prev) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  time_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  event TEXT NOT NULL,
  task BLOB,
  txn BLOB,
  evidence BLOB,
  device BLOB,
  decision TEXT NOT NULL,
  reason TEXT NOT NULL,
  policy TEXT NOT NULL
) STRICT;
CREATE INDEX audit_task ON audit (task) WHERE task IS NOT NULL;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
";

/// What version 2 adds: which application for review, and which reviewer. Entries without them
/// hash as they did.
pub const SCHEMA_2: &str = "
ALTER TABLE audit ADD COLUMN application INTEGER;
ALTER TABLE audit ADD COLUMN reviewer INTEGER;
CREATE INDEX audit_application ON audit (application) WHERE application IS NOT NULL;
";

#[cfg(test)]
mod tests;
