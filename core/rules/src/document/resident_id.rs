//! Resident ID numbers, GB 11643-1999 (domain rules 2.1).

use crate::complaint::code::Code;
use crate::complaint::field::Field;
use crate::complaint::{Parsed, RuleError};
use crate::date::Date;
use crate::normalise;
use crate::region::{self, Acquaintance};

const FIELD: Field = Field::DocumentNumber;
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_SIGNS: &[u8; 11] = b"10X98765432";

/// A checked 18-character resident ID number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ResidentId {
    number: String,
    birth: Date,
}

/// Sex as the sequence number tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sex {
    /// Even sequence.
    Female,
    /// Odd sequence.
    Male,
}

impl ResidentId {
    /// Reads an 18-character number as typed. `today` bounds the date of birth.
    ///
    /// An unknown place inside a known province is a warning (`REG_ID_REGION_UNKNOWN`): numbers
    /// are never changed when a district is abolished.
    ///
    /// # Errors
    /// In the order of checking: `REG_ID_15_DIGIT`, `REG_ID_LENGTH`, `REG_ID_CHARSET` with the
    /// position, `REG_DOC_UNSUPPORTED` for a residence permit of Hong Kong, Macao or Taiwan
    /// residents, `REG_DOC_KIND_WRONG` for a foreigner's card, `REG_ID_REGION` at 1,
    /// `REG_ID_BIRTHDATE` at 7, `REG_ID_CHECKSUM` at 18.
    pub fn parse(typed: &str, today: Date) -> Result<Parsed<Self>, RuleError> {
        let number = normalise::number(typed);
        check_form(&number)?;
        check_kind(&number)?;
        let place = region::acquaintance(&number);
        if place == Acquaintance::UnknownProvince {
            return Err(RuleError::new(Code::RegIdRegion, FIELD).at(1));
        }
        let birth = number
            .get(6..14)
            .and_then(Date::from_compact)
            .filter(|birth| (1850..=today.year()).contains(&birth.year()) && *birth <= today)
            .ok_or_else(|| RuleError::new(Code::RegIdBirthdate, FIELD).at(7))?;
        let (digits, check) = number.split_at(17);
        if check_sign(digits).map(String::from).as_deref() != Some(check) {
            return Err(RuleError::new(Code::RegIdChecksum, FIELD).at(18));
        }
        let mut parsed = Parsed::plain(Self { number, birth });
        if place == Acquaintance::UnknownPlace {
            parsed.warn(Code::RegIdRegionUnknown, FIELD);
        }
        Ok(parsed)
    }

    /// Turns an old 15-digit number into the 18-character one, for comparing with registers that
    /// still hold the old form. People are asked for the new form.
    ///
    /// # Errors
    /// `REG_ID_15_DIGIT` when it cannot be told: sequences 996 to 999 were given to people born
    /// in the 1800s. Otherwise as [`ResidentId::parse`].
    pub fn from_15_digits(typed: &str, today: Date) -> Result<Parsed<Self>, RuleError> {
        let old = normalise::number(typed);
        if old.len() != 15 || !old.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(RuleError::new(Code::RegIdLength, FIELD));
        }
        let (region, rest) = old.split_at(6);
        let (birth, sequence) = rest.split_at(6);
        if ["996", "997", "998", "999"].contains(&sequence) {
            return Err(RuleError::new(Code::RegId15Digit, FIELD));
        }
        let digits = format!("{region}19{birth}{sequence}");
        let check = check_sign(&digits).map(String::from).unwrap_or_default();
        Self::parse(&(digits + &check), today)
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.number
    }

    /// The day of birth.
    pub fn birth(&self) -> Date {
        self.birth
    }

    /// The sex of the sequence number.
    pub fn sex(&self) -> Sex {
        match self.number.as_bytes().get(16) {
            Some(digit) if digit % 2 == 1 => Sex::Male,
            _ => Sex::Female,
        }
    }

    /// The number with only its first and last four characters, to be recognised by its owner
    /// and by nobody else.
    pub fn masked(&self) -> String {
        let (head, rest) = self.number.split_at(4);
        let (_, tail) = rest.split_at(10);
        format!("{head}**********{tail}")
    }
}

fn check_form(number: &str) -> Result<(), RuleError> {
    let length = number.chars().count();
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    if length == 15 && digits {
        return Err(RuleError::new(Code::RegId15Digit, FIELD));
    }
    if length != 18 {
        return Err(RuleError::new(Code::RegIdLength, FIELD));
    }
    let odd = number
        .chars()
        .enumerate()
        .position(|(at, sign)| !(sign.is_ascii_digit() || (at == 17 && sign == 'X')));
    match odd {
        Some(at) => Err(RuleError::new(Code::RegIdCharset, FIELD).at(at + 1)),
        None => Ok(()),
    }
}

/// Other documents share the form: permits begin with 81, 82 or 83 and four zeros, the
/// foreigner's card of 2023 with 9 and a province.
fn check_kind(number: &str) -> Result<(), RuleError> {
    if ["810000", "820000", "830000"]
        .iter()
        .any(|permit| number.starts_with(permit))
    {
        return Err(RuleError::new(Code::RegDocUnsupported, FIELD));
    }
    let behind_nine = number.strip_prefix('9');
    if behind_nine.is_some_and(region::is_in_a_province) {
        return Err(RuleError::new(Code::RegDocKindWrong, FIELD));
    }
    Ok(())
}

/// ISO 7064 MOD 11-2 over 17 digits; none when they are not digits.
pub(crate) fn check_sign(digits: &str) -> Option<char> {
    let mut sum = 0;
    for (sign, weight) in digits.chars().zip(WEIGHTS) {
        sum += sign.to_digit(10)? * weight;
    }
    CHECK_SIGNS
        .get((sum % 11) as usize)
        .map(|byte| char::from(*byte))
}

#[cfg(test)]
mod tests;
