//! The folder that holds the portal's keys.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::random::Random;
use crate::signing::SigningError;

/// The largest key file read, in bytes.
const LARGEST: u64 = 4096;

/// A folder of key files.
#[derive(Debug, Clone)]
pub struct KeyFolder {
    path: PathBuf,
    random: Random,
}

impl KeyFolder {
    /// Opens the folder, making it when it is missing.
    ///
    /// # Errors
    /// [`SigningError::Folder`].
    pub fn open(path: &Path) -> Result<Self, SigningError> {
        fs::create_dir_all(path)?;
        Ok(Self {
            path: path.to_owned(),
            random: Random::default(),
        })
    }

    /// The bytes of a key file; made by `make` when there is none yet.
    ///
    /// Two processes that start at once end up with the same key: the file appears whole, under
    /// its name, once.
    ///
    /// # Errors
    /// [`SigningError::Folder`], or what `make` gives.
    pub fn read_or_make(
        &self,
        name: &'static str,
        make: impl FnOnce() -> Result<Vec<u8>, SigningError>,
    ) -> Result<Vec<u8>, SigningError> {
        let path = self.path.join(name);
        match File::open(&path) {
            Ok(file) => return read(file),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
        let unfinished = self.path.join(format!(
            ".{name}.{:016x}",
            u64::from_be_bytes(self.random.make_bytes()?)
        ));
        let written = write_private(&unfinished, &make()?);
        // A link never replaces a file: whoever is first makes the key of everybody.
        let linked = written.and_then(|()| fs::hard_link(&unfinished, &path));
        let removed = fs::remove_file(&unfinished);
        match linked {
            Ok(()) => File::open(&self.path)?.sync_all()?,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.into()),
        }
        removed?;
        read(File::open(&path)?)
    }

    /// A symmetric key of 32 bytes, made at the first use.
    ///
    /// # Errors
    /// [`SigningError::Damaged`] when the file has another length, otherwise as
    /// [`KeyFolder::read_or_make`].
    pub fn secret(&self, name: &'static str) -> Result<[u8; 32], SigningError> {
        let random = self.random.clone();
        let bytes = self.read_or_make(name, || Ok(random.make_bytes::<32>()?.to_vec()))?;
        bytes.try_into().map_err(|_| SigningError::Damaged(name))
    }
}

fn read(file: File) -> Result<Vec<u8>, SigningError> {
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
