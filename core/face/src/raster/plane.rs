//! Brightness of a picture in squares, and the waves of a square.

use quanshengshi_frame::rgb::Rgb;

use crate::exact::sin_cos_single;

/// Side of a square in pixels; a power of two.
pub(super) const SIDE: usize = 64;
/// Larger structure is taken out by the mean over so many pixels to each side.
const SMOOTH: usize = 6;
/// The largest channel of a pixel that was neither too bright nor too dark for the camera.
const SEEN: std::ops::Range<u8> = 4..254;

/// Brightness, and brightness without its larger structure.
pub(super) struct Plane {
    pub(super) width: usize,
    pub(super) height: usize,
    luma: Vec<f32>,
    fine: Vec<f32>,
    /// Where the picture is as bright or as dark as it can be: nothing is left there of what was.
    spent: Vec<bool>,
}

impl Plane {
    pub(super) fn of(picture: &Rgb) -> Self {
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
        let pixels = picture.pixels.as_chunks::<3>().0.iter();
        let spent = pixels
            .map(|pixel| !SEEN.contains(pixel.iter().max().unwrap_or(&0)))
            .collect();
        Self {
            width,
            height,
            luma,
            fine,
            spent,
        }
    }

    /// Share of a square that is as bright or as dark as it can be.
    pub(super) fn spent_share(&self, x: usize, y: usize) -> f32 {
        let rows = (y..y + SIDE).map(|y| &self.spent[y * self.width + x..][..SIDE]);
        let spent = rows.flatten().filter(|spent| **spent).count();
        spent as f32 / (SIDE * SIDE) as f32
    }

    /// Spread of the means of eight by eight cells.
    pub(super) fn roughness(&self, x: usize, y: usize) -> f32 {
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
    pub(super) fn power(&self, left: usize, top: usize) -> Vec<f32> {
        let window = window();
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

/// What a square is faded out by towards its edges, along one axis.
fn window() -> [f32; SIDE] {
    std::array::from_fn(|at| {
        let (_, cos) = sin_cos_single(std::f32::consts::TAU * at as f32 / (SIDE - 1) as f32);
        0.5 - 0.5 * cos
    })
}

/// The middle power of the waves of a square that holds nothing but noise of this deviation.
pub(super) fn power_of_noise(deviation: f32) -> f32 {
    let squares: f32 = window().map(|value| value * value).iter().sum();
    // Powers of noise fall off exponentially: their middle is the mean times the logarithm of two.
    std::f32::consts::LN_2 * deviation * deviation * squares * squares
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

    /// A square of noise of a deviation about a middle grey.
    fn noise(deviation: f32) -> Rgb {
        let mut state = 9u64;
        let mut even = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / (1u32 << 24) as f32
        };
        // Twelve even numbers make nearly a bell of deviation 1.
        let value = |_| 128.0 + deviation * ((0..12).map(|_| even()).sum::<f32>() - 6.0);
        let values: Vec<f32> = (0..SIDE * SIDE).map(value).collect();
        Rgb {
            width: SIDE as u32,
            height: SIDE as u32,
            pixels: values
                .into_iter()
                .flat_map(|value| [value.round() as u8; 3])
                .collect(),
        }
    }

    #[test]
    fn noise_has_the_power_that_is_said() {
        let mut power = Plane::of(&noise(4.0)).power(0, 0);
        power.sort_by(f32::total_cmp);
        let found = power[power.len() / 2] / power_of_noise(4.0);
        assert!((found - 1.0).abs() < 0.1, "{found}");
    }

    #[test]
    fn what_is_too_bright_or_too_dark_is_counted() {
        let mut picture = noise(4.0);
        assert!(Plane::of(&picture).spent_share(0, 0) < 1e-6);
        let (half, quarter) = (picture.pixels.len() / 2, picture.pixels.len() / 4);
        picture.pixels[..quarter].fill(255);
        picture.pixels[half..half + quarter].fill(2);
        let found = Plane::of(&picture).spent_share(0, 0);
        assert!((found - 0.5).abs() < 1e-6, "{found}");
    }
}
