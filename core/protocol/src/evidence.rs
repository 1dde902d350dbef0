//! The evidence of a capture: a signed header and the pictures it names.
//!
//! The header holds every frame's digest, so the portal can compute the chain again; each picture
//! says which frame it was made of. The pictures travel beside the header as bytes.

use crate::camera::Camera;
use crate::canonical::{CanonicalError, Reader, Writer};
use crate::chain::ChainLink;
use crate::challenge::MOST_STEPS;
use crate::ids::{ChallengeId, DeviceId, Digest, EvidenceId, Nonce, TaskId};
use crate::prompt::Prompt;
use crate::statement::{Signed, Statement, StatementError};

/// The most frames of one capture.
pub const MOST_FRAMES: usize = 3600;
/// The most pictures of one submission.
pub const MOST_PICTURES: usize = 64;

/// One picture of the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureMark {
    /// Which frame of the chain it was made of, from 0.
    pub frame: u32,
    /// SHA-256 of the JPEG bytes sent.
    pub digest: Digest,
}

/// One prompt as it was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromptSpan {
    /// What was asked.
    pub prompt: Prompt,
    /// Milliseconds since the capture began when the prompt was shown.
    pub start_ms: u64,
    /// When the movement was largest.
    pub peak_ms: u64,
    /// When it counted as done.
    pub end_ms: u64,
    /// The still at the peak.
    pub peak: PictureMark,
    /// Small frames around the peak, in order of time.
    pub strip: Vec<PictureMark>,
}

/// The signed header (M7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceHeader {
    /// Its name and idempotency key.
    pub id: EvidenceId,
    /// The task.
    pub task: TaskId,
    /// The challenge answered.
    pub challenge: ChallengeId,
    /// The challenge's nonce.
    pub nonce: Nonce,
    /// What was agreed to.
    pub transaction: Digest,
    /// The device that signs.
    pub device: DeviceId,
    /// SHA-256 of each network the phone ran, detector, mesh, iris.
    pub networks: Vec<Digest>,
    /// The neutral still.
    pub neutral: PictureMark,
    /// The prompts as done, in order.
    pub spans: Vec<PromptSpan>,
    /// Every frame of the capture.
    pub links: Vec<ChainLink>,
    /// The chain's last value.
    pub chain_head: Digest,
    /// Which camera the frames came from, as the phone says.
    pub camera: Camera,
}

impl EvidenceHeader {
    /// The marks of all pictures in the order in which their bytes travel: the neutral still,
    /// then for each prompt its peak and its strip.
    pub fn marks(&self) -> impl Iterator<Item = &PictureMark> {
        let spans = self.spans.iter();
        std::iter::once(&self.neutral)
            .chain(spans.flat_map(|span| std::iter::once(&span.peak).chain(&span.strip)))
    }
}

fn write_mark(mark: &PictureMark) -> Vec<u8> {
    Writer::default()
        .number(1, mark.frame.into())
        .bytes(2, mark.digest.as_bytes())
        .finish()
}

fn read_mark(bytes: &[u8]) -> Result<PictureMark, CanonicalError> {
    let mut body = Reader::new(bytes)?;
    let mark = PictureMark {
        frame: body.small(1)?,
        digest: Digest::from_bytes(body.array(2)?),
    };
    body.finish()?;
    Ok(mark)
}

impl Statement for EvidenceHeader {
    const LABEL: &'static str = "HLJEVID1";

    fn write(&self, body: Writer) -> Writer {
        body.bytes(1, self.id.as_bytes())
            .bytes(2, self.task.as_bytes())
            .bytes(3, self.challenge.as_bytes())
            .bytes(4, self.nonce.as_bytes())
            .bytes(5, self.transaction.as_bytes())
            .bytes(6, self.device.as_bytes())
            .list(7, &self.networks, |digest| digest.as_bytes().to_vec())
            .bytes(8, &write_mark(&self.neutral))
            .list(9, &self.spans, |span| {
                Writer::default()
                    .number(1, span.prompt.code().into())
                    .number(2, span.start_ms)
                    .number(3, span.peak_ms)
                    .number(4, span.end_ms)
                    .bytes(5, &write_mark(&span.peak))
                    .list(6, &span.strip, write_mark)
                    .finish()
            })
            .list(10, &self.links, |link| {
                Writer::default()
                    .number(1, link.t_ms)
                    .bytes(2, link.digest.as_bytes())
                    .finish()
            })
            .bytes(11, self.chain_head.as_bytes())
            .number(12, self.camera.code().into())
    }

    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
        Ok(Self {
            id: EvidenceId::from_bytes(body.array(1)?),
            task: TaskId::from_bytes(body.array(2)?),
            challenge: ChallengeId::from_bytes(body.array(3)?),
            nonce: Nonce::from_bytes(body.array(4)?),
            transaction: Digest::from_bytes(body.array(5)?),
            device: DeviceId::from_bytes(body.array(6)?),
            networks: body.list(7, 8, |bytes| {
                bytes
                    .try_into()
                    .map(Digest::from_bytes)
                    .map_err(|_| CanonicalError::Value { tag: 7 })
            })?,
            neutral: read_mark(body.bytes(8)?)?,
            spans: body.list(9, MOST_STEPS, |bytes| {
                let mut span = Reader::new(bytes)?;
                let prompt = Prompt::from_code(span.small(1)?);
                let read = PromptSpan {
                    prompt: prompt.ok_or(CanonicalError::Value { tag: 1 })?,
                    start_ms: span.number(2)?,
                    peak_ms: span.number(3)?,
                    end_ms: span.number(4)?,
                    peak: read_mark(span.bytes(5)?)?,
                    strip: span.list(6, MOST_PICTURES, read_mark)?,
                };
                span.finish()?;
                Ok(read)
            })?,
            links: body.list(10, MOST_FRAMES, |bytes| {
                let mut link = Reader::new(bytes)?;
                let read = ChainLink {
                    t_ms: link.number(1)?,
                    digest: Digest::from_bytes(link.array(2)?),
                };
                link.finish()?;
                Ok(read)
            })?,
            chain_head: Digest::from_bytes(body.array(11)?),
            camera: Camera::read(body, 12)?,
        })
    }
}

/// A header and its pictures, as one byte string for the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// The signed header.
    pub header: Signed<EvidenceHeader>,
    /// JPEG bytes in the order of [`EvidenceHeader::marks`].
    pub pictures: Vec<Vec<u8>>,
}

impl Submission {
    /// The bytes that are sent: `1` statement, `2` signature, `3` list of pictures.
    pub fn to_bytes(&self) -> Vec<u8> {
        Writer::default()
            .bytes(1, self.header.bytes())
            .bytes(2, self.header.signature())
            .list(3, &self.pictures, Clone::clone)
            .finish()
    }

    /// Reads the bytes that were sent; the header is not yet verified.
    ///
    /// # Errors
    /// [`StatementError::Body`].
    pub fn parse(bytes: &[u8]) -> Result<Self, StatementError> {
        let mut body = Reader::new(bytes)?;
        let statement = body.bytes(1)?.to_vec();
        let signature = body.bytes(2)?.to_vec();
        let pictures = body.list(3, MOST_PICTURES, |picture| Ok(picture.to_vec()))?;
        body.finish()?;
        Ok(Self {
            header: Signed::from_parts(statement, signature),
            pictures,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::tests::{holds, sign, test_key};
    use proptest::prelude::*;

    fn header() -> EvidenceHeader {
        let mark = |frame: u32| PictureMark {
            frame,
            digest: Digest::of(&frame.to_be_bytes()),
        };
        EvidenceHeader {
            id: EvidenceId::from_bytes([1; 16]),
            task: TaskId::from_bytes([2; 16]),
            challenge: ChallengeId::from_bytes([3; 16]),
            nonce: Nonce::from_bytes([4; 32]),
            transaction: Digest::from_bytes([5; 32]),
            device: DeviceId::from_bytes([6; 16]),
            networks: vec![Digest::from_bytes([7; 32])],
            neutral: mark(0),
            spans: vec![PromptSpan {
                prompt: Prompt::Nod,
                start_ms: 100,
                peak_ms: 200,
                end_ms: 300,
                peak: mark(2),
                strip: vec![mark(1), mark(2), mark(3)],
            }],
            links: vec![ChainLink {
                t_ms: 0,
                digest: Digest::of(b"frame"),
            }],
            chain_head: Digest::from_bytes([8; 32]),
            camera: Camera::Front,
        }
    }

    #[test]
    fn its_bytes_are_frozen() {
        holds(&header(), "Bg-GK6EKU7X54GTCi3N7nUJLdFGF0fGW9FSdKPknQJ8");
    }

    #[test]
    fn pictures_travel_in_the_order_of_their_marks() {
        let frames: Vec<u32> = header().marks().map(|mark| mark.frame).collect();
        assert_eq!(frames, [0, 2, 1, 2, 3]);
        let (pair, public) = test_key();
        let sent = Submission {
            header: sign(&pair, &header()),
            pictures: vec![b"neutral".to_vec(), b"peak".to_vec()],
        };
        let got = Submission::parse(&sent.to_bytes()).unwrap();
        assert_eq!(got, sent);
        assert_eq!(got.header.verify(&public).unwrap(), header());
    }

    proptest! {
        #[test]
        fn junk_never_panics(junk: Vec<u8>) {
            let _ = Submission::parse(&junk);
            let _ = EvidenceHeader::read(&mut Reader::new(&junk).unwrap());
        }
    }
}
