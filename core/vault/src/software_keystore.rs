//! A keystore in software, for desktops and tests.
//!
//! Weaker than a phone's hardware: the key is a file, and whoever can read the files of this user can copy
//! it. It keeps what hardware keeps only against someone who gets the vault's folder without the key's
//! folder: a backup, a synchronised directory, a disk that was sold after the key was destroyed. Keep the
//! two folders apart, and the key's folder out of backups. It keeps the vaults' marks too
//! ([`crate::anchor::Anchor`]).

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use ring::digest::{SHA256, digest};
use zeroize::Zeroizing;

use crate::chunks::FileName;
use crate::disk::{Disk, RealDisk};
use crate::keystore::{Keystore, KeystoreError};
use crate::randomness::{Randomness, SystemRandomness, make_random};
use crate::seal::{KEY_BYTES, SealingKey};

const MAGIC: &[u8; 8] = b"QSSKEY1\0";
const KEY_FILE_BYTES: usize = 8 + KEY_BYTES;

/// Keys in files of mode 0600, one a purpose. A key file is `QSSKEY1\0` and 32 random bytes; it is named
/// by the first 16 bytes of SHA-256 over the purpose.
pub struct SoftwareKeystore {
    folder: PathBuf,
    randomness: Box<dyn Randomness>,
}

impl SoftwareKeystore {
    /// A keystore with its keys in `folder`, which is made (mode 0700) if need be.
    ///
    /// # Errors
    /// [`KeystoreError::Other`] when the folder cannot be made.
    pub fn open(folder: &Path) -> Result<Self, KeystoreError> {
        Self::open_with(folder, Box::new(SystemRandomness::new()))
    }

    pub(crate) fn open_with(
        folder: &Path,
        randomness: Box<dyn Randomness>,
    ) -> Result<Self, KeystoreError> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).map_err(|error| failed(&error))?;
        Ok(Self {
            folder: folder.to_owned(),
            randomness,
        })
    }

    pub(crate) fn path(&self, purpose: &str) -> PathBuf {
        let mut name = [0; 16];
        name.copy_from_slice(&digest(&SHA256, purpose.as_bytes()).as_ref()[..16]);
        self.folder
            .join(FileName(name).to_hex())
            .with_extension("key")
    }

    fn read_key(&self, purpose: &str) -> Result<SealingKey, KeystoreError> {
        let mut file = File::open(self.path(purpose)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => KeystoreError::KeyGone,
            _ => failed(&error),
        })?;
        let mut bytes = Zeroizing::new([0; KEY_FILE_BYTES]);
        let whole = file.read_exact(&mut bytes[..]).is_ok()
            && file.read(&mut [0]).is_ok_and(|more| more == 0);
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        match bytes.strip_prefix(MAGIC) {
            Some(rest) if whole => key.copy_from_slice(rest),
            _ => return Err(KeystoreError::Other("the key file is damaged".to_owned())),
        }
        Ok(SealingKey::new(key))
    }

    /// Makes a key if there is none. The file appears whole or not at all, and never in the place of
    /// another that was made at the same time.
    fn make_key(&self, purpose: &str) -> Result<(), KeystoreError> {
        let random = |_| KeystoreError::Other("no random bytes".to_owned());
        let mut bytes = Zeroizing::new([0; KEY_FILE_BYTES]);
        bytes[..8].copy_from_slice(MAGIC);
        self.randomness.fill(&mut bytes[8..]).map_err(random)?;
        let name = FileName(make_random(self.randomness.as_ref()).map_err(random)?);
        let temporary = self.folder.join(name.to_hex()).with_extension("tmp");
        let made = RealDisk
            .create(&temporary)
            .and_then(|mut sink| {
                sink.write_all(&bytes[..])?;
                sink.sync()
            })
            .and_then(|()| match fs::hard_link(&temporary, self.path(purpose)) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
                other => other,
            });
        let removed = RealDisk.remove(&temporary);
        made.and(removed)
            .and_then(|()| RealDisk.sync_folder(&self.folder))
            .map_err(|error| failed(&error))
    }
}

impl Keystore for SoftwareKeystore {
    fn seal(&self, purpose: &str, plain: &[u8]) -> Result<Vec<u8>, KeystoreError> {
        let key = match self.read_key(purpose) {
            Err(KeystoreError::KeyGone) => {
                self.make_key(purpose)?;
                self.read_key(purpose)?
            }
            other => other?,
        };
        key.seal(&associated_data(purpose), plain, self.randomness.as_ref())
            .map_err(|_| KeystoreError::Other("no random bytes".to_owned()))
    }

    fn open_sealed(
        &self,
        purpose: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeystoreError> {
        self.read_key(purpose)?
            .open_sealed(&associated_data(purpose), sealed.to_vec())
            .map_err(|_| KeystoreError::Refused)
    }

    fn destroy(&self, purpose: &str) -> Result<(), KeystoreError> {
        let path = self.path(purpose);
        // Overwriting first helps on plain disks; on flash only the missing copies elsewhere help.
        if let Ok(mut file) = OpenOptions::new().write(true).open(&path) {
            let _ = file
                .write_all(&[0; KEY_FILE_BYTES])
                .and_then(|()| file.sync_all());
        }
        RealDisk
            .remove(&path)
            .and_then(|()| RealDisk.sync_folder(&self.folder))
            .map_err(|error| failed(&error))
    }
}

fn associated_data(purpose: &str) -> Vec<u8> {
    [b"QSSSK1\0", purpose.as_bytes()].concat()
}

/// Only the kind of an error: its text could name a path of this user.
pub(crate) fn failed(error: &io::Error) -> KeystoreError {
    KeystoreError::Other(format!("{:?}", error.kind()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::randomness::counting::CountingRandomness;

    #[test]
    fn sealed_bytes_and_the_key_file_are_frozen() {
        let folder = tempfile::tempdir().unwrap();
        let keystore =
            SoftwareKeystore::open_with(folder.path(), Box::new(CountingRandomness::default()))
                .unwrap();
        let sealed = keystore.seal("purpose", b"secret").unwrap();
        let hex = sealed
            .iter()
            .fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        assert_eq!(
            hex,
            "0303030303030303030303038b0477e89af0af3a5dcf01168c21ef2c138ff3540644"
        );
        let path = folder.path().join("81b06df4303e6581efecfa2830bf76c3.key");
        let mut expected = b"QSSKEY1\0".to_vec();
        expected.extend_from_slice(&[1; 32]);
        assert_eq!(fs::read(path).unwrap(), expected);
    }

    #[test]
    fn a_secret_opens_only_for_its_purpose_and_unchanged() {
        let folder = tempfile::tempdir().unwrap();
        let keystore = SoftwareKeystore::open(folder.path()).unwrap();
        let mut sealed = keystore.seal("one", b"secret").unwrap();
        keystore.seal("two", b"other").unwrap();
        assert_eq!(
            keystore.open_sealed("one", &sealed).unwrap().as_slice(),
            b"secret"
        );
        assert_eq!(
            keystore.open_sealed("two", &sealed),
            Err(KeystoreError::Refused)
        );
        assert_eq!(
            keystore.open_sealed("three", &sealed),
            Err(KeystoreError::KeyGone)
        );
        sealed[14] ^= 1;
        assert_eq!(
            keystore.open_sealed("one", &sealed),
            Err(KeystoreError::Refused)
        );
        assert_eq!(
            keystore.open_sealed("one", &[]),
            Err(KeystoreError::Refused)
        );
    }

    #[test]
    fn a_destroyed_key_is_gone_and_destroying_again_is_success() {
        let folder = tempfile::tempdir().unwrap();
        let keystore = SoftwareKeystore::open(folder.path()).unwrap();
        let sealed = keystore.seal("one", b"secret").unwrap();
        keystore.destroy("one").unwrap();
        keystore.destroy("one").unwrap();
        assert_eq!(
            keystore.open_sealed("one", &sealed),
            Err(KeystoreError::KeyGone)
        );
        // A key made afterwards is another one.
        keystore.seal("one", b"secret").unwrap();
        assert_eq!(
            keystore.open_sealed("one", &sealed),
            Err(KeystoreError::Refused)
        );
    }

    #[test]
    fn a_damaged_key_file_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let keystore = SoftwareKeystore::open(folder.path()).unwrap();
        keystore.seal("one", b"secret").unwrap();
        fs::write(keystore.path("one"), b"QSSKEY1\0short").unwrap();
        assert!(matches!(
            keystore.seal("one", b"secret"),
            Err(KeystoreError::Other(_))
        ));
        assert_eq!(fs::read(keystore.path("one")).unwrap(), b"QSSKEY1\0short");
    }

    #[cfg(unix)]
    #[test]
    fn only_this_user_can_read_the_key() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let keystore = SoftwareKeystore::open(&folder.path().join("keys")).unwrap();
        keystore.seal("one", b"secret").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&keystore.path("one")), 0o600);
        assert_eq!(mode(&folder.path().join("keys")), 0o700);
    }
}
