//! What focus, hand and glass do to the light.

use super::Light;

/// The picture blurred by a Gaussian of this deviation in pixels.
pub(super) fn defocused(picture: &Light, deviation: f32) -> Light {
    let Light { width, height, .. } = *picture;
    let taps = gaussian(deviation);
    let reach = taps.len() / 2;
    let pass = |source: &[[f32; 3]], at: &dyn Fn(usize, usize, usize) -> usize| {
        let mut out = Vec::with_capacity(source.len());
        for y in 0..height {
            for x in 0..width {
                let mut sum = [0.0; 3];
                for (tap, weight) in taps.iter().enumerate() {
                    let light = source[at(x, y, tap)];
                    for plane in 0..3 {
                        sum[plane] += weight * light[plane];
                    }
                }
                out.push(sum);
            }
        }
        out
    };
    let near = |place: usize, tap: usize, length: usize| {
        (place + tap).saturating_sub(reach).min(length - 1)
    };
    let across = pass(&picture.pixels, &|x, y, tap| {
        y * width + near(x, tap, width)
    });
    let pixels = pass(&across, &|x, y, tap| near(y, tap, height) * width + x);
    Light {
        width,
        height,
        pixels,
    }
}

/// Weights of a Gaussian that add up to one; a single one for no blur.
fn gaussian(deviation: f32) -> Vec<f32> {
    if deviation < 0.05 {
        return vec![1.0];
    }
    let reach = (deviation * 3.0).ceil().min(32.0) as i16;
    let weights: Vec<f32> = (-reach..=reach)
        .map(|tap| (-0.5 * (f32::from(tap) / deviation).powi(2)).exp())
        .collect();
    let sum: f32 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / sum).collect()
}

/// The picture smeared along a straight line of this length in pixels.
pub(super) fn moved(picture: &Light, length: f32, degrees: f32) -> Light {
    let steps = (length.clamp(0.0, 64.0) * 2.0).ceil() as u16 + 1;
    let (down, right) = degrees.to_radians().sin_cos();
    let shifts: Vec<(f32, f32)> = (0..steps)
        .map(|step| {
            let part = length * (f32::from(step) / f32::from((steps - 1).max(1)) - 0.5);
            (right * part, down * part)
        })
        .collect();
    let pixels = (0..picture.pixels.len())
        .map(|at| {
            if steps == 1 {
                return picture.pixels[at];
            }
            let (x, y) = ((at % picture.width) as f32, (at / picture.width) as f32);
            let mut sum = [0.0; 3];
            for (dx, dy) in &shifts {
                let light = picture.between(x + dx, y + dy);
                for plane in 0..3 {
                    sum[plane] += light[plane] / f32::from(steps);
                }
            }
            sum
        })
        .collect();
    Light { pixels, ..*picture }
}

/// The picture with a gain, and with this part of the light lost in the corners.
pub(super) fn exposed(mut picture: Light, gain: f32, vignette: f32) -> Light {
    let (cx, cy) = (picture.width as f32 / 2.0, picture.height as f32 / 2.0);
    let width = picture.width;
    for (at, light) in picture.pixels.iter_mut().enumerate() {
        let (dx, dy) = ((at % width) as f32 - cx, (at / width) as f32 - cy);
        let off = (dx * dx + dy * dy) / (cx * cx + cy * cy);
        let factor = gain * (1.0 - vignette * off);
        *light = light.map(|value| value * factor);
    }
    picture
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dot() -> Light {
        let mut pixels = vec![[0.0; 3]; 21 * 21];
        pixels[10 * 21 + 10] = [1.0; 3];
        Light {
            width: 21,
            height: 21,
            pixels,
        }
    }

    fn total(picture: &Light) -> f32 {
        picture.pixels.iter().map(|[red, ..]| red).sum()
    }

    #[test]
    fn blur_and_movement_spread_light_without_losing_any() {
        let soft = defocused(&dot(), 1.5);
        assert!((total(&soft) - 1.0).abs() < 1e-3 && soft.pixels[10 * 21 + 10][0] < 0.1);
        let smeared = moved(&dot(), 6.0, 0.0);
        assert!((total(&smeared) - 1.0).abs() < 0.05);
        assert!(smeared.pixels[10 * 21 + 12][0] > 0.05);
        assert!(smeared.pixels[12 * 21 + 10][0].abs() < 1e-6);
    }

    #[test]
    fn no_blur_and_no_movement_change_nothing() {
        assert_eq!(defocused(&dot(), 0.0).pixels, dot().pixels);
        assert_eq!(moved(&dot(), 0.0, 30.0).pixels, dot().pixels);
    }

    #[test]
    fn corners_are_darker_than_the_middle() {
        let white = Light {
            pixels: vec![[1.0; 3]; 21 * 21],
            ..dot()
        };
        let picture = exposed(white, 0.9, 0.5);
        assert!(picture.pixels[0][0] < 0.5 && picture.pixels[10 * 21 + 10][0] > 0.89);
    }
}
