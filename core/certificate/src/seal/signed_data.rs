//! The signed value of a plain digital signature: GB/T 35275 `SignedData`.
//!
//! `ContentInfo { type, [0] SignedData { version, digests, ContentInfo { data, [0] octets }, [0]
//! certificates, …, signerInfos } }`. Its content is the SM3 digest of `Signature.xml` (GM/T 0099
//! clause 7.2.2), and the signer signs that content; or there is none, and the signer signs
//! attributes with the digest of `Signature.xml` itself.

use der::asn1::ObjectIdentifier;

use super::anchor::KeyCertificate;
use super::asn1::{Asn1Error, Element};
use super::sm;
use crate::ofd::limits::{MAX_KEY_CERTIFICATES, MAX_SIGNERS};

/// What a `SignedData` says.
#[derive(Debug)]
pub(super) struct SignedData<'a> {
    /// What was signed; absent when the attributes hold the digest of something that stands elsewhere.
    pub(super) content: Option<&'a [u8]>,
    /// Key certificates that came with it.
    pub(super) certificates: Vec<KeyCertificate>,
    /// The signers.
    pub(super) signers: Vec<SignerPart<'a>>,
}

/// One signer's part.
#[derive(Debug)]
pub(super) struct SignerPart<'a> {
    issuer: &'a [u8],
    serial: &'a [u8],
    signature: &'a [u8],
    /// Signed attributes as a SET, when there are some.
    attributes: Option<Vec<u8>>,
    /// When, seconds since 1970, when a signed attribute says so.
    pub(super) at_s: Option<i64>,
}

/// The attribute with the time of signing (RFC 2985).
const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");

impl SignerPart<'_> {
    /// The signer's key certificate among those that came with it.
    pub(super) fn find<'k>(&self, among: &'k [KeyCertificate]) -> Option<&'k KeyCertificate> {
        among.iter().find(|certificate| {
            let serial = strip_zero(&certificate.serial);
            certificate.issuer == self.issuer && serial == strip_zero(self.serial)
        })
    }

    /// Whether the signature is by this key over `content`, or over attributes that hold its digest.
    pub(super) fn holds(&self, key: &KeyCertificate, content: &[u8]) -> bool {
        match &self.attributes {
            None => sm::holds(&key.key, content, self.signature),
            Some(set) => {
                let digest = sm::digest(content);
                let names_content = set.windows(digest.len()).any(|part| part == digest);
                names_content && sm::holds(&key.key, set, self.signature)
            }
        }
    }
}

/// Reads a signed value.
pub(super) fn read(value: &[u8]) -> Result<SignedData<'_>, Asn1Error> {
    let info = Element::whole(value)?.sequence()?;
    let [kind, wrapped, ..] = info.as_slice() else {
        return Err(Asn1Error);
    };
    kind.object()?;
    let body = wrapped.inside()?;
    let body = body.first().ok_or(Asn1Error)?.sequence()?;
    let [version, _digests, content, rest @ ..] = body.as_slice() else {
        return Err(Asn1Error);
    };
    version.small()?;
    let content = match content.sequence()?.get(1) {
        Some(wrapped) => Some(wrapped.inside()?.first().ok_or(Asn1Error)?.octets()?),
        None => None,
    };
    let certificates = match rest.first() {
        Some(set) if is_context_0(*set) => set
            .inside()?
            .iter()
            .take(MAX_KEY_CERTIFICATES)
            .filter_map(|certificate| KeyCertificate::parse(certificate.raw).ok())
            .collect(),
        _ => Vec::new(),
    };
    let signers = rest.last().ok_or(Asn1Error)?.inside()?;
    if signers.len() > MAX_SIGNERS {
        return Err(Asn1Error);
    }
    let signers = signers
        .into_iter()
        .map(signer)
        .collect::<Result<Vec<_>, _>>()?;
    if signers.is_empty() {
        return Err(Asn1Error);
    }
    Ok(SignedData {
        content,
        certificates,
        signers,
    })
}

fn signer(info: Element<'_>) -> Result<SignerPart<'_>, Asn1Error> {
    let parts = info.sequence()?;
    let [_version, who, _digest, rest @ ..] = parts.as_slice() else {
        return Err(Asn1Error);
    };
    let who = who.sequence()?;
    let [issuer, serial] = who.as_slice() else {
        return Err(Asn1Error);
    };
    let at_s = rest.first().copied().and_then(signing_time_s);
    let (attributes, rest) = match rest {
        [attributes, rest @ ..] if is_context_0(*attributes) => {
            // Signed as a SET, sent with the tag of its place (RFC 5652 clause 5.4).
            let mut set = attributes.raw.to_vec();
            if let Some(tag) = set.first_mut() {
                *tag = 0x31;
            }
            (Some(set), rest)
        }
        rest => (None, rest),
    };
    let [_algorithm, signature, ..] = rest else {
        return Err(Asn1Error);
    };
    Ok(SignerPart {
        issuer: issuer.raw,
        serial: serial.value,
        signature: signature.octets()?,
        attributes,
        at_s,
    })
}

/// The time of signing among the attributes, when this element holds attributes.
fn signing_time_s(attributes: Element<'_>) -> Option<i64> {
    let listed = is_context_0(attributes).then(|| attributes.inside().ok())??;
    let found = listed.into_iter().find_map(|attribute| {
        let parts = attribute.sequence().ok()?;
        let [kind, values] = parts.as_slice() else {
            return None;
        };
        (kind.object().ok()? == SIGNING_TIME).then_some(*values)
    });
    found?.inside().ok()?.first()?.time_s().ok()
}

fn is_context_0(element: Element<'_>) -> bool {
    element.raw.first() == Some(&0xA0)
}

fn strip_zero(serial: &[u8]) -> &[u8] {
    match serial {
        [0, rest @ ..] if !rest.is_empty() => rest,
        all => all,
    }
}
