//! Painting resolved objects, with a count of what it costs.

use std::collections::BTreeSet;

use tiny_skia::{FillRule, Path, PathBuilder, Rect, Stroke, StrokeDash, Transform};

use super::DrawError;
use super::area::{Area, Clip};
use super::brushes::Filling;
use super::pictures::Pictures;
use super::signs::Signs;
use super::signs::ink::Ink;
use super::target::{Budget, Laid, Target};
use crate::ofd::read::object::paint::{Colour, Paint};
use crate::ofd::read::object::{GroupObject, Line, Object, PathObject, TextObject};
use crate::ofd::read::page::LeftOut;
use crate::ofd::typeset::{self, Fonts, Sign};

/// How much of its size a sign of a replaced font is thickened by when it should be heavy.
const HEAVY: f32 = 0.03;

pub(super) struct Painter<'p> {
    pub(super) fonts: Fonts<'p>,
    pub(super) pictures: Pictures<'p>,
    pub(super) signs: Signs,
    pub(super) left_out: BTreeSet<LeftOut>,
    pub(super) budget: Budget,
    /// From millimetres of the page to pixels.
    pub(super) page: Transform,
}

/// Where objects are painted: what their coordinates mean, and what of them is seen.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// From the objects' millimetres to pixels of the page.
    pub(super) to_pixels: Transform,
    pub(super) clip: Clip,
    /// What all of them are multiplied by, 0 to 1.
    pub(super) opacity: f32,
}

impl Painter<'_> {
    pub(super) fn objects(
        &mut self,
        target: &mut Target,
        objects: &[Object],
        place: &Place,
    ) -> Result<(), DrawError> {
        for object in objects {
            self.budget.object()?;
            match object {
                Object::Path(path) => self.path(target, path, place)?,
                Object::Text(text) => self.text(target, text, place)?,
                Object::Picture(picture) => self.picture(target, picture, place)?,
                Object::Group(group) => self.group(target, group, place)?,
            }
        }
        Ok(())
    }

    /// Calls `paint` with whatever is to be painted on: the target itself where nothing needs to
    /// be cut off, else a piece no larger than what is seen.
    pub(super) fn within(
        &mut self,
        target: &mut Target,
        clip: &Clip,
        bounds: Option<Rect>,
        paint: impl FnOnce(&mut Self, &mut Target) -> Result<(), DrawError>,
    ) -> Result<(), DrawError> {
        let Some(bounds) = bounds else { return Ok(()) };
        let wanted = Area::around(bounds).and(target.area);
        let seen = wanted.and(clip.area);
        if seen.is_empty() {
            return Ok(());
        }
        if clip.shapes.is_empty() && seen == wanted {
            return paint(self, target);
        }
        let layers = 3 + clip.shapes.len() as u64;
        self.budget.spend(seen.pixels() * layers)?;
        let Some(mut piece) = Target::clear(seen) else {
            return Ok(());
        };
        paint(self, &mut piece)?;
        piece.cut(clip);
        target.lay(&piece.pixmap, seen, seen, 1.0, Laid::AsPaint);
        Ok(())
    }

    fn path(
        &mut self,
        target: &mut Target,
        object: &PathObject,
        place: &Place,
    ) -> Result<(), DrawError> {
        let Some(path) = &object.path else {
            return Ok(());
        };
        let look = &object.look;
        let own = look.own(place.to_pixels);
        let Some(drawn) = path.clone().transform(own) else {
            return Ok(());
        };
        let pen = object.stroked.then(|| reach(&look.line, own));
        let bounds = outset(drawn.bounds(), pen.unwrap_or(0.0));
        let clip = self.clip(
            look,
            place,
            Some((path, pen.map_or(0.0, |_| look.line.width_mm))),
        )?;
        let opacity = look.opacity * place.opacity;
        if let (true, Some(paint)) = (object.filled, &look.fill) {
            let rule = rule(object.even_odd);
            let filling = Filling {
                path: &drawn,
                rule,
                paint,
                own,
                opacity,
            };
            self.fill(target, &filling, &clip)?;
        }
        if object.stroked {
            let black = Paint::Solid(Colour::BLACK);
            let paint = look.stroke.as_ref().unwrap_or(&black);
            self.within(target, &clip, bounds, |painter, target| {
                painter.stroke(target, path, own, paint, &pen_of(&look.line), opacity)
            })?;
        }
        Ok(())
    }

    fn text(
        &mut self,
        target: &mut Target,
        text: &TextObject,
        place: &Place,
    ) -> Result<(), DrawError> {
        let look = &text.look;
        let own = look.own(place.to_pixels);
        // Text is not cut at its boundary: signs reach over their em square.
        let clip = self.clip(look, place, None)?;
        let opacity = look.opacity * place.opacity;
        let black = Paint::Solid(Colour::BLACK);
        let fill = look.fill.as_ref().unwrap_or(&black);
        if clip.shapes.is_empty()
            && let Some(ink) = Ink::of(text, own, opacity)
            && self.small_signs(target, text, own, &clip, &ink)?
        {
            return Ok(());
        }
        let (plain, heavy) = self.outlines(text);
        for (outline, is_heavy) in [(plain, false), (heavy, true)] {
            let Some(outline) = outline else { continue };
            let Some(drawn) = outline.clone().transform(own) else {
                continue;
            };
            if text.filled {
                let filling = Filling {
                    path: &drawn,
                    rule: FillRule::Winding,
                    paint: fill,
                    own,
                    opacity,
                };
                self.fill(target, &filling, &clip)?;
            }
            let thick = Stroke {
                width: text.size_mm * HEAVY,
                ..Stroke::default()
            };
            let strokes = [
                (is_heavy && text.filled).then_some((thick, fill)),
                text.stroked
                    .then(|| (pen_of(&look.line), look.stroke.as_ref().unwrap_or(&black))),
            ];
            for (pen, paint) in strokes.into_iter().flatten() {
                let bounds = outset(drawn.bounds(), pen.width * scale_of(own));
                self.within(target, &clip, bounds, |painter, target| {
                    painter.stroke(target, &outline, own, paint, &pen, opacity)
                })?;
            }
        }
        Ok(())
    }

    /// The outlines of a text in its own coordinates, those to be thickened apart; what has no
    /// sign is named.
    pub(super) fn outlines(&mut self, text: &TextObject) -> (Option<Path>, Option<Path>) {
        let faces = self.fonts.of(text);
        if faces.own.is_none() {
            self.left_out.insert(LeftOut::Font);
        }
        let (mut plain, mut heavy) = (PathBuilder::new(), PathBuilder::new());
        for sign in typeset::signs(text, &faces) {
            if sign.glyph.is_none() {
                self.lost(text, &sign);
            } else if let Some(outline) = self.fonts.outline(text, &faces, &sign)
                && let Some(path) = Path::clone(&outline.em).transform(outline.place)
            {
                if outline.heavy {
                    heavy.push_path(&path);
                } else {
                    plain.push_path(&path);
                }
            }
        }
        (plain.finish(), heavy.finish())
    }

    /// Names a sign no font has.
    pub(super) fn lost(&mut self, text: &TextObject, sign: &Sign) {
        let unseen = |c: &char| c.is_whitespace() || c.is_control();
        let lost = text.character(sign.characters.start);
        let lost = lost.filter(|c| !unseen(c)).map(LeftOut::Glyph);
        self.left_out.extend(lost);
    }

    fn group(
        &mut self,
        target: &mut Target,
        group: &GroupObject,
        place: &Place,
    ) -> Result<(), DrawError> {
        let look = &group.look;
        let clip = self.clip(look, place, None)?;
        let boundary = PathBuilder::from_rect(look.boundary);
        let clip = match boundary.transform(place.to_pixels) {
            Some(path) => clip.and(path, FillRule::Winding),
            None => return Ok(()),
        };
        let inner = |clip: Clip| Place {
            to_pixels: look.own(place.to_pixels),
            clip,
            opacity: place.opacity,
        };
        let as_one = look.opacity < 1.0 && group.objects.len() > 1 || !clip.shapes.is_empty();
        if !as_one {
            let inner = Place {
                opacity: place.opacity * look.opacity,
                ..inner(clip)
            };
            return self.objects(target, &group.objects, &inner);
        }
        // What overlaps inside must not show through: the group is painted apart, then laid over.
        let seen = clip.area.and(target.area);
        let Some(mut piece) = Target::clear(seen) else {
            return Ok(());
        };
        self.budget.spend(seen.pixels() * 4)?;
        let apart = inner(Clip::of(seen));
        self.objects(&mut piece, &group.objects, &apart)?;
        piece.cut(&clip);
        target.lay(&piece.pixmap, seen, seen, look.opacity, Laid::AsPaint);
        Ok(())
    }
}

fn rule(even_odd: bool) -> FillRule {
    if even_odd {
        FillRule::EvenOdd
    } else {
        FillRule::Winding
    }
}

/// The larger factor lengths are multiplied by.
pub(super) fn scale_of(own: Transform) -> f32 {
    own.sx.hypot(own.ky).max(own.kx.hypot(own.sy))
}

/// How far a line may reach from its path, in pixels.
fn reach(line: &Line, own: Transform) -> f32 {
    line.width_mm * scale_of(own) * line.miter_limit.clamp(1.0, 10.0) / 2.0 + 1.0
}

pub(super) fn outset(rect: Rect, by: f32) -> Option<Rect> {
    Rect::from_ltrb(
        rect.left() - by,
        rect.top() - by,
        rect.right() + by,
        rect.bottom() + by,
    )
}

pub(super) fn pen_of(line: &Line) -> Stroke {
    Stroke {
        width: line.width_mm,
        miter_limit: line.miter_limit,
        line_cap: line.cap,
        line_join: line.join,
        dash: line
            .dash
            .clone()
            .and_then(|(lengths, offset)| StrokeDash::new(lengths, offset)),
    }
}
