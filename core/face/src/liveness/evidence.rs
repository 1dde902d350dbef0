//! What a finished session hands over: pictures, times and the digest chain.

use quanshengshi_frame::rgb::Rgb;
use quanshengshi_frame::still::{self, StillError};
use quanshengshi_protocol::camera::Camera;
use quanshengshi_protocol::chain::FrameChain;
use quanshengshi_protocol::challenge::Challenge;
use quanshengshi_protocol::evidence::{EvidenceHeader, PictureMark, PromptSpan};
use quanshengshi_protocol::ids::{Digest, EvidenceId};
use quanshengshi_protocol::prompt::Prompt;

use crate::liveness::colours::Colours;
use crate::network::Networks;

/// Longest side of a still in pixels.
const STILL_SIDE: u32 = 640;
/// Longest side of a small frame in pixels.
const SMALL_SIDE: u32 = 320;
/// JPEG quality of stills and of small frames: the first pair that keeps the limit is taken.
const QUALITIES: [(u8, u8); 4] = [(88, 80), (80, 70), (70, 60), (55, 45)];

/// A picture kept from one frame.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    /// Which frame of the chain, from 0.
    pub(super) frame: u32,
    picture: Rgb,
}

impl Kept {
    pub(super) fn still(frame: u32, colours: &Colours<'_>) -> Self {
        Self {
            frame,
            picture: within(colours.picture(), STILL_SIDE),
        }
    }

    /// The same frame as a small one.
    pub(super) fn smaller(&self) -> Self {
        Self {
            frame: self.frame,
            picture: within(&self.picture, SMALL_SIDE),
        }
    }

    pub(super) fn small(frame: u32, colours: &Colours<'_>) -> Self {
        Self {
            frame,
            picture: within(colours.picture(), SMALL_SIDE),
        }
    }
}

fn within(picture: &Rgb, side: u32) -> Rgb {
    let longest = picture.width.max(picture.height);
    if longest <= side {
        return picture.clone();
    }
    let scaled = |length: u32| (length * side).div_ceil(longest).max(1);
    picture.resized(scaled(picture.width), scaled(picture.height))
}

/// A prompt as it was done.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) prompt: Prompt,
    pub(super) start_ms: u64,
    pub(super) peak_ms: u64,
    pub(super) end_ms: u64,
    pub(super) peak: Kept,
    pub(super) strip: Vec<Kept>,
}

/// Why there is no evidence.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// The session is not finished, or failed.
    #[error("the challenge has not been walked through")]
    Unfinished,
    /// The pictures cannot be made small enough for the challenge's limit.
    #[error("{bytes} bytes of pictures, {limit} allowed")]
    TooLarge {
        /// Bytes at the lowest quality.
        bytes: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// A picture cannot be written.
    #[error("picture cannot be written")]
    Picture(#[source] StillError),
}

/// Evidence of one capture. It only comes out of a finished session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    challenge: Challenge,
    neutral: PictureMark,
    spans: Vec<PromptSpan>,
    chain: ChainEnd,
    pictures: Vec<Vec<u8>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct ChainEnd {
    links: Vec<quanshengshi_protocol::chain::ChainLink>,
    head: Digest,
}

impl Evidence {
    pub(super) fn new(
        challenge: Challenge,
        neutral: &Kept,
        done: &[Done],
        chain: &FrameChain,
    ) -> Result<Self, EvidenceError> {
        let limit = challenge.limits.evidence_bytes as usize;
        let mut bytes = 0;
        for (still_quality, small_quality) in QUALITIES {
            let mut pictures = Vec::new();
            let mut mark = |kept: &Kept, quality: u8| -> Result<PictureMark, EvidenceError> {
                let jpeg =
                    still::encode_jpeg(&kept.picture, quality).map_err(EvidenceError::Picture)?;
                let mark = PictureMark {
                    frame: kept.frame,
                    digest: Digest::of(&jpeg),
                };
                pictures.push(jpeg);
                Ok(mark)
            };
            let neutral = mark(neutral, still_quality)?;
            let mut spans = Vec::new();
            for one in done {
                let peak = mark(&one.peak, still_quality)?;
                let strip = one
                    .strip
                    .iter()
                    .map(|kept| mark(kept, small_quality))
                    .collect::<Result<_, _>>()?;
                spans.push(PromptSpan {
                    prompt: one.prompt,
                    start_ms: one.start_ms,
                    peak_ms: one.peak_ms,
                    end_ms: one.end_ms,
                    peak,
                    strip,
                });
            }
            bytes = pictures.iter().map(Vec::len).sum();
            if bytes <= limit {
                let chain = ChainEnd {
                    links: chain.links().to_vec(),
                    head: chain.head(),
                };
                return Ok(Self {
                    challenge,
                    neutral,
                    spans,
                    chain,
                    pictures,
                });
            }
        }
        Err(EvidenceError::TooLarge { bytes, limit })
    }

    /// The header to be signed (M7), under the name the phone draws for this submission.
    pub fn header(&self, id: EvidenceId, camera: Camera) -> EvidenceHeader {
        EvidenceHeader {
            id,
            task: self.challenge.task,
            challenge: self.challenge.id,
            nonce: self.challenge.nonce,
            transaction: self.challenge.transaction,
            device: self.challenge.device,
            networks: Networks::digests().to_vec(),
            neutral: self.neutral,
            spans: self.spans.clone(),
            links: self.chain.links.clone(),
            chain_head: self.chain.head,
            camera,
        }
    }

    /// JPEG bytes in the order of the header's marks.
    pub fn pictures(&self) -> &[Vec<u8>] {
        &self.pictures
    }

    /// The pictures, handed over.
    pub fn into_pictures(self) -> Vec<Vec<u8>> {
        self.pictures
    }
}
