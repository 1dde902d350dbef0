//! What is signed: `label ‖ 0x00 ‖ version ‖ body` (protocol 5.4).
//!
//! [`Signed`] is foreign until [`Signed::verify`] gives back the statement: there is no other
//! way to read one, so an unverified statement cannot be used by mistake.

use std::marker::PhantomData;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::canonical::{CanonicalError, Reader, Writer};
use crate::ids::Digest;
use crate::keys::{KeyError, PublicKey, Signature};

/// Something that can be signed: a label, a version and a body of fields.
pub trait Statement: Sized {
    /// Separates this statement from every other that the same key signs.
    const LABEL: &'static str;
    /// Rises when the body changes.
    const VERSION: u8 = 1;

    /// Writes the body.
    fn write(&self, body: Writer) -> Writer;

    /// Reads the body.
    ///
    /// # Errors
    /// [`CanonicalError`] for anything but the one form.
    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError>;

    /// The bytes that are signed.
    fn signing_bytes(&self) -> Vec<u8> {
        let mut bytes = head::<Self>();
        bytes.extend(self.write(Writer::default()).finish());
        bytes
    }

    /// SHA-256 of the bytes that are signed.
    fn digest(&self) -> Digest {
        Digest::of(&self.signing_bytes())
    }

    /// Reads the bytes that were signed.
    ///
    /// # Errors
    /// [`StatementError::Label`] for another statement or version, [`StatementError::Body`].
    fn parse(bytes: &[u8]) -> Result<Self, StatementError> {
        let body = bytes
            .strip_prefix(&head::<Self>()[..])
            .ok_or(StatementError::Label)?;
        let mut reader = Reader::new(body)?;
        let statement = Self::read(&mut reader)?;
        reader.finish()?;
        Ok(statement)
    }
}

fn head<S: Statement>() -> Vec<u8> {
    let mut bytes = S::LABEL.as_bytes().to_vec();
    bytes.extend([0, S::VERSION]);
    bytes
}

/// Why a signed statement is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// Another kind of statement, or another version of it.
    #[error("another statement or version")]
    Label,
    /// The body is not in its one form.
    #[error("malformed statement")]
    Body(#[from] CanonicalError),
    /// The signature is malformed or not of this key.
    #[error("bad signature")]
    Signature(#[from] KeyError),
}

/// A statement with its signature, not yet believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed<S> {
    bytes: Vec<u8>,
    signature: Vec<u8>,
    kind: PhantomData<fn() -> S>,
}

impl<S: Statement> Signed<S> {
    /// Joins a statement with the signature made over its [`Statement::signing_bytes`].
    pub fn new(statement: &S, signature: &Signature) -> Self {
        Self {
            bytes: statement.signing_bytes(),
            signature: signature.as_bytes().to_vec(),
            kind: PhantomData,
        }
    }

    /// From the two byte strings, as stored.
    pub fn from_parts(bytes: Vec<u8>, signature: Vec<u8>) -> Self {
        Self {
            bytes,
            signature,
            kind: PhantomData,
        }
    }

    /// The signed bytes, for storing and digests.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The signature's bytes, for storing.
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// Reads the statement if this key signed it.
    ///
    /// # Errors
    /// [`StatementError`] by variant.
    pub fn verify(&self, key: &PublicKey) -> Result<S, StatementError> {
        key.verify(&self.bytes, &Signature::from_bytes(&self.signature)?)?;
        S::parse(&self.bytes)
    }

    /// Reads the statement to learn which key should have signed it, and gives it back only
    /// after that key's signature held.
    ///
    /// # Errors
    /// What `key_of` gives, or [`StatementError`].
    pub fn verify_with<E: From<StatementError>>(
        &self,
        key_of: impl FnOnce(&S) -> Result<PublicKey, E>,
    ) -> Result<S, E> {
        let statement = S::parse(&self.bytes)?;
        let key = key_of(&statement)?;
        let signature = Signature::from_bytes(&self.signature).map_err(StatementError::from)?;
        key.verify(&self.bytes, &signature)
            .map_err(StatementError::from)?;
        Ok(statement)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    statement: String,
    signature: String,
}

impl<S> Serialize for Signed<S> {
    fn serialize<T: serde::Serializer>(&self, out: T) -> Result<T::Ok, T::Error> {
        Wire {
            statement: URL_SAFE_NO_PAD.encode(&self.bytes),
            signature: URL_SAFE_NO_PAD.encode(&self.signature),
        }
        .serialize(out)
    }
}

impl<'de, S> Deserialize<'de> for Signed<S> {
    fn deserialize<T: serde::Deserializer<'de>>(from: T) -> Result<Self, T::Error> {
        use serde::de::Error as _;
        let wire = Wire::deserialize(from)?;
        let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(T::Error::custom);
        Ok(Self {
            bytes: decode(&wire.statement)?,
            signature: decode(&wire.signature)?,
            kind: PhantomData,
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};

    /// A key pair made for a test, and its public half.
    pub(crate) fn test_key() -> (EcdsaKeyPair, PublicKey) {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let der = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, der.as_ref(), &random).unwrap();
        let public = PublicKey::from_bytes(pair.public_key().as_ref()).unwrap();
        (pair, public)
    }

    pub(crate) fn sign<S: Statement>(pair: &EcdsaKeyPair, statement: &S) -> Signed<S> {
        let raw = pair
            .sign(&SystemRandom::new(), &statement.signing_bytes())
            .unwrap();
        Signed::new(statement, &Signature::from_fixed(raw.as_ref()).unwrap())
    }

    /// Every statement: its bytes are frozen by their digest, it is read back the same, and a
    /// changed byte anywhere never passes.
    pub(crate) fn holds<S: Statement + PartialEq + std::fmt::Debug>(statement: &S, frozen: &str) {
        let bytes = statement.signing_bytes();
        assert_eq!(
            Digest::of(&bytes).to_string(),
            frozen,
            "bytes of {}",
            S::LABEL
        );
        assert_eq!(&S::parse(&bytes).unwrap(), statement);
        let (pair, public) = test_key();
        let signed = sign(&pair, statement);
        assert_eq!(&signed.verify(&public).unwrap(), statement);
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            let changed = Signed::<S>::from_parts(changed, signed.signature().to_vec());
            assert!(
                changed.verify(&public).is_err(),
                "changed byte {at} of {}",
                S::LABEL
            );
        }
        for cut in 0..bytes.len() {
            assert!(
                S::parse(&bytes[..cut]).is_err(),
                "cut at {cut} of {}",
                S::LABEL
            );
        }
        let json = serde_json::to_string(&signed).unwrap();
        assert_eq!(serde_json::from_str::<Signed<S>>(&json).unwrap(), signed);
    }

    #[derive(Debug, PartialEq)]
    struct Sample(u64);
    impl Statement for Sample {
        const LABEL: &'static str = "HLJSAMPLE1";
        fn write(&self, body: Writer) -> Writer {
            body.number(1, self.0)
        }
        fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
            Ok(Self(body.number(1)?))
        }
    }

    #[derive(Debug, PartialEq)]
    struct Newer(u64);
    impl Statement for Newer {
        const LABEL: &'static str = "HLJSAMPLE1";
        const VERSION: u8 = 2;
        fn write(&self, body: Writer) -> Writer {
            body.number(1, self.0)
        }
        fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
            Ok(Self(body.number(1)?))
        }
    }

    #[test]
    fn the_label_and_the_version_are_inside_the_signed_bytes() {
        let bytes = Sample(5).signing_bytes();
        assert_eq!(bytes, b"HLJSAMPLE1\0\x01\x01\0\0\0\x08\0\0\0\0\0\0\0\x05");
        assert_eq!(Newer::parse(&bytes), Err(StatementError::Label));
        let (pair, public) = test_key();
        let signed = sign(&pair, &Sample(5));
        let as_newer =
            Signed::<Newer>::from_parts(signed.bytes().to_vec(), signed.signature().to_vec());
        assert_eq!(as_newer.verify(&public), Err(StatementError::Label));
    }
}
