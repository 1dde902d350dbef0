//! How far the eyes are open, from the contour the iris network draws.
//!
//! The mesh sees a closed eye too weakly (closed over open 0.44 to 0.71); this contour sees it
//! at 0.28 to 0.57. Even so it is only ever compared with the same person's open eye, and never
//! asked for: whoever cannot open their eyes must still be able to pass.

use quanshengshi_frame::patch::Picture;

use crate::geometry::Point;
use crate::mesh::{LEFT_EYE, Mesh, RIGHT_EYE};
use crate::network::Networks;
use crate::square::{Scaling, Square};

/// The square is this many times as wide as the eye.
const ROOM: f32 = 2.3;
/// Points of the contour: corners, then middles of the lower and the upper lid.
const CORNERS: [usize; 2] = [0, 8];
const LIDS: [usize; 2] = [4, 12];

/// Height over width of both eyes' contours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EyeOpening {
    /// The eye on the left of the picture (the person's own right).
    pub left: f32,
    /// The eye on the right of the picture.
    pub right: f32,
}

impl EyeOpening {
    /// Looks at both eyes of a face: two runs of the network.
    pub fn find(networks: &Networks, picture: &impl Picture, mesh: &Mesh) -> Self {
        let left = mesh.point(LEFT_EYE[0]);
        let right = mesh.point(RIGHT_EYE[0]);
        Self {
            left: opening(networks, picture, left, mesh.point(LEFT_EYE[1]), false),
            right: opening(networks, picture, mesh.point(RIGHT_EYE[1]), right, true),
        }
    }

    /// The mean of both eyes.
    pub fn mean(&self) -> f32 {
        f32::midpoint(self.left, self.right)
    }
}

// The network was taught one eye only; the other is shown to it in a mirror. A ratio of lengths
// is the same in the mirror, so the points need not be mirrored back.
fn opening(
    networks: &Networks,
    picture: &impl Picture,
    from: Point,
    to: Point,
    mirrored: bool,
) -> f32 {
    let square = Square {
        centre: from.middle(to),
        side: from.distance(to).max(1.0) * ROOM,
        turn: from.angle_to(to),
    };
    let [contour, _] = if mirrored {
        networks.iris.look_mirrored(picture, &square, Scaling::UNIT)
    } else {
        networks.iris.look(picture, &square, Scaling::UNIT)
    };
    let contour = contour.as_chunks::<3>().0;
    let point = |number: usize| {
        contour
            .get(number)
            .map_or(Point::default(), |[x, y, _]| Point::new(*x, *y))
    };
    let across = |[from, to]: [usize; 2]| point(from).distance(point(to));
    across(LIDS) / across(CORNERS).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{clip, person};
    use crate::tracker::{Seen, Tracker};

    #[test]
    fn a_blink_halves_the_opening_of_both_demo_persons() {
        let networks = Networks::load();
        for name in ["p01", "p09"] {
            let mut tracker = Tracker::default();
            let mut openings = Vec::new();
            for picture in clip(&person(name).join("blink")) {
                let Seen::One(face) = tracker.look(&networks, &picture) else {
                    panic!("{name} lost");
                };
                openings.push(EyeOpening::find(&networks, &picture, &face.mesh).mean());
            }
            openings.sort_by(f32::total_cmp);
            let (closed, open) = (openings[0], openings[openings.len() / 2]);
            assert!(closed < 0.6 * open, "{name}: {closed} against {open}");
        }
    }
}
