//! The port to a second place, which shows that a whole older copy of the folder was put back.
//!
//! Everything inside a folder goes back with the folder. So the vault's counter is kept once more where the
//! folder is not: an item of the iOS keychain, a file of Android's `noBackupFilesDir`, a file beside the keys of
//! a desktop. The mark is written after each commit, so it never runs ahead of the vault: a vault behind its
//! mark is an older one.

use crate::error::{Part, VaultError};
use crate::keystore::KeystoreError;

/// Length of a mark in bytes.
pub const MARK_BYTES: usize = 16 + 8;

/// Keeps one small mark a purpose outside the vault's folder. A mark is no secret; whoever can put an older
/// mark back together with an older folder is not seen.
///
/// The calls come while the vault is locked for its other callers: they must not call the vault. A mark need
/// not be on the disk when [`Anchor::keep`] returns, but must survive the process; after a power cut an older
/// mark is harmless, a torn one is not.
pub trait Anchor: Send + Sync {
    /// The mark kept last for `purpose`, if there is one.
    ///
    /// # Errors
    /// [`KeystoreError::Locked`] while the device is locked, [`KeystoreError::Other`] for anything else.
    fn read(&self, purpose: &str) -> Result<Option<Vec<u8>>, KeystoreError>;

    /// Keeps `mark` in the place of the one before.
    ///
    /// # Errors
    /// As [`Anchor::read`]; the one before is still there.
    fn keep(&self, purpose: &str, mark: &[u8]) -> Result<(), KeystoreError>;

    /// Removes the mark. There being none is success.
    ///
    /// # Errors
    /// As [`Anchor::read`].
    fn remove(&self, purpose: &str) -> Result<(), KeystoreError>;
}

/// Which vault, and how often it was changed: name (16) ‖ changes (8, big endian).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Follows from the root key, and tells nothing about it. A vault made anew has another.
    pub vault: [u8; 16],
    /// As `Vault::changes`.
    pub changes: u64,
}

impl Mark {
    /// The bytes an anchor keeps.
    pub fn to_bytes(self) -> [u8; MARK_BYTES] {
        let mut bytes = [0; MARK_BYTES];
        bytes[..16].copy_from_slice(&self.vault);
        bytes[16..].copy_from_slice(&self.changes.to_be_bytes());
        bytes
    }

    /// The mark in the bytes an anchor gave.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] with [`Part::Anchor`] for bytes of another length.
    pub fn parse(bytes: &[u8]) -> Result<Self, VaultError> {
        let damaged = || VaultError::Damaged { what: Part::Anchor };
        let bytes: &[u8; MARK_BYTES] = bytes.try_into().map_err(|_| damaged())?;
        let (vault, changes) = bytes.split_first_chunk().ok_or_else(damaged)?;
        Ok(Self {
            vault: *vault,
            changes: u64::from_be_bytes(changes.try_into().map_err(|_| damaged())?),
        })
    }

    /// Holds a vault as it was found against the mark that was kept of it.
    ///
    /// # Errors
    /// [`VaultError::RolledBack`] when the vault is older than the mark, or is not the vault of the mark.
    pub(crate) fn is_reached_by(self, found: Self) -> Result<(), VaultError> {
        if self.vault != found.vault {
            return Err(VaultError::RolledBack { missing: None });
        }
        match self.changes.checked_sub(found.changes) {
            None | Some(0) => Ok(()),
            missing => Err(VaultError::RolledBack { missing }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_of_a_mark_are_frozen() {
        let mark = Mark {
            vault: [7; 16],
            changes: 0x0102,
        };
        let bytes = mark.to_bytes();
        assert_eq!(bytes[..16], [7; 16]);
        assert_eq!(bytes[16..], [0, 0, 0, 0, 0, 0, 1, 2]);
        assert_eq!(Mark::parse(&bytes).unwrap(), mark);
        for length in [0, 23] {
            assert!(matches!(
                Mark::parse(&bytes[..length]),
                Err(VaultError::Damaged { what: Part::Anchor })
            ));
        }
    }

    #[test]
    fn an_older_and_another_vault_are_told_from_a_newer_one() {
        let mark = |vault, changes| Mark {
            vault: [vault; 16],
            changes,
        };
        let kept = mark(1, 5);
        for newer in [5, 6] {
            assert!(kept.is_reached_by(mark(1, newer)).is_ok());
        }
        assert!(matches!(
            kept.is_reached_by(mark(1, 2)),
            Err(VaultError::RolledBack { missing: Some(3) })
        ));
        assert!(matches!(
            kept.is_reached_by(mark(2, 9)),
            Err(VaultError::RolledBack { missing: None })
        ));
    }
}
