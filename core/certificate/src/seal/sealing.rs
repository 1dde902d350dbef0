//! Making seals: the issuer's half, for the portal and for tests (feature `sealing`).
//!
//! An [`authority::Authority`] issues key certificates; a [`sealer::Sealer`] holds a seal that a
//! maker signed and stamps OFD files with it in the shape of GB/T 38540 (SES V4). Signing is
//! deterministic (RFC 6979 with SM3), so equal input gives equal bytes. No phone needs any of this.

pub mod authority;
pub mod revocation;
pub mod sealer;
pub(crate) mod shapes;
mod stamped;

/// Why nothing was issued or sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealingError {
    /// The secret is no SM2 key: zero or not below the order of the group.
    #[error("the secret is no SM2 key")]
    Secret,
    /// A name or a time cannot be written into a key certificate.
    #[error("a name or time that a key certificate cannot hold")]
    Name,
    /// A key certificate that cannot be read, or is of another key than the one beside it.
    #[error("the key certificate is unreadable or not of this key")]
    KeyCertificate,
    /// A seal that cannot be read, that its maker did not sign, or that another signer uses.
    #[error("the seal is unreadable, not signed by its maker, or not this signer's")]
    Seal,
    /// The bytes are no OFD of the shape our own writer gives, or are sealed already.
    #[error("not an unsealed OFD")]
    Package,
    /// The sealed package could not be made.
    #[error("the sealed package could not be made")]
    Zip(#[from] zip::result::ZipError),
}
