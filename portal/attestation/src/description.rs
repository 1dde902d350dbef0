//! What the secure hardware says about a key: the `KeyDescription` of Android's key attestation, schema
//! versions 1 to 400. Names of fields and numbers of tags are those of its documentation.

use der::asn1::{AnyRef, OctetStringRef};
use der::{Decode as _, Reader, SliceReader, Tag, Tagged as _};

/// Who enforces something: `SecurityLevel`.
pub(crate) const TRUSTED_ENVIRONMENT: u8 = 1;
/// A chip of its own.
pub(crate) const STRONG_BOX: u8 = 2;
/// `KeyPurpose::SIGN`.
pub(crate) const SIGN: u64 = 2;
/// `Algorithm::EC`.
pub(crate) const EC: u64 = 3;
/// `KeyOrigin::GENERATED`.
pub(crate) const GENERATED: u64 = 0;
/// `VerifiedBootState::Verified`.
pub(crate) const VERIFIED: u8 = 0;

/// A key, as the hardware describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Description {
    /// Who made this statement.
    pub(crate) level: u8,
    /// Who keeps the key.
    pub(crate) key_level: u8,
    pub(crate) challenge: Vec<u8>,
    pub(crate) software: Enforced,
    pub(crate) hardware: Enforced,
}

/// What is enforced by one of the two sides: the tags that are judged here of an `AuthorizationList`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Enforced {
    pub(crate) purposes: Vec<u64>,
    pub(crate) algorithm: Option<u64>,
    pub(crate) origin: Option<u64>,
    /// Signs without anybody having unlocked the phone.
    pub(crate) asks_nobody: bool,
    pub(crate) boot: Option<Boot>,
    /// Year and month.
    pub(crate) patch: Option<u64>,
    pub(crate) application: Option<Vec<u8>>,
}

/// The system the phone started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Boot {
    pub(crate) is_locked: bool,
    pub(crate) state: u8,
}

impl Description {
    /// Reads the extension; none when it is none.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = SliceReader::new(bytes).ok()?;
        let read = reader.sequence(Self::fields).ok()?;
        reader.is_finished().then_some(read)
    }

    fn fields(reader: &mut SliceReader<'_>) -> der::Result<Self> {
        let _version: u64 = reader.decode()?;
        let level = enumerated(reader)?;
        let _keymint_version: u64 = reader.decode()?;
        let key_level = enumerated(reader)?;
        let challenge: &OctetStringRef = reader.decode()?;
        let _unique: &OctetStringRef = reader.decode()?;
        Ok(Self {
            level,
            key_level,
            challenge: challenge.as_bytes().to_vec(),
            software: reader.sequence(Enforced::fields)?,
            hardware: reader.sequence(Enforced::fields)?,
        })
    }
}

impl Enforced {
    fn fields(reader: &mut SliceReader<'_>) -> der::Result<Self> {
        let mut read = Self::default();
        while !reader.is_finished() {
            let any = AnyRef::decode(reader)?;
            if !any.tag().is_context_specific() {
                return Err(any.tag().unexpected_error(None).into());
            }
            let mut inner = SliceReader::new(any.value())?;
            match any.tag().number().value() {
                1 => read.purposes = numbers(&mut inner)?,
                2 => read.algorithm = Some(inner.decode()?),
                503 => read.asks_nobody = true,
                702 => read.origin = Some(inner.decode()?),
                704 => read.boot = Some(inner.sequence(Boot::fields)?),
                706 => read.patch = Some(inner.decode()?),
                709 => {
                    let application: &OctetStringRef = inner.decode()?;
                    read.application = Some(application.as_bytes().to_vec());
                }
                _ => {}
            }
        }
        Ok(read)
    }
}

impl Boot {
    fn fields(reader: &mut SliceReader<'_>) -> der::Result<Self> {
        let _key: &OctetStringRef = reader.decode()?;
        let is_locked = reader.decode()?;
        let state = enumerated(reader)?;
        // The digest of the system came with version 3.
        while !reader.is_finished() {
            AnyRef::decode(reader)?;
        }
        Ok(Self { is_locked, state })
    }
}

/// A `SET OF INTEGER`.
fn numbers(reader: &mut SliceReader<'_>) -> der::Result<Vec<u64>> {
    let set = AnyRef::decode(reader)?;
    set.tag().assert_eq(Tag::Set)?;
    let mut inner = SliceReader::new(set.value())?;
    let mut all = Vec::new();
    while !inner.is_finished() {
        all.push(inner.decode()?);
    }
    Ok(all)
}

/// An `ENUMERATED` of one byte.
fn enumerated<'a>(reader: &mut impl Reader<'a>) -> der::Result<u8> {
    let any = AnyRef::decode(reader)?;
    any.tag().assert_eq(Tag::Enumerated)?;
    match any.value() {
        [one] => Ok(*one),
        _ => Err(any.tag().value_error().into()),
    }
}
