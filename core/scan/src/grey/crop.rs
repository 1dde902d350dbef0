//! A part of a picture.

use quanshengshi_frame::luma::Luma;

/// A rectangle of whole pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// First column.
    pub left: u32,
    /// First row.
    pub top: u32,
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
}

impl Area {
    /// The same rectangle in a picture so many times as large.
    pub(crate) fn times(self, factor: u32) -> Self {
        Self {
            left: self.left * factor,
            top: self.top * factor,
            width: self.width * factor,
            height: self.height * factor,
        }
    }

    /// How much of the larger of two rectangles both have in common, `0.0` to `1.0`.
    pub(crate) fn shared(&self, other: &Self) -> f32 {
        let overlap = |start: u32, length: u32, start_2: u32, length_2: u32| {
            (start + length)
                .min(start_2 + length_2)
                .saturating_sub(start.max(start_2))
        };
        let wide = overlap(self.left, self.width, other.left, other.width);
        let high = overlap(self.top, self.height, other.top, other.height);
        let area = |area: &Self| area.width as f32 * area.height as f32;
        wide as f32 * high as f32 / area(self).max(area(other)).max(1.0)
    }

    /// The rectangle around some places with a margin, as far as it lies in a picture of this
    /// size; none when nothing of it does.
    pub(crate) fn around(
        places: &[(f32, f32)],
        margin: f32,
        width: u32,
        height: u32,
    ) -> Option<Self> {
        let bound = |value: fn(&(f32, f32)) -> f32, limit: u32| {
            let low = places.iter().map(value).fold(f32::INFINITY, f32::min) - margin;
            let high = places.iter().map(value).fold(f32::NEG_INFINITY, f32::max) + margin;
            let (low, high) = (
                low.max(0.0) as u32,
                (high.max(0.0).ceil() as u32).min(limit),
            );
            (low < high).then_some((low, high))
        };
        let (left, right) = bound(|place| place.0, width)?;
        let (top, bottom) = bound(|place| place.1, height)?;
        Some(Self {
            left,
            top,
            width: right - left,
            height: bottom - top,
        })
    }
}

/// The pixels of a rectangle, as far as it lies in the picture.
pub fn crop(picture: &Luma, area: Area) -> Luma {
    let left = area.left.min(picture.width);
    let top = area.top.min(picture.height);
    let width = area.width.min(picture.width - left);
    let height = area.height.min(picture.height - top);
    let row = picture.width as usize;
    let pixels = (top as usize..(top + height) as usize)
        .flat_map(|y| &picture.pixels[y * row + left as usize..][..width as usize])
        .copied()
        .collect();
    Luma {
        width,
        height,
        pixels,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_cut_at_the_edge() {
        let picture = Luma {
            width: 3,
            height: 2,
            pixels: vec![1, 2, 3, 4, 5, 6],
        };
        let area = Area::around(&[(1.5, 1.2), (2.2, 1.4)], 0.5, 3, 2).unwrap();
        assert_eq!((area.left, area.top, area.width, area.height), (1, 0, 2, 2));
        assert_eq!(crop(&picture, area).pixels, [2, 3, 5, 6]);
        assert_eq!(Area::around(&[(9.0, 9.0)], 1.0, 3, 2), None);
    }
}
