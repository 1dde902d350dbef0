//! Marks in files beside the keys of a [`SoftwareKeystore`].
//!
//! A file of two slots of 128 bytes: number (8) ‖ length (1) ‖ mark, zeros up to 87 bytes ‖ SHA-256 of all before
//! (32). The slot with the higher number counts; a new mark goes over the other one, so a torn write leaves
//! the mark before. Only the first write is synced: after a power cut a mark some seconds old is harmless, and
//! a put costs no second wait for the disk.

use std::fs::{self, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;

use ring::digest::{SHA256, SHA256_OUTPUT_LEN, digest};

use crate::anchor::Anchor;
use crate::disk::{Disk, RealDisk, write_whole};
use crate::keystore::KeystoreError;
use crate::software_keystore::{SoftwareKeystore, failed};

const SLOT_BYTES: usize = 128;
const LONGEST_MARK: usize = SLOT_BYTES - SHA256_OUTPUT_LEN - 9;

impl Anchor for SoftwareKeystore {
    fn read(&self, purpose: &str) -> Result<Option<Vec<u8>>, KeystoreError> {
        let path = self.path(purpose).with_extension("mark");
        match newest(&path).map_err(|error| failed(&error))? {
            Newest::None => Ok(None),
            Newest::Slot { mark, .. } => Ok(Some(mark)),
            Newest::Damaged => Err(KeystoreError::Other("the mark is damaged".to_owned())),
        }
    }

    fn keep(&self, purpose: &str, mark: &[u8]) -> Result<(), KeystoreError> {
        if mark.len() > LONGEST_MARK {
            return Err(KeystoreError::Other("the mark is too long".to_owned()));
        }
        let path = self.path(purpose).with_extension("mark");
        let kept = match newest(&path).map_err(|error| failed(&error))? {
            Newest::Slot { number, at, .. } => {
                overwrite(&path, 1 - at, &slot(number.saturating_add(1), mark))
            }
            Newest::None | Newest::Damaged => make(&path, &slot(1, mark)),
        };
        kept.map_err(|error| failed(&error))
    }

    fn remove(&self, purpose: &str) -> Result<(), KeystoreError> {
        RealDisk
            .remove(&self.path(purpose).with_extension("mark"))
            .map_err(|error| failed(&error))
    }
}

enum Newest {
    /// There is no file.
    None,
    /// The slot that counts.
    Slot {
        number: u64,
        at: usize,
        mark: Vec<u8>,
    },
    /// There is a file, and no slot in it is whole.
    Damaged,
}

fn newest(path: &Path) -> io::Result<Newest> {
    let bytes = match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Newest::None),
        other => other?,
    };
    let slots = bytes.chunks_exact(SLOT_BYTES).take(2).enumerate();
    let newest = slots
        .filter_map(|(at, slot)| parse(slot).map(|(number, mark)| (number, at, mark)))
        .max_by_key(|(number, ..)| *number);
    Ok(match newest {
        Some((number, at, mark)) => Newest::Slot { number, at, mark },
        None => Newest::Damaged,
    })
}

fn slot(number: u64, mark: &[u8]) -> [u8; SLOT_BYTES] {
    let mut bytes = [0; SLOT_BYTES];
    let (content, check) = bytes.split_at_mut(SLOT_BYTES - SHA256_OUTPUT_LEN);
    content[..8].copy_from_slice(&number.to_be_bytes());
    content[8] = u8::try_from(mark.len()).unwrap_or(u8::MAX);
    content[9..9 + mark.len()].copy_from_slice(mark);
    check.copy_from_slice(digest(&SHA256, content).as_ref());
    bytes
}

fn parse(slot: &[u8]) -> Option<(u64, Vec<u8>)> {
    let (content, check) = slot.split_last_chunk::<SHA256_OUTPUT_LEN>()?;
    if digest(&SHA256, content).as_ref() != check {
        return None;
    }
    let (number, rest) = content.split_first_chunk()?;
    let (length, rest) = rest.split_first()?;
    let mark = rest.get(..usize::from(*length))?;
    Some((u64::from_be_bytes(*number), mark.to_vec()))
}

fn make(path: &Path, first: &[u8]) -> io::Result<()> {
    write_whole(&RealDisk, path, &mut |sink| {
        sink.write_all(first)?;
        sink.write_all(&[0; SLOT_BYTES])
    })?;
    path.parent()
        .map_or(Ok(()), |folder| RealDisk.sync_folder(folder))
}

fn overwrite(path: &Path, at: usize, slot: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    file.seek(SeekFrom::Start((at * SLOT_BYTES) as u64))?;
    file.write_all(slot)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PURPOSE: &str = "purpose";

    #[test]
    fn the_last_mark_is_given_and_a_torn_write_leaves_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let anchor = SoftwareKeystore::open(folder.path()).unwrap();
        assert_eq!(anchor.read(PURPOSE), Ok(None));
        for mark in [&b"one"[..], b"two", b"three"] {
            anchor.keep(PURPOSE, mark).unwrap();
            assert_eq!(anchor.read(PURPOSE), Ok(Some(mark.to_vec())));
        }
        assert_eq!(anchor.read("other"), Ok(None));
        let path = anchor.path(PURPOSE).with_extension("mark");
        let whole = fs::read(&path).unwrap();
        assert_eq!(whole.len(), 2 * SLOT_BYTES);
        // "three" stands in the first slot again.
        let mut torn = whole.clone();
        torn[40] ^= 1;
        fs::write(&path, &torn).unwrap();
        assert_eq!(anchor.read(PURPOSE), Ok(Some(b"two".to_vec())));
        torn[SLOT_BYTES + 40] ^= 1;
        fs::write(&path, &torn).unwrap();
        assert!(matches!(anchor.read(PURPOSE), Err(KeystoreError::Other(_))));
        anchor.remove(PURPOSE).unwrap();
        anchor.remove(PURPOSE).unwrap();
        assert_eq!(anchor.read(PURPOSE), Ok(None));
    }

    #[test]
    fn a_mark_too_long_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let anchor = SoftwareKeystore::open(folder.path()).unwrap();
        anchor.keep(PURPOSE, &[1; LONGEST_MARK]).unwrap();
        assert!(anchor.keep(PURPOSE, &[1; LONGEST_MARK + 1]).is_err());
        assert_eq!(anchor.read(PURPOSE), Ok(Some(vec![1; LONGEST_MARK])));
    }

    #[test]
    fn the_bytes_of_a_slot_are_frozen() {
        let slot = slot(2, b"mark");
        assert_eq!(
            slot[..13],
            [0, 0, 0, 0, 0, 0, 0, 2, 4, b'm', b'a', b'r', b'k']
        );
        assert_eq!(slot[13..96], [0; 83]);
        assert_eq!(parse(&slot), Some((2, b"mark".to_vec())));
    }
}
