//! Why a wallet did not do what was asked.

use quanshengshi_certificate::ofd::read::OpenError;
use quanshengshi_certificate::ofd::read::page::PageError;
use quanshengshi_certificate::record::RecordError;
use quanshengshi_certificate::seal::reason::Reason;
use quanshengshi_protocol::canonical::CanonicalError;
use quanshengshi_protocol::statement::StatementError;
use quanshengshi_vault::error::VaultError;

use crate::blocking::Stopped;
use crate::device::DeviceError;
use crate::portal_client::download::DownloadError;
use crate::portal_client::error::PortalError;
use crate::randomness::NoRandomness;
use crate::signer::SignError;
use crate::state::StateError;

/// Why a wallet did not do what was asked. What was kept before is still kept.
#[derive(Debug, thiserror::Error)]
pub enum WalletError {
    /// The portal gave no usable answer, or refused.
    #[error(transparent)]
    Portal(#[from] PortalError),
    /// A file did not come, or not the right one.
    #[error(transparent)]
    Download(#[from] DownloadError),
    /// The device is not enrolled, or a request could not be signed.
    #[error(transparent)]
    Device(#[from] DeviceError),
    /// The device key failed.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// The vault failed; after `DiskFull` nothing half is kept.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The journal failed.
    #[error(transparent)]
    State(#[from] StateError),
    /// The operating system gave no random bytes.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// The thread was stopped.
    #[error(transparent)]
    Stopped(#[from] Stopped),
    /// A package or status list is not signed by the portal.
    #[error("not signed by the portal")]
    Forged(#[from] StatementError),
    /// A package or status list is the portal's, but not for this device, task or question.
    #[error("the answer is not for this device, task or question")]
    Foreign,
    /// What is kept is not in its stored form.
    #[error("a kept certificate is malformed")]
    Malformed(#[from] CanonicalError),
    /// A record cannot be read.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A record is about another certificate than the package says.
    #[error("the record is about another certificate")]
    Identifier,
    /// A package has no file that can be shown, or a file of a kind that is not kept.
    #[error("the package has no certificate face")]
    NoFace,
    /// A kept file is not the one the package names.
    #[error("a kept file is not the one that was signed")]
    Digest,
    /// The seal of a file that came does not hold; it is not kept.
    #[error("the seal of the file does not hold: {0:?}")]
    SealBroken(Vec<Reason>),
    /// A file is not one the reader accepts.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A page of a file cannot be read.
    #[error(transparent)]
    Page(#[from] PageError),
    /// No such certificate is kept.
    #[error("no such certificate is kept")]
    NotKept,
}
