//! The one door to rxing's detector: a picture in, the codes it can read and the places where it
//! saw a code but could not read it out.

use std::panic::{AssertUnwindSafe, catch_unwind};

use quanshengshi_frame::luma::Luma;
use rxing::common::DetectorRXingResult as _;
use rxing::common::cpp_essentials::ConcentricPattern;
use rxing::common::{BitMatrix, GlobalHistogramBinarizer};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{FinderPatternSet, GenerateFinderPatternSets, SampleQR};
use rxing::{Binarizer as _, Luma8Source};

use crate::alphabet;
use crate::bits::{Bits, Drawing};
use crate::code::QrText;
use crate::grey::blocks::below_blocks;
use crate::patterns::patterns;
use crate::sighting::{Sighting, distance};

/// Finder patterns looked at in one picture; a page has a few, noise has hundreds.
const MOST_PATTERNS: usize = 80;
/// Sets of three that are tried.
const MOST_SETS: usize = 40;
/// Sightings that are kept.
const MOST_SIGHTINGS: usize = 3;

/// What one picture gave.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) codes: Vec<QrText>,
    pub(crate) sightings: Vec<Sighting>,
}

/// How closely a picture is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Search {
    /// Every third row.
    Thorough,
    /// As many rows as a code of an ordinary size needs.
    Quick,
}

/// Of the pixels along a row, how many may be edges in a picture worth searching: in noise the
/// budget for patterns is spent before a code is met.
const MOST_EDGES: f32 = 0.40;
/// From so many edges on, patterns of a pixel a module are noise.
const MANY_EDGES: f32 = 0.16;
/// Pixels from which a search can become long; a smaller picture may be all code.
const LARGE: u32 = 300_000;

/// Reads a grey picture.
pub(crate) fn read(picture: &Luma, inverted: bool, search: Search) -> Findings {
    let bits = below_blocks(picture).or_else(|| below_one(picture));
    bits.map(|bits| read_bits(&bits, inverted, search))
        .unwrap_or_default()
}

/// A picture too small for blocks, against one limit.
fn below_one(picture: &Luma) -> Option<Bits> {
    let source = Luma8Source::new_with_slice(&picture.pixels, picture.width, picture.height);
    let binarizer = GlobalHistogramBinarizer::new(source.ok()?);
    let matrix = binarizer.get_black_matrix().ok()?;
    let mut drawing = Drawing::new(picture.width, picture.height);
    for y in 0..picture.height {
        let marks = (0..picture.width).map(|x| u8::from(matrix.get(x, y)));
        drawing.darken(y as usize, &marks.collect::<Vec<_>>());
    }
    drawing.done()
}

/// Reads a picture of black and white.
pub(crate) fn read_bits(bits: &Bits, inverted: bool, search: Search) -> Findings {
    // rxing documents that its search may panic; what cannot be searched has no code.
    catch_unwind(AssertUnwindSafe(|| searched(bits, inverted, search))).unwrap_or_default()
}

fn searched(bits: &Bits, inverted: bool, search: Search) -> Findings {
    let is_large = bits.matrix.width() * bits.matrix.height() > LARGE;
    let edges = if is_large { bits.edges() } else { 0.0 };
    if edges > MOST_EDGES {
        return Findings::default();
    }
    let least_module = if edges > MANY_EDGES { 2 } else { 0 };
    let mut patterns = patterns(bits, search, least_module);
    patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.size));
    patterns.truncate(MOST_PATTERNS);
    let mut used: Vec<ConcentricPattern> = Vec::new();
    let mut found = Findings::default();
    for set in GenerateFinderPatternSets(&mut patterns)
        .into_iter()
        .take(MOST_SETS)
    {
        let three = [set.tl, set.tr, set.bl];
        if three.iter().any(|pattern| used.contains(pattern)) {
            continue;
        }
        if let Some(code) = sampled(&bits.matrix, &set) {
            used.extend(three);
            found.codes.push(code);
        } else if found.sightings.len() < 4 * MOST_SIGHTINGS {
            found.sightings.extend(sighting(&three, inverted));
        }
    }
    found.sightings.retain(|sighting| {
        !found
            .codes
            .iter()
            .any(|code| code.holds(sighting.centres[0]))
    });
    found
        .sightings
        .sort_by(|a, b| unevenness(a).total_cmp(&unevenness(b)));
    found.sightings.truncate(MOST_SIGHTINGS);
    found
}

/// rxing's errors mean "no code here".
fn sampled(bits: &BitMatrix, set: &FinderPatternSet) -> Option<QrText> {
    let sampled = SampleQR(bits, set).ok()?;
    let read = Decode(sampled.getBits()).ok()?;
    let text = read
        .isValid()
        .then(|| alphabet::text(&read))
        .filter(|text| !text.is_empty())?;
    // In reading order: top left, top right, bottom left, bottom right.
    let &[first, second, third, fourth] = sampled.getPoints() else {
        return None;
    };
    let corners = [first, second, fourth, third].map(|point| (point.x, point.y));
    Some(QrText { text, corners })
}

fn sighting(three: &[ConcentricPattern; 3], inverted: bool) -> Option<Sighting> {
    let sizes = three.map(|pattern| pattern.size as f32);
    let (least, most) = (
        sizes[0].min(sizes[1]).min(sizes[2]),
        sizes[0].max(sizes[1]).max(sizes[2]),
    );
    let size = sizes.iter().sum::<f32>() / 3.0;
    let centres = three.map(|pattern| (pattern.p.x, pattern.p.y));
    (most <= least * 1.7 && least >= 6.0).then_some(Sighting {
        centres,
        size,
        inverted,
    })
}

/// How far three patterns are from the corners of a square.
fn unevenness(sighting: &Sighting) -> f32 {
    let [tl, tr, bl] = sighting.centres;
    let (across, down, slant) = (distance(tl, tr), distance(tl, bl), distance(tr, bl));
    let sides = (across / down).max(down / across) - 1.0;
    let corner = (slant / across.hypot(down) - 1.0).abs();
    sides + 2.0 * corner
}
