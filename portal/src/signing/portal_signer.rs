//! The key by which phones know this portal.

use std::fmt;

use quanshengshi_protocol::keys::{PublicKey, Signature};
use quanshengshi_protocol::statement::{Signed, Statement};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};

use crate::signing::SigningError;
use crate::signing::key_folder::KeyFolder;

/// The file of the key.
const FILE: &str = "portal-signing.p8";

/// Signs the portal's statements with P-256.
pub struct PortalSigner {
    pair: EcdsaKeyPair,
    public: PublicKey,
    random: SystemRandom,
}

impl fmt::Debug for PortalSigner {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PortalSigner({})", self.public)
    }
}

impl PortalSigner {
    /// Opens the key of a folder, made at the first start.
    ///
    /// # Errors
    /// [`SigningError`] by variant.
    pub fn open(folder: &KeyFolder) -> Result<Self, SigningError> {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let pkcs8 = folder.read_or_make(FILE, || {
            let made = EcdsaKeyPair::generate_pkcs8(algorithm, &random)
                .map_err(|_| SigningError::Crypto)?;
            Ok(made.as_ref().to_vec())
        })?;
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, &pkcs8, &random)
            .map_err(|_| SigningError::Damaged(FILE))?;
        let public = PublicKey::from_bytes(pair.public_key().as_ref())
            .map_err(|_| SigningError::Damaged(FILE))?;
        Ok(Self {
            pair,
            public,
            random,
        })
    }

    /// The key that phones pin.
    pub fn public_key(&self) -> PublicKey {
        self.public
    }

    /// Signs a statement, with the lower S.
    ///
    /// # Errors
    /// [`SigningError::Crypto`] when the system has no randomness.
    pub fn sign<S: Statement>(&self, statement: &S) -> Result<Signed<S>, SigningError> {
        let raw = self
            .pair
            .sign(&self.random, &statement.signing_bytes())
            .map_err(|_| SigningError::Crypto)?;
        let signature = Signature::from_fixed(raw.as_ref()).map_err(|_| SigningError::Crypto)?;
        Ok(Signed::new(statement, &signature))
    }
}
