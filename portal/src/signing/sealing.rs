//! Sealing of values that must not stand in the database as they are.
//!
//! A sealed value is `nonce (12) ‖ AES-256-GCM ciphertext and tag`. The associated data names the
//! column and the row, so a value moved to another place does not open.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::random::Random;
use crate::signing::SigningError;

/// A key that seals; nonces are random, which holds for 2³² values under one key.
#[derive(Debug)]
pub struct SealingKey {
    key: LessSafeKey,
    random: Random,
}

impl SealingKey {
    /// From 32 random bytes.
    ///
    /// # Errors
    /// [`SigningError::Crypto`].
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, SigningError> {
        let key = UnboundKey::new(&AES_256_GCM, bytes).map_err(|_| SigningError::Crypto)?;
        Ok(Self {
            key: LessSafeKey::new(key),
            random: Random::default(),
        })
    }

    /// Seals a value for one column of one row.
    ///
    /// # Errors
    /// [`SigningError::Crypto`].
    pub fn seal(&self, column: &str, row: &[u8], plain: &[u8]) -> Result<Vec<u8>, SigningError> {
        let nonce = self.random.make_bytes::<NONCE_LEN>()?;
        let mut body = plain.to_vec();
        self.key
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(place(column, row)),
                &mut body,
            )
            .map_err(|_| SigningError::Crypto)?;
        Ok([&nonce[..], &body].concat())
    }

    /// Opens a value of that column and row.
    ///
    /// # Errors
    /// [`SigningError::Sealed`].
    pub fn open_sealed(
        &self,
        column: &str,
        row: &[u8],
        sealed: &[u8],
    ) -> Result<Vec<u8>, SigningError> {
        let (nonce, body) = sealed
            .split_first_chunk::<NONCE_LEN>()
            .ok_or(SigningError::Sealed)?;
        let mut body = body.to_vec();
        let plain = self
            .key
            .open_in_place(
                Nonce::assume_unique_for_key(*nonce),
                Aad::from(place(column, row)),
                &mut body,
            )
            .map_err(|_| SigningError::Sealed)?;
        Ok(plain.to_vec())
    }
}

fn place(column: &str, row: &[u8]) -> Vec<u8> {
    [b"hlj-qss/portal/v1/", column.as_bytes(), b"\0", row].concat()
}
