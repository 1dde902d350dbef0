//! A recorded person who follows prompts.

use std::collections::BTreeMap;
use std::path::Path;

use quanshengshi_frame::rgb::Rgb;

use crate::clips::clip::{Clip, ClipError};
use crate::clips::closer;
use crate::random::Splitmix;

/// Time from one frame to the next in milliseconds.
pub const STEP_MS: u64 = 83;
/// The clip played while nothing is asked.
pub const NEUTRAL: &str = "neutral";

/// The clip of a person who comes closer and goes back; made of the neutral one where none was
/// recorded ([`closer`]).
pub const CLOSER: &str = "come_closer";

const FRAMES_PER_SECOND: f64 = 12.0;

/// An endless sequence of frames of one person: neutral, forth and back, until an act is asked
/// for; then that act; then neutral again. Every clip starts and ends at the neutral pose.
#[derive(Debug, Clone)]
pub struct Performer {
    clips: BTreeMap<String, Clip>,
    /// The act being played and the frame that comes next in it.
    act: Option<(String, usize)>,
    next_act: Option<String>,
    neutral_frame: usize,
    shown: u64,
    camera: Option<Splitmix>,
    seen: Rgb,
}

impl Performer {
    /// Reads all clips of a person's folder: one folder a clip, named after its act.
    ///
    /// # Errors
    /// As [`Clip::open`]; [`ClipError::UnknownClip`] when there is no neutral clip. A clip of coming
    /// closer need not be there.
    pub fn open(person: &Path) -> Result<Self, ClipError> {
        let unreadable = |source| ClipError::Unreadable {
            path: person.to_owned(),
            source,
        };
        let mut clips = BTreeMap::new();
        for entry in std::fs::read_dir(person).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            if path.is_dir() {
                clips.insert(name.to_owned(), Clip::open(&path, FRAMES_PER_SECOND)?);
            }
        }
        let neutral = clips.get(NEUTRAL).ok_or_else(|| unknown(NEUTRAL))?;
        if !clips.contains_key(CLOSER) {
            clips.insert(CLOSER.to_owned(), closer::of(neutral));
        }
        Ok(Self {
            clips,
            act: None,
            next_act: None,
            neutral_frame: 0,
            shown: 0,
            camera: None,
            seen: Rgb {
                width: 0,
                height: 0,
                pixels: Vec::new(),
            },
        })
    }

    /// The same person before a camera of its own: every frame gets sensor noise of at most one
    /// step. No camera delivers the same bytes twice, and a portal takes them for a replay.
    #[must_use]
    pub fn before_camera(mut self, seed: u64) -> Self {
        self.camera = Some(Splitmix::new(seed));
        self
    }

    /// The acts this person can perform, `neutral` among them.
    pub fn acts(&self) -> impl Iterator<Item = &str> {
        self.clips.keys().map(String::as_str)
    }

    /// Asks for an act. It begins with the next frame, or after the act being performed; asking
    /// again for the act being performed, as guidance does on every frame, changes nothing.
    ///
    /// # Errors
    /// [`ClipError::UnknownClip`] when the person has no such clip.
    pub fn perform(&mut self, act: &str) -> Result<(), ClipError> {
        if !self.clips.contains_key(act) {
            return Err(unknown(act));
        }
        if self.showing() != act {
            self.next_act = Some(act.to_owned());
        }
        Ok(())
    }

    /// The act being performed, `neutral` between acts.
    pub fn showing(&self) -> &str {
        self.act.as_ref().map_or(NEUTRAL, |(name, _)| name)
    }

    /// The next frame and its time in milliseconds from the first, [`STEP_MS`] apart.
    pub fn next_frame(&mut self) -> (&Rgb, u64) {
        let t_ms = self.shown * STEP_MS;
        self.shown += 1;
        if self.act.is_none() {
            // Neutral is what follows every act anyway; asking for it needs no act.
            self.act = self
                .next_act
                .take()
                .filter(|act| act != NEUTRAL)
                .map(|act| (act, 0));
        }
        let (name, frame) = match self.act.take() {
            Some((name, frame)) => {
                if frame + 1 < self.clips[&name].pictures().len() {
                    self.act = Some((name.clone(), frame + 1));
                }
                self.neutral_frame = 0;
                (name, frame)
            }
            None => (NEUTRAL.to_owned(), self.step_neutral()),
        };
        let clip = &self.clips[&name].pictures()[frame];
        let Some(camera) = &mut self.camera else {
            return (clip, t_ms);
        };
        self.seen.clone_from(clip);
        for part in self.seen.pixels.chunks_mut(32) {
            let mut bits = camera.next_bits();
            for value in part {
                // Two bits a value: one in four goes up, one in four goes down.
                *value = match bits & 3 {
                    0 => value.saturating_sub(1),
                    1 => value.saturating_add(1),
                    _ => *value,
                };
                bits >>= 2;
            }
        }
        (&self.seen, t_ms)
    }

    /// The frame of the neutral clip to show now, running forth and back.
    fn step_neutral(&mut self) -> usize {
        let last = self.clips[NEUTRAL].pictures().len() - 1;
        let round = (last * 2).max(1);
        let place = self.neutral_frame % round;
        self.neutral_frame += 1;
        if place <= last { place } else { round - place }
    }
}

fn unknown(name: &str) -> ClipError {
    ClipError::UnknownClip {
        name: name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clips::clip::tests::{grey, record};

    fn performer(folder: &Path) -> Performer {
        record(&folder.join(NEUTRAL), &[15, 25, 35]);
        record(&folder.join("nod"), &[105, 115]);
        record(&folder.join("turn_left"), &[205, 215]);
        std::fs::write(folder.join("person.json"), "{}").unwrap();
        Performer::open(folder).unwrap()
    }

    fn play(performer: &mut Performer, frames: usize) -> Vec<u8> {
        (0..frames)
            .map(|_| grey(performer.next_frame().0))
            .collect()
    }

    #[test]
    fn neutral_runs_forth_and_back_in_even_steps() {
        let folder = tempfile::tempdir().unwrap();
        let mut person = performer(folder.path());
        assert_eq!(play(&mut person, 6), [10, 20, 30, 20, 10, 20]);
        assert_eq!(person.next_frame().1, 6 * STEP_MS);
    }

    #[test]
    fn a_camera_never_delivers_the_same_bytes_twice_and_repeats_by_its_seed() {
        let folder = tempfile::tempdir().unwrap();
        let clean = performer(folder.path());
        let film = |seed| {
            let mut person = clean.clone().before_camera(seed);
            (0..6)
                .map(|_| person.next_frame().0.pixels.clone())
                .collect::<Vec<_>>()
        };
        let (first, second) = (film(1), film(2));
        assert_eq!(first, film(1));
        let mut all: Vec<_> = first.iter().chain(&second).collect();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 12);
        let mut bare = clean.clone();
        let worst = bare.next_frame().0.pixels.iter().zip(&first[0]);
        assert!(worst.map(|(a, b)| a.abs_diff(*b)).max().unwrap() <= 1);
    }

    #[test]
    fn an_act_is_played_once_and_neutral_follows_from_its_start() {
        let folder = tempfile::tempdir().unwrap();
        let mut person = performer(folder.path());
        play(&mut person, 2);
        person.perform("nod").unwrap();
        assert_eq!(play(&mut person, 1), [100]);
        assert_eq!(person.showing(), "nod");
        person.perform("nod").unwrap();
        assert_eq!(play(&mut person, 3), [110, 10, 20]);
        assert_eq!(person.showing(), NEUTRAL);
    }

    #[test]
    fn an_act_asked_for_during_another_comes_after_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut person = performer(folder.path());
        person.perform("nod").unwrap();
        play(&mut person, 1);
        person.perform("turn_left").unwrap();
        assert_eq!(play(&mut person, 4), [110, 200, 210, 10]);
    }

    #[test]
    fn an_unknown_act_and_a_person_without_neutral_are_typed_errors() {
        let folder = tempfile::tempdir().unwrap();
        let mut person = performer(folder.path());
        let error = person.perform("somersault").unwrap_err();
        assert!(matches!(error, ClipError::UnknownClip { name } if name == "somersault"));
        let bare = tempfile::tempdir().unwrap();
        assert!(matches!(
            Performer::open(bare.path()),
            Err(ClipError::UnknownClip { .. })
        ));
    }

    #[test]
    fn the_recorded_persons_can_perform_every_prompt() {
        let people = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/people");
        for person in ["p01", "p09"] {
            let mut person = Performer::open(&people.join(person)).unwrap();
            for act in [
                NEUTRAL,
                "turn_left",
                "turn_right",
                "open_mouth",
                "nod",
                CLOSER,
            ] {
                person.perform(act).unwrap();
            }
            let (picture, t_ms) = person.next_frame();
            assert_eq!((picture.width, picture.height, t_ms), (360, 480, 0));
        }
    }
}
