//! `qss certificate draw`: a page as a PNG.

use std::path::Path;
#[cfg(feature = "pdf")]
use std::sync::Arc;

use quanshengshi::config::TextLanguage;
use quanshengshi::pdf::pdf_facts;
use quanshengshi::viewer::DrawnPage;
use serde::Serialize;

use super::{Opened, ViewError, open, read};
#[cfg(feature = "pdf")]
use crate::pdf_page;

/// The answer.
#[derive(Debug, Serialize)]
struct Drawn<'a> {
    out: &'a Path,
    page: u32,
    pages: u32,
    width: u32,
    height: u32,
    left_out: &'a [String],
}

pub(super) fn answer(
    file: &Path,
    page: u32,
    scale: f32,
    font: Option<&Path>,
    out: &Path,
) -> Result<String, ViewError> {
    let index = page.checked_sub(1).ok_or(ViewError::PageZero)?;
    let font = font.map(read).transpose()?;
    let (pages, drawn) = match open(file)? {
        Opened::Ofd(opened) => (opened.page_count(), opened.draw_page(index, scale, font)?),
        Opened::Pdf(bytes) => of_pdf(bytes, index, scale, font)?,
    };
    std::fs::write(out, &drawn.png).map_err(|error| ViewError::File(out.to_owned(), error))?;
    Ok(serde_json::to_string(&Drawn {
        out,
        page,
        pages,
        width: drawn.width,
        height: drawn.height,
        left_out: &drawn.left_out,
    })?)
}

#[cfg(feature = "pdf")]
fn of_pdf(
    bytes: Vec<u8>,
    index: u32,
    scale: f32,
    font: Option<Vec<u8>>,
) -> Result<(u32, DrawnPage), ViewError> {
    pdf_facts(&bytes, TextLanguage::En)?;
    let page = pdf_page::draw(Arc::new(bytes), index, scale, font)?;
    Ok((page.pages, page.drawn))
}

#[cfg(not(feature = "pdf"))]
fn of_pdf(
    bytes: Vec<u8>,
    _: u32,
    _: f32,
    _: Option<Vec<u8>>,
) -> Result<(u32, DrawnPage), ViewError> {
    pdf_facts(&bytes, TextLanguage::En)?;
    Err(ViewError::NoPdf)
}

#[cfg(test)]
mod tests;
