//! The door to the wallet.

use std::sync::Arc;

use crate::handset::{Handset, Inner};

/// The certificates kept on this phone. Cheap to clone.
#[derive(Clone)]
pub struct Wallet {
    pub(crate) inner: Arc<Inner>,
}

impl Wallet {
    pub(crate) fn handset(&self) -> Handset {
        Handset {
            inner: Arc::clone(&self.inner),
        }
    }
}

impl std::fmt::Debug for Wallet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wallet").finish_non_exhaustive()
    }
}
