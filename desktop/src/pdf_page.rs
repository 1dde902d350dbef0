//! Pages of a PDF as pictures, for the machines that have no renderer of their own (decision record 57).
//!
//! The file is foreign and the renderer knows no bounds of effort: it works on a thread of its own,
//! for a time that is bounded. What is still at work then ends with the program, so a window asks a
//! child for its pages.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::thread::Builder;
use std::time::Duration;

use hayro::hayro_interpret::font::{FontData, FontQuery};
use hayro::hayro_interpret::{InterpreterSettings, InterpreterWarning};
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use quanshengshi::viewer::DrawnPage;

/// Points of an inch (ISO 32000-1 clause 8.3.2.3) over its millimetres.
const POINTS_PER_MM: f32 = 72.0 / 25.4;
/// The most pixels of a drawn page, as for an OFD.
const MAX_PIXELS: f32 = 64_000_000.0;
/// The longest side in pixels: the renderer counts them in sixteen bits.
const MAX_SIDE: f32 = 32_767.0;
/// Pages that nest as deeply as the renderer allows fit into this.
const STACK_BYTES: usize = 64 << 20;
/// How long a page may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A page as a picture.
#[derive(Debug)]
pub(crate) struct PdfPage {
    /// Pages of the file.
    pub(crate) pages: u32,
    pub(crate) drawn: DrawnPage,
}

/// Why there is no picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PdfPageError {
    #[error("the PDF cannot be read")]
    Unreadable,
    #[error("the PDF is locked with a password")]
    Locked,
    #[error("the PDF has no such page")]
    NoPage,
    #[error("the page would have no or too many pixels")]
    Size,
    #[error("the page cannot be drawn")]
    Failed,
    #[error("the page takes longer than {} seconds to draw", PATIENCE.as_secs())]
    Slow,
}

/// Draws a page, counted from 0, on white; `px_per_mm` pixels a millimetre. `font` is for Chinese text
/// whose font the file does not hold.
pub(crate) fn draw(
    file: Arc<Vec<u8>>,
    page: u32,
    px_per_mm: f32,
    font: Option<Vec<u8>>,
) -> Result<PdfPage, PdfPageError> {
    let (sender, drawn) = channel();
    let work = move || {
        // The file is given up with whatever a panic left of it.
        let work = AssertUnwindSafe(|| drawn_here(file, page, px_per_mm, font));
        let result = catch_unwind(work).unwrap_or(Err(PdfPageError::Failed));
        // Nobody waits any more when it took too long.
        let _ = sender.send(result);
    };
    let thread = Builder::new().stack_size(STACK_BYTES).spawn(work);
    thread.map_err(|_| PdfPageError::Failed)?;
    drawn.recv_timeout(PATIENCE).unwrap_or_else(|error| {
        Err(match error {
            RecvTimeoutError::Timeout => PdfPageError::Slow,
            RecvTimeoutError::Disconnected => PdfPageError::Failed,
        })
    })
}

fn drawn_here(
    file: Arc<Vec<u8>>,
    page: u32,
    px_per_mm: f32,
    font: Option<Vec<u8>>,
) -> Result<PdfPage, PdfPageError> {
    let pdf = Pdf::new(file).map_err(|error| match error {
        LoadPdfError::Decryption(_) => PdfPageError::Locked,
        LoadPdfError::Invalid => PdfPageError::Unreadable,
    })?;
    let pages = pdf.pages();
    let index = usize::try_from(page).unwrap_or(usize::MAX);
    let found = pages.get(index).ok_or(PdfPageError::NoPage)?;
    let scale = scale(found, px_per_mm)?;
    let left_out = Arc::new(Mutex::new(Vec::new()));
    let settings = settings(font, Arc::clone(&left_out));
    let pixels = PixmapSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: WHITE,
    };
    let cache = RenderCache::new();
    let picture = render(
        found,
        &cache,
        &settings,
        &RenderSettings::default(),
        &pixels,
    );
    let (width, height) = (picture.width().into(), picture.height().into());
    let png = picture.into_png().map_err(|_| PdfPageError::Failed)?;
    let left_out = left_out.lock().map_err(|_| PdfPageError::Failed)?.clone();
    Ok(PdfPage {
        pages: u32::try_from(pages.len()).unwrap_or(u32::MAX),
        drawn: DrawnPage {
            width,
            height,
            png,
            left_out,
        },
    })
}

/// Pixels a point, if the page can have so many.
fn scale(page: &Page<'_>, px_per_mm: f32) -> Result<f32, PdfPageError> {
    let scale = px_per_mm / POINTS_PER_MM;
    let (width, height) = page.render_dimensions();
    let (width, height) = (width * scale, height * scale);
    let side = 1.0..=MAX_SIDE;
    let fits = side.contains(&width) && side.contains(&height) && width * height <= MAX_PIXELS;
    if fits {
        Ok(scale)
    } else {
        Err(PdfPageError::Size)
    }
}

fn settings(font: Option<Vec<u8>>, left_out: Arc<Mutex<Vec<String>>>) -> InterpreterSettings {
    let own = InterpreterSettings::default().font_resolver;
    let font: Option<FontData> = font.map(|bytes| Arc::new(bytes) as FontData);
    InterpreterSettings {
        font_resolver: Arc::new(move |query| match (query, &font) {
            (FontQuery::Fallback(asked), Some(font)) if asked.character_collection.is_some() => {
                Some((Arc::clone(font), 0))
            }
            _ => own(query),
        }),
        warning_sink: Arc::new(move |warning| {
            let word = match warning {
                InterpreterWarning::UnsupportedFont => "font",
                InterpreterWarning::ImageDecodeFailure => "picture",
                InterpreterWarning::UnresolvedAnnotationAppearance => "annotation",
                _ => "other",
            };
            // A list that another warning broke off is not added to.
            if let Ok(mut words) = left_out.lock()
                && !words.iter().any(|had| had == word)
            {
                words.push(word.to_owned());
            }
        }),
        ..InterpreterSettings::default()
    }
}

#[cfg(test)]
mod tests;
