//! The one thread that changes the database, with group commit.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::{mpsc, oneshot};

use crate::store::StoreError;

/// The most jobs of one commit.
pub const MOST_JOBS: usize = 256;
/// The most jobs that may wait.
const MOST_WAITING: usize = 4096;

/// What a job leaves behind: whether its changes stay, and how its caller is told.
struct Done {
    keep: bool,
    tell: Tell,
}

/// How a caller is told whether its group was stored.
type Tell = Box<dyn FnOnce(Result<(), Arc<str>>) + Send>;
type Job = Box<dyn FnOnce(&Transaction<'_>) -> Done + Send>;

/// The queue before the writing thread.
#[derive(Debug)]
pub struct Writer {
    queue: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread on a connection that is set up.
    ///
    /// # Errors
    /// [`StoreError::Stopped`] when no thread can be made.
    pub fn start(connection: Connection) -> Result<Self, StoreError> {
        let (queue, jobs) = mpsc::channel(MOST_WAITING);
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || work(connection, jobs))
            .map_err(|_| StoreError::Stopped)?;
        Ok(Self {
            queue: Some(queue),
            thread: Some(thread),
        })
    }

    /// Queues a job and waits until it is synced.
    ///
    /// # Errors
    /// The job's own, or [`StoreError::Busy`], [`StoreError::Stopped`], [`StoreError::Commit`].
    ///
    /// # Cancellation
    /// The job runs all the same.
    pub async fn run<T, E, F>(&self, job: F) -> Result<T, E>
    where
        F: FnOnce(&Transaction<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (sender, answer) = oneshot::channel();
        let job: Job = Box::new(move |transaction| {
            let result = job(transaction);
            Done {
                keep: result.is_ok(),
                // Nobody waiting any more is fine: the change stands.
                tell: Box::new(move |committed| {
                    let _ = sender.send(match committed {
                        Ok(()) => result,
                        Err(why) => Err(StoreError::Commit(why.as_ref().to_owned()).into()),
                    });
                }),
            }
        });
        let queue = self.queue.as_ref().ok_or(StoreError::Stopped)?;
        queue.try_send(job).map_err(|refused| match refused {
            mpsc::error::TrySendError::Full(_) => StoreError::Busy,
            mpsc::error::TrySendError::Closed(_) => StoreError::Stopped,
        })?;
        answer.await.map_err(|_| StoreError::Stopped)?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.queue.take());
        let Some(thread) = self.thread.take() else {
            return;
        };
        // A job that held the last clone of the store ends here on the thread itself.
        if thread.thread().id() != std::thread::current().id() {
            let _ = thread.join();
        }
    }
}

fn work(mut connection: Connection, mut jobs: mpsc::Receiver<Job>) {
    while let Some(first) = jobs.blocking_recv() {
        let mut group = vec![first];
        while group.len() < MOST_JOBS {
            match jobs.try_recv() {
                Ok(job) => group.push(job),
                Err(_) => break,
            }
        }
        commit(&mut connection, group);
    }
}

fn commit(connection: &mut Connection, group: Vec<Job>) {
    let mut told = Vec::with_capacity(group.len());
    let committed = run_group(connection, group, &mut told)
        .map_err(|error| Arc::<str>::from(error.to_string()));
    for tell in told {
        tell(committed.clone());
    }
}

fn run_group(
    connection: &mut Connection,
    group: Vec<Job>,
    told: &mut Vec<Tell>,
) -> Result<(), rusqlite::Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for job in group {
        transaction.execute_batch("SAVEPOINT job")?;
        // A panicking job drops its sender; its caller hears `Stopped`, the others hear nothing.
        let done = catch_unwind(AssertUnwindSafe(|| job(&transaction))).ok();
        if !done.as_ref().is_some_and(|done| done.keep) {
            transaction.execute_batch("ROLLBACK TO job")?;
        }
        transaction.execute_batch("RELEASE job")?;
        told.extend(done.map(|done| done.tell));
    }
    transaction.commit()
}
