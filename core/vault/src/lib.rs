//! Sealed records and files on disk: bytes in, bytes out, for one owner.
//!
//! A folder holds one vault. Nothing in it can be read without the device's keystore, nothing in it can be
//! exchanged or cut without being noticed, and a process killed at any moment leaves either the old
//! record or the new one.
//!
//! # Components
//!
//! - [`vault`]: the doors: put, list, read, forget, check.
//! - [`keystore`]: the port to the device's key; [`software_keystore`] is the desktop's.
//! - [`envelope`]: the root key of one owner, sealed by the keystore, in a file.
//! - [`record`]: what goes in and comes out, and its bytes before sealing.
//! - [`check`]: what a full check looks at and what it found; [`repair`]: how to go on after damage.
//! - [`reader`]: a large file, piece by piece.
//! - [`anchor`]: the port to a second place, against a whole older folder; [`software_anchor`] is the desktop's.
//!
//! # Keys
//!
//! keystore key → envelope → root (32 bytes, one an owner) → HKDF-SHA-256 → record key, head key,
//! index key, tag key. Each file has a random key of its own, kept in the sealed body of its record.
//!
//! # On disk
//!
//! ```text
//! lock              empty; one process holds an exclusive lock on it
//! envelope          magic, format, sealed root, digest
//! vault.db(-wal)    SQLite, pages of 16 KiB, WAL, synchronous FULL; sealed columns only
//! files/<32 hex>    64 KiB chunks, each sealed; *.tmp is a file that was never finished
//! ```
//!
//! The README of this crate holds the table of threats and the measurements.

pub mod anchor;
pub mod check;
mod chunks;
mod database;
mod disk;
pub mod envelope;
pub mod error;
mod folder;
mod head;
mod inventory;
mod keys;
pub mod keystore;
mod ledger;
mod migration;
mod opening;
mod orphans;
mod randomness;
pub mod reader;
pub mod record;
pub mod repair;
mod seal;
mod sealer;
pub mod software_anchor;
pub mod software_keystore;
pub mod vault;
