//! What goes into a vault and comes out, and the bytes of it before sealing.

use std::collections::HashSet;

use zeroize::Zeroizing;

use crate::chunks::FileName;
use crate::error::{Argument, Part, VaultError};
use crate::seal::KEY_BYTES;

const MAX_ID_BYTES: usize = 512;
const MAX_SUMMARY_BYTES: usize = 64 << 10;
const MAX_BODY_BYTES: usize = 16 << 20;
const MAX_FILES: usize = 32;
const MAX_FILE_NAME_BYTES: usize = 255;
const MAX_FILE_BYTES: usize = 256 << 20;
/// Summaries are padded to a multiple of this many bytes, so that their size does not tell the kind of
/// record or the length of a name.
const SUMMARY_STEP_BYTES: usize = 256;
const BODY_FORMAT: u8 = 1;

/// A record to put. Bytes only: the vault does not know what they mean.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    /// What a list shows; at most 64 KiB. Opened without the body.
    pub summary: &'a [u8],
    /// The record itself; at most 16 MiB.
    pub body: &'a [u8],
    /// Files by name; at most 32, each at most 256 MiB. Sealed beside the database.
    pub files: &'a [(&'a str, &'a [u8])],
}

/// One line of a list.
pub struct Entry {
    /// The id the record was put under.
    pub id: String,
    /// Rises with each change of the vault: the entry with the highest number was put last. No time.
    pub sequence: u64,
    /// The summary, wiped when dropped.
    pub summary: Zeroizing<Vec<u8>>,
}

/// An opened record without the content of its files.
pub struct Opened {
    /// As in [`Entry`].
    pub sequence: u64,
    /// How often this id was put since it was last forgotten; starts with 1.
    pub version: u64,
    /// The summary, wiped when dropped.
    pub summary: Zeroizing<Vec<u8>>,
    /// The body, wiped when dropped.
    pub body: Zeroizing<Vec<u8>>,
    /// Names of the files, in the order they were put.
    pub files: Vec<String>,
}

impl Record<'_> {
    pub(crate) fn check_limits(&self) -> Result<(), VaultError> {
        let out_of_range = |what| Err(VaultError::OutOfRange { what });
        if self.summary.len() > MAX_SUMMARY_BYTES {
            return out_of_range(Argument::Summary);
        }
        if self.body.len() > MAX_BODY_BYTES {
            return out_of_range(Argument::Body);
        }
        let mut names = HashSet::new();
        let fits = |(name, bytes): &(&str, &[u8])| {
            (1..=MAX_FILE_NAME_BYTES).contains(&name.len()) && bytes.len() <= MAX_FILE_BYTES
        };
        let distinct = self.files.iter().all(|(name, _)| names.insert(*name));
        if self.files.len() > MAX_FILES || !distinct || !self.files.iter().all(fits) {
            return out_of_range(Argument::Files);
        }
        Ok(())
    }
}

pub(crate) fn check_id(id: &str) -> Result<(), VaultError> {
    if (1..=MAX_ID_BYTES).contains(&id.len()) {
        Ok(())
    } else {
        Err(VaultError::OutOfRange { what: Argument::Id })
    }
}

/// A file that a body names: where it lies, its own key, its length.
pub(crate) struct StoredFile {
    pub(crate) name: String,
    pub(crate) stored_as: FileName,
    pub(crate) key: Zeroizing<[u8; KEY_BYTES]>,
    pub(crate) plain_bytes: u64,
}

/// length of id (2) ‖ id ‖ length of summary (4) ‖ summary ‖ zeros up to a step.
pub(crate) fn encode_summary(id: &str, summary: &[u8]) -> Zeroizing<Vec<u8>> {
    let content = 2 + id.len() + 4 + summary.len();
    let padded = content.next_multiple_of(SUMMARY_STEP_BYTES);
    let mut bytes = Zeroizing::new(Vec::with_capacity(padded));
    bytes.extend_from_slice(&u16::try_from(id.len()).unwrap_or(u16::MAX).to_be_bytes());
    bytes.extend_from_slice(id.as_bytes());
    bytes.extend_from_slice(
        &u32::try_from(summary.len())
            .unwrap_or(u32::MAX)
            .to_be_bytes(),
    );
    bytes.extend_from_slice(summary);
    bytes.resize(padded, 0);
    bytes
}

pub(crate) fn decode_summary(plain: &[u8]) -> Result<(String, Zeroizing<Vec<u8>>), VaultError> {
    let mut bytes = Bytes {
        rest: plain,
        part: Part::Summary,
    };
    let id_length = bytes.u16()?;
    let id = bytes.text(id_length)?;
    let summary_length = bytes.u32()?;
    let summary = Zeroizing::new(bytes.take(summary_length)?.to_vec());
    if bytes.rest.iter().any(|&byte| byte != 0) {
        return Err(bytes.damaged());
    }
    Ok((id, summary))
}

/// format (1) ‖ number of files (1) ‖ for each: length of name (1) ‖ name ‖ file name (16) ‖ key (32) ‖
/// plain length (8) ‖ then the body.
pub(crate) fn encode_body(files: &[StoredFile], body: &[u8]) -> Zeroizing<Vec<u8>> {
    let table: usize = files.iter().map(|file| 57 + file.name.len()).sum();
    // Never grown afterwards: growing would leave an unwiped copy behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(2 + table + body.len()));
    bytes.push(BODY_FORMAT);
    bytes.push(u8::try_from(files.len()).unwrap_or(u8::MAX));
    for file in files {
        bytes.push(u8::try_from(file.name.len()).unwrap_or(u8::MAX));
        bytes.extend_from_slice(file.name.as_bytes());
        bytes.extend_from_slice(&file.stored_as.0);
        bytes.extend_from_slice(&file.key[..]);
        bytes.extend_from_slice(&file.plain_bytes.to_be_bytes());
    }
    bytes.extend_from_slice(body);
    bytes
}

pub(crate) fn decode_body(
    plain: &[u8],
) -> Result<(Vec<StoredFile>, Zeroizing<Vec<u8>>), VaultError> {
    let mut bytes = Bytes {
        rest: plain,
        part: Part::Body,
    };
    let format = bytes.u8()?;
    if format > BODY_FORMAT {
        return Err(VaultError::FormatTooNew {
            found: u32::from(format),
        });
    }
    let count = bytes.u8()?;
    if format != BODY_FORMAT || usize::from(count) > MAX_FILES {
        return Err(bytes.damaged());
    }
    let mut files = Vec::with_capacity(usize::from(count));
    for _ in 0..count {
        let name_length = usize::from(bytes.u8()?);
        files.push(StoredFile {
            name: bytes.text(name_length)?,
            stored_as: FileName(bytes.array()?),
            key: Zeroizing::new(bytes.array()?),
            plain_bytes: u64::from_be_bytes(bytes.array()?),
        });
    }
    if files
        .iter()
        .any(|file| file.plain_bytes > MAX_FILE_BYTES as u64)
    {
        return Err(bytes.damaged());
    }
    Ok((files, Zeroizing::new(bytes.rest.to_vec())))
}

/// A reader over opened bytes that ends in damage instead of a panic.
struct Bytes<'a> {
    rest: &'a [u8],
    part: Part,
}

impl<'a> Bytes<'a> {
    fn damaged(&self) -> VaultError {
        VaultError::Damaged { what: self.part }
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], VaultError> {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .ok_or_else(|| self.damaged())?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], VaultError> {
        let (taken, rest) = self
            .rest
            .split_first_chunk()
            .ok_or_else(|| self.damaged())?;
        self.rest = rest;
        Ok(*taken)
    }

    fn u8(&mut self) -> Result<u8, VaultError> {
        self.array().map(u8::from_be_bytes)
    }

    fn u16(&mut self) -> Result<usize, VaultError> {
        self.array()
            .map(|bytes| usize::from(u16::from_be_bytes(bytes)))
    }

    fn u32(&mut self) -> Result<usize, VaultError> {
        let length = u32::from_be_bytes(self.array()?);
        usize::try_from(length).map_err(|_| self.damaged())
    }

    fn text(&mut self, length: usize) -> Result<String, VaultError> {
        let bytes = self.take(length)?;
        std::str::from_utf8(bytes)
            .map(str::to_owned)
            .map_err(|_| self.damaged())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_plain_bytes_of_a_summary_are_frozen() {
        let bytes = encode_summary("一", b"abc");
        let mut expected = vec![0, 3, 0xE4, 0xB8, 0x80, 0, 0, 0, 3, b'a', b'b', b'c'];
        expected.resize(256, 0);
        assert_eq!(*bytes, expected);
    }

    #[test]
    fn the_plain_bytes_of_a_body_are_frozen() {
        let file = StoredFile {
            name: "a.ofd".to_owned(),
            stored_as: FileName([0x11; 16]),
            key: Zeroizing::new([0x22; 32]),
            plain_bytes: 0x0102,
        };
        let mut expected = vec![1, 1, 5];
        expected.extend_from_slice(b"a.ofd");
        expected.extend_from_slice(&[0x11; 16]);
        expected.extend_from_slice(&[0x22; 32]);
        expected.extend_from_slice(&[0, 0, 0, 0, 0, 0, 1, 2]);
        expected.extend_from_slice(b"body");
        assert_eq!(*encode_body(&[file], b"body"), expected);
    }

    #[test]
    fn summaries_of_different_length_have_one_size() {
        let short = encode_summary("id", b"");
        let long = encode_summary("id", &[7; 240]);
        assert_eq!(short.len(), long.len());
        assert_eq!(encode_summary("id", &[7; 249]).len(), 512);
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = decode_summary(&bytes);
            if let Ok((files, body)) = decode_body(&bytes) {
                prop_assert_eq!(&*encode_body(&files, &body), &bytes);
            }
        }

        #[test]
        fn bytes_that_begin_like_a_body_never_panic(
            count in 0_u8..40, rest in proptest::collection::vec(0_u8..8, 0..400)
        ) {
            let mut bytes = vec![BODY_FORMAT, count];
            bytes.extend_from_slice(&rest);
            if let Ok((files, body)) = decode_body(&bytes) {
                prop_assert_eq!(&*encode_body(&files, &body), &bytes);
            }
        }

        #[test]
        fn a_summary_comes_back(
            id in ".{1,100}", summary in proptest::collection::vec(any::<u8>(), 0..2000)
        ) {
            let (id_back, summary_back) = decode_summary(&encode_summary(&id, &summary)).unwrap();
            prop_assert_eq!(id_back, id);
            prop_assert_eq!(&*summary_back, &summary);
        }
    }
}
