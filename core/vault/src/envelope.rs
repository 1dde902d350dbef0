//! The key envelope: the root key of one owner, sealed by the keystore.
//!
//! ```text
//!  8  "QSSVAULT"
//!  2  format = 1
//!  4  n, 1 to 4,096
//!  n  what the keystore gave for the root key
//! 32  SHA-256 of all bytes before
//! ```
//! Numbers are big endian. The digest is no secret and proves nothing about the writer: it tells bytes
//! damaged on the disk from bytes sealed by another key. Authenticity comes from the keystore's seal.

use ring::digest::{SHA256, SHA256_OUTPUT_LEN, digest};
use thiserror::Error;

const MAGIC: &[u8; 8] = b"QSSVAULT";
const FORMAT: u16 = 1;
const HEADER_BYTES: usize = 14;
const MAX_SEALED_BYTES: usize = 4096;
/// The longest envelope in bytes.
pub const MAX_ENVELOPE_BYTES: usize = HEADER_BYTES + MAX_SEALED_BYTES + SHA256_OUTPUT_LEN;

/// A key envelope of a known format, whole, not yet opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    sealed_root: Vec<u8>,
}

/// Why bytes are no envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EnvelopeError {
    /// Cut, lengthened or changed.
    #[error("the envelope is damaged")]
    Damaged,
    /// Whole, but of a later format.
    #[error("the envelope has format {0}")]
    TooNew(u16),
    /// The sealed root is empty or longer than 4,096 bytes.
    #[error("the sealed root has a length outside 1 to 4096")]
    Length,
}

impl Envelope {
    /// An envelope around what a keystore gave for a root key.
    ///
    /// # Errors
    /// [`EnvelopeError::Length`] when `sealed_root` is empty or longer than 4,096 bytes.
    pub fn new(sealed_root: Vec<u8>) -> Result<Self, EnvelopeError> {
        if sealed_root.is_empty() || sealed_root.len() > MAX_SEALED_BYTES {
            return Err(EnvelopeError::Length);
        }
        Ok(Self { sealed_root })
    }

    /// What the keystore sealed.
    pub fn sealed_root(&self) -> &[u8] {
        &self.sealed_root
    }

    /// The bytes of the envelope file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(MAX_ENVELOPE_BYTES);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&FORMAT.to_be_bytes());
        let length = u32::try_from(self.sealed_root.len()).unwrap_or(u32::MAX);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(&self.sealed_root);
        let check = digest(&SHA256, &bytes);
        bytes.extend_from_slice(check.as_ref());
        bytes
    }

    /// The envelope in the bytes of a file, of any origin.
    ///
    /// # Errors
    /// [`EnvelopeError::Damaged`] for anything that is not byte for byte an envelope,
    /// [`EnvelopeError::TooNew`] for one of a later format with a right digest.
    pub fn parse(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        let damaged = EnvelopeError::Damaged;
        if bytes.len() > MAX_ENVELOPE_BYTES {
            return Err(damaged);
        }
        let (content, check) = bytes
            .split_last_chunk::<SHA256_OUTPUT_LEN>()
            .ok_or(damaged)?;
        if digest(&SHA256, content).as_ref() != check {
            return Err(damaged);
        }
        let rest = content.strip_prefix(MAGIC).ok_or(damaged)?;
        let (format, rest) = rest.split_first_chunk().ok_or(damaged)?;
        match u16::from_be_bytes(*format) {
            FORMAT => {}
            newer if newer > FORMAT => return Err(EnvelopeError::TooNew(newer)),
            _ => return Err(damaged),
        }
        let (length, sealed) = rest.split_first_chunk().ok_or(damaged)?;
        if u32::from_be_bytes(*length) as usize != sealed.len() {
            return Err(damaged);
        }
        Self::new(sealed.to_vec()).map_err(|_| damaged)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_bytes_of_an_envelope_are_frozen() {
        let envelope = Envelope::new(b"sealed by a keystore".to_vec()).unwrap();
        let bytes = envelope.to_bytes();
        let hex = bytes
            .iter()
            .fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        assert_eq!(
            hex,
            concat!(
                "5153535641554c54",
                "0001",
                "00000014",
                "7365616c65642062792061206b657973746f7265",
                "1312102e2bb26ffb03347daa1dc5b26531433861993f276ae9203339062370ef"
            )
        );
        assert_eq!(Envelope::parse(&bytes), Ok(envelope));
    }

    #[test]
    fn a_later_format_is_told_from_damage() {
        let mut bytes = Envelope::new(vec![7; 60]).unwrap().to_bytes();
        bytes.truncate(bytes.len() - SHA256_OUTPUT_LEN);
        bytes[9] = 2;
        let check = digest(&SHA256, &bytes);
        bytes.extend_from_slice(check.as_ref());
        assert_eq!(Envelope::parse(&bytes), Err(EnvelopeError::TooNew(2)));
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_damage() {
        let bytes = Envelope::new(vec![7; 60]).unwrap().to_bytes();
        for position in 0..bytes.len() {
            for bit in 0..8 {
                let mut changed = bytes.clone();
                changed[position] ^= 1 << bit;
                assert_eq!(Envelope::parse(&changed), Err(EnvelopeError::Damaged));
            }
            assert_eq!(
                Envelope::parse(&bytes[..position]),
                Err(EnvelopeError::Damaged)
            );
        }
    }

    #[test]
    fn a_sealed_root_outside_its_limits_is_refused() {
        assert_eq!(Envelope::new(vec![]), Err(EnvelopeError::Length));
        assert_eq!(
            Envelope::new(vec![0; MAX_SEALED_BYTES + 1]),
            Err(EnvelopeError::Length)
        );
        assert!(Envelope::new(vec![0; MAX_SEALED_BYTES]).is_ok());
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_parse_into_something_else(
            bytes in proptest::collection::vec(any::<u8>(), 0..6000)
        ) {
            if let Ok(envelope) = Envelope::parse(&bytes) {
                prop_assert_eq!(envelope.to_bytes(), bytes);
            }
        }

        #[test]
        fn a_header_with_a_right_digest_and_arbitrary_rest_never_panics(
            rest in proptest::collection::vec(any::<u8>(), 0..200)
        ) {
            let mut bytes = MAGIC.to_vec();
            bytes.extend_from_slice(&rest);
            let check = digest(&SHA256, &bytes);
            bytes.extend_from_slice(check.as_ref());
            if let Ok(envelope) = Envelope::parse(&bytes) {
                prop_assert_eq!(envelope.to_bytes(), bytes);
            }
        }

        #[test]
        fn what_was_written_is_read(sealed in proptest::collection::vec(any::<u8>(), 1..4096)) {
            let envelope = Envelope::new(sealed).unwrap();
            prop_assert_eq!(Envelope::parse(&envelope.to_bytes()), Ok(envelope));
        }
    }
}
