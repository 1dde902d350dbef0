//! Upright colours of a picture.

use crate::luma::{Luma, brightness};

/// Dense red-green-blue pixels, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rgb {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `width * height * 3` values.
    pub pixels: Vec<u8>,
}

impl Rgb {
    /// The colour at a pixel, or none outside the picture.
    pub fn at(&self, x: u32, y: u32) -> Option<[u8; 3]> {
        if x >= self.width {
            return None;
        }
        let at = (y as usize * self.width as usize + x as usize) * 3;
        self.pixels.get(at..at + 3)?.try_into().ok()
    }

    /// The brightness of the same picture.
    pub fn luma(&self) -> Luma {
        let pixels = self
            .pixels
            .as_chunks::<3>()
            .0
            .iter()
            .map(|[red, green, blue]| brightness(*red, *green, *blue))
            .collect();
        Luma {
            width: self.width,
            height: self.height,
            pixels,
        }
    }

    /// The part of the picture inside a box, cut at the borders; none when nothing is left.
    pub fn crop(&self, left: u32, top: u32, width: u32, height: u32) -> Option<Self> {
        let right = left.saturating_add(width).min(self.width);
        let bottom = top.saturating_add(height).min(self.height);
        if left >= right || top >= bottom {
            return None;
        }
        let row = self.width as usize * 3;
        let mut pixels = Vec::with_capacity(((right - left) * (bottom - top) * 3) as usize);
        for y in top..bottom {
            let from = y as usize * row + left as usize * 3;
            pixels.extend_from_slice(self.pixels.get(from..from + (right - left) as usize * 3)?);
        }
        Some(Self {
            width: right - left,
            height: bottom - top,
            pixels,
        })
    }

    /// The same picture at another size: each new pixel is the mean of the area it covers, so
    /// that shrinking does not alias.
    #[must_use]
    pub fn resized(&self, width: u32, height: u32) -> Self {
        let source = image::RgbImage::from_raw(self.width, self.height, self.pixels.clone());
        let Some(source) = source else {
            return Self {
                width: 0,
                height: 0,
                pixels: Vec::new(),
            };
        };
        let filter = image::imageops::FilterType::Triangle;
        let out = image::imageops::resize(&source, width.max(1), height.max(1), filter);
        Self {
            width: out.width(),
            height: out.height(),
            pixels: out.into_raw(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checker() -> Rgb {
        let pixels = (0..16u32)
            .flat_map(|at| {
                if (at % 4 + at / 4).is_multiple_of(2) {
                    [0; 3]
                } else {
                    [200; 3]
                }
            })
            .collect();
        Rgb {
            width: 4,
            height: 4,
            pixels,
        }
    }

    #[test]
    fn shrinking_averages_instead_of_picking() {
        let small = checker().resized(2, 2);
        assert!(
            small.pixels.iter().all(|value| (80..=120).contains(value)),
            "{small:?}"
        );
    }

    #[test]
    fn a_crop_is_cut_at_the_border_and_empty_outside() {
        let crop = checker().crop(3, 3, 10, 10).unwrap();
        assert_eq!((crop.width, crop.height), (1, 1));
        assert_eq!(crop.pixels, [0, 0, 0]);
        assert_eq!(checker().crop(4, 0, 1, 1), None);
    }
}
