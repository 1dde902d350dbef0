//! Gouraud triangles, filled pixel by pixel.

use tiny_skia::{Pixmap, Point, PremultipliedColorU8, Transform};

use super::area::Area;
use super::shaders::colour;
use crate::ofd::read::object::paint::{Colour, Corner};

/// The pixels of `area` that triangles cover, over `back`; `None` for an empty area.
pub(super) fn pixels(
    triangles: &[[Corner; 3]],
    back: Option<Colour>,
    opacity: f32,
    own: Transform,
    area: Area,
) -> Option<Pixmap> {
    let (width, height) = area.size();
    let mut pixmap = Pixmap::new(width, height)?;
    if let Some(back) = back {
        pixmap.fill(colour(back, opacity));
    }
    for triangle in triangles {
        fill(&mut pixmap, triangle, opacity, own, area);
    }
    Some(pixmap)
}

/// How many pixels all triangles together have boxes for, in `area`.
pub(super) fn cost(triangles: &[[Corner; 3]], own: Transform, area: Area) -> u64 {
    let boxes = triangles.iter().map(|triangle| {
        let (_, box_) = placed(triangle, own, area);
        box_.pixels()
    });
    boxes.sum::<u64>() + triangles.len() as u64 * 64
}

fn placed(triangle: &[Corner; 3], own: Transform, area: Area) -> ([Point; 3], Area) {
    let points = triangle.map(|corner| {
        let mut point = Point::from_xy(corner.at.0, corner.at.1);
        own.map_point(&mut point);
        point
    });
    let least = points.iter().fold((f32::MAX, f32::MAX), |(x, y), point| {
        (x.min(point.x), y.min(point.y))
    });
    let most = points.iter().fold((f32::MIN, f32::MIN), |(x, y), point| {
        (x.max(point.x), y.max(point.y))
    });
    let rect = tiny_skia::Rect::from_ltrb(least.0, least.1, most.0, most.1);
    let none = Area {
        left: 0,
        top: 0,
        right: 0,
        bottom: 0,
    };
    (
        points,
        rect.map_or(none, |rect| Area::around(rect).and(area)),
    )
}

fn fill(pixmap: &mut Pixmap, triangle: &[Corner; 3], opacity: f32, own: Transform, area: Area) {
    let ([a, b, c], box_) = placed(triangle, own, area);
    let doubled = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
    if box_.is_empty() || doubled.abs() < 1e-6 {
        return;
    }
    let colours = triangle.map(|corner| colour(corner.colour, opacity));
    let (width, _) = area.size();
    let pixels = pixmap.pixels_mut();
    for y in box_.top..box_.bottom {
        for x in box_.left..box_.right {
            #[expect(clippy::cast_precision_loss, reason = "far below 2^23 pixels")]
            let (px, py) = (x as f32 + 0.5, y as f32 + 0.5);
            let of_a = ((b.x - px) * (c.y - py) - (c.x - px) * (b.y - py)) / doubled;
            let of_b = ((c.x - px) * (a.y - py) - (a.x - px) * (c.y - py)) / doubled;
            let shares = [of_a, of_b, 1.0 - of_a - of_b];
            // A hair more than the triangle, so that neighbours leave no seam.
            if shares.iter().any(|share| *share < -1e-3) {
                continue;
            }
            let mixed = |part: fn(&tiny_skia::Color) -> f32| {
                let sum: f32 = colours.iter().zip(shares).map(|(c, s)| part(c) * s).sum();
                sum.clamp(0.0, 1.0)
            };
            let alpha = mixed(tiny_skia::Color::alpha);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 to 255"
            )]
            let byte = |share: f32| (share * alpha * 255.0).round() as u8;
            let [red, green, blue] = [
                tiny_skia::Color::red as fn(&tiny_skia::Color) -> f32,
                tiny_skia::Color::green,
                tiny_skia::Color::blue,
            ]
            .map(|part| byte(mixed(part)));
            let at = u64::try_from(y - area.top).unwrap_or(0) * u64::from(width)
                + u64::try_from(x - area.left).unwrap_or(0);
            let pixel = usize::try_from(at).ok().and_then(|at| pixels.get_mut(at));
            let made = PremultipliedColorU8::from_rgba(red, green, blue, byte(1.0));
            if let (Some(pixel), Some(made)) = (pixel, made) {
                *pixel = made;
            }
        }
    }
}
