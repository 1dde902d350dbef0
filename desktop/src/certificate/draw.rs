//! `qss certificate draw`: a page as a PNG.

use std::path::Path;

use serde::Serialize;

use super::{ViewError, open, read};

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
    let opened = open(file)?;
    let drawn = opened.draw_page(index, scale, font)?;
    std::fs::write(out, &drawn.png).map_err(|error| ViewError::File(out.to_owned(), error))?;
    Ok(serde_json::to_string(&Drawn {
        out,
        page,
        pages: opened.page_count(),
        width: drawn.width,
        height: drawn.height,
        left_out: &drawn.left_out,
    })?)
}

#[cfg(test)]
mod tests;
