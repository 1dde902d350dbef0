//! What the flows need of the host: a device key, a clock. The vault's keystore is the third port
//! ([`quanshengshi_vault::keystore::Keystore`]).

use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// The device's P-256 key: Secure Enclave, Android Keystore, or
/// [`crate::software_keys::SoftwareKeys`] on a desktop.
///
/// Both calls are made on a thread that may block, never inside the poll of a future; they may
/// take as long as a person needs to unlock the device.
pub trait DeviceKeys: Send + Sync {
    /// The public key as an uncompressed point, `04 ‖ x ‖ y`, 65 bytes. Makes the key when there
    /// is none.
    ///
    /// # Errors
    /// [`DeviceKeyError`] by variant.
    fn public_key(&self) -> Result<Vec<u8>, DeviceKeyError>;

    /// An ES256 signature over SHA-256 of `message`, as DER or as r‖s, with either S.
    ///
    /// # Errors
    /// [`DeviceKeyError`] by variant.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, DeviceKeyError>;

    /// The certificates the platform gave the key when it was made with
    /// [`quanshengshi_protocol::attestation::KEY_CHALLENGE`]: DER each, the one of the key first, the root last.
    /// Empty where nobody vouches for keys.
    ///
    /// # Errors
    /// [`DeviceKeyError`] by variant.
    fn attestation(&self) -> Result<Vec<Vec<u8>>, DeviceKeyError> {
        Ok(Vec::new())
    }
}

/// Why a device key did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeviceKeyError {
    /// The device is locked, or its user did not confirm.
    #[error("the device has to be unlocked first")]
    Locked,
    /// The key no longer exists, for example after a restored backup: enrol again.
    #[error("the device key is gone")]
    KeyGone,
    /// The platform failed; the text is for the log and holds nothing personal.
    #[error("device key: {0}")]
    Other(String),
}

/// The device's clocks.
pub trait Clock: Send + Sync {
    /// Milliseconds of a clock that never goes back; its zero means nothing.
    fn monotonic_ms(&self) -> u64;

    /// Milliseconds since 1970 as the device believes. Not trusted: it only moves the time of
    /// offline copies forward from the newest time the portal signed.
    fn wall_ms(&self) -> u64;
}

/// The clocks of the operating system.
#[derive(Debug)]
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// A clock whose monotonic zero is now.
    pub fn new() -> Self {
        Self {
            start: Instant::now(),
        }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn monotonic_ms(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn wall_ms(&self) -> u64 {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| {
                u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
            })
    }
}
