//! Where may be painted: a box of whole pixels, and shapes inside of it.

use std::rc::Rc;

use tiny_skia::{FillRule, Path, PathSegment, Rect};

/// Pixels of the page, from `left` and `top` up to, not including, `right` and `bottom`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) right: i32,
    pub(super) bottom: i32,
}

impl Area {
    pub(super) fn of_size(width: u32, height: u32) -> Self {
        Self {
            left: 0,
            top: 0,
            right: i32::try_from(width).unwrap_or(i32::MAX),
            bottom: i32::try_from(height).unwrap_or(i32::MAX),
        }
    }

    /// Every pixel a rectangle touches.
    pub(super) fn around(rect: Rect) -> Self {
        Self {
            left: whole(rect.left().floor()),
            top: whole(rect.top().floor()),
            right: whole(rect.right().ceil()),
            bottom: whole(rect.bottom().ceil()),
        }
    }

    /// The pixels whose middle lies in a rectangle, at least one.
    pub(super) fn within(rect: Rect) -> Self {
        let (left, top) = (whole(rect.left().round()), whole(rect.top().round()));
        Self {
            left,
            top,
            right: whole(rect.right().round()).max(left + 1),
            bottom: whole(rect.bottom().round()).max(top + 1),
        }
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    /// The least that holds both.
    pub(super) fn joined(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    pub(super) fn is_empty(self) -> bool {
        self.left >= self.right || self.top >= self.bottom
    }

    /// Width and height; zero where it is empty.
    pub(super) fn size(self) -> (u32, u32) {
        let side = |from: i32, to: i32| u32::try_from(to.saturating_sub(from)).unwrap_or(0);
        (side(self.left, self.right), side(self.top, self.bottom))
    }

    pub(super) fn pixels(self) -> u64 {
        let (width, height) = self.size();
        u64::from(width) * u64::from(height)
    }

    pub(super) fn rect(self) -> Option<Rect> {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^23 pixels")]
        let [left, top, right, bottom] =
            [self.left, self.top, self.right, self.bottom].map(|side| side as f32);
        Rect::from_ltrb(left, top, right, bottom)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "clamped far inside of the range"
)]
fn whole(value: f32) -> i32 {
    value.clamp(-1.0e8, 1.0e8) as i32
}

/// Where may be painted.
#[derive(Debug, Clone)]
pub(super) struct Clip {
    pub(super) area: Area,
    /// All of which hold, in pixels of the page.
    pub(super) shapes: Rc<Vec<(Path, FillRule)>>,
}

impl Clip {
    pub(super) fn of(area: Area) -> Self {
        Self {
            area,
            shapes: Rc::default(),
        }
    }

    /// The part of it that lies in a path. A rectangle along the pixels needs no shape.
    pub(super) fn and(&self, path: Path, rule: FillRule) -> Self {
        let mut inner = self.clone();
        if let Some(rect) = upright(&path) {
            inner.area = inner.area.and(Area::within(rect));
        } else {
            inner.area = inner.area.and(Area::around(path.bounds()));
            Rc::make_mut(&mut inner.shapes).push((path, rule));
        }
        inner
    }

    pub(super) fn and_rect(&self, rect: Rect) -> Self {
        Self {
            area: self.area.and(Area::within(rect)),
            shapes: self.shapes.clone(),
        }
    }
}

/// The rectangle a path is, if its sides lie along the pixels.
pub(super) fn upright(path: &Path) -> Option<Rect> {
    let mut corners = Vec::with_capacity(5);
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(point) if corners.is_empty() => corners.push(point),
            PathSegment::LineTo(point) if corners.len() < 5 => corners.push(point),
            PathSegment::Close => {}
            _ => return None,
        }
    }
    let near = |a: f32, b: f32| (a - b).abs() < 0.01;
    let [a, b, c, d, rest @ ..] = &corners[..] else {
        return None;
    };
    if rest
        .iter()
        .any(|last| !near(last.x, a.x) || !near(last.y, a.y))
    {
        return None;
    }
    let across_first = near(a.y, b.y) && near(b.x, c.x) && near(c.y, d.y) && near(d.x, a.x);
    let down_first = near(a.x, b.x) && near(b.y, c.y) && near(c.x, d.x) && near(d.y, a.y);
    (across_first || down_first).then(|| path.bounds())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofd::read::object::path_text;

    fn rect(text: &str) -> Option<Rect> {
        upright(&path_text::parse(text, 99).unwrap().0)
    }

    #[test]
    fn rectangles_along_the_pixels_are_known() {
        let whole = Rect::from_ltrb(0.0, 0.0, 4.0, 3.0);
        assert_eq!(rect("M 0 0 L 4 0 L 4 3 L 0 3 C"), whole);
        assert_eq!(rect("M 4 3 L 4 0 L 0 0 L 0 3 L 4 3"), whole);
        assert_eq!(rect("M 0 0 L 4 1 L 4 3 L 0 3 C"), None);
        assert_eq!(rect("M 0 0 L 4 0 L 4 3 C"), None);
        assert_eq!(rect("M 0 0 L 4 0 L 4 3 L 0 3 C M 9 9 L 8 8"), None);
        assert_eq!(rect("M 0 0 L 4 0 L 4 3 Q 1 1 0 3 C"), None);
    }
}
