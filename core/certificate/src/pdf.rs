//! PDF certificates: bytes, version, digest, pages, and the signatures they say they carry.
//!
//! A phone draws them with its own renderer, the desktop behind a feature; here they are not drawn and
//! nobody is trusted. [`PdfFile::open`] tells what stands in the bytes: whether a signature is there
//! and which bytes it is about, not who made it, nor whether it holds.

mod lexer;
mod objects;
mod signatures;
mod words;

use sm3::{Digest, Sm3};

use crate::ofd::limits::{MAX_FILE_BYTES, MAX_SIGNATURES};

pub use signatures::{PdfCoverage, PdfSignature};

/// How far into a file its header may stand (ISO 32000-1 annex H.3, note 13: readers take it within
/// the first 1024 bytes), and how far from its end the end's mark (note 18).
const WITHIN: usize = 1024;

/// Why bytes are not taken for a PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// There is no `%PDF-` with a version near the start.
    #[error("not a PDF")]
    NotAPdf,
    /// There is no mark of the file's end: it was cut.
    #[error("the PDF has no end")]
    Cut,
    /// It has more than [`MAX_SIGNATURES`] signatures, objects that never end, or object streams that
    /// inflate to more than is allowed.
    #[error("more than {MAX_SIGNATURES} signatures, or objects without an end")]
    TooHeavy,
    /// The file is larger than [`MAX_FILE_BYTES`].
    #[error("the file has more than {MAX_FILE_BYTES} bytes")]
    TooLarge,
}

/// What a PDF says of itself, as far as it stands in its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfFile {
    /// The version of the header, `1.7` or the like.
    pub version: String,
    /// Its length, in bytes.
    pub bytes: u64,
    /// SM3 of all of it (GB/T 32905).
    pub sm3: [u8; 32],
    /// How many pages its catalogue says it has; `None` if that is not told, or is encrypted.
    pub pages: Option<u32>,
    /// The signatures it carries, in the order of the bytes; empty for a file without any.
    pub signatures: Vec<PdfSignature>,
}

impl PdfFile {
    /// Whether bytes start like a PDF; for choosing who opens a file.
    pub fn is_pdf(bytes: &[u8]) -> bool {
        version(bytes).is_some()
    }

    /// Reads what stands in the bytes.
    ///
    /// # Errors
    /// Any [`PdfError`].
    pub fn open(bytes: &[u8]) -> Result<Self, PdfError> {
        if bytes.len() > MAX_FILE_BYTES {
            return Err(PdfError::TooLarge);
        }
        let version = version(bytes).ok_or(PdfError::NotAPdf)?;
        let tail = bytes.len().saturating_sub(WITHIN);
        let end = bytes.get(tail..).unwrap_or_default();
        if lexer::position(end, 0, b"%%EOF").is_none() {
            return Err(PdfError::Cut);
        }
        let objects::Found { pages, signatures } = objects::find(bytes)?;
        Ok(Self {
            version,
            bytes: bytes.len() as u64,
            sm3: Sm3::digest(bytes).into(),
            pages,
            signatures,
        })
    }
}

fn version(bytes: &[u8]) -> Option<String> {
    let near = bytes.get(..WITHIN).unwrap_or(bytes);
    let at = lexer::position(near, 0, b"%PDF-")?;
    let [major, b'.', minor] = near.get(at + 5..at + 8)? else {
        return None;
    };
    let digits = major.is_ascii_digit() && minor.is_ascii_digit();
    digits.then(|| format!("{}.{}", char::from(*major), char::from(*minor)))
}

#[cfg(test)]
mod tests;
