//! Terms of validity (居民身份证法 art. 5).

use crate::complaint::RuleError;
use crate::complaint::code::Code;
use crate::complaint::field::Field;
use crate::date::Date;
use crate::language::Language;

/// A term printed by its two dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Term {
    /// Issued under 16.
    FiveYears,
    /// Issued from 16 to 25.
    TenYears,
    /// Issued from 26 to 45.
    TwentyYears,
    /// Issued from 46 on; 长期.
    LongTerm,
}

impl Term {
    /// All terms, in the order of the form.
    pub const ALL: [Self; 4] = [
        Self::FiveYears,
        Self::TenYears,
        Self::TwentyYears,
        Self::LongTerm,
    ];

    /// The name of the term in forms, messages and storage.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FiveYears => "5",
            Self::TenYears => "10",
            Self::TwentyYears => "20",
            Self::LongTerm => "long",
        }
    }

    /// The words for the person.
    pub fn label(self, language: Language) -> &'static str {
        match self {
            Self::FiveYears => language.pick("5 年", "5 years"),
            Self::TenYears => language.pick("10 年", "10 years"),
            Self::TwentyYears => language.pick("20 年", "20 years"),
            Self::LongTerm => language.pick("长期", "Long-term"),
        }
    }

    /// Reads the name of a term as it stands in a form.
    ///
    /// # Errors
    /// `REG_VALIDITY_TERM_MISMATCH` for any other name.
    pub fn parse(name: &str) -> Result<Self, RuleError> {
        Self::ALL
            .into_iter()
            .find(|term| term.as_str() == name.trim())
            .ok_or_else(|| RuleError::new(Code::RegValidityTermMismatch, Field::ValidityTerm))
    }

    /// The term the law gives at an age in full years, at issue.
    pub fn by_age(years: u16) -> Self {
        match years {
            0..=15 => Self::FiveYears,
            16..=25 => Self::TenYears,
            26..=45 => Self::TwentyYears,
            _ => Self::LongTerm,
        }
    }

    /// The last days a card of this term can show when it was issued on a day.
    pub fn ends_from(self, start: Date) -> Vec<Date> {
        match self {
            Self::FiveYears => start.anniversaries(5),
            Self::TenYears => start.anniversaries(10),
            Self::TwentyYears => start.anniversaries(20),
            Self::LongTerm => vec![Date::LONG_TERM],
        }
    }
}
