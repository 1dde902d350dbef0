//! Drawing a page into pixels.

mod canvas;
mod glyphs;
pub mod picture;
mod pictures;
mod stamps;

use std::collections::BTreeSet;
use std::sync::Arc;

use tiny_skia::{Color, Pixmap, Transform};

use crate::ofd::limits::{MAX_COVERINGS, MAX_PAGE_PIXELS};
use crate::ofd::read::Ofd;
use crate::ofd::read::object::Object;
use crate::ofd::read::page::{LeftOut, PageError};
use canvas::Canvas;
use glyphs::Fonts;
use picture::Picture;
use pictures::Pictures;
pub(crate) use pictures::decode as decode_picture;

/// How millimetres of a page become pixels.
struct Scale {
    to_pixels: Transform,
    px_per_mm: f32,
}

/// Why a page is not drawn.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// The page cannot be read.
    #[error(transparent)]
    Page(#[from] PageError),
    /// The scale is not above zero, or the page would have more than [`MAX_PAGE_PIXELS`] pixels.
    #[error("the page would have no or more than {MAX_PAGE_PIXELS} pixels")]
    Size,
    /// The page paints itself over more than [`MAX_COVERINGS`] times.
    #[error("the page paints itself over more than {MAX_COVERINGS} times")]
    TooHeavy,
}

/// Draws a page, counted from 0, on white; `px_per_mm` pixels a millimetre (3.78 is 96 dpi).
///
/// Text without an embedded font is left out and named in [`Picture::left_out`].
///
/// # Errors
/// Any [`DrawError`].
pub fn draw_page(ofd: &Ofd, index: usize, px_per_mm: f32) -> Result<Picture, DrawError> {
    draw_page_with(ofd, index, px_per_mm, None)
}

/// Draws a page like [`draw_page`], with a font for text whose own is absent or lacks a sign.
///
/// # Errors
/// Any [`DrawError`].
pub fn draw_page_with(
    ofd: &Ofd,
    index: usize,
    px_per_mm: f32,
    fallback_font: Option<&[u8]>,
) -> Result<Picture, DrawError> {
    let (pixmap, left_out) = paint(ofd, index, px_per_mm, fallback_font, Ground::Paper)?;
    Ok(Picture::new(pixmap, left_out))
}

/// What a page is painted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ground {
    /// White; seals are stamped on it.
    Paper,
    /// Nothing: the page is a seal's picture, and whatever seals it names itself are not drawn.
    Nothing,
}

fn paint(
    ofd: &Ofd,
    index: usize,
    px_per_mm: f32,
    fallback_font: Option<&[u8]>,
    ground: Ground,
) -> Result<(Pixmap, BTreeSet<LeftOut>), DrawError> {
    let page = ofd.page(index)?;
    let (width, height) = (
        page.area.width() * px_per_mm,
        page.area.height() * px_per_mm,
    );
    // Far below the limit of u32, and above zero, so the casts below cannot go wrong.
    let sane = 0.5..=1.0e6;
    if !px_per_mm.is_finite() || !sane.contains(&width) || !sane.contains(&height) {
        return Err(DrawError::Size);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "range checked above"
    )]
    let (width, height) = (width.round() as u32, height.round() as u32);
    if u64::from(width) * u64::from(height) > MAX_PAGE_PIXELS {
        return Err(DrawError::Size);
    }
    let mut pixmap = Pixmap::new(width.max(1), height.max(1)).ok_or(DrawError::Size)?;
    if ground == Ground::Paper {
        pixmap.fill(Color::WHITE);
    }
    let to_pixels =
        Transform::from_translate(-page.area.x(), -page.area.y()).post_scale(px_per_mm, px_per_mm);
    let mut left_out: BTreeSet<_> = page.left_out.clone();
    let mut fonts = Fonts::new(&page.resources, fallback_font.map(Arc::from));
    let mut pictures = Pictures::new(&page.resources, ofd);
    let mut canvas = Canvas::new(pixmap);
    for object in &page.objects {
        match object {
            Object::Path(path) => canvas.path(path, to_pixels)?,
            Object::Text(text) => {
                let outline = fonts.outline(text, &mut left_out);
                canvas.text(text, outline, to_pixels)?;
            }
            Object::Picture(picture) => {
                canvas.picture(picture, &mut pictures, to_pixels, &mut left_out)?;
            }
        }
    }
    if ground == Ground::Paper {
        let scale = Scale {
            to_pixels,
            px_per_mm,
        };
        stamps::draw(
            ofd,
            index,
            &scale,
            fallback_font,
            &mut canvas,
            &mut left_out,
        )?;
    }
    Ok((canvas.finish(), left_out))
}

#[cfg(test)]
mod tests;
