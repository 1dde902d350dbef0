//! The port to the appraisal of evidence.

use std::fmt;

use quanshengshi_appraisal::appraiser::{self, Appraiser};
use quanshengshi_appraisal::channel::Device;
use quanshengshi_appraisal::finding::Finding;
use quanshengshi_protocol::challenge::Challenge;
use quanshengshi_protocol::evidence::EvidenceHeader;
use quanshengshi_protocol::refusal::RefusalCode;

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
}

/// Judges evidence. Called on a thread that may block.
pub trait Appraise: Send + Sync {
    /// Judges one case.
    fn appraise(&self, case: Case<'_>) -> Finding;

    /// Version of the networks and limits, for the audit.
    fn policy(&self) -> &str;
}

impl fmt::Debug for dyn Appraise {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Appraise({})", self.policy())
    }
}

impl Appraise for Appraiser {
    fn appraise(&self, case: Case<'_>) -> Finding {
        let judged = Self::appraise(
            self,
            appraiser::Case {
                header: case.header,
                pictures: case.pictures,
                challenge: case.challenge,
                reference_photo: case.reference_photo,
                // No attestation is checked yet, and no phone names its camera.
                device: Device::default(),
            },
        );
        // An engine that failed has seen nothing: people decide.
        judged.unwrap_or(Finding::Review(RefusalCode::ServerBusy))
    }

    fn policy(&self) -> &str {
        &Self::policy(self).name
    }
}
