//! Connections that only look.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use crate::store::{StoreError, connect};

/// How many may look at once.
const READERS: usize = 4;

/// A small pool; a permit for each connection.
#[derive(Debug)]
pub struct Readers {
    permits: Arc<Semaphore>,
    free: Arc<Mutex<Vec<Connection>>>,
}

impl Readers {
    /// Opens the connections.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] when the file cannot be opened.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let mut free = Vec::with_capacity(READERS);
        for _ in 0..READERS {
            let connection = connect(path)?;
            connection.pragma_update(None, "query_only", true)?;
            free.push(connection);
        }
        Ok(Self {
            permits: Arc::new(Semaphore::new(READERS)),
            free: Arc::new(Mutex::new(free)),
        })
    }

    /// Runs a job on one consistent state.
    ///
    /// # Errors
    /// The job's own, or a [`StoreError`].
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn run<T, E, F>(&self, job: F) -> Result<T, E>
    where
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .map_err(|_| StoreError::Stopped)?;
        let free = Arc::clone(&self.free);
        let work = move || {
            let _permit = permit;
            let connection = lock(&free).pop().ok_or(StoreError::Stopped)?;
            let guard = Borrowed {
                free,
                connection: Some(connection),
            };
            guard.look(job)
        };
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|_| StoreError::Stopped)?
    }
}

/// Gives its connection back, also when the job panics.
struct Borrowed {
    free: Arc<Mutex<Vec<Connection>>>,
    connection: Option<Connection>,
}

impl Borrowed {
    fn look<T, E: From<StoreError>>(
        &self,
        job: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let connection = self.connection.as_ref().ok_or(StoreError::Stopped)?;
        let snapshot = connection
            .unchecked_transaction()
            .map_err(StoreError::Sqlite)?;
        job(&snapshot)
    }
}

impl Drop for Borrowed {
    fn drop(&mut self) {
        lock(&self.free).extend(self.connection.take());
    }
}

fn lock(free: &Mutex<Vec<Connection>>) -> std::sync::MutexGuard<'_, Vec<Connection>> {
    free.lock().unwrap_or_else(PoisonError::into_inner)
}
