//! 468 points of one face.

use quanshengshi_frame::patch::Picture;

use crate::detect::sigmoid;
use crate::exact::sin_cos_single;
use crate::geometry::Point;
use crate::network::Networks;
use crate::square::{Scaling, Square};

/// How many points the network gives.
pub const POINTS: usize = 468;
/// The face fills this share of the square the network looks at.
const ROOM: f32 = 1.5;

/// Outer corner of the eye on the left of the picture, and its inner corner.
pub(crate) const LEFT_EYE: [usize; 2] = [33, 133];
/// Outer corner of the eye on the right of the picture, and its inner corner.
pub(crate) const RIGHT_EYE: [usize; 2] = [263, 362];

/// The points of one face in the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Mesh {
    points: Vec<Point>,
    depths: Vec<f32>,
    /// How sure the network is that this is a face, 0 to 1.
    pub score: f32,
}

impl Mesh {
    /// Finds the points of the face inside a square of the picture.
    pub fn find(networks: &Networks, picture: &impl Picture, square: Square) -> Self {
        let [numbers, score] = networks.mesh.look(picture, &square, Scaling::UNIT);
        let size = networks.mesh.side() as f32;
        let triples = || numbers.as_chunks::<3>().0.iter();
        Self {
            points: triples()
                .map(|[x, y, _]| square.to_picture(x / size, y / size))
                .collect(),
            depths: triples().map(|[.., z]| z / size * square.side).collect(),
            score: score.first().copied().map_or(0.0, sigmoid),
        }
    }

    /// One of the 468 points, in pixels; numbered as the network's authors do.
    pub fn point(&self, number: usize) -> Point {
        self.points.get(number).copied().unwrap_or_default()
    }

    /// All points.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// Depth of each point as the network guesses it, in pixels, growing away from the camera.
    pub fn depths(&self) -> &[f32] {
        &self.depths
    }

    /// The square in which to look in the next frame: round the points, with the eyes level.
    pub fn square(&self) -> Square {
        let turn = self.point(LEFT_EYE[0]).angle_to(self.point(RIGHT_EYE[0]));
        let (sin, cos) = sin_cos_single(turn);
        let level = self
            .points
            .iter()
            .map(|point| Point::new(cos * point.x + sin * point.y, cos * point.y - sin * point.x));
        let (least, most) = bounds(level);
        let middle = least.middle(most);
        Square {
            centre: Point::new(
                cos * middle.x - sin * middle.y,
                sin * middle.x + cos * middle.y,
            ),
            side: (most.x - least.x).max(most.y - least.y) * ROOM,
            turn,
        }
    }

    /// Upper left and lower right corner of the box round all points.
    pub fn bounds(&self) -> (Point, Point) {
        bounds(self.points.iter().copied())
    }

    /// Pixels between the middles of the eyes: the unit of all shape measures.
    pub fn inter_ocular(&self) -> f32 {
        let middle = |[outer, inner]: [usize; 2]| self.point(outer).middle(self.point(inner));
        middle(LEFT_EYE).distance(middle(RIGHT_EYE)).max(1.0)
    }
}

fn bounds(points: impl Iterator<Item = Point>) -> (Point, Point) {
    let none = (
        Point::new(f32::MAX, f32::MAX),
        Point::new(f32::MIN, f32::MIN),
    );
    points.fold(none, |(least, most), point| {
        (
            Point::new(least.x.min(point.x), least.y.min(point.y)),
            Point::new(most.x.max(point.x), most.y.max(point.y)),
        )
    })
}

#[cfg(test)]
impl Mesh {
    /// The same mesh with every point moved.
    pub(crate) fn mapped(&self, map: impl Fn(Point) -> Point) -> Self {
        Self {
            points: self.points.iter().copied().map(map).collect(),
            ..self.clone()
        }
    }
}
