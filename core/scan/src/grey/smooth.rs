//! A softened picture, against noise.

use quanshengshi_frame::luma::Luma;

/// The mean of the three by three pixels around each; beyond the edge the edge repeats.
pub fn smooth(picture: &Luma) -> Luma {
    let (width, height) = (picture.width as usize, picture.height as usize);
    if width == 0 || height == 0 {
        return picture.clone();
    }
    let mut across: Vec<u16> = Vec::with_capacity(width * height);
    for row in picture.pixels.chunks_exact(width) {
        let last = width - 1;
        let at = |x: usize| u16::from(row[x]);
        across.extend((0..width).map(|x| at(x.saturating_sub(1)) + at(x) + at((x + 1).min(last))));
    }
    let row = |y: usize| &across[y * width..(y + 1) * width];
    let pixels = (0..height)
        .flat_map(|y| {
            let (above, below) = (row(y.saturating_sub(1)), row((y + 1).min(height - 1)));
            above
                .iter()
                .zip(row(y))
                .zip(below)
                .map(|((a, b), c)| ((a + b + c) / 9) as u8)
        })
        .collect();
    Luma { pixels, ..*picture }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_pixel_is_spread_over_nine() {
        let mut dot = Luma {
            width: 5,
            height: 5,
            pixels: vec![0; 25],
        };
        dot.pixels[12] = 90;
        let soft = smooth(&dot);
        assert_eq!(
            (soft.at(1, 1), soft.at(3, 3), soft.at(4, 4)),
            (Some(10), Some(10), Some(0))
        );
    }
}
