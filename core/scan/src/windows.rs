//! Where a code may lie when no finder pattern was seen: windows with dense edges in both
//! directions and calm around them.

use quanshengshi_frame::luma::Luma;

use crate::grey::crop::Area;

/// Pixels along a block that edges are counted in.
const BLOCK: usize = 16;
/// Windows that are given.
const MOST: usize = 3;

/// The most promising windows, best first; none for a picture too small to have parts.
pub(crate) fn windows(picture: &Luma) -> Vec<Area> {
    let (columns, rows) = (
        picture.width as usize / BLOCK,
        picture.height as usize / BLOCK,
    );
    if columns < 6 || rows < 6 {
        return Vec::new();
    }
    let sums = Sums::of(&densities(picture, columns, rows), columns, rows);
    let mut found: Vec<(f32, usize, usize, usize)> = Vec::new();
    let mut side = 5;
    while side <= rows.min(columns) {
        let mut best = (f32::MIN, 0, 0, side);
        for y in 0..=rows - side {
            for x in 0..=columns - side {
                let inside = sums.within(x, y, side, side);
                // What lies in the ring around counts against it: the quiet zone.
                let (left, top) = (x.saturating_sub(1), y.saturating_sub(1));
                let (wide, high) = ((side + 2).min(columns - left), (side + 2).min(rows - top));
                let ring = (sums.within(left, top, wide, high) - inside).max(0.0);
                let score = (inside - 0.7 * ring) / (side as f32).powf(1.2);
                if score > best.0 {
                    best = (score, x, y, side);
                }
            }
        }
        found.push(best);
        side += 1 + side / 5;
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut chosen: Vec<Area> = Vec::new();
    for (_, x, y, side) in found {
        let start = |at: usize| (at.saturating_sub(2) * BLOCK) as u32;
        let area = Area {
            left: start(x),
            top: start(y),
            width: ((side + 4) * BLOCK) as u32,
            height: ((side + 4) * BLOCK) as u32,
        };
        if chosen.iter().all(|other| other.shared(&area) <= 0.6) {
            chosen.push(area);
        }
        if chosen.len() == MOST {
            break;
        }
    }
    chosen
}

/// The weaker of both directions' edges in each block, up to what the densest blocks have.
fn densities(picture: &Luma, columns: usize, rows: usize) -> Vec<f32> {
    let width = picture.width as usize;
    let mut densities = Vec::with_capacity(columns * rows);
    for row in 0..rows {
        for column in 0..columns {
            let (mut across, mut down) = (0u32, 0u32);
            for y in (row * BLOCK..(row + 1) * BLOCK - 1).step_by(2) {
                let line = &picture.pixels[y * width + column * BLOCK..][..BLOCK];
                let next = &picture.pixels[(y + 1) * width + column * BLOCK..][..BLOCK];
                for x in 0..BLOCK - 1 {
                    across += u32::from(line[x].abs_diff(line[x + 1]));
                    down += u32::from(line[x].abs_diff(next[x]));
                }
            }
            densities.push(across.min(down) as f32);
        }
    }
    // What half of the blocks have is noise; on a page, nothing.
    let mut sorted = densities.clone();
    sorted.sort_by(f32::total_cmp);
    let noise = 1.2 * sorted[sorted.len() / 2];
    let cap = (sorted[sorted.len() * 98 / 100] - noise).max(1.0);
    densities
        .iter()
        .map(|density| ((density - noise) / cap).clamp(0.0, 1.0))
        .collect()
}

/// Sums over rectangles in constant time.
struct Sums {
    row: usize,
    sums: Vec<f32>,
}

impl Sums {
    fn of(values: &[f32], columns: usize, rows: usize) -> Self {
        let row = columns + 1;
        let mut sums = vec![0.0; row * (rows + 1)];
        for y in 0..rows {
            let mut line = 0.0;
            for x in 0..columns {
                line += values[y * columns + x];
                sums[(y + 1) * row + x + 1] = sums[y * row + x + 1] + line;
            }
        }
        Self { row, sums }
    }

    fn within(&self, x: usize, y: usize, wide: usize, high: usize) -> f32 {
        let corner = |x: usize, y: usize| self.sums[y * self.row + x];
        corner(x + wide, y + high) - corner(x, y + high) - corner(x + wide, y) + corner(x, y)
    }
}
