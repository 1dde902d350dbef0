//! PDF certificates at the crossing: told about here, drawn by the host's own renderer.

use std::fmt::Write as _;

use quanshengshi_certificate::pdf::{
    PdfCoverage as CoreCoverage, PdfFile, PdfSignature as CoreSignature,
};
use quanshengshi_rules::language::Language;

use crate::config::TextLanguage;
use crate::error::QssError;

/// What a certificate's file is, by how it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum FileKind {
    /// May be an OFD: for `CertificateFile.open`.
    Ofd,
    /// May be a PDF: for `pdf_facts` and the host's own renderer.
    Pdf,
    /// Neither.
    Other,
}

/// What a PDF says of itself. Nobody is trusted by it and no signature judged: show `text` beside the
/// pages.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PdfFacts {
    /// The version of the header, such as `1.7`.
    pub version: String,
    /// Its length, in bytes.
    pub bytes: u64,
    /// SM3 of all of it, 64 hexadecimal digits.
    pub sm3: String,
    /// How many pages it says it has; none if that is not told, or is encrypted.
    pub pages: Option<u32>,
    /// The signatures it carries, in the order of the bytes.
    pub signatures: Vec<PdfSignature>,
    /// What to say about them.
    pub text: String,
}

/// A signature a PDF carries, not judged.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PdfSignature {
    /// The handler, such as `Adobe.PPKLite`; empty if the file does not say.
    pub filter: String,
    /// The encoding of the value, such as `adbe.pkcs7.detached`; empty if the file does not say.
    pub sub_filter: String,
    /// Which bytes it is about.
    pub coverage: PdfCoverage,
    /// What that means for the reader; none where there is nothing to beware of.
    pub text: Option<String>,
}

/// Which bytes of a PDF a signature is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum PdfCoverage {
    /// The whole file but the signature's own value.
    WholeFile,
    /// All up to a byte: something was added to the file after it was signed.
    UpTo {
        /// How many bytes.
        bytes: u64,
    },
    /// Whatever was signed, it is not this file.
    Senseless,
}

/// What a certificate's file is, by how it begins; opening it tells whether it can be read.
#[uniffi::export]
pub fn file_kind(file: &[u8]) -> FileKind {
    // An OFD is a ZIP, which may hold a PDF near its start.
    if file.starts_with(b"PK") {
        FileKind::Ofd
    } else if PdfFile::is_pdf(file) {
        FileKind::Pdf
    } else {
        FileKind::Other
    }
}

/// What stands in a PDF, at most 64 MiB of it. No page is drawn.
///
/// # Errors
/// `Refused` with `PDF_UNREADABLE`.
#[uniffi::export]
pub fn pdf_facts(file: &[u8], language: TextLanguage) -> Result<PdfFacts, QssError> {
    Ok(PdfFacts::of(PdfFile::open(file)?, language.into()))
}

impl PdfFacts {
    fn of(file: PdfFile, language: Language) -> Self {
        let text = file.text(language);
        let signatures = file.signatures.into_iter();
        Self {
            version: file.version,
            bytes: file.bytes,
            sm3: hexadecimal(&file.sm3),
            pages: file.pages,
            signatures: signatures
                .map(|found| PdfSignature::of(found, language))
                .collect(),
            text,
        }
    }
}

impl PdfSignature {
    fn of(found: CoreSignature, language: Language) -> Self {
        Self {
            filter: found.filter,
            sub_filter: found.sub_filter,
            text: found.coverage.text(language).map(str::to_owned),
            coverage: match found.coverage {
                CoreCoverage::WholeFile => PdfCoverage::WholeFile,
                CoreCoverage::UpTo(bytes) => PdfCoverage::UpTo { bytes },
                CoreCoverage::Senseless => PdfCoverage::Senseless,
            },
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests;
