//! An opened certificate at the crossing.

use quanshengshi_handset::wallet::notes::CopyNotes as CoreNotes;
use quanshengshi_handset::wallet::open::OpenCertificate as Core;
use quanshengshi_rules::language::Language;

use crate::error::QssError;
use crate::seals::SealReport;
use crate::viewer::{DrawnPage, PageFacts, PageMatch};
use crate::wallet::CopyFreshness;

/// A certificate that was verified when it was opened. All its pages come out of what was verified
/// then, so turning a page verifies nothing again and needs neither wallet nor network. Let go of it
/// with the screen that shows it.
#[derive(Debug, uniffi::Object)]
pub struct OpenCertificate {
    core: Core,
    language: Language,
}

/// What is said of a certificate beside its pages, as of the moment it was opened.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ShownCertificate {
    /// The identifier.
    pub certificate: String,
    /// What stands on top of the face.
    pub name: String,
    /// The number people quote.
    pub number: String,
    /// The holders' names.
    pub holders: Vec<String>,
    /// The issuer's name.
    pub issuer: String,
    /// The first day it holds, `yyyy-mm-dd`.
    pub valid_from: String,
    /// The last day it holds; none for one without end.
    pub valid_to: Option<String>,
    /// Whether it may be relied on, as of the last confirmation; never with a broken seal.
    pub holds: bool,
    /// The word for that.
    pub standing: String,
    /// How fresh the confirmation is.
    pub freshness: CopyFreshness,
    /// The line that must stand with every offline copy.
    pub mark: String,
    /// Portal time of the last confirmation, milliseconds since 1970.
    pub as_of_ms: u64,
    /// Days until the last day, negative after it; none without an end.
    pub days_left: Option<i64>,
    /// What covers the page: a broken seal, its end or its state; none for one that simply holds.
    pub banner: Option<String>,
    /// Whether the certificate is invented.
    pub sample: bool,
    /// Whether the seal of the copy holds. Show its text beside the page, and what no seal covers.
    pub seal: SealReport,
    /// Pages of the face.
    pub pages: u32,
}

/// What every page of a copy that is handed on must carry: draw both with the page, or do not hand it on.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CopyNotes {
    /// The line over the picture, again and again, aslant.
    pub watermark: String,
    /// The lines below the picture: what it is for, until when, that it is no sealed file, how fresh it is.
    pub lines: Vec<String>,
}

impl From<CoreNotes> for CopyNotes {
    fn from(notes: CoreNotes) -> Self {
        Self {
            watermark: notes.watermark,
            lines: notes.lines,
        }
    }
}

impl OpenCertificate {
    pub(crate) fn new(core: Core, language: Language) -> Self {
        Self { core, language }
    }
}

#[uniffi::export]
impl OpenCertificate {
    /// What stands beside every page: whose it is, whether it holds, its seal, the line over the
    /// picture.
    pub fn about(&self) -> ShownCertificate {
        let (record, judged, language) = (&self.core.record, &self.core.judged, self.language);
        let holders = record.holders.iter();
        ShownCertificate {
            certificate: record.id.to_string(),
            name: record.name.clone(),
            number: record.number.clone(),
            holders: holders.map(|holder| holder.name.clone()).collect(),
            issuer: record.issuer.name.clone(),
            valid_from: record.validity.from.to_string(),
            valid_to: record.validity.to.map(|to| to.to_string()),
            holds: self.core.holds(),
            standing: judged.standing.text(language),
            freshness: judged.freshness.into(),
            mark: judged.mark(language),
            as_of_ms: judged.as_of_ms,
            days_left: judged.days_left,
            banner: self.core.banner(language),
            sample: record.sample,
            seal: SealReport::of(self.core.seal.clone(), language),
            pages: self.core.pages(),
        }
    }

    /// How many pages there are; at least one.
    pub fn page_count(&self) -> u32 {
        self.core.pages()
    }

    /// Draws a page, from 0, at `px_per_mm` pixels a millimetre (8 is good for a phone). Call it away
    /// from the thread that draws.
    ///
    /// # Errors
    /// `Refused` with `PAGE_UNREADABLE` for a page that is not there, `PAGE_UNDRAWN` for one that is
    /// too large at this scale.
    pub fn draw_page(&self, page: u32, px_per_mm: f32) -> Result<DrawnPage, QssError> {
        Ok(self.core.draw(page, px_per_mm)?.into())
    }

    /// Size, words, links and annotations of a page, from 0.
    ///
    /// # Errors
    /// `Refused` with `PAGE_UNREADABLE`.
    pub fn page_facts(&self, page: u32) -> Result<PageFacts, QssError> {
        Ok(self.core.facts(page)?.into())
    }

    /// Every place of a page, from 0, where `query` stands; width and case of signs and white space do
    /// not matter.
    ///
    /// # Errors
    /// `Refused` with `PAGE_UNREADABLE`.
    pub fn find(&self, page: u32, query: &str) -> Result<Vec<PageMatch>, QssError> {
        let found = self.core.find(page, query)?;
        Ok(found.into_iter().map(PageMatch::from).collect())
    }

    /// What to draw over and below every page of a copy that is handed on for a purpose of at most 20
    /// characters. The copy is a picture, for 30 days, and says both.
    ///
    /// # Errors
    /// `Refused` with `COPY_PURPOSE` for a purpose that is none or too long, `COPY_VIEW_ONLY` for a
    /// certificate that does not hold or whose seal is broken.
    pub fn copy_notes(&self, purpose: &str) -> Result<CopyNotes, QssError> {
        Ok(self.core.notes(purpose, self.language)?.into())
    }

    /// The sealed file itself, an OFD, for handing it on.
    pub fn bytes(&self) -> Vec<u8> {
        self.core.bytes().to_vec()
    }
}
