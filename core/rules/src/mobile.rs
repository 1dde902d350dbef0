//! Mobile numbers (domain rules 2.6), and landlines told apart from them.

use crate::complaint::code::Code;
use crate::complaint::field::Field;
use crate::complaint::{Parsed, RuleError};
use crate::normalise;

const FIELD: Field = Field::Mobile;

/// A checked mainland mobile number of 11 digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mobile(String);

impl Mobile {
    /// Reads a number as typed, with or without `+86`, spaces and hyphens. A range that is not
    /// known to be given to people is a warning: allocation grows.
    ///
    /// # Errors
    /// `REG_MOBILE_LANDLINE` for a landline, `REG_MOBILE_FORMAT` otherwise.
    pub fn parse(typed: &str) -> Result<Parsed<Self>, RuleError> {
        let number = normalise::number(typed);
        let bare = ["+86", "0086", "86"]
            .into_iter()
            .find_map(|prefix| number.strip_prefix(prefix).filter(|rest| rest.len() == 11))
            .unwrap_or(&number);
        if !is_mobile(bare) {
            let code = if is_landline(typed) {
                Code::RegMobileLandline
            } else {
                Code::RegMobileFormat
            };
            return Err(RuleError::new(code, FIELD));
        }
        let mut parsed = Parsed::plain(Self(bare.to_owned()));
        if !is_usual(bare) {
            parsed.warn(Code::RegMobileUnusual, FIELD);
        }
        Ok(parsed)
    }

    /// The 11 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number with its middle hidden, such as `138****1234` (requirement LR-13).
    pub fn masked(&self) -> String {
        let (head, rest) = self.0.split_at(3);
        let (_, tail) = rest.split_at(4);
        format!("{head}****{tail}")
    }

    /// The last four digits, which are part of a signed transaction.
    pub fn tail(&self) -> &str {
        self.0.split_at(7).1
    }
}

/// Whether a text is a landline: with an area code, seven or eight digits without one, or a 400
/// or 800 number (requirement MS-04).
pub fn is_landline(typed: &str) -> bool {
    let text: String = normalise::line(typed)
        .chars()
        .filter(|sign| !sign.is_whitespace())
        .collect();
    let number = text.replace('-', "");
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    if number.starts_with("400") || number.starts_with("800") {
        return number.len() == 10;
    }
    let local =
        |rest: &str| matches!(rest.as_bytes(), [b'2'..=b'9', ..] if (7..=8).contains(&rest.len()));
    if !text.starts_with('0') {
        return local(&number);
    }
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let (area, subscriber) = if (3..=4).contains(&first.len()) {
        (first, parts.next().unwrap_or_default())
    } else {
        // Without a hyphen the area code has three or four digits; one split must fit.
        let at = if local(first.get(3..).unwrap_or_default()) {
            3
        } else {
            4
        };
        (
            first.get(..at).unwrap_or_default(),
            first.get(at..).unwrap_or_default(),
        )
    };
    let extension = parts
        .next()
        .is_none_or(|rest| (1..=6).contains(&rest.len()));
    (3..=4).contains(&area.len()) && local(subscriber) && extension && parts.next().is_none()
}

fn is_mobile(number: &str) -> bool {
    number.len() == 11
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(number.as_bytes(), [b'1', b'3'..=b'9', ..])
}

/// Ranges seen in use: 13x 14[5-79] 15[0-35-9] 16[5-7] 17[0-8] 18x 19[0-35-9].
fn is_usual(number: &str) -> bool {
    match number.as_bytes() {
        [_, b'3' | b'8', ..] => true,
        [_, b'4', third, ..] => matches!(third, b'5'..=b'7' | b'9'),
        [_, b'5' | b'9', third, ..] => *third != b'4',
        [_, b'6', third, ..] => matches!(third, b'5'..=b'7'),
        [_, b'7', third, ..] => *third != b'9',
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refused(typed: &str) -> Code {
        Mobile::parse(typed).unwrap_err().code
    }

    #[test]
    fn pr_14_numbers_are_normalised() {
        for typed in [
            "13800138000",
            "+86 138-0013-8000",
            "008613800138000",
            "8613800138000",
            "１３８００１３８０００",
        ] {
            let parsed = Mobile::parse(typed).unwrap();
            assert_eq!(parsed.value.as_str(), "13800138000", "{typed}");
            assert!(parsed.warnings.is_empty());
        }
    }

    #[test]
    fn pr_14_wrong_numbers_and_landlines_are_told_apart() {
        assert_eq!(refused("12345678901"), Code::RegMobileFormat);
        assert_eq!(refused("1380013800"), Code::RegMobileFormat);
        assert_eq!(refused(""), Code::RegMobileFormat);
        assert_eq!(refused("0451-82345678"), Code::RegMobileLandline);
        assert_eq!(refused("82345678"), Code::RegMobileLandline);
    }

    #[test]
    fn ms_04_landlines_are_recognised_in_all_their_forms() {
        for number in [
            "0451-82345678",
            "045182345678",
            "010-62345678",
            "01062345678",
            "0451-8234567",
            "0451-82345678-801",
            "82345678",
            "400-123-4567",
        ] {
            assert!(is_landline(number), "{number}");
        }
        for number in [
            "13800138000",
            "12345678",
            "0451-12345678",
            "0451",
            "abc",
            "",
        ] {
            assert!(!is_landline(number), "{number}");
        }
    }

    #[test]
    fn an_unusual_range_is_only_a_warning() {
        let parsed = Mobile::parse("14412345678").unwrap();
        assert_eq!(parsed.warnings.len(), 1);
        assert!(Mobile::parse("19212345678").unwrap().warnings.is_empty());
    }

    #[test]
    fn lr_13_a_shown_number_hides_its_middle() {
        let mobile = Mobile::parse("13800131234").unwrap().value;
        assert_eq!(mobile.masked(), "138****1234");
        assert_eq!(mobile.tail(), "1234");
    }

    proptest! {
        #[test]
        fn any_text_is_a_mobile_or_a_typed_error(text in "\\PC{0,20}") {
            let _ = Mobile::parse(&text);
        }

        #[test]
        fn digits_and_hyphens_never_panic_the_landline_check(text in "[0-9+\\- ]{0,20}") {
            let _ = is_landline(&text);
            let _ = Mobile::parse(&text);
        }
    }
}
