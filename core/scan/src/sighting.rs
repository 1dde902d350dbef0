//! A place where a code seems to be that could not be read.

use crate::plane::Point;

/// Three finder patterns that may belong together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sighting {
    /// Their centres in pixels: top left, top right, bottom left of the code.
    pub(crate) centres: [Point; 3],
    /// Pixels along one of them, in the mean.
    pub(crate) size: f32,
    /// The code is light on dark.
    pub(crate) inverted: bool,
}

impl Sighting {
    /// Pixels along a module, about.
    pub(crate) fn module(&self) -> f32 {
        self.size / 7.0
    }

    /// The version that sides and module suggest; seldom off by more than two.
    pub(crate) fn version_guess(&self) -> usize {
        let [tl, tr, bl] = self.centres;
        let mean = distance(tl, tr).midpoint(distance(tl, bl));
        let side = mean / self.module().max(0.5) + 7.0;
        (((side - 17.0) / 4.0).round().max(1.0) as usize).min(40)
    }

    /// The same sighting in a picture so many times as large, whose top left lies elsewhere.
    pub(crate) fn scaled(self, factor: f32, left: f32, top: f32) -> Self {
        Self {
            centres: self
                .centres
                .map(|(x, y)| (x * factor + left, y * factor + top)),
            size: self.size * factor,
            ..self
        }
    }

    /// All four corners, the last one guessed, and the margin that a quiet zone and a tilt need.
    pub(crate) fn area(&self) -> ([Point; 4], f32) {
        let [tl, tr, bl] = self.centres;
        let fourth = (tr.0 + bl.0 - tl.0, tr.1 + bl.1 - tl.1);
        let margin = self.size + 0.12 * distance(tl, tr).max(distance(tl, bl));
        ([tl, tr, fourth, bl], margin)
    }

    /// Whether two sightings are of the same thing.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let near = |(a, b): (&Point, &Point)| distance(*a, *b) < self.size.max(other.size) * 0.5;
        self.inverted == other.inverted && self.centres.iter().zip(&other.centres).all(near)
    }
}

pub(crate) fn distance(a: Point, b: Point) -> f32 {
    (a.0 - b.0).hypot(a.1 - b.1)
}
