//! Seals on their pages, riding seals cut to their part.

use tiny_skia::{
    BlendMode, FillRule, FilterQuality, Paint as Brush, PathBuilder, Pixmap, Rect, Transform,
};

use super::area::{Area, Clip};
use super::decode::{self, Wanted};
use super::painter::{Painter, Place};
use super::shaders::{self, SHADED_WEIGHT};
use super::target::{Laid, Target};
use super::uncovered::Uncovered;
use super::{DrawError, Ground, paint};
use crate::ofd::read::Ofd;
use crate::ofd::read::covered::Covered;
use crate::ofd::read::page::LeftOut;
use crate::seal::picture::{StampedPicture, stamped};

/// The page seals are stamped on.
pub(super) struct Stamping<'p> {
    pub(super) ofd: &'p Ofd,
    pub(super) index: usize,
    pub(super) px_per_mm: f32,
    pub(super) fallback_font: Option<&'p [u8]>,
    /// What signatures cover; `None` for a file that carries none.
    pub(super) covered: Option<&'p Covered<'p>>,
}

impl Stamping<'_> {
    /// Stamps the seals of the page over everything else, as ink: what is dark stays dark.
    pub(super) fn draw(
        &self,
        painter: &mut Painter<'_>,
        target: &mut Target,
        uncovered: &mut Uncovered,
        place: &Place,
    ) -> Result<(), DrawError> {
        let page = self.ofd.page_id(self.index).unwrap_or("");
        for seal in stamped(self.ofd.archive()) {
            let Some(seal) = seal else {
                painter.left_out.insert(LeftOut::Seal);
                continue;
            };
            let holds = self.covered.is_none_or(|covered| covered.seal(&seal.entry));
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
                let places = whole.zip(part).and_then(|(whole, part)| {
                    let whole = whole.transform(place.to_pixels)?;
                    Some((whole, part.transform(place.to_pixels)?))
                });
                let made = match places {
                    Some((whole, _)) => self.picture(painter, &seal, whole)?,
                    None => None,
                };
                match (made, places) {
                    (Some(picture), Some((whole, part))) if holds => {
                        stamp_on(painter, target, &place.clip, &picture, whole, part)?;
                    }
                    (Some(picture), Some((whole, part))) => {
                        uncovered.hatch(target.area, part, Transform::identity());
                        if let Some(sheet) = uncovered.sheet(painter, target.area)? {
                            stamp_on(painter, sheet, &place.clip, &picture, whole, part)?;
                        }
                    }
                    _ => {
                        painter.left_out.insert(LeftOut::Seal);
                    }
                }
            }
        }
        Ok(())
    }

    /// The seal's pixels, about as many as its place on the page has.
    fn picture(
        &self,
        painter: &mut Painter<'_>,
        seal: &StampedPicture,
        place: Rect,
    ) -> Result<Option<Pixmap>, DrawError> {
        if !seal.is_ofd {
            painter.budget.spend(decode::cost(&seal.bytes))?;
            let (across, down) = Area::within(place).size();
            return Ok(decode::decode(&seal.bytes, Wanted(across, down)));
        }
        // One level deep: a seal's own picture stamps nothing.
        let drawn = || {
            let inner = Ofd::open(&seal.bytes).ok()?;
            let area = inner.page_area(0)?;
            let fit = (place.width() / area.width()).max(place.height() / area.height());
            let fit = fit.min(self.px_per_mm * 16.0);
            let result = paint(&inner, 0, fit, self.fallback_font, Ground::Nothing);
            result.ok().map(|(pixmap, _)| pixmap)
        };
        let made = drawn();
        let pixels = made.as_ref().map_or(0, |made| made.pixels().len() as u64);
        painter.budget.spend(pixels * 4)?;
        Ok(made)
    }
}

/// Paints the `part` of a picture that fills `whole`, both in pixels of the page.
fn stamp_on(
    painter: &mut Painter<'_>,
    target: &mut Target,
    clip: &Clip,
    picture: &Pixmap,
    whole: Rect,
    part: Rect,
) -> Result<(), DrawError> {
    let clip = clip.and_rect(part);
    let area = Area::within(whole);
    if area.size() == (picture.width(), picture.height()) {
        painter.budget.spend(area.pixels() * 2)?;
        target.lay(picture, area, clip.area, 1.0, Laid::AsInk);
        return Ok(());
    }
    let Some(seen) = clip.area.and(target.area).rect() else {
        return Ok(());
    };
    let Some(seen) = seen.intersect(&whole) else {
        return Ok(());
    };
    painter
        .budget
        .spend(Area::around(seen).pixels() * SHADED_WEIGHT)?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "picture sides are at most 16384"
    )]
    let texel = Transform::from_translate(whole.x(), whole.y()).pre_scale(
        whole.width() / picture.width() as f32,
        whole.height() / picture.height() as f32,
    );
    let brush = Brush {
        shader: shaders::pixels_in_place(picture, texel, 1.0, FilterQuality::Bilinear),
        blend_mode: BlendMode::Multiply,
        ..Brush::default()
    };
    let here = target.local(Transform::identity());
    let path = PathBuilder::from_rect(seen);
    let mut pixels = target.pixmap.as_mut();
    pixels.fill_path(&path, &brush, FillRule::Winding, here, None);
    Ok(())
}
