//! What a still looks like, in bits that survive another encoding of it.
//!
//! A digest knows the same bytes again; this knows the same picture again, after JPEG, another size,
//! a small crop or other light. Two squares that hang on the face, the face itself and twice as much
//! with the room and the shoulders, are each taken apart into waves (discrete cosine transform, the
//! way of Zauner, *Implementation and Benchmarking of Perceptual Image Hash Functions*, 2010), and
//! the sign of each of 128 waves is a bit. The slowest waves are left out: they tell light and the
//! shape of any face, not this picture. Because the squares hang on the face, cutting and moving
//! the picture changes little. It is no means to tell who somebody is.

use quanshengshi_face::exact::sin_cos_single;
use quanshengshi_face::geometry::Point;
use quanshengshi_face::mesh::Mesh;
use quanshengshi_face::square::Square;
use quanshengshi_frame::rgb::Rgb;

/// Bytes of a fingerprint.
pub const BYTES: usize = 32;
/// Side of a patch in cells.
const SIDE: usize = 32;
/// Waves of a patch that become bits, by their place in the order of growing pitch.
const WAVES: std::ops::Range<usize> = 65..193;
/// Sides of the squares over the side of the face.
const SQUARES: [f32; 2] = [1.0, 2.0];
/// The square a mesh gives is larger than the face by this.
const ROOM: f32 = 1.5;

/// A still in 256 bits: the face, then the face with its surroundings.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; BYTES]);

// Made of somebody's face: never printed.
impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Fingerprint(..)")
    }
}

impl Fingerprint {
    /// The fingerprint of a picture and the face in it.
    pub fn of(picture: &Rgb, mesh: &Mesh) -> Self {
        let around = mesh.square();
        let bits = SQUARES.into_iter().flat_map(|size| {
            let side = around.side / ROOM * size;
            signs(&cells(picture, &Square { side, ..around }))
        });
        let mut bytes = [0; BYTES];
        for (at, bit) in bits.enumerate().take(BYTES * 8) {
            bytes[at / 8] |= u8::from(bit) << (at % 8);
        }
        Self(bytes)
    }

    /// A fingerprint that was stored.
    pub const fn from_bytes(bytes: [u8; BYTES]) -> Self {
        Self(bytes)
    }

    /// Its bytes, to be stored.
    pub const fn as_bytes(&self) -> &[u8; BYTES] {
        &self.0
    }

    /// Bits that differ, 0 to 256.
    pub fn distance(&self, other: &Self) -> u32 {
        let pairs = self.0.iter().zip(other.0);
        pairs.map(|(one, other)| (one ^ other).count_ones()).sum()
    }
}

/// The square in cells of mean brightness; beyond an edge the edge goes on.
#[expect(clippy::cast_sign_loss, reason = "1 to 16")]
fn cells(picture: &Rgb, square: &Square) -> Vec<f32> {
    let grain = (square.side / SIDE as f32).ceil().clamp(1.0, 16.0) as usize;
    let step = 1.0 / (SIDE * grain) as f32;
    let mut cells = vec![0.0; SIDE * SIDE];
    for row in 0..SIDE * grain {
        for column in 0..SIDE * grain {
            let place = square.to_picture((column as f32 + 0.5) * step, (row as f32 + 0.5) * step);
            cells[row / grain * SIDE + column / grain] += brightness(picture, place);
        }
    }
    cells
}

#[expect(clippy::cast_sign_loss, reason = "a place inside the picture")]
fn brightness(picture: &Rgb, place: Point) -> f32 {
    let inside = |value: f32, length: u32| (value.max(0.0) as u32).min(length.saturating_sub(1));
    let [red, green, blue] = picture
        .at(
            inside(place.x, picture.width),
            inside(place.y, picture.height),
        )
        .unwrap_or_default()
        .map(f32::from);
    0.299 * red + 0.587 * green + 0.114 * blue
}

/// The signs of the chosen waves.
fn signs(cells: &[f32]) -> Vec<bool> {
    let wave: Vec<f32> = (0..SIDE * SIDE)
        .map(|at| {
            let (pitch, place) = ((at / SIDE) as f32, (at % SIDE) as f32);
            sin_cos_single(std::f32::consts::PI / SIDE as f32 * (place + 0.5) * pitch).1
        })
        .collect();
    let waves = |values: &[f32]| -> Vec<f32> {
        let rows = values.chunks_exact(SIDE);
        let mut out = vec![0.0; SIDE * SIDE];
        for (row, line) in rows.enumerate() {
            for (pitch, wave) in wave.chunks_exact(SIDE).enumerate() {
                // Turned on its side, so that the second time the columns are taken apart.
                out[pitch * SIDE + row] = line.iter().zip(wave).map(|(a, b)| a * b).sum();
            }
        }
        out
    };
    let power = waves(&waves(cells));
    let mut order: Vec<usize> = (0..SIDE * SIDE).collect();
    order.sort_by_key(|at| (at / SIDE + at % SIDE, *at));
    order[WAVES].iter().map(|at| power[*at] > 0.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slope_and_its_opposite_differ_in_what_they_have_and_bytes_go_there_and_back() {
        let wave = |pitch: usize, at: usize| {
            (std::f32::consts::PI / SIDE as f32 * ((at % SIDE) as f32 + 0.5) * pitch as f32).cos()
        };
        let one: Vec<f32> = (0..SIDE * SIDE).map(|at| 9.0 * wave(14, at)).collect();
        let other: Vec<f32> = one.iter().map(|value| -value).collect();
        let differ = signs(&one)
            .into_iter()
            .zip(signs(&other))
            .filter(|(a, b)| a != b)
            .count();
        assert!(differ > 0, "{differ}");
        let print = Fingerprint::from_bytes(std::array::from_fn(|at| at as u8));
        assert_eq!(Fingerprint::from_bytes(*print.as_bytes()), print);
        assert_eq!(print.distance(&Fingerprint::from_bytes([0; BYTES])), 80);
        assert!(!format!("{print:?}").contains('1'));
    }
}
