//! Sign-in by the national government-services portal: `OpenID` Connect with an authorization
//! code, PKCE, `state` and `nonce` (requirements NP-01 to NP-03).
//!
//! What was asked lies on this side ([`requests`]), bound to the PC's session, for ten minutes and
//! one use. The provider's answer is believed only as an ID token signed by one of its keys, for
//! us, unexpired, with our nonce ([`exchange`]). Its claims are read in [`claims`]; whose account
//! they open is decided in [`crate::vouched`]; [`links`] remembers which of the provider's subjects
//! opened which account.

pub mod claims;
pub mod exchange;
pub mod links;
pub mod provider;
pub mod requests;

use std::path::PathBuf;

use quanshengshi_rules::complaint::code::Code;

use crate::outbound::OutboundError;
use crate::random::RandomError;
use crate::store::StoreError;
use crate::vouched::read::AssertionFault;

/// Where the national portal is, and who we are to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NationalSettings {
    /// The issuer, as it stands in its metadata and in every ID token.
    pub issuer: String,
    /// Our client identifier.
    pub client: String,
    /// The file with our client's secret.
    pub secret: PathBuf,
    /// The file with the root its TLS hangs on, PEM; none for the system's roots.
    pub root: Option<PathBuf>,
}

/// Why the sign-in cannot be offered although it is set up.
#[derive(Debug, thiserror::Error)]
pub enum NationalSetupError {
    /// The issuer's address.
    #[error("the issuer of the national portal: {0}")]
    Issuer(String),
    /// The secret's file.
    #[error("the secret {path} of the national portal cannot be read: {source}")]
    Secret {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The secret's file is empty.
    #[error("the secret {path} of the national portal is empty")]
    NoSecret {
        /// The file.
        path: PathBuf,
    },
    /// The outgoing client.
    #[error(transparent)]
    Outbound(#[from] OutboundError),
}

/// Why a sign-in did not come about. The words are for the log and hold nothing personal.
#[derive(Debug, thiserror::Error)]
pub enum NationalError {
    /// No such request of this session, or it is used or too old.
    #[error("no such sign-in is under way")]
    State,
    /// The person, or the provider for them, said no.
    #[error("declined at the provider")]
    Denied,
    /// The provider does not answer, or answers what nobody can use.
    #[error("the provider: {0}")]
    Unavailable(String),
    /// The ID token is not to be believed.
    #[error("the ID token: {0}")]
    Unverified(String),
    /// The ID token is genuine and says what cannot be.
    #[error(transparent)]
    Claims(#[from] AssertionFault),
    /// Too many sign-ins from one network.
    #[error("too many sign-ins from one network")]
    TooMany,
    /// No randomness.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// The storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for NationalError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl NationalError {
    /// The sentence for the person, where there is one; the rest is a fault of ours.
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::State => Some(Code::FedState),
            Self::Denied => Some(Code::FedDenied),
            Self::Unavailable(_) => Some(Code::FedUnavailable),
            Self::Unverified(_) | Self::Claims(_) => Some(Code::FedNonce),
            Self::TooMany | Self::Random(_) | Self::Store(_) => None,
        }
    }
}
