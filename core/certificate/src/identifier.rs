//! The certificate identifier (证照标识): `1.2.156.3005.2.<type>.<issuer>.<serial>.<version>.<check>`.
//!
//! Layout and check of GB/T 36904-2018 as met in live identifiers. Two check algorithms live in the
//! wild: ISO 7064 MOD 37,36, and a faulty reading of it with every letter counted one too high
//! (A = 11). The first is the standard; the second is recognised and reported as a warning, because
//! the register of the issuer, not the wallet, is the authority over an identifier.

use std::fmt;
use std::str::FromStr;

use quanshengshi_rules::complaint::code::Code;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The object identifier all certificate identifiers start with.
pub const ROOT: &str = "1.2.156.3005.2";

const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const MAX_SERIAL: usize = 64;

/// A well-formed certificate identifier whose check character holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CertificateId {
    type_code: String,
    issuer_code: String,
    serial: String,
    version: u16,
    check: char,
}

/// Something about a certificate identifier that is accepted, but worth a line in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentifierWarning {
    /// The check character follows the variant that counts A as 11 instead of 10.
    CheckVariant,
}

impl IdentifierWarning {
    /// The stable code of the warning.
    pub fn code(self) -> Code {
        match self {
            Self::CheckVariant => Code::IdentCheckVariant,
        }
    }
}

/// Why a text is no certificate identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentifierError {
    /// The text does not start with [`ROOT`].
    #[error("a certificate identifier starts with {ROOT}")]
    Root,
    /// After the root there are not exactly five parts.
    #[error("a certificate identifier has five parts after the root")]
    Parts,
    /// The type code is not 18 digits or capital letters followed by 3 digits.
    #[error("the type code has 18 digits or capital letters and 3 digits")]
    TypeCode,
    /// The issuer code is neither 18 digits or capital letters nor a region of 6 digits.
    #[error("the issuer code has 18 digits or capital letters, or 6 digits")]
    IssuerCode,
    /// The serial is empty, longer than 64, or holds something but digits and capital letters.
    #[error("the serial has 1 to {MAX_SERIAL} digits or capital letters")]
    Serial,
    /// The version is not 3 digits.
    #[error("the version has 3 digits")]
    Version,
    /// The check character fits neither the standard algorithm nor its known variant.
    #[error("the check character is {found}, but {expected} was expected")]
    Check {
        /// What the text ends with.
        found: char,
        /// What MOD 37,36 gives.
        expected: char,
    },
}

impl IdentifierError {
    /// The code and texts of the rule.
    pub fn code(&self) -> Code {
        match self {
            Self::Root => Code::IdentRoot,
            Self::Parts => Code::IdentParts,
            Self::TypeCode => Code::IdentType,
            Self::IssuerCode => Code::IdentIssuer,
            Self::Serial => Code::IdentSerial,
            Self::Version => Code::IdentVersion,
            Self::Check { .. } => Code::IdentCheck,
        }
    }
}

impl CertificateId {
    /// Reads an identifier.
    ///
    /// # Errors
    /// Any [`IdentifierError`], the first that holds from left to right.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let rest = text
            .strip_prefix(ROOT)
            .and_then(|rest| rest.strip_prefix('.'))
            .ok_or(IdentifierError::Root)?;
        let parts: Vec<&str> = rest.splitn(6, '.').collect();
        let [type_code, issuer_code, serial, version, check] = parts[..] else {
            return Err(IdentifierError::Parts);
        };
        let version = match version.len() {
            3 => parse_digits(version).ok_or(IdentifierError::Version)?,
            _ => return Err(IdentifierError::Version),
        };
        let id = Self::derive(type_code, issuer_code, serial, version)?;
        let mut check = check.chars();
        let (Some(found), None) = (check.next(), check.next()) else {
            return Err(IdentifierError::Parts);
        };
        if found == id.check || Some(found) == variant_check_character(&id.body()) {
            Ok(Self { check: found, ..id })
        } else {
            Err(IdentifierError::Check {
                found,
                expected: id.check,
            })
        }
    }

    /// Makes the identifier of these parts with the standard check character.
    ///
    /// `version` is 0 to 999.
    ///
    /// # Errors
    /// The [`IdentifierError`] of the first part that is malformed; never `Root`, `Parts`, `Check`.
    pub fn derive(
        type_code: &str,
        issuer_code: &str,
        serial: &str,
        version: u16,
    ) -> Result<Self, IdentifierError> {
        let type_holds = type_code.len() == 21
            && is_code(type_code)
            && type_code.bytes().skip(18).all(|byte| byte.is_ascii_digit());
        if !type_holds {
            return Err(IdentifierError::TypeCode);
        }
        let issuer_holds = match issuer_code.len() {
            18 => is_code(issuer_code),
            6 => issuer_code.bytes().all(|byte| byte.is_ascii_digit()),
            _ => false,
        };
        if !issuer_holds {
            return Err(IdentifierError::IssuerCode);
        }
        if serial.is_empty() || serial.len() > MAX_SERIAL || !is_code(serial) {
            return Err(IdentifierError::Serial);
        }
        if version > 999 {
            return Err(IdentifierError::Version);
        }
        let mut id = Self {
            type_code: type_code.to_owned(),
            issuer_code: issuer_code.to_owned(),
            serial: serial.to_owned(),
            version,
            check: '0',
        };
        id.check = check_character(&id.body()).ok_or(IdentifierError::Serial)?;
        Ok(id)
    }

    /// The 21 characters that say what kind of certificate it is.
    pub fn type_code(&self) -> &str {
        &self.type_code
    }

    /// The code of the body that issued it: 18 characters, or a region of 6 digits.
    pub fn issuer_code(&self) -> &str {
        &self.issuer_code
    }

    /// The serial the issuer gave.
    pub fn serial(&self) -> &str {
        &self.serial
    }

    /// The version of this certificate, 0 to 999.
    pub fn version(&self) -> u16 {
        self.version
    }

    /// The check character.
    pub fn check(&self) -> char {
        self.check
    }

    /// What is accepted about this identifier but worth logging.
    pub fn warning(&self) -> Option<IdentifierWarning> {
        (check_character(&self.body()) != Some(self.check))
            .then_some(IdentifierWarning::CheckVariant)
    }

    fn body(&self) -> String {
        let Self {
            type_code,
            issuer_code,
            serial,
            version,
            ..
        } = self;
        format!("{type_code}{issuer_code}{serial}{version:03}")
    }
}

/// The ISO 7064 MOD 37,36 check character of a text of digits and capital letters.
///
/// `None` if the text holds anything else.
pub fn check_character(body: &str) -> Option<char> {
    let mut sum = 36;
    for byte in body.bytes() {
        sum = double(sum + value_of(byte)?);
    }
    character_of((37 - sum) % 36)
}

/// The check character as a widespread implementation computes it.
///
/// It departs from the standard in three places: letters count one too high, a sum with a letter in
/// it is first reduced modulo 37, and the last step is one too low.
fn variant_check_character(body: &str) -> Option<char> {
    let mut sum = 36;
    for byte in body.bytes() {
        let value = value_of(byte)?;
        let mut step = sum + value;
        if value >= 10 {
            step += 1;
            step = if step > 37 { step % 37 } else { step };
        }
        sum = double(step);
    }
    character_of(36 - sum)
}

/// The doubling step both algorithms share; gives 1 to 36.
fn double(sum: usize) -> usize {
    let reduced = match sum % 36 {
        0 => 36,
        other => other,
    };
    reduced * 2 % 37
}

fn value_of(byte: u8) -> Option<usize> {
    ALPHABET.iter().position(|&known| known == byte)
}

fn character_of(value: usize) -> Option<char> {
    ALPHABET.get(value).map(|&byte| char::from(byte))
}

fn is_code(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}

fn parse_digits(text: &str) -> Option<u16> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}

impl fmt::Display for CertificateId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            type_code,
            issuer_code,
            serial,
            version,
            check,
        } = self;
        write!(
            f,
            "{ROOT}.{type_code}.{issuer_code}.{serial}.{version:03}.{check}"
        )
    }
}

impl FromStr for CertificateId {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl Serialize for CertificateId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CertificateId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
