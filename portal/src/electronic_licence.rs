//! Sign-in by the electronic business licence (电子营业执照), requirements EL-01 to EL-06.
//!
//! The licence's own mini-program scans a code of its own service, which is not a code of 全省事:
//! the person confirms there, and the service says who confirmed, for which enterprise and in which
//! role. [`ElectronicLicence`] is the port to that service; [`http`] asks the real one, by
//! `openapi/electronic-licence.json`; [`stand_in`] answers on sample sites and in the stand-alone
//! simulator. [`desk`] holds the sign-ins that PCs have under way.

pub mod desk;
pub mod http;
pub mod stand_in;

use std::fmt;
use std::path::PathBuf;

use async_trait::async_trait;

use crate::vouched::read::Assertion;

/// Where the service of the electronic licence is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenceSettings {
    /// Its address, without the paths of the interface.
    pub service: String,
    /// The file with our bearer token.
    pub token: PathBuf,
    /// The file with the root its TLS hangs on, PEM; none for the system's roots.
    pub root: Option<PathBuf>,
}

/// The service does not answer, or answers what nobody can use. Never to be taken for "no". The
/// words are for the log and hold nothing personal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the electronic licence service: {0}")]
pub struct LicenceUnavailable(pub String);

/// A code of the service, as it was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenceCode {
    /// The service's name for it; nobody can guess it.
    pub id: String,
    /// The text to show as a QR code.
    pub text: String,
    /// Milliseconds it lives.
    pub life_ms: u64,
}

/// What became of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LicenceAnswer {
    /// Nobody decided yet.
    Waiting,
    /// Somebody confirmed.
    Confirmed(Box<Assertion>),
    /// Somebody declined (`ELIC_DENIED`).
    Denied,
    /// Nobody came (`ELIC_EXPIRED`).
    Expired,
}

/// The service of the electronic licence.
#[async_trait]
pub trait ElectronicLicence: Send + Sync + fmt::Debug {
    /// Makes a code.
    ///
    /// # Errors
    /// [`LicenceUnavailable`].
    async fn begin(&self) -> Result<LicenceCode, LicenceUnavailable>;

    /// What became of a code. Asking changes nothing. An unknown code has expired.
    ///
    /// # Errors
    /// [`LicenceUnavailable`].
    async fn poll(&self, id: &str) -> Result<LicenceAnswer, LicenceUnavailable>;
}

#[cfg(test)]
mod tests;
