//! One certificate of a chain.

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode as _, Encode as _, Reader as _, SliceReader};
use ring::signature::{self, UnparsedPublicKey, VerificationAlgorithm};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;
use x509_cert::certificate::{CertificateInner, Raw};
use x509_cert::ext::pkix::BasicConstraints;

const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
/// The hardware's statement about a key.
const KEY_DESCRIPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.11129.2.1.17");

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const ECDSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const ECDSA_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");
const RSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const RSA_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12");
const RSA_SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13");

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    /// The whole `SubjectPublicKeyInfo`.
    pub(crate) info: Vec<u8>,
    /// What is in it: a point, or the two numbers of RSA.
    pub(crate) bits: Vec<u8>,
    algorithm: ObjectIdentifier,
    curve: Option<ObjectIdentifier>,
}

/// A certificate, read.
#[derive(Debug, Clone)]
pub(crate) struct Certificate {
    signed: Vec<u8>,
    signature: Vec<u8>,
    by: ObjectIdentifier,
    subject: Vec<u8>,
    issuer: Vec<u8>,
    /// Seconds since 1970, both ends inclusive.
    valid_s: (u64, u64),
    is_authority: bool,
    pub(crate) serial: Vec<u8>,
    pub(crate) key: Key,
    /// The extension with the hardware's statement.
    pub(crate) description: Option<Vec<u8>>,
}

impl Certificate {
    /// Reads DER; none when it is no certificate.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let read = CertificateInner::<Raw>::from_der(bytes).ok()?;
        let inner = read.tbs_certificate();
        let mut found: [Option<&[u8]>; 2] = [None, None];
        for extension in inner.extensions().into_iter().flatten() {
            let place = match extension.extn_id {
                BASIC_CONSTRAINTS => &mut found[0],
                KEY_DESCRIPTION => &mut found[1],
                _ => continue,
            };
            // RFC 5280, 4.2: no extension stands twice.
            if place.replace(extension.extn_value.as_bytes()).is_some() {
                return None;
            }
        }
        let [constraints, description] = found;
        let is_authority = match constraints {
            Some(value) => BasicConstraints::from_der(value).ok()?.ca,
            None => false,
        };
        let key = inner.subject_public_key_info();
        let parameters = key.algorithm.parameters.as_ref();
        let validity = inner.validity();
        Some(Self {
            signed: signed(bytes)?.to_vec(),
            signature: read.signature().as_bytes()?.to_vec(),
            by: read.signature_algorithm().oid,
            subject: inner.subject().to_der().ok()?,
            issuer: inner.issuer().to_der().ok()?,
            valid_s: (
                validity.not_before.to_unix_duration().as_secs(),
                validity.not_after.to_unix_duration().as_secs(),
            ),
            is_authority,
            serial: inner.serial_number().as_bytes().to_vec(),
            key: Key {
                info: key.to_der().ok()?,
                bits: key.subject_public_key.as_bytes()?.to_vec(),
                algorithm: key.algorithm.oid,
                curve: parameters.and_then(|any| any.decode_as().ok()),
            },
            description: description.map(<[u8]>::to_vec),
        })
    }

    /// Whether `now_s` lies in its validity.
    pub(crate) fn is_valid_at(&self, now_s: u64) -> bool {
        (self.valid_s.0..=self.valid_s.1).contains(&now_s)
    }

    /// Whether an authority of that name and key signed it.
    pub(crate) fn is_signed_by(&self, issuer: &Self) -> bool {
        issuer.is_authority
            && issuer.subject == self.issuer
            && algorithm(self.by, &issuer.key).is_some_and(|algorithm| {
                UnparsedPublicKey::new(algorithm, &issuer.key.bits)
                    .verify(&self.signed, &self.signature)
                    .is_ok()
            })
    }
}

/// The signed part, byte for byte.
fn signed(bytes: &[u8]) -> Option<&[u8]> {
    let outer = AnyRef::from_der(bytes).ok()?;
    let mut inner = SliceReader::new(outer.value()).ok()?;
    inner.tlv_bytes().ok()
}

/// How a signature of an algorithm is checked by a key; none for what is not accepted.
fn algorithm(by: ObjectIdentifier, key: &Key) -> Option<&'static dyn VerificationAlgorithm> {
    Some(match (by, key.algorithm, key.curve) {
        (ECDSA_SHA256, EC, Some(P256)) => &signature::ECDSA_P256_SHA256_ASN1,
        (ECDSA_SHA384, EC, Some(P256)) => &signature::ECDSA_P256_SHA384_ASN1,
        (ECDSA_SHA256, EC, Some(P384)) => &signature::ECDSA_P384_SHA256_ASN1,
        (ECDSA_SHA384, EC, Some(P384)) => &signature::ECDSA_P384_SHA384_ASN1,
        (RSA_SHA256, RSA, _) => &signature::RSA_PKCS1_2048_8192_SHA256,
        (RSA_SHA384, RSA, _) => &signature::RSA_PKCS1_2048_8192_SHA384,
        (RSA_SHA512, RSA, _) => &signature::RSA_PKCS1_2048_8192_SHA512,
        _ => return None,
    })
}

/// The certificates of a PEM file, DER each; none when one cannot be read.
pub(crate) fn of_pem(text: &str) -> Option<Vec<Vec<u8>>> {
    CertificateDer::pem_slice_iter(text.as_bytes())
        .map(|one| one.ok().map(|der| der.to_vec()))
        .collect()
}
