//! The portal's storage: one `SQLite` file, one writer, several readers.
//!
//! All changes go through one thread that puts whatever is queued (at most 256 jobs) into one
//! transaction and syncs once: the same durability as a transaction each, at about nine times the
//! rate. Every job has its own savepoint, so a job that fails undoes itself and nothing else. A
//! job's answer travels only after the sync: what was answered survives a pulled plug.
//!
//! | room | gives |
//! |---|---|
//! | [`writer`] | the thread and its group commit |
//! | [`readers`] | connections that only look |
//! | [`schema`] | the tables of all rooms and their version |

pub mod readers;
pub mod schema;
pub mod writer;

use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, Transaction};

use crate::store::readers::Readers;
use crate::store::writer::Writer;

/// Why the storage did not answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database said no.
    #[error("the database said no")]
    Sqlite(#[from] rusqlite::Error),
    /// More jobs wait than the writer may queue.
    #[error("too much is waiting to be stored")]
    Busy,
    /// The storage was closed, or a job panicked.
    #[error("the storage has stopped")]
    Stopped,
    /// The group of this job could not be synced; nothing of it is stored.
    #[error("could not be stored: {0}")]
    Commit(String),
    /// The file belongs to a newer portal.
    #[error("the database has version {found}, this portal knows {known}")]
    Version {
        /// What the file says.
        found: i64,
        /// The newest this portal knows.
        known: i64,
    },
}

/// The portal's storage. Clones share one writer; the last one closes it.
#[derive(Clone, Debug)]
pub struct Store {
    writer: Arc<Writer>,
    readers: Arc<Readers>,
}

impl Store {
    /// Opens or makes the database at a path, with the tables of every room.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] when it cannot be opened, [`StoreError::Version`] when a newer
    /// portal made it.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let mut connection = connect(path)?;
        schema::migrate(&mut connection)?;
        let readers = Readers::open(path)?;
        Ok(Self {
            writer: Arc::new(Writer::start(connection)?),
            readers: Arc::new(readers),
        })
    }

    /// Runs a job that changes something and answers when it is synced to disk.
    ///
    /// The job sees what the jobs before it did. When it answers an error, only its own changes
    /// are undone; a refusal that must leave a trace belongs into the `Ok` value.
    ///
    /// # Errors
    /// The job's own error, or a [`StoreError`] when it was not run or not stored.
    ///
    /// # Cancellation
    /// A job that was queued runs to its end, also when nobody waits for the answer.
    pub async fn write<T, E, F>(&self, job: F) -> Result<T, E>
    where
        F: FnOnce(&Transaction<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.writer.run(job).await
    }

    /// Runs a job that only looks, on one consistent state that holds every answered write.
    ///
    /// # Errors
    /// The job's own error, or a [`StoreError`].
    ///
    /// # Cancellation
    /// Harmless: nothing changes.
    pub async fn read<T, E, F>(&self, job: F) -> Result<T, E>
    where
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.readers.run(job).await
    }
}

/// A connection with the settings all of ours have.
fn connect(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

#[cfg(test)]
mod tests;
