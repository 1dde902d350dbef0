//! AES-256-GCM with a random nonce, and what a seal is bound to.
//!
//! SP 800-38D allows 2³² random nonces under one key; a wallet of 100,000 records changed 100 times each
//! uses 10⁷. There is no counter on disk, so a restored backup cannot make a nonce repeat.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, MAX_TAG_LEN, NONCE_LEN, Nonce, UnboundKey};
use zeroize::Zeroizing;

use crate::error::VaultError;
use crate::keys::RowId;
use crate::randomness::{Randomness, make_random};

/// Length of an AES-256 key in bytes.
pub(crate) const KEY_BYTES: usize = 32;
/// What sealing adds to a length: 12 bytes nonce in front, 16 bytes tag behind.
pub(crate) const SEAL_BYTES: usize = NONCE_LEN + MAX_TAG_LEN;
/// The format number that every seal is bound to.
pub(crate) const FORMAT: u8 = 1;

/// A key for AES-256-GCM. Its bytes are wiped when it is dropped; the expanded key that ring makes for one
/// call lives on the stack of that call.
pub(crate) struct SealingKey(Zeroizing<[u8; KEY_BYTES]>);

/// The seal does not fit: other key, other place, or changed bytes.
#[derive(Debug)]
pub(crate) struct BrokenSeal;

impl SealingKey {
    pub(crate) fn new(bytes: Zeroizing<[u8; KEY_BYTES]>) -> Self {
        Self(bytes)
    }

    #[expect(clippy::expect_used, reason = "AES-256 takes every key of 32 bytes")]
    pub(crate) fn expand(&self) -> LessSafeKey {
        LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &self.0[..]).expect("32 bytes"))
    }

    /// nonce ‖ ciphertext ‖ tag.
    #[expect(
        clippy::expect_used,
        reason = "callers limit lengths far below GCM's 64 GiB"
    )]
    pub(crate) fn seal(
        &self,
        associated: &[u8],
        plain: &[u8],
        randomness: &dyn Randomness,
    ) -> Result<Vec<u8>, VaultError> {
        let nonce: [u8; NONCE_LEN] = make_random(randomness)?;
        let mut sealed = Vec::with_capacity(plain.len() + SEAL_BYTES);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plain);
        let tag = self
            .expand()
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(associated),
                &mut sealed[NONCE_LEN..],
            )
            .expect("length within GCM's limit");
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
    }

    pub(crate) fn open_sealed(
        &self,
        associated: &[u8],
        sealed: Vec<u8>,
    ) -> Result<Zeroizing<Vec<u8>>, BrokenSeal> {
        let mut bytes = Zeroizing::new(sealed);
        let nonce: [u8; NONCE_LEN] = bytes
            .get(..NONCE_LEN)
            .and_then(|n| n.try_into().ok())
            .ok_or(BrokenSeal)?;
        let length = self
            .expand()
            .open_within(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(associated),
                &mut bytes,
                NONCE_LEN..,
            )
            .map_err(|_| BrokenSeal)?
            .len();
        bytes.truncate(length);
        Ok(bytes)
    }
}

/// Which sealed value of a row this is.
#[derive(Clone, Copy)]
pub(crate) enum Column {
    Summary = 1,
    Body = 2,
    Head = 3,
    Canary = 4,
    Ledger = 5,
}

/// The one place in the vault a sealed value belongs to. Moved to any other place it does not open.
pub(crate) struct Place<'a> {
    pub(crate) owner: &'a str,
    pub(crate) column: Column,
    pub(crate) id: &'a RowId,
    pub(crate) version: u64,
    pub(crate) sequence: u64,
}

impl Place<'_> {
    /// "QSSV" ‖ format ‖ length of owner (2) ‖ owner ‖ column ‖ id (32) ‖ version (8) ‖ sequence (8),
    /// numbers big endian.
    pub(crate) fn associated_data(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(64 + self.owner.len());
        bytes.extend_from_slice(b"QSSV");
        bytes.push(FORMAT);
        let length = u16::try_from(self.owner.len()).unwrap_or(u16::MAX);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(self.owner.as_bytes());
        bytes.push(self.column as u8);
        bytes.extend_from_slice(&self.id.0);
        bytes.extend_from_slice(&self.version.to_be_bytes());
        bytes.extend_from_slice(&self.sequence.to_be_bytes());
        bytes
    }
}
