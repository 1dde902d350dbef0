//! Painting resolved objects, with a count of what it costs.

use std::collections::BTreeSet;

use tiny_skia::{
    FillRule, FilterQuality, Mask, Paint, Path, PathBuilder, Pattern, Pixmap, Rect, SpreadMode,
    Stroke, StrokeDash, Transform,
};

use super::DrawError;
use super::pictures::Pictures;
use crate::ofd::limits::MAX_COVERINGS;
use crate::ofd::read::object::{Colour, Line, Look, PathObject, PictureObject, TextObject};
use crate::ofd::read::page::LeftOut;

/// Paths may stick out of their boundary by this much before they are cut off: writers round.
const BOUNDARY_SLACK_MM: f32 = 0.5;

pub(super) struct Canvas {
    pixmap: Pixmap,
    /// Pixels painted so far, bounding boxes counted whole.
    spent: u64,
}

impl Canvas {
    pub(super) fn new(pixmap: Pixmap) -> Self {
        Self { pixmap, spent: 0 }
    }

    pub(super) fn finish(self) -> Pixmap {
        self.pixmap
    }

    pub(super) fn path(
        &mut self,
        object: &PathObject,
        to_pixels: Transform,
    ) -> Result<(), DrawError> {
        let Some(path) = &object.path else {
            return Ok(());
        };
        let inside = object.look.inside(to_pixels);
        let own = inside.pre_concat(object.look.matrix);
        let margin = if object.stroked {
            object.look.line.width_mm
        } else {
            0.0
        };
        let mask = self.mask(&object.look, to_pixels, Some((path, margin)))?;
        if object.filled {
            let rule = if object.even_odd {
                FillRule::EvenOdd
            } else {
                FillRule::Winding
            };
            let colour = object.look.fill.unwrap_or(Colour {
                opacity: 0.0,
                ..Colour::BLACK
            });
            self.fill(path, own, colour, object.look.opacity, rule, mask.as_ref())?;
        }
        if object.stroked {
            let colour = object.look.stroke.unwrap_or(Colour::BLACK);
            self.stroke(path, own, colour, &object.look, mask.as_ref())?;
        }
        Ok(())
    }

    /// `outline` is in the coordinates of the text object.
    pub(super) fn text(
        &mut self,
        object: &TextObject,
        outline: Option<Path>,
        to_pixels: Transform,
    ) -> Result<(), DrawError> {
        let Some(outline) = outline else {
            return Ok(());
        };
        let own = object.look.inside(to_pixels).pre_concat(object.look.matrix);
        // Text is not cut at its boundary: signs reach over their em square.
        let mask = self.mask(&object.look, to_pixels, None)?;
        if object.filled {
            let colour = object.look.fill.unwrap_or(Colour::BLACK);
            self.fill(
                &outline,
                own,
                colour,
                object.look.opacity,
                FillRule::Winding,
                mask.as_ref(),
            )?;
        }
        if object.stroked {
            let colour = object.look.stroke.unwrap_or(Colour::BLACK);
            self.stroke(&outline, own, colour, &object.look, mask.as_ref())?;
        }
        Ok(())
    }

    pub(super) fn picture(
        &mut self,
        object: &PictureObject,
        pictures: &mut Pictures<'_>,
        to_pixels: Transform,
        left_out: &mut BTreeSet<LeftOut>,
    ) -> Result<(), DrawError> {
        let own = object.look.inside(to_pixels).pre_concat(object.look.matrix);
        let (across, along) = (own.sx.hypot(own.ky), own.kx.hypot(own.sy));
        let Some(picture) = pictures.at_size(&object.resource, across, along) else {
            left_out.insert(LeftOut::Picture);
            return Ok(());
        };
        let Some(unit) = Rect::from_xywh(0.0, 0.0, 1.0, 1.0).map(PathBuilder::from_rect) else {
            return Ok(());
        };
        self.spend(&unit, own, 0.0)?;
        let mask = self.mask(&object.look, to_pixels, Some((&unit, 0.0)))?;
        #[expect(
            clippy::cast_precision_loss,
            reason = "picture sides are at most 16384"
        )]
        let scale = (1.0 / picture.width() as f32, 1.0 / picture.height() as f32);
        let paint = Paint {
            shader: Pattern::new(
                picture.as_ref().as_ref(),
                SpreadMode::Pad,
                FilterQuality::Bilinear,
                object.look.opacity,
                Transform::from_scale(scale.0, scale.1),
            ),
            ..Paint::default()
        };
        self.pixmap
            .fill_path(&unit, &paint, FillRule::Winding, own, mask.as_ref());
        Ok(())
    }

    /// Paints the `part` of a picture that fills `whole`, both in millimetres of the page.
    pub(super) fn stamp(
        &mut self,
        picture: &Pixmap,
        whole: Rect,
        part: Rect,
        to_pixels: Transform,
    ) -> Result<(), DrawError> {
        let path = PathBuilder::from_rect(part);
        self.spend(&path, to_pixels, 0.0)?;
        #[expect(
            clippy::cast_precision_loss,
            reason = "picture sides are at most 16384"
        )]
        let scale = (
            whole.width() / picture.width() as f32,
            whole.height() / picture.height() as f32,
        );
        let paint = Paint {
            shader: Pattern::new(
                picture.as_ref(),
                SpreadMode::Pad,
                FilterQuality::Bilinear,
                1.0,
                Transform::from_translate(whole.x(), whole.y()).pre_scale(scale.0, scale.1),
            ),
            ..Paint::default()
        };
        self.pixmap
            .fill_path(&path, &paint, FillRule::Winding, to_pixels, None);
        Ok(())
    }

    fn fill(
        &mut self,
        path: &Path,
        own: Transform,
        colour: Colour,
        opacity: f32,
        rule: FillRule,
        mask: Option<&Mask>,
    ) -> Result<(), DrawError> {
        if colour.opacity * opacity > 0.0 {
            self.spend(path, own, 0.0)?;
            self.pixmap
                .fill_path(path, &paint(colour, opacity), rule, own, mask);
        }
        Ok(())
    }

    fn stroke(
        &mut self,
        path: &Path,
        own: Transform,
        colour: Colour,
        look: &Look,
        mask: Option<&Mask>,
    ) -> Result<(), DrawError> {
        self.spend(path, own, look.line.width_mm)?;
        self.pixmap.stroke_path(
            path,
            &paint(colour, look.opacity),
            &pen(&look.line),
            own,
            mask,
        );
        Ok(())
    }

    /// Counts the pixels a path may touch.
    fn spend(&mut self, path: &Path, own: Transform, margin: f32) -> Result<(), DrawError> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "page sides are far below 2^23 pixels"
        )]
        let (width, height) = (self.pixmap.width() as f32, self.pixmap.height() as f32);
        let area = path
            .bounds()
            .outset(margin, margin)
            .unwrap_or_else(|| path.bounds())
            .transform(own)
            .map_or(0.0, |box_| {
                let across = box_.right().min(width) - box_.left().max(0.0);
                let along = box_.bottom().min(height) - box_.top().max(0.0);
                across.max(0.0) * along.max(0.0)
            });
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to the page"
        )]
        let area = area as u64;
        self.spend_pixels(area + 64)
    }

    fn spend_pixels(&mut self, pixels: u64) -> Result<(), DrawError> {
        self.spent += pixels;
        let page = u64::from(self.pixmap.width()) * u64::from(self.pixmap.height());
        if self.spent > page.max(100_000) * MAX_COVERINGS {
            Err(DrawError::TooHeavy)
        } else {
            Ok(())
        }
    }

    /// Where an object may paint; `None` is everywhere.
    ///
    /// A mask of the whole page is dear, so a content that lies in its boundary gets none.
    fn mask(
        &mut self,
        look: &Look,
        to_pixels: Transform,
        content: Option<(&Path, f32)>,
    ) -> Result<Option<Mask>, DrawError> {
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
        if !sticks_out && look.clips.is_empty() {
            return Ok(None);
        }
        let pixels = u64::from(self.pixmap.width()) * u64::from(self.pixmap.height());
        let Some(mut mask) = Mask::new(self.pixmap.width(), self.pixmap.height()) else {
            return Ok(None);
        };
        let mut begun = false;
        let boundary = sticks_out.then(|| PathBuilder::from_rect(look.boundary));
        let areas = boundary.iter().map(|path| (path, to_pixels));
        let clips = look.clips.iter().map(|path| (path, look.inside(to_pixels)));
        for (path, transform) in areas.chain(clips) {
            self.spend_pixels(pixels)?;
            if begun {
                mask.intersect_path(path, FillRule::Winding, true, transform);
            } else {
                mask.fill_path(path, FillRule::Winding, true, transform);
                begun = true;
            }
        }
        Ok(Some(mask))
    }
}

impl Look {
    /// From the inside of the boundary to pixels.
    fn inside(&self, to_pixels: Transform) -> Transform {
        to_pixels.pre_translate(self.boundary.x(), self.boundary.y())
    }
}

fn paint(colour: Colour, opacity: f32) -> Paint<'static> {
    let mut paint = Paint::default();
    let [red, green, blue] = colour.rgb;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "both factors are 0 to 1"
    )]
    let alpha = (colour.opacity * opacity * 255.0).round() as u8;
    paint.set_color_rgba8(red, green, blue, alpha);
    paint
}

fn pen(line: &Line) -> Stroke {
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
