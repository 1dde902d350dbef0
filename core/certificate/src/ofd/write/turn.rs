//! Turns with the same bits on every system and at every level of optimisation.
//!
//! The sine of the standard library is the system's, and the compiler's own where it knows the angle:
//! the last digit differs between them, and with it the bytes of a file that is written anew. `libm`
//! makes both of sums and products, each of which IEEE 754 rounds in one way (clause 5.4.1;
//! `docs/decisions/0051`).

/// Sine and cosine of an angle in radians: double precision, rounded once.
#[expect(
    clippy::cast_possible_truncation,
    reason = "rounding is what is wanted; both lie between -1 and 1"
)]
pub(super) fn sin_cos(angle: f32) -> (f32, f32) {
    let (sin, cos) = libm::sincos(f64::from(angle));
    (sin as f32, cos as f32)
}

/// Length of the diagonal of a rectangle: the root of a sum of squares, rounded once.
#[expect(
    clippy::cast_possible_truncation,
    reason = "rounding is what is wanted; sides are those of a page"
)]
pub(super) fn diagonal(width: f32, height: f32) -> f32 {
    let (width, height) = (f64::from(width), f64::from(height));
    (width * width + height * height).sqrt() as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofd::write::tests::sha256;

    #[test]
    fn the_bits_are_frozen() {
        let mut bytes = Vec::new();
        for step in -400_i16..=400 {
            let angle = f32::from(step) * 0.017;
            let (sin, cos) = sin_cos(angle);
            for value in [sin, cos, diagonal(angle, f32::from(step))] {
                bytes.extend(value.to_bits().to_le_bytes());
            }
            // What it stands for, to the last digits.
            assert!((sin - angle.sin()).abs() <= f32::EPSILON, "{angle}");
            assert!((cos - angle.cos()).abs() <= f32::EPSILON, "{angle}");
        }
        assert_eq!(
            sha256(&bytes),
            "f0acc702eab54741c6dce10cf7eaa54b5e4893551e207041d76ad014b8efa03b"
        );
    }
}
