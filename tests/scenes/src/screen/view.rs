//! From where, and how badly, the screen is seen.

use crate::random::Splitmix;

/// One look of a phone at a screen.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// Width of the photo in pixels.
    pub width: u32,
    /// Height of the photo in pixels.
    pub height: u32,
    /// The point of the screenshot in the middle of the photo, as parts of its width and height.
    pub aim: (f32, f32),
    /// How close: 1 shows the whole screenshot with a small rim, 2 half of it.
    pub zoom: f32,
    /// Turn about the vertical axis in degrees; positive sees the screen from its right.
    pub yaw_degrees: f32,
    /// Turn about the horizontal axis in degrees; positive sees the screen from above.
    pub pitch_degrees: f32,
    /// Turn in the picture in degrees, clockwise.
    pub roll_degrees: f32,
    /// Standard deviation of the focus blur in photo pixels.
    pub defocus_px: f32,
    /// Length of the hand's movement during the exposure in photo pixels.
    pub motion_px: f32,
    /// Direction of that movement in degrees.
    pub motion_degrees: f32,
    /// Gain of the exposure: 1 as the screen shows it.
    pub exposure: f32,
    /// Light lost in the corners, 0 to 1.
    pub vignette: f32,
    /// Deviation of the sensor noise at white, in values of 255.
    pub noise: f32,
    /// Strength of the beat between screen pixels and sensor, 0 to 1.
    pub moire: f32,
    /// Quality of the JPEG, 1 to 100.
    pub jpeg_quality: u8,
    /// Seed of everything random.
    pub seed: u64,
}

impl Default for View {
    /// A careful photo of the whole screen: gently tilted, slightly soft.
    fn default() -> Self {
        Self {
            width: 1080,
            height: 1440,
            aim: (0.5, 0.5),
            zoom: 1.0,
            yaw_degrees: 6.0,
            pitch_degrees: 4.0,
            roll_degrees: 2.5,
            defocus_px: 0.7,
            motion_px: 1.0,
            motion_degrees: 20.0,
            exposure: 0.92,
            vignette: 0.25,
            noise: 2.5,
            moire: 0.05,
            jpeg_quality: 88,
            seed: 1,
        }
    }
}

impl View {
    /// A look at one place of the screenshot, as when a person points at a code.
    pub fn aimed(x: f32, y: f32, zoom: f32) -> Self {
        Self {
            aim: (x, y),
            zoom,
            ..Self::default()
        }
    }

    /// The same look by another hand: a little other tilt, distance, movement and noise.
    #[must_use]
    pub fn by_another_hand(&self, seed: u64) -> Self {
        let mut chance = Splitmix::new(seed);
        let mut near = |value: f32, spread: f32| value + chance.between(-spread, spread);
        Self {
            zoom: self.zoom * near(1.0, 0.05),
            yaw_degrees: near(self.yaw_degrees, 5.0),
            pitch_degrees: near(self.pitch_degrees, 5.0),
            roll_degrees: near(self.roll_degrees, 4.0),
            motion_px: near(self.motion_px, 0.5).max(0.0),
            motion_degrees: near(0.0, 180.0),
            seed,
            ..self.clone()
        }
    }
}
