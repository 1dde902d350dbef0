//! `qss certificate show`: what a file says of itself, and the words of its pages.

mod pdf;

use std::fmt::Write as _;
use std::path::Path;

use quanshengshi::viewer::{CertificateFile, FileAttachment, FileDatum, PageFacts, PageLink};
use serde::Serialize;

use super::{Opened, ViewError, open};

#[derive(Debug, Serialize)]
struct Shown {
    title: Option<String>,
    metadata: Vec<Datum>,
    pages: Vec<Page>,
    attachments: Vec<Attachment>,
}

#[derive(Debug, Serialize)]
struct Datum {
    name: String,
    meaning: String,
    meaning_en: String,
    value: String,
}

#[derive(Debug, Serialize)]
struct Page {
    width_mm: f32,
    height_mm: f32,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uncovered_text: Option<String>,
    links: Vec<Link>,
    annotations: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Link {
    /// Left, top, width, height in millimetres.
    area: [f32; 4],
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    /// From 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
}

#[derive(Debug, Serialize)]
struct Attachment {
    name: String,
    format: String,
    bytes: Option<u64>,
}

impl From<FileDatum> for Datum {
    fn from(datum: FileDatum) -> Self {
        Self {
            name: datum.name,
            meaning: datum.meaning_zh,
            meaning_en: datum.meaning_en,
            value: datum.value,
        }
    }
}

impl From<PageFacts> for Page {
    fn from(page: PageFacts) -> Self {
        Self {
            width_mm: page.width_mm,
            height_mm: page.height_mm,
            text: page.text,
            uncovered_text: page.uncovered,
            links: page.links.into_iter().map(Link::from).collect(),
            annotations: page.annotations,
        }
    }
}

impl From<PageLink> for Link {
    fn from(link: PageLink) -> Self {
        Self {
            area: [link.left, link.top, link.width, link.height],
            address: link.address,
            page: link.page.map(|page| page + 1),
        }
    }
}

impl From<FileAttachment> for Attachment {
    fn from(found: FileAttachment) -> Self {
        Self {
            name: found.name,
            format: found.format,
            bytes: found.bytes,
        }
    }
}

pub(super) fn answer(file: &Path, json: bool) -> Result<String, ViewError> {
    let opened = match open(file)? {
        Opened::Ofd(opened) => opened,
        Opened::Pdf(bytes) => return pdf::answer(&bytes, json),
    };
    let shown = shown(&opened)?;
    Ok(if json {
        serde_json::to_string(&shown)?
    } else {
        in_words(&shown)
    })
}

fn shown(opened: &CertificateFile) -> Result<Shown, ViewError> {
    let pages = (0..opened.page_count()).map(|page| Ok(opened.page_facts(page)?.into()));
    Ok(Shown {
        title: opened.title(),
        metadata: opened.metadata().into_iter().map(Datum::from).collect(),
        pages: pages.collect::<Result<_, ViewError>>()?,
        attachments: opened
            .attachments()
            .into_iter()
            .map(Attachment::from)
            .collect(),
    })
}

fn in_words(shown: &Shown) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    for datum in &shown.metadata {
        let _ = writeln!(text, "{}\t{}", datum.meaning, datum.value);
    }
    for (number, page) in (1..).zip(&shown.pages) {
        let _ = writeln!(
            text,
            "— {number} · {} × {} mm",
            page.width_mm, page.height_mm
        );
        let _ = writeln!(text, "{}", page.text);
        if let Some(uncovered) = &page.uncovered_text {
            let _ = writeln!(text, "— 不受印章保护\n{uncovered}");
        }
    }
    for found in &shown.attachments {
        let _ = writeln!(text, "+ {}.{}", found.name, found.format);
    }
    text.truncate(text.trim_end().len());
    text
}
