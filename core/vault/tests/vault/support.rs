//! A vault and its keys in a folder of their own, and known contents.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanshengshi_vault::error::VaultError;
use quanshengshi_vault::record::Record;
use quanshengshi_vault::software_keystore::SoftwareKeystore;
use quanshengshi_vault::vault::Vault;
use tempfile::TempDir;

pub(crate) const OWNER: &str = "owner-1";

pub(crate) struct Home(Place);

enum Place {
    Own(TempDir),
    Given(PathBuf),
}

impl Home {
    pub(crate) fn new() -> Self {
        Self(Place::Own(tempfile::tempdir().unwrap()))
    }

    /// A place that another process made and removes.
    pub(crate) fn at(path: &str) -> Self {
        Self(Place::Given(PathBuf::from(path)))
    }

    pub(crate) fn root(&self) -> &Path {
        match &self.0 {
            Place::Own(folder) => folder.path(),
            Place::Given(path) => path,
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.path("vault")
    }

    pub(crate) fn keystore(&self) -> Arc<SoftwareKeystore> {
        Arc::new(SoftwareKeystore::open(&self.path("keys")).unwrap())
    }

    pub(crate) fn open(&self) -> Vault {
        self.try_open().unwrap()
    }

    pub(crate) fn try_open(&self) -> Result<Vault, VaultError> {
        self.try_open_at(&self.folder())
    }

    /// With a second place for the counter.
    pub(crate) fn open_anchored(&self) -> Result<Vault, VaultError> {
        Vault::open_anchored(&self.folder(), OWNER, self.keystore(), self.keystore())
    }

    pub(crate) fn try_open_at(&self, folder: &Path) -> Result<Vault, VaultError> {
        Vault::open(folder, OWNER, self.keystore())
    }
}

/// How many trials to make: a small number in everyday tests, more for long runs by `QSS_VAULT_TIMES`.
pub(crate) fn trials(few: usize) -> usize {
    let times = std::env::var("QSS_VAULT_TIMES").ok();
    few * times.map_or(1, |times| times.parse::<usize>().unwrap())
}

/// Contents that follow from a number, so that a reader knows what a writer wrote.
pub(crate) struct Known {
    pub(crate) id: String,
    pub(crate) summary: Vec<u8>,
    pub(crate) body: Vec<u8>,
    pub(crate) file: Option<Vec<u8>>,
}

impl Known {
    pub(crate) fn new(number: u64, edition: u64) -> Self {
        let noise = |length: usize, seed: u64| {
            let mut random = Numbers(number * 7_919 + edition * 104_729 + seed);
            (0..length)
                .map(|_| random.next().to_be_bytes()[0])
                .collect::<Vec<u8>>()
        };
        Self {
            id: format!("id-{number}"),
            summary: format!("summary {number} {edition}").into_bytes(),
            body: noise(1_500, 1),
            file: number.is_multiple_of(4).then(|| noise(70_000, 2)),
        }
    }

    pub(crate) fn put(&self, vault: &Vault) -> Result<(), VaultError> {
        let files: Vec<(&str, &[u8])> = self
            .file
            .iter()
            .map(|bytes| ("file", bytes.as_slice()))
            .collect();
        vault.put(
            &self.id,
            Record {
                summary: &self.summary,
                body: &self.body,
                files: &files,
            },
        )
    }

    /// Whether the vault gives back exactly this.
    pub(crate) fn is_in(&self, vault: &Vault) -> Result<bool, VaultError> {
        let opened = vault.read(&self.id)?;
        let file = match opened.files.as_slice() {
            [] => None,
            [name] => Some(vault.read_file(&self.id, name)?),
            _ => return Ok(false),
        };
        Ok(*opened.summary == self.summary
            && *opened.body == self.body
            && file.as_deref() == self.file.as_ref())
    }
}

/// Numbers without a pattern, the same in every run (splitmix64).
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap()
    }
}

/// All files under a folder with their bytes.
pub(crate) fn snapshot(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(snapshot(&path));
        } else {
            let bytes = fs::read(&path).unwrap();
            files.insert(path, bytes);
        }
    }
    files
}

pub(crate) fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
