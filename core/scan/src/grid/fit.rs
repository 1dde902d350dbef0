//! Where the grid of a sighted code lies: the view under which the fixed modules agree best.

use std::ops::Range;

use crate::grid::patch::Patch;
use crate::grid::symbol::{Symbol, symbol};
use crate::plane::{Plane, Point};
use crate::sighting::Sighting;

/// A grid laid over a picture.
pub(crate) struct Fit {
    pub(crate) symbol: &'static Symbol,
    pub(crate) plane: Plane,
}

/// The three centres of the finder patterns and the fourth place, seen and on the code.
#[derive(Clone, Copy)]
struct Pins {
    seen: [Point; 4],
    side: f32,
}

impl Pins {
    fn plane(&self) -> Option<Plane> {
        let (near, far) = (3.5, self.side - 3.5);
        let fourth = self.side - 6.5;
        Plane::through(
            [(near, near), (far, near), (fourth, fourth), (near, far)],
            self.seen,
        )
    }
}

/// Of a symbol's parts, so many are finder patterns.
const FINDERS: usize = 3;
/// The agreement below which three patterns are no code: noise reaches 0.2.
const LEAST_AGREEMENT: f32 = 0.3;

/// Places that [`fit`] looks at, of which a large version has many: three specks of noise far apart
/// look like one.
pub(crate) fn places(sighting: &Sighting) -> f32 {
    let symbols = versions(sighting).filter_map(symbol);
    symbols
        .map(|symbol| tries(symbol) * loose_modules(symbol) as f32)
        .sum()
}

/// Versions that a sighting may be.
fn versions(sighting: &Sighting) -> impl Iterator<Item = usize> {
    let guess = sighting.version_guess();
    guess.saturating_sub(2).max(1)..=guess + 2
}

/// The best grid of a sighting; none when nothing agrees even roughly.
pub(crate) fn fit(patch: &Patch, sighting: &Sighting) -> Option<Fit> {
    let mut best: Option<(f32, Pins, &'static Symbol)> = None;
    for version in versions(sighting) {
        let Some(symbol) = symbol(version) else {
            continue;
        };
        let Some((agreement, pins)) = coarse(patch, sighting, symbol) else {
            continue;
        };
        if best.as_ref().is_none_or(|(score, ..)| agreement > *score) {
            best = Some((agreement, pins, symbol));
        }
    }
    let (agreement, pins, symbol) = best?;
    if agreement < LEAST_AGREEMENT {
        return None;
    }
    let pins = fine(patch, pins, symbol, agreement, sighting.module());
    Some(Fit {
        symbol,
        plane: pins.plane()?,
    })
}

/// How many modules the fourth place may be from where a parallelogram has it.
fn reach(symbol: &Symbol) -> i32 {
    (symbol.side as f32 * 0.12).ceil().max(3.0) as i32
}

/// Modules between two places that are tried.
fn stride(symbol: &Symbol) -> usize {
    if symbol.version.getVersionNumber() > 1 {
        1
    } else {
        2
    }
}

/// How many fourth places are tried.
fn tries(symbol: &Symbol) -> f32 {
    let along = (2 * reach(symbol)) as usize / stride(symbol) + 1;
    (along * along) as f32
}

/// Tries fourth places around the one a parallelogram would have.
fn coarse(patch: &Patch, sighting: &Sighting, symbol: &Symbol) -> Option<(f32, Pins)> {
    let side = symbol.side as f32;
    let [tl, tr, bl] = sighting.centres;
    let across = ((tr.0 - tl.0) / (side - 7.0), (tr.1 - tl.1) / (side - 7.0));
    let down = ((bl.0 - tl.0) / (side - 7.0), (bl.1 - tl.1) / (side - 7.0));
    let (reach, stride) = (reach(symbol), stride(symbol));
    let mut best: Option<(f32, Pins)> = None;
    for right in (-reach..=reach).step_by(stride) {
        for lower in (-reach..=reach).step_by(stride) {
            let (u, v) = (side - 10.0 + right as f32, side - 10.0 + lower as f32);
            let fourth = (
                tl.0 + across.0 * u + down.0 * v,
                tl.1 + across.1 * u + down.1 * v,
            );
            let pins = Pins {
                seen: [tl, tr, fourth, bl],
                side,
            };
            let Some(plane) = pins.plane() else { continue };
            let away = (right * right + lower * lower) as f32 / (reach * reach) as f32;
            let agreement = agreement(patch, &plane, symbol, loose(symbol)) - 0.03 * away;
            if best.as_ref().is_none_or(|(score, _)| agreement > *score) {
                best = Some((agreement, pins));
            }
        }
    }
    let (_, pins) = best?;
    let agreement = agreement(patch, &pins.plane()?, symbol, &symbol.parts);
    Some((agreement, pins))
}

/// Moves one pin at a time, by less and less, as long as the agreement grows.
fn fine(patch: &Patch, mut pins: Pins, symbol: &Symbol, start: f32, module: f32) -> Pins {
    let mut best = start;
    let mut step = module * 0.5;
    while step > module * 0.08 {
        let mut moved = false;
        for pin in 0..4 {
            for (dx, dy) in [(step, 0.0), (-step, 0.0), (0.0, step), (0.0, -step)] {
                let mut tried = pins;
                tried.seen[pin].0 += dx;
                tried.seen[pin].1 += dy;
                let Some(plane) = tried.plane() else { continue };
                let agreement = agreement(patch, &plane, symbol, &symbol.parts);
                if agreement > best + 1e-5 {
                    (best, pins, moved) = (agreement, tried, true);
                }
            }
        }
        if !moved {
            step *= 0.5;
        }
    }
    pins
}

/// The parts that the fourth place moves: the finder patterns are where they were seen.
fn loose(symbol: &Symbol) -> &[Range<usize>] {
    symbol.parts.get(FINDERS..).unwrap_or_default()
}

fn loose_modules(symbol: &Symbol) -> usize {
    loose(symbol).iter().map(Range::len).sum()
}

/// The mean correlation of some of the fixed parts with what is seen there, each part under its own
/// light.
fn agreement(patch: &Patch, plane: &Plane, symbol: &Symbol, parts: &[Range<usize>]) -> f32 {
    let (mut sum, mut all) = (0.0, 0.0);
    for part in parts {
        let modules = &symbol.known[part.clone()];
        let (mut light, mut squares, mut both, mut dark) = (0.0, 0.0, 0.0, 0.0);
        for known in modules {
            let seen = patch.at(plane.at(f32::from(known.x) + 0.5, f32::from(known.y) + 0.5));
            light += seen;
            squares += seen * seen;
            if known.dark {
                both += seen;
                dark += 1.0;
            }
        }
        let count = modules.len() as f32;
        let spread = (squares - light * light / count).max(1e-4);
        let balance = dark - dark * dark / count;
        let shared = light * dark / count - both;
        sum += shared / (spread * balance).sqrt() * count;
        all += count;
    }
    sum / all
}
