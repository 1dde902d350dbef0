//! Which three candidates are the corners of a code.

use crate::likeness::map::Candidate;
use crate::sighting::{Sighting, distance};

/// Sightings that are given.
const MOST: usize = 3;
/// Modules between the middles of two patterns, in the smallest and the largest version.
const SIDES: (f32, f32) = (14.0, 170.0);

/// The likeliest threes, best first, with how likely they are.
pub(crate) fn sightings(candidates: &[Candidate], inverted: bool) -> Vec<(f32, Sighting)> {
    let mut found = Vec::new();
    for (at, corner) in candidates.iter().enumerate() {
        for (other, right) in candidates.iter().enumerate() {
            for (third, below) in candidates.iter().enumerate() {
                if at == other || other == third || at == third {
                    continue;
                }
                found.extend(sighting([corner, right, below], inverted));
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.truncate(MOST);
    found
}

fn sighting(three: [&Candidate; 3], inverted: bool) -> Option<(f32, Sighting)> {
    let [tl, tr, bl] = three.map(|candidate| candidate.place);
    let modules = three.map(|candidate| candidate.module);
    let (least, most) = modules
        .iter()
        .fold((f32::MAX, 0.0f32), |(least, most), module| {
            (least.min(*module), most.max(*module))
        });
    let turn = (tr.0 - tl.0) * (bl.1 - tl.1) - (tr.1 - tl.1) * (bl.0 - tl.0);
    if turn <= 0.0 || most > least * 1.5 {
        return None;
    }
    let (across, down) = (distance(tl, tr), distance(tl, bl));
    let module = modules.iter().sum::<f32>() / 3.0;
    let side = across.midpoint(down) / module;
    let skew = (across / down).max(down / across) - 1.0;
    let corner = turn / (across * down);
    if skew > 0.6 || corner < 0.75 || side < SIDES.0 * 0.8 || side > SIDES.1 {
        return None;
    }
    let likeness = three
        .iter()
        .map(|candidate| candidate.likeness)
        .sum::<f32>()
        / 3.0;
    let weight = likeness - 0.25 * skew - 0.5 * (1.0 - corner);
    let sighting = Sighting {
        centres: [tl, tr, bl],
        size: module * 7.0,
        inverted,
    };
    Some((weight, sighting))
}
