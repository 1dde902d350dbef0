//! Whether the room behind a face carries the raster of a screen.
//!
//! A camera that looks at a screen samples one raster with another: stripes of a few pixels that
//! fill the whole picture at one pitch. The smoothest squares on each side of the face are taken
//! apart into waves, and what counts is the strongest wave that *both* sides carry. A thing of the
//! room, hair, and what a compression leaves of a slope lie on one side, or come at another pitch
//! on the other.
//!
//! A wave is held against the usual one of its square, and against the noise of one step of
//! brightness where there is less: where a hard compression, an exposure or a change of size left
//! nothing to hold a wave against, every remnant would be strong. A square that the exposure has
//! burnt out says nothing.
//!
//! What it was held against stands in the README. It says nothing about a screen whose raster the
//! lens does not resolve, and a room with a fine regular pattern carries a raster too: a doubt
//! for people, never a refusal.

use quanshengshi_frame::rgb::Rgb;

use crate::mesh::Mesh;
use crate::raster::plane::{Plane, SIDE, power_of_noise};

mod plane;

/// Squares are tried at every so many pixels.
const STRIDE: usize = 16;
/// Squares of one side lie at least so many pixels apart, along one axis: squares that cover each
/// other are one witness.
const APART: usize = SIDE / 2;
/// So many of the smoothest squares of each side are looked at.
const MOST: usize = 8;
/// With fewer on one of the sides nothing is said.
const LEAST: usize = 3;
/// A square of which a larger share is as bright or as dark as it can be is not looked at.
const SPENT: f32 = 0.05;
/// Waves of these lengths, in pixels, are looked at.
const WAVES: [f32; 2] = [2.5, 16.0];
/// Squares begin in the upper part of the picture: below are shoulders and clothes.
const UPPER: f32 = 0.8;
/// Of the squares of a side all but this share must have a wave.
const WITHOUT: f32 = 0.25;
/// No square counts as quieter than noise of this deviation, in steps of brightness of 255: about
/// that of a camera's picture after the compression of the stills.
const QUIET: f32 = 1.0;

/// The strongest wave that both sides of the face carry, over the usual wave of its square.
///
/// Noise gives about 2 to 10. None when one of the sides has fewer than three squares of 64 pixels
/// to look at: a face that fills the picture or stands at its edge, a picture less than about 400
/// pixels wide, or one that is burnt out.
pub fn raster_strength(picture: &Rgb, mesh: &Mesh) -> Option<f32> {
    let plane = Plane::of(picture);
    let (least, most) = mesh.bounds();
    let left = smoothest(&plane, |x| (x + SIDE) as f32 <= least.x);
    let right = smoothest(&plane, |x| x as f32 >= most.x);
    if left.len().min(right.len()) < LEAST {
        return None;
    }
    let [left, right] = [left, right].map(|squares| widened(&common(&plane, &squares)));
    band()
        .map(|at| left[at].min(right[at]))
        .max_by(f32::total_cmp)
}

/// The smoothest squares whose left edge is where it may be, apart from each other.
fn smoothest(plane: &Plane, may_begin: impl Fn(usize) -> bool) -> Vec<[usize; 2]> {
    let mut tried: Vec<(f32, [usize; 2])> = Vec::new();
    let rows = (0..(plane.height + 1).saturating_sub(SIDE)).step_by(STRIDE);
    for y in rows.filter(|y| (*y as f32) < UPPER * plane.height as f32) {
        let columns = (0..(plane.width + 1).saturating_sub(SIDE)).step_by(STRIDE);
        for x in columns.filter(|x| may_begin(*x)) {
            if plane.spent_share(x, y) <= SPENT {
                tried.push((plane.roughness(x, y), [x, y]));
            }
        }
    }
    tried.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut squares: Vec<[usize; 2]> = Vec::new();
    for (_, [x, y]) in tried {
        let is_apart = |[a, b]: &[usize; 2]| a.abs_diff(x) >= APART || b.abs_diff(y) >= APART;
        if squares.len() < MOST && squares.iter().all(is_apart) {
            squares.push([x, y]);
        }
    }
    squares
}

/// How strong each wave is in three of four squares: a raster lies over every square, a thing of
/// the room over some.
fn common(plane: &Plane, squares: &[[usize; 2]]) -> Vec<f32> {
    let quiet = power_of_noise(QUIET);
    let powers: Vec<Vec<f32>> = squares
        .iter()
        .map(|[x, y]| {
            let power = plane.power(*x, *y);
            let usual = at_share(band().map(|at| power[at]).collect(), 0.5).max(quiet);
            power.into_iter().map(|power| power / usual).collect()
        })
        .collect();
    (0..SIDE * SIDE)
        .map(|wave| at_share(powers.iter().map(|power| power[wave]).collect(), WITHOUT))
        .collect()
}

/// Each wave as strong as the strongest of it and its neighbours: a screen that is not quite
/// parallel to the camera has another pitch on the other side.
fn widened(waves: &[f32]) -> Vec<f32> {
    let around = [SIDE - 1, 0, 1];
    (0..SIDE * SIDE)
        .map(|at| {
            let near = around.iter().flat_map(|down| {
                let row = (at / SIDE + down) % SIDE * SIDE;
                around.iter().map(move |along| row + (at + along) % SIDE)
            });
            near.map(|near| waves[near]).fold(0.0, f32::max)
        })
        .collect()
}

/// Numbers of the waves that are looked at: of the lengths in question and not along an axis,
/// where the blocks of a compressed picture lie.
fn band() -> impl Iterator<Item = usize> {
    let signed = |at: usize| {
        let at = at as f32;
        if at < SIDE as f32 / 2.0 {
            at
        } else {
            at - SIDE as f32
        }
    };
    (0..SIDE * SIDE).filter(move |at| {
        let (x, y) = (signed(at % SIDE), signed(at / SIDE));
        let length = SIDE as f32 / (x * x + y * y).sqrt().max(1e-3);
        x > 0.5 && y.abs() > 0.5 && (WAVES[0]..=WAVES[1]).contains(&length)
    })
}

/// The value below which this share of the values lies.
fn at_share(mut values: Vec<f32>, share: f32) -> f32 {
    values.sort_by(f32::total_cmp);
    let at = (values.len() as f32 * share) as usize;
    values.get(at).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Networks;
    use crate::tests::{clip, person, shared_person};
    use crate::tracker::{Seen, Tracker};
    use quanshengshi_frame::still;

    /// The limit of the portal's policy for the rendered persons.
    const LIMIT: f32 = 60.0;

    fn strength(picture: &Rgb) -> Option<f32> {
        let networks = Networks::load();
        let Seen::One(face) = Tracker::default().look(&networks, picture) else {
            panic!("no face");
        };
        raster_strength(picture, &face.mesh)
    }

    fn through_jpeg(picture: &Rgb, quality: u8) -> Rgb {
        still::decode(&still::encode_jpeg(picture, quality).unwrap()).unwrap()
    }

    fn brighter(picture: &Rgb, factor: f32) -> Rgb {
        let pixels = picture.pixels.iter();
        Rgb {
            pixels: pixels
                .map(|value| (f32::from(*value) * factor).min(255.0) as u8)
                .collect(),
            ..picture.clone()
        }
    }

    #[test]
    fn a_hard_compression_a_bright_exposure_and_another_size_are_no_raster() {
        for name in ["p01", "p09"] {
            let plain = clip(&person(name).join("neutral")).remove(0);
            let (width, height) = (plain.width, plain.height);
            let nearer = plain
                .crop(width / 10, height / 10, width * 4 / 5, height * 4 / 5)
                .unwrap();
            for (change, changed) in [
                ("compressed", through_jpeg(&plain, 50)),
                ("compressed hard", through_jpeg(&plain, 30)),
                ("brighter", brighter(&plain, 1.4)),
                ("much brighter", brighter(&plain, 1.8)),
                ("smaller", plain.resized(width * 3 / 4, height * 3 / 4)),
                ("larger", plain.resized(width * 13 / 10, height * 13 / 10)),
                ("nearer", nearer.resized(width, height)),
            ] {
                let found = strength(&through_jpeg(&changed, 88));
                println!("{name} {change}: {found:.0?}");
                assert!(found.is_none_or(|found| found < LIMIT), "{name} {change}");
            }
        }
    }

    #[test]
    fn a_raster_laid_over_a_demo_person_is_found() {
        for name in ["p01", "p09"] {
            let plain = clip(&person(name).join("neutral")).remove(0);
            let across = plain.width as usize;
            let mut striped = plain.clone();
            let (pixels, _) = striped.pixels.as_chunks_mut::<3>();
            for (at, pixel) in pixels.iter_mut().enumerate() {
                let (x, y) = ((at % across) as f32, (at / across) as f32);
                let wave = 4.0 * (0.55 * x + 0.31 * y).sin();
                *pixel = pixel.map(|value| (f32::from(value) + wave) as u8);
            }
            // Under a hard compression too: what is mended there must not hide a raster.
            for quality in [95, 50] {
                let [before, after] =
                    [&plain, &striped].map(|it| strength(&through_jpeg(it, quality)).unwrap());
                println!("{name}, {quality}: {before:.0} without, {after:.0} with a raster");
                assert!(before < LIMIT && after > 4.0 * LIMIT, "{name} {quality}");
            }
        }
    }

    #[test]
    fn rooms_have_none_and_rendered_screens_have_one() {
        for (name, folder, screen) in [
            ("p03", "A_neutral", false),
            ("p04", "A_neutral", false),
            ("p07", "A_neutral", false),
            ("p01", "A_neutral", false),
            ("p01", "B_neutral", false),
            ("p09", "A_neutral", false),
            ("p03", "attack_replay_full_turn_right", true),
            ("p07", "attack_replay_full_turn_left", true),
            ("p01", "attack_replay_full_open_mouth", true),
        ] {
            let Some(person) = shared_person(name) else {
                return;
            };
            let found = strength(&clip(&person.join(folder))[0]).unwrap();
            println!("{name} {folder}: {found:.0}");
            assert_eq!(found > LIMIT, screen, "{name} {folder} {found}");
        }
    }
}
