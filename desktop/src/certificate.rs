//! `qss certificate draw`, `show` and `verify`.

mod draw;
pub(crate) mod moment;
mod show;
mod verify;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanshengshi::config::TextLanguage;
use quanshengshi::error::QssError;
use quanshengshi::pdf::{FileKind, file_kind};
use quanshengshi::texts::code_text;
use quanshengshi::viewer::CertificateFile;

use crate::arguments::CertificateOrder;
use crate::out;
#[cfg(feature = "pdf")]
use crate::pdf_page::PdfPageError;

/// The longest file that is read; the core takes nothing longer either.
pub(crate) const MAX_BYTES: u64 = 64 << 20;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
enum ViewError {
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    #[error("{0}: {text}", text = code_text(.0.code(), TextLanguage::En).unwrap_or_default())]
    Refused(#[from] QssError),
    #[error("pages are counted from 1")]
    PageZero,
    #[cfg(feature = "pdf")]
    #[error("{0}")]
    Pdf(#[from] PdfPageError),
    #[cfg(not(feature = "pdf"))]
    #[error("this qss draws no PDF: it was built without the feature `pdf`")]
    NoPdf,
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// Does the order; whether there is an answer.
pub(crate) fn run(order: &CertificateOrder) -> bool {
    let (name, answer) = match order {
        CertificateOrder::Draw {
            file,
            page,
            scale,
            font,
            out,
        } => (
            "draw",
            draw::answer(file, *page, *scale, font.as_deref(), out)
                .map_err(|error| error.to_string()),
        ),
        CertificateOrder::Show { file, json } => (
            "show",
            show::answer(file, *json).map_err(|error| error.to_string()),
        ),
        CertificateOrder::Verify {
            file,
            roots,
            revoked,
            at,
            json,
        } => (
            "verify",
            verify::Question {
                file: file.as_deref(),
                roots,
                revoked,
                at: at.as_deref(),
            }
            .answer(*json)
            .map_err(|error| error.to_string()),
        ),
    };
    match answer {
        Ok(text) => {
            out::line(text);
            true
        }
        Err(error) => {
            eprintln!("qss certificate {name}: {error}");
            false
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, ViewError> {
    std::fs::read(path).map_err(|error| ViewError::File(path.to_owned(), error))
}

/// A file of one of the two kinds that are shown.
enum Opened {
    Ofd(Arc<CertificateFile>),
    /// Its bytes.
    Pdf(Vec<u8>),
}

fn open(path: &Path) -> Result<Opened, ViewError> {
    let bytes = read(path)?;
    Ok(match file_kind(&bytes) {
        FileKind::Pdf => Opened::Pdf(bytes),
        // What is neither is refused as no OFD.
        FileKind::Ofd | FileKind::Other => Opened::Ofd(CertificateFile::open(&bytes)?),
    })
}
