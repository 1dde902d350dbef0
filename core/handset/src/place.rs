//! A vault that can be wiped while the handset goes on.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use quanshengshi_vault::anchor::Anchor;
use quanshengshi_vault::error::VaultError;
use quanshengshi_vault::keystore::Keystore;
use quanshengshi_vault::vault::Vault;

use crate::blocking::{Stopped, blocking};

/// An open vault; empty only while it is wiped, or when that was cut.
#[derive(Clone)]
pub(crate) struct Place {
    inner: Arc<Inner>,
}

struct Inner {
    folder: PathBuf,
    owner: &'static str,
    keystore: Arc<dyn Keystore>,
    anchor: Option<Arc<dyn Anchor>>,
    vault: RwLock<Option<Vault>>,
}

impl Place {
    /// Opens the vault of an owner in a folder. Blocks, and asks the keystore.
    pub(crate) fn open(
        folder: &Path,
        owner: &'static str,
        keystore: Arc<dyn Keystore>,
        anchor: Option<Arc<dyn Anchor>>,
    ) -> Result<Self, VaultError> {
        let vault = open(folder, owner, &keystore, anchor.as_ref())?;
        let inner = Inner {
            folder: folder.to_owned(),
            owner,
            keystore,
            anchor,
            vault: RwLock::new(Some(vault)),
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// Works on the vault in this thread.
    pub(crate) fn with<T, E: From<VaultError>>(
        &self,
        work: impl FnOnce(&Vault) -> Result<T, E>,
    ) -> Result<T, E> {
        let held = self.inner.vault.read();
        let vault = held.unwrap_or_else(PoisonError::into_inner);
        match vault.as_ref() {
            Some(vault) => work(vault),
            None => Err(VaultError::KeyGone.into()),
        }
    }

    /// Works on the vault on a thread that may block.
    pub(crate) async fn later<T, E>(
        &self,
        work: impl FnOnce(&Vault) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<VaultError> + From<Stopped> + Send + 'static,
    {
        let place = self.clone();
        blocking(move || place.with(work)).await
    }

    /// Wipes the vault with its key and starts an empty one. Waits for calls that are under way.
    /// Blocks, and asks the keystore. Can be repeated when it was cut.
    pub(crate) fn wipe(&self) -> Result<(), VaultError> {
        let Inner {
            folder,
            owner,
            keystore,
            anchor,
            vault,
        } = self.inner.as_ref();
        let mut held = vault.write().unwrap_or_else(PoisonError::into_inner);
        match held.take() {
            Some(vault) => vault.forget_all()?,
            None => Vault::reset(folder, owner, keystore.as_ref())?,
        }
        *held = Some(open(folder, owner, keystore, anchor.as_ref())?);
        Ok(())
    }
}

fn open(
    folder: &Path,
    owner: &str,
    keystore: &Arc<dyn Keystore>,
    anchor: Option<&Arc<dyn Anchor>>,
) -> Result<Vault, VaultError> {
    let keystore = Arc::clone(keystore);
    match anchor {
        Some(anchor) => Vault::open_anchored(folder, owner, keystore, Arc::clone(anchor)),
        None => Vault::open(folder, owner, keystore),
    }
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Place").finish_non_exhaustive()
    }
}
