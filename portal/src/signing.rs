//! The portal's own keys: what it signs, seals and hashes with.
//!
//! | key | file | use |
//! |---|---|---|
//! | [`portal_signer`] P-256 | `portal-signing.p8` | receipts, challenges, outcomes, packages, status lists |
//! | [`sealing`] AES-256 | `sealing.key` | code keys, documents and pictures in the database |
//! | ticket, subject, nonce, copy HMAC | `ticket.key`, `subject.key`, `nonce.key`, `copy.key` | download tickets, names of persons, enrolment nonces, codes on copies |
//!
//! Each file is made once at the first start, readable by its owner only, and never replaced: a
//! damaged file stops the start instead of silently making a new key.

pub mod key_folder;
pub mod portal_keys;
pub mod portal_signer;
pub mod sealing;

/// Why a key could not be used.
#[derive(Debug, thiserror::Error)]
pub enum SigningError {
    /// The folder of keys cannot be read or written.
    #[error("the folder of keys cannot be used")]
    Folder(#[from] std::io::Error),
    /// A key file does not hold a key.
    #[error("the key file {0} is damaged")]
    Damaged(&'static str),
    /// The system gave no randomness, or a cipher refused.
    #[error("the cryptographic library refused")]
    Crypto,
    /// A sealed value was changed, moved to another place, or sealed under another key.
    #[error("a sealed value does not open")]
    Sealed,
}

impl From<crate::random::RandomError> for SigningError {
    fn from(_: crate::random::RandomError) -> Self {
        Self::Crypto
    }
}

#[cfg(test)]
mod tests;
