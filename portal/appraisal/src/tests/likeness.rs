//! A still encoded anew is known again; another person is not taken for it.

use quanshengshi_face::network::Networks;
use quanshengshi_face::tracker::{Seen, Tracker};
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still;

use super::{clip, person, policy};
use crate::cue::Cue;
use crate::fingerprint::Fingerprint;

fn print(networks: &Networks, picture: &Rgb) -> Fingerprint {
    let Seen::One(face) = Tracker::default().look(networks, picture) else {
        panic!("no face");
    };
    Fingerprint::of(picture, &face.mesh)
}

/// What somebody does to a recording before it comes again.
#[expect(clippy::cast_sign_loss, reason = "brightness is not below nothing")]
fn again(picture: &Rgb) -> Vec<(&'static str, Rgb)> {
    let (width, height) = (picture.width, picture.height);
    let jpeg = |quality| still::decode(&still::encode_jpeg(picture, quality).unwrap()).unwrap();
    let (left, top) = (width / 50, height / 50);
    let cut = picture.crop(left, top, width - 2 * left, height - 2 * top);
    let lit = |factor: f32| Rgb {
        pixels: picture
            .pixels
            .iter()
            .map(|value| (f32::from(*value) * factor) as u8)
            .collect(),
        ..*picture
    };
    vec![
        ("jpeg 60", jpeg(60)),
        ("jpeg 95", jpeg(95)),
        ("half", picture.resized(width / 2, height / 2)),
        ("larger", picture.resized(width * 3 / 2, height * 3 / 2)),
        ("cut", cut.unwrap()),
        ("darker", lit(0.8)),
        ("brighter", lit(1.2)),
    ]
}

#[test]
fn a_still_encoded_anew_is_known_and_somebody_else_is_not_taken_for_it() {
    let networks = Networks::load();
    let limit = policy().cue(Cue::Seen).limit;
    let mut prints = Vec::new();
    for name in ["p01", "p09"] {
        for act in ["neutral", "turn_left"] {
            let pictures = clip(&person(name).join(act));
            let picture = &pictures[pictures.len() / 2];
            let known = print(&networks, picture);
            for (how, picture) in again(picture) {
                let bits = known.distance(&print(&networks, &picture));
                println!("{name} {act} {how}: {bits}");
                assert!((bits as f32) < limit, "{name} {act} {how}: {bits}");
            }
            prints.push((name, act, known));
        }
    }
    for (name, act, one) in &prints {
        for (other_name, other_act, other) in &prints {
            if (name, act) != (other_name, other_act) {
                let bits = one.distance(other);
                println!("{name} {act} to {other_name} {other_act}: {bits}");
                assert!(bits as f32 > 2.0 * limit, "{bits}");
            }
        }
    }
}
