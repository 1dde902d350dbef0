//! The zip container: names checked once, sizes bounded before and while inflating.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use zip::ZipArchive;

use crate::ofd::limits::{
    MAX_ENTRIES, MAX_ENTRY_BYTES, MAX_FILE_BYTES, MAX_INFLATED_BYTES, MAX_RATIO, RATIO_FREE_BYTES,
};

/// The most bytes that are set aside for an entry before any of it is inflated.
const MAX_ROOM: usize = 4 << 20;

/// Why a container or one of its entries is not read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The file is larger than [`MAX_FILE_BYTES`].
    #[error("the file has more than {MAX_FILE_BYTES} bytes")]
    FileTooLarge,
    /// The bytes are no readable zip.
    #[error("not a readable zip")]
    Zip(#[from] zip::result::ZipError),
    /// There are more than [`MAX_ENTRIES`] entries.
    #[error("more than {MAX_ENTRIES} entries")]
    TooManyEntries,
    /// A name leaves the package, is absolute on a drive, or is no UTF-8.
    #[error("an entry has a name that may not be used")]
    Name,
    /// Two entries have one name, or the directory does not say what the archive holds.
    #[error("two entries have one name")]
    Duplicate,
    /// An entry is encrypted or a symbolic link.
    #[error("an entry is encrypted or a link")]
    Kind,
    /// An entry, or all together, inflate to more than is allowed.
    #[error("an entry inflates to more than is allowed")]
    TooLarge,
    /// An entry inflates to more than [`MAX_RATIO`] times its packed size.
    #[error("an entry is packed more than {MAX_RATIO} times")]
    Ratio,
    /// There is no such entry.
    #[error("the package has no entry {0}")]
    Missing(String),
    /// An entry could not be inflated, or is not as long as the directory says.
    #[error("an entry is damaged")]
    Damaged,
}

/// An OFD's container.
#[derive(Clone)]
pub struct Archive {
    zip: ZipArchive<Cursor<Arc<[u8]>>>,
    by_name: BTreeMap<String, Entry>,
    by_lower: BTreeMap<String, String>,
}

#[derive(Clone, Copy)]
struct Entry {
    index: usize,
    size: u64,
}

impl Archive {
    /// Opens a container and checks every entry of its directory; inflates nothing.
    ///
    /// # Errors
    /// Any [`ArchiveError`] but `Missing` and `Damaged`.
    pub fn open(bytes: &[u8]) -> Result<Self, ArchiveError> {
        if bytes.len() > MAX_FILE_BYTES {
            return Err(ArchiveError::FileTooLarge);
        }
        let mut zip = ZipArchive::new(Cursor::new(Arc::<[u8]>::from(bytes)))?;
        if zip.len() > MAX_ENTRIES {
            return Err(ArchiveError::TooManyEntries);
        }
        // The zip crate keeps one entry a name; a second one shows only in the raw directory.
        if directory_records(bytes, zip.central_directory_start()) != zip.len() {
            return Err(ArchiveError::Duplicate);
        }
        let (mut by_name, mut by_lower) = (BTreeMap::new(), BTreeMap::new());
        let mut total = 0_u64;
        for index in 0..zip.len() {
            let file = zip.by_index_raw(index)?;
            let raw = std::str::from_utf8(file.name_raw()).map_err(|_| ArchiveError::Name)?;
            let name = package_path("", raw).ok_or(ArchiveError::Name)?;
            if file.is_dir() {
                continue;
            }
            if file.encrypted() || file.is_symlink() {
                return Err(ArchiveError::Kind);
            }
            let size = file.size();
            total = total.saturating_add(size);
            if size > MAX_ENTRY_BYTES || total > MAX_INFLATED_BYTES {
                return Err(ArchiveError::TooLarge);
            }
            if size > RATIO_FREE_BYTES && size / file.compressed_size().max(1) > MAX_RATIO {
                return Err(ArchiveError::Ratio);
            }
            by_lower
                .entry(name.to_lowercase())
                .or_insert_with(|| name.clone());
            if by_name.insert(name, Entry { index, size }).is_some() {
                return Err(ArchiveError::Duplicate);
            }
        }
        Ok(Self {
            zip,
            by_name,
            by_lower,
        })
    }

    /// The names of all entries, in byte order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// How long an entry is after inflation, in bytes.
    pub fn size(&self, name: &str) -> Option<u64> {
        self.by_name.get(name).map(|entry| entry.size)
    }

    /// The entry `location` means, seen from the folder `from` of the package.
    ///
    /// A location may be absolute (`/Doc_0/…`) or relative; some writers give paths from the root
    /// without the slash, or in another letter case. `None` if nothing fits.
    pub fn find(&self, from: &str, location: &str) -> Option<String> {
        let location = location.trim();
        let relative = package_path(from, location);
        let absolute = package_path("", location);
        [relative, absolute].into_iter().flatten().find_map(|path| {
            if self.by_name.contains_key(&path) {
                return Some(path);
            }
            self.by_lower.get(&path.to_lowercase()).cloned()
        })
    }

    /// The inflated bytes of an entry named by [`Self::find`] or [`Self::names`].
    ///
    /// # Errors
    /// [`ArchiveError::Missing`], [`ArchiveError::Damaged`], or [`ArchiveError::Zip`] for a packing
    /// method that is not read.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, ArchiveError> {
        let entry = self
            .by_name
            .get(name)
            .ok_or_else(|| ArchiveError::Missing(name.to_owned()))?;
        let mut zip = self.zip.clone();
        let file = zip.by_index(entry.index)?;
        // Grown step by step, a font would be copied several times over; a directory that lies about a
        // size gets no more room than this before it is found out.
        let room = usize::try_from(entry.size).map_or(MAX_ROOM, |size| size.min(MAX_ROOM));
        let mut bytes = Vec::with_capacity(room);
        // One byte more than declared shows a directory that lies; nothing beyond it is inflated.
        file.take(entry.size + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| ArchiveError::Damaged)?;
        if bytes.len() as u64 == entry.size {
            Ok(bytes)
        } else {
            Err(ArchiveError::Damaged)
        }
    }
}

/// The folder an entry lies in, without a slash at the end.
pub fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// `location` seen from `from`, without `.`, `..`, doubled or leading slashes.
///
/// `None` if it would leave the package or holds a NUL or a drive letter.
fn package_path(from: &str, location: &str) -> Option<String> {
    if location.contains(['\0', ':']) {
        return None;
    }
    let location = location.replace('\\', "/");
    let start = if location.starts_with('/') { "" } else { from };
    let mut parts: Vec<&str> = Vec::new();
    for part in start.split('/').chain(location.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            other => parts.push(other),
        }
    }
    Some(parts.join("/"))
}

/// How many records the central directory at `start` has.
fn directory_records(bytes: &[u8], start: u64) -> usize {
    let Ok(mut at) = usize::try_from(start) else {
        return 0;
    };
    let mut count = 0;
    while let Some(record) = bytes.get(at..at.saturating_add(46)) {
        let [b'P', b'K', 1, 2, ..] = record else {
            break;
        };
        let length =
            |offset: usize| usize::from(u16::from_le_bytes([record[offset], record[offset + 1]]));
        at += 46 + length(28) + length(30) + length(32);
        count += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside_the_package() {
        let path = |from, location| package_path(from, location);
        assert_eq!(
            path("Doc_0", "Res/a.png").as_deref(),
            Some("Doc_0/Res/a.png")
        );
        assert_eq!(
            path("Doc_0/Pages", "../Res//./a.png").as_deref(),
            Some("Doc_0/Res/a.png")
        );
        assert_eq!(
            path("Doc_0", "/Doc_1\\b.xml").as_deref(),
            Some("Doc_1/b.xml")
        );
        for bad in ["../../x", "a/../../../x", "C:/x", "a\0b"] {
            assert_eq!(path("Doc_0", bad), None, "{bad}");
        }
    }
}
