//! Unsharp mask: edges that a lens or a moving hand has softened.

use quanshengshi_frame::luma::Luma;

/// One row or column of the blur: a box of three applied twice.
const TAPS: [i32; 5] = [1, 2, 3, 2, 1];
const TAPS_SUM: i32 = 9;
/// How much of the difference to the blurred picture is added, in halves. Measured best of the
/// values tried on screen photos (research on QR decoders, section 3).
const AMOUNT_HALVES: i32 = 3;

/// The picture plus one and a half times what a five by five blur takes from it.
pub fn sharp(picture: &Luma) -> Luma {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let across: Vec<i32> = picture
        .pixels
        .chunks(width.max(1))
        .flat_map(|row| (0..row.len()).map(move |x| blurred(x, row.len(), |at| row[at].into())))
        .collect();
    let pixels = (0..width * height)
        .map(|at| {
            let (x, y) = (at % width, at / width);
            let down = blurred(y, height, |row| across[row * width + x]);
            let mean = (down + TAPS_SUM * TAPS_SUM / 2) / (TAPS_SUM * TAPS_SUM);
            let value = i32::from(picture.pixels[at]);
            (value + AMOUNT_HALVES * (value - mean) / 2).clamp(0, 255) as u8
        })
        .collect();
    Luma { pixels, ..*picture }
}

/// The weighted sum around a place on a line of `length`; beyond the ends the end repeats.
fn blurred(at: usize, length: usize, value: impl Fn(usize) -> i32) -> i32 {
    TAPS.iter()
        .enumerate()
        .map(|(tap, weight)| weight * value((at + tap).saturating_sub(2).min(length - 1)))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_even_picture_stays_and_a_soft_edge_becomes_steeper() {
        let even = Luma {
            width: 6,
            height: 6,
            pixels: vec![77; 36],
        };
        assert_eq!(sharp(&even), even);
        let edge: Vec<u8> = (0..8)
            .flat_map(|_| [40, 40, 60, 100, 140, 160, 160, 160])
            .collect();
        let soft = Luma {
            width: 8,
            height: 8,
            pixels: edge,
        };
        let steep = sharp(&soft);
        assert!(steep.at(5, 4) > soft.at(5, 4));
        assert!(steep.at(2, 4) < soft.at(2, 4));
    }

    #[test]
    fn a_picture_without_pixels_stays_empty() {
        let none = Luma {
            width: 0,
            height: 0,
            pixels: Vec::new(),
        };
        assert_eq!(sharp(&none), none);
    }
}
