//! Drawing a page into pixels.
//!
//! Painted are the page with its templates, then the seals, then the annotations, each in the file's
//! order. What cannot be drawn is named in [`picture::Picture::left_out`]. In a file that carries a
//! signature, what no signature covers is drawn grey and hatched, and named there too.

mod area;
mod brushes;
mod clips;
mod decode;
mod mesh;
mod painter;
pub mod picture;
mod pictures;
mod shaders;
mod shrink;
mod signs;
mod stamps;
mod target;
mod tiles;
mod uncovered;

use std::collections::BTreeSet;

use tiny_skia::{Pixmap, Transform};

use crate::ofd::limits::{MAX_COVERINGS, MAX_OBJECTS, MAX_PAGE_PIXELS};
use crate::ofd::read::Ofd;
use crate::ofd::read::covered::Covered;
use crate::ofd::read::page::{LeftOut, PageError};
use crate::ofd::typeset::Fonts;
use area::{Area, Clip};
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) use decode::decode_for_fuzzing;
pub(crate) use decode::decode_whole as decode_picture;
use painter::{Painter, Place};
use picture::Picture;
use pictures::Pictures;
use signs::Signs;
use target::{Budget, Target};
use uncovered::Uncovered;

/// Why a page is not drawn.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// The page cannot be read.
    #[error(transparent)]
    Page(#[from] PageError),
    /// The scale is not above zero, or the page would have more than [`MAX_PAGE_PIXELS`] pixels.
    #[error("the page would have no or more than {MAX_PAGE_PIXELS} pixels")]
    Size,
    /// The page paints itself over more than [`MAX_COVERINGS`] times, or shows more than
    /// [`MAX_OBJECTS`] objects, those of composites counted each time.
    #[error(
        "the page paints itself over more than {MAX_COVERINGS} times or has more than {MAX_OBJECTS} objects"
    )]
    TooHeavy,
}

/// Draws a page, counted from 0, on white; `px_per_mm` pixels a millimetre (3.78 is 96 dpi).
///
/// Text without an embedded font is left out and named in [`Picture::left_out`]; hand a font in
/// with [`draw_page_with`] to see it.
///
/// # Errors
/// Any [`DrawError`].
pub fn draw_page(ofd: &Ofd, index: usize, px_per_mm: f32) -> Result<Picture, DrawError> {
    draw_page_with(ofd, index, px_per_mm, None)
}

/// Draws a page like [`draw_page`], with a font for text whose own is absent or lacks a sign.
///
/// `fallback_font` is a whole font file, a collection's first font is taken: a phone hands in its
/// own. It is borrowed, not copied.
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
    // White paper painted over is opaque everywhere, so nothing is premultiplied.
    Ok(Picture::opaque(pixmap, left_out))
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
    let area = Area::of_size(width.max(1), height.max(1));
    let made = match ground {
        Ground::Paper => Target::paper(area),
        Ground::Nothing => Target::clear(area),
    };
    let mut target = made.ok_or(DrawError::Size)?;
    let to_pixels =
        Transform::from_translate(-page.area.x(), -page.area.y()).post_scale(px_per_mm, px_per_mm);
    let mut painter = Painter {
        fonts: Fonts::new(ofd, &page.resources, fallback_font),
        pictures: Pictures::new(ofd, &page.resources),
        signs: Signs::default(),
        left_out: page.left_out.clone(),
        budget: Budget::of(area, MAX_OBJECTS),
        page: to_pixels,
    };
    let place = Place {
        to_pixels,
        clip: Clip::of(area),
        opacity: 1.0,
    };
    // What a seal's picture shows is signed with the seal.
    let covered = (ground == Ground::Paper).then(|| Covered::of(ofd, &page));
    let covered = covered.flatten();
    let doubtful = covered.as_ref().is_some_and(Covered::nothing);
    let mut covered = covered.filter(|_| !doubtful);
    let mut uncovered = Uncovered::default();
    match &mut covered {
        None => painter.objects(&mut target, &page.objects, &place)?,
        Some(covered) => {
            for (number, object) in page.objects.iter().enumerate() {
                if covered.object(number, object) {
                    painter.objects(&mut target, std::slice::from_ref(object), &place)?;
                } else {
                    uncovered.object(&mut painter, area, object, &place)?;
                }
            }
        }
    }
    if ground == Ground::Paper {
        let stamping = stamps::Stamping {
            ofd,
            index,
            px_per_mm,
            fallback_font,
            covered: covered.as_ref(),
        };
        stamping.draw(&mut painter, &mut target, &mut uncovered, &place)?;
    }
    for annotation in page.annotations.iter().filter(|found| found.visible) {
        let corner = annotation.boundary;
        let place = Place {
            to_pixels: to_pixels.pre_translate(corner.x(), corner.y()),
            ..place.clone()
        };
        let holds = match &mut covered {
            None => true,
            Some(covered) => covered.annotation(annotation),
        };
        if holds {
            painter.objects(&mut target, &annotation.objects, &place)?;
            continue;
        }
        uncovered.hatch(area, annotation.boundary, to_pixels);
        for object in &annotation.objects {
            uncovered.object(&mut painter, area, object, &place)?;
        }
    }
    if doubtful {
        painter.left_out.insert(LeftOut::Uncovered);
        uncovered::dim(&mut target, px_per_mm);
    } else {
        uncovered.lay(&mut target, px_per_mm);
    }
    Ok((target.pixmap, painter.left_out))
}

#[cfg(test)]
mod tests;
