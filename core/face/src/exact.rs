//! Lengths, angles and their like with the same bits on every system.
//!
//! Those of the standard library come from the system's and differ in the last digit between systems; the
//! portal must find what the phone found. `libm` makes them of sums, products and roots, each of which
//! IEEE 754 rounds in one way (clause 5.4.1). Whatever enters evidence or a verdict takes them from here.
//! Angles are radians.

/// Length of the hypotenuse. Squares above the largest number give infinity: pixels and ratios are far
/// below.
pub fn length(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
}

/// Angle of the way to a place from the axis x, -pi to pi.
pub fn angle(x: f64, y: f64) -> f64 {
    libm::atan2(y, x)
}

/// Sine and cosine.
pub fn sin_cos(angle: f64) -> (f64, f64) {
    libm::sincos(angle)
}

/// The same in single precision, from double precision rounded once.
pub fn sin_cos_single(angle: f32) -> (f32, f32) {
    let (sin, cos) = sin_cos(f64::from(angle));
    (sin as f32, cos as f32)
}

/// The exponential function.
pub fn exp(power: f64) -> f64 {
    libm::exp(power)
}

#[cfg(test)]
mod tests {
    use super::*;
    use quanshengshi_protocol::ids::Digest;

    /// Places and angles over many powers of two, both signs and the axes.
    fn numbers() -> Vec<f64> {
        let grown = (0..400).map(|at| 1.0e-6 * 1.073_f64.powi(at % 200) * f64::from(at - 170));
        grown.chain([0.0, 1.0, -1.0, 0.5, 720.25]).collect()
    }

    fn bits(values: impl Iterator<Item = f64>) -> String {
        let bytes: Vec<u8> = values
            .flat_map(|value| value.to_bits().to_le_bytes())
            .collect();
        Digest::of(&bytes).to_string()
    }

    #[test]
    fn they_are_those_of_the_standard_library_to_the_last_digits() {
        let near = |ours: f64, theirs: f64| {
            let off = (ours - theirs).abs();
            assert!(
                off <= 4.0 * f64::EPSILON * theirs.abs().max(1e-300),
                "{ours} {theirs}"
            );
        };
        for x in numbers() {
            near(exp(x.clamp(-80.0, 80.0)), x.clamp(-80.0, 80.0).exp());
            near(sin_cos(x).0, x.sin());
            near(sin_cos(x).1, x.cos());
            for y in numbers().into_iter().step_by(7) {
                near(length(x, y), x.hypot(y));
                near(angle(x, y), y.atan2(x));
            }
        }
    }

    /// The same on every system and processor; `README.md` says how it is run for aarch64, and whether it was.
    #[test]
    fn their_bits_are_the_stored_ones() {
        // Made by sums and products alone, as the powers of the other test are not.
        let numbers: Vec<f64> = (0..500)
            .map(|at| f64::from(at - 250) * 0.037 + f64::from(at % 7) * 41.5)
            .collect();
        let each = |function: fn(f64) -> f64| bits(numbers.iter().copied().map(function));
        let pairs = |function: fn(f64, f64) -> f64| {
            let behind = numbers.iter().skip(1);
            bits(numbers.iter().zip(behind).map(|(x, y)| function(*x, *y)))
        };
        let found = [
            pairs(length),
            pairs(angle),
            each(|value| sin_cos(value).0),
            each(|value| sin_cos(value).1),
            each(|value| exp(-value.abs() / 8.0)),
        ];
        let stored = [
            "DVGIg4sRWAX7BrvXuq3DQkGDdNpDJoT8fvJAM-PoZDw",
            "lPQUx1XGHcL3d_IsTj8tu-eH2spdozNhFHfMsGMcXic",
            "sF5TKcaS6TN-bre6wv-QF8Lbiaed90zoxjd2UPT6tGw",
            "aFe47Bkwys9L0osWZoDA0FJl0hfarxvPdW-lYBhOgX8",
            "9HHcm3er7IFvjnNVppktGvpgU8sTsmMD6mcUFO2CiQU",
        ];
        assert_eq!(found, stored);
    }
}
