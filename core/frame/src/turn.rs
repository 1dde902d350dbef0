//! From stored to upright coordinates.

use crate::frame::Rotation;

/// Maps each upright pixel to the stored pixel it comes from.
pub(crate) struct Turn {
    width: usize,
    height: usize,
    rotation: Rotation,
    mirrored: bool,
}

impl Turn {
    pub(crate) fn new(width: u32, height: u32, rotation: Rotation, mirrored: bool) -> Self {
        Self {
            width: width as usize,
            height: height as usize,
            rotation,
            mirrored,
        }
    }

    pub(crate) fn upright(&self) -> (u32, u32) {
        let (width, height) = (self.width as u32, self.height as u32);
        match self.rotation {
            Rotation::None | Rotation::Clockwise180 => (width, height),
            Rotation::Clockwise90 | Rotation::Clockwise270 => (height, width),
        }
    }

    /// Reads every upright pixel, row by row.
    pub(crate) fn map<T>(&self, mut read: impl FnMut(usize, usize) -> T) -> Vec<T> {
        let (width, height) = self.upright();
        let (width, height) = (width as usize, height as usize);
        let mut out = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let x = if self.mirrored { width - 1 - x } else { x };
                let (sx, sy) = match self.rotation {
                    Rotation::None => (x, y),
                    Rotation::Clockwise90 => (y, self.height - 1 - x),
                    Rotation::Clockwise180 => (self.width - 1 - x, self.height - 1 - y),
                    Rotation::Clockwise270 => (self.width - 1 - y, x),
                };
                out.push(read(sx, sy));
            }
        }
        out
    }
}
