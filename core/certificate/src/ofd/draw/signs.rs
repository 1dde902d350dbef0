//! Signs of ordinary size as coverage masks, each drawn once for every place within a pixel it is
//! used at: a page repeats its signs, a watermark more than anything (decision record 59).

mod coverage;
pub(super) mod ink;

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use tiny_skia::{PremultipliedColorU8, Transform};

use super::DrawError;
use super::area::{Area, Clip};
use super::painter::{Painter, scale_of};
use super::shaders;
use super::signs::coverage::Sign;
use super::signs::ink::{Ink, InkKey};
use super::target::{Target, over, times};
use crate::ofd::read::object::TextObject;
use crate::ofd::read::page::LeftOut;
use crate::ofd::typeset::{self, Outline};

/// Larger em squares, in pixels, are filled as paths.
const MAX_EM: f32 = 96.0;
/// Places within a pixel, each way.
const STEPS: f32 = 4.0;
/// The most bytes of masks that are kept.
const MAX_KEPT: usize = 4 << 20;

/// The masks of a page.
#[derive(Default)]
pub(super) struct Signs {
    masks: HashMap<Key, Option<Rc<Sign>>>,
    kept: usize,
}

/// Font, glyph, shape and place within a pixel.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    font: Arc<str>,
    glyph: u32,
    shape: [u32; 4],
    within: [u8; 2],
    ink: InkKey,
}

impl Painter<'_> {
    /// Paints a text of one colour sign by sign; `false`, and nothing painted, if it is too large
    /// or wants its lines thickened.
    pub(super) fn small_signs(
        &mut self,
        target: &mut Target,
        text: &TextObject,
        own: Transform,
        clip: &Clip,
        ink: &Ink,
    ) -> Result<bool, DrawError> {
        if scale_of(own) * text.size_mm * text.stretch.max(1.0) > MAX_EM {
            return Ok(false);
        }
        let faces = self.fonts.of(text);
        if faces.is_heavy() {
            return Ok(false);
        }
        if faces.own.is_none() {
            self.left_out.insert(LeftOut::Font);
        }
        let paint = ink.colour.premultiply().to_color_u8();
        for sign in typeset::signs(text, &faces) {
            if sign.glyph.is_none() {
                self.lost(text, &sign);
                continue;
            }
            let Some(outline) = self.fonts.outline(text, &faces, &sign) else {
                continue;
            };
            let place = own.pre_concat(outline.place);
            let (left, across) = split(place.tx);
            let (top, down) = split(place.ty);
            let Some(mask) = self.mask(&outline, own, [across, down], ink)? else {
                continue;
            };
            let area = Area {
                left: mask.area.left.saturating_add(left),
                top: mask.area.top.saturating_add(top),
                right: mask.area.right.saturating_add(left),
                bottom: mask.area.bottom.saturating_add(top),
            };
            let seen = area.and(clip.area);
            self.budget.spend(seen.and(target.area).pixels() + 64)?;
            cover(target, &mask.cover, area, seen, paint);
        }
        Ok(true)
    }

    fn mask(
        &mut self,
        outline: &Outline,
        own: Transform,
        within: [u8; 2],
        ink: &Ink,
    ) -> Result<Option<Rc<Sign>>, DrawError> {
        let place = own.pre_concat(outline.place);
        let key = Key {
            font: Arc::clone(&outline.font),
            glyph: outline.glyph,
            shape: [place.sx, place.ky, place.kx, place.sy].map(f32::to_bits),
            within,
            ink: ink.key,
        };
        if let Some(known) = self.signs.masks.get(&key) {
            return Ok(known.clone());
        }
        let [across, down] = within.map(|step| (f32::from(step) + 0.5) / STEPS);
        // The same sign, moved into the first pixel.
        let own = own.post_translate(across - place.tx, down - place.ty);
        let shapes = ink.shapes(&outline.em, outline.place, own);
        for shape in &shapes {
            self.budget.spend(shaders::cost(shape))?;
        }
        let made = Sign::of(&shapes).map(Rc::new);
        self.signs.kept += made.as_ref().map_or(0, |made| made.cover.len()) + 128;
        if self.signs.kept > MAX_KEPT {
            self.signs.masks.clear();
            self.signs.kept = 0;
        }
        self.signs.masks.insert(key, made.clone());
        Ok(made)
    }
}

/// The whole pixel a coordinate lies in, and which of the places within.
fn split(value: f32) -> (i32, u8) {
    let value = value.clamp(-1.0e6, 1.0e6);
    let whole = value.floor();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped; a share of 4"
    )]
    let parts = (
        whole as i32,
        ((value - whole) * STEPS).min(STEPS - 1.0) as u8,
    );
    parts
}

/// Paints one colour where a mask covers.
fn cover(target: &mut Target, mask: &[u8], area: Area, seen: Area, paint: PremultipliedColorU8) {
    let seen = seen.and(area).and(target.area);
    if seen.is_empty() {
        return;
    }
    let (width, _) = seen.size();
    let width = width as usize;
    let offset = |of: Area, row: i32| {
        let (across, _) = of.size();
        let down = usize::try_from(row - of.top).unwrap_or(0);
        down * across as usize + usize::try_from(seen.left - of.left).unwrap_or(0)
    };
    let here = target.area;
    let pixels = target.pixmap.pixels_mut();
    for row in seen.top..seen.bottom {
        let (from, to) = (offset(area, row), offset(here, row));
        let cover = mask.get(from..from + width).unwrap_or_default();
        let pixels = pixels.get_mut(to..to + width).unwrap_or_default();
        for (pixel, cover) in pixels.iter_mut().zip(cover) {
            match cover {
                0 => {}
                255 if paint.alpha() == 255 => *pixel = paint,
                255 => *pixel = over(paint, *pixel),
                _ => *pixel = over(thinned(paint, *cover), *pixel),
            }
        }
    }
}

fn thinned(paint: PremultipliedColorU8, share: u8) -> PremultipliedColorU8 {
    let part = |value: u8| u8::try_from(times(value, share)).unwrap_or(u8::MAX);
    PremultipliedColorU8::from_rgba(
        part(paint.red()),
        part(paint.green()),
        part(paint.blue()),
        part(paint.alpha()),
    )
    .unwrap_or(PremultipliedColorU8::TRANSPARENT)
}
