//! What a text is written with, where that is one colour.

use std::ops::RangeInclusive;

use tiny_skia::{Color, LineCap, LineJoin, Path, PathStroker, Stroke, Transform};

use crate::ofd::draw::painter::{pen_of, scale_of};
use crate::ofd::draw::shaders;
use crate::ofd::draw::signs::MAX_EM;
use crate::ofd::read::object::TextObject;
use crate::ofd::read::object::paint::{Colour, Paint};

/// Widths of lines in pixels: thinner ones are drawn fainter instead, and a wider one would make a sign far larger
/// than its em square.
const PEN: RangeInclusive<f32> = 1.0..=MAX_EM;

/// One colour, for areas, lines or both.
#[derive(Debug)]
pub(in crate::ofd::draw) struct Ink {
    pub(super) colour: Color,
    /// Whether areas of the signs are filled.
    fills: bool,
    /// What draws their lines.
    pen: Option<Stroke>,
    pub(super) key: InkKey,
}

/// What makes two inks draw the same sign alike: whether areas are filled; of the pen its width, cap, join and
/// miter limit, and what its round tip becomes in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct InkKey {
    fills: bool,
    pen: Option<([u32; 2], LineEnd, [u32; 4])>,
}

type LineEnd = (u8, u8);

impl Ink {
    /// The ink of a text; none where it takes more than one colour, where lines let something shine through (a
    /// text's lines are one shape, and cross), are dashed, thinner than a pixel or wider than a small sign.
    pub(in crate::ofd::draw) fn of(
        text: &TextObject,
        own: Transform,
        opacity: f32,
    ) -> Option<Self> {
        let look = &text.look;
        let black = Paint::Solid(Colour::BLACK);
        let colour = |paint: &Option<Paint>| match paint.as_ref().unwrap_or(&black) {
            Paint::Solid(colour) => Some(shaders::colour(*colour, opacity)),
            _ => None,
        };
        let (fill, line) = (colour(&look.fill), colour(&look.stroke));
        let colour = match (text.filled, text.stroked) {
            (true, false) => fill?,
            (false, true) => line?,
            (true, true) => fill.filter(|_| fill == line)?,
            (false, false) => return None,
        };
        let pen = text.stroked.then(|| pen_of(&look.line));
        if let Some(pen) = &pen {
            let plain = colour.alpha() >= 1.0 && pen.dash.is_none();
            if !plain || !PEN.contains(&(pen.width * scale_of(own))) {
                return None;
            }
        }
        let pen_key = pen.as_ref().map(|pen| {
            (
                [pen.width, pen.miter_limit].map(f32::to_bits),
                ends(pen),
                [own.sx, own.ky, own.kx, own.sy].map(f32::to_bits),
            )
        });
        Some(Self {
            colour,
            fills: text.filled,
            pen,
            key: InkKey {
                fills: text.filled,
                pen: pen_key,
            },
        })
    }

    /// What it covers of a sign, in pixels. `place` is from the sign's em square to the text, `own` from there to
    /// pixels.
    pub(super) fn shapes(&self, em: &Path, place: Transform, own: Transform) -> Vec<Path> {
        let written = em.clone().transform(place);
        let line = self
            .pen
            .as_ref()
            .zip(written.as_ref())
            .and_then(|(pen, sign)| sign.stroke(pen, PathStroker::compute_resolution_scale(&own)));
        let area = written.filter(|_| self.fills);
        let shapes = [area, line].into_iter().flatten();
        shapes.filter_map(|shape| shape.transform(own)).collect()
    }
}

fn ends(pen: &Stroke) -> LineEnd {
    let cap = match pen.line_cap {
        LineCap::Butt => 0,
        LineCap::Round => 1,
        LineCap::Square => 2,
    };
    let join = match pen.line_join {
        LineJoin::Miter => 0,
        LineJoin::MiterClip => 1,
        LineJoin::Round => 2,
        LineJoin::Bevel => 3,
    };
    (cap, join)
}
