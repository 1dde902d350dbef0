//! What somebody types, checked while they type: the portal's own rules, on the phone.

use quanshengshi_handset::check::{CheckKind, check};
use quanshengshi_rules::date::Date;

use crate::config::TextLanguage;

/// What came of a check.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CheckedValue {
    /// The value in its normal form; none when it cannot be accepted.
    pub normalised: Option<String>,
    /// The rule it breaks.
    pub code: Option<String>,
    /// The offending character of the normal form, from 1.
    pub position: Option<u32>,
    /// The sentence for the person.
    pub text: Option<String>,
    /// What is unusual about it, by code; never in the way.
    pub warnings: Vec<String>,
    /// The kind of enterprise a credit code belongs to.
    pub class: Option<String>,
}

/// The kinds of [`check_value`].
#[uniffi::export]
pub fn check_kinds() -> Vec<String> {
    let kinds = CheckKind::ALL.into_iter();
    kinds.map(|(word, _)| word.to_owned()).collect()
}

/// Checks a value of a kind as it was typed; none for a kind this version does not know.
/// `now_ms` is the portal's time, milliseconds since 1970.
#[uniffi::export]
pub fn check_value(
    kind: &str,
    typed: &str,
    now_ms: u64,
    language: TextLanguage,
) -> Option<CheckedValue> {
    let kind = CheckKind::from_word(kind)?;
    let checked = check(kind, typed, Date::in_china(now_ms));
    let (normalised, broken) = match checked.outcome {
        Ok(normal) => (Some(normal), None),
        Err(broken) => (None, Some(broken)),
    };
    Some(CheckedValue {
        normalised,
        code: broken.map(|broken| broken.code.as_str().to_owned()),
        position: broken
            .and_then(|broken| broken.position)
            .and_then(|position| u32::try_from(position).ok()),
        text: broken.map(|broken| broken.text(language.into())),
        warnings: checked
            .warnings
            .iter()
            .map(|code| code.as_str().to_owned())
            .collect(),
        class: checked.class.map(str::to_owned),
    })
}
