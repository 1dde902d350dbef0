use std::path::{Path, PathBuf};

use quanshengshi_face::liveness::guidance::Guidance;
use quanshengshi_face::liveness::session::LivenessSession;
use quanshengshi_face::network::Networks;
use quanshengshi_frame::frame::{Frame, FrameShape, PixelFormat};
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still;
use quanshengshi_protocol::camera::Camera;
use quanshengshi_protocol::chain::FrameChain;
use quanshengshi_protocol::challenge::{CaptureLimits, Challenge, PromptStep};
use quanshengshi_protocol::evidence::EvidenceHeader;
use quanshengshi_protocol::ids::{ChallengeId, DeviceId, Digest, EvidenceId, Nonce, TaskId};
use quanshengshi_protocol::prompt::Prompt;
use quanshengshi_protocol::refusal::RefusalCode;

use crate::appraiser::{Appraiser, Case};
use crate::channel::Device;
use crate::finding::{Finding, ScoreBand};
use crate::policy::Policy;

mod attacks;
mod forged;
mod likeness;

fn policy() -> Policy {
    Policy::parse(Policy::RENDERED).unwrap()
}

const PROMPTS: [Prompt; 4] = [
    Prompt::TurnLeft,
    Prompt::OpenMouth,
    Prompt::Nod,
    Prompt::TurnRight,
];

/// The repository's root, whatever crate these tests are compiled in.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = here
        .ancestors()
        .find(|folder| folder.join("tests/fixtures/people").is_dir());
    found.unwrap().to_path_buf()
}

fn person(name: &str) -> PathBuf {
    root().join("tests/fixtures/people").join(name)
}

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

fn clip_name(prompt: Prompt) -> &'static str {
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

fn clip(folder: &Path) -> Vec<Rgb> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|kind| kind == "jpg"));
    paths.sort();
    paths
        .iter()
        .map(|path| still::decode(&std::fs::read(path).unwrap()).unwrap())
        .collect()
}

/// Evidence as a phone would send it.
#[derive(Clone)]
struct Sent {
    header: EvidenceHeader,
    pictures: Vec<Vec<u8>>,
}

impl Sent {
    fn appraised(&self, appraiser: &Appraiser, challenge: &Challenge, photo: &Path) -> Finding {
        let photo = std::fs::read(photo).unwrap();
        appraiser
            .appraise(Case {
                header: &self.header,
                pictures: &self.pictures,
                challenge,
                reference_photo: Some(&photo),
                device: Device::default(),
            })
            .unwrap()
    }

    /// Computes digests and chain anew, as an attacker with the device's key could.
    fn resigned(mut self) -> Self {
        let digests: Vec<Digest> = self.pictures.iter().map(|jpeg| Digest::of(jpeg)).collect();
        let mut digests = digests.into_iter();
        self.header.neutral.digest = digests.next().unwrap();
        for span in &mut self.header.spans {
            span.peak.digest = digests.next().unwrap();
            for mark in &mut span.strip {
                mark.digest = digests.next().unwrap();
            }
        }
        let chain = FrameChain::over(
            &self.header.nonce,
            &self.header.challenge,
            &self.header.links,
        );
        self.header.chain_head = chain.head();
        self
    }
}

/// Lets the phone's own session walk through pictures; the last guidance when it does not finish.
fn capture(
    networks: &Networks,
    challenge: &Challenge,
    pictures: &[Rgb],
    step_ms: u64,
) -> Result<Sent, Guidance> {
    let mut session = LivenessSession::new(challenge);
    let mut last = Guidance::HoldNeutral { progress: 0.0 };
    for (at, picture) in pictures.iter().enumerate() {
        let shape = FrameShape::dense(picture.width, picture.height, PixelFormat::Rgb8);
        let frame = Frame::new(&picture.pixels, shape, at as u64 * step_ms).unwrap();
        last = session.offer(networks, &frame).unwrap();
        if matches!(last, Guidance::Finished | Guidance::Failed(_)) {
            break;
        }
    }
    let evidence = session.finish().map_err(|_| last)?;
    let header = evidence.header(EvidenceId::from_bytes([9; 16]), Camera::Front);
    Ok(Sent {
        header,
        pictures: evidence.into_pictures(),
    })
}

fn honest(name: &str, prompts: &[Prompt]) -> Sent {
    let networks = Networks::load();
    let clips = std::iter::once("neutral").chain(prompts.iter().copied().map(clip_name));
    let pictures: Vec<Rgb> = clips
        .flat_map(|name_of_clip| clip(&person(name).join(name_of_clip)))
        .collect();
    capture(&networks, &challenge(prompts), &pictures, 83).unwrap()
}

#[test]
fn lr_19_sc_05_each_demo_person_passes_against_the_own_photo_and_not_against_the_other() {
    let appraiser = Appraiser::load(policy()).unwrap();
    for (name, other) in [("p01", "p09"), ("p09", "p01")] {
        let sent = honest(name, &PROMPTS);
        let own = sent.appraised(
            &appraiser,
            &challenge(&PROMPTS),
            &person(name).join("id_photo.jpg"),
        );
        assert_eq!(own, Finding::Approved(ScoreBand::Clear), "{name}");
        let stranger = sent.appraised(
            &appraiser,
            &challenge(&PROMPTS),
            &person(other).join("id_photo.jpg"),
        );
        assert_eq!(
            stranger,
            Finding::Retry(RefusalCode::FaceMismatch),
            "{name}"
        );
    }
}

#[test]
fn sc_08_without_a_usable_photo_people_decide() {
    let appraiser = Appraiser::load(policy()).unwrap();
    let prompts = [Prompt::TurnLeft];
    let sent = honest("p01", &prompts);
    let wall = Rgb {
        width: 360,
        height: 480,
        pixels: vec![150; 360 * 480 * 3],
    };
    let wall = still::encode_jpeg(&wall, 90).unwrap();
    for photo in [None, Some(&b"no picture"[..]), Some(&wall[..])] {
        let finding = appraiser.appraise(Case {
            header: &sent.header,
            pictures: &sent.pictures,
            challenge: &challenge(&prompts),
            reference_photo: photo,
            device: Device::default(),
        });
        assert_eq!(
            finding.unwrap(),
            Finding::Review(RefusalCode::RefPhotoMissing)
        );
    }
}

#[test]
fn without_a_turn_people_decide() {
    let appraiser = Appraiser::load(policy()).unwrap();
    let prompts = [Prompt::OpenMouth, Prompt::Nod];
    let finding = honest("p01", &prompts).appraised(
        &appraiser,
        &challenge(&prompts),
        &person("p01").join("id_photo.jpg"),
    );
    assert_eq!(finding, Finding::Review(RefusalCode::LivenessStatic));
}
