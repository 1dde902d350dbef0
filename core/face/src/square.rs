//! The square of a picture that a network looks at.

use quanshengshi_frame::patch::{Patch, Picture, Scale};
use quanshengshi_frame::rgb::Rgb;

use crate::exact::sin_cos_single;
use crate::geometry::Point;

/// A square of the picture; it may be turned and may reach over the border, where it is black.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Square {
    /// Its middle.
    pub centre: Point,
    /// Its side in pixels of the picture.
    pub side: f32,
    /// Its turn in radians, positive clockwise as seen.
    pub turn: f32,
}

/// How pixels become the numbers of a network's input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scaling {
    /// Multiplies the value 0 to 255.
    pub factor: f32,
    /// Added afterwards.
    pub offset: f32,
}

impl Scaling {
    /// 0 to 255 as it is.
    pub const BYTES: Self = Self {
        factor: 1.0,
        offset: 0.0,
    };
    /// 0 to 1.
    pub const UNIT: Self = Self {
        factor: 1.0 / 255.0,
        offset: 0.0,
    };
    /// -1 to 1.
    pub const SIGNED: Self = Self {
        factor: 1.0 / 127.5,
        offset: -1.0,
    };
}

impl Square {
    /// The smallest upright square round the whole picture.
    pub fn round(picture: &impl Picture) -> Self {
        let (width, height) = picture.size();
        let (width, height) = (width as f32, height as f32);
        let centre = Point::new(width / 2.0, height / 2.0);
        Self {
            centre,
            side: width.max(height),
            turn: 0.0,
        }
    }

    /// Where in the picture a place of the square lies; `u` and `v` run from 0 to 1.
    pub fn to_picture(&self, u: f32, v: f32) -> Point {
        let (sin, cos) = sin_cos_single(self.turn);
        let (x, y) = ((u - 0.5) * self.side, (v - 0.5) * self.side);
        Point::new(
            self.centre.x + cos * x - sin * y,
            self.centre.y + sin * x + cos * y,
        )
    }

    /// The square out of a picture or a camera frame, of which only the square is converted:
    /// `size * size` pixels, row by row, three numbers a pixel.
    pub(crate) fn read(
        &self,
        picture: &impl Picture,
        size: usize,
        Scaling { factor, offset }: Scaling,
        mirrored: bool,
    ) -> Vec<f32> {
        let (sin, cos) = sin_cos_single(self.turn);
        let patch = Patch {
            centre: [self.centre.x, self.centre.y],
            across: [self.side * cos, self.side * sin],
            mirrored,
        };
        picture.patch(&patch, size, Scale { factor, offset })
    }

    /// The square as `size * size` pixels, row by row, three numbers a pixel.
    ///
    /// Shrinking below half averages the covered area, as the detector was taught; otherwise the
    /// four nearest pixels are mixed, as the landmark networks were taught.
    pub fn sampled(&self, picture: &Rgb, size: usize, scaling: Scaling) -> Vec<f32> {
        let grain = (self.side / size as f32).round().max(1.0) as usize;
        if grain > 2 {
            self.averaged(picture, size, grain, scaling)
        } else {
            self.mixed(picture, size, scaling)
        }
    }

    /// The same square seen in a mirror.
    pub fn sampled_mirrored(&self, picture: &Rgb, size: usize, scaling: Scaling) -> Vec<f32> {
        let mut values = self.sampled(picture, size, scaling);
        let (pixels, _) = values.as_chunks_mut::<3>();
        pixels
            .chunks_exact_mut(size)
            .for_each(<[[f32; 3]]>::reverse);
        values
    }

    fn mixed(&self, picture: &Rgb, size: usize, scaling: Scaling) -> Vec<f32> {
        let mut values = Vec::with_capacity(3 * size * size);
        let step = 1.0 / size as f32;
        for row in 0..size {
            for column in 0..size {
                let place =
                    self.to_picture((column as f32 + 0.5) * step, (row as f32 + 0.5) * step);
                let colour = mix(picture, place.x - 0.5, place.y - 0.5);
                values.extend(colour.map(|value| value * scaling.factor + scaling.offset));
            }
        }
        values
    }

    fn averaged(&self, picture: &Rgb, size: usize, grain: usize, scaling: Scaling) -> Vec<f32> {
        let mut values = Vec::with_capacity(3 * size * size);
        let step = 1.0 / (size * grain) as f32;
        let share = scaling.factor / (grain * grain) as f32;
        for row in 0..size {
            for column in 0..size {
                let mut sum = [0u32; 3];
                for part in 0..grain * grain {
                    let u = ((column * grain + part % grain) as f32 + 0.5) * step;
                    let v = ((row * grain + part / grain) as f32 + 0.5) * step;
                    let place = self.to_picture(u, v);
                    let colour = pixel(picture, place.x.floor() as i64, place.y.floor() as i64);
                    for (sum, value) in sum.iter_mut().zip(colour) {
                        *sum += u32::from(value);
                    }
                }
                values.extend(sum.map(|sum| sum as f32 * share + scaling.offset));
            }
        }
        values
    }
}

fn pixel(picture: &Rgb, x: i64, y: i64) -> [u8; 3] {
    if x < 0 || y < 0 || x >= i64::from(picture.width) || y >= i64::from(picture.height) {
        return [0; 3];
    }
    let at = (y as usize * picture.width as usize + x as usize) * 3;
    match picture.pixels.get(at..at + 3) {
        Some(&[red, green, blue]) => [red, green, blue],
        _ => [0; 3],
    }
}

fn mix(picture: &Rgb, x: f32, y: f32) -> [f32; 3] {
    let (left, top) = (x.floor(), y.floor());
    let (right_share, low_share) = (x - left, y - top);
    let (left, top) = (left as i64, top as i64);
    let corners = [
        (
            pixel(picture, left, top),
            (1.0 - right_share) * (1.0 - low_share),
        ),
        (
            pixel(picture, left + 1, top),
            right_share * (1.0 - low_share),
        ),
        (
            pixel(picture, left, top + 1),
            (1.0 - right_share) * low_share,
        ),
        (pixel(picture, left + 1, top + 1), right_share * low_share),
    ];
    let mut colour = [0.0; 3];
    for (corner, share) in corners {
        for (sum, value) in colour.iter_mut().zip(corner) {
            *sum += f32::from(value) * share;
        }
    }
    colour
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ramp(width: u32, height: u32) -> Rgb {
        let pixels = (0..width * height)
            .flat_map(|at| [(at % width) as u8, (at / width) as u8, 7])
            .collect();
        Rgb {
            width,
            height,
            pixels,
        }
    }

    #[test]
    fn a_square_of_the_same_size_is_the_picture_itself() {
        let values = Square::round(&ramp(8, 8)).sampled(&ramp(8, 8), 8, Scaling::BYTES);
        for at in 0..64 {
            let [red, green, blue] = values.as_chunks::<3>().0[at];
            assert!((red - (at % 8) as f32).abs() < 1e-4);
            assert!((green - (at / 8) as f32).abs() < 1e-4);
            assert!((blue - 7.0).abs() < 1e-4);
        }
    }

    #[test]
    fn a_quarter_turn_reads_downwards_and_a_mirror_backwards() {
        let picture = ramp(8, 8);
        let turned = Square {
            turn: std::f32::consts::FRAC_PI_2,
            ..Square::round(&picture)
        };
        let values = turned.sampled(&picture, 8, Scaling::BYTES);
        let pixel = |values: &[f32], at: usize| values.as_chunks::<3>().0[at];
        let [red, green, _] = pixel(&values, 0);
        assert!((red - 7.0).abs() < 1e-3 && green.abs() < 1e-3);
        let [_, green, _] = pixel(&values, 7);
        assert!((green - 7.0).abs() < 1e-3, "the row runs down the picture");
        let mirrored = Square::round(&picture).sampled_mirrored(&picture, 8, Scaling::BYTES);
        assert!((pixel(&mirrored, 0)[0] - 7.0).abs() < 1e-4);
        assert!(pixel(&mirrored, 7)[0].abs() < 1e-4);
    }

    #[test]
    fn shrinking_averages_and_outside_is_black() {
        let picture = ramp(64, 64);
        let values = Square::round(&picture).sampled(&picture, 8, Scaling::BYTES);
        assert!((values[0] - 3.5).abs() < 1e-3);
        let far = Square {
            centre: Point::new(-500.0, 0.0),
            side: 64.0,
            turn: 0.3,
        };
        let values = far.sampled(&picture, 8, Scaling::SIGNED);
        assert!(values.iter().all(|value| (value + 1.0).abs() < 1e-6));
    }
}
