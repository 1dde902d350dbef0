//! What is wrong with a typed value, where, and what to do about it.

pub mod code;
pub mod field;

use crate::complaint::code::Code;
use crate::complaint::field::Field;
use crate::language::Language;

/// A value that cannot be accepted: which rule, which input, and where in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{code} in {field}")]
pub struct RuleError {
    /// The rule that was broken.
    pub code: Code,
    /// The input that broke it.
    pub field: Field,
    /// The offending character, counted from 1 in the normalised value; none when the whole
    /// value is meant.
    pub position: Option<usize>,
}

impl RuleError {
    /// A complaint about a whole value.
    pub fn new(code: Code, field: Field) -> Self {
        Self {
            code,
            field,
            position: None,
        }
    }

    /// The same complaint about one character, counted from 1.
    #[must_use]
    pub fn at(mut self, position: usize) -> Self {
        self.position = Some(position);
        self
    }

    /// The same complaint about another input: a validator does not know whose number it reads.
    #[must_use]
    pub fn of(mut self, field: Field) -> Self {
        self.field = field;
        self
    }

    /// The sentence for the person (requirement PR-17), with the position when there is one.
    pub fn text(&self, language: Language) -> String {
        text(self.code, self.position, language)
    }
}

/// A value that is accepted although it is unusual; shown, never in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Warning {
    /// The rule behind the remark.
    pub code: Code,
    /// The input it is about.
    pub field: Field,
}

impl Warning {
    /// The sentence for the person.
    pub fn text(&self, language: Language) -> String {
        text(self.code, None, language)
    }
}

/// A checked value together with what is unusual about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed<T> {
    /// The checked value.
    pub value: T,
    /// Remarks, in the order they were found.
    pub warnings: Vec<Warning>,
}

impl<T> Parsed<T> {
    /// A value with nothing to remark.
    pub fn plain(value: T) -> Self {
        Self {
            value,
            warnings: Vec::new(),
        }
    }

    /// The same remarks around another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Parsed<U> {
        Parsed {
            value: change(self.value),
            warnings: self.warnings,
        }
    }

    pub(crate) fn warn(&mut self, code: Code, field: Field) {
        self.warnings.push(Warning { code, field });
    }
}

fn text(code: Code, position: Option<usize>, language: Language) -> String {
    let sentence = code.text(language);
    match (position, language) {
        (None, _) => sentence.to_owned(),
        (Some(at), Language::Zh) => format!("{sentence}（第 {at} 位）"),
        (Some(at), Language::En) => format!("{sentence} (character {at})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pr_17_a_text_names_the_position_in_both_languages() {
        let error = RuleError::new(Code::RegIdCharset, Field::DocumentNumber).at(7);
        assert!(error.text(Language::Zh).ends_with("（第 7 位）"));
        assert!(error.text(Language::En).ends_with("(character 7)"));
        assert_eq!(error.to_string(), "REG_ID_CHARSET in document_number");
    }
}
