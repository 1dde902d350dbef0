//! Where keys, nonces and file names come from.

use ring::rand::{SecureRandom, SystemRandom};

use crate::error::VaultError;

/// Source of unpredictable bytes. A port of this crate alone, so that tests can freeze sealed bytes.
pub(crate) trait Randomness: Send + Sync {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), VaultError>;
}

/// The operating system's randomness.
pub(crate) struct SystemRandomness(SystemRandom);

impl SystemRandomness {
    pub(crate) fn new() -> Self {
        Self(SystemRandom::new())
    }
}

impl Randomness for SystemRandomness {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), VaultError> {
        self.0.fill(bytes).map_err(|_| VaultError::Randomness)
    }
}

/// `N` fresh bytes.
pub(crate) fn make_random<const N: usize>(from: &dyn Randomness) -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    from.fill(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
pub(crate) mod counting {
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::{Randomness, VaultError};

    /// 01 01 01 …, then 02 02 02 …: every draw is known, no two draws are alike.
    #[derive(Default)]
    pub(crate) struct CountingRandomness(AtomicU8);

    impl Randomness for CountingRandomness {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), VaultError> {
            bytes.fill(self.0.fetch_add(1, Ordering::Relaxed) + 1);
            Ok(())
        }
    }
}
