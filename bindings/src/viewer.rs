//! Certificate files of anybody at the crossing.

use std::sync::Arc;

use quanshengshi_handset::viewer::{
    DrawnPage as CoreDrawn, OpenedFile, PageFacts as CoreFacts, PageMatch as CoreMatch,
};

use crate::error::QssError;

/// An opened certificate file. Looking proves nothing: show beside it what became of its seals.
#[derive(uniffi::Object)]
pub struct CertificateFile {
    core: OpenedFile,
}

/// A drawn page.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DrawnPage {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The page as a PNG.
    pub png: Vec<u8>,
    /// What is on the page and not in the picture, by words for logs and machines; `font` alone means
    /// that text is drawn with the host's font, `uncovered` that something is drawn grey and hatched
    /// because no signature of the file covers it.
    pub left_out: Vec<String>,
}

/// A page as it lies in the file.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct PageFacts {
    /// In millimetres.
    pub width_mm: f32,
    /// In millimetres.
    pub height_mm: f32,
    /// Its words in reading order, for a screen reader; of a signed file those that a signature covers.
    pub text: String,
    /// Words that no signature of a signed file covers: drawn grey and hatched. Read them out as what
    /// nobody signed.
    pub uncovered: Option<String>,
    /// Places that lead somewhere.
    pub links: Vec<PageLink>,
    /// Kinds of what was laid over it, such as `Stamp`; a seal seldom covers them.
    pub annotations: Vec<String>,
}

/// A place that leads somewhere; ask before going. Exactly one of `address` and `page` is there.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct PageLink {
    /// Left edge, in millimetres of the page.
    pub left: f32,
    /// Top edge.
    pub top: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// The address it leads to.
    pub address: Option<String>,
    /// The page it leads to, from 0.
    pub page: Option<u32>,
}

/// A place on a page, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, uniffi::Record)]
pub struct PagePoint {
    /// From the left.
    pub x: f32,
    /// From the top.
    pub y: f32,
}

/// Words and where they stand.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct PageMatch {
    /// What stands there, a line feed between lines.
    pub text: String,
    /// Four corners a line, clockwise.
    pub corners: Vec<PagePoint>,
    /// Whether a signature covers all of it, or the file carries none.
    pub covered: bool,
}

/// A datum the file says of itself.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FileDatum {
    /// Its name, such as `ZZBS`.
    pub name: String,
    /// What it means, in Chinese.
    pub meaning_zh: String,
    /// What it means, in English.
    pub meaning_en: String,
    /// What the file says.
    pub value: String,
}

/// A file that travels inside; never open it unasked.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FileAttachment {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub format: String,
    /// Its length in bytes; none when it is missing.
    pub bytes: Option<u64>,
}

#[uniffi::export]
impl CertificateFile {
    /// Opens an OFD.
    ///
    /// # Errors
    /// `Refused` with `FILE_UNREADABLE`.
    #[uniffi::constructor]
    pub fn open(bytes: &[u8]) -> Result<Arc<Self>, QssError> {
        let core = OpenedFile::open(bytes)?;
        Ok(Arc::new(Self { core }))
    }

    /// How many pages there are; at least one.
    pub fn page_count(&self) -> u32 {
        self.core.pages()
    }

    /// The title, if the file has one.
    pub fn title(&self) -> Option<String> {
        self.core.title().map(str::to_owned)
    }

    /// Draws a page, from 0; `px_per_mm` pixels a millimetre. `font` is a font file of the host for
    /// text whose font the file does not hold.
    ///
    /// # Errors
    /// `Refused` with `PAGE_UNREADABLE` or `PAGE_UNDRAWN`.
    pub fn draw_page(
        &self,
        page: u32,
        px_per_mm: f32,
        font: Option<Vec<u8>>,
    ) -> Result<DrawnPage, QssError> {
        Ok(self.core.draw(page, px_per_mm, font.as_deref())?.into())
    }

    /// Size, words, links and annotations of a page.
    ///
    /// # Errors
    /// `Refused` with `PAGE_UNREADABLE`.
    pub fn page_facts(&self, page: u32) -> Result<PageFacts, QssError> {
        Ok(self.core.facts(page)?.into())
    }

    /// Every place of a page where `query` stands; width and case of signs and white space do not
    /// matter.
    ///
    /// # Errors
    /// `Refused` with `PAGE_UNREADABLE`.
    pub fn find(
        &self,
        page: u32,
        query: &str,
        font: Option<Vec<u8>>,
    ) -> Result<Vec<PageMatch>, QssError> {
        let found = self.core.find(page, query, font.as_deref())?;
        Ok(found.into_iter().map(PageMatch::from).collect())
    }

    /// What a person selects between two places of a page; none on a page without words.
    ///
    /// # Errors
    /// `Refused` with `PAGE_UNREADABLE`.
    pub fn select(
        &self,
        page: u32,
        from: PagePoint,
        to: PagePoint,
        font: Option<Vec<u8>>,
    ) -> Result<Option<PageMatch>, QssError> {
        let (from, to) = ((from.x, from.y), (to.x, to.y));
        let selected = self.core.select(page, from, to, font.as_deref())?;
        Ok(selected.map(PageMatch::from))
    }

    /// What the file says of itself, with the names of GB/T 36903.
    pub fn metadata(&self) -> Vec<FileDatum> {
        let data = self.core.metadata().into_iter().map(|datum| FileDatum {
            name: datum.name,
            meaning_zh: datum.meaning_zh,
            meaning_en: datum.meaning_en,
            value: datum.value,
        });
        data.collect()
    }

    /// The files that travel inside.
    pub fn attachments(&self) -> Vec<FileAttachment> {
        let listed = self.core.attachments().into_iter();
        let listed = listed.map(|found| FileAttachment {
            name: found.name,
            format: found.format,
            bytes: found.bytes,
        });
        listed.collect()
    }
}

impl From<CoreDrawn> for DrawnPage {
    fn from(drawn: CoreDrawn) -> Self {
        Self {
            width: drawn.width,
            height: drawn.height,
            png: drawn.png,
            left_out: drawn.left_out,
        }
    }
}

impl From<CoreFacts> for PageFacts {
    fn from(facts: CoreFacts) -> Self {
        let links = facts.links.into_iter().map(|link| {
            let [left, top, width, height] = link.area;
            PageLink {
                left,
                top,
                width,
                height,
                address: link.address,
                page: link.page,
            }
        });
        Self {
            width_mm: facts.width_mm,
            height_mm: facts.height_mm,
            text: facts.text,
            uncovered: facts.uncovered,
            links: links.collect(),
            annotations: facts.annotations,
        }
    }
}

impl From<CoreMatch> for PageMatch {
    fn from(found: CoreMatch) -> Self {
        let corners = found.quads.into_iter().flatten();
        Self {
            text: found.text,
            covered: found.covered,
            corners: corners.map(|(x, y)| PagePoint { x, y }).collect(),
        }
    }
}
