//! Reads a sighted code whose modules no plain threshold can tell apart.

use quanshengshi_frame::luma::Luma;

use crate::grid::equaliser::{Lesson, equalised};
use crate::grid::fit::{self, Fit, fit};
use crate::grid::format::{Format, likely, places};
use crate::grid::patch::Patch;
use crate::grid::soft::Soft;
use crate::grid::symbol::Symbol;
use crate::grid::words::text;
use crate::sighting::Sighting;

/// What came of a sighting.
pub(crate) struct Rescued {
    pub(crate) text: Option<String>,
    pub(crate) corners: [(f32, f32); 4],
    /// Pixels along a module.
    pub(crate) module: f32,
    /// The share of the modules that are burnt out.
    pub(crate) burnt: f32,
    /// How far light and dark are apart, `0.0` to `1.0`.
    pub(crate) contrast: f32,
}

/// A module in surroundings with less contrast than this tells nothing.
const LEAST_CONTRAST: f32 = 0.04;

/// What comes after the grid was fitted, as so many places looked at.
const READING: f32 = 300_000.0;

/// How much work a sighting is, in places that are looked at.
pub(crate) fn effort(sighting: &Sighting) -> f32 {
    fit::places(sighting) + READING
}

/// Lays a grid over a sighting and reads it; none when there is no grid.
pub(crate) fn rescue(picture: &Luma, sighting: &Sighting) -> Option<Rescued> {
    let (places, margin) = sighting.area();
    let patch = Patch::around(picture, &places, margin, sighting.inverted)?;
    let smooth = patch.softened(((sighting.module() / 3.0) as usize).min(3));
    let Fit { symbol, plane } = fit(&smooth, sighting)?;
    let side = symbol.side as f32;
    let corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)].map(|(x, y)| plane.at(x, y));
    let soft = Soft::sampled(&patch, &plane, symbol, sighting.module());
    let count = soft.contrast.len() as f32;
    let burnt = soft
        .contrast
        .iter()
        .filter(|contrast| **contrast < LEAST_CONTRAST)
        .count();
    Some(Rescued {
        text: read(&soft, symbol),
        corners,
        module: sighting.module(),
        burnt: burnt as f32 / count,
        contrast: soft.contrast.iter().sum::<f32>() / count,
    })
}

fn read(soft: &Soft, symbol: &Symbol) -> Option<String> {
    let side = symbol.side;
    let plain: Vec<f32> = (0..side * side)
        .map(|at| soft.values[soft.place(at % side, at / side)])
        .collect();
    let trust = |x: usize, y: usize| soft.contrast[soft.place(x, y)].clamp(0.02, 0.3);
    let mut lessons: Vec<Lesson> = symbol
        .known
        .iter()
        .map(|known| {
            let (x, y) = (usize::from(known.x), usize::from(known.y));
            (x, y, if known.dark { 1.0 } else { -1.0 }, trust(x, y))
        })
        .collect();
    let fixed = lessons.len();
    let mut values = equalised(soft, &lessons, 0.05)?;
    for round in 0..4 {
        let formats = likely(side, |x, y| values[y * side + x]);
        for format in formats.iter().take(2) {
            if let Some(text) = text(symbol, *format, &scaled(&values, soft)) {
                return Some(text);
            }
        }
        if round == 0
            && let Some(text) = text(symbol, formats[0], &scaled(&plain, soft))
        {
            return Some(text);
        }
        lessons.truncate(fixed);
        teach_format(&mut lessons, side, formats[0], trust);
        for (x, y) in &symbol.data {
            let (x, y) = (usize::from(*x), usize::from(*y));
            let value = values[y * side + x];
            lessons.push((x, y, value.signum(), value.abs().min(1.0) * trust(x, y)));
        }
        values = equalised(soft, &lessons, 0.01)?;
    }
    None
}

fn teach_format(
    lessons: &mut Vec<Lesson>,
    side: usize,
    format: Format,
    trust: impl Fn(usize, usize) -> f32,
) {
    for (at, copies) in places(side).into_iter().enumerate() {
        let colour = if format.word >> (14 - at) & 1 == 1 {
            1.0
        } else {
            -1.0
        };
        for (x, y) in copies {
            lessons.push((x, y, colour, trust(x, y)));
        }
    }
}

/// What is known of a module whose surroundings are all of one grey is nothing.
fn scaled(values: &[f32], soft: &Soft) -> Vec<f32> {
    let side = soft.side;
    values
        .iter()
        .enumerate()
        .map(|(at, value)| value * (soft.contrast[soft.place(at % side, at / side)] / 0.1).min(1.0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use qrcode::{Color, EcLevel, QrCode};

    #[test]
    fn a_clean_grid_is_read() {
        let text = "https://portal.example/q/1.AAECAwQFBgcICQoLDA0ODw.17.j6Am7MmeBvx1H8ZsVqnKhg";
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let module = 5;
        let side = code.width();
        let row = (side + 8) * module;
        let colours = code.to_colors();
        let mut pixels = vec![255u8; row * row];
        for y in 0..side * module {
            for x in 0..side * module {
                if colours[y / module * side + x / module] == Color::Dark {
                    pixels[(y + 4 * module) * row + x + 4 * module] = 0;
                }
            }
        }
        let picture = Luma {
            width: row as u32,
            height: row as u32,
            pixels,
        };
        let far = (4 + side) as f32 * 5.0 - 17.5;
        let sighting = Sighting {
            centres: [(37.5, 37.5), (far, 37.5), (37.5, far)],
            size: 35.0,
            inverted: false,
        };
        let rescued = rescue(&picture, &sighting).unwrap();
        assert_eq!(rescued.text.as_deref(), Some(text));
    }
}
