//! P-256 keys and signatures as they cross: 65 bytes and 64 bytes, one form each.
//!
//! Keystores of phones return DER with any S. [`Signature::from_der`] turns that into r‖s with
//! the lower S; [`PublicKey::verify`] accepts nothing else, so a signature has one byte string
//! (protocol 5.4).

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

use crate::ids::Digest;

/// The order of the P-256 group, big endian (SEC 2, section 2.4.2).
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// Half of [`ORDER`], rounded down: the highest S accepted.
const HALF_ORDER: [u8; 32] = [
    0x7f, 0xff, 0xff, 0xff, 0x80, 0x00, 0x00, 0x00, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xde, 0x73, 0x7d, 0x56, 0xd3, 0x8b, 0xcf, 0x42, 0x79, 0xdc, 0xe5, 0x61, 0x7e, 0x31, 0x92, 0xa8,
];

/// Why bytes are not a key or a signature, or a signature does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not an uncompressed P-256 point of 65 bytes.
    #[error("not an uncompressed P-256 point")]
    PublicKey,
    /// Neither 64 bytes r‖s with the lower S, nor DER of two numbers.
    #[error("not a signature in the one accepted form")]
    Form,
    /// The signature is not this key's over these bytes.
    #[error("the signature does not hold")]
    Mismatch,
}

/// An uncompressed P-256 point.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicKey([u8; 65]);

impl PublicKey {
    /// From `04 ‖ x ‖ y`. That the point lies on the curve is checked at each verification.
    ///
    /// # Errors
    /// [`KeyError::PublicKey`] for another length or first byte.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let bytes: [u8; 65] = bytes.try_into().map_err(|_| KeyError::PublicKey)?;
        if bytes[0] == 4 {
            Ok(Self(bytes))
        } else {
            Err(KeyError::PublicKey)
        }
    }

    /// From the base64url form.
    ///
    /// # Errors
    /// [`KeyError::PublicKey`].
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        Self::from_bytes(
            &URL_SAFE_NO_PAD
                .decode(text)
                .map_err(|_| KeyError::PublicKey)?,
        )
    }

    /// `04 ‖ x ‖ y`.
    pub fn as_bytes(&self) -> &[u8; 65] {
        &self.0
    }

    /// SHA-256 of the point: names the key.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.0)
    }

    /// Checks an ES256 signature.
    ///
    /// # Errors
    /// [`KeyError::Mismatch`].
    pub fn verify(&self, message: &[u8], signature: &Signature) -> Result<(), KeyError> {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &self.0)
            .verify(message, &signature.0)
            .map_err(|_| KeyError::Mismatch)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PublicKey({self})")
    }
}

/// r‖s with the lower S.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Signature([u8; 64]);

impl Signature {
    /// From exactly r‖s with the lower S, as it stands on the wire.
    ///
    /// # Errors
    /// [`KeyError::Form`] for another length, a zero, or a high S.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let bytes: [u8; 64] = bytes.try_into().map_err(|_| KeyError::Form)?;
        let (r, s) = bytes.split_at(32);
        let zero = [0u8; 32];
        if r == zero || s == zero || r >= ORDER.as_slice() || s > HALF_ORDER.as_slice() {
            return Err(KeyError::Form);
        }
        Ok(Self(bytes))
    }

    /// From r‖s with either S, as some keystores give it.
    ///
    /// # Errors
    /// [`KeyError::Form`].
    pub fn from_fixed(bytes: &[u8]) -> Result<Self, KeyError> {
        let mut bytes: [u8; 64] = bytes.try_into().map_err(|_| KeyError::Form)?;
        let (_, s) = bytes.split_at_mut(32);
        if *s > HALF_ORDER[..] {
            negate(s)?;
        }
        Self::from_bytes(&bytes)
    }

    /// From DER `SEQUENCE { r INTEGER, s INTEGER }` with either S, as phone keystores give it.
    ///
    /// # Errors
    /// [`KeyError::Form`] for anything but the shortest DER of two positive numbers.
    pub fn from_der(der: &[u8]) -> Result<Self, KeyError> {
        let [0x30, length, rest @ ..] = der else {
            return Err(KeyError::Form);
        };
        if usize::from(*length) != rest.len() || *length >= 0x80 {
            return Err(KeyError::Form);
        }
        let mut fixed = [0; 64];
        let (r, s) = fixed.split_at_mut(32);
        let rest = integer(rest, r)?;
        let rest = integer(rest, s)?;
        if !rest.is_empty() {
            return Err(KeyError::Form);
        }
        Self::from_fixed(&fixed)
    }

    /// r‖s.
    pub fn as_bytes(&self) -> &[u8; 64] {
        &self.0
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Signature({})", URL_SAFE_NO_PAD.encode(self.0))
    }
}

/// Reads one shortest-form positive DER integer into 32 right-aligned bytes.
fn integer<'a>(der: &'a [u8], out: &mut [u8]) -> Result<&'a [u8], KeyError> {
    let [0x02, length, rest @ ..] = der else {
        return Err(KeyError::Form);
    };
    let (digits, rest) = rest
        .split_at_checked(usize::from(*length))
        .ok_or(KeyError::Form)?;
    let digits = match digits {
        [0, tail @ ..] if tail.first().is_some_and(|first| *first >= 0x80) => tail,
        [first, ..] if (1..0x80).contains(first) => digits,
        _ => return Err(KeyError::Form),
    };
    let start = out.len().checked_sub(digits.len()).ok_or(KeyError::Form)?;
    out.get_mut(start..)
        .ok_or(KeyError::Form)?
        .copy_from_slice(digits);
    Ok(rest)
}

/// s ← order − s.
fn negate(s: &mut [u8]) -> Result<(), KeyError> {
    let mut borrow = false;
    for (digit, order) in s.iter_mut().zip(ORDER).rev() {
        let (first, under) = order.overflowing_sub(*digit);
        let (second, again) = first.overflowing_sub(u8::from(borrow));
        (*digit, borrow) = (second, under || again);
    }
    if borrow { Err(KeyError::Form) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ring::rand::SystemRandom;
    use ring::signature::{
        ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair,
    };

    fn key(algorithm: &'static ring::signature::EcdsaSigningAlgorithm) -> EcdsaKeyPair {
        let random = SystemRandom::new();
        let der = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        EcdsaKeyPair::from_pkcs8(algorithm, der.as_ref(), &random).unwrap()
    }

    #[test]
    fn signatures_of_a_keystore_come_out_with_the_lower_s_and_hold() {
        let pair = key(&ECDSA_P256_SHA256_ASN1_SIGNING);
        let public = PublicKey::from_bytes(pair.public_key().as_ref()).unwrap();
        let mut high = 0;
        for round in 0u8..40 {
            let der = pair.sign(&SystemRandom::new(), &[round]).unwrap();
            let signature = Signature::from_der(der.as_ref()).unwrap();
            assert_eq!(public.verify(&[round], &signature), Ok(()));
            assert_eq!(
                public.verify(&[round, 1], &signature),
                Err(KeyError::Mismatch)
            );
            // The other S of the same signature also satisfies the curve, and is refused.
            let mut other = *signature.as_bytes();
            negate(&mut other[32..]).unwrap();
            assert_eq!(Signature::from_bytes(&other), Err(KeyError::Form));
            assert_eq!(Signature::from_fixed(&other), Ok(signature));
            high += usize::from(!der.as_ref().ends_with(&signature.as_bytes()[32..]));
        }
        assert!(
            high > 0,
            "forty keystore signatures without one high S: the test saw nothing"
        );
    }

    #[test]
    fn a_signature_of_another_key_does_not_hold() {
        let (ours, theirs) = (
            key(&ECDSA_P256_SHA256_FIXED_SIGNING),
            key(&ECDSA_P256_SHA256_FIXED_SIGNING),
        );
        let signed = ours.sign(&SystemRandom::new(), b"text").unwrap();
        let signature = Signature::from_fixed(signed.as_ref()).unwrap();
        let public = PublicKey::from_bytes(theirs.public_key().as_ref()).unwrap();
        assert_eq!(public.verify(b"text", &signature), Err(KeyError::Mismatch));
    }

    #[test]
    fn loose_der_is_refused() {
        let tight = [0x30, 6, 2, 1, 5, 2, 1, 6];
        assert!(Signature::from_der(&tight).is_ok());
        for loose in [
            &[0x30, 7, 2, 2, 0, 5, 2, 1, 6][..],
            &[0x30, 6, 2, 1, 0x85, 2, 1, 6],
            &[0x30, 6, 2, 1, 5, 2, 1, 6, 0],
            &[0x30, 6, 2, 1, 0, 2, 1, 6],
            &[0x30, 5, 2, 1, 5, 2, 0],
            &[],
        ] {
            assert_eq!(Signature::from_der(loose), Err(KeyError::Form), "{loose:?}");
        }
    }

    #[test]
    fn half_the_order_is_half_the_order() {
        let mut doubled = HALF_ORDER;
        let mut carry = 0u16;
        for digit in doubled.iter_mut().rev() {
            let sum = u16::from(*digit) * 2 + carry;
            *digit = u8::try_from(sum & 0xff).unwrap();
            carry = sum >> 8;
        }
        doubled[31] += 1;
        assert_eq!(doubled, ORDER);
    }

    proptest! {
        #[test]
        fn junk_never_panics(junk: Vec<u8>) {
            let _ = Signature::from_der(&junk);
            let _ = Signature::from_fixed(&junk);
            let _ = PublicKey::from_bytes(&junk);
        }
    }
}
