//! Painting resolved objects, with a count of what it costs.

use std::collections::BTreeSet;

use tiny_skia::{
    BlendMode, FillRule, FilterQuality, Paint as Brush, Path, PathBuilder, Rect, Shader, Stroke,
    StrokeDash, Transform,
};

use super::DrawError;
use super::area::{Area, Clip, upright};
use super::pictures::Pictures;
use super::shaders::{self, SHADED_WEIGHT};
use super::target::{Budget, Target};
use super::{mesh, tiles};
use crate::ofd::read::object::paint::{Colour, Paint, ShadingKind};
use crate::ofd::read::object::{ClipPart, GroupObject, Line, Look, Object, PathObject, TextObject};
use crate::ofd::read::page::LeftOut;
use crate::ofd::typeset::{self, Fonts};

/// Paths may stick out of their boundary by this much before they are cut off: writers round.
const BOUNDARY_SLACK_MM: f32 = 0.5;
/// How much of its size a sign of a replaced font is thickened by when it should be heavy.
const HEAVY: f32 = 0.03;

pub(super) struct Painter<'p> {
    pub(super) fonts: Fonts<'p>,
    pub(super) pictures: Pictures<'p>,
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

/// What is filled: a path in pixels of the page.
struct Filling<'a> {
    path: &'a Path,
    rule: FillRule,
    paint: &'a Paint,
    /// From the coordinates of the paint to pixels of the page.
    own: Transform,
    opacity: f32,
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
        target.lay(&piece, 1.0, BlendMode::SourceOver);
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
        let (plain, heavy) = self.outlines(text);
        // Text is not cut at its boundary: signs reach over their em square.
        let clip = self.clip(look, place, None)?;
        let opacity = look.opacity * place.opacity;
        let black = Paint::Solid(Colour::BLACK);
        let fill = look.fill.as_ref().unwrap_or(&black);
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
    fn outlines(&mut self, text: &TextObject) -> (Option<Path>, Option<Path>) {
        let faces = self.fonts.of(text);
        if faces.own.is_none() {
            self.left_out.insert(LeftOut::Font);
        }
        let (mut plain, mut heavy) = (PathBuilder::new(), PathBuilder::new());
        for sign in typeset::signs(text, &faces) {
            if sign.glyph.is_none() {
                let unseen = |c: &char| c.is_whitespace() || c.is_control();
                let lost = text.character(sign.characters.start);
                self.left_out
                    .extend(lost.filter(|c| !unseen(c)).map(LeftOut::Glyph));
            } else if let Some((path, is_heavy)) = self.fonts.outline(text, &faces, &sign) {
                if is_heavy {
                    heavy.push_path(&path);
                } else {
                    plain.push_path(&path);
                }
            }
        }
        (plain.finish(), heavy.finish())
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
        target.lay(&piece, look.opacity, BlendMode::SourceOver);
        Ok(())
    }

    /// What of an object is seen. `content` is what may stick out of the boundary, with its
    /// margin, in the object's coordinates; text and groups say for themselves.
    pub(super) fn clip(
        &mut self,
        look: &Look,
        place: &Place,
        content: Option<(&Path, f32)>,
    ) -> Result<Clip, DrawError> {
        let mut clip = place.clip.clone();
        let sticks_out = content.is_some_and(|(path, margin)| {
            let drawn = path.bounds().transform(look.matrix);
            let slack = BOUNDARY_SLACK_MM + margin;
            drawn.is_none_or(|drawn| {
                drawn.left() < -slack
                    || drawn.top() < -slack
                    || drawn.right() > look.boundary.width() + slack
                    || drawn.bottom() > look.boundary.height() + slack
            })
        });
        if sticks_out {
            let boundary = PathBuilder::from_rect(look.boundary);
            if let Some(path) = boundary.transform(place.to_pixels) {
                clip = clip.and(path, FillRule::Winding);
            }
        }
        for part in &look.clips {
            self.budget.spend(256)?;
            clip = self.cut(clip, &part.parts, look, place);
        }
        Ok(clip)
    }

    fn cut(&mut self, clip: Clip, parts: &[ClipPart], look: &Look, place: &Place) -> Clip {
        let inside = look.inside(place.to_pixels);
        let mut joined = PathBuilder::new();
        let mut rule = FillRule::Winding;
        for part in parts {
            let path = match part {
                ClipPart::Path(path, even_odd) => {
                    if parts.len() == 1 && *even_odd {
                        rule = FillRule::EvenOdd;
                    }
                    path.clone().transform(inside)
                }
                ClipPart::Text(text, outer) => {
                    let own = text.look.own(inside.pre_concat(*outer));
                    let (plain, heavy) = self.outlines(text);
                    let mut both = PathBuilder::new();
                    plain
                        .iter()
                        .chain(&heavy)
                        .for_each(|path| both.push_path(path));
                    both.finish().and_then(|path| path.transform(own))
                }
            };
            if let Some(path) = path {
                joined.push_path(&path);
            }
        }
        match joined.finish() {
            Some(path) => clip.and(path, rule),
            // Text without one sign lets nothing through.
            None => Clip {
                area: Area::of_size(0, 0),
                ..clip
            },
        }
    }

    fn fill(
        &mut self,
        target: &mut Target,
        filling: &Filling<'_>,
        clip: &Clip,
    ) -> Result<(), DrawError> {
        if let Paint::Tiles(repeated) = filling.paint {
            let inner = clip.and(filling.path.clone(), filling.rule);
            let place = |clip: Clip| Place {
                to_pixels: if repeated.on_page {
                    self.page
                } else {
                    filling.own
                },
                clip,
                opacity: filling.opacity,
            };
            if inner.shapes.is_empty() {
                let place = place(inner);
                return tiles::paint(self, target, repeated, &place);
            }
            // One piece for all cells, cut once.
            let open = place(Clip::of(inner.area.and(target.area)));
            return self.within(
                target,
                &inner,
                Some(filling.path.bounds()),
                |painter, target| tiles::paint(painter, target, repeated, &open),
            );
        }
        // A rectangle cut by a rectangle is a rectangle: no piece is needed.
        let cut = upright(filling.path).filter(|_| clip.shapes.is_empty());
        let seen = clip.area.and(target.area);
        let bounds = filling.path.bounds();
        if let Some(rect) = cut
            && Area::around(bounds).and(target.area).and(clip.area)
                != Area::around(bounds).and(target.area)
        {
            let cut = seen.rect().and_then(|seen| rect.intersect(&seen));
            let Some(cut) = cut else { return Ok(()) };
            let path = PathBuilder::from_rect(cut);
            return self.fill_all(
                target,
                &Filling {
                    path: &path,
                    ..*filling
                },
            );
        }
        self.within(target, clip, Some(bounds), |painter, target| {
            painter.fill_all(target, filling)
        })
    }

    fn fill_all(&mut self, target: &mut Target, filling: &Filling<'_>) -> Result<(), DrawError> {
        let cost = shaders::cost(filling.path);
        let bounds = Area::around(filling.path.bounds()).and(target.area);
        let pixmap;
        let shader = match filling.paint {
            Paint::Solid(colour) => {
                self.budget.spend(cost.min(bounds.pixels() * 4 + 1024))?;
                Shader::SolidColor(shaders::colour(*colour, filling.opacity))
            }
            Paint::Shaded(shading) => {
                self.budget.spend(bounds.pixels() * SHADED_WEIGHT)?;
                if let ShadingKind::Mesh { triangles, .. } = &shading.kind {
                    self.budget
                        .spend(mesh::cost(triangles, filling.own, bounds) * SHADED_WEIGHT)?;
                    let Some(made) = shaders::mesh_pixels(shading, filling.own, bounds) else {
                        return Ok(());
                    };
                    pixmap = made;
                    #[expect(clippy::cast_precision_loss, reason = "far below 2^23 pixels")]
                    let place = Transform::from_translate(bounds.left as f32, bounds.top as f32);
                    shaders::pixels_in_place(
                        &pixmap,
                        place,
                        filling.opacity,
                        FilterQuality::Nearest,
                    )
                } else {
                    let made = shaders::gradient(shading, filling.own, filling.opacity);
                    let Some(made) = made else { return Ok(()) };
                    made
                }
            }
            Paint::Tiles(_) | Paint::Unreadable => return Ok(()),
        };
        let brush = Brush {
            shader,
            ..Brush::default()
        };
        let here = target.local(Transform::identity());
        let mut pixels = target.pixmap.as_mut();
        pixels.fill_path(filling.path, &brush, filling.rule, here, None);
        Ok(())
    }

    /// Draws the line of a path that is given in its own coordinates.
    pub(super) fn stroke(
        &mut self,
        target: &mut Target,
        path: &Path,
        own: Transform,
        paint: &Paint,
        pen: &Stroke,
        opacity: f32,
    ) -> Result<(), DrawError> {
        let edges = path
            .clone()
            .transform(own)
            .map_or(0, |path| shaders::cost(&path));
        let width = pen.width * scale_of(own);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped"
        )]
        let width = width.clamp(1.0, 10_000.0) as u64;
        let dashes = pen.dash.as_ref().map_or(1, |_| 8);
        let all = target.area.pixels() + 1024;
        self.budget
            .spend((edges * width.min(8) * dashes).min(all * 2 * dashes))?;
        let shader = match paint {
            Paint::Solid(colour) => Shader::SolidColor(shaders::colour(*colour, opacity)),
            Paint::Shaded(shading) => {
                self.budget.spend(all.min(edges * width) * SHADED_WEIGHT)?;
                let made = shaders::gradient(shading, Transform::identity(), opacity);
                let Some(made) = made.or_else(|| plain(paint, opacity)) else {
                    return Ok(());
                };
                made
            }
            Paint::Tiles(_) => {
                self.left_out.insert(LeftOut::Gradient);
                return Ok(());
            }
            Paint::Unreadable => return Ok(()),
        };
        let brush = Brush {
            shader,
            ..Brush::default()
        };
        let here = target.local(own);
        target
            .pixmap
            .as_mut()
            .stroke_path(path, &brush, pen, here, None);
        Ok(())
    }
}

/// The first colour of a mesh, for lines.
fn plain(paint: &Paint, opacity: f32) -> Option<Shader<'static>> {
    let Paint::Shaded(shading) = paint else {
        return None;
    };
    let ShadingKind::Mesh { triangles, .. } = &shading.kind else {
        return None;
    };
    let first = triangles.first()?.first()?.colour;
    Some(Shader::SolidColor(shaders::colour(first, opacity)))
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
