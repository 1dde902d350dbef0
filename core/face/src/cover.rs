//! Whether something lies over the face: light on glasses, a mask.

use quanshengshi_frame::patch::Picture;

use crate::mesh::{LEFT_EYE, Mesh, RIGHT_EYE};
use crate::square::{Scaling, Square};

/// A pixel of glare has every colour at least so bright, 0 to 255.
const GLARE: f32 = 246.0;
/// Side of the square round an eye, in widths of the eye, and in samples.
const ROOM: f32 = 2.0;
const SAMPLES: usize = 32;
/// Skin that no mask covers: forehead, bridge of the nose, high on the cheeks.
const FREE: [usize; 4] = [151, 195, 117, 346];
/// What a mask covers: lips, chin, below the nose, low on the cheeks.
const COVERED: [usize; 7] = [0, 17, 199, 164, 187, 411, 14];
/// Side of a patch of skin, in distances of the eyes.
const PATCH: f32 = 0.14;
/// Below this redness nothing is said: a grey picture, or a light of one colour.
const GREY: f32 = 0.02;

/// The share of the pixels round the eyes that are glare, 0 to 1, of the worse eye.
pub fn glare_share(picture: &impl Picture, mesh: &Mesh) -> f32 {
    let share = |[outer, inner]: [usize; 2]| {
        let (from, to) = (mesh.point(outer), mesh.point(inner));
        let square = Square {
            centre: from.middle(to),
            side: from.distance(to).max(1.0) * ROOM,
            turn: mesh.square().turn,
        };
        let values = square.read(picture, SAMPLES, Scaling::BYTES, false);
        let pixels = values.as_chunks::<3>().0;
        let glaring = pixels
            .iter()
            .filter(|pixel| pixel.iter().all(|value| *value >= GLARE));
        glaring.count() as f32 / pixels.len() as f32
    };
    share(LEFT_EYE).max(share(RIGHT_EYE))
}

/// How much of the skin's redness is gone from every place a mask covers: about 0 for a bare
/// face, 1 for white, grey and black, more for blue and green; none when the picture tells no
/// colours. A beard leaves the lips, so it does not count; a mask of the colour of skin does not
/// either.
pub fn covered_share(picture: &impl Picture, mesh: &Mesh) -> Option<f32> {
    let side = PATCH * mesh.inter_ocular();
    let redness = |number: usize| {
        let square = Square {
            centre: mesh.point(number),
            side,
            turn: 0.0,
        };
        let values = square.read(picture, 8, Scaling::BYTES, false);
        let mut sum = [0.0; 3];
        for pixel in values.as_chunks::<3>().0 {
            for (sum, value) in sum.iter_mut().zip(pixel) {
                *sum += value;
            }
        }
        let [red, green, blue] = sum;
        (red - green) / (red + green + blue).max(1.0)
    };
    let mut free = FREE.map(redness);
    free.sort_by(f32::total_cmp);
    let skin = f32::midpoint(free[1], free[2]);
    if skin < GREY {
        return None;
    }
    let gone = COVERED.map(|number| 1.0 - redness(number) / skin);
    Some(gone.into_iter().fold(f32::MAX, f32::min))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Point;
    use crate::network::Networks;
    use crate::quality::{Complaint, complaint_of_neutral};
    use crate::tests::{clip, person, shared_person};
    use crate::tracker::{Seen, Tracker};
    use quanshengshi_frame::rgb::Rgb;

    /// The outline of a mask over mouth and nose, in order.
    const MASK: [usize; 16] = [
        5, 126, 118, 93, 132, 58, 172, 150, 152, 379, 397, 288, 361, 323, 347, 355,
    ];

    /// Whether a point lies inside a polygon.
    fn inside(polygon: &[Point], place: Point) -> bool {
        let mut within = false;
        let mut before = polygon[polygon.len() - 1];
        for corner in polygon {
            if (corner.y > place.y) != (before.y > place.y) {
                let share = (place.y - corner.y) / (before.y - corner.y);
                if place.x < corner.x + share * (before.x - corner.x) {
                    within = !within;
                }
            }
            before = *corner;
        }
        within
    }

    fn complaint(networks: &Networks, picture: &Rgb) -> Option<Complaint> {
        let seen = Tracker::default().look(networks, picture);
        complaint_of_neutral(picture, &seen)
    }

    fn mesh(networks: &Networks, picture: &Rgb) -> Mesh {
        match Tracker::default().look(networks, picture) {
            Seen::One(face) => face.mesh,
            other => panic!("{other:?}"),
        }
    }

    fn painted(picture: &Rgb, paint: impl Fn(Point, [u8; 3]) -> [u8; 3]) -> Rgb {
        let mut painted = picture.clone();
        let width = picture.width as usize;
        let (pixels, _) = painted.pixels.as_chunks_mut::<3>();
        for (at, pixel) in pixels.iter_mut().enumerate() {
            let place = Point::new((at % width) as f32, (at / width) as f32);
            *pixel = paint(place, *pixel);
        }
        painted
    }

    #[test]
    fn masks_of_several_colours_are_told_and_bare_faces_are_not() {
        let networks = Networks::load();
        for name in ["p01", "p09"] {
            let bare = clip(&person(name).join("neutral")).remove(0);
            let found = mesh(&networks, &bare);
            let outline = MASK.map(|number| found.point(number));
            println!("{name}: bare {:?}", covered_share(&bare, &found));
            assert!(covered_share(&bare, &found).unwrap() < 0.0);
            assert_eq!(complaint(&networks, &bare), None, "{name}");
            for colour in [[150u8, 190, 220], [228, 230, 232], [30, 30, 34]] {
                let masked = painted(&bare, |place, pixel| {
                    // Folds, so that the mask has a texture.
                    let fold = if (place.y as usize / 6).is_multiple_of(2) {
                        0
                    } else {
                        8
                    };
                    if inside(&outline, place) {
                        colour.map(|value| value.saturating_sub(fold))
                    } else {
                        pixel
                    }
                });
                let share = covered_share(&masked, &found).unwrap();
                // A mask so large may leave the detector no face: then nobody is told.
                let complaint = complaint(&networks, &masked);
                println!("{name} {colour:?}: {share:.2}, {complaint:?}");
                assert!(share > 0.7, "{name} {colour:?}");
                let told = [Some(Complaint::Occluded), Some(Complaint::Nobody)];
                assert!(told.contains(&complaint), "{name} {colour:?} {complaint:?}");
            }
        }
    }

    #[test]
    fn light_on_glasses_is_told() {
        let networks = Networks::load();
        for name in ["p01", "p09"] {
            let bare = clip(&person(name).join("neutral")).remove(0);
            let found = mesh(&networks, &bare);
            let eye = found.point(LEFT_EYE[0]).middle(found.point(LEFT_EYE[1]));
            let reach = 0.28 * found.inter_ocular();
            let glaring = painted(&bare, |place, pixel| {
                let near = (place.x - eye.x).abs() < reach && (place.y - eye.y).abs() < 0.5 * reach;
                if near { [255; 3] } else { pixel }
            });
            println!("{name}: bare {:.3}", glare_share(&bare, &found));
            let complaint = complaint(&networks, &glaring);
            assert_eq!(complaint, Some(Complaint::Glare), "{name}");
        }
    }

    #[test]
    fn beards_dark_skin_and_open_faces_of_the_larger_set_are_bare() {
        let networks = Networks::load();
        for name in ["p01", "p03", "p04", "p07", "p09"] {
            let Some(folder) = shared_person(name) else {
                return;
            };
            let picture = &clip(&folder.join("A_neutral"))[0];
            let found = mesh(&networks, picture);
            let (glare, covered) = (glare_share(picture, &found), covered_share(picture, &found));
            println!("{name}: glare {glare:.3}, covered {covered:?}");
            assert_eq!(complaint(&networks, picture), None, "{name}");
        }
    }
}
