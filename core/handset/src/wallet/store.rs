//! The vault of certificates.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use quanshengshi_vault::error::VaultError;
use quanshengshi_vault::keystore::Keystore;
use quanshengshi_vault::vault::Vault;

use crate::blocking::blocking;
use crate::wallet::error::WalletError;

/// The vault's owner.
pub(crate) const OWNER: &str = "wallet";

/// The open vault; empty only while everything is being forgotten, or when that was cut.
#[derive(Clone)]
pub(crate) struct WalletStore {
    place: Arc<Place>,
}

struct Place {
    folder: PathBuf,
    keystore: Arc<dyn Keystore>,
    vault: RwLock<Option<Vault>>,
}

impl WalletStore {
    /// Opens the vault in a folder. Blocks, and asks the keystore.
    pub(crate) fn open(folder: &Path, keystore: Arc<dyn Keystore>) -> Result<Self, VaultError> {
        let vault = Vault::open(folder, OWNER, Arc::clone(&keystore))?;
        let place = Place {
            folder: folder.to_owned(),
            keystore,
            vault: RwLock::new(Some(vault)),
        };
        Ok(Self {
            place: Arc::new(place),
        })
    }

    /// Works on the vault in this thread.
    pub(crate) fn with<T>(
        &self,
        work: impl FnOnce(&Vault) -> Result<T, WalletError>,
    ) -> Result<T, WalletError> {
        let held = self.place.vault.read();
        let vault = held.unwrap_or_else(PoisonError::into_inner);
        match vault.as_ref() {
            Some(vault) => work(vault),
            None => Err(VaultError::KeyGone.into()),
        }
    }

    /// Works on the vault on a thread that may block.
    pub(crate) async fn later<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Vault) -> Result<T, WalletError> + Send + 'static,
    ) -> Result<T, WalletError> {
        let store = self.clone();
        blocking(move || store.with(work)).await
    }

    /// Wipes the vault with its key and starts an empty one. Waits for calls that are under way.
    /// Can be repeated when it was cut.
    pub(crate) fn forget_all(&self) -> Result<(), VaultError> {
        let Place {
            folder,
            keystore,
            vault,
        } = self.place.as_ref();
        let mut held = vault.write().unwrap_or_else(PoisonError::into_inner);
        match held.take() {
            Some(vault) => vault.forget_all()?,
            None => Vault::reset(folder, OWNER, keystore.as_ref())?,
        }
        *held = Some(Vault::open(folder, OWNER, Arc::clone(keystore))?);
        Ok(())
    }
}
