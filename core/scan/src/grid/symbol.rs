//! What the standard fixes about a symbol of a version before anything is read.

use std::ops::Range;
use std::sync::OnceLock;

use rxing::common::BitMatrix;
use rxing::qrcode::common::{Version, VersionRef};

/// A module whose colour every symbol of the version shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) x: u16,
    pub(crate) y: u16,
    pub(crate) dark: bool,
}

/// The fixed parts of a version.
pub(crate) struct Symbol {
    pub(crate) version: VersionRef,
    /// Modules along a side.
    pub(crate) side: usize,
    /// Finder patterns with their separators, timing lines, alignment patterns, version words.
    pub(crate) known: Vec<Known>,
    /// The parts of `known`, each seen under about the same light.
    pub(crate) parts: Vec<Range<usize>>,
    /// Places of the data bits in reading order, `(x, y)`.
    pub(crate) data: Vec<(u16, u16)>,
}

/// The symbol of a version from 1 to 40, built once; none for other numbers.
pub(crate) fn symbol(version: usize) -> Option<&'static Symbol> {
    static SYMBOLS: [OnceLock<Option<Symbol>>; 40] = [const { OnceLock::new() }; 40];
    let slot = SYMBOLS.get(version.checked_sub(1)?)?;
    slot.get_or_init(|| build(version)).as_ref()
}

fn build(number: usize) -> Option<Symbol> {
    let version = Version::getVersionForNumber(number as u32).ok()?;
    let fixed = version.buildFunctionPattern().ok()?;
    let side = number * 4 + 17;
    let mut parts = Vec::new();
    let mut known = Vec::new();
    let mut part = |modules: Vec<Known>| {
        let start = known.len();
        known.extend(modules);
        parts.push(start..known.len());
    };
    for (left, top) in [(0, 0), (side - 7, 0), (0, side - 7)] {
        part(finder(left, top, side));
    }
    let along: Vec<usize> = (8..side - 8).collect();
    part(
        along
            .iter()
            .map(|at| fixed_at(*at, 6, at % 2 == 0))
            .collect(),
    );
    part(
        along
            .iter()
            .map(|at| fixed_at(6, *at, at % 2 == 0))
            .collect(),
    );
    let centres = version.getAlignmentPatternCenters();
    for (row, y) in centres.iter().enumerate() {
        for (column, x) in centres.iter().enumerate() {
            let last = centres.len() - 1;
            let corner = matches!((row, column), (0, 0))
                || (row, column) == (0, last)
                || (row, column) == (last, 0);
            if !corner {
                part(alignment(*x as usize, *y as usize));
            }
        }
    }
    if number >= 7 {
        let word = version_word(number as u32);
        let bit = |at: usize| word >> at & 1 == 1;
        part(
            (0..18)
                .map(|at| fixed_at(side - 11 + at % 3, at / 3, bit(at)))
                .collect(),
        );
        part(
            (0..18)
                .map(|at| fixed_at(at / 3, side - 11 + at % 3, bit(at)))
                .collect(),
        );
    }
    let data = reading_order(&fixed, side);
    Some(Symbol {
        version,
        side,
        known,
        parts,
        data,
    })
}

fn fixed_at(x: usize, y: usize, dark: bool) -> Known {
    Known {
        x: x as u16,
        y: y as u16,
        dark,
    }
}

/// Seven modules with the separator on the sides that lie inside the symbol.
fn finder(left: usize, top: usize, side: usize) -> Vec<Known> {
    let mut modules = Vec::new();
    for y in top.saturating_sub(1)..(top + 8).min(side) {
        for x in left.saturating_sub(1)..(left + 8).min(side) {
            let ring = ring(x, y, left + 3, top + 3);
            modules.push(fixed_at(x, y, ring < 2 || ring == 3));
        }
    }
    modules
}

fn alignment(x: usize, y: usize) -> Vec<Known> {
    let around = |centre: usize| centre - 2..=centre + 2;
    around(y)
        .flat_map(|row| {
            around(x).map(move |column| fixed_at(column, row, ring(column, row, x, y) != 1))
        })
        .collect()
}

fn ring(x: usize, y: usize, centre_x: usize, centre_y: usize) -> usize {
    x.abs_diff(centre_x).max(y.abs_diff(centre_y))
}

/// Six bits of version and their twelve check bits.
fn version_word(number: u32) -> u32 {
    let mut rest = number << 12;
    for at in (12..18).rev() {
        if rest >> at & 1 == 1 {
            rest ^= 0x1F25 << (at - 12);
        }
    }
    number << 12 | rest
}

/// Two columns at a time from the right, up and down in turn, around what is fixed.
fn reading_order(fixed: &BitMatrix, side: usize) -> Vec<(u16, u16)> {
    let mut order = Vec::new();
    let mut upward = true;
    let mut right = side - 1;
    loop {
        for step in 0..side {
            let y = if upward { side - 1 - step } else { step };
            for x in [right, right - 1] {
                if !fixed.get(x as u32, y as u32) {
                    order.push((x as u16, y as u16));
                }
            }
        }
        upward = !upward;
        right = match right.checked_sub(2) {
            Some(6) => 5,
            Some(next) if next > 0 => next,
            _ => return order,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use qrcode::{Color, EcLevel, QrCode, Version as Drawn};

    #[test]
    fn what_is_known_is_what_another_writer_draws_in_every_version() {
        for number in 1..=40 {
            let symbol = symbol(number).unwrap();
            let drawn =
                QrCode::with_version("x", Drawn::Normal(number as i16), EcLevel::L).unwrap();
            assert_eq!(drawn.width(), symbol.side);
            let colours = drawn.to_colors();
            for known in &symbol.known {
                let at = usize::from(known.y) * symbol.side + usize::from(known.x);
                assert_eq!(known.dark, colours[at] == Color::Dark, "{number} {known:?}");
            }
            assert_eq!(
                symbol.data.len() / 8,
                symbol.version.getTotalCodewords() as usize
            );
        }
        assert!(symbol(0).is_none() && symbol(41).is_none());
    }
}
