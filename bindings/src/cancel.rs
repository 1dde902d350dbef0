//! Cancelling a call from outside: a cancelled Swift task does not reach Rust by itself.

use std::future::Future;
use std::sync::Arc;

use quanshengshi_handset::failure::code::OwnCode;
use quanshengshi_handset::failure::sorted::{Failure, NextStep};
use tokio::sync::watch;

use crate::error::QssError;

/// Ends the calls it was given to, now or later. One token may serve several calls.
#[derive(Debug, uniffi::Object)]
pub struct CancelToken {
    cancelled: watch::Sender<bool>,
}

#[uniffi::export]
impl CancelToken {
    /// A token that has not been cancelled.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            cancelled: watch::channel(false).0,
        })
    }

    /// Ends every call with this token; such a call fails with `Cancelled` and may be repeated.
    pub fn cancel(&self) {
        self.cancelled.send_replace(true);
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        *self.cancelled.borrow()
    }
}

/// Runs work until it ends or the token is cancelled; the work is dropped then.
pub(crate) async fn until_cancelled<T, E: Into<QssError>>(
    cancel: Option<Arc<CancelToken>>,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, QssError> {
    let Some(token) = cancel else {
        return work.await.map_err(Into::into);
    };
    let mut cancelled = token.cancelled.subscribe();
    tokio::select! {
        biased;
        _ = cancelled.wait_for(|cancelled| *cancelled) => Err(Failure::own(NextStep::Cancelled, OwnCode::Cancelled).into()),
        done = work => done.map_err(Into::into),
    }
}
