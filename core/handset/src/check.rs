//! One typed value, checked by the rules of its kind: for forms that explain while somebody
//! types, and for checking lists.

use quanshengshi_certificate::identifier::{CertificateId, IdentifierWarning};
use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::complaint::field::Field;
use quanshengshi_rules::complaint::{Parsed, RuleError, Warning};
use quanshengshi_rules::credit_code::CreditCode;
use quanshengshi_rules::date::Date;
use quanshengshi_rules::document::kind::DocumentKind;
use quanshengshi_rules::document::number::DocumentNumber;
use quanshengshi_rules::language::Language;
use quanshengshi_rules::mobile::Mobile;
use quanshengshi_rules::normalise;
use quanshengshi_rules::organisation_name::OrganisationName;
use quanshengshi_rules::person_name::PersonName;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CheckKind {
    /// A number of one of the six kinds of document.
    Document(DocumentKind),
    /// A unified social credit code.
    CreditCode,
    /// A mobile number.
    Mobile,
    /// A person's name.
    PersonName,
    /// An organisation's name.
    OrganisationName,
    /// A certificate's identifier.
    CertificateId,
}

impl CheckKind {
    /// Every kind with its word.
    pub const ALL: [(&'static str, Self); 11] = [
        ("resident-id", Self::Document(DocumentKind::ResidentId)),
        (
            "social-security",
            Self::Document(DocumentKind::SocialSecurityCard),
        ),
        ("passport", Self::Document(DocumentKind::OrdinaryPassport)),
        (
            "hk-macao-permit",
            Self::Document(DocumentKind::HongKongMacaoPermit),
        ),
        ("taiwan-permit", Self::Document(DocumentKind::TaiwanPermit)),
        (
            "foreigner-card",
            Self::Document(DocumentKind::ForeignPermanentResident),
        ),
        ("credit-code", Self::CreditCode),
        ("mobile", Self::Mobile),
        ("person-name", Self::PersonName),
        ("organisation-name", Self::OrganisationName),
        ("certificate-id", Self::CertificateId),
    ];

    /// The kind of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(known, _)| *known == word);
        found.map(|(_, kind)| *kind)
    }
}

/// What came of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The value in its normal form, or the rule it breaks.
    pub outcome: Result<String, Broken>,
    /// What is unusual about it; never in the way.
    pub warnings: Vec<Code>,
    /// The kind of enterprise a credit code belongs to; none for other values and for codes that
    /// no kind of the manual fits, which a warning tells.
    pub class: Option<&'static str>,
}

/// A rule that a value breaks, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken {
    /// The rule.
    pub code: Code,
    /// The offending character of the normal form, from 1.
    pub position: Option<usize>,
}

impl Broken {
    /// The sentence for the person, with the position when there is one.
    pub fn text(self, language: Language) -> String {
        // The input it stands in is no part of the sentence.
        let error = RuleError::new(self.code, Field::DocumentNumber);
        self.position
            .map_or(error, |position| error.at(position))
            .text(language)
    }
}

impl From<RuleError> for Broken {
    fn from(error: RuleError) -> Self {
        Self {
            code: error.code,
            position: error.position,
        }
    }
}

impl Checked {
    fn plain(outcome: Result<String, Broken>) -> Self {
        Self {
            outcome,
            warnings: Vec::new(),
            class: None,
        }
    }

    fn of<T>(read: Result<Parsed<T>, RuleError>, written: impl FnOnce(&T) -> &str) -> Self {
        match read {
            Ok(parsed) => Self {
                outcome: Ok(written(&parsed.value).to_owned()),
                warnings: codes(&parsed.warnings),
                class: None,
            },
            Err(error) => Self::plain(Err(error.into())),
        }
    }
}

/// Checks a value as it was typed; `today` is the day in China.
pub fn check(kind: CheckKind, typed: &str, today: Date) -> Checked {
    match kind {
        CheckKind::Document(kind) => Checked::of(
            DocumentNumber::parse(kind, typed, today),
            DocumentNumber::as_str,
        ),
        CheckKind::CreditCode => check_credit_code(typed),
        CheckKind::Mobile => Checked::of(Mobile::parse(typed), Mobile::as_str),
        CheckKind::PersonName => {
            let name = PersonName::parse(typed);
            Checked::plain(match name {
                Ok(name) => Ok(name.as_str().to_owned()),
                Err(error) => Err(error.into()),
            })
        }
        CheckKind::OrganisationName => {
            Checked::of(OrganisationName::parse(typed), OrganisationName::as_str)
        }
        CheckKind::CertificateId => check_identifier(typed),
    }
}

fn check_credit_code(typed: &str) -> Checked {
    let read = CreditCode::parse(typed);
    let class = read.as_ref().ok().map(|parsed| parsed.value.class());
    let mut checked = Checked::of(read, CreditCode::as_str);
    match class {
        Some(Ok(class)) => checked.class = Some(class.as_str()),
        // A real code that cannot register online: unusual, not wrong.
        Some(Err(error)) => checked.warnings.push(error.code),
        None => {}
    }
    checked
}

fn check_identifier(typed: &str) -> Checked {
    match CertificateId::parse(&normalise::number(typed)) {
        Ok(id) => Checked {
            outcome: Ok(id.to_string()),
            warnings: id
                .warning()
                .map(IdentifierWarning::code)
                .into_iter()
                .collect(),
            class: None,
        },
        Err(error) => Checked::plain(Err(Broken {
            code: error.code(),
            position: None,
        })),
    }
}

fn codes(warnings: &[Warning]) -> Vec<Code> {
    warnings.iter().map(|warning| warning.code).collect()
}

#[cfg(test)]
mod tests;
