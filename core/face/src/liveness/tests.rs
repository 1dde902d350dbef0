use std::path::Path;

use quanshengshi_frame::frame::{Frame, FrameShape, PixelFormat};
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still;
use quanshengshi_protocol::camera::Camera;
use quanshengshi_protocol::chain::FrameChain;
use quanshengshi_protocol::challenge::{CaptureLimits, Challenge, PromptStep};
use quanshengshi_protocol::ids::{ChallengeId, DeviceId, Digest, EvidenceId, Nonce, TaskId};
use quanshengshi_protocol::prompt::Prompt;

use crate::liveness::evidence::{Evidence, EvidenceError};
use crate::liveness::guidance::{Failure, Guidance};
use crate::liveness::session::{LivenessSession, OfferError};
use crate::network::Networks;
use crate::quality::Complaint;
use crate::tests::{clip, person, shared_person};

mod robust;

const STEP_MS: u64 = 83;

fn challenge(prompts: &[Prompt]) -> Challenge {
    Challenge {
        id: ChallengeId::from_bytes([1; 16]),
        task: TaskId::from_bytes([2; 16]),
        device: DeviceId::from_bytes([3; 16]),
        nonce: Nonce::from_bytes([4; 32]),
        transaction: Digest::from_bytes([5; 32]),
        steps: prompts
            .iter()
            .map(|prompt| PromptStep {
                prompt: *prompt,
                window_ms: 6000,
            })
            .collect(),
        total_ms: 60_000,
        attempt: 1,
        attempts: 3,
        limits: CaptureLimits::default(),
        issued_at_ms: 0,
        expires_at_ms: 90_000,
    }
}

fn name(prompt: Prompt) -> &'static str {
    match prompt {
        Prompt::TurnLeft => "turn_left",
        Prompt::TurnRight => "turn_right",
        Prompt::OpenMouth => "open_mouth",
        Prompt::Nod => "nod",
        Prompt::LookStraight => "neutral",
        Prompt::ComeCloser => "come_closer",
        Prompt::Blink => "blink",
    }
}

fn offer(
    session: &mut LivenessSession,
    networks: &Networks,
    picture: &Rgb,
    t_ms: u64,
) -> Result<Guidance, OfferError> {
    let shape = FrameShape::dense(picture.width, picture.height, PixelFormat::Rgb8);
    session.offer(networks, &Frame::new(&picture.pixels, shape, t_ms).unwrap())
}

/// Offers pictures until the session ends; gives the last guidance.
fn walk<'a>(
    session: &mut LivenessSession,
    networks: &Networks,
    start_ms: u64,
    pictures: impl IntoIterator<Item = &'a Rgb>,
) -> Guidance {
    let mut last = Guidance::HoldNeutral { progress: 0.0 };
    for (at, picture) in pictures.into_iter().enumerate() {
        last = offer(session, networks, picture, start_ms + at as u64 * STEP_MS).unwrap();
        if matches!(last, Guidance::Finished | Guidance::Failed(_)) {
            break;
        }
    }
    last
}

fn frames(folder: &Path, clips: &[&str]) -> Vec<Rgb> {
    clips
        .iter()
        .flat_map(|name| clip(&folder.join(name)))
        .collect()
}

fn captured(
    name_of_person: &str,
    prompts: &[Prompt],
    limits: CaptureLimits,
) -> Result<Evidence, EvidenceError> {
    let networks = Networks::load();
    let challenge = Challenge {
        limits,
        ..challenge(prompts)
    };
    let mut session = LivenessSession::new(&challenge);
    let clips: Vec<&str> = std::iter::once("neutral")
        .chain(prompts.iter().copied().map(name))
        .collect();
    let last = walk(
        &mut session,
        &networks,
        1000,
        &frames(&person(name_of_person), &clips),
    );
    assert_eq!(last, Guidance::Finished, "{name_of_person} {prompts:?}");
    session.finish()
}

#[test]
fn both_demo_persons_walk_through_every_prompt_in_several_orders() {
    use Prompt::{Nod, OpenMouth, TurnLeft, TurnRight};
    for name in ["p01", "p09"] {
        for prompts in [
            [TurnLeft, OpenMouth, Nod, TurnRight],
            [Nod, TurnRight, TurnLeft, OpenMouth],
        ] {
            captured(name, &prompts, CaptureLimits::default()).unwrap();
        }
    }
}

#[test]
fn evidence_names_its_frames_in_order_and_holds_what_it_signs() {
    let prompts = [Prompt::TurnLeft, Prompt::OpenMouth, Prompt::Nod];
    let evidence = captured("p01", &prompts, CaptureLimits::default()).unwrap();
    let header = evidence.header(EvidenceId::from_bytes([9; 16]), Camera::Front);
    let digests: Vec<Digest> = header.marks().map(|mark| mark.digest).collect();
    let pictures: Vec<Digest> = evidence
        .pictures()
        .iter()
        .map(|jpeg| Digest::of(jpeg))
        .collect();
    assert_eq!(digests, pictures);
    assert!(evidence.pictures().iter().map(Vec::len).sum::<usize>() <= 1_000_000);
    let chain = FrameChain::over(&header.nonce, &header.challenge, &header.links);
    assert_eq!(chain.head(), header.chain_head);
    assert_eq!(header.links[0].t_ms, 0);
    assert!(
        header
            .links
            .windows(2)
            .all(|pair| pair[0].t_ms < pair[1].t_ms)
    );
    let mut end = 0;
    for (span, prompt) in header.spans.iter().zip(prompts) {
        assert_eq!(span.prompt, prompt);
        assert!(end <= span.start_ms && span.start_ms < span.peak_ms && span.peak_ms < span.end_ms);
        end = span.end_ms;
        assert_eq!(header.links[span.peak.frame as usize].t_ms, span.peak_ms);
        assert!((4..=6).contains(&span.strip.len()), "{}", span.strip.len());
        let times: Vec<u64> = span
            .strip
            .iter()
            .map(|mark| header.links[mark.frame as usize].t_ms)
            .collect();
        assert!(times.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(times[0] < span.peak_ms && times[times.len() - 1] == span.end_ms);
    }
    for (at, jpeg) in evidence.pictures().iter().enumerate() {
        let picture = still::decode(jpeg).unwrap();
        println!(
            "picture {at}: {}x{}, {} bytes",
            picture.width,
            picture.height,
            jpeg.len()
        );
        assert!(jpeg.len() <= 150_000);
    }
}

#[test]
fn the_same_frames_give_the_same_evidence() {
    let once = || captured("p09", &[Prompt::TurnRight], CaptureLimits::default()).unwrap();
    assert_eq!(once(), once());
}

#[test]
fn a_small_limit_lowers_the_quality_and_a_tiny_one_is_refused() {
    let limits = |evidence_bytes| CaptureLimits {
        evidence_bytes,
        ..CaptureLimits::default()
    };
    let size = |evidence: &Evidence| evidence.pictures().iter().map(Vec::len).sum::<usize>();
    let full = size(&captured("p01", &[Prompt::TurnLeft], CaptureLimits::default()).unwrap());
    let limit = full as u32 - 1;
    let less = size(&captured("p01", &[Prompt::TurnLeft], limits(limit)).unwrap());
    assert!(less <= limit as usize);
    assert!(matches!(
        captured("p01", &[Prompt::TurnLeft], limits(5000)),
        Err(EvidenceError::TooLarge { limit: 5000, .. })
    ));
}

#[test]
fn a_strip_is_never_longer_than_the_challenge_allows() {
    let limits = CaptureLimits {
        strip_frames: 3,
        ..CaptureLimits::default()
    };
    let evidence = captured("p01", &[Prompt::TurnLeft], limits).unwrap();
    assert_eq!(
        evidence
            .header(EvidenceId::from_bytes([9; 16]), Camera::Front)
            .spans[0]
            .strip
            .len(),
        3
    );
}

#[test]
fn the_other_side_and_another_movement_lose_the_attempt() {
    let networks = Networks::load();
    for (asked, shown) in [
        (Prompt::TurnLeft, Prompt::TurnRight),
        (Prompt::TurnRight, Prompt::TurnLeft),
        (Prompt::Nod, Prompt::OpenMouth),
        (Prompt::OpenMouth, Prompt::TurnLeft),
        (Prompt::TurnLeft, Prompt::Nod),
    ] {
        let mut session = LivenessSession::new(&challenge(&[asked]));
        let last = walk(
            &mut session,
            &networks,
            0,
            &frames(&person("p01"), &["neutral", name(shown)]),
        );
        assert_eq!(
            last,
            Guidance::Failed(Failure::Order {
                wanted: asked,
                made: shown
            })
        );
        assert!(matches!(session.finish(), Err(EvidenceError::Unfinished)));
    }
}

#[test]
fn holding_still_misses_the_prompt_when_its_window_is_over() {
    let networks = Networks::load();
    let mut session = LivenessSession::new(&challenge(&[Prompt::OpenMouth]));
    let neutral = frames(&person("p01"), &["neutral"]);
    let last = walk(&mut session, &networks, 0, neutral.iter().cycle().take(90));
    assert_eq!(last, Guidance::Failed(Failure::Missed(Prompt::OpenMouth)));
    let again = offer(&mut session, &networks, &neutral[0], 60_000).unwrap();
    assert_eq!(again, last);
}

#[test]
fn the_whole_capture_has_a_limit_of_time_and_of_frames() {
    let networks = Networks::load();
    let pictures = frames(&person("p01"), &["neutral", "turn_left", "nod"]);
    let prompts = [Prompt::TurnLeft, Prompt::Nod];
    let short = Challenge {
        total_ms: 3000,
        ..challenge(&prompts)
    };
    let few = CaptureLimits {
        frames: 25,
        ..CaptureLimits::default()
    };
    for challenge in [
        short,
        Challenge {
            limits: few,
            ..challenge(&prompts)
        },
    ] {
        let mut session = LivenessSession::new(&challenge);
        let last = walk(&mut session, &networks, 0, &pictures);
        assert_eq!(last, Guidance::Failed(Failure::Timeout));
    }
}

#[test]
fn a_frame_out_of_order_is_refused_and_the_session_goes_on() {
    let networks = Networks::load();
    let mut session = LivenessSession::new(&challenge(&[Prompt::TurnLeft]));
    let pictures = frames(&person("p01"), &["neutral", "turn_left"]);
    walk(&mut session, &networks, 500, &pictures[..5]);
    for t_ms in [0, 500 + 4 * STEP_MS] {
        let refused = offer(&mut session, &networks, &pictures[5], t_ms);
        assert!(
            matches!(refused, Err(OfferError::OutOfOrder { .. })),
            "{refused:?}"
        );
    }
    let last = walk(&mut session, &networks, 500 + 5 * STEP_MS, &pictures[5..]);
    assert_eq!(last, Guidance::Finished);
}

#[test]
fn waiting_for_a_face_costs_no_time_and_is_no_part_of_the_capture() {
    let networks = Networks::load();
    let mut session = LivenessSession::new(&challenge(&[Prompt::TurnLeft]));
    let pictures = frames(&person("p01"), &["neutral", "turn_left"]);
    let wall = Rgb {
        pixels: vec![140; pictures[0].pixels.len()],
        ..pictures[0].clone()
    };
    let night = Rgb {
        pixels: vec![3; pictures[0].pixels.len()],
        ..pictures[0].clone()
    };
    assert_eq!(
        offer(&mut session, &networks, &wall, 0).unwrap(),
        Guidance::Improve(Complaint::Nobody)
    );
    // A face that leaves again begins the holding anew.
    walk(&mut session, &networks, 1000, &pictures[..4]);
    assert_eq!(
        offer(&mut session, &networks, &night, 200_000).unwrap(),
        Guidance::Improve(Complaint::Dark)
    );
    let last = walk(&mut session, &networks, 300_000, &pictures);
    assert_eq!(last, Guidance::Finished);
    let header = session
        .finish()
        .unwrap()
        .header(EvidenceId::from_bytes([9; 16]), Camera::Front);
    assert!(header.links.len() <= pictures.len());
    assert_eq!(
        header.links[0],
        quanshengshi_protocol::chain::ChainLink {
            t_ms: 0,
            digest: Digest::of(&pictures[0].pixels),
        }
    );
}

#[test]
fn prints_masks_puppets_and_still_pictures_do_not_finish() {
    let networks = Networks::load();
    let attacks = [
        ("p01", "print_flat", "turn_left"),
        ("p01", "print_flat", "turn_right"),
        ("p03", "print_flat", "nod"),
        ("p04", "print_flat", "turn_left"),
        ("p04", "print_flat", "turn_right"),
        ("p03", "print_bent", "turn_left"),
        ("p03", "print_bent", "turn_right"),
        ("p07", "print_bent", "turn_left"),
        ("p07", "print_bent", "turn_right"),
        ("p01", "print_mask", "open_mouth"),
        ("p09", "print_mask", "open_mouth"),
        ("p09", "print_mask", "turn_left"),
        ("p04", "puppet_2d", "turn_left"),
        ("p09", "puppet_2d", "turn_left"),
        ("p04", "static", "turn_left"),
        ("p09", "static", "turn_left"),
        ("p04", "replay_bezel", "turn_left"),
        ("p03", "replay_bezel", "open_mouth"),
    ];
    for (person, kind, asked) in attacks {
        let Some(folder) = shared_person(person) else {
            return;
        };
        let prompt = Prompt::ALL
            .into_iter()
            .find(|prompt| name(*prompt) == asked)
            .unwrap();
        let clip = clip(&folder.join(format!("attack_{kind}_{asked}")));
        // Every second frame, at twice the time between frames.
        let clip: Vec<Rgb> = clip.into_iter().step_by(2).collect();
        let short = vec![PromptStep {
            prompt,
            window_ms: 3000,
        }];
        let challenge = Challenge {
            steps: short,
            ..challenge(&[])
        };
        let mut session = LivenessSession::new(&challenge);
        // The instrument is held still for a second, then moved; then it is held still again.
        let still = clip.iter().take(1).cycle().take(12);
        let rest = clip.iter().skip(clip.len() - 1).cycle().take(30);
        let last = walk(&mut session, &networks, 0, still.chain(&clip).chain(rest));
        println!("{person} {kind} {asked}: {last:?}");
        assert!(
            !matches!(last, Guidance::Finished),
            "{person} {kind} {asked}"
        );
    }
}
