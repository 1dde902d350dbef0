//! The rendered attacks, offered to the phone's session and, where that finishes, to the portal;
//! and once more to the portal alone, as a forger would who has left the phone's checks out.

use std::collections::BTreeMap;

use quanshengshi_face::liveness::movement::Neutral;

use super::*;
use crate::conduct::Scene;

/// Milliseconds between every second frame of the larger set.
const STEP_MS: u64 = 133;

/// Half of a clip's frames: enough to judge, half the work. Short clips are left whole.
fn every_second(folder: &Path) -> Vec<Rgb> {
    let whole = clip(folder);
    let step = if whole.len() < 20 { 1 } else { 2 };
    whole.into_iter().step_by(step).collect()
}

/// What an attack came to.
#[derive(Debug, Default)]
struct Tally {
    presentations: u32,
    finished_on_phone: u32,
    passed: u32,
    reviewed: u32,
}

fn shared() -> Option<PathBuf> {
    let folder = root().join("../shared/data/people");
    let found = folder.is_dir();
    if !found {
        println!("skipped: {} is not there", folder.display());
    }
    found.then_some(folder)
}

fn sessions(people: &Path) -> Vec<serde_json::Value> {
    serde_json::from_slice(&std::fs::read(people.join("sessions.json")).unwrap()).unwrap()
}

fn prompt_of(step: &serde_json::Value) -> Option<Prompt> {
    let name = step["prompt"].as_str().unwrap();
    Prompt::ALL
        .into_iter()
        .find(|prompt| clip_name(*prompt) == name)
}

/// Evidence without the phone's judgement: stills and strip are cut out of the clip where its
/// movement should be.
fn forged(challenge: &Challenge, neutral: &Rgb, clips: &[Vec<Rgb>]) -> Sent {
    use quanshengshi_protocol::chain::ChainLink;
    use quanshengshi_protocol::evidence::{PictureMark, PromptSpan};
    let mut frames = vec![neutral.clone(); 8];
    let mut spans = Vec::new();
    let mut pictures = vec![still::encode_jpeg(neutral, 88).unwrap()];
    let mark = |frame: usize| PictureMark {
        frame: u32::try_from(frame).unwrap(),
        digest: Digest::of(b""),
    };
    let time = |frame: usize| frame as u64 * STEP_MS;
    for (step, clip) in challenge.steps.iter().zip(clips) {
        let (start, last) = (frames.len(), clip.len() - 1);
        let at = [0, last / 4, last * 2 / 5, last / 2, last * 3 / 4, last];
        pictures.push(still::encode_jpeg(&clip[last / 2], 88).unwrap());
        for at in at {
            pictures.push(still::encode_jpeg(&clip[at].resized(240, 320), 80).unwrap());
        }
        spans.push(PromptSpan {
            prompt: step.prompt,
            start_ms: time(start),
            peak_ms: time(start + last / 2),
            end_ms: time(start + last),
            peak: mark(start + last / 2),
            strip: at.map(|at| mark(start + at)).to_vec(),
        });
        frames.extend(clip.iter().cloned());
    }
    let links: Vec<ChainLink> = (0..frames.len())
        .map(|at| ChainLink {
            t_ms: time(at),
            digest: Digest::of(&frames[at].pixels),
        })
        .collect();
    let header = EvidenceHeader {
        id: EvidenceId::from_bytes([9; 16]),
        task: challenge.task,
        challenge: challenge.id,
        nonce: challenge.nonce,
        transaction: challenge.transaction,
        device: challenge.device,
        networks: Networks::digests().to_vec(),
        neutral: mark(0),
        spans,
        links,
        chain_head: Digest::of(b""),
        camera: Camera::Front,
    };
    Sent { header, pictures }.resigned()
}

#[test]
fn flat_prints_bent_prints_puppets_masks_and_stills_never_pass() {
    let Some(people) = shared() else { return };
    let (appraiser, networks) = (Appraiser::load(policy()).unwrap(), Networks::load());
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for session in sessions(&people) {
        let Some(attack) = session["attack"].as_str() else {
            continue;
        };
        let steps: Vec<(Prompt, &str)> = session["steps"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|step| Some((prompt_of(step)?, step["clip"].as_str().unwrap())))
            .collect();
        if steps.is_empty() {
            continue;
        }
        let prompts: Vec<Prompt> = steps.iter().map(|(prompt, _)| *prompt).collect();
        let challenge = Challenge {
            steps: prompts
                .iter()
                .map(|prompt| PromptStep {
                    prompt: *prompt,
                    window_ms: 3500,
                })
                .collect(),
            ..challenge(&[])
        };
        // What is put together from living clips is the same for every person: two are enough.
        let person = session["person"].as_str().unwrap();
        if !steps[0].1.contains("attack_") && !["p01", "p03"].contains(&person) {
            continue;
        }
        let clips: Vec<Vec<Rgb>> = steps
            .iter()
            .map(|(_, name)| every_second(&people.join(name)))
            .collect();
        let neutral = clips[0][0].clone();
        let mut frames = vec![neutral.clone(); 10];
        for clip in &clips {
            frames.extend(clip.iter().cloned());
            frames.push(clip[clip.len() - 1].clone());
        }
        let photo = people.join(session["id_photo"].as_str().unwrap());
        let tally = tallies.entry(attack.to_owned()).or_default();
        tally.presentations += 1;
        let mut count = |finding: Finding| match finding {
            Finding::Approved(_) => tally.passed += 1,
            Finding::Review(_) => tally.reviewed += 1,
            Finding::Retry(_) => {}
        };
        let by_portal =
            forged(&challenge, &neutral, &clips).appraised(&appraiser, &challenge, &photo);
        count(by_portal);
        let by_phone = match capture(&networks, &challenge, &frames, STEP_MS) {
            Ok(sent) => {
                let finding = sent.appraised(&appraiser, &challenge, &photo);
                count(finding);
                tally.finished_on_phone += 1;
                format!("{finding:?}")
            }
            Err(last) => format!("{last:?}"),
        };
        println!(
            "{:24} {prompts:?}: phone {by_phone}; portal alone {by_portal:?}",
            session["id"]
        );
    }
    println!("attack                     presentations  finished on phone  passed  to review");
    for (attack, tally) in &tallies {
        println!(
            "{attack:30} {:9} {:18} {:7} {:10}",
            tally.presentations, tally.finished_on_phone, tally.passed, tally.reviewed
        );
    }
    for attack in [
        "print_flat",
        "print_bent",
        "print_mask",
        "puppet_2d",
        "static",
        "swap_mid",
        "replay_bezel",
    ] {
        assert_eq!(tallies[attack].passed, 0, "{attack}");
    }
    for attack in [
        "injected_wrong_order",
        "injected_left_right_exchanged",
        "swap_between_clips",
        "other_person",
    ] {
        assert_eq!(tallies[attack].passed, 0, "{attack}");
    }
}

/// How much of each prompt the pictures show: peak, then strip.
fn described(networks: &Networks, sent: &Sent) -> String {
    let scene = Scene::of(networks, &sent.header, &sent.pictures).unwrap();
    let neutral = Neutral::of(&scene.neutral.face);
    let limits = policy().movement;
    let acts = scene.acts.iter().map(|act| {
        let views = std::iter::once(&act.peak).chain(&act.strip);
        let amounts: Vec<String> = views
            .map(|view| neutral.amount(act.prompt, &view.face, &limits))
            .map(|amount| format!("{amount:.2}"))
            .collect();
        format!("{:?} {}", act.prompt, amounts.join(" "))
    });
    acts.collect::<Vec<String>>().join("; ")
}

#[test]
fn living_persons_of_the_larger_set_pass() {
    let Some(people) = shared() else { return };
    let (appraiser, networks) = (Appraiser::load(policy()).unwrap(), Networks::load());
    let (mut passed, mut presented) = (0, 0);
    for name in ["p01", "p03", "p04", "p07", "p09"] {
        let clips = std::iter::once("neutral").chain(PROMPTS.map(clip_name));
        let frames: Vec<Rgb> = clips
            .flat_map(|kind| every_second(&people.join(name).join(format!("A_{kind}"))))
            .collect();
        let photo = people.join(name).join("id_photo.jpg");
        presented += 1;
        match capture(&networks, &challenge(&PROMPTS), &frames, STEP_MS) {
            Ok(sent) => {
                let finding = sent.appraised(&appraiser, &challenge(&PROMPTS), &photo);
                println!("{name}: {finding:?} {}", described(&networks, &sent));
                passed += u32::from(matches!(finding, Finding::Approved(_)));
            }
            Err(last) => println!("{name}: {last:?}"),
        }
    }
    assert_eq!(passed, presented);
}
