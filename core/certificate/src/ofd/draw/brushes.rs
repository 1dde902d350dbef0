//! Filling areas and drawing lines with any paint.

use tiny_skia::{
    FillRule, FilterQuality, Paint as Brush, Path, PathBuilder, Shader, Stroke, Transform,
};

use super::DrawError;
use super::area::{Area, Clip, upright};
use super::painter::{Painter, Place, scale_of};
use super::shaders::{self, SHADED_WEIGHT};
use super::target::Target;
use super::{mesh, tiles};
use crate::ofd::read::object::paint::{Paint, ShadingKind};
use crate::ofd::read::page::LeftOut;

/// What is filled: a path in pixels of the page.
pub(super) struct Filling<'a> {
    pub(super) path: &'a Path,
    pub(super) rule: FillRule,
    pub(super) paint: &'a Paint,
    /// From the coordinates of the paint to pixels of the page.
    pub(super) own: Transform,
    pub(super) opacity: f32,
}

impl Painter<'_> {
    pub(super) fn fill(
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
        // Most of what forms are drawn with: its sides need no edges to be followed.
        let rect = upright(filling.path).and_then(|rect| rect.transform(here));
        if let (Some(rect), Shader::SolidColor(_)) = (rect, &brush.shader) {
            pixels.fill_rect(rect, &brush, Transform::identity(), None);
        } else {
            pixels.fill_path(filling.path, &brush, filling.rule, here, None);
        }
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
