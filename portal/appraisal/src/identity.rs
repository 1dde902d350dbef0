//! Whether pictures show one person: an embedding network and distances.

use quanshengshi_face::exact::angle;
use quanshengshi_face::geometry::Point;
use quanshengshi_face::mesh::Mesh;
use quanshengshi_face::square::{Scaling, Square};
use quanshengshi_frame::rgb::Rgb;

use crate::engine::{Engine, NetworkError};

/// ONNX bytes; origin and licence in `models/README.md`.
pub(crate) const MODEL: &[u8] = include_bytes!("../models/dlib_resnet_u8.onnx");
/// Side of the network's input in pixels.
const SIDE: usize = 150;
/// Numbers of an embedding.
const NUMBERS: usize = 128;

/// Corners of the eyes and the foot of the nose: numbers of mesh points, and their places in the
/// network's input (0 to 1), which dlib calls its five-point shape with a padding of a quarter.
const ANCHORS: [(usize, [f32; 2]); 5] = [
    (263, [0.739_7, 0.309_0]),
    (362, [0.597_4, 0.319_3]),
    (33, [0.247_1, 0.309_2]),
    (133, [0.389_4, 0.319_4]),
    (2, [0.493_4, 0.585_2]),
];

/// One face as a point in the network's space.
#[derive(Clone, PartialEq)]
pub struct Embedding([f32; NUMBERS]);

impl Embedding {
    /// Euclidean distance: small for one person, large for two.
    pub fn distance(&self, other: &Self) -> f32 {
        self.0
            .iter()
            .zip(other.0)
            .map(|(a, b)| (a - b) * (a - b))
            .sum::<f32>()
            .sqrt()
    }
}

// Biometric: never printed.
impl std::fmt::Debug for Embedding {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Embedding(..)")
    }
}

/// The loaded embedding network.
pub struct Embedder {
    engine: Engine,
}

impl Embedder {
    /// Loads the network out of the binary.
    ///
    /// # Errors
    /// [`NetworkError`] when the engine refuses it: a damaged binary.
    pub fn load() -> Result<Self, NetworkError> {
        Ok(Self {
            engine: Engine::load(MODEL, SIDE)?,
        })
    }

    /// The embedding of a face in a picture.
    ///
    /// # Errors
    /// [`NetworkError`] when the engine fails.
    pub fn embed(&self, picture: &Rgb, mesh: &Mesh) -> Result<Embedding, NetworkError> {
        self.run(&chip(mesh).sampled(picture, SIDE, Scaling::BYTES))
    }

    /// The mean of a face and its mirror image: steadier, for twice the work.
    ///
    /// # Errors
    /// [`NetworkError`] when the engine fails.
    pub fn embed_both_ways(&self, picture: &Rgb, mesh: &Mesh) -> Result<Embedding, NetworkError> {
        let one = self.embed(picture, mesh)?;
        let other = self.run(&chip(mesh).sampled_mirrored(picture, SIDE, Scaling::BYTES))?;
        Ok(Embedding(std::array::from_fn(|at| {
            f32::midpoint(one.0[at], other.0[at])
        })))
    }

    fn run(&self, pixels: &[f32]) -> Result<Embedding, NetworkError> {
        self.engine
            .run(pixels)?
            .try_into()
            .map(Embedding)
            .map_err(|_| NetworkError::Shape)
    }
}

/// The square that puts the anchors where the network expects them, by least squares over turn,
/// size and place.
fn chip(mesh: &Mesh) -> Square {
    let mean = |values: [f32; 5]| values.iter().sum::<f32>() / 5.0;
    let at = |number: usize| mesh.point(number);
    let u = mean(ANCHORS.map(|(_, place)| place[0]));
    let v = mean(ANCHORS.map(|(_, place)| place[1]));
    let x = mean(ANCHORS.map(|(number, _)| at(number).x));
    let y = mean(ANCHORS.map(|(number, _)| at(number).y));
    let (mut along, mut across, mut spread) = (0.0, 0.0, 0.0);
    for (number, [place_u, place_v]) in ANCHORS {
        let (from_u, from_v) = (place_u - u, place_v - v);
        let (to_x, to_y) = (at(number).x - x, at(number).y - y);
        along += from_u * to_x + from_v * to_y;
        across += from_u * to_y - from_v * to_x;
        spread += from_u * from_u + from_v * from_v;
    }
    let (cos, sin) = (along / spread, across / spread);
    let (right, down) = (0.5 - u, 0.5 - v);
    Square {
        centre: Point::new(x + cos * right - sin * down, y + sin * right + cos * down),
        side: (cos * cos + sin * sin).sqrt().max(1.0),
        turn: angle(f64::from(cos), f64::from(sin)) as f32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quanshengshi_frame::still;
    use quanshengshi_protocol::ids::Digest;

    #[test]
    fn the_network_gives_its_reference_output() {
        let picture =
            still::decode(include_bytes!("../models/reference/dlib_resnet_u8.png")).unwrap();
        let input = Square::round(&picture).sampled(&picture, SIDE, Scaling::BYTES);
        let output = Embedder::load().unwrap().engine.run(&input).unwrap();
        let wanted = include_bytes!("../models/reference/dlib_resnet_u8.f32");
        let wanted = wanted
            .as_chunks::<4>()
            .0
            .iter()
            .map(|bytes| f32::from_le_bytes(*bytes));
        let worst = output
            .iter()
            .zip(wanted)
            .map(|(a, b)| (a - b).abs())
            .fold(0.0, f32::max);
        // A twentieth of a percent of the range of about 0.75.
        assert!(worst < 1.5e-4, "off by {worst}");
    }

    #[test]
    fn the_committed_network_is_the_one_named_in_its_readme() {
        let digest = Digest::of(MODEL);
        let hex = digest
            .as_bytes()
            .iter()
            .fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        assert!(include_str!("../models/README.md").contains(&hex), "{hex}");
    }
}
