//! Reads a sighted code whose modules no plain threshold can tell apart, a turn at a time.

use quanshengshi_frame::luma::Luma;

use crate::grid::equaliser::{Lesson, equalised};
use crate::grid::fit::{self, Fit, fit};
use crate::grid::format::{Format, likely, places};
use crate::grid::patch::Patch;
use crate::grid::soft::Soft;
use crate::grid::spread::explained;
use crate::grid::symbol::Symbol;
use crate::grid::words::text;
use crate::sighting::Sighting;

/// A module in surroundings with less contrast than this tells nothing.
const LEAST_CONTRAST: f32 = 0.04;

/// Turns with the equaliser, the first one taught by the fixed modules only.
const EQUALISED: usize = 4;
/// Turns that explain the picture, beginning with what the equaliser has found, and then beginning
/// with what was seen: noise misleads the equaliser.
const EXPLAINED: usize = 3;

/// How much more work it is to explain a module than to equalise it.
const EXPLAINING: f32 = 2.5;

/// A code with a grid laid over it, on the way to being read. It keeps what it needs of its picture,
/// so that it can go on while the next frames come.
pub(crate) struct Rescue {
    pub(crate) corners: [(f32, f32); 4],
    /// Pixels along a module.
    pub(crate) module: f32,
    /// The share of the modules that are burnt out.
    pub(crate) burnt: f32,
    /// How far light and dark are apart, `0.0` to `1.0`.
    pub(crate) contrast: f32,
    symbol: &'static Symbol,
    soft: Soft,
    plain: Vec<f32>,
    values: Vec<f32>,
    /// What the turns that explain the picture have made of the equaliser's values.
    told: Vec<f32>,
    turns: usize,
}

/// How much work it is to lay a grid, in places that are looked at.
pub(crate) fn effort(sighting: &Sighting) -> f32 {
    fit::places(sighting)
}

impl Rescue {
    /// Lays a grid over a sighting; none when it is no code.
    pub(crate) fn laid(picture: &Luma, sighting: &Sighting) -> Option<Self> {
        let (places, margin) = sighting.area();
        let patch = Patch::around(picture, &places, margin, sighting.inverted)?;
        let smooth = patch.softened(((sighting.module() / 3.0) as usize).min(3));
        let Fit { symbol, plane } = fit(&smooth, sighting)?;
        let end = symbol.side as f32;
        let corners = [(0.0, 0.0), (end, 0.0), (end, end), (0.0, end)].map(|(x, y)| plane.at(x, y));
        let soft = Soft::sampled(&patch, &plane, symbol, sighting.module());
        let count = soft.contrast.len() as f32;
        let is_burnt = |contrast: &&f32| **contrast < LEAST_CONTRAST;
        let side = symbol.side;
        let plain: Vec<f32> = (0..side * side)
            .map(|at| soft.values[soft.place(at % side, at / side)])
            .collect();
        Some(Self {
            corners,
            module: sighting.module(),
            burnt: soft.contrast.iter().filter(is_burnt).count() as f32 / count,
            contrast: soft.contrast.iter().sum::<f32>() / count,
            symbol,
            values: plain.clone(),
            plain,
            soft,
            told: Vec::new(),
            turns: 0,
        })
    }

    /// Turns that were taken.
    pub(crate) fn turns(&self) -> usize {
        self.turns
    }

    /// Whether there is nothing left to try.
    pub(crate) fn is_over(&self) -> bool {
        self.turns >= EQUALISED + 2 * EXPLAINED
    }

    /// How much work the next turn is, in modules that are equalised.
    pub(crate) fn effort(&self) -> f32 {
        let modules = (self.symbol.side * self.symbol.side) as f32;
        if self.turns < EQUALISED {
            modules
        } else {
            modules * EXPLAINING
        }
    }

    /// Takes the next turn; the text if the code can be read by now.
    pub(crate) fn goes_on(&mut self) -> Option<String> {
        let turn = self.turns;
        self.turns += 1;
        if turn < EQUALISED {
            return self.equalise(turn);
        }
        if turn == EQUALISED + EXPLAINED {
            self.told = std::mem::replace(&mut self.values, self.plain.clone());
        }
        let format = *self.formats().first()?;
        self.values = explained(&self.soft, &self.values, &self.fixed(format))?;
        self.text(format, &self.values)
    }

    /// The modules as this frame shows them, a value each, as far as it is sure; nothing before the
    /// turns that begin with the equaliser's values are over.
    pub(crate) fn told(&self) -> &[f32] {
        &self.told
    }

    /// The text of modules that other frames have told as well.
    pub(crate) fn text_of(&self, values: &[f32]) -> Option<String> {
        let side = self.symbol.side;
        let formats = likely(side, |x, y| values[y * side + x]);
        self.text(*formats.first()?, values)
    }

    fn equalise(&mut self, turn: usize) -> Option<String> {
        let lessons = self.lessons(turn > 0);
        self.values = equalised(&self.soft, &lessons, if turn == 0 { 0.05 } else { 0.01 })?;
        let formats = self.formats();
        let of_plain = || self.text(*formats.first()?, &self.plain);
        let of_values = formats
            .iter()
            .take(2)
            .find_map(|format| self.text(*format, &self.values));
        of_values.or_else(|| if turn == 0 { of_plain() } else { None })
    }

    /// What is taken for granted: the fixed modules and, once there are values, all others as far as
    /// they are sure.
    fn lessons(&self, all: bool) -> Vec<Lesson> {
        let side = self.symbol.side;
        let trust = |x: usize, y: usize| self.soft.contrast[self.soft.place(x, y)].clamp(0.02, 0.3);
        let known = self.symbol.known.iter().map(|known| {
            let (x, y) = (usize::from(known.x), usize::from(known.y));
            (x, y, if known.dark { 1.0 } else { -1.0 }, trust(x, y))
        });
        let mut lessons: Vec<Lesson> = known.collect();
        if !all {
            return lessons;
        }
        if let Some(format) = self.formats().first() {
            let format = format_modules(side, *format);
            lessons.extend(
                format.map(|(x, y, dark)| (x, y, if dark { 1.0 } else { -1.0 }, trust(x, y))),
            );
        }
        lessons.extend(self.symbol.data.iter().map(|(x, y)| {
            let (x, y) = (usize::from(*x), usize::from(*y));
            let value = self.values[y * side + x];
            (x, y, value.signum(), value.abs().min(1.0) * trust(x, y))
        }));
        lessons
    }

    /// The colours that do not depend on the text.
    fn fixed(&self, format: Format) -> Vec<Option<bool>> {
        let side = self.symbol.side;
        let mut fixed = vec![None; side * side];
        for known in &self.symbol.known {
            fixed[usize::from(known.y) * side + usize::from(known.x)] = Some(known.dark);
        }
        for (x, y, dark) in format_modules(side, format) {
            fixed[y * side + x] = Some(dark);
        }
        fixed
    }

    fn formats(&self) -> Vec<Format> {
        let side = self.symbol.side;
        likely(side, |x, y| self.values[y * side + x])
    }

    /// What is known of a module whose surroundings are all of one grey is nothing.
    fn text(&self, format: Format, values: &[f32]) -> Option<String> {
        let side = self.symbol.side;
        let scaled: Vec<f32> = values
            .iter()
            .enumerate()
            .map(|(at, value)| {
                let contrast = self.soft.contrast[self.soft.place(at % side, at / side)];
                value * (contrast / 0.1).min(1.0)
            })
            .collect();
        text(self.symbol, format, &scaled)
    }
}

/// Both copies of a format's modules, `(x, y, dark)`.
fn format_modules(side: usize, format: Format) -> impl Iterator<Item = (usize, usize, bool)> {
    let bits = places(side).into_iter().enumerate();
    bits.flat_map(move |(at, copies)| {
        let dark = format.word >> (14 - at) & 1 == 1;
        copies.map(|(x, y)| (x, y, dark))
    })
}

#[cfg(test)]
mod tests;
