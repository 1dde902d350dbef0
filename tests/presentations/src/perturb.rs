//! What cameras, hands and rooms do to a recording: pictures a limit was not chosen on.
//!
//! Each perturbation is a change of pictures or of their times, the same for every frame of a
//! presentation; the noise alone is drawn anew for each frame, by a seed.

use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still::{self, StillError};

use crate::recorded::Clip;

/// One change of a whole recording.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Perturbation {
    /// Nothing: what the others are held against.
    Plain,
    /// Every channel times this.
    Brightness(f32),
    /// Red, green and blue times these: the colour of a lamp.
    Cast([f32; 3]),
    /// Noise of this standard deviation, in steps of 255, drawn for each value of each frame.
    Noise(f32),
    /// Through a JPEG of this quality.
    Jpeg(u8),
    /// To this share of its sides.
    Size(f32),
    /// The middle enlarged by this; below 1 the room goes on beyond the edges as in a mirror.
    Zoom(f32),
    /// Turned by so many degrees, clockwise as seen.
    Roll(f32),
    /// Moved by these shares of width and height.
    Shift([f32; 2]),
    /// Every frame twice, half a step apart, byte for byte: a driver that repeats frames.
    Doubled,
    /// Every third frame left out, the times of the others kept.
    Dropped,
    /// A mirror image, from a camera that says so.
    Mirrored,
}

impl Perturbation {
    /// All that are measured, plain first.
    pub const ALL: [Self; 19] = [
        Self::Plain,
        Self::Brightness(0.6),
        Self::Brightness(1.4),
        Self::Cast([1.2, 1.0, 0.75]),
        Self::Cast([0.8, 1.0, 1.2]),
        Self::Noise(8.0),
        Self::Jpeg(50),
        Self::Size(0.5),
        Self::Zoom(0.8),
        Self::Zoom(1.25),
        Self::Roll(15.0),
        Self::Roll(-15.0),
        Self::Roll(30.0),
        Self::Roll(-30.0),
        Self::Shift([0.08, 0.0]),
        Self::Shift([0.0, 0.08]),
        Self::Doubled,
        Self::Dropped,
        Self::Mirrored,
    ];

    /// Its name in tables.
    pub fn name(self) -> String {
        match self {
            Self::Plain => "plain".to_owned(),
            Self::Brightness(factor) => format!("brightness {factor}"),
            Self::Cast([red, green, blue]) => format!("cast {red} {green} {blue}"),
            Self::Noise(deviation) => format!("noise {deviation}"),
            Self::Jpeg(quality) => format!("jpeg {quality}"),
            Self::Size(share) => format!("size {share}"),
            Self::Zoom(factor) => format!("zoom {factor}"),
            Self::Roll(degrees) => format!("roll {degrees}"),
            Self::Shift([right, down]) => format!("shift {right} {down}"),
            Self::Doubled => "frames doubled".to_owned(),
            Self::Dropped => "a third of the frames dropped".to_owned(),
            Self::Mirrored => "mirrored camera".to_owned(),
        }
    }

    /// Whether the frames are mirror images and must be offered as such.
    pub fn is_mirrored(self) -> bool {
        self == Self::Mirrored
    }

    /// The recording as it would have been; `seed` chooses the noise.
    ///
    /// # Errors
    /// [`StillError`] when a picture cannot be made a JPEG or read back.
    pub fn of(self, clip: &Clip, seed: u64) -> Result<Clip, StillError> {
        let pictures = &clip.pictures;
        let mut noise = Noise(seed.wrapping_mul(2).wrapping_add(1));
        Ok(match self {
            Self::Doubled => Clip {
                pictures: pictures
                    .iter()
                    .flat_map(|picture| [picture.clone(), picture.clone()])
                    .collect(),
                fps: clip.fps * 2.0,
            },
            // Two of three frames, at two thirds of the rate: on the mean the times are kept.
            Self::Dropped => Clip {
                pictures: pictures
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| at % 3 != 2)
                    .map(|(_, picture)| picture.clone())
                    .collect(),
                fps: clip.fps * 2.0 / 3.0,
            },
            _ => Clip {
                pictures: pictures
                    .iter()
                    .map(|picture| self.picture(picture, &mut noise))
                    .collect::<Result<_, _>>()?,
                fps: clip.fps,
            },
        })
    }

    /// One picture as it would have been.
    ///
    /// # Errors
    /// [`StillError`] when it cannot be made a JPEG or read back.
    pub fn still(self, picture: &Rgb, seed: u64) -> Result<Rgb, StillError> {
        self.picture(picture, &mut Noise(seed.wrapping_mul(2).wrapping_add(1)))
    }

    fn picture(self, picture: &Rgb, noise: &mut Noise) -> Result<Rgb, StillError> {
        let (width, height) = (picture.width as f32, picture.height as f32);
        Ok(match self {
            Self::Plain | Self::Doubled | Self::Dropped => picture.clone(),
            Self::Brightness(factor) => valued(picture, |value, _| value * factor),
            Self::Cast(factors) => valued(picture, |value, channel| value * factors[channel]),
            Self::Noise(deviation) => {
                valued(picture, |value, _| value + deviation * noise.next_normal())
            }
            Self::Jpeg(quality) => still::decode(&still::encode_jpeg(picture, quality)?)?,
            Self::Size(share) => picture.resized((width * share) as u32, (height * share) as u32),
            Self::Zoom(factor) => placed(picture, |[x, y]| {
                [
                    (x - width / 2.0) / factor + width / 2.0,
                    (y - height / 2.0) / factor + height / 2.0,
                ]
            }),
            Self::Roll(degrees) => {
                let (sin, cos) = degrees.to_radians().sin_cos();
                placed(picture, |[x, y]| {
                    let (right, down) = (x - width / 2.0, y - height / 2.0);
                    [
                        width / 2.0 + cos * right + sin * down,
                        height / 2.0 + cos * down - sin * right,
                    ]
                })
            }
            Self::Shift([right, down]) => {
                placed(picture, |[x, y]| [x - right * width, y - down * height])
            }
            Self::Mirrored => placed(picture, |[x, y]| [width - x, y]),
        })
    }
}

fn valued(picture: &Rgb, mut map: impl FnMut(f32, usize) -> f32) -> Rgb {
    let pixels = picture.pixels.iter().enumerate();
    Rgb {
        pixels: pixels
            .map(|(at, value)| map(f32::from(*value), at % 3).round().clamp(0.0, 255.0) as u8)
            .collect(),
        ..*picture
    }
}

/// Each pixel from its place in the old picture, between pixels by halves; beyond an edge the
/// picture goes on as in a mirror, so that no black wedge tells what was done.
fn placed(picture: &Rgb, from: impl Fn([f32; 2]) -> [f32; 2]) -> Rgb {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let mut pixels = Vec::with_capacity(picture.pixels.len());
    for y in 0..height {
        for x in 0..width {
            let [right, down] = from([x as f32 + 0.5, y as f32 + 0.5]);
            let (right, down) = (right - 0.5, down - 0.5);
            let (left, top) = (right.floor(), down.floor());
            let (along, across) = (right - left, down - top);
            let columns = [reflected(left, width), reflected(left + 1.0, width)];
            let rows = [reflected(top, height), reflected(top + 1.0, height)];
            for channel in 0..3 {
                let at = |row: usize, column: usize| {
                    f32::from(picture.pixels[(rows[row] * width + columns[column]) * 3 + channel])
                };
                let upper = at(0, 0) + along * (at(0, 1) - at(0, 0));
                let lower = at(1, 0) + along * (at(1, 1) - at(1, 0));
                pixels.push((upper + across * (lower - upper)).round() as u8);
            }
        }
    }
    Rgb { pixels, ..*picture }
}

/// The place inside a row of this length that a place beyond its ends mirrors.
#[expect(clippy::cast_possible_wrap, reason = "pixels of a side")]
fn reflected(place: f32, length: usize) -> usize {
    let round = 2 * length.max(1) as i64;
    let place = (place as i64).rem_euclid(round);
    let inside = if place < round / 2 {
        place
    } else {
        round - 1 - place
    };
    inside as usize
}

/// Numbers without order (Marsaglia's xorshift, 64 bits); never zero inside.
struct Noise(u64);

impl Noise {
    fn next_bits(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Nearly a bell of deviation 1: eight even numbers, added.
    fn next_normal(&mut self) -> f32 {
        let sum: f32 = self
            .next_bits()
            .to_le_bytes()
            .into_iter()
            .map(|byte| f32::from(byte) - 127.5)
            .sum();
        // The spread of one of 256 even values is 73.9.
        sum / (73.9 * 8f32.sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slope() -> Rgb {
        let pixels = (0..64u8)
            .flat_map(|at| [at * 3, 100, 255 - at * 3])
            .collect();
        Rgb {
            width: 8,
            height: 8,
            pixels,
        }
    }

    #[test]
    fn a_mirror_twice_and_a_roll_there_and_back_are_the_picture() {
        let picture = slope();
        let mirrored = Perturbation::Mirrored.still(&picture, 1).unwrap();
        assert_eq!(mirrored.at(0, 3), picture.at(7, 3));
        let back = Perturbation::Mirrored.still(&mirrored, 1).unwrap();
        assert_eq!(back, picture);
        let rolled = Perturbation::Roll(90.0).still(&picture, 1).unwrap();
        assert_eq!(rolled.at(7, 0), picture.at(0, 0));
        let back = Perturbation::Roll(-90.0).still(&rolled, 1).unwrap();
        assert_eq!(back, picture);
        assert_eq!(Perturbation::Zoom(1.0).still(&picture, 1).unwrap(), picture);
    }

    #[test]
    fn noise_has_its_deviation_and_repeats_by_its_seed() {
        let grey = Rgb {
            width: 100,
            height: 100,
            pixels: vec![128; 30_000],
        };
        let noisy = Perturbation::Noise(8.0).still(&grey, 7).unwrap();
        assert_eq!(noisy, Perturbation::Noise(8.0).still(&grey, 7).unwrap());
        assert_ne!(noisy, Perturbation::Noise(8.0).still(&grey, 8).unwrap());
        let squares = noisy.pixels.iter().map(|value| {
            let off = f32::from(*value) - 128.0;
            off * off
        });
        let deviation = (squares.sum::<f32>() / 30_000.0).sqrt();
        assert!((deviation - 8.0).abs() < 0.3, "{deviation}");
    }

    #[test]
    fn doubling_and_dropping_keep_the_length_in_time() {
        let clip = Clip {
            pictures: vec![slope(); 30],
            fps: 15.0,
        };
        for change in [Perturbation::Doubled, Perturbation::Dropped] {
            let changed = change.of(&clip, 1).unwrap();
            let seconds = changed.pictures.len() as f64 / changed.fps;
            assert!((seconds - 2.0).abs() < 1e-9, "{change:?}");
        }
    }

    #[test]
    fn every_perturbation_has_a_name_of_its_own() {
        let mut names = Perturbation::ALL.map(Perturbation::name).to_vec();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), Perturbation::ALL.len());
    }
}
