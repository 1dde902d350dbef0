//! Finder patterns in a picture of black and white, within a budget.
//!
//! The pieces are rxing's; the order of the rows and the budget are ours. Noise looks like a pattern
//! at thousands of places, and each place costs as much as a row: a search without a budget takes a
//! few milliseconds on a page and a hundred on a dark frame.

use rxing::common::cpp_essentials::{
    ConcentricPattern, FindLeftGuardBy, FixedPattern, IsPattern, LocateConcentricPattern,
    PatternView,
};
use rxing::{Point, point};

use crate::bits::Bits;
use crate::reader::Search;

/// Dark, light, dark, light, dark of a finder pattern, in modules (ISO/IEC 18004).
const PATTERN: FixedPattern<5, 7, false> = FixedPattern::new([1, 1, 3, 1, 1]);
/// Rows looked at are so far apart: the middle of a pattern of one pixel a module.
const CLOSE_ROWS: u32 = 3;
/// Rows of a quick look, as a share of the height: a code of version 20 as high as a quarter.
const QUICK_SHARE: u32 = 4 * (20 * 4 + 17) / 3;
/// In which order the rows are taken, of every four: what is large is found in the first round.
const ROUNDS: [u32; 4] = [0, 2, 1, 3];
/// Places that may be looked at closely in one picture.
const MOST_PLACES: usize = 900;

/// The patterns of a picture, as far as the budget reaches. May panic on odd pictures, as rxing's
/// own search.
pub(crate) fn patterns(bits: &Bits, search: Search, least_module: u32) -> Vec<ConcentricPattern> {
    let stride = match search {
        Search::Thorough => CLOSE_ROWS,
        Search::Quick => (bits.matrix.height() / QUICK_SHARE).max(CLOSE_ROWS * least_module.max(1)),
    };
    let mut seen = Vec::new();
    let mut places = 0;
    let mut runs = Vec::new();
    for round in ROUNDS {
        let first = stride - 1 + round * stride;
        for y in (first..bits.matrix.height()).step_by((4 * stride) as usize) {
            bits.runs(y, &mut runs);
            let mut next = PatternView::from_slice(&runs);
            while let Ok(view) = find(next, least_module as f32) {
                if !view.isValid() {
                    break;
                }
                next = view;
                let before = next.pixelsInFront() + next[0] + next[1];
                let place = point(f32::from(before) + f32::from(next[2]) / 2.0, y as f32 + 0.5);
                if !is_inside_one(&seen, place) {
                    places += 1;
                    // Three times the width, for very skewed codes.
                    let range = i32::from(next.iter().sum::<u16>()) * 3;
                    seen.extend(LocateConcentricPattern::<true, 5, 7>(
                        &bits.matrix,
                        &PATTERN.into(),
                        place,
                        range,
                    ));
                }
                next.skipPair();
                next.skipPair();
                next.extend();
            }
            if places > MOST_PLACES {
                return seen;
            }
        }
    }
    seen
}

fn is_inside_one(seen: &[ConcentricPattern], place: Point) -> bool {
    seen.iter()
        .any(|known| Point::distance(place, known.p) < known.size as f32 / 2.0)
}

/// The next place in a row whose runs could be a pattern's.
fn find(view: PatternView<'_>, least_module: f32) -> rxing::common::Result<PatternView<'_>> {
    FindLeftGuardBy::<5, _>(view, 5, |view: &PatternView<'_>, quiet: Option<f32>| {
        let (middle, lights): (u16, _) = (view[2], u16::max(view[1], view[3]));
        let plausible = middle >= 3 && middle >= 2 * u16::max(view[0], view[4]) && middle >= lights;
        plausible
            && IsPattern::<true, 5, 7, false>(view, &PATTERN, quiet, 0.1, 0.0, least_module) != 0.0
    })
}
