//! From stored to upright coordinates.

use crate::frame::Rotation;

/// Maps each upright pixel to the stored pixel it comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Turn {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) rotation: Rotation,
    pub(crate) mirrored: bool,
}

impl Turn {
    pub(crate) fn upright(&self) -> (u32, u32) {
        match self.rotation {
            Rotation::None | Rotation::Clockwise180 => (self.width, self.height),
            Rotation::Clockwise90 | Rotation::Clockwise270 => (self.height, self.width),
        }
    }

    /// Reads every upright pixel, row by row.
    pub(crate) fn map<T>(&self, read: impl FnMut(usize, usize) -> T) -> Vec<T> {
        self.map_every(1, read)
    }

    /// Reads one of so many upright pixels of one of so many upright rows.
    pub(crate) fn map_every<T>(
        &self,
        every: usize,
        mut read: impl FnMut(usize, usize) -> T,
    ) -> Vec<T> {
        let (width, height) = self.upright();
        let (columns, rows) = (width as usize / every, height as usize / every);
        let mut out = Vec::with_capacity(columns * rows);
        let (right, down) = (self.vector([1.0, 0.0]), self.vector([0.0, 1.0]));
        let [right, down] = [right, down].map(|vector| vector.map(|value| value as isize));
        // The middle of the first pixel lies half a pixel inside.
        let first = self.point([0.5, 0.5]).map(|value| value as isize);
        for y in (0..rows).map(|row| (row * every) as isize) {
            let [sx, sy] = [first[0] + y * down[0], first[1] + y * down[1]];
            let row = (0..columns)
                .map(|column| (column * every) as isize)
                .map(|x| read((sx + x * right[0]) as usize, (sy + x * right[1]) as usize));
            out.extend(row);
        }
        out
    }

    /// Where a place of the upright picture lies in the stored one.
    pub(crate) fn point(&self, place: [f32; 2]) -> [f32; 2] {
        let [x, y] = self.vector(place);
        let (width, height) = (self.width as f32, self.height as f32);
        let upright = if self.mirrored {
            self.upright().0 as f32
        } else {
            0.0
        };
        match self.rotation {
            Rotation::None => [upright + x, y],
            Rotation::Clockwise90 => [x, height - upright + y],
            Rotation::Clockwise180 => [width - upright + x, height + y],
            Rotation::Clockwise270 => [width + x, upright + y],
        }
    }

    /// Which way of the stored picture a way of the upright one goes.
    pub(crate) fn vector(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        let x = if self.mirrored { -x } else { x };
        match self.rotation {
            Rotation::None => [x, y],
            Rotation::Clockwise90 => [y, -x],
            Rotation::Clockwise180 => [-x, -y],
            Rotation::Clockwise270 => [-y, x],
        }
    }
}
