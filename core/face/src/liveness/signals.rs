//! Closures of the eyes and openings of the mouth in a run of frames, against the person's own
//! usual face: what a session sees of them, without asking for any.

/// Share of the person's own opening by which the eyes must close.
const CLOSED: f32 = 0.25;
/// Growth of the mouth ratio over the usual one. Less than a prompt asks for: people who speak
/// open their mouths less than people who are asked to.
const OPEN: f32 = 0.26;
/// Frames within which two events are one.
const ONE_EVENT: usize = 3;

/// Frames at which the eyes were most closed, one an event. `openings` is the opening of both
/// eyes in each frame, none where there was no face.
pub fn closures(openings: &[Option<f32>]) -> Vec<usize> {
    let open = usual(openings);
    events(openings, |opening| {
        (1.0 - opening / open.max(f32::EPSILON)) / CLOSED
    })
}

/// Frames at which the mouth was widest open, one an event. `ratios` is the mouth ratio in each
/// frame.
pub fn mouth_openings(ratios: &[Option<f32>]) -> Vec<usize> {
    let closed = usual(ratios);
    events(ratios, |ratio| (ratio - closed) / OPEN)
}

/// The middle value.
fn usual(values: &[Option<f32>]) -> f32 {
    let mut values: Vec<f32> = values.iter().flatten().copied().collect();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

fn events(values: &[Option<f32>], amount: impl Fn(f32) -> f32) -> Vec<usize> {
    let mut found: Vec<(usize, usize, f32)> = Vec::new();
    for (at, value) in values.iter().enumerate() {
        let Some(amount) = value.map(&amount).filter(|amount| *amount >= 1.0) else {
            continue;
        };
        match found.last_mut() {
            Some((last, peak, best)) if at - *last <= ONE_EVENT => {
                *last = at;
                if amount > *best {
                    (*peak, *best) = (at, amount);
                }
            }
            _ => found.push((at, at, amount)),
        }
    }
    found.into_iter().map(|(_, peak, _)| peak).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::network::Networks;
    use crate::tests::{clip, person, picture};
    use crate::tracker::{Seen, Tracker};

    /// Eye openings and mouth ratios of pictures.
    fn watched(pictures: &[quanshengshi_frame::rgb::Rgb]) -> [Vec<Option<f32>>; 2] {
        let networks = Networks::load();
        let mut tracker = Tracker::default();
        let [mut eyes, mut mouths] = [Vec::new(), Vec::new()];
        for picture in pictures {
            let mut seen = tracker.look(&networks, picture);
            if let Seen::One(face) = &mut seen {
                face.look_at_eyes(&networks, picture);
                eyes.push(face.eyes.map(|eyes| eyes.mean()));
                mouths.push(Some(face.mouth));
            } else {
                eyes.push(None);
                mouths.push(None);
            }
        }
        [eyes, mouths]
    }

    #[test]
    fn both_blinks_and_the_one_opening_of_each_demo_person_are_counted() {
        for name in ["p01", "p09"] {
            let [eyes, _] = watched(&clip(&person(name).join("blink")));
            assert_eq!(closures(&eyes).len(), 2, "{name} {eyes:?}");
            let [_, mouths] = watched(&clip(&person(name).join("open_mouth")));
            // The clip is short of closed frames: its own neutral is put before it.
            let [_, before] = watched(&clip(&person(name).join("neutral")));
            let mouths = [before, mouths].concat();
            assert_eq!(mouth_openings(&mouths).len(), 1, "{name}");
        }
    }

    /// A real face: frames 42, 92 and 112 close the eyes, four stretches open the mouth. Made by
    /// `tests/tooling/face_models/carphone.py`.
    #[test]
    fn carphone_three_closures_and_four_openings_and_no_other() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/carphone");
        if !folder.is_dir() {
            println!("skipped: {} is not there", folder.display());
            return;
        }
        let pictures: Vec<_> = (0..1000)
            .map(|at| folder.join(format!("{at:04}.png")))
            .take_while(|path| path.is_file())
            .map(|path| picture(&path))
            .collect();
        let [eyes, mouths] = watched(&pictures);
        let lost = eyes.iter().filter(|eyes| eyes.is_none()).count();
        let (closed, open) = (closures(&eyes), mouth_openings(&mouths));
        println!(
            "{} frames, {lost} lost, eyes {closed:?}, mouth {open:?}",
            eyes.len()
        );
        for at in &closed {
            println!(
                "eyes at {at}: {:?}",
                eyes.get(at - 1..(at + 2).min(eyes.len()))
            );
        }
        assert_eq!(lost, 0);
        assert_eq!(closed.len(), 3, "{closed:?}");
        assert_eq!(open.len(), 4, "{open:?}");
    }
}
