//! The signed value of a seal: `SES_Signature` of GM/T 0031 (V1), GB/T 38540 (V4) and the later V5.
//!
//! V4 and V5 are flat, `{ toSign, cert, algorithm, signature, [0] timestamp }`, and so is the seal
//! inside; V1 has the signer's certificate and algorithm inside what is signed, and the maker's in
//! a `SignInfo` of its own. The shape decides, not the version number, which writers get wrong.

use super::asn1::{self, Asn1Error, Element};
use super::{encode, sm};

/// What a signed value says; every slice stands in the file as it is.
#[derive(Debug)]
pub(super) struct Signed<'a> {
    /// What the signer signed.
    pub(super) covered: &'a [u8],
    /// SM3 of `Signature.xml`.
    pub(super) data_hash: &'a [u8],
    /// When, seconds since 1970, as the signer says.
    pub(super) at_s: i64,
    /// The signer's key certificate, DER.
    pub(super) signer: &'a [u8],
    /// Whether the algorithm is SM2 with SM3.
    pub(super) by_sm2: bool,
    /// The signature.
    pub(super) signature: &'a [u8],
    /// The seal.
    pub(super) seal: Seal<'a>,
}

/// A seal, as its maker signed it.
#[derive(Debug)]
pub(super) struct Seal<'a> {
    /// What the maker signed. V1 signs a sequence that does not stand in the file in one piece.
    pub(super) covered: Vec<u8>,
    /// The maker's key certificate, DER.
    pub(super) maker: &'a [u8],
    /// Whether the algorithm is SM2 with SM3.
    pub(super) by_sm2: bool,
    /// The signature.
    pub(super) signature: &'a [u8],
    /// The seal's identifier.
    pub(super) id: &'a str,
    /// The seal's name.
    pub(super) name: &'a str,
    /// From when to when it may be used, seconds since 1970.
    pub(super) valid_s: (i64, i64),
    /// What it looks like: `PNG`, `OFD` or the like, and the bytes.
    pub(super) picture: (&'a str, &'a [u8]),
    allowed: Allowed<'a>,
}

/// Who may use a seal.
#[derive(Debug)]
enum Allowed<'a> {
    Certificates(Vec<&'a [u8]>),
    Digests(Vec<&'a [u8]>),
}

impl Seal<'_> {
    /// Whether a signer's key certificate is in the seal's list.
    pub(super) fn allows(&self, signer: &[u8]) -> bool {
        match &self.allowed {
            Allowed::Certificates(listed) => listed.contains(&signer),
            Allowed::Digests(listed) => {
                let digest = sm::digest(signer);
                listed.contains(&digest.as_slice())
            }
        }
    }
}

/// Whether a signed value has the shape of a seal's, not of a plain digital signature.
pub(super) fn is_seal(value: &[u8]) -> bool {
    let parts = Element::whole(value).and_then(Element::sequence);
    let first = parts.ok().and_then(|parts| parts.first()?.sequence().ok());
    first.is_some_and(|inside| inside.len() >= 4 && inside[0].small().is_ok())
}

/// Reads a signed value.
pub(super) fn read(value: &[u8]) -> Result<Signed<'_>, Asn1Error> {
    let outer = Element::whole(value)?.sequence()?;
    let first = *outer.first().ok_or(Asn1Error)?;
    let inside = first.sequence()?;
    match (outer.as_slice(), inside.as_slice()) {
        ([_, cert, algorithm, signature, ..], [_, seal, time, hash, ..]) => Ok(Signed {
            covered: first.raw,
            data_hash: hash.bits()?,
            at_s: time.time_s()?,
            signer: cert.octets()?,
            by_sm2: algorithm.object()? == sm::SM2_WITH_SM3,
            signature: signature.bits()?,
            seal: flat_seal(*seal)?,
        }),
        ([_, signature], [_, seal, time, hash, _, cert, algorithm, ..]) => Ok(Signed {
            covered: first.raw,
            data_hash: bits_or_octets(*hash)?,
            at_s: first_time(*time)?,
            signer: cert.octets()?,
            by_sm2: algorithm.object()? == sm::SM2_WITH_SM3,
            signature: signature.bits()?,
            seal: first_seal(*seal)?,
        }),
        _ => Err(Asn1Error),
    }
}

/// Reads a seal that stands by itself, of V4 or V5.
#[cfg(any(test, feature = "sealing"))]
pub(super) fn read_seal(seal: &[u8]) -> Result<Seal<'_>, Asn1Error> {
    flat_seal(Element::whole(seal)?)
}

/// A seal of V4 or V5.
fn flat_seal(seal: Element<'_>) -> Result<Seal<'_>, Asn1Error> {
    let parts = seal.sequence()?;
    let [info, cert, algorithm, signature, ..] = parts.as_slice() else {
        return Err(Asn1Error);
    };
    let info_parts = info.sequence()?;
    let [_, id, property, picture, ..] = info_parts.as_slice() else {
        return Err(Asn1Error);
    };
    let property = property.sequence()?;
    let [_, name, list_kind, list, _, from, to, ..] = property.as_slice() else {
        return Err(Asn1Error);
    };
    let listed = list.sequence()?;
    let allowed = if list_kind.small()? == 1 {
        Allowed::Certificates(octets_of(&listed)?)
    } else {
        let digests = listed.into_iter().map(|entry| {
            let digest = entry.sequence()?.pop();
            digest.ok_or(Asn1Error)?.octets()
        });
        Allowed::Digests(digests.collect::<Result<_, _>>()?)
    };
    Ok(Seal {
        covered: info.raw.to_vec(),
        maker: cert.octets()?,
        by_sm2: algorithm.object()? == sm::SM2_WITH_SM3,
        signature: signature.bits()?,
        id: id.text()?,
        name: name.text()?,
        valid_s: (from.time_s()?, to.time_s()?),
        picture: picture_of(*picture)?,
        allowed,
    })
}

/// A seal of V1: `{ info, { cert, algorithm, signature } }`; signed is `{ info, cert, algorithm }`.
fn first_seal(seal: Element<'_>) -> Result<Seal<'_>, Asn1Error> {
    let parts = seal.sequence()?;
    let [info, sign_info, ..] = parts.as_slice() else {
        return Err(Asn1Error);
    };
    let sign_parts = sign_info.sequence()?;
    let [cert, algorithm, signature, ..] = sign_parts.as_slice() else {
        return Err(Asn1Error);
    };
    let info_parts = info.sequence()?;
    let [_, id, property, picture, ..] = info_parts.as_slice() else {
        return Err(Asn1Error);
    };
    let property = property.sequence()?;
    let [_, name, list, _, from, to, ..] = property.as_slice() else {
        return Err(Asn1Error);
    };
    Ok(Seal {
        covered: sequence_of(&[info.raw, cert.raw, algorithm.raw]),
        maker: cert.octets()?,
        by_sm2: algorithm.object()? == sm::SM2_WITH_SM3,
        signature: signature.bits()?,
        id: id.text()?,
        name: name.text()?,
        valid_s: (from.time_s()?, to.time_s()?),
        picture: picture_of(*picture)?,
        allowed: Allowed::Certificates(octets_of(&list.sequence()?)?),
    })
}

fn picture_of(picture: Element<'_>) -> Result<(&str, &[u8]), Asn1Error> {
    match picture.sequence()?.as_slice() {
        [kind, bytes, ..] => Ok((kind.text()?, bytes.octets()?)),
        _ => Err(Asn1Error),
    }
}

fn octets_of<'a>(elements: &[Element<'a>]) -> Result<Vec<&'a [u8]>, Asn1Error> {
    elements.iter().map(|element| element.octets()).collect()
}

fn bits_or_octets(element: Element<'_>) -> Result<&[u8], Asn1Error> {
    element.bits().or_else(|_| element.octets())
}

/// V1 wraps the time in a BIT STRING: a time, its text, or a timestamp token whose time is not read
/// here.
fn first_time(time: Element<'_>) -> Result<i64, Asn1Error> {
    match bits_or_octets(time) {
        Ok(wrapped) => match Element::whole(wrapped) {
            Ok(element) => element.time_s(),
            Err(_) => asn1::text_time_s(wrapped).ok_or(Asn1Error),
        },
        Err(_) => time.time_s(),
    }
}

/// A DER sequence around elements that stand apart in the file.
fn sequence_of(parts: &[&[u8]]) -> Vec<u8> {
    encode::element(0x30, &parts.concat())
}
