//! The port to the device's keystore, which holds the one key that must never be on disk.

use thiserror::Error;
use zeroize::Zeroizing;

/// Seals and opens small secrets under a key that does not leave the device: Android Keystore, the Secure
/// Enclave, or [`crate::software_keystore::SoftwareKeystore`] on a desktop.
///
/// `purpose` names the use of a secret. It is bound to the sealed bytes, and each purpose may have a key of
/// its own. The calls may block for as long as a person takes to unlock the device.
pub trait Keystore: Send + Sync {
    /// Gives `plain` sealed for `purpose`, making the key if there is none.
    ///
    /// # Errors
    /// [`KeystoreError::Locked`] while the device is locked, [`KeystoreError::Refused`] when the platform
    /// forbids the use, [`KeystoreError::Other`] for anything else.
    fn seal(&self, purpose: &str, plain: &[u8]) -> Result<Vec<u8>, KeystoreError>;

    /// Gives back what [`Keystore::seal`] sealed for the same purpose.
    ///
    /// # Errors
    /// [`KeystoreError::KeyGone`] when there is no key for this purpose, [`KeystoreError::Locked`] while
    /// the device is locked, [`KeystoreError::Refused`] when the key does not fit these bytes,
    /// [`KeystoreError::Other`] for anything else.
    fn open_sealed(
        &self,
        purpose: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeystoreError>;

    /// Destroys the key of `purpose`. There being none is success, so a cut wipe can be repeated.
    ///
    /// # Errors
    /// [`KeystoreError::Locked`] or [`KeystoreError::Other`] when the key may still exist.
    fn destroy(&self, purpose: &str) -> Result<(), KeystoreError>;
}

/// Why a keystore did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeystoreError {
    /// There is no key for this purpose, for example after new biometrics or a restored backup.
    #[error("there is no key for this purpose")]
    KeyGone,
    /// The device is locked, or its user did not confirm.
    #[error("the device has to be unlocked first")]
    Locked,
    /// The bytes were not sealed by this key for this purpose.
    #[error("the keystore does not accept these bytes")]
    Refused,
    /// The platform failed; the text is for the log and holds nothing personal.
    #[error("keystore: {0}")]
    Other(String),
}
