//! Whether the room behind a face carries the raster of a screen.
//!
//! A camera that looks at a screen samples one raster with another: stripes of a few pixels that
//! fill the whole picture at one pitch. The smoothest squares beside the face are taken apart
//! into waves, and the strongest wave is held against the usual one. A room leaves nothing there
//! but noise, which has no strongest wave.
//!
//! What it was held against stands in the README. It says nothing about a screen whose raster the
//! lens does not resolve, and a room with a fine regular pattern carries a raster too: a doubt
//! for people, never a refusal.

use quanshengshi_frame::rgb::Rgb;

use crate::exact::sin_cos_single;
use crate::mesh::Mesh;

/// Side of a square in pixels; a power of two.
const SIDE: usize = 64;
/// Squares are tried at every so many pixels.
const STRIDE: usize = 16;
/// So many of the smoothest squares are looked at; with fewer than half of them nothing is said.
const SQUARES: usize = 16;
/// Waves of these lengths, in pixels, are looked at.
const WAVES: [f32; 2] = [2.5, 24.0];
/// Larger structure is taken out by the mean over so many pixels to each side.
const SMOOTH: usize = 6;
/// Squares begin in the upper part of the picture: below are shoulders and clothes.
const UPPER: f32 = 0.8;

/// The strongest wave over the middle one, 1 and more; none when the face leaves no room.
pub fn raster_strength(picture: &Rgb, mesh: &Mesh) -> Option<f32> {
    let plane = Plane::of(picture);
    let (least, most) = mesh.bounds();
    let mut squares: Vec<(f32, usize, usize)> = Vec::new();
    let rows = (0..(plane.height + 1).saturating_sub(SIDE)).step_by(STRIDE);
    for y in rows.filter(|y| (*y as f32) < UPPER * plane.height as f32) {
        for x in (0..(plane.width + 1).saturating_sub(SIDE)).step_by(STRIDE) {
            if (x + SIDE) as f32 <= least.x || x as f32 >= most.x {
                squares.push((plane.roughness(x, y), x, y));
            }
        }
    }
    squares.sort_by(|a, b| a.0.total_cmp(&b.0));
    squares.truncate(SQUARES);
    if squares.len() < SQUARES / 2 {
        return None;
    }
    let powers: Vec<Vec<f32>> = squares
        .iter()
        .map(|(_, x, y)| {
            let power = plane.power(*x, *y);
            let waves: Vec<f32> = band().map(|at| power[at]).collect();
            let usual = at_share(waves.clone(), 0.5).max(1e-6);
            waves.into_iter().map(|power| power / usual).collect()
        })
        .collect();
    // A raster lies over every square, a thing of the room over some: three of four must have it.
    let waves = powers.first().map_or(0, Vec::len);
    let common: Vec<f32> = (0..waves)
        .map(|wave| at_share(powers.iter().map(|power| power[wave]).collect(), 0.25))
        .collect();
    let strongest = common.iter().copied().fold(0.0, f32::max);
    let usual = at_share(common, 0.5);
    (usual > 0.0).then(|| strongest / usual)
}

/// Numbers of the waves that are looked at: of the lengths in question and not along an axis,
/// where the blocks of a compressed picture lie.
fn band() -> impl Iterator<Item = usize> {
    let signed = |at: usize| {
        let at = at as f32;
        if at < SIDE as f32 / 2.0 {
            at
        } else {
            at - SIDE as f32
        }
    };
    (0..SIDE * SIDE).filter(move |at| {
        let (x, y) = (signed(at % SIDE), signed(at / SIDE));
        let length = SIDE as f32 / (x * x + y * y).sqrt().max(1e-3);
        x > 0.5 && y.abs() > 0.5 && (WAVES[0]..=WAVES[1]).contains(&length)
    })
}

/// The value below which this share of the values lies.
fn at_share(mut values: Vec<f32>, share: f32) -> f32 {
    values.sort_by(f32::total_cmp);
    let at = (values.len() as f32 * share) as usize;
    values.get(at).copied().unwrap_or(0.0)
}

/// Brightness, and brightness without its larger structure.
struct Plane {
    width: usize,
    height: usize,
    luma: Vec<f32>,
    fine: Vec<f32>,
}

impl Plane {
    fn of(picture: &Rgb) -> Self {
        let (width, height) = (picture.width as usize, picture.height as usize);
        let pixels = picture.pixels.as_chunks::<3>().0.iter();
        let luma: Vec<f32> = pixels
            .map(|[red, green, blue]| {
                0.299 * f32::from(*red) + 0.587 * f32::from(*green) + 0.114 * f32::from(*blue)
            })
            .collect();
        // Twice a running mean along both axes is near enough to a bell.
        let mut smooth = luma.clone();
        for _ in 0..2 {
            for row in smooth.chunks_exact_mut(width.max(1)) {
                let mean = running_mean(row);
                row.copy_from_slice(&mean);
            }
            for x in 0..width {
                let column: Vec<f32> = (0..height).map(|y| smooth[y * width + x]).collect();
                for (y, value) in running_mean(&column).into_iter().enumerate() {
                    smooth[y * width + x] = value;
                }
            }
        }
        let fine = luma.iter().zip(&smooth).map(|(a, b)| a - b).collect();
        Self {
            width,
            height,
            luma,
            fine,
        }
    }

    /// Spread of the means of eight by eight cells.
    fn roughness(&self, x: usize, y: usize) -> f32 {
        const CELL: usize = SIDE / 8;
        let means: [f32; 64] = std::array::from_fn(|cell| {
            let (left, top) = (x + cell % 8 * CELL, y + cell / 8 * CELL);
            let rows = (top..top + CELL).map(|y| &self.luma[y * self.width + left..][..CELL]);
            rows.flatten().sum::<f32>() / (CELL * CELL) as f32
        });
        let mean = means.iter().sum::<f32>() / 64.0;
        means.iter().map(|value| (value - mean).powi(2)).sum()
    }

    /// Power of each wave of one square, row by row.
    fn power(&self, left: usize, top: usize) -> Vec<f32> {
        let window: [f32; SIDE] = std::array::from_fn(|at| {
            let (_, cos) = sin_cos_single(std::f32::consts::TAU * at as f32 / (SIDE - 1) as f32);
            0.5 - 0.5 * cos
        });
        let turns = turns(SIDE);
        let mut values = vec![[0.0f32; 2]; SIDE * SIDE];
        for (y, row) in values.chunks_exact_mut(SIDE).enumerate() {
            let line = &self.fine[(top + y) * self.width + left..][..SIDE];
            for ((value, fine), across) in row.iter_mut().zip(line).zip(window) {
                value[0] = fine * across * window[y];
            }
            transform(row, &turns);
        }
        let mut power = vec![0.0; SIDE * SIDE];
        for x in 0..SIDE {
            let mut column: Vec<[f32; 2]> = (0..SIDE).map(|y| values[y * SIDE + x]).collect();
            transform(&mut column, &turns);
            for (y, [re, im]) in column.into_iter().enumerate() {
                power[y * SIDE + x] = re * re + im * im;
            }
        }
        power
    }
}

/// Mean over the neighbours; at the ends over those that are there.
fn running_mean(values: &[f32]) -> Vec<f32> {
    let mut sums = vec![0.0f32; values.len() + 1];
    for (at, value) in values.iter().enumerate() {
        sums[at + 1] = sums[at] + value;
    }
    (0..values.len())
        .map(|at| {
            let (from, to) = (
                at.saturating_sub(SMOOTH),
                (at + SMOOTH + 1).min(values.len()),
            );
            (sums[to] - sums[from]) / (to - from) as f32
        })
        .collect()
}

/// Sine and cosine of the first half of the turns of a transform of so many values.
fn turns(count: usize) -> Vec<(f32, f32)> {
    let turn = -std::f32::consts::TAU / count as f32;
    let half = 0..count / 2;
    half.map(|at| sin_cos_single(turn * at as f32)).collect()
}

/// The discrete Fourier transform in place (Cooley and Tukey); the length is a power of two.
///
/// `turns` are those of [`turns`] for this length.
fn transform(values: &mut [[f32; 2]], turns: &[(f32, f32)]) {
    let count = values.len();
    let bits = count.trailing_zeros();
    for at in 0..count {
        let other = at.reverse_bits() >> (usize::BITS - bits);
        if at < other {
            values.swap(at, other);
        }
    }
    let mut length = 2;
    while length <= count {
        for part in values.chunks_exact_mut(length) {
            let (low, high) = part.split_at_mut(length / 2);
            for (at, (a, b)) in low.iter_mut().zip(high).enumerate() {
                let (sin, cos) = turns[at * count / length];
                let turned = [b[0] * cos - b[1] * sin, b[0] * sin + b[1] * cos];
                *b = [a[0] - turned[0], a[1] - turned[1]];
                *a = [a[0] + turned[0], a[1] + turned[1]];
            }
        }
        length *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Networks;
    use crate::tests::{clip, person, shared_person};
    use crate::tracker::{Seen, Tracker};

    fn strength(picture: &Rgb) -> f32 {
        let networks = Networks::load();
        let Seen::One(face) = Tracker::default().look(&networks, picture) else {
            panic!("no face");
        };
        raster_strength(picture, &face.mesh).unwrap()
    }

    #[test]
    fn the_transform_finds_a_wave() {
        let mut values: Vec<[f32; 2]> = (0..64)
            .map(|at| [(std::f32::consts::TAU * 5.0 * at as f32 / 64.0).cos(), 0.0])
            .collect();
        transform(&mut values, &turns(64));
        let power: Vec<f32> = values.iter().map(|[re, im]| re.hypot(*im)).collect();
        for (at, value) in power.iter().enumerate() {
            let wanted = if at == 5 || at == 59 { 32.0 } else { 0.0 };
            assert!((value - wanted).abs() < 1e-3, "{at}: {value}");
        }
    }

    #[test]
    fn a_raster_laid_over_a_demo_person_is_found() {
        for name in ["p01", "p09"] {
            let plain = clip(&person(name).join("neutral")).remove(0);
            let across = plain.width as usize;
            let mut striped = plain.clone();
            let (pixels, _) = striped.pixels.as_chunks_mut::<3>();
            for (at, pixel) in pixels.iter_mut().enumerate() {
                let (x, y) = ((at % across) as f32, (at / across) as f32);
                let wave = 4.0 * (0.55 * x + 0.31 * y).sin();
                *pixel = pixel.map(|value| (f32::from(value) + wave) as u8);
            }
            let (before, after) = (strength(&plain), strength(&striped));
            println!("{name}: {before:.0} without, {after:.0} with a raster");
            assert!(
                after > 4.0 * before && after > 120.0 && before < 80.0,
                "{name}"
            );
        }
    }

    #[test]
    fn rooms_have_none_and_rendered_screens_have_one() {
        for (name, folder, screen) in [
            ("p03", "A_neutral", false),
            ("p04", "A_neutral", false),
            ("p07", "A_neutral", false),
            ("p01", "A_neutral", false),
            ("p01", "B_neutral", false),
            ("p09", "A_neutral", false),
            ("p03", "attack_replay_full_turn_right", true),
            ("p07", "attack_replay_full_turn_left", true),
            ("p01", "attack_replay_full_open_mouth", true),
        ] {
            let Some(person) = shared_person(name) else {
                return;
            };
            let found = strength(&clip(&person.join(folder))[0]);
            println!("{name} {folder}: {found:.0}");
            assert_eq!(found > 120.0, screen, "{name} {folder} {found}");
        }
    }
}
