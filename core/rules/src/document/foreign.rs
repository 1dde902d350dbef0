//! The foreigner's permanent residence card, old and new form (domain rules 2.5).

use crate::complaint::RuleError;
use crate::complaint::code::Code;
use crate::complaint::field::Field;
use crate::date::Date;
use crate::document::nationality::{is_known_by_digits, is_known_by_letters};
use crate::document::resident_id::check_sign;
use crate::normalise;
use crate::region;

const FIELD: Field = Field::DocumentNumber;
/// ICAO 9303.
const WEIGHTS: [u32; 3] = [7, 3, 1];

/// A checked number of a foreigner's permanent residence card.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ForeignCardNumber {
    number: String,
    birth: Option<Date>,
}

impl ForeignCardNumber {
    /// Reads a number as typed: 18 characters beginning with 9 (cards issued from 1 December
    /// 2023) or 15 beginning with three letters (older cards, still valid).
    ///
    /// # Errors
    /// `REG_DOC_NUMBER_FORMAT` for another form, or with the position of an unknown nationality (4
    /// or 1), an unknown place (2 or 4) or an impossible date of birth (7 or 8); `REG_DOC_NUMBER_CHECKSUM` with the position of
    /// the last character.
    pub fn parse(typed: &str, today: Date) -> Result<Self, RuleError> {
        let number = normalise::number(typed);
        match number.as_bytes() {
            [b'9', rest @ .., last] if rest.len() == 16 && digits(rest) && is_check(*last) => {
                new_form(number, today)
            }
            [a, b, c, rest @ ..] if rest.len() == 12 && letters([a, b, c]) && digits(rest) => {
                old_form(number)
            }
            _ => Err(RuleError::new(Code::RegDocNumberFormat, FIELD)),
        }
    }

    /// The normalised number.
    pub fn as_str(&self) -> &str {
        &self.number
    }

    /// The day of birth; the old form does not tell the century.
    pub fn birth(&self) -> Option<Date> {
        self.birth
    }
}

fn digits(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}

fn letters(bytes: [&u8; 3]) -> bool {
    bytes.into_iter().all(u8::is_ascii_uppercase)
}

fn is_check(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b'X'
}

/// `9`, province of issue, nationality in digits, day of birth, sequence, MOD 11-2.
fn new_form(number: String, today: Date) -> Result<ForeignCardNumber, RuleError> {
    let part = |range| number.get(range).unwrap_or_default();
    check_place(part(1..3), 2)?;
    if !is_known_by_digits(part(3..6)) {
        return Err(RuleError::new(Code::RegDocNumberFormat, FIELD).at(4));
    }
    let birth = Date::from_compact(part(6..14)).filter(|birth| *birth <= today);
    if birth.is_none() {
        return Err(RuleError::new(Code::RegDocNumberFormat, FIELD).at(7));
    }
    if check_sign(part(0..17)) != number.chars().last() {
        return Err(RuleError::new(Code::RegDocNumberChecksum, FIELD).at(18));
    }
    Ok(ForeignCardNumber { number, birth })
}

/// Nationality in letters, place of issue, day of birth without century, sequence, 7-3-1.
fn old_form(number: String) -> Result<ForeignCardNumber, RuleError> {
    let part = |range| number.get(range).unwrap_or_default();
    if !is_known_by_letters(part(0..3)) {
        return Err(RuleError::new(Code::RegDocNumberFormat, FIELD).at(1));
    }
    check_place(part(3..7), 4)?;
    let born = |century: &str| Date::from_compact(&format!("{century}{}", part(7..13)));
    if born("19").or_else(|| born("20")).is_none() {
        return Err(RuleError::new(Code::RegDocNumberFormat, FIELD).at(8));
    }
    let mut signs = number.chars().filter_map(|sign| sign.to_digit(36));
    let sum: u32 = signs
        .by_ref()
        .take(14)
        .zip(WEIGHTS.into_iter().cycle())
        .map(|(value, weight)| value * weight)
        .sum();
    if signs.next() != Some(sum % 10) {
        return Err(RuleError::new(Code::RegDocNumberChecksum, FIELD).at(15));
    }
    let birth = None;
    Ok(ForeignCardNumber { number, birth })
}

fn check_place(place: &str, position: usize) -> Result<(), RuleError> {
    if !region::is_in_a_province(place) {
        return Err(RuleError::new(Code::RegDocNumberFormat, FIELD).at(position));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn today() -> Date {
        Date::new(2026, 11, 23).unwrap()
    }

    fn refused(number: &str) -> (Code, Option<usize>) {
        let error = ForeignCardNumber::parse(number, today()).unwrap_err();
        (error.code, error.position)
    }

    #[test]
    fn pr_02_old_and_new_cards_of_the_vectors_pass() {
        for number in [
            "KAZ110090123105",
            "911398199012310021",
            "92315619850607123X",
            "923840199001014565",
        ] {
            let parsed = ForeignCardNumber::parse(number, today()).unwrap();
            assert_eq!(parsed.as_str(), number);
            assert_eq!(parsed.birth().is_some(), number.starts_with('9'));
        }
    }

    #[test]
    fn pr_02_nationality_place_date_and_check_are_named_at_their_places() {
        let form = Code::RegDocNumberFormat;
        let check = Code::RegDocNumberChecksum;
        assert_eq!(refused("KAA110090123105"), (form, Some(1)));
        assert_eq!(refused("911999199012310021"), (form, Some(4)));
        assert_eq!(refused("KAZ990090123105"), (form, Some(4)));
        assert_eq!(refused("KAZ110090023105"), (form, Some(8)));
        assert_eq!(refused("KAZ110090123107"), (check, Some(15)));
        assert_eq!(refused("999398199012310021"), (form, Some(2)));
        assert_eq!(refused("911398199002310021"), (form, Some(7)));
        assert_eq!(refused("911398199012310022"), (check, Some(18)));
        assert_eq!(refused("230102199003070015"), (form, None));
    }

    proptest! {
        #[test]
        fn any_text_is_a_number_or_a_typed_error(text in "\\PC{0,20}", number in "9[0-9]{16}[0-9X]", old in "[A-Z]{3}[0-9]{12}") {
            for text in [text, number, old] {
                let _ = ForeignCardNumber::parse(&text, today());
            }
        }
    }
}
