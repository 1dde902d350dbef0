//! Unified social credit codes, GB 32100-2015 (domain rules 2.2).

use crate::complaint::code::Code;
use crate::complaint::field::Field;
use crate::complaint::{Parsed, RuleError};
use crate::enterprise::EnterpriseType;
use crate::normalise;
use crate::region;

const FIELD: Field = Field::CreditCode;
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [usize; 17] = [
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
];
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// Registration departments with their categories (2.2.4).
const CATEGORIES: [(char, &str); 15] = [
    ('1', "1239"),
    ('2', "19"),
    ('3', "169"),
    ('4', "19"),
    ('5', "123459"),
    ('6', "129"),
    ('7', "129"),
    ('8', "129"),
    ('9', "1239"),
    ('A', "19"),
    ('G', "19"),
    ('J', "19"),
    ('N', "1239"),
    ('Q', "1239"),
    ('Y', "1"),
];

/// Enterprises registered with the national regulator carry this instead of a province.
const NATIONAL: &str = "100000";

/// A checked 18-character unified social credit code.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CreditCode(String);

impl CreditCode {
    /// Reads a code as typed. A failing inner organisation code under a right outer check is a
    /// warning (`USCC_ORG_CHECK`).
    ///
    /// # Errors
    /// In the order of checking: `USCC_LENGTH`, `USCC_CHARSET` with the position, `USCC_DEPT` at
    /// 1, `USCC_CATEGORY` at 2, `USCC_REGION` at 3, `USCC_CHECKSUM` at 18.
    pub fn parse(typed: &str) -> Result<Parsed<Self>, RuleError> {
        let code = normalise::number(typed);
        if code.chars().count() != 18 {
            return Err(RuleError::new(Code::UsccLength, FIELD));
        }
        for (at, sign) in code.chars().enumerate() {
            let region_letter = (2..8).contains(&at) && !sign.is_ascii_digit();
            if value(sign).is_none() || region_letter {
                return Err(RuleError::new(Code::UsccCharset, FIELD).at(at + 1));
            }
        }
        check_department(&code)?;
        let (head, organisation) = code.split_at(8);
        let (_, place) = head.split_at(2);
        if place != NATIONAL && !region::is_in_a_province(place) {
            return Err(RuleError::new(Code::UsccRegion, FIELD).at(3));
        }
        if check_sign(&code) != code.chars().last() {
            return Err(RuleError::new(Code::UsccChecksum, FIELD).at(18));
        }
        let inner_holds = organisation_check(organisation) == organisation.chars().nth(8);
        let mut parsed = Parsed::plain(Self(code));
        if !inner_holds {
            parsed.warn(Code::UsccOrgCheck, FIELD);
        }
        Ok(parsed)
    }

    /// The 18 characters; also the account name of an enterprise (requirement LG-02).
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The kind of enterprise the manual gives to the beginning of the code (requirement LR-16).
    ///
    /// # Errors
    /// `ENT_OUT_OF_PROVINCE` for a code of the market regulator outside Heilongjiang
    /// (requirement LR-18), `ENT_PREFIX_UNSUPPORTED` for beginnings the manual does not name.
    pub fn class(&self) -> Result<EnterpriseType, RuleError> {
        let starts = |prefix: &str| self.0.starts_with(prefix);
        if starts("9123") {
            Ok(EnterpriseType::Enterprise)
        } else if starts("9223") {
            Ok(EnterpriseType::SoleTrader)
        } else if starts("1123") || starts("1223") {
            Ok(EnterpriseType::PublicInstitution)
        } else if ["N", "3", "5", "6", "7"].into_iter().any(starts) {
            Ok(EnterpriseType::SocialOrganisation)
        } else if starts("9") && self.0.get(2..4) != Some("23") {
            Err(RuleError::new(Code::EntOutOfProvince, FIELD))
        } else {
            Err(RuleError::new(Code::EntPrefixUnsupported, FIELD))
        }
    }

    /// Holds the chosen kind of enterprise against the code (requirement LR-01).
    ///
    /// # Errors
    /// As [`CreditCode::class`]; `ENT_TYPE_PREFIX_MISMATCH` on the chosen kind when it differs.
    pub fn check_chosen(&self, chosen: EnterpriseType) -> Result<(), RuleError> {
        if self.class()? == chosen {
            Ok(())
        } else {
            Err(RuleError::new(
                Code::EntTypePrefixMismatch,
                Field::EnterpriseType,
            ))
        }
    }
}

fn check_department(code: &str) -> Result<(), RuleError> {
    let mut signs = code.chars();
    let (department, category) = (signs.next(), signs.next());
    let known = CATEGORIES
        .iter()
        .find(|(sign, _)| Some(*sign) == department)
        .ok_or_else(|| RuleError::new(Code::UsccDept, FIELD).at(1))?;
    if category.is_some_and(|sign| known.1.contains(sign)) {
        Ok(())
    } else {
        Err(RuleError::new(Code::UsccCategory, FIELD).at(2))
    }
}

fn value(sign: char) -> Option<usize> {
    ALPHABET.find(sign)
}

/// GB 32100-2015: weights 3^i mod 31 over the first 17 signs.
fn check_sign(code: &str) -> Option<char> {
    let mut sum = 0;
    for (sign, weight) in code.chars().zip(WEIGHTS) {
        sum += value(sign)? * weight;
    }
    ALPHABET.chars().nth((31 - sum % 31) % 31)
}

/// GB 11714: over the first 8 signs of the organisation code.
fn organisation_check(organisation: &str) -> Option<char> {
    let mut sum = 0;
    for (sign, weight) in organisation.chars().zip(ORGANISATION_WEIGHTS) {
        sum += sign.to_digit(36)? * weight;
    }
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}

#[cfg(test)]
mod tests;
