//! From light to the bytes a camera delivers.

use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still;

use super::light::{Light, to_value};
use super::view::View;
use crate::random::Splitmix;

/// The light with sensor noise, rounded, and once through a JPEG.
#[expect(
    clippy::expect_used,
    reason = "a picture of its own checked size always encodes, and its JPEG decodes"
)]
pub(super) fn developed(picture: &Light, view: &View) -> Rgb {
    let mut chance = Splitmix::new(view.seed);
    let pixels = picture
        .pixels
        .iter()
        .flatten()
        .map(|light| {
            // Shot noise grows with the root of the light; the rest is the reading of the sensor.
            let deviation = view.noise * (0.3 + 0.7 * light.max(0.0)).sqrt();
            (to_value(*light) + deviation * chance.normal())
                .round()
                .clamp(0.0, 255.0) as u8
        })
        .collect();
    let photo = Rgb {
        width: picture.width as u32,
        height: picture.height as u32,
        pixels,
    };
    let jpeg = still::encode_jpeg(&photo, view.jpeg_quality).expect("an own picture encodes");
    still::decode(&jpeg).expect("an own JPEG decodes")
}
