//! Random bytes of the operating system.

use ring::rand::{SecureRandom, SystemRandom};

/// The operating system gave no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no random bytes from the operating system")]
pub struct NoRandomness;

/// `N` random bytes.
///
/// # Errors
/// [`NoRandomness`].
pub(crate) fn make_random<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| NoRandomness)?;
    Ok(bytes)
}

/// A random number from 0 to `most`, both included; close to even for the small spans of a
/// back-off.
pub(crate) fn make_random_up_to(most: u64) -> u64 {
    // Without randomness the longest wait is the safe one.
    make_random().map_or(most, |bytes| {
        u64::from_be_bytes(bytes) % most.saturating_add(1).max(1)
    })
}
