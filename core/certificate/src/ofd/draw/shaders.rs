//! From the paints of a file to what fills pixels.

use tiny_skia::{
    Color, FilterQuality, GradientStop, LinearGradient, Path, Pattern, Pixmap, Point,
    RadialGradient, Shader, SpreadMode, Transform,
};

use super::area::Area;
use super::mesh;
use crate::ofd::read::object::paint::{Colour, Ramp, Repeat, Shading, ShadingKind};

/// How many times dearer than one colour a pixel of a gradient is.
pub(super) const SHADED_WEIGHT: u64 = 8;

pub(super) fn colour(colour: Colour, opacity: f32) -> Color {
    let [red, green, blue] = colour.rgb.map(|part| f32::from(part) / 255.0);
    Color::from_rgba(red, green, blue, (colour.opacity * opacity).clamp(0.0, 1.0))
        .unwrap_or(Color::TRANSPARENT)
}

/// What fills a gradient; `own` maps its coordinates to those being painted in. A single colour
/// where the gradient has no extent.
pub(super) fn gradient(shading: &Shading, own: Transform, opacity: f32) -> Option<Shader<'static>> {
    let opacity = shading.opacity * opacity;
    match &shading.kind {
        ShadingKind::Axial { from, to, ramp } => {
            let ends = Ends::of(ramp.extends);
            let stops = stops(ramp, ends, opacity);
            let last = ramp.stops.last()?.1;
            let (start, end) = (
                (ends.start(from.0, to.0), ends.start(from.1, to.1)),
                (ends.end(from.0, to.0), ends.end(from.1, to.1)),
            );
            LinearGradient::new(point(start), point(end), stops, SpreadMode::Pad, own)
                .or_else(|| Some(Shader::SolidColor(colour(last, opacity))))
        }
        ShadingKind::Radial {
            from,
            to,
            eccentricity,
            turn_degrees,
            ramp,
        } => {
            // Circles squeezed across and turned are the ellipses.
            let squeeze = (1.0 - eccentricity * eccentricity).sqrt();
            let shape = Transform::from_rotate(*turn_degrees).pre_scale(1.0, squeeze);
            let back = shape.invert()?;
            let inside = |x: f32, y: f32| {
                let mut point = Point::from_xy(x, y);
                back.map_point(&mut point);
                point
            };
            let mut ends = Ends::of(ramp.extends);
            if ends.start(from.1, to.1) < 0.0 {
                ends.first = 0.0;
            }
            if ends.end(from.1, to.1) < 0.0 {
                ends.last = 1.0;
            }
            let ((from_at, from_radius), (to_at, to_radius)) = (*from, *to);
            let stops = stops(ramp, ends, opacity);
            let last = ramp.stops.last()?.1;
            RadialGradient::new(
                inside(
                    ends.start(from_at.0, to_at.0),
                    ends.start(from_at.1, to_at.1),
                ),
                ends.start(from_radius, to_radius).max(0.0),
                inside(ends.end(from_at.0, to_at.0), ends.end(from_at.1, to_at.1)),
                ends.end(from_radius, to_radius).max(0.0),
                stops,
                SpreadMode::Pad,
                own.pre_concat(shape),
            )
            .or_else(|| Some(Shader::SolidColor(colour(last, opacity))))
        }
        ShadingKind::Mesh { .. } => None,
    }
}

fn point((x, y): (f32, f32)) -> Point {
    Point::from_xy(x, y)
}

/// Where the colours of a ramp lie in a gradient that is a hair longer at an end that does not
/// extend: the hair is clear, and so is everything beyond.
#[derive(Debug, Clone, Copy)]
struct Ends {
    first: f32,
    last: f32,
}

impl Ends {
    const HAIR: f32 = 1.0e-3;

    fn of((start, end): (bool, bool)) -> Self {
        Self {
            first: if start { 0.0 } else { Self::HAIR },
            last: if end { 1.0 } else { 1.0 - Self::HAIR },
        }
    }

    /// What the longer gradient starts at, when the ramp goes between two values.
    fn start(self, from: f32, to: f32) -> f32 {
        from - (to - from) * self.first / (self.last - self.first)
    }

    fn end(self, from: f32, to: f32) -> f32 {
        to + (to - from) * (1.0 - self.last) / (self.last - self.first)
    }
}

/// All runs of a ramp as one.
fn stops(ramp: &Ramp, ends: Ends, opacity: f32) -> Vec<GradientStop> {
    let at = |place: f32| ends.first + place * (ends.last - ends.first);
    let clear = |place: f32, stop: Option<&(f32, Colour)>| {
        let found = stop.map_or(Color::TRANSPARENT, |(_, found)| colour(*found, 0.0));
        GradientStop::new(place, found)
    };
    let mut stops = Vec::new();
    if ends.first > 0.0 {
        let first = ramp.stops.first();
        stops.extend([clear(0.0, first), clear(at(0.0), first)]);
    }
    let (mut start, mut forward) = (0.0_f32, true);
    while start < 1.0 - 1e-4 {
        let mut put = |place: f32, found: Colour| {
            let place = at((start + place * ramp.run).min(1.0));
            stops.push(GradientStop::new(place, colour(found, opacity)));
        };
        if forward {
            let all = ramp.stops.iter();
            all.for_each(|&(place, found)| put(place, found));
        } else {
            let reversed = ramp.stops.iter().rev();
            reversed.for_each(|&(place, found)| put(1.0 - place, found));
        }
        start += ramp.run;
        forward = ramp.repeat != Repeat::Mirrored || !forward;
    }
    if ends.last < 1.0 {
        let last = ramp.stops.last();
        stops.extend([clear(at(1.0), last), clear(1.0, last)]);
    }
    stops
}

/// A mesh as pixels of `area`, and what fills with them.
pub(super) fn mesh_pixels(shading: &Shading, own: Transform, area: Area) -> Option<Pixmap> {
    let ShadingKind::Mesh { triangles, back } = &shading.kind else {
        return None;
    };
    mesh::pixels(triangles, *back, shading.opacity, own, area)
}

/// What fills with pixels that lie where they are to be seen.
pub(super) fn pixels_in_place(
    pixmap: &Pixmap,
    place: Transform,
    opacity: f32,
    quality: FilterQuality,
) -> Shader<'_> {
    Pattern::new(pixmap.as_ref(), SpreadMode::Pad, quality, opacity, place)
}

/// About how many pixels filling a path touches: its area, its edges, its points.
pub(super) fn cost(path: &Path) -> u64 {
    let bounds = path.bounds();
    let boxed = bounds.width() * bounds.height();
    let (mut doubled, mut edges, mut points) = (0.0_f32, 0.0_f32, 0_u64);
    let (mut first, mut last) = (Point::zero(), Point::zero());
    let mut area = 0.0_f32;
    let origin = Point::from_xy(bounds.left(), bounds.top());
    let mut line = |to: Point, from: &mut Point, doubled: &mut f32| {
        let (a, b) = (*from - origin, to - origin);
        *doubled += a.x * b.y - b.x * a.y;
        edges += (to.x - from.x).abs() + (to.y - from.y).abs();
        points += 1;
        *from = to;
    };
    for segment in path.segments() {
        match segment {
            tiny_skia::PathSegment::MoveTo(point) => {
                line(first, &mut last, &mut doubled);
                area += doubled.abs();
                doubled = 0.0;
                (first, last) = (point, point);
            }
            tiny_skia::PathSegment::LineTo(point)
            | tiny_skia::PathSegment::QuadTo(_, point)
            | tiny_skia::PathSegment::CubicTo(_, _, point) => {
                line(point, &mut last, &mut doubled);
            }
            tiny_skia::PathSegment::Close => line(first, &mut last, &mut doubled),
        }
    }
    area = f32::midpoint(area, doubled.abs());
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped; curves bulge at most to the box"
    )]
    let pixels = (area.min(boxed) + edges * 4.0).clamp(0.0, 1.0e12) as u64;
    pixels + points * 16
}
