//! Whether the seals of an OFD hold, judged offline over the bytes as they stand in the file.
//!
//! Steps, for every signature a file lists (GB/T 33190 clause 18, GM/T 0031, GB/T 38540,
//! GB/T 35275): the digest of every file it names → the digest of `Signature.xml` inside the signed
//! value → the signer's SM2 signature → the seal maker's SM2 signature → the signer in the seal's
//! list → the seal valid when it was used → both chains up to an anchor the caller trusts, with CA
//! flags, key usage, validity and revocation. Nothing is encoded anew before it is checked.
//!
//! | room | gives |
//! |---|---|
//! | [`verify`] | [`verify::verify_seals`]: the one question, and [`verify::SealReport`] |
//! | [`reason`] | why a seal does not hold, or is not trusted, in both languages |
//! | `picture` | what a seal looks like, for drawing |
//! | [`anchor`] | what the caller trusts: key certificates and revocation lists |
//! | `signature_file`, `ses`, `signed_data` | the XML and the two shapes of a signed value |
//! | `chain`, `sm`, `asn1`, `encode`, `pem` | paths to an anchor, SM2 and SM3, DER read and written, PEM read |
//! | `fuzzing` | what the fuzz target calls (feature `fuzzing`) |
//! | `sealing` | the issuer's half: key certificates, seals, stamped files (feature `sealing`) |
//!
//! "Certificate" means 电子证照 in this crate; an X.509 certificate is a *key certificate*.

pub mod anchor;
mod asn1;
mod chain;
mod encode;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod pem;
pub(crate) mod picture;
pub mod reason;
#[cfg(any(test, feature = "sealing"))]
pub mod sealing;
mod ses;
mod signature_file;
mod signed_data;
mod sm;
pub mod verify;

#[cfg(test)]
mod tests;
