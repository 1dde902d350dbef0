use std::path::{Path, PathBuf};

use crate::perturb::Perturbation;
use crate::recorded::{Clip, Recorded, RecordedError, RecordedStep, bytes, sessions, word};
use crate::walk::{Verdict, WalkError, Walker, challenge};
use quanshengshi_protocol::prompt::Prompt;

fn people() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/people")
}

fn recorded(person: &str, photo: &str, steps: &[(&str, &str)]) -> Recorded {
    Recorded {
        id: format!("{person} {steps:?}"),
        label: String::new(),
        attack: None,
        person: photo.to_owned(),
        id_photo: PathBuf::from(format!("{photo}/id_photo.jpg")),
        steps: steps
            .iter()
            .map(|(prompt, clip)| RecordedStep {
                prompt: (*prompt).to_owned(),
                clip: PathBuf::from(format!("{person}/{clip}")),
            })
            .collect(),
    }
}

#[test]
fn demo_persons_pass_and_strangers_wrong_acts_and_exchanged_sides_do_not() {
    let walker = Walker::load().unwrap();
    let all = ["neutral", "turn_left", "blink", "open_mouth", "nod"].map(|act| (act, act));
    let cases = [
        (recorded("p01", "p01", &all), Verdict::Pass, None),
        (recorded("p09", "p09", &all), Verdict::Pass, None),
        (
            recorded("p09", "p01", &all),
            Verdict::Refuse,
            Some("FACE_MISMATCH"),
        ),
        (
            recorded(
                "p01",
                "p01",
                &[("neutral", "neutral"), ("turn_left", "turn_right")],
            ),
            Verdict::Retry,
            Some("LIVENESS_ORDER"),
        ),
        (
            recorded("p01", "p01", &[("turn_left", "neutral")]),
            Verdict::Retry,
            Some("LIVENESS_ACTION_MISSED"),
        ),
    ];
    for (session, verdict, reason) in cases {
        let presented = walker.present(&people(), &session).unwrap();
        assert_eq!(presented.verdict, verdict, "{}", session.id);
        assert_eq!(presented.reasons.first().copied(), reason, "{}", session.id);
    }
}

#[test]
fn a_living_person_behind_a_hard_compression_passes() {
    let walker = Walker::load().unwrap();
    let person = people().join("p09");
    let clips = ["neutral", "turn_left", "open_mouth"].map(|name| {
        let clip = Clip::open(&person.join(name)).unwrap();
        Perturbation::Jpeg(50).of(&clip, 1).unwrap()
    });
    let photo = bytes(&person.join("id_photo.jpg")).unwrap();
    let asked = challenge("compressed", &[Prompt::TurnLeft, Prompt::OpenMouth]);
    let presented = walker.capture(&asked, &photo, &clips).unwrap();
    assert_eq!(presented.verdict, Verdict::Pass, "{:?}", presented.reasons);
}

#[test]
fn a_blink_that_does_not_come_is_left_out_and_nothing_is_lost() {
    let walker = Walker::load().unwrap();
    let steps = [
        ("neutral", "neutral"),
        // The person turns at once: that is the next act already.
        ("blink", "turn_right"),
        ("turn_right", "nod"),
    ];
    let presented = walker
        .present(&people(), &recorded("p01", "p01", &steps))
        .unwrap();
    assert_eq!(presented.verdict, Verdict::Pass, "{:?}", presented.reasons);
}

#[test]
fn evidence_cut_out_of_clips_is_judged_by_the_portal_alone() {
    let walker = Walker::load().unwrap();
    let honest = recorded("p09", "p09", &[("turn_left", "turn_left")]);
    let still = recorded("p09", "p09", &[("turn_left", "neutral")]);
    let other = recorded("p09", "p09", &[("turn_left", "open_mouth")]);
    let verdict = |session: &Recorded| walker.forge(&people(), session).unwrap().verdict;
    assert_eq!(verdict(&honest), Verdict::Pass);
    assert_eq!(verdict(&still), Verdict::Refuse);
    assert_ne!(verdict(&other), Verdict::Pass);
}

#[test]
fn what_cannot_be_read_is_told() {
    let walker = Walker::load().unwrap();
    let present = |session: &Recorded| match walker.present(&people(), session) {
        Err(WalkError::Recorded(error)) => error,
        other => panic!("{other:?}"),
    };
    let missing = recorded("p01", "p01", &[("nod", "no_such_clip")]);
    assert!(matches!(present(&missing), RecordedError::File { .. }));
    let unknown = recorded("p01", "p01", &[("dance", "nod")]);
    assert!(matches!(present(&unknown), RecordedError::Prompt(word) if word == "dance"));
    let photo = recorded("p01", "p77", &[("nod", "nod")]);
    assert!(matches!(present(&photo), RecordedError::File { .. }));
    let nothing = sessions(&people().join("p01/id_photo.jpg"));
    assert!(matches!(nothing, Err(RecordedError::Json { .. })));
}

#[test]
fn every_prompt_has_its_own_word() {
    let mut words = Prompt::ALL.map(word).to_vec();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), Prompt::ALL.len());
}

/// Nobody recorded somebody who comes closer: the neutral clip is enlarged, forth and back, with
/// noise of its own, because no camera delivers a frame twice.
fn closer(neutral: &Clip, seed: u64) -> Clip {
    let picture = |at: usize| {
        let turn = std::f32::consts::TAU * at as f32 / 23.0;
        let factor = 1.0 + 0.42 * (1.0 - turn.cos()) / 2.0;
        let picture = &neutral.pictures[at.min(23 - at) % neutral.pictures.len()];
        let near = Perturbation::Zoom(factor).still(picture, 0).unwrap();
        let seed = seed + at as u64;
        Perturbation::Noise(1.0).still(&near, seed).unwrap()
    };
    Clip {
        pictures: (0..24).map(picture).collect(),
        fps: neutral.fps,
    }
}

#[test]
fn a_challenge_with_coming_closer_and_a_blink_is_walked_to_its_end() {
    let walker = Walker::load().unwrap();
    let person = people().join("p01");
    let open = |name: &str| Clip::open(&person.join(name)).unwrap();
    let neutral = open("neutral");
    let photo = bytes(&person.join("id_photo.jpg")).unwrap();
    // As the portal draws it with both further prompts.
    let prompts = [
        Prompt::ComeCloser,
        Prompt::TurnLeft,
        Prompt::Blink,
        Prompt::ComeCloser,
        Prompt::Nod,
    ];
    let asked = challenge("closer", &prompts);
    let clips = [
        neutral.clone(),
        closer(&neutral, 100),
        open("turn_left"),
        open("blink"),
        closer(&neutral, 200),
        open("nod"),
    ];
    let presented = walker.capture(&asked, &photo, &clips).unwrap();
    assert_eq!(presented.verdict, Verdict::Pass, "{:?}", presented.reasons);
    // Somebody who stays where they are did not come closer.
    let stays = [neutral.clone(), neutral.clone(), neutral];
    let asked = challenge("stays", &[Prompt::ComeCloser, Prompt::TurnLeft]);
    let presented = walker.capture(&asked, &photo, &stays).unwrap();
    assert_eq!(presented.reasons, ["LIVENESS_ACTION_MISSED"]);
}
