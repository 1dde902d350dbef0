//! Faces in a picture: boxes, scores and the line of the eyes, by the short-range network.

use quanshengshi_frame::patch::Picture;

use crate::exact::exp;
use crate::geometry::Point;
use crate::network::Networks;
use crate::square::{Scaling, Square};

/// The lowest score that counts as a face, 0 to 1.
const LOWEST_SCORE: f32 = 0.5;
/// Boxes that overlap more than this share are one face.
const SAME_FACE: f32 = 0.3;
/// Grids of the network: cells a side, anchors a cell.
const GRIDS: [(usize, usize); 2] = [(16, 2), (8, 6)];
/// Numbers an anchor: box of 4, then 6 points of 2.
const ANCHOR_NUMBERS: usize = 16;

/// One face as the detector sees it, in pixels of the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detection {
    /// How sure the network is, 0 to 1.
    pub score: f32,
    /// Upper left corner of the box.
    pub least: Point,
    /// Lower right corner of the box.
    pub most: Point,
    /// The eye on the left of the picture (the person's own right).
    pub left_eye: Point,
    /// The eye on the right of the picture.
    pub right_eye: Point,
}

impl Detection {
    /// The longer side of the box in pixels.
    pub fn side(&self) -> f32 {
        (self.most.x - self.least.x).max(self.most.y - self.least.y)
    }

    /// The middle of the box.
    pub fn centre(&self) -> Point {
        self.least.middle(self.most)
    }

    /// The square in which the mesh network should look: the box, half as large again, turned so
    /// that the eyes are level.
    pub fn square(&self) -> Square {
        Square {
            centre: self.centre(),
            side: self.side() * 1.5,
            turn: self.left_eye.angle_to(self.right_eye),
        }
    }

    fn area(&self) -> f32 {
        (self.most.x - self.least.x).max(0.0) * (self.most.y - self.least.y).max(0.0)
    }

    fn overlap(&self, other: &Self) -> f32 {
        let width = self.most.x.min(other.most.x) - self.least.x.max(other.least.x);
        let height = self.most.y.min(other.most.y) - self.least.y.max(other.least.y);
        let common = width.max(0.0) * height.max(0.0);
        common / (self.area() + other.area() - common).max(f32::EPSILON)
    }
}

/// The faces of a picture, largest first.
pub fn detect(networks: &Networks, picture: &impl Picture) -> Vec<Detection> {
    let square = Square::round(picture);
    let [boxes, scores] = networks.detector.look(picture, &square, Scaling::SIGNED);
    let side = networks.detector.side() as f32;
    let mut found: Vec<Detection> = anchors()
        .zip(boxes.chunks_exact(ANCHOR_NUMBERS))
        .zip(&scores)
        .filter_map(|((anchor, numbers), score)| {
            let score = sigmoid(*score);
            (score > LOWEST_SCORE).then(|| decoded(square, anchor, numbers, score, side))
        })
        .collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut faces: Vec<Detection> = Vec::new();
    for one in found {
        if faces.iter().all(|face| face.overlap(&one) < SAME_FACE) {
            faces.push(one);
        }
    }
    faces.sort_by(|a, b| b.side().total_cmp(&a.side()));
    faces
}

/// The middles of all anchors, 0 to 1, in the network's order.
fn anchors() -> impl Iterator<Item = Point> {
    GRIDS.into_iter().flat_map(|(cells, each)| {
        let place = move |at: usize| (at as f32 + 0.5) / cells as f32;
        (0..cells * cells * each).map(move |at| {
            let cell = at / each;
            Point::new(place(cell % cells), place(cell / cells))
        })
    })
}

fn decoded(square: Square, anchor: Point, numbers: &[f32], score: f32, side: f32) -> Detection {
    let place = |x: f32, y: f32| square.to_picture(anchor.x + x / side, anchor.y + y / side);
    let (half_width, half_height) = (numbers[2] / 2.0, numbers[3] / 2.0);
    Detection {
        score,
        least: place(numbers[0] - half_width, numbers[1] - half_height),
        most: place(numbers[0] + half_width, numbers[1] + half_height),
        left_eye: place(numbers[4], numbers[5]),
        right_eye: place(numbers[6], numbers[7]),
    }
}

/// From the network's score to a probability.
pub(crate) fn sigmoid(value: f32) -> f32 {
    let power = f64::from(-value.clamp(-80.0, 80.0));
    (1.0 / (1.0 + exp(power))) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{person, picture};
    use quanshengshi_frame::rgb::Rgb;

    #[test]
    fn there_are_as_many_anchors_as_the_network_has_boxes() {
        assert_eq!(anchors().count(), 896);
    }

    #[test]
    fn one_face_is_found_where_it_is() {
        let networks = Networks::load();
        let faces = detect(&networks, &picture(&person("p01").join("neutral/0000.jpg")));
        assert_eq!(faces.len(), 1, "{faces:?}");
        let centre = faces[0].centre();
        assert!(
            centre.distance(Point::new(182.0, 260.0)) < 30.0,
            "{centre:?}"
        );
        assert!((120.0..230.0).contains(&faces[0].side()));
    }

    #[test]
    fn two_faces_side_by_side_are_two_and_an_empty_wall_is_none() {
        let networks = Networks::load();
        let one = picture(&person("p01").join("neutral/0000.jpg"));
        let other = picture(&person("p09").join("neutral/0000.jpg"));
        let row = one.width as usize * 3;
        let pixels = one.pixels.chunks(row).zip(other.pixels.chunks(row));
        let pixels = pixels.flat_map(|(a, b)| [a, b].concat()).collect();
        let both = Rgb {
            width: one.width * 2,
            height: one.height,
            pixels,
        };
        assert_eq!(detect(&networks, &both).len(), 2);
        let wall = Rgb {
            width: 360,
            height: 480,
            pixels: vec![150; 360 * 480 * 3],
        };
        assert_eq!(detect(&networks, &wall), []);
    }
}
