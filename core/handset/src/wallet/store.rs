//! The vault of certificates.

use std::path::Path;
use std::sync::Arc;

use quanshengshi_vault::anchor::Anchor;
use quanshengshi_vault::error::VaultError;
use quanshengshi_vault::keystore::Keystore;
use quanshengshi_vault::vault::Vault;

use crate::place::Place;
use crate::wallet::error::WalletError;

/// The vault's owner.
pub(crate) const OWNER: &str = "wallet";

/// The vault of certificates, with the wallet's errors.
#[derive(Clone)]
pub(crate) struct WalletStore {
    place: Place,
}

impl WalletStore {
    /// Opens the vault in a folder. Blocks, and asks the keystore.
    pub(crate) fn open(
        folder: &Path,
        keystore: Arc<dyn Keystore>,
        anchor: Option<Arc<dyn Anchor>>,
    ) -> Result<Self, VaultError> {
        let place = Place::open(folder, OWNER, keystore, anchor)?;
        Ok(Self { place })
    }

    /// The vault itself, for what is done to all vaults alike.
    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// Works on the vault in this thread.
    pub(crate) fn with<T>(
        &self,
        work: impl FnOnce(&Vault) -> Result<T, WalletError>,
    ) -> Result<T, WalletError> {
        self.place.with(work)
    }

    /// Works on the vault on a thread that may block.
    pub(crate) async fn later<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Vault) -> Result<T, WalletError> + Send + 'static,
    ) -> Result<T, WalletError> {
        self.place.later(work).await
    }

    /// Wipes the vault with its key and starts an empty one. Waits for calls that are under way.
    /// Can be repeated when it was cut.
    pub(crate) fn forget_all(&self) -> Result<(), VaultError> {
        self.place.wipe()
    }
}
