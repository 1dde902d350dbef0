//! The port to the appraisal of evidence.

use std::fmt;

use quanshengshi_appraisal::appraiser::{self, Appraiser, Examination};
use quanshengshi_appraisal::channel::Device;
use quanshengshi_appraisal::cue::{Cue, Measured};
use quanshengshi_appraisal::finding::Finding;
use quanshengshi_appraisal::fingerprint::Fingerprint;
use quanshengshi_attestation::level::Level;
use quanshengshi_protocol::challenge::Challenge;
use quanshengshi_protocol::evidence::EvidenceHeader;
use quanshengshi_protocol::refusal::RefusalCode;

use crate::tasks::likeness::Nearest;

/// What is to be judged. The signature holds and the challenge was open.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The verified header.
    pub header: &'a EvidenceHeader,
    /// JPEG bytes in the order of the header's marks.
    pub pictures: &'a [Vec<u8>],
    /// The challenge it answers.
    pub challenge: &'a Challenge,
    /// The register's photo of the person, JPEG or PNG bytes; none when it holds none.
    pub reference_photo: Option<&'a [u8]>,
    /// How well the key of the device is kept.
    pub attestation: Level,
}

/// A finding, and what the stills looked like.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The finding.
    pub finding: Finding,
    /// Fingerprints of the stills, to be held against those of earlier tasks; none where it did not
    /// come to looking at them.
    pub stills: Vec<Fingerprint>,
}

impl From<Finding> for Judgement {
    fn from(finding: Finding) -> Self {
        Self {
            finding,
            stills: Vec::new(),
        }
    }
}

/// Judges evidence. Called on a thread that may block.
pub trait Appraise: Send + Sync {
    /// Judges one case.
    fn appraise(&self, case: Case<'_>) -> Judgement;

    /// What is left of a finding when the stills are as near as this to those of earlier tasks.
    fn likened(&self, finding: Finding, nearest: Nearest) -> Finding;

    /// Version of the networks and limits, for the audit.
    fn policy(&self) -> &str;
}

impl fmt::Debug for dyn Appraise {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Appraise({})", self.policy())
    }
}

impl Appraise for Appraiser {
    fn appraise(&self, case: Case<'_>) -> Judgement {
        let judged = Self::examine(
            self,
            appraiser::Case {
                header: case.header,
                pictures: case.pictures,
                challenge: case.challenge,
                reference_photo: case.reference_photo,
                device: Device {
                    attested: case.attestation > Level::None,
                },
            },
        );
        match judged {
            Ok(Examination {
                finding, stills, ..
            }) => Judgement { finding, stills },
            // An engine that failed has seen nothing: people decide.
            Err(_) => Finding::Review(RefusalCode::ServerBusy).into(),
        }
    }

    fn likened(&self, finding: Finding, nearest: Nearest) -> Finding {
        let measured = |cue, bits: Option<u32>| {
            let bits = bits.map(|bits| u16::try_from(bits).unwrap_or(u16::MAX));
            bits.map(|bits| Measured {
                cue,
                value: f32::from(bits),
            })
        };
        let cues: Vec<Measured> = [
            measured(Cue::Seen, nearest.own),
            measured(Cue::SeenElsewhere, nearest.others),
        ]
        .into_iter()
        .flatten()
        .collect();
        self.doubted(finding, &cues)
    }

    fn policy(&self) -> &str {
        &Self::policy(self).name
    }
}
