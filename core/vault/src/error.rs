//! Why a vault could not do what was asked.

use std::fmt;
use std::io;

use rusqlite::ErrorCode;
use thiserror::Error;

use crate::keystore::KeystoreError;

/// Why a vault could not do what was asked. No variant carries an owner, an id or a stored byte.
#[derive(Debug, Error)]
pub enum VaultError {
    /// The key that opens this vault no longer exists. Everything is still on disk and nothing will ever
    /// open it; `Vault::reset` clears the folder.
    #[error("the key of this vault is gone")]
    KeyGone,
    /// The device is locked or its user did not unlock the key. Try again after unlocking.
    #[error("the device has to be unlocked first")]
    Locked,
    /// The bytes are whole, but this keystore's key is not the one that sealed them.
    #[error("the keystore's key does not fit this vault")]
    WrongKey,
    /// The keystore failed in another way.
    #[error("the keystore failed")]
    Keystore(#[source] KeystoreError),
    /// Something on disk is not what this vault wrote.
    #[error("damaged: {what}")]
    Damaged {
        /// The part that failed its seal or its shape.
        what: Part,
    },
    /// No record of that id, or no file of that name in it.
    #[error("nothing is kept under this name")]
    NotFound,
    /// No room on the disk. The state before the call is unchanged.
    #[error("the disk is full")]
    DiskFull,
    /// Another vault value, here or in another process, has this folder open.
    #[error("the vault is open elsewhere")]
    InUse,
    /// A later release wrote this vault.
    #[error("the vault has format {found}, newer than this program knows")]
    FormatTooNew {
        /// The format number found.
        found: u32,
    },
    /// What lies here is whole, and older than what was here before: an older copy of the folder was put
    /// back, or the end of the journal is gone. Nothing was changed. `Vault::reset` clears the folder; it is a
    /// cache, so what it held is fetched again.
    #[error("the vault is older than it was")]
    RolledBack {
        /// How many changes are missing; none when it is another vault altogether.
        missing: Option<u64>,
    },
    /// An argument is empty or larger than the format allows.
    #[error("{what} is empty, doubled or too large")]
    OutOfRange {
        /// The argument.
        what: Argument,
    },
    /// The operating system gave no random bytes.
    #[error("no random bytes from the operating system")]
    Randomness,
    /// The file system failed.
    #[error("the file system failed")]
    Io(#[source] io::Error),
    /// The database failed in a way that is neither damage, a full disk nor a second user.
    #[error("the database failed with code {code}")]
    Database {
        /// SQLite's extended result code.
        code: i32,
    },
}

/// A part of the vault that can be damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The key envelope file.
    Envelope,
    /// The database's own structure: pages, schema, column types.
    Database,
    /// The sealed head row: counter, number of rows, combined row tags.
    Head,
    /// The sealed constant that proves the key.
    Canary,
    /// The sealed summary of a row.
    Summary,
    /// The sealed body of a row.
    Body,
    /// A sealed file, or its absence.
    File,
    /// The mark that the host keeps outside the folder.
    Anchor,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Envelope => "key envelope",
            Self::Database => "database",
            Self::Head => "head row",
            Self::Canary => "canary",
            Self::Summary => "summary",
            Self::Body => "body",
            Self::File => "file",
            Self::Anchor => "mark outside the folder",
        })
    }
}

/// An argument with limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    /// The owner: 1 to 256 bytes.
    Owner,
    /// The record's id: 1 to 512 bytes.
    Id,
    /// The summary: at most 64 KiB.
    Summary,
    /// The body: at most 16 MiB.
    Body,
    /// The files: at most 32, each named by 1 to 255 bytes, no name twice, each at most 256 MiB.
    Files,
    /// What the keystore gave for the root key: at most 4,096 bytes.
    SealedRoot,
}

impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Owner => "the owner",
            Self::Id => "the id",
            Self::Summary => "the summary",
            Self::Body => "the body",
            Self::Files => "the list of files",
            Self::SealedRoot => "the sealed root key",
        })
    }
}

impl From<io::Error> for VaultError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Io(error),
        }
    }
}

impl From<rusqlite::Error> for VaultError {
    fn from(error: rusqlite::Error) -> Self {
        // The schema is compared letter by letter when the database is opened. After that a wrong column
        // type, a missing table or a row that should be there can only come from damage.
        let damaged = Self::Damaged {
            what: Part::Database,
        };
        match error {
            rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DiskFull => Self::DiskFull,
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::InUse,
                ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::TypeMismatch
                | ErrorCode::ConstraintViolation
                | ErrorCode::SchemaChanged
                | ErrorCode::ReadOnly
                | ErrorCode::TooBig
                | ErrorCode::Unknown => damaged,
                _ => Self::Database {
                    code: failure.extended_code,
                },
            },
            _ => damaged,
        }
    }
}
