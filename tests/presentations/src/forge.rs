//! Evidence without the phone's judgement: what somebody with the phone's key would send.

use std::path::Path;

use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still;
use quanshengshi_protocol::camera::Camera;
use quanshengshi_protocol::chain::{ChainLink, FrameChain};
use quanshengshi_protocol::challenge::Challenge;
use quanshengshi_protocol::evidence::{EvidenceHeader, PictureMark, PromptSpan};
use quanshengshi_protocol::ids::{Digest, EvidenceId};

use quanshengshi_face::liveness::movement::{MovementLimits, Neutral};
use quanshengshi_face::network::Networks;
use quanshengshi_face::tracker::{Seen, Tracker};
use quanshengshi_protocol::prompt::Prompt;

use crate::recorded::{Clip, Recorded, bytes};
use crate::walk::{Presented, WalkError, Walker, challenge};

/// The first picture stands for so many neutral frames.
const NEUTRAL_FRAMES: usize = 8;
/// JPEG quality of stills and of small frames, as the phone's best.
const QUALITIES: [u8; 2] = [88, 80];

impl Walker {
    /// Judges a presentation by the portal alone: stills and strips are cut out of the clips where
    /// they show most of what was asked, with digests and times in order.
    ///
    /// # Errors
    /// [`WalkError`]; whatever the pictures show is no error.
    pub fn forge(&self, folder: &Path, recorded: &Recorded) -> Result<Presented, WalkError> {
        let challenge = challenge(&recorded.id, &recorded.prompts()?);
        let photo = bytes(&folder.join(&recorded.id_photo))?;
        let clips = recorded.clips(folder)?;
        self.forge_from(&challenge, &photo, &clips)
    }

    /// The same of clips at hand.
    ///
    /// # Errors
    /// [`WalkError::Network`].
    pub fn forge_from(
        &self,
        challenge: &Challenge,
        photo: &[u8],
        clips: &[Clip],
    ) -> Result<Presented, WalkError> {
        let (header, pictures) = self.forged(challenge, clips);
        self.judge(challenge, &header, &pictures, photo)
    }

    fn forged(&self, challenge: &Challenge, clips: &[Clip]) -> (EvidenceHeader, Vec<Vec<u8>>) {
        let mut neutral = None;
        let mut peaks = Vec::new();
        for (step, clip) in challenge.steps.iter().zip(clips) {
            let mut tracker = Tracker::default();
            let (mut best, mut top) = (f32::MIN, clip.pictures.len() / 2);
            for (at, picture) in clip.pictures.iter().enumerate() {
                let Seen::One(mut face) = tracker.look(&self.networks, picture) else {
                    continue;
                };
                if step.prompt == Prompt::Blink || neutral.is_none() {
                    face.look_at_eyes(&self.networks, picture);
                }
                let neutral = neutral.get_or_insert_with(|| Neutral::of(&face));
                let amount = neutral.amount(step.prompt, &face, &MovementLimits::CAPTURE);
                if amount > best {
                    (best, top) = (amount, at);
                }
            }
            peaks.push(top);
        }
        cut(challenge, clips, &peaks)
    }
}

fn cut(challenge: &Challenge, clips: &[Clip], peaks: &[usize]) -> (EvidenceHeader, Vec<Vec<u8>>) {
    let mut pictures: Vec<Vec<u8>> = Vec::new();
    let mut links: Vec<ChainLink> = Vec::new();
    let mut at_ms = 0.0;
    let mut link = |picture: &Rgb, salt: usize, step_ms: f64| -> usize {
        let mut digested = picture.pixels.clone();
        digested.extend_from_slice(&salt.to_be_bytes());
        links.push(ChainLink {
            t_ms: at_ms as u64,
            digest: Digest::of(&digested),
        });
        at_ms += step_ms;
        links.len() - 1
    };
    let mut keep = |picture: &Rgb, frame: usize, small: bool| -> PictureMark {
        let jpeg = if small {
            let size = |side: u32| (side / 2).max(1);
            let small = picture.resized(size(picture.width), size(picture.height));
            still::encode_jpeg(&small, QUALITIES[1])
        } else {
            still::encode_jpeg(picture, QUALITIES[0])
        }
        .unwrap_or_default();
        let digest = Digest::of(&jpeg);
        pictures.push(jpeg);
        PictureMark {
            frame: frame as u32,
            digest,
        }
    };
    let Some(first) = clips.first().and_then(|clip| clip.pictures.first()) else {
        return (header(challenge, None, Vec::new(), links), pictures);
    };
    let step_ms = 1000.0 / clips.first().map_or(15.0, |clip| clip.fps);
    for salt in 0..NEUTRAL_FRAMES {
        link(first, salt, step_ms);
    }
    let neutral = keep(first, 0, false);
    let mut spans = Vec::new();
    let mut bounds = Vec::new();
    for clip in clips {
        let frames: Vec<usize> = clip
            .pictures
            .iter()
            .map(|picture| link(picture, 0, 1000.0 / clip.fps))
            .collect();
        bounds.push(frames);
    }
    let time = |frame: usize| links.get(frame).map_or(0, |link| link.t_ms);
    let shown = clips.iter().zip(&bounds).zip(peaks);
    for (step, ((clip, frames), top)) in challenge.steps.iter().zip(shown) {
        let last = frames.len() - 1;
        let top = (*top).clamp(usize::from(last > 0), last.saturating_sub(1));
        let at = [
            0,
            top / 2,
            top * 4 / 5,
            top,
            usize::midpoint(top, last),
            last,
        ];
        let peak = keep(&clip.pictures[top], frames[top], false);
        let mut strip: Vec<PictureMark> = Vec::new();
        for at in at {
            if strip
                .last()
                .is_none_or(|mark| mark.frame < frames[at] as u32)
            {
                strip.push(keep(&clip.pictures[at], frames[at], true));
            }
        }
        spans.push(PromptSpan {
            prompt: step.prompt,
            start_ms: time(frames[0]),
            peak_ms: time(frames[top]),
            end_ms: time(frames[last]),
            peak,
            strip,
        });
    }
    (header(challenge, Some(neutral), spans, links), pictures)
}

fn header(
    challenge: &Challenge,
    neutral: Option<PictureMark>,
    spans: Vec<PromptSpan>,
    links: Vec<ChainLink>,
) -> EvidenceHeader {
    let chain = FrameChain::over(&challenge.nonce, &challenge.id, &links);
    EvidenceHeader {
        id: EvidenceId::from_bytes([9; 16]),
        task: challenge.task,
        challenge: challenge.id,
        nonce: challenge.nonce,
        transaction: challenge.transaction,
        device: challenge.device,
        networks: Networks::digests().to_vec(),
        neutral: neutral.unwrap_or(PictureMark {
            frame: 0,
            digest: Digest::of(b""),
        }),
        spans,
        links,
        chain_head: chain.head(),
        camera: Camera::Front,
    }
}
