//! How much each place looks like the middle of a finder pattern.

use quanshengshi_frame::luma::Luma;

use crate::likeness::sums::{Sums, squares_along};
use crate::plane::Point;

/// Sides of the four squares in a finder pattern and the light around it, in pixels, and the pixels
/// of a module they stand for (ISO/IEC 18004: three, five, seven and, with the separator, nine
/// modules).
const SIZES: [([usize; 4], f32); 4] = [
    ([5, 7, 11, 13], 1.5),
    ([5, 9, 13, 15], 1.8),
    ([7, 11, 15, 19], 2.15),
    ([7, 13, 19, 23], 2.6),
];
/// The likeness from which a place is a candidate; a clean pattern has 0.9.
const LEAST: f32 = 0.35;
/// Candidates that are kept.
const MOST: usize = 16;
/// A picture with less spread in it, in grey levels squared, is even.
const LEAST_VARIANCE: f32 = 4.0;
/// How much of the difference between dark and light the weakest step between two rings must have to
/// count in full: one over this.
const STEPS_COUNT: f32 = 1.5;
/// Places that are sorted.
const MOST_PLACES: usize = 30_000;

/// A place that looks like a finder pattern.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) place: Point,
    /// Pixels along a module.
    pub(crate) module: f32,
    /// `0.0` to `1.0`.
    pub(crate) likeness: f32,
}

/// A pattern of one size: its squares, and what their sums are multiplied by.
struct Shape {
    sides: [usize; 4],
    module: f32,
    /// One over the areas: the middle, the light ring, the dark ring, the light around.
    each: [f32; 4],
    /// One over the areas of all that is dark, all that is light, and all.
    dark: f32,
    light: f32,
    all: f32,
    /// The product of the shares of dark and light.
    balance: f32,
}

impl Shape {
    fn of(sides: [usize; 4], module: f32) -> Self {
        let [a, b, c, d] = sides.map(|side| (side * side) as f32);
        let (dark, light) = (a + c - b, b - a + d - c);
        Self {
            sides,
            module,
            each: [1.0 / a, 1.0 / (b - a), 1.0 / (c - b), 1.0 / (d - c)],
            dark: 1.0 / dark,
            light: 1.0 / light,
            all: 1.0 / d,
            balance: dark * light / (d * d),
        }
    }

    /// Rows from one that is looked at to the next: a pattern is as high as its middle.
    fn stride(&self) -> usize {
        if self.module < 2.0 { 1 } else { 2 }
    }

    fn outer(&self) -> usize {
        self.sides[3]
    }

    /// How well light and dark areas explain a place (the square of a correlation), as two numbers
    /// of which the first is to be divided by the second; the first is negative where light and
    /// dark are exchanged. As far as each ring stands out from its neighbour: a blot is no pattern.
    #[inline]
    fn likeness(&self, [a, b, c, d]: [f32; 4], squares: f32) -> (f32, f32) {
        let middle = a * self.each[0];
        let ring = (b - a) * self.each[1];
        let frame = (c - b) * self.each[2];
        let around = (d - c) * self.each[3];
        let apart = (b - a + d - c) * self.light - (a + c - b) * self.dark;
        let mean = d * self.all;
        let variance = (squares * self.all - mean * mean).max(LEAST_VARIANCE);
        let sign = 1.0f32.copysign(apart);
        let steps = [ring - middle, ring - frame, around - frame].map(|step| step * sign);
        let least = steps[0].min(steps[1]).min(steps[2]).max(0.0);
        let weaker = apart.abs().min(STEPS_COUNT * least);
        (self.balance * weaker * weaker * sign, variance)
    }
}

/// The best candidates of dark and of light patterns, best first, one a place.
pub(crate) fn candidates(picture: &Luma) -> [Vec<Candidate>; 2] {
    let sums = Sums::of(picture);
    let mut found = [Vec::new(), Vec::new()];
    for (sides, module) in SIZES {
        search(&sums, picture, &Shape::of(sides, module), &mut found);
    }
    found.map(apart)
}

fn search(sums: &Sums, picture: &Luma, shape: &Shape, found: &mut [Vec<Candidate>; 2]) {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let outer = shape.outer();
    if width < outer || height < outer {
        return;
    }
    let across = width - outer + 1;
    let mut areas: [Vec<f32>; 4] = std::array::from_fn(|_| vec![0.0; across]);
    let mut squares = vec![0.0; across];
    let mut excess = vec![0.0; across];
    let middle = outer as f32 / 2.0;
    for top in (0..=height - outer).step_by(shape.stride()) {
        for (out, side) in areas.iter_mut().zip(shape.sides) {
            let inset = (outer - side) / 2;
            squares_along(&sums.values, sums.row, (inset, top + inset), side, out);
        }
        squares_along(&sums.squares, sums.row, (0, top), outer, &mut squares);
        let [a, b, c, d] = &areas;
        let values = a.iter().zip(b).zip(c).zip(d).zip(&squares);
        for (out, ((((a, b), c), d), squares)) in excess.iter_mut().zip(values) {
            let (likeness, variance) = shape.likeness([*a, *b, *c, *d], *squares);
            *out = likeness.abs() - LEAST * LEAST * variance;
        }
        for x in (0..across).filter(|x| excess[*x] > 0.0) {
            let (likeness, variance) = shape.likeness([a[x], b[x], c[x], d[x]], squares[x]);
            found[usize::from(likeness < 0.0)].push(Candidate {
                place: (x as f32 + middle, top as f32 + middle),
                module: shape.module,
                likeness: (likeness.abs() / variance).sqrt(),
            });
        }
    }
}

/// The best places, none within another's pattern.
fn apart(mut found: Vec<Candidate>) -> Vec<Candidate> {
    found.sort_by(|a, b| b.likeness.total_cmp(&a.likeness));
    found.truncate(MOST_PLACES);
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in found {
        let near = |other: &Candidate| {
            let (dx, dy) = (
                other.place.0 - candidate.place.0,
                other.place.1 - candidate.place.1,
            );
            dx.hypot(dy) < 3.5 * other.module.max(candidate.module)
        };
        if !kept.iter().any(near) {
            kept.push(candidate);
        }
        if kept.len() == MOST {
            break;
        }
    }
    kept
}
