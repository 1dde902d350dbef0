//! Files sealed chunk by chunk: the STREAM shape (Hoang, Reyhanitabar, Rogaway, Vizár 2015) as in age.
//!
//! Chunks of 64 KiB of plain bytes, each AES-256-GCM under the file's own key, tag behind. Nonce = 7 zero
//! bytes ‖ chunk number (4, big endian) ‖ 1 for the last chunk, else 0. A key seals one file, once, so the
//! counted nonces never meet again. The last chunk may be short, and is empty only in an empty file.
//! Associated data = "QSSVF" ‖ format ‖ file name (16): a file under another name does not open.

use std::fmt::Write as _;
use std::io::{self, Read, Write};

use ring::aead::{Aad, LessSafeKey, MAX_TAG_LEN, NONCE_LEN, Nonce};
use zeroize::Zeroizing;

use crate::seal::{BrokenSeal, FORMAT, KEY_BYTES, SealingKey};

/// Plain bytes of a full chunk.
pub(crate) const CHUNK_BYTES: usize = 64 << 10;

/// The random name of a sealed file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FileName(pub(crate) [u8; 16]);

impl FileName {
    /// 32 lower-case hexadecimal digits.
    pub(crate) fn to_hex(self) -> String {
        self.0
            .iter()
            .fold(String::with_capacity(32), |mut text, byte| {
                let _ = write!(text, "{byte:02x}");
                text
            })
    }

    fn associated_data(self) -> [u8; 22] {
        let mut bytes = [0; 22];
        bytes[..5].copy_from_slice(b"QSSVF");
        bytes[5] = FORMAT;
        bytes[6..].copy_from_slice(&self.0);
        bytes
    }
}

/// Why sealed chunks did not open.
#[derive(Debug)]
pub(crate) enum ChunkError {
    /// Changed, cut, lengthened, reordered, or another file's.
    Broken,
    /// The file system failed.
    Io(io::Error),
}

/// The length of a sealed file in bytes.
pub(crate) fn sealed_bytes(plain_bytes: u64) -> u64 {
    let chunks = plain_bytes.div_ceil(CHUNK_BYTES as u64).max(1);
    plain_bytes + chunks * MAX_TAG_LEN as u64
}

/// Writes `plain` sealed under `key`, which must be fresh and is never to be used for another file.
pub(crate) fn seal_chunks(
    key: &Zeroizing<[u8; KEY_BYTES]>,
    name: FileName,
    plain: &[u8],
    sink: &mut dyn Write,
) -> io::Result<()> {
    let key = SealingKey::new(key.clone()).expand();
    let associated = name.associated_data();
    let mut buffer = Zeroizing::new(Vec::with_capacity(CHUNK_BYTES + MAX_TAG_LEN));
    let chunks = plain.len().div_ceil(CHUNK_BYTES).max(1);
    for number in 0..chunks {
        let start = number * CHUNK_BYTES;
        let end = plain.len().min(start + CHUNK_BYTES);
        buffer.clear();
        buffer.extend_from_slice(&plain[start..end]);
        let nonce = chunk_nonce(number, number + 1 == chunks).ok_or(io::ErrorKind::FileTooLarge)?;
        let tag = key
            .seal_in_place_separate_tag(nonce, Aad::from(&associated), &mut buffer)
            .map_err(|_| io::ErrorKind::FileTooLarge)?;
        sink.write_all(&buffer)?;
        sink.write_all(tag.as_ref())?;
    }
    Ok(())
}

/// Opens a sealed file of `plain_bytes` and hands each opened chunk to `take`, in order. What `take` got
/// counts only if the whole call succeeds.
pub(crate) fn open_chunks(
    key: &Zeroizing<[u8; KEY_BYTES]>,
    name: FileName,
    plain_bytes: u64,
    source: &mut dyn Read,
    take: &mut dyn FnMut(&[u8]),
) -> Result<(), ChunkError> {
    let key = SealingKey::new(key.clone()).expand();
    let mut left = sealed_bytes(plain_bytes);
    let mut buffer = Zeroizing::new(vec![0; CHUNK_BYTES + MAX_TAG_LEN]);
    let mut number = 0;
    while left > 0 {
        let length = usize::try_from(left).map_or(buffer.len(), |left| left.min(buffer.len()));
        left -= length as u64;
        let chunk = &mut buffer[..length];
        source.read_exact(chunk).map_err(ChunkError::from)?;
        take(open_chunk(&key, name, number, left == 0, chunk).map_err(|_| ChunkError::Broken)?);
        number += 1;
    }
    match source.read(&mut buffer[..1])? {
        0 => Ok(()),
        _ => Err(ChunkError::Broken),
    }
}

/// Opens one chunk in its place and gives the plain bytes.
pub(crate) fn open_chunk<'a>(
    key: &LessSafeKey,
    name: FileName,
    number: usize,
    last: bool,
    chunk: &'a mut [u8],
) -> Result<&'a [u8], BrokenSeal> {
    let nonce = chunk_nonce(number, last).ok_or(BrokenSeal)?;
    match key.open_in_place(nonce, Aad::from(name.associated_data()), chunk) {
        Ok(plain) => Ok(plain),
        Err(_) => Err(BrokenSeal),
    }
}

fn chunk_nonce(number: usize, last: bool) -> Option<Nonce> {
    let mut bytes = [0; NONCE_LEN];
    bytes[7..11].copy_from_slice(&u32::try_from(number).ok()?.to_be_bytes());
    bytes[11] = u8::from(last);
    Some(Nonce::assume_unique_for_key(bytes))
}

impl From<io::Error> for ChunkError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Broken,
            _ => Self::Io(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NAME: FileName = FileName([0x5A; 16]);

    fn key() -> Zeroizing<[u8; KEY_BYTES]> {
        Zeroizing::new([0x42; KEY_BYTES])
    }

    fn seal(plain: &[u8]) -> Vec<u8> {
        let mut sealed = Vec::new();
        seal_chunks(&key(), NAME, plain, &mut sealed).unwrap();
        sealed
    }

    fn open(name: FileName, plain_bytes: usize, mut sealed: &[u8]) -> Option<Vec<u8>> {
        let mut plain = Vec::new();
        let mut take = |chunk: &[u8]| plain.extend_from_slice(chunk);
        open_chunks(&key(), name, plain_bytes as u64, &mut sealed, &mut take).ok()?;
        Some(plain)
    }

    #[test]
    fn the_bytes_of_a_sealed_file_are_frozen() {
        let hex = seal(b"frozen")
            .iter()
            .fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        assert_eq!(hex, "2ef9bb6eba3512dda368707f8860c76c4a5e735ef4a5");
        let digest = ring::digest::digest(&ring::digest::SHA256, &seal(&vec![7; CHUNK_BYTES + 1]));
        let hex = digest
            .as_ref()
            .iter()
            .fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        assert_eq!(
            hex,
            "bfed71594801b3c1c3eb6de494df9a9321a2e2a0de66c87e7e356f2fe8c21205"
        );
    }

    #[test]
    fn every_length_around_a_chunk_border_comes_back() {
        for length in [
            0,
            1,
            CHUNK_BYTES - 1,
            CHUNK_BYTES,
            CHUNK_BYTES + 1,
            2 * CHUNK_BYTES,
        ] {
            let plain: Vec<u8> = (0..=250).cycle().take(length).collect();
            let sealed = seal(&plain);
            assert_eq!(sealed.len() as u64, sealed_bytes(length as u64));
            assert_eq!(open(NAME, length, &sealed), Some(plain));
        }
    }

    #[test]
    fn every_flipped_bit_of_a_small_file_is_seen() {
        let sealed = seal(&[9; 300]);
        for position in 0..sealed.len() {
            for bit in 0..8 {
                let mut changed = sealed.clone();
                changed[position] ^= 1 << bit;
                assert_eq!(open(NAME, 300, &changed), None);
            }
        }
    }

    #[test]
    fn cut_lengthened_reordered_and_renamed_files_are_seen() {
        let plain: Vec<u8> = (0..=250).cycle().take(3 * CHUNK_BYTES).collect();
        let sealed = seal(&plain);
        let chunk = CHUNK_BYTES + MAX_TAG_LEN;
        // Cut at a chunk border, told its own shorter length: only the last flag can see it.
        assert_eq!(open(NAME, 2 * CHUNK_BYTES, &sealed[..2 * chunk]), None);
        assert_eq!(open(NAME, plain.len(), &sealed[..sealed.len() - 1]), None);
        let mut longer = sealed.clone();
        longer.push(0);
        assert_eq!(open(NAME, plain.len(), &longer), None);
        let mut swapped = sealed[chunk..2 * chunk].to_vec();
        swapped.extend_from_slice(&sealed[..chunk]);
        swapped.extend_from_slice(&sealed[2 * chunk..]);
        assert_eq!(open(NAME, plain.len(), &swapped), None);
        assert_eq!(open(FileName([0; 16]), plain.len(), &sealed), None);
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_open(
            bytes in proptest::collection::vec(any::<u8>(), 0..500), length in 0_usize..500
        ) {
            prop_assert_eq!(open(NAME, length, &bytes), None);
        }
    }
}
