//! Solving the sliding puzzle as an eye does: looking for the dark square with the light edge; and
//! without a browser also what the hand and the page's script do.

use quanshengshi_frame::luma::Luma;
use quanshengshi_frame::rgb::Rgb;

use crate::error::BrowserError;

/// Side of the square as a part of the picture's width, and the width of its edge.
const SIDE: f32 = 56.0 / 400.0;
const EDGE: f32 = 2.0 / 400.0;

/// Where the dark square begins, as a part of the picture's width. The piece itself lies at the
/// left, so the square is looked for right of it.
///
/// # Errors
/// [`BrowserError::Puzzle`] when the picture is too small for a square.
pub fn find_square(picture: &Rgb) -> Result<f32, BrowserError> {
    let sums = Sums::of(&picture.luma());
    let wide = picture.width as f32;
    let (side, edge) = (
        (wide * SIDE).round() as u32,
        (wide * EDGE).round().max(1.0) as u32,
    );
    if side <= 2 * edge || picture.height <= side || picture.width <= 3 * side {
        return Err(BrowserError::Puzzle);
    }
    let mut best = (f32::MIN, 0);
    for y in 0..picture.height - side {
        for x in side + side / 2..picture.width - side {
            let whole = sums.sum(x, y, side, side);
            let inner_side = side - 2 * edge;
            let inner = sums.sum(x + edge, y + edge, inner_side, inner_side);
            let ring = (whole - inner) / (side * side - inner_side * inner_side) as f32;
            let score = ring - inner / (inner_side * inner_side) as f32;
            if score > best.0 {
                best = (score, x);
            }
        }
    }
    Ok(best.1 as f32 / wide)
}

/// How a hand moves the piece to a place: quickly at first, slowly at the end; `ms:place,…`.
pub fn hand_track(place: u32) -> String {
    let points: Vec<String> = (0..=20u32)
        .map(|step| {
            let gone = f64::from(step) / 20.0;
            let eased = 1.0 - (1.0 - gone).powi(3);
            format!(
                "{}:{}",
                step * 20,
                (f64::from(place) * eased).round() as u32
            )
        })
        .collect();
    points.join(",")
}

/// The work that the page's script does: the first number whose SHA-256 together with the
/// puzzle's name begins with so many zero bits.
pub fn do_work(puzzle: &str, bits: u32) -> String {
    let worked = |number: &u64| {
        let text = format!("{puzzle}:{number}");
        let digest = ring::digest::digest(&ring::digest::SHA256, text.as_bytes());
        let head = digest
            .as_ref()
            .first_chunk()
            .copied()
            .unwrap_or([u8::MAX; 8]);
        u64::from_be_bytes(head).leading_zeros() >= bits
    };
    let found = (0..u64::MAX).find(worked);
    found.unwrap_or_default().to_string()
}

/// Sums over every rectangle from the top left corner.
struct Sums {
    width: usize,
    sums: Vec<f32>,
}

impl Sums {
    fn of(luma: &Luma) -> Self {
        let (width, height) = (luma.width as usize + 1, luma.height as usize + 1);
        let mut sums = vec![0.0; width * height];
        for y in 1..height {
            let mut row = 0.0;
            for x in 1..width {
                row += f32::from(luma.pixels[(y - 1) * (width - 1) + x - 1]);
                sums[y * width + x] = sums[(y - 1) * width + x] + row;
            }
        }
        Self { width, sums }
    }

    fn sum(&self, x: u32, y: u32, width: u32, height: u32) -> f32 {
        let at = |x: u32, y: u32| self.sums[y as usize * self.width + x as usize];
        at(x + width, y + height) - at(x, y + height) - at(x + width, y) + at(x, y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(square_x: u32, square_y: u32) -> Rgb {
        let mut pixels = Vec::new();
        for y in 0..150 {
            for x in 0..400u32 {
                let ground = if y > 100 || (60..90).contains(&x) {
                    90
                } else {
                    210
                };
                let inside =
                    |from: u32, at: u32, edge: u32| (from + edge..from + 56 - edge).contains(&at);
                let value = if inside(square_x, x, 2) && inside(square_y, y, 2) {
                    ground / 2
                } else if inside(square_x, x, 0) && inside(square_y, y, 0) {
                    255
                } else {
                    ground
                };
                pixels.extend([value; 3]);
            }
        }
        Rgb {
            width: 400,
            height: 150,
            pixels,
        }
    }

    #[test]
    fn the_square_is_found_within_a_pixel_over_light_and_dark_ground() {
        for (x, y) in [(120, 20), (200, 80), (330, 50)] {
            let found = find_square(&picture(x, y)).unwrap() * 400.0;
            assert!((found - x as f32).abs() <= 1.0, "{found} instead of {x}");
        }
    }

    #[test]
    fn a_hand_ends_at_the_place_and_the_work_is_the_one_of_the_script() {
        assert!(hand_track(150).ends_with("400:150"));
        // The same number is frozen in the portal.
        assert_eq!(do_work("BwcHBwcHBwcHBwcHBwcHBw", 12), "1837");
    }

    #[test]
    fn a_picture_without_room_for_a_square_is_refused() {
        let tiny = Rgb {
            width: 10,
            height: 2,
            pixels: vec![0; 60],
        };
        assert!(matches!(find_square(&tiny), Err(BrowserError::Puzzle)));
    }
}
