//! A picture at twice its size, for codes of few pixels a module.

use quanshengshi_frame::luma::Luma;

/// Weights in 128ths of the four pixels around a place a quarter of a pixel off: Catmull and Rom's
/// cubic.
const TAPS: [i32; 4] = [-3, 29, 111, -9];

/// The picture with four pixels for each.
pub fn double(picture: &Luma) -> Luma {
    let (width, height) = (picture.width as usize, picture.height as usize);
    if width == 0 || height == 0 {
        return picture.clone();
    }
    let mut wide = Vec::with_capacity(width * height * 2);
    for row in picture.pixels.chunks_exact(width) {
        let last = row.len() - 1;
        for x in 0..width {
            let near = [x.saturating_sub(2), x.saturating_sub(1), x, x + 1, x + 2]
                .map(|at| i32::from(row[at.min(last)]));
            wide.extend(halves(near));
        }
    }
    let wide_row = width * 2;
    let row = |y: usize| &wide[y.min(height - 1) * wide_row..][..wide_row];
    let mut pixels = Vec::with_capacity(wide.len() * 2);
    for y in 0..height {
        let near = [
            row(y.saturating_sub(2)),
            row(y.saturating_sub(1)),
            row(y),
            row(y + 1),
            row(y + 2),
        ];
        let start = pixels.len();
        pixels.resize(start + 2 * wide_row, 0);
        let (upper, lower) = pixels[start..].split_at_mut(wide_row);
        for x in 0..wide_row {
            [upper[x], lower[x]] = halves(near.map(|line| i32::from(line[x])));
        }
    }
    Luma {
        width: picture.width * 2,
        height: picture.height * 2,
        pixels,
    }
}

/// The values a quarter before and after the middle one of five.
fn halves([first, second, middle, fourth, last]: [i32; 5]) -> [u8; 2] {
    let mixed = |four: [i32; 4]| {
        let sum: i32 = four.iter().zip(TAPS).map(|(value, tap)| value * tap).sum();
        ((sum + 64) >> 7).clamp(0, 255) as u8
    };
    [
        mixed([first, second, middle, fourth]),
        mixed([last, fourth, middle, second]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_even_picture_stays_even_and_a_ramp_stays_a_ramp() {
        let ramp = Luma {
            width: 8,
            height: 2,
            pixels: (0..16).map(|at| (at % 8) * 20 + 40).collect(),
        };
        let large = double(&ramp);
        assert_eq!((large.width, large.height), (16, 4));
        assert_eq!(large.at(6, 1), Some(40 + 55));
        assert_eq!(large.at(7, 2), Some(40 + 65));
        let none = Luma {
            width: 0,
            height: 0,
            pixels: Vec::new(),
        };
        assert_eq!(double(&none), none);
    }
}
