//! What has pages in the window: a kept certificate, or a file of anybody.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanshengshi::config::TextLanguage;
use quanshengshi::error::QssError;
use quanshengshi::open::OpenCertificate;
use quanshengshi::pdf::{FileKind, file_kind, pdf_facts};
use quanshengshi::seals::verify_seals;
use quanshengshi::viewer::{CertificateFile, DrawnPage};

use crate::certificate::MAX_BYTES;
use crate::certificate::moment::now_ms;
use crate::pdf_page::{self, PdfPage, PdfPageError};
use crate::wallet::PX_PER_MM;
use crate::window::model::document::{Document, Proof, name_of};
use crate::window::model::order::Sheet;
use crate::window::model::paper::{Paper, Words};

/// What pages are drawn of.
pub(crate) enum Opened {
    Kept(Arc<OpenCertificate>),
    /// Anybody's OFD, and the font for text whose own it does not hold.
    Ofd(Arc<CertificateFile>, Option<PathBuf>),
    /// Anybody's PDF, as bytes: its renderer holds nothing between two pages.
    Pdf(Arc<Vec<u8>>, Option<PathBuf>),
}

/// Why a file is not opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FileError {
    #[error("the file cannot be read")]
    Read(#[from] std::io::Error),
    #[error(transparent)]
    Core(#[from] QssError),
}

impl Opened {
    /// A page, from 0. The words of a PDF are not known.
    pub(crate) fn sheet(&self, page: u32) -> Result<Sheet, QssError> {
        let facts = match self {
            Self::Kept(opened) => Some(opened.page_facts(page)?),
            Self::Ofd(opened, _) => Some(opened.page_facts(page)?),
            Self::Pdf(..) => None,
        };
        let words = facts.map(|facts| Words {
            text: facts.text,
            uncovered: facts.uncovered,
        });
        Ok(Sheet {
            drawn: self.draw(page)?,
            words: words.unwrap_or_default(),
        })
    }

    fn draw(&self, page: u32) -> Result<DrawnPage, QssError> {
        match self {
            Self::Kept(opened) => opened.draw_page(page, PX_PER_MM),
            Self::Ofd(opened, font) => opened.draw_page(page, PX_PER_MM, read(font.as_deref())),
            Self::Pdf(bytes, font) => Ok(of_pdf(bytes, page, font.as_deref())?.drawn),
        }
    }
}

/// Opens a file, judges it against roots in PEM, and draws its first page; nothing of it is kept.
pub(crate) fn open(
    file: &Path,
    roots_pem: &str,
    font: Option<PathBuf>,
    language: TextLanguage,
) -> Result<(Opened, Document, DrawnPage), FileError> {
    let mut bytes = Vec::new();
    // One byte more than is taken, so that what is too long is told from what is not.
    let reader = std::fs::File::open(file)?;
    let _ = reader.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    let (opened, proof, pages, sheet) = if file_kind(&bytes) == FileKind::Pdf {
        let facts = pdf_facts(&bytes, language)?;
        // What the file says of its pages may be hidden from the facts, not from the renderer.
        let bytes = Arc::new(bytes);
        let PdfPage { pages, drawn } = of_pdf(&bytes, 0, font.as_deref())?;
        let words = Words::default();
        let sheet = Sheet { drawn, words };
        (
            Opened::Pdf(bytes, font),
            Proof::Nothing(facts),
            pages,
            sheet,
        )
    } else {
        let opened = CertificateFile::open(&bytes)?;
        let roots = if roots_pem.is_empty() {
            Vec::new()
        } else {
            vec![roots_pem.as_bytes().to_vec()]
        };
        let seals = verify_seals(&bytes, roots, Vec::new(), now_ms(), language)?;
        let pages = opened.page_count();
        let opened = Opened::Ofd(opened, font);
        let sheet = opened.sheet(0)?;
        (opened, Proof::Seals(seals), pages, sheet)
    };
    let document = Document {
        name: name_of(file),
        proof,
        paper: Paper::new(pages, sheet.words),
    };
    Ok((opened, document, sheet.drawn))
}

/// A page of a PDF, and how many it has.
fn of_pdf(bytes: &Arc<Vec<u8>>, page: u32, font: Option<&Path>) -> Result<PdfPage, QssError> {
    pdf_page::draw(Arc::clone(bytes), page, PX_PER_MM, read(font)).map_err(refused)
}

/// A font that went away since the start is only missed on the page.
fn read(font: Option<&Path>) -> Option<Vec<u8>> {
    font.and_then(|file| std::fs::read(file).ok())
}

fn refused(error: PdfPageError) -> QssError {
    let code = match error {
        PdfPageError::Unreadable => "PDF_UNREADABLE",
        PdfPageError::Locked => "PDF_LOCKED",
        PdfPageError::NoPage => "PAGE_UNREADABLE",
        PdfPageError::Size | PdfPageError::Failed | PdfPageError::Slow => "PAGE_UNDRAWN",
    };
    QssError::Refused {
        code: code.to_owned(),
    }
}
