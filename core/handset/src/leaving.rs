//! Wiping everything: when the person signs out, and when the portal says that this device was
//! revoked (requirement US-07).
//!
//! A mark, an empty file beside the vaults, is made before the first byte is wiped and goes after the
//! last, so that a wipe that was cut anywhere is finished before the handset is opened next. Keys go
//! first, with each vault: what cannot be deleted from the flash any more cannot be read either.

use std::fs;
use std::future::Future;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use quanshengshi_protocol::device::{DeviceAsk, DeviceRequest};
use quanshengshi_protocol::ids::{DeviceId, Nonce};
use quanshengshi_protocol::statement::Signed;
use quanshengshi_vault::error::VaultError;
use quanshengshi_vault::keystore::Keystore;

use crate::blocking::{Stopped, blocking};
use crate::device::DeviceError;
use crate::handset::{Handset, Inner};
use crate::randomness::make_random;

/// The file that says that a wipe was begun.
pub(crate) const WIPING: &str = "wiping";
/// How long the portal may take to hear of a sign-out: the person wants to be gone.
const TELL_WITHIN: Duration = Duration::from_secs(5);

/// Why a phone was not wiped; the same call may be repeated.
#[derive(Debug, thiserror::Error)]
pub enum LeaveError {
    /// A vault or its key cannot be wiped now.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The thread was stopped.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// What a sign-out did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedOut {
    /// Whether the portal heard of it. When not, the device stands in the account's list until it
    /// is disabled there; it holds nothing any more.
    pub told: bool,
}

impl Handset {
    /// Signs out: tells the portal when it can be reached, and wipes certificates, log and
    /// enrolment with their keys. Works without a network; done twice it is the same as once.
    ///
    /// # Errors
    /// [`LeaveError`] by variant; what was begun is finished by the next call or the next opening.
    ///
    /// # Cancellation
    /// May be dropped and repeated; a wipe that was begun goes on by itself.
    pub async fn sign_out(&self) -> Result<SignedOut, LeaveError> {
        let told = matches!(
            tokio::time::timeout(TELL_WITHIN, self.tell_leaving()).await,
            Ok(Ok(true))
        );
        self.wipe().await?;
        Ok(SignedOut { told })
    }

    /// Tells the portal, if it knows this device.
    async fn tell_leaving(&self) -> Result<bool, DeviceError> {
        let device = &self.inner.device;
        let Some(id) = device.known().await? else {
            return Ok(false);
        };
        let request = self.device_request(id, DeviceAsk::Leave).await?;
        device.portal.leave(&request).await?;
        Ok(true)
    }

    pub(crate) async fn device_request(
        &self,
        device: DeviceId,
        ask: DeviceAsk,
    ) -> Result<Signed<DeviceRequest>, DeviceError> {
        let request = DeviceRequest {
            device,
            ask,
            nonce: Nonce::from_bytes(make_random()?),
        };
        Ok(self.inner.device.signer.sign(&request).await?)
    }

    async fn wipe(&self) -> Result<(), LeaveError> {
        let inner = Arc::clone(&self.inner);
        blocking(move || inner.wipe()).await
    }

    /// Runs a call; when the portal answered that this device was revoked, everything kept is
    /// wiped before the refusal is handed on. A wipe that fails now is tried again by the next
    /// refusal and the next opening.
    pub(crate) async fn obeying<T, E>(
        &self,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        let done = work.await;
        if done.is_err() && self.inner.device.portal.said_revoked() && self.wipe().await.is_ok() {
            self.inner.device.portal.forget_revoked();
        }
        done
    }
}

impl Inner {
    /// Wipes both vaults. Blocks, and asks the keystore.
    pub(crate) fn wipe(&self) -> Result<(), LeaveError> {
        let mark = self.data_folder.join(WIPING);
        // A mark that cannot be made, on a full disk, is no reason to keep what must go.
        let _ = fs::write(&mark, []);
        self.wallet.forget_all()?;
        self.device.state.wipe()?;
        unmark(&mark)
    }
}

/// Finishes a wipe that was cut, before the vaults are opened. Blocks, and asks the keystore.
pub(crate) fn finish_wipe(data_folder: &Path, keystore: &dyn Keystore) -> Result<(), LeaveError> {
    let mark = data_folder.join(WIPING);
    if !mark.exists() {
        return Ok(());
    }
    Handset::reset(data_folder, keystore)?;
    unmark(&mark)
}

/// Takes the mark away; there being none is success.
fn unmark(mark: &Path) -> Result<(), LeaveError> {
    match fs::remove_file(mark) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(VaultError::Io(error).into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
