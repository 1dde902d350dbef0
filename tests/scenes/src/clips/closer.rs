//! A stand-in for a recording of somebody who comes closer: the neutral clip, enlarged.
//!
//! Nobody recorded this. Everything in the picture grows alike, the room with the face, as when the
//! camera comes to the person and not as when the person comes to the camera: good enough to walk
//! a challenge that asks for it, no proof of anything about living people.

use quanshengshi_frame::rgb::Rgb;

use crate::clips::clip::Clip;

/// Frames to the nearest place and back.
const FRAMES: usize = 24;
/// The face at the nearest place over the face at rest: a good step more than the 1.22 that a
/// capture asks for.
const NEAREST: f32 = 1.42;

/// Forth and back, beginning and ending with the first neutral frame as it is.
pub(super) fn of(neutral: &Clip) -> Clip {
    let rest = neutral.pictures();
    let pictures = (0..FRAMES)
        .map(|at| {
            let turn = std::f32::consts::TAU * at as f32 / (FRAMES - 1) as f32;
            let share = (1.0 - turn.cos()) / 2.0;
            let picture = &rest[at.min(FRAMES - 1 - at) % rest.len()];
            enlarged(picture, 1.0 + (NEAREST - 1.0) * share)
        })
        .collect();
    neutral.with_pictures(pictures)
}

/// The middle of a picture at the picture's own size.
fn enlarged(picture: &Rgb, factor: f32) -> Rgb {
    let side = |length: u32| (length as f32 / factor).round().clamp(1.0, length as f32) as u32;
    let (width, height) = (side(picture.width), side(picture.height));
    if (width, height) == (picture.width, picture.height) {
        return picture.clone();
    }
    let (left, top) = ((picture.width - width) / 2, (picture.height - height) / 2);
    picture.crop(left, top, width, height).map_or_else(
        || picture.clone(),
        |middle| middle.resized(picture.width, picture.height),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clips::clip::tests::record;

    #[test]
    fn it_begins_and_ends_at_rest_and_grows_in_between() {
        let folder = tempfile::tempdir().unwrap();
        record(folder.path(), &[15, 25]);
        let neutral = Clip::open(folder.path(), 12.0).unwrap();
        let closer = of(&neutral);
        assert_eq!(closer.pictures().len(), FRAMES);
        assert_eq!(closer.pictures().first(), neutral.pictures().first());
        assert_eq!(closer.pictures().last(), neutral.pictures().first());
        let dot = Rgb {
            width: 40,
            height: 40,
            pixels: (0..40 * 40)
                .flat_map(|at| [if at % 40 / 10 == 1 { 200 } else { 0 }; 3])
                .collect(),
        };
        let lit = |picture: &Rgb| picture.pixels.iter().filter(|value| **value > 100).count();
        assert!(lit(&enlarged(&dot, 1.4)) > lit(&dot) * 5 / 4);
    }
}
