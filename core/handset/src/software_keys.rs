//! A device key in software, for desktops and tests.
//!
//! Weaker than a phone's hardware: whoever can read the files of this user can copy the key. The
//! portal learns it from the platform of the enrolment.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use zeroize::Zeroizing;

use crate::ports::{DeviceKeyError, DeviceKeys};

const FILE: &str = "device.p8";
/// No PKCS#8 of one P-256 key is longer.
const LONGEST_FILE: u64 = 1024;

/// A P-256 key as PKCS#8 in a file of mode 0600.
pub struct SoftwareKeys {
    pair: EcdsaKeyPair,
}

impl SoftwareKeys {
    /// The key in `folder`, made anew when there is none.
    ///
    /// # Errors
    /// [`DeviceKeyError::Other`] when the folder or the file cannot be made or read, or the file
    /// is not a key; a damaged file is not replaced.
    pub fn open(folder: &Path) -> Result<Self, DeviceKeyError> {
        let path = folder.join(FILE);
        if let Some(der) = read(&path)? {
            return Self::from_der(&der);
        }
        make(folder, &path)?;
        let der = read(&path)?.ok_or_else(|| other("the key file vanished"))?;
        Self::from_der(&der)
    }

    fn from_der(der: &[u8]) -> Result<Self, DeviceKeyError> {
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, der, &SystemRandom::new())
            .map(|pair| Self { pair })
            .map_err(|_| other("the key file is damaged"))
    }
}

impl DeviceKeys for SoftwareKeys {
    fn public_key(&self) -> Result<Vec<u8>, DeviceKeyError> {
        Ok(self.pair.public_key().as_ref().to_vec())
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, DeviceKeyError> {
        self.pair
            .sign(&SystemRandom::new(), message)
            .map(|signature| signature.as_ref().to_vec())
            .map_err(|_| other("no random bytes"))
    }
}

fn read(path: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, DeviceKeyError> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(&error)),
        Ok(found) if found.len() > LONGEST_FILE => Err(other("the key file is damaged")),
        Ok(_) => fs::read(path)
            .map(|bytes| Some(Zeroizing::new(bytes)))
            .map_err(|error| failed(&error)),
    }
}

/// Writes a new key under another name and links it into place, so that the file appears whole
/// or not at all and never replaces one made at the same time.
fn make(folder: &Path, path: &Path) -> Result<(), DeviceKeyError> {
    let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &SystemRandom::new())
        .map_err(|_| other("no random bytes"))?;
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| failed(&error))?;
    let temporary: PathBuf = folder.join(format!("{FILE}.{}.tmp", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&temporary).and_then(|mut file| {
        file.write_all(der.as_ref())?;
        file.sync_all()
    });
    let linked = written.and_then(|()| match fs::hard_link(&temporary, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    });
    let removed = fs::remove_file(&temporary);
    linked.and(removed).map_err(|error| failed(&error))
}

fn other(text: &str) -> DeviceKeyError {
    DeviceKeyError::Other(text.to_owned())
}

/// Only the kind of an error: its text could name a path of this user.
fn failed(error: &io::Error) -> DeviceKeyError {
    DeviceKeyError::Other(format!("{:?}", error.kind()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_stays_the_same_and_only_this_user_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("keys");
        let first = SoftwareKeys::open(&keys).unwrap().public_key().unwrap();
        let again = SoftwareKeys::open(&keys).unwrap().public_key().unwrap();
        assert_eq!(first, again);
        assert_eq!((first.len(), first[0]), (65, 4));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(keys.join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        assert_eq!(fs::read_dir(&keys).unwrap().count(), 1);
    }

    #[test]
    fn a_damaged_key_file_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), b"short").unwrap();
        assert!(matches!(
            SoftwareKeys::open(folder.path()),
            Err(DeviceKeyError::Other(_))
        ));
        assert_eq!(fs::read(folder.path().join(FILE)).unwrap(), b"short");
    }
}
