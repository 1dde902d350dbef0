//! Pictures in linear light.

use std::sync::LazyLock;

/// Three planes interleaved, 0 no light, 1 the screen's white.
pub(super) struct Light {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<[f32; 3]>,
}

impl Light {
    /// The light at a place between pixels; beyond the rim the rim repeats.
    pub(super) fn between(&self, x: f32, y: f32) -> [f32; 3] {
        let (x, y) = (
            x.clamp(0.0, self.width as f32 - 1.0),
            y.clamp(0.0, self.height as f32 - 1.0),
        );
        let (left, top) = (x as usize, y as usize);
        let (right, bottom) = (
            (left + 1).min(self.width - 1),
            (top + 1).min(self.height - 1),
        );
        let (dx, dy) = (x - left as f32, y - top as f32);
        let at = |x: usize, y: usize| self.pixels[y * self.width + x];
        let upper = mixed(at(left, top), at(right, top), dx);
        let lower = mixed(at(left, bottom), at(right, bottom), dx);
        mixed(upper, lower, dy)
    }
}

fn mixed(a: [f32; 3], b: [f32; 3], part: f32) -> [f32; 3] {
    std::array::from_fn(|plane| a[plane] + (b[plane] - a[plane]) * part)
}

/// sRGB values to light, one entry a value.
static TO_LIGHT: LazyLock<[f32; 256]> = LazyLock::new(|| {
    std::array::from_fn(|value| {
        let value = value as f32 / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    })
});

/// The light of an sRGB pixel.
pub(super) fn to_light(pixel: [u8; 3]) -> [f32; 3] {
    let table = &*TO_LIGHT;
    pixel.map(|value| table[usize::from(value)])
}

/// The sRGB value of light, 0 to 255, not yet rounded.
pub(super) fn to_value(light: f32) -> f32 {
    let light = light.clamp(0.0, 1.0);
    let value = if light <= 0.003_130_8 {
        light * 12.92
    } else {
        1.055 * light.powf(1.0 / 2.4) - 0.055
    };
    value * 255.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_survives_the_way_through_light() {
        for value in 0..=255u8 {
            let [light, ..] = to_light([value; 3]);
            assert_eq!(to_value(light).round() as u8, value);
        }
    }
}
