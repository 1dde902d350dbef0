//! From a picture to the one face in it, following the face from frame to frame.

use quanshengshi_frame::patch::Picture;

use crate::detect::{Detection, detect};
use crate::iris::EyeOpening;
use crate::measure::mouth_ratio;
use crate::mesh::Mesh;
use crate::network::Networks;
use crate::pose::Pose;

/// While a face is followed the detector runs in every so many frames, to count faces.
const COUNT_EVERY: u32 = 5;
/// Below this score of the mesh network the face is lost.
const LOWEST_SCORE: f32 = 0.5;
/// A second face counts when its box is at least this share of the first one's side, and a mesh is found on it.
const SECOND_FACE: f32 = 0.3;

/// What is known of one face in one picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Face {
    /// Its points.
    pub mesh: Mesh,
    /// Where it points.
    pub pose: Pose,
    /// Gap of the lips over their width.
    pub mouth: f32,
    /// How far the eyes are open, once somebody has [`Face::look_at_eyes`].
    pub eyes: Option<EyeOpening>,
}

impl Face {
    /// Looks at the eyes too: two more runs of a network.
    pub fn look_at_eyes(&mut self, networks: &Networks, picture: &impl Picture) {
        self.eyes = Some(EyeOpening::find(networks, picture, &self.mesh));
    }
}

/// Who is in a picture.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// No face.
    Nobody,
    /// More than one face.
    Several,
    /// One face.
    One(Box<Face>),
}

/// Follows a face: the place of the last mesh is where the next is looked for, and the detector
/// runs only when the face is lost and in every fifth frame.
#[derive(Debug, Default)]
pub struct Tracker {
    followed: Option<Mesh>,
    frames_since_count: u32,
}

impl Tracker {
    /// Looks at the next picture.
    pub fn look(&mut self, networks: &Networks, picture: &impl Picture) -> Seen {
        let seen = self.search(networks, picture);
        self.followed = match &seen {
            Seen::One(face) => Some(face.mesh.clone()),
            Seen::Nobody | Seen::Several => None,
        };
        seen
    }

    fn search(&mut self, networks: &Networks, picture: &impl Picture) -> Seen {
        self.frames_since_count += 1;
        if self.followed.is_none() || self.frames_since_count >= COUNT_EVERY {
            self.frames_since_count = 0;
            let faces = detect(networks, picture);
            let Some(largest) = faces.first() else {
                return Seen::Nobody;
            };
            // Ears, folds and what hangs on a wall are detected now and then; the mesh is not found on them.
            let is_another = |face: &Detection| {
                face.side() > SECOND_FACE * largest.side()
                    && Mesh::find(networks, picture, face.square()).score >= LOWEST_SCORE
            };
            if faces.iter().skip(1).any(is_another) {
                return Seen::Several;
            }
            if !self
                .followed
                .as_ref()
                .is_some_and(|mesh| is_on(mesh, largest))
            {
                // The box is rough: a first mesh only places the square for the second.
                self.followed = Some(Mesh::find(networks, picture, largest.square()));
            }
        }
        let Some(last) = &self.followed else {
            return Seen::Nobody;
        };
        let mesh = Mesh::find(networks, picture, last.square());
        face_of(mesh, picture).map_or(Seen::Nobody, |face| Seen::One(Box::new(face)))
    }
}

fn face_of(mesh: Mesh, picture: &impl Picture) -> Option<Face> {
    if mesh.score < LOWEST_SCORE {
        return None;
    }
    let (width, height) = picture.size();
    let pose = Pose::of(&mesh, width, height)?;
    Some(Face {
        mouth: mouth_ratio(&mesh),
        eyes: None,
        pose,
        mesh,
    })
}

/// Whether the followed mesh lies on a detected face.
fn is_on(mesh: &Mesh, detection: &Detection) -> bool {
    let (least, most) = mesh.bounds();
    least.middle(most).distance(detection.centre()) < 0.5 * detection.side()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{clip, person};
    use quanshengshi_frame::rgb::Rgb;

    #[test]
    fn every_frame_of_both_demo_persons_is_followed() {
        let networks = Networks::load();
        for name in ["p01", "p09"] {
            for prompt in [
                "neutral",
                "turn_left",
                "turn_right",
                "nod",
                "open_mouth",
                "blink",
            ] {
                let mut tracker = Tracker::default();
                for (at, picture) in clip(&person(name).join(prompt)).iter().enumerate() {
                    let seen = tracker.look(&networks, picture);
                    assert!(matches!(seen, Seen::One(_)), "{name} {prompt} frame {at}");
                }
            }
        }
    }

    #[test]
    fn nobody_and_two_people_are_said_so() {
        let networks = Networks::load();
        let one = clip(&person("p01").join("neutral")).remove(0);
        let wall = Rgb {
            pixels: vec![140; one.pixels.len()],
            ..one.clone()
        };
        let mut tracker = Tracker::default();
        assert_eq!(tracker.look(&networks, &wall), Seen::Nobody);
        let row = one.width as usize * 3;
        let pixels = one
            .pixels
            .chunks(row)
            .flat_map(|line| [line, line].concat())
            .collect();
        let twins = Rgb {
            width: one.width * 2,
            pixels,
            ..one
        };
        assert_eq!(tracker.look(&networks, &twins), Seen::Several);
    }

    /// The person, and beside them a picture of their face that is so many pixels wide, enlarged.
    fn beside(one: &Rgb, face: &Detection, across: u32) -> Rgb {
        const SIDE: u32 = 160;
        let (middle, half) = (face.centre(), face.side() / 2.0);
        let from = |middle: f32| (middle - half) as u32;
        let side = face.side() as u32;
        let crop = one.crop(from(middle.x), from(middle.y), side, side);
        let on_the_wall = crop.unwrap().resized(across, across).resized(SIDE, SIDE);
        let width = one.width + SIDE + 40;
        let mut pixels = Vec::new();
        for row in 0..one.height {
            for column in 0..width {
                let there = column.checked_sub(one.width + 20).zip(row.checked_sub(100));
                let hung = there.and_then(|(x, y)| on_the_wall.at(x, y));
                pixels.extend(one.at(column, row).or(hung).unwrap_or([140; 3]));
            }
        }
        Rgb {
            width,
            height: one.height,
            pixels,
        }
    }

    #[test]
    fn what_the_detector_takes_for_a_second_face_needs_a_mesh_to_be_one() {
        let networks = Networks::load();
        let one = clip(&person("p01").join("neutral")).remove(0);
        let face = detect(&networks, &one).remove(0);
        let coarse = beside(&one, &face, 9);
        assert_eq!(detect(&networks, &coarse).len(), 2, "the detector is wrong");
        assert!(matches!(
            Tracker::default().look(&networks, &coarse),
            Seen::One(_)
        ));
        let somebody = beside(&one, &face, 14);
        assert_eq!(Tracker::default().look(&networks, &somebody), Seen::Several);
    }
}
