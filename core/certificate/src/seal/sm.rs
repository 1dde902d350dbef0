//! SM3 digests and SM2 signatures (GB/T 32905, GB/T 32918).

use der::asn1::ObjectIdentifier;
use sm2::dsa::signature::Verifier;
use sm2::dsa::{Signature, VerifyingKey};
use sm3::{Digest, Sm3};

/// SM2 with SM3.
pub(super) const SM2_WITH_SM3: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.156.10197.1.501");

/// The identity every signer of seals uses (GM/T 0009 clause 10).
pub(super) const DEFAULT_ID: &str = "1234567812345678";

/// SM3.
pub(super) fn digest(bytes: &[u8]) -> [u8; 32] {
    Sm3::digest(bytes).into()
}

/// Whether `signature` (DER, two numbers) of `message` is by the key (an uncompressed point).
pub(super) fn holds(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    let key = VerifyingKey::from_sec1_bytes(DEFAULT_ID, key);
    let signature = Signature::from_der(signature);
    matches!((key, signature), (Ok(key), Ok(signature)) if key.verify(message, &signature).is_ok())
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn sm3_is_the_standard_one() {
        // GB/T 32905 annex A, example 1: "abc".
        let mut hex = String::new();
        for byte in digest(b"abc") {
            let _ = write!(hex, "{byte:02x}");
        }
        assert_eq!(
            hex,
            "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
        );
    }

    #[test]
    fn junk_is_no_signature() {
        assert!(!holds(&[4; 65], b"message", &[0x30, 0x00]));
        assert!(!holds(&[], b"", &[]));
    }
}
