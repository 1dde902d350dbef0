//! Work that may block, away from the threads that poll futures.

/// The thread that did the work was stopped, with the app or by a defect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the work was stopped")]
pub struct Stopped;

/// Does work on a thread that may block. Keystores and disks are only ever asked here: a foreign
/// callback inside the poll of a future can crash an app, and a slow disk would stop every other
/// future.
///
/// # Cancellation
/// Dropping the future leaves the work to end by itself.
pub(crate) async fn blocking<T, E>(
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<Stopped> + Send + 'static,
{
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(_) => Err(Stopped.into()),
    }
}
