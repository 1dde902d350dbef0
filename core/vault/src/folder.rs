//! The folder of one vault: its lock, its paths, and how it is wiped.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::chunks::FileName;
use crate::disk::Disk;
use crate::error::VaultError;

/// A locked folder. The lock ends with this value.
pub(crate) struct VaultFolder {
    root: PathBuf,
    _lock: File,
}

impl VaultFolder {
    /// Makes the folder if need be and locks it against every other vault value and process.
    pub(crate) fn take(root: &Path) -> Result<Self, VaultError> {
        make_folder(root)?;
        make_folder(&root.join("files"))?;
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let lock = options.open(root.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                root: root.to_owned(),
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(VaultError::InUse),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn envelope(&self) -> PathBuf {
        self.root.join("envelope")
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.root.join("vault.db")
    }

    /// Where a database lies until it is whole.
    pub(crate) fn unfinished_database(&self) -> PathBuf {
        self.root.join("vault.tmp")
    }

    pub(crate) fn files(&self) -> PathBuf {
        self.root.join("files")
    }

    pub(crate) fn file(&self, name: FileName) -> PathBuf {
        self.files().join(name.to_hex())
    }

    /// Removes the envelope, so that nothing left in the folder can be opened again.
    pub(crate) fn remove_envelope(&self, disk: &dyn Disk) -> io::Result<()> {
        disk.remove(&self.envelope().with_extension("tmp"))?;
        disk.remove(&self.envelope())?;
        disk.sync_folder(&self.root)
    }

    /// Removes the database. Its journals go first: a journal that outlived its database would be played
    /// into the next one.
    pub(crate) fn remove_database(&self, disk: &dyn Disk) -> io::Result<()> {
        for database in ["vault.tmp", "vault.db"] {
            for suffix in ["-wal", "-shm", "-journal", ""] {
                disk.remove(&self.root.join(format!("{database}{suffix}")))?;
            }
        }
        disk.sync_folder(&self.root)
    }

    /// Removes all sealed files.
    pub(crate) fn remove_files(&self, disk: &dyn Disk) -> io::Result<()> {
        for entry in fs::read_dir(self.files())? {
            disk.remove(&entry?.path())?;
        }
        disk.sync_folder(&self.files())
    }
}

fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
