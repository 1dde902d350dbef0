//! Upright brightness of a picture.

/// Dense grey pixels, row by row, 0 black to 255 white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Luma {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `width * height` values.
    pub pixels: Vec<u8>,
}

impl Luma {
    /// The value at a pixel, or none outside the picture.
    pub fn at(&self, x: u32, y: u32) -> Option<u8> {
        if x >= self.width {
            return None;
        }
        self.pixels
            .get(y as usize * self.width as usize + x as usize)
            .copied()
    }
}

/// BT.601 brightness in integers.
pub fn brightness(red: u8, green: u8, blue: u8) -> u8 {
    ((u32::from(red) * 77 + u32::from(green) * 150 + u32::from(blue) * 29 + 128) >> 8) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brightness_spans_the_whole_range() {
        assert_eq!(brightness(0, 0, 0), 0);
        assert_eq!(brightness(255, 255, 255), 255);
        assert!(brightness(0, 200, 0) > brightness(200, 0, 0));
    }

    #[test]
    fn a_pixel_outside_is_none_not_the_next_row() {
        let luma = Luma {
            width: 2,
            height: 2,
            pixels: vec![1, 2, 3, 4],
        };
        assert_eq!(luma.at(1, 1), Some(4));
        assert_eq!(luma.at(2, 0), None);
        assert_eq!(luma.at(0, 2), None);
    }
}
