//! What the host lends: its keystore, its device key, a second place for the vaults' counters.
//!
//! The host's methods are called on threads that may block, never inside the poll of a future.

use std::sync::Arc;

use quanshengshi_handset::ports::{DeviceKeyError, DeviceKeys};
use quanshengshi_protocol::attestation::KEY_CHALLENGE;
use quanshengshi_vault::anchor::Anchor;
use quanshengshi_vault::keystore::{Keystore, KeystoreError};
use zeroize::Zeroizing;

/// Seals small secrets under a key that does not leave the device.
#[uniffi::export(with_foreign)]
pub trait HostKeystore: Send + Sync {
    /// Gives `plain` sealed for `purpose`, making the key if there is none.
    ///
    /// # Errors
    /// [`HostKeyError`] by variant.
    fn seal(&self, purpose: String, plain: Vec<u8>) -> Result<Vec<u8>, HostKeyError>;

    /// Gives back what `seal` sealed for the same purpose.
    ///
    /// # Errors
    /// [`HostKeyError`] by variant.
    fn open_sealed(&self, purpose: String, sealed: Vec<u8>) -> Result<Vec<u8>, HostKeyError>;

    /// Destroys the key of `purpose`; there being none is success.
    ///
    /// # Errors
    /// [`HostKeyError`] by variant.
    fn destroy(&self, purpose: String) -> Result<(), HostKeyError>;
}

/// The device's P-256 signing key.
#[uniffi::export(with_foreign)]
pub trait HostDeviceKey: Send + Sync {
    /// The public key as `04 ‖ x ‖ y`, made if there is none.
    ///
    /// # Errors
    /// [`HostKeyError`] by variant.
    fn public_key(&self) -> Result<Vec<u8>, HostKeyError>;

    /// ECDSA with SHA-256 over `content`, as DER or r‖s.
    ///
    /// # Errors
    /// [`HostKeyError`] by variant.
    fn sign(&self, content: Vec<u8>) -> Result<Vec<u8>, HostKeyError>;

    /// The certificates the platform gave the key (Android: `KeyStore.getCertificateChain`, the key made with
    /// [`device_key_challenge`] as its attestation challenge), DER each, the key's first. Empty where there are none: software
    /// keys, iOS for now.
    ///
    /// # Errors
    /// [`HostKeyError`] by variant; `Failed` counts as none.
    fn attestation(&self) -> Result<Vec<Vec<u8>>, HostKeyError>;
}

/// What a device key is made with as its attestation challenge.
#[uniffi::export]
pub fn device_key_challenge() -> Vec<u8> {
    KEY_CHALLENGE.to_vec()
}

/// Keeps a small mark a purpose outside the data folder: an item of the iOS keychain, a file in
/// Android's `noBackupFilesDir`. It shows that a whole older data folder was put back. A mark is no
/// secret. The calls come from inside others: do not call the core from them.
#[uniffi::export(with_foreign)]
pub trait HostAnchor: Send + Sync {
    /// The mark kept last; none when there is none.
    ///
    /// # Errors
    /// [`HostKeyError`] by variant.
    fn read(&self, purpose: String) -> Result<Option<Vec<u8>>, HostKeyError>;

    /// Keeps a mark of at most 64 bytes in the place of the one before.
    ///
    /// # Errors
    /// [`HostKeyError`] by variant.
    fn keep(&self, purpose: String, mark: Vec<u8>) -> Result<(), HostKeyError>;

    /// Removes the mark; there being none is success.
    ///
    /// # Errors
    /// [`HostKeyError`] by variant.
    fn remove(&self, purpose: String) -> Result<(), HostKeyError>;
}

/// Why the host's key did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum HostKeyError {
    /// There is no such key any more.
    #[error("the key is gone")]
    KeyGone,
    /// The device is locked, or its user did not confirm.
    #[error("the device is locked")]
    Locked,
    /// The bytes were not sealed by this key for this purpose.
    #[error("the key does not fit")]
    Refused,
    /// Anything else; the reason holds nothing personal.
    #[error("{reason}")]
    Failed {
        /// For the log.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for HostKeyError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed {
            reason: error.reason,
        }
    }
}

impl From<HostKeyError> for KeystoreError {
    fn from(error: HostKeyError) -> Self {
        match error {
            HostKeyError::KeyGone => Self::KeyGone,
            HostKeyError::Locked => Self::Locked,
            HostKeyError::Refused => Self::Refused,
            HostKeyError::Failed { reason } => Self::Other(reason),
        }
    }
}

impl From<HostKeyError> for DeviceKeyError {
    fn from(error: HostKeyError) -> Self {
        match error {
            HostKeyError::KeyGone => Self::KeyGone,
            HostKeyError::Locked => Self::Locked,
            HostKeyError::Refused => Self::Other("refused".to_owned()),
            HostKeyError::Failed { reason } => Self::Other(reason),
        }
    }
}

/// The host's keystore as the core's port.
pub(crate) struct KeystorePort(pub(crate) Arc<dyn HostKeystore>);

impl Keystore for KeystorePort {
    fn seal(&self, purpose: &str, plain: &[u8]) -> Result<Vec<u8>, KeystoreError> {
        Ok(self.0.seal(purpose.to_owned(), plain.to_vec())?)
    }

    fn open_sealed(
        &self,
        purpose: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeystoreError> {
        let plain = self.0.open_sealed(purpose.to_owned(), sealed.to_vec())?;
        Ok(Zeroizing::new(plain))
    }

    fn destroy(&self, purpose: &str) -> Result<(), KeystoreError> {
        Ok(self.0.destroy(purpose.to_owned())?)
    }
}

/// The host's second place as the core's port.
pub(crate) struct AnchorPort(pub(crate) Arc<dyn HostAnchor>);

impl Anchor for AnchorPort {
    fn read(&self, purpose: &str) -> Result<Option<Vec<u8>>, KeystoreError> {
        Ok(self.0.read(purpose.to_owned())?)
    }

    fn keep(&self, purpose: &str, mark: &[u8]) -> Result<(), KeystoreError> {
        Ok(self.0.keep(purpose.to_owned(), mark.to_vec())?)
    }

    fn remove(&self, purpose: &str) -> Result<(), KeystoreError> {
        Ok(self.0.remove(purpose.to_owned())?)
    }
}

/// The host's device key as the core's port.
pub(crate) struct DeviceKeyPort(pub(crate) Arc<dyn HostDeviceKey>);

impl DeviceKeys for DeviceKeyPort {
    fn public_key(&self) -> Result<Vec<u8>, DeviceKeyError> {
        Ok(self.0.public_key()?)
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, DeviceKeyError> {
        Ok(self.0.sign(message.to_vec())?)
    }

    fn attestation(&self) -> Result<Vec<Vec<u8>>, DeviceKeyError> {
        Ok(self.0.attestation()?)
    }
}
