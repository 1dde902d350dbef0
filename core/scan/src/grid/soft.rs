//! How light each module is, freed of uneven light.

use crate::grid::patch::Patch;
use crate::grid::symbol::Symbol;
use crate::plane::Plane;

/// Modules around the symbol that are sampled too: its quiet zone, for the equaliser.
pub(crate) const MARGIN: usize = 2;

/// A value a module, row by row, with [`MARGIN`] around: positive is dark.
#[derive(Debug, Clone)]
pub(crate) struct Soft {
    pub(crate) side: usize,
    pub(crate) values: Vec<f32>,
    /// How far light and dark are apart around each module, `0.0` to `1.0`.
    pub(crate) contrast: Vec<f32>,
}

impl Soft {
    /// Samples a grid.
    pub(crate) fn sampled(patch: &Patch, plane: &Plane, symbol: &Symbol, module: f32) -> Self {
        let row = symbol.side + 2 * MARGIN;
        let fine = (module * 0.7).round().clamp(1.0, 4.0) as usize;
        let step = 0.8 / fine as f32;
        let mut lights = Vec::with_capacity(row * row);
        for y in 0..row {
            for x in 0..row {
                let (left, top) = (
                    x as f32 - MARGIN as f32 + 0.1,
                    y as f32 - MARGIN as f32 + 0.1,
                );
                let mut sum = 0.0;
                for v in 0..fine {
                    for u in 0..fine {
                        let (u, v) = ((u as f32 + 0.5) * step, (v as f32 + 0.5) * step);
                        sum += patch.at(plane.at(left + u, top + v));
                    }
                }
                lights.push(sum / (fine * fine) as f32);
            }
        }
        Self::evened(&lights, symbol.side)
    }

    /// Takes the mean of the surroundings away and divides by their spread.
    fn evened(lights: &[f32], side: usize) -> Self {
        const REACH: usize = 4;
        let row = side + 2 * MARGIN;
        let mut sums = vec![(0.0f32, 0.0f32); (row + 1) * (row + 1)];
        for y in 0..row {
            let (mut sum, mut squares) = (0.0, 0.0);
            for x in 0..row {
                let light = lights[y * row + x];
                sum += light;
                squares += light * light;
                let above = sums[y * (row + 1) + x + 1];
                sums[(y + 1) * (row + 1) + x + 1] = (above.0 + sum, above.1 + squares);
            }
        }
        let mut values = Vec::with_capacity(row * row);
        let mut contrast = Vec::with_capacity(row * row);
        // The quiet zone is no part of the balance of light and dark.
        let bounds = |at: usize| {
            let low = at.saturating_sub(REACH).clamp(MARGIN, row - MARGIN - REACH);
            let high = (at + REACH + 1).clamp(MARGIN + REACH, row - MARGIN);
            (low, high)
        };
        for y in 0..row {
            let (top, bottom) = bounds(y);
            for x in 0..row {
                let (left, right) = bounds(x);
                let count = ((right - left) * (bottom - top)) as f32;
                let corner = |x: usize, y: usize| sums[y * (row + 1) + x];
                let (a, b) = (corner(right, bottom), corner(left, top));
                let (c, d) = (corner(right, top), corner(left, bottom));
                let mean = (a.0 + b.0 - c.0 - d.0) / count;
                let spread = ((a.1 + b.1 - c.1 - d.1) / count - mean * mean)
                    .max(0.0)
                    .sqrt();
                values.push((mean - lights[y * row + x]) / (spread + 0.01));
                contrast.push(spread * 2.0);
            }
        }
        Self {
            side,
            values,
            contrast,
        }
    }

    /// The place of a module in the values.
    pub(crate) fn place(&self, x: usize, y: usize) -> usize {
        (y + MARGIN) * (self.side + 2 * MARGIN) + x + MARGIN
    }
}
