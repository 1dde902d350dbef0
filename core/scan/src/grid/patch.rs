//! The part of a picture that a grid lies in, sampled between pixels.

use quanshengshi_frame::luma::Luma;

use crate::plane::Point;

/// Grey values of an area, `0.0` black to `1.0` white.
#[derive(Debug)]
pub(crate) struct Patch {
    left: f32,
    top: f32,
    width: usize,
    height: usize,
    values: Vec<f32>,
    /// The last place that has pixels to its right and below.
    last: (f32, f32),
}

impl Patch {
    /// The area around some places with a margin in pixels; none when it lies outside.
    pub(crate) fn around(
        picture: &Luma,
        places: &[Point],
        margin: f32,
        inverted: bool,
    ) -> Option<Self> {
        let (width, height) = (picture.width as usize, picture.height as usize);
        let bound = |value: fn(&Point) -> f32, limit: usize| {
            let low = places.iter().map(value).fold(f32::INFINITY, f32::min) - margin;
            let high = places.iter().map(value).fold(f32::NEG_INFINITY, f32::max) + margin;
            let low = low.max(0.0) as usize;
            let high = (high.max(0.0).ceil() as usize).min(limit);
            (low + 2 < high).then_some((low, high))
        };
        let (left, right) = bound(|place| place.0, width)?;
        let (top, bottom) = bound(|place| place.1, height)?;
        let light = |value: u8| {
            let value = if inverted { 255 - value } else { value };
            f32::from(value) / 255.0
        };
        let values = picture
            .pixels
            .chunks_exact(width)
            .take(bottom)
            .skip(top)
            .flat_map(|row| row.iter().take(right).skip(left).map(|value| light(*value)))
            .collect();
        Some(Self {
            left: left as f32,
            top: top as f32,
            width: right - left,
            height: bottom - top,
            values,
            last: (
                (right - left - 1) as f32 - 0.001,
                (bottom - top - 1) as f32 - 0.001,
            ),
        })
    }

    /// The value at a place of the picture, between its four nearest pixels; the edge repeats.
    pub(crate) fn at(&self, place: Point) -> f32 {
        // Clamped so that what is no number becomes a corner; the last pixel has no next one.
        let x = (place.0 - self.left - 0.5).max(0.0).min(self.last.0);
        let y = (place.1 - self.top - 0.5).max(0.0).min(self.last.1);
        let (column, row) = (x as u32 as usize, y as u32 as usize);
        let (right, down) = (x - column as f32, y - row as f32);
        let at = row * self.width + column;
        let pair = |at: usize| match self.values.get(at..at + 2) {
            Some([left, next]) => left + (next - left) * right,
            _ => 0.5,
        };
        let (above, below) = (pair(at), pair(at + self.width));
        above + (below - above) * down
    }

    /// The same area softened by a box of three, so often.
    pub(crate) fn softened(&self, times: usize) -> Self {
        let mut values = self.values.clone();
        for _ in 0..times {
            let across: Vec<f32> = values
                .chunks_exact(self.width)
                .flat_map(|row| {
                    let last = row.len() - 1;
                    (0..row.len())
                        .map(move |x| row[x.saturating_sub(1)] + row[x] + row[(x + 1).min(last)])
                })
                .collect();
            let row = |y: usize| &across[y * self.width..(y + 1) * self.width];
            values = (0..self.height)
                .flat_map(|y| {
                    let (above, below) =
                        (row(y.saturating_sub(1)), row((y + 1).min(self.height - 1)));
                    above
                        .iter()
                        .zip(row(y))
                        .zip(below)
                        .map(|((a, b), c)| (a + b + c) / 9.0)
                })
                .collect();
        }
        Self { values, ..*self }
    }
}
