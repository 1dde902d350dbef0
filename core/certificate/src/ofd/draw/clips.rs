//! What of an object is seen: boundary and clips.

use tiny_skia::{FillRule, Path, PathBuilder};

use super::DrawError;
use super::area::{Area, Clip};
use super::painter::{Painter, Place};
use crate::ofd::read::object::{ClipPart, Look};

/// Paths may stick out of their boundary by this much before they are cut off: writers round.
const BOUNDARY_SLACK_MM: f32 = 0.5;

impl Painter<'_> {
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
}
