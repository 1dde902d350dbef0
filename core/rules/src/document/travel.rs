//! Passports and travel permits (domain rules 2.4), kept as a table of forms.

use crate::complaint::code::Code;
use crate::complaint::field::Field;
use crate::complaint::{Parsed, RuleError};
use crate::document::kind::DocumentKind;
use crate::normalise;

/// How a number of one kind can look.
struct Form {
    kind: DocumentKind,
    /// One sign each: `9` a digit, `A` a letter without I and O, anything else itself.
    pattern: &'static str,
    current: bool,
}

const fn form(kind: DocumentKind, pattern: &'static str, current: bool) -> Form {
    Form {
        kind,
        pattern,
        current,
    }
}

const FORMS: [Form; 10] = [
    form(DocumentKind::OrdinaryPassport, "E99999999", true),
    form(DocumentKind::OrdinaryPassport, "EA9999999", true),
    form(DocumentKind::OrdinaryPassport, "G99999999", false),
    form(DocumentKind::OrdinaryPassport, "149999999", false),
    form(DocumentKind::OrdinaryPassport, "159999999", false),
    form(DocumentKind::HongKongMacaoPermit, "H99999999", true),
    form(DocumentKind::HongKongMacaoPermit, "M99999999", true),
    form(DocumentKind::HongKongMacaoPermit, "H9999999999", false),
    form(DocumentKind::HongKongMacaoPermit, "M9999999999", false),
    form(DocumentKind::TaiwanPermit, "99999999", true),
];
const TAIWAN_OLD: Form = form(DocumentKind::TaiwanPermit, "9999999999", false);

/// Passports for a service, and those of Hong Kong and Macao: real numbers of a wrong kind.
const OTHER_PASSPORTS: [&str; 9] = ["DE", "SE", "PE", "MA", "D", "S", "P", "H", "K"];

/// A number of one of the travel documents, in the form its kind has.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TravelNumber {
    kind: DocumentKind,
    number: String,
}

impl TravelNumber {
    /// Reads a number of a passport or travel permit as typed. An older form is a warning.
    ///
    /// # Errors
    /// `REG_DOC_KIND_WRONG` for diplomatic, service, Hong Kong and Macao passports;
    /// `REG_DOC_NUMBER_FORMAT` when no form of the kind fits.
    pub fn parse(kind: DocumentKind, typed: &str) -> Result<Parsed<Self>, RuleError> {
        let number = normalise::number(typed);
        let found = FORMS
            .iter()
            .chain([&TAIWAN_OLD])
            .find(|form| form.kind == kind && fits(form.pattern, &number));
        let Some(form) = found else {
            let other = kind == DocumentKind::OrdinaryPassport
                && OTHER_PASSPORTS.iter().any(|start| {
                    number.strip_prefix(start).is_some_and(|rest| {
                        (7..=8).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_digit())
                    })
                });
            let code = if other {
                Code::RegDocKindWrong
            } else {
                Code::RegDocNumberFormat
            };
            return Err(RuleError::new(code, Field::DocumentNumber));
        };
        let mut parsed = Parsed::plain(Self { kind, number });
        if !form.current {
            parsed.warn(Code::RegDocNumberOldForm, Field::DocumentNumber);
        }
        Ok(parsed)
    }

    /// The kind of the document.
    pub fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// The normalised number.
    pub fn as_str(&self) -> &str {
        &self.number
    }
}

fn fits(pattern: &str, number: &str) -> bool {
    pattern.len() == number.len()
        && pattern
            .chars()
            .zip(number.chars())
            .all(|(form, sign)| match form {
                '9' => sign.is_ascii_digit(),
                'A' => sign.is_ascii_uppercase() && !matches!(sign, 'I' | 'O'),
                other => sign == other,
            })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn outcome(kind: DocumentKind, number: &str) -> Result<usize, Code> {
        TravelNumber::parse(kind, number)
            .map(|parsed| parsed.warnings.len())
            .map_err(|error| error.code)
    }

    #[test]
    fn pr_02_permits_of_the_vectors() {
        use DocumentKind::{HongKongMacaoPermit, TaiwanPermit};
        let bad = Err(Code::RegDocNumberFormat);
        assert_eq!(outcome(HongKongMacaoPermit, "h1234 5678"), Ok(0));
        assert_eq!(outcome(HongKongMacaoPermit, "M1234567801"), Ok(1));
        assert_eq!(outcome(HongKongMacaoPermit, "A1234567801"), bad);
        assert_eq!(outcome(HongKongMacaoPermit, "H1234567"), bad);
        assert_eq!(outcome(TaiwanPermit, "12345678"), Ok(0));
        assert_eq!(outcome(TaiwanPermit, "1234567890"), Ok(1));
        assert_eq!(outcome(TaiwanPermit, "123456789"), bad);
    }

    #[test]
    fn pr_02_only_ordinary_passports_pass() {
        use DocumentKind::OrdinaryPassport;
        assert_eq!(outcome(OrdinaryPassport, "E12345678"), Ok(0));
        assert_eq!(outcome(OrdinaryPassport, "EA1234567"), Ok(0));
        assert_eq!(outcome(OrdinaryPassport, "G48947646"), Ok(1));
        assert_eq!(outcome(OrdinaryPassport, "141234567"), Ok(1));
        assert_eq!(
            outcome(OrdinaryPassport, "SE1234567"),
            Err(Code::RegDocKindWrong)
        );
        assert_eq!(
            outcome(OrdinaryPassport, "K12345678"),
            Err(Code::RegDocKindWrong)
        );
        assert_eq!(
            outcome(OrdinaryPassport, "EI1234567"),
            Err(Code::RegDocNumberFormat)
        );
    }

    proptest! {
        #[test]
        fn any_text_is_a_number_or_a_typed_error(text in "\\PC{0,14}") {
            for kind in DocumentKind::ALL {
                let _ = TravelNumber::parse(kind, &text);
            }
        }
    }
}
