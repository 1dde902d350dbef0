//! Colours, colour spaces and gradients as OFD writes them.

use std::sync::Arc;

use roxmltree::Node;

use super::numbers;
use super::object::paint::{Colour, Corner, Paint, Ramp, Repeat, Shading, ShadingKind};
use super::resources::Resources;
use super::xml::NodeExt;

/// The most corners of a mesh and stops of a ramp.
const MAX_CORNERS: usize = 16_384;

/// What the values of a colour mean.
#[derive(Debug, Clone)]
pub(crate) struct ColourSpace {
    kind: Kind,
    /// The value of a full component.
    full: f32,
    palette: Vec<Vec<f32>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Grey,
    Rgb,
    Cmyk,
}

impl ColourSpace {
    /// What a `ColorSpace` element says; a profile it names is not read, its type is taken.
    pub(crate) fn of(node: Node<'_, '_>) -> Self {
        let kind = match node
            .attribute("Type")
            .map(str::to_ascii_uppercase)
            .as_deref()
        {
            Some("GRAY" | "GREY") => Kind::Grey,
            Some("CMYK") => Kind::Cmyk,
            _ => Kind::Rgb,
        };
        let bits = node
            .number("BitsPerComponent")
            .unwrap_or(8.0)
            .clamp(1.0, 16.0);
        let entries = node.child("Palette").map(|palette| {
            let values = palette.children().filter(|node| node.is("CV"));
            values
                .map(|node| values_of(node.text().unwrap_or("")))
                .take(4096)
                .collect()
        });
        Self {
            kind,
            full: bits.round().exp2() - 1.0,
            palette: entries.unwrap_or_default(),
        }
    }
}

/// Component values: decimal, or hexadecimal after a `#`.
fn values_of(text: &str) -> Vec<f32> {
    let words = text.split_ascii_whitespace();
    let values = words.filter_map(|word| match word.strip_prefix('#') {
        Some(hex) => u16::from_str_radix(hex, 16).ok().map(f32::from),
        None => numbers::number(word),
    });
    values.take(8).collect()
}

/// The colour an element says; black where it says nothing.
///
/// Without a colour space, or with one its values do not fit, grey, RGB or CMYK by their number.
pub(crate) fn colour(node: Node<'_, '_>, resources: &Resources) -> Colour {
    let space = node
        .attribute("ColorSpace")
        .and_then(|id| resources.colour_space(id));
    let indexed = || {
        let at = node.attribute("Index")?.trim().parse::<usize>().ok()?;
        space?.palette.get(at).cloned()
    };
    let values = node
        .attribute("Value")
        .map(values_of)
        .or_else(indexed)
        .unwrap_or_default();
    let full = space.map_or(255.0, |space| space.full);
    let by_number = match values.len() {
        1 => Some(Kind::Grey),
        3 => Some(Kind::Rgb),
        4 => Some(Kind::Cmyk),
        _ => None,
    };
    let share = |at: usize| (values.get(at).copied().unwrap_or(0.0) / full).clamp(0.0, 1.0);
    let rgb = match by_number {
        Some(Kind::Grey) => [share(0); 3],
        Some(Kind::Cmyk) if space.is_none_or(|space| space.kind != Kind::Rgb) => {
            [0, 1, 2].map(|ink| (1.0 - share(ink)) * (1.0 - share(3)))
        }
        // A fourth value in RGB means nothing.
        Some(Kind::Rgb | Kind::Cmyk) => [share(0), share(1), share(2)],
        None => [0.0; 3],
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 to 255"
    )]
    let rgb = rgb.map(|share| (share * 255.0).round() as u8);
    Colour {
        rgb,
        opacity: opacity(node),
    }
}

/// `Alpha`, 0 to 1.
pub(crate) fn opacity(node: Node<'_, '_>) -> f32 {
    node.number("Alpha").unwrap_or(255.0).clamp(0.0, 255.0) / 255.0
}

/// What a colour element paints with; a pattern is [`Paint::Unreadable`] here, because its cell is
/// a piece of page.
pub(crate) fn paint(node: Node<'_, '_>, resources: &Resources) -> Paint {
    let Some(inner) = node.children().find(Node::is_element) else {
        return Paint::Solid(colour(node, resources));
    };
    let kind = match inner.tag_name().name() {
        "AxialShd" => axial(inner, resources),
        "RadialShd" => radial(inner, resources),
        "GouraudShd" => mesh(inner, resources),
        // The standard spells it with an n.
        "LaGouraudShd" | "LaGourandShd" => lattice(inner, resources),
        _ => None,
    };
    kind.map_or(Paint::Unreadable, |kind| {
        Paint::Shaded(Arc::new(Shading {
            kind,
            opacity: opacity(node),
        }))
    })
}

fn point(node: Node<'_, '_>, name: &str) -> Option<(f32, f32)> {
    match node.numbers(name)?[..] {
        [x, y] => Some((x, y)),
        _ => None,
    }
}

fn axial(node: Node<'_, '_>, resources: &Resources) -> Option<ShadingKind> {
    let (from, to) = (point(node, "StartPoint")?, point(node, "EndPoint")?);
    let length = (to.0 - from.0).hypot(to.1 - from.1);
    Some(ShadingKind::Axial {
        from,
        to,
        ramp: ramp(node, resources, length)?,
    })
}

fn radial(node: Node<'_, '_>, resources: &Resources) -> Option<ShadingKind> {
    let (from, to) = (point(node, "StartPoint")?, point(node, "EndPoint")?);
    let radius = |name| node.number(name).filter(|radius| *radius >= 0.0);
    let start = radius("StartRadius").unwrap_or(0.0);
    let end = radius("EndRadius")?;
    let length = (to.0 - from.0)
        .hypot(to.1 - from.1)
        .max((end - start).abs());
    Some(ShadingKind::Radial {
        from: (from, start),
        to: (to, end),
        eccentricity: node.number("Eccentricity").unwrap_or(0.0).clamp(0.0, 0.999),
        turn_degrees: node.number("Angle").unwrap_or(0.0),
        ramp: ramp(node, resources, length)?,
    })
}

fn ramp(node: Node<'_, '_>, resources: &Resources, length: f32) -> Option<Ramp> {
    let segments: Vec<_> = node
        .children()
        .filter(|child| child.is("Segment"))
        .take(MAX_CORNERS)
        .filter_map(|segment| {
            let found = segment.child("Color").map(|node| colour(node, resources))?;
            Some((segment.number("Position"), found))
        })
        .collect();
    let last = segments.len().checked_sub(1)?;
    let mut reached = 0.0_f32;
    let stops = segments.iter().enumerate().map(|(at, (place, colour))| {
        #[expect(clippy::cast_precision_loss, reason = "at most a few thousand")]
        let even = if last == 0 {
            0.0
        } else {
            at as f32 / last as f32
        };
        reached = place.unwrap_or(even).clamp(reached, 1.0);
        (reached, *colour)
    });
    let stops = stops.collect();
    let repeat = match node.attribute("MapType") {
        Some("Repeat") => Repeat::Again,
        Some("Reflect") => Repeat::Mirrored,
        _ => Repeat::Once,
    };
    let unit = node.number("MapUnit").filter(|unit| *unit > 0.0);
    let run = match (repeat, unit) {
        // More than a few hundred runs are one grey.
        (Repeat::Again | Repeat::Mirrored, Some(unit)) if length > 0.0 => {
            (unit / length).clamp(1.0 / 256.0, 1.0)
        }
        _ => 1.0,
    };
    let extend = node.number("Extend").unwrap_or(0.0);
    Some(Ramp {
        stops,
        repeat,
        run,
        extends: ((0.5..1.5).contains(&extend) || extend > 2.5, extend > 1.5),
    })
}

fn corner(node: Node<'_, '_>, resources: &Resources) -> Option<Corner> {
    Some(Corner {
        at: (node.number("X")?, node.number("Y")?),
        colour: colour(node.child("Color")?, resources),
    })
}

fn corners<'a, 'input: 'a>(node: Node<'a, 'input>) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children()
        .filter(|child| child.is("Point"))
        .take(MAX_CORNERS)
}

fn back(node: Node<'_, '_>, resources: &Resources) -> Option<Colour> {
    node.child("BackColor").map(|node| colour(node, resources))
}

/// Triangles that share edges as each point's flag says.
fn mesh(node: Node<'_, '_>, resources: &Resources) -> Option<ShadingKind> {
    let mut triangles: Vec<[Corner; 3]> = Vec::new();
    let mut begun: Vec<Corner> = Vec::new();
    for node in corners(node) {
        let next = corner(node, resources)?;
        let flag = node.attribute("EdgeFlag").unwrap_or("0").trim();
        match (flag, triangles.last(), begun.is_empty()) {
            ("1", Some([_, b, c]), true) => triangles.push([*b, *c, next]),
            ("2", Some([a, _, c]), true) => triangles.push([*a, *c, next]),
            _ => {
                begun.push(next);
                if let [a, b, c] = begun[..] {
                    triangles.push([a, b, c]);
                    begun.clear();
                }
            }
        }
    }
    (!triangles.is_empty()).then(|| ShadingKind::Mesh {
        triangles,
        back: back(node, resources),
    })
}

/// Triangles between the points of a lattice.
fn lattice(node: Node<'_, '_>, resources: &Resources) -> Option<ShadingKind> {
    let width: usize = node.attribute("VerticesPerRow")?.trim().parse().ok()?;
    if width < 2 {
        return None;
    }
    let points: Option<Vec<_>> = corners(node).map(|node| corner(node, resources)).collect();
    let points = points?;
    let rows: Vec<&[Corner]> = points.chunks_exact(width).collect();
    let mut triangles = Vec::new();
    for pair in rows.windows(2) {
        let [above, below] = pair else { continue };
        for (up, down) in above.windows(2).zip(below.windows(2)) {
            if let ([a, b], [c, d]) = (up, down) {
                triangles.extend([[*a, *b, *c], [*b, *c, *d]]);
            }
        }
    }
    (!triangles.is_empty()).then(|| ShadingKind::Mesh {
        triangles,
        back: back(node, resources),
    })
}
