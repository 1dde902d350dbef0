//! How much of each pixel a sign covers: exact areas, summed along the rows.

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use tiny_skia::{Path, PathSegment};

use crate::ofd::draw::area::Area;

/// The larger side of a mask, in pixels: far more than the em square of a small sign.
const LONGEST: u32 = 1024;

/// How much of each pixel a sign covers.
pub(super) struct Sign {
    /// Seen from the whole pixel its baseline starts in.
    pub(super) area: Area,
    pub(super) cover: Vec<u8>,
}

impl Sign {
    /// What is covered by one shape after the other, each filled by the rule of winding. `None` where nothing is, or
    /// where a sign is far larger than its em square.
    pub(super) fn of(shapes: &[Path]) -> Option<Self> {
        let bounds = shapes.iter().map(Path::bounds);
        let area = Area::around(bounds.reduce(|one, other| one.join(&other).unwrap_or(one))?);
        let (width, height) = area.size();
        if width == 0 || height == 0 || width > LONGEST || height > LONGEST {
            return None;
        }
        let mut raster = Rasterizer::new(width as usize, height as usize);
        let mut cover = vec![0; width as usize * height as usize];
        for (place, shape) in shapes.iter().enumerate() {
            if place > 0 {
                raster.clear();
            }
            follow(shape, area, &mut raster);
            raster.for_each_pixel(|at, share| {
                if let Some(cover) = cover.get_mut(at) {
                    *cover = also(*cover, share);
                }
            });
        }
        Some(Self { area, cover })
    }
}

/// What is covered when something else covers a share of the pixel too, as paint over paint.
fn also(cover: u8, share: f32) -> u8 {
    // Where contours overlap the sum is more than the whole.
    let share = share.min(1.0) * 255.0;
    let left = f32::from(u8::MAX - cover) / 255.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 to 255"
    )]
    let more = (share * left).round() as u8;
    cover.saturating_add(more)
}

/// Follows every contour, closed whether the path says so or not.
fn follow(path: &Path, area: Area, raster: &mut Rasterizer) {
    #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
    let (left, top) = (area.left as f32, area.top as f32);
    let local = |at: tiny_skia::Point| point(at.x - left, at.y - top);
    let (mut start, mut pen): (Point, Point) = (point(0.0, 0.0), point(0.0, 0.0));
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(to) => {
                raster.draw_line(pen, start);
                (start, pen) = (local(to), local(to));
            }
            PathSegment::LineTo(to) => {
                raster.draw_line(pen, local(to));
                pen = local(to);
            }
            PathSegment::QuadTo(by, to) => {
                raster.draw_quad(pen, local(by), local(to));
                pen = local(to);
            }
            PathSegment::CubicTo(by, then, to) => {
                raster.draw_cubic(pen, local(by), local(then), local(to));
                pen = local(to);
            }
            PathSegment::Close => {
                raster.draw_line(pen, start);
                pen = start;
            }
        }
    }
    raster.draw_line(pen, start);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofd::read::object::path_text;

    fn sign(texts: &[&str]) -> Sign {
        let shapes = texts
            .iter()
            .map(|text| path_text::parse(text, 99).unwrap().0);
        Sign::of(&shapes.collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn a_pixel_is_covered_by_the_area_that_lies_in_it() {
        let half = sign(&["M 10.5 20 L 12 20 L 12 21.25 L 10.5 21.25 C"]);
        assert_eq!(half.area.size(), (2, 2));
        assert_eq!((half.area.left, half.area.top), (10, 20));
        assert_eq!(half.cover, [128, 255, 32, 64]);
        let triangle = sign(&["M 0 0 L 2 0 L 0 2"]);
        assert_eq!(triangle.cover, [255, 128, 128, 0], "closed by itself");
    }

    #[test]
    fn contours_wind_and_shapes_lie_over_each_other() {
        let ring = "M 0 0 L 3 0 L 3 3 L 0 3 C M 1 1 L 1 2 L 2 2 L 2 1 C";
        assert_eq!(sign(&[ring]).cover[4], 0, "a hole");
        let twice = "M 0 0 L 3 0 L 3 3 L 0 3 C M 1 1 L 2 1 L 2 2 L 1 2 C";
        assert_eq!(sign(&[twice]).cover, [255; 9]);
        let half = "M 0 0 L 0.5 0 L 0.5 1 L 0 1 C";
        assert_eq!(sign(&[half, half]).cover, [192]);
    }

    #[test]
    fn nothing_and_what_is_far_too_large_have_no_mask() {
        assert!(Sign::of(&[]).is_none());
        let shapes = [path_text::parse("M 0 0 L 2000 0 L 2000 1 C", 99).unwrap().0];
        assert!(Sign::of(&shapes).is_none());
    }
}
