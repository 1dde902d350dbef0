//! Why a confirm flow did not go on.

use quanshengshi_face::liveness::evidence::EvidenceError;
use quanshengshi_protocol::statement::StatementError;

use crate::device::DeviceError;
use crate::portal_client::error::PortalError;
use crate::randomness::NoRandomness;
use crate::signer::SignError;
use crate::state::StateError;

/// Why a confirm flow did not go on. Nothing was agreed to or sent beyond what the portal's state
/// tells; the same call may be repeated.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    /// The portal gave no usable answer, or refused.
    #[error(transparent)]
    Portal(#[from] PortalError),
    /// The device is not enrolled, or a request could not be signed.
    #[error(transparent)]
    Device(#[from] DeviceError),
    /// The device key failed.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// The journal failed; nothing was sent.
    #[error(transparent)]
    State(#[from] StateError),
    /// The operating system gave no random bytes.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// An answer is not signed by the portal.
    #[error("the answer is not the portal's")]
    Forged(#[from] StatementError),
    /// An answer is the portal's, but not for this device, task or step.
    #[error("the answer is not for this: {0}")]
    Foreign(Part),
    /// The task opens certificates of somebody else than this phone's people.
    #[error("the task is about somebody else than this phone's people")]
    OtherPerson,
    /// The challenge is over: evidence is never sent after its time.
    #[error("the challenge is over")]
    ChallengeOver,
    /// The journal knows no such task.
    #[error("no such task on this phone")]
    UnknownTask,
    /// The capture is not finished, or its pictures cannot be sent.
    #[error(transparent)]
    Evidence(#[from] EvidenceError),
}

/// The part of an answer that is not the expected one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Another device.
    Device,
    /// Another task.
    Task,
    /// Another nonce than the one asked with.
    Nonce,
    /// Another transaction than the one agreed to.
    Transaction,
    /// Another piece of evidence.
    Evidence,
    /// A challenge that asks for nothing or does not fit the attempt.
    Challenge,
    /// A word of a state this version does not know.
    State,
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Device => "device",
            Self::Task => "task",
            Self::Nonce => "nonce",
            Self::Transaction => "transaction",
            Self::Evidence => "evidence",
            Self::Challenge => "challenge",
            Self::State => "state",
        })
    }
}
