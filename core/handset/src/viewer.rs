//! Certificate files of anybody, opened to be looked at: pages, words, links, metadata.
//!
//! Looking proves nothing: whoever shows a page shows beside it what became of the file's seals.

use quanshengshi_certificate::ofd::draw::picture::EncodeError;
use quanshengshi_certificate::ofd::draw::{DrawError, draw_page_with};
use quanshengshi_certificate::ofd::read::annotation::Annotation;
use quanshengshi_certificate::ofd::read::link::Target;
use quanshengshi_certificate::ofd::read::page::{LeftOut, PageError};
use quanshengshi_certificate::ofd::read::{Ofd, OpenError};
use quanshengshi_certificate::ofd::words::{Found, PageWords, Quad, page_words};
use quanshengshi_certificate::seal::verify::SealReport;

/// Why a file is not shown.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// It is no OFD the reader accepts.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// There is no such page, or it cannot be read.
    #[error(transparent)]
    Page(#[from] PageError),
    /// The page cannot be drawn at this size, or would cost too much.
    #[error(transparent)]
    Draw(DrawError),
    /// A drawn page cannot be written.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

impl From<DrawError> for ViewError {
    fn from(error: DrawError) -> Self {
        match error {
            DrawError::Page(error) => Self::Page(error),
            other => Self::Draw(other),
        }
    }
}

/// An opened file.
pub struct OpenedFile {
    ofd: Ofd,
}

/// A drawn page.
#[derive(Debug, Clone)]
pub struct DrawnPage {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The page as a PNG.
    pub png: Vec<u8>,
    /// What is on the page and not in the picture, by words for logs and machines.
    pub left_out: Vec<String>,
}

/// A page as it lies in the file.
#[derive(Debug, Clone)]
pub struct PageFacts {
    /// In millimetres.
    pub width_mm: f32,
    /// In millimetres.
    pub height_mm: f32,
    /// Its words in reading order, for a screen reader; of a signed file those that a signature covers.
    pub text: String,
    /// Words that no signature of a signed file covers: drawn grey and hatched, to be read out as such.
    pub uncovered: Option<String>,
    /// Places that lead somewhere.
    pub links: Vec<PageLink>,
    /// What was laid over it, by kind.
    pub annotations: Vec<String>,
}

/// A place that leads somewhere; ask before going.
#[derive(Debug, Clone, PartialEq)]
pub struct PageLink {
    /// Left, top, width and height in millimetres of the page.
    pub area: [f32; 4],
    /// The address it leads to.
    pub address: Option<String>,
    /// The page it leads to, counted from 0.
    pub page: Option<u32>,
}

/// Words and where they stand.
#[derive(Debug, Clone, PartialEq)]
pub struct PageMatch {
    /// What stands there, a line feed between lines.
    pub text: String,
    /// Four corners a line, clockwise, in millimetres of the page.
    pub quads: Vec<Quad>,
    /// Whether a signature covers all of it, or the file carries none.
    pub covered: bool,
}

/// A datum the file says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// A file that travels inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileAttachment {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub format: String,
    /// Its length in bytes; none when it is missing.
    pub bytes: Option<u64>,
}

impl OpenedFile {
    /// Opens an OFD.
    ///
    /// # Errors
    /// [`ViewError::Open`].
    pub fn open(bytes: &[u8]) -> Result<Self, ViewError> {
        Ok(Self {
            ofd: Ofd::open(bytes)?,
        })
    }

    /// Opens an OFD whose seals were judged: what none of them covers is drawn so.
    pub(crate) fn open_judged(bytes: &[u8], seal: &SealReport) -> Result<Self, OpenError> {
        Ok(Self {
            ofd: Ofd::open(bytes)?.judged(seal),
        })
    }

    /// How many pages there are; at least one.
    pub fn pages(&self) -> u32 {
        u32::try_from(self.ofd.page_count()).unwrap_or(u32::MAX)
    }

    /// Draws a page, counted from 0; `px_per_mm` pixels a millimetre. `font` is the host's own, for
    /// text whose font the file does not hold.
    ///
    /// # Errors
    /// [`ViewError::Page`], [`ViewError::Draw`], [`ViewError::Encode`].
    pub fn draw(
        &self,
        page: u32,
        px_per_mm: f32,
        font: Option<&[u8]>,
    ) -> Result<DrawnPage, ViewError> {
        let picture = draw_page_with(&self.ofd, index(page), px_per_mm, font)?;
        Ok(DrawnPage {
            width: picture.width,
            height: picture.height,
            png: picture.to_png()?,
            left_out: picture.left_out.iter().copied().map(word).collect(),
        })
    }

    /// Size, words, links and annotations of a page.
    ///
    /// # Errors
    /// [`ViewError::Page`].
    pub fn facts(&self, page: u32) -> Result<PageFacts, ViewError> {
        let content = self.ofd.page(index(page))?;
        let links = content.links.iter().map(|link| {
            let area = link.area;
            let (address, page) = match &link.target {
                Target::Address(address) => (Some(address.clone()), None),
                Target::Page(page) => (None, u32::try_from(*page).ok()),
            };
            PageLink {
                area: [area.x(), area.y(), area.width(), area.height()],
                address,
                page,
            }
        });
        let shown = |annotation: &&Annotation| annotation.visible;
        let annotations = content.annotations.iter().filter(shown);
        let words = self.words(page, None)?;
        let uncovered = words.text_covered(false);
        Ok(PageFacts {
            width_mm: content.area.width(),
            height_mm: content.area.height(),
            links: links.collect(),
            annotations: annotations.map(|found| found.kind.clone()).collect(),
            text: words.text_covered(true),
            uncovered: (!uncovered.is_empty()).then_some(uncovered),
        })
    }

    /// Every place of a page where `query` stands, whatever the width and case of its signs.
    ///
    /// # Errors
    /// [`ViewError::Page`].
    pub fn find(
        &self,
        page: u32,
        query: &str,
        font: Option<&[u8]>,
    ) -> Result<Vec<PageMatch>, ViewError> {
        let found = self.words(page, font)?.find(query);
        Ok(found.into_iter().map(PageMatch::from).collect())
    }

    /// What a person selects between two places of a page, in millimetres; `None` on a page without
    /// words.
    ///
    /// # Errors
    /// [`ViewError::Page`].
    pub fn select(
        &self,
        page: u32,
        from: (f32, f32),
        to: (f32, f32),
        font: Option<&[u8]>,
    ) -> Result<Option<PageMatch>, ViewError> {
        let selected = self.words(page, font)?.select(from, to);
        Ok(selected.map(PageMatch::from))
    }

    /// What the file says of itself, with the names of GB/T 36903.
    pub fn metadata(&self) -> Vec<FileDatum> {
        let data = self.ofd.description().metadata();
        let data = data.into_iter().map(|datum| FileDatum {
            name: datum.name.to_owned(),
            meaning_zh: datum.meaning_zh.to_owned(),
            meaning_en: datum.meaning_en.to_owned(),
            value: datum.value.to_owned(),
        });
        data.collect()
    }

    /// Title of the document, if it has one.
    pub fn title(&self) -> Option<&str> {
        self.ofd.description().title.as_deref()
    }

    /// The files that travel inside.
    pub fn attachments(&self) -> Vec<FileAttachment> {
        let listed = self.ofd.attachments().iter();
        let listed = listed.map(|found| FileAttachment {
            name: found.name.clone(),
            format: found.format.clone(),
            bytes: found.bytes,
        });
        listed.collect()
    }

    fn words(&self, page: u32, font: Option<&[u8]>) -> Result<PageWords, ViewError> {
        Ok(page_words(&self.ofd, index(page), font)?)
    }
}

impl From<Found> for PageMatch {
    fn from(found: Found) -> Self {
        Self {
            text: found.text,
            quads: found.quads,
            covered: found.covered,
        }
    }
}

fn index(page: u32) -> usize {
    usize::try_from(page).unwrap_or(usize::MAX)
}

/// A word for logs and machines.
fn word(left_out: LeftOut) -> String {
    match left_out {
        LeftOut::Composite => "composite".to_owned(),
        LeftOut::Gradient => "gradient".to_owned(),
        LeftOut::Clip => "clip".to_owned(),
        LeftOut::Malformed => "malformed".to_owned(),
        LeftOut::Missing => "missing".to_owned(),
        LeftOut::Picture => "picture".to_owned(),
        LeftOut::Font => "font".to_owned(),
        LeftOut::Annotation => "annotation".to_owned(),
        LeftOut::Seal => "seal".to_owned(),
        LeftOut::Uncovered => "uncovered".to_owned(),
        LeftOut::Glyph(sign) => format!("glyph U+{:04X} {sign}", u32::from(sign)),
    }
}

#[cfg(test)]
mod tests;
