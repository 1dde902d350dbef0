//! Whom the portal believes.

use crate::certificate::{self, Certificate};
use crate::status::Revoked;

/// SHA-256 of the certificate an app is signed with.
pub type Signer = [u8; 32];

/// Reads 64 hexadecimal digits, with or without colons between them, as `apksigner` and `keytool` print them.
///
/// # Errors
/// [`TrustError::Digest`].
pub fn signer(text: &str) -> Result<Signer, TrustError> {
    let digits: Option<Vec<u32>> = text
        .chars()
        .filter(|sign| *sign != ':')
        .map(|sign| sign.to_digit(16))
        .collect();
    let digits = digits.ok_or(TrustError::Digest)?;
    let bytes = digits.chunks(2).map(|pair| match pair {
        [high, low] => u8::try_from(high * 16 + low).ok(),
        _ => None,
    });
    let bytes: Option<Vec<u8>> = bytes.collect();
    let bytes = bytes.and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or(TrustError::Digest)
}

/// The app of this portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    /// Its package, such as `cn.quanshengshi.app`.
    pub package: String,
    /// Who may have signed it; one of them is enough.
    pub signers: Vec<Signer>,
}

/// Whom the portal believes about a device key.
#[derive(Debug, Clone)]
pub struct Trust {
    /// Public keys of the makers' roots, DER of `SubjectPublicKeyInfo`. Their certificates run out and are
    /// renewed; the keys stay.
    pub(crate) roots: Vec<Vec<u8>>,
    pub(crate) app: App,
    pub(crate) revoked: Revoked,
    /// The oldest system, as year and month in one number, such as 202506.
    pub(crate) oldest_patch: Option<u32>,
}

/// What was given is nothing to judge by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// A file of roots without a readable certificate.
    #[error("no readable certificate among the attestation roots")]
    Roots,
    /// No digest of a signing certificate.
    #[error("no signer of the app is named")]
    Signers,
    /// Not the digest of a signing certificate.
    #[error("the app's signer is the SHA-256 of a certificate: 64 hexadecimal digits")]
    Digest,
    /// A month that is none.
    #[error("the oldest system is a year and a month, such as 202506")]
    Month,
}

impl Trust {
    /// Roots (one PEM file), the app, the makers' list, and the oldest system (`202506`) when one is asked for.
    ///
    /// # Errors
    /// [`TrustError`] by variant.
    pub fn new(
        roots_pem: &str,
        app: App,
        revoked: Revoked,
        oldest_patch: Option<u32>,
    ) -> Result<Self, TrustError> {
        let certificates = certificate::of_pem(roots_pem).ok_or(TrustError::Roots)?;
        let key = |der: &Vec<u8>| Certificate::read(der).map(|read| read.key.info);
        let roots: Option<Vec<_>> = certificates.iter().map(key).collect();
        if app.signers.is_empty() {
            return Err(TrustError::Signers);
        }
        let is_month = |at: u32| at >= 200_000 && (1..=12).contains(&(at % 100));
        if oldest_patch.is_some_and(|at| !is_month(at)) {
            return Err(TrustError::Month);
        }
        Ok(Self {
            roots: roots
                .filter(|all| !all.is_empty())
                .ok_or(TrustError::Roots)?,
            app,
            revoked,
            oldest_patch,
        })
    }
}
