//! Reads a sealed file piece by piece, with one chunk in memory.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use zeroize::Zeroizing;

use crate::chunks::{CHUNK_BYTES, ChunkError, open_chunk, open_chunks, sealed_bytes};
use crate::error::{Part, VaultError};
use crate::folder::VaultFolder;
use crate::record::StoredFile;
use crate::seal::{SEAL_BYTES, SealingKey};

/// Sealed bytes of a full chunk.
const STEP: u64 = (CHUNK_BYTES + 16) as u64;

/// An opened file of a record; keeps one chunk of 64 KiB in memory, wiped when dropped.
///
/// Each chunk is checked before a byte of it comes out, and the length was checked when the file was opened:
/// what is read is right, or an error. The vault serves other calls meanwhile. On Unix the bytes stay readable
/// to their end when the record is replaced or forgotten in between.
///
/// An error of [`Read`] or [`Seek`] of kind `InvalidData` is damage.
pub struct FileReader {
    file: File,
    stored: StoredFile,
    position: u64,
    buffer: Zeroizing<Vec<u8>>,
    /// Number and plain length of the chunk in the buffer.
    held: Option<(u64, usize)>,
}

impl FileReader {
    pub(crate) fn open(file: File, stored: StoredFile) -> Result<Self, VaultError> {
        if file.metadata()?.len() != sealed_bytes(stored.plain_bytes) {
            return Err(VaultError::Damaged { what: Part::File });
        }
        Ok(Self {
            file,
            stored,
            position: 0,
            buffer: Zeroizing::new(vec![0; CHUNK_BYTES + SEAL_BYTES]),
            held: None,
        })
    }

    /// Length of the plain file in bytes.
    pub fn plain_bytes(&self) -> u64 {
        self.stored.plain_bytes
    }

    /// Opens the chunk of a number into the buffer and gives its length.
    fn hold(&mut self, number: u64) -> io::Result<usize> {
        if let Some((held, length)) = self.held
            && held == number
        {
            return Ok(length);
        }
        self.held = None;
        let sealed = sealed_bytes(self.stored.plain_bytes);
        let start = number * STEP;
        let end = sealed.min(start + STEP);
        let damaged = || io::Error::from(io::ErrorKind::InvalidData);
        let length = usize::try_from(end - start).map_err(|_| damaged())?;
        self.file.seek(SeekFrom::Start(start))?;
        let chunk = &mut self.buffer[..length];
        self.file
            .read_exact(chunk)
            .map_err(|error| match error.kind() {
                io::ErrorKind::UnexpectedEof => damaged(),
                _ => error,
            })?;
        let at = usize::try_from(number).map_err(|_| damaged())?;
        let key = SealingKey::new(self.stored.key.clone()).expand();
        let plain = open_chunk(&key, self.stored.stored_as, at, end == sealed, chunk)
            .map_err(|_| damaged())?;
        let length = plain.len();
        self.held = Some((number, length));
        Ok(length)
    }
}

impl Read for FileReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.stored.plain_bytes || into.is_empty() {
            return Ok(0);
        }
        let number = self.position / CHUNK_BYTES as u64;
        let length = self.hold(number)?;
        let from = usize::try_from(self.position % CHUNK_BYTES as u64).unwrap_or(length);
        let plain = &self.buffer[from.min(length)..length];
        let taken = plain.len().min(into.len());
        into[..taken].copy_from_slice(&plain[..taken]);
        self.position += taken as u64;
        Ok(taken)
    }
}

impl Seek for FileReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.stored.plain_bytes.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}

impl fmt::Debug for FileReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileReader").finish_non_exhaustive()
    }
}

/// The sealed file; there being none is damage.
pub(crate) fn find_file(folder: &VaultFolder, stored: &StoredFile) -> Result<File, VaultError> {
    File::open(folder.file(stored.stored_as)).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => VaultError::Damaged { what: Part::File },
        _ => error.into(),
    })
}

/// Opens a whole sealed file, chunk by chunk into `take`.
pub(crate) fn open_whole(
    folder: &VaultFolder,
    stored: &StoredFile,
    take: &mut dyn FnMut(&[u8]),
) -> Result<(), VaultError> {
    let damaged = || VaultError::Damaged { what: Part::File };
    let mut file = find_file(folder, stored)?;
    if file.metadata()?.len() != sealed_bytes(stored.plain_bytes) {
        return Err(damaged());
    }
    open_chunks(
        &stored.key,
        stored.stored_as,
        stored.plain_bytes,
        &mut file,
        take,
    )
    .map_err(|error| match error {
        ChunkError::Broken => damaged(),
        ChunkError::Io(error) => error.into(),
    })
}
