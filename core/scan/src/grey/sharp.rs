//! Unsharp mask: edges that a lens or a moving hand has softened.

use quanshengshi_frame::luma::Luma;

/// One row or column of the blur is a box of three applied twice: 1 2 3 2 1.
const TAPS_SUM: u16 = 9;
/// How much of the difference to the blurred picture is added, in halves. Measured best of the
/// values tried on screen photos (research on QR decoders, section 3).
const AMOUNT_HALVES: i16 = 3;

/// The picture plus one and a half times what a five by five blur takes from it; beyond its edges
/// the edge repeats.
pub fn sharp(picture: &Luma) -> Luma {
    let (width, height) = (picture.width as usize, picture.height as usize);
    if width == 0 || height == 0 {
        return picture.clone();
    }
    let mut across = Vec::with_capacity(width * height);
    let mut wide = Vec::with_capacity(width + 4);
    for row in picture.pixels.chunks_exact(width) {
        wide.clear();
        let (first, last) = (u16::from(row[0]), u16::from(row[width - 1]));
        wide.extend([first, first]);
        wide.extend(row.iter().map(|value| u16::from(*value)));
        wide.extend([last, last]);
        let near = [0, 1, 2, 3, 4].map(|at| &wide[at..at + width]);
        blur(near, |value| across.push(value));
    }
    let row = |y: usize| &across[y.min(height - 1) * width..][..width];
    let mut pixels = Vec::with_capacity(width * height);
    let mut means = vec![0u16; width];
    for (y, values) in picture.pixels.chunks_exact(width).enumerate() {
        let (above, before) = (row(y.saturating_sub(2)), row(y.saturating_sub(1)));
        let near = [above, before, row(y), row(y + 1), row(y + 2)];
        let mut mean = means.iter_mut();
        blur(near, |sum| {
            if let Some(mean) = mean.next() {
                *mean = (sum + TAPS_SUM * TAPS_SUM / 2) / (TAPS_SUM * TAPS_SUM);
            }
        });
        pixels.extend(values.iter().zip(&means).map(|(value, mean)| {
            let value = i16::from(*value);
            (value + AMOUNT_HALVES * (value - *mean as i16) / 2).clamp(0, 255) as u8
        }));
    }
    Luma { pixels, ..*picture }
}

/// The weighted sums of five lines, place by place.
fn blur([first, second, third, fourth, fifth]: [&[u16]; 5], mut give: impl FnMut(u16)) {
    let outer = first.iter().zip(fifth);
    let inner = second.iter().zip(fourth);
    for (((first, fifth), (second, fourth)), third) in outer.zip(inner).zip(third) {
        give(first + fifth + 2 * (second + fourth) + 3 * third);
    }
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
