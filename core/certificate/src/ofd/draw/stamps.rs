//! Seals on their pages, riding seals cut to their part.

use std::collections::BTreeSet;

use tiny_skia::{Pixmap, Rect};

use super::canvas::Canvas;
use super::{DrawError, Ground, Scale, paint, pictures};
use crate::ofd::read::Ofd;
use crate::ofd::read::page::LeftOut;
use crate::seal::picture::{StampedPicture, stamped};

/// Stamps the seals of a page over everything else.
pub(super) fn draw(
    ofd: &Ofd,
    index: usize,
    scale: &Scale,
    fallback_font: Option<&[u8]>,
    canvas: &mut Canvas,
    left_out: &mut BTreeSet<LeftOut>,
) -> Result<(), DrawError> {
    let page = ofd.page_id(index).unwrap_or("");
    for seal in stamped(ofd.archive()) {
        let Some(seal) = seal else {
            left_out.insert(LeftOut::Seal);
            continue;
        };
        for stamp in seal.stamps.iter().filter(|stamp| stamp.page == page) {
            let [left, top, width, height] = stamp.boundary;
            let [part_left, part_top, part_width, part_height] =
                stamp.clip.unwrap_or([0.0, 0.0, width, height]);
            let whole = Rect::from_xywh(left, top, width, height);
            let part = Rect::from_xywh(
                left + part_left,
                top + part_top,
                part_width.min(width - part_left),
                part_height.min(height - part_top),
            );
            let picture = whole.and_then(|whole| picture(&seal, whole, scale, fallback_font));
            match (picture, whole, part) {
                (Some(picture), Some(whole), Some(part)) => {
                    canvas.stamp(&picture, whole, part, scale.to_pixels)?;
                }
                _ => {
                    left_out.insert(LeftOut::Seal);
                }
            }
        }
    }
    Ok(())
}

/// The seal's pixels, about as many as its place on the page has.
fn picture(
    seal: &StampedPicture,
    place: Rect,
    scale: &Scale,
    fallback_font: Option<&[u8]>,
) -> Option<Pixmap> {
    let (across, along) = (
        place.width() * scale.px_per_mm,
        place.height() * scale.px_per_mm,
    );
    if !seal.is_ofd {
        return pictures::fitted(&seal.bytes, across, along);
    }
    let inner = Ofd::open(&seal.bytes).ok()?;
    let area = inner.page(0).ok()?.area;
    let fit = (across / area.width()).max(along / area.height());
    let painted = paint(&inner, 0, fit, fallback_font, Ground::Nothing).ok()?;
    Some(painted.0)
}
