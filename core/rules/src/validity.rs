//! The validity printed on the back of an ID card (domain rules 2.3, requirements PR-05, PR-06).

pub mod term;

use crate::complaint::code::Code;
use crate::complaint::field::Field;
use crate::complaint::{Parsed, RuleError};
use crate::date::Date;
use crate::normalise;
use crate::validity::term::Term;

/// A checked period that holds today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ValidityPeriod {
    start: Date,
    end: Date,
    term: Term,
}

impl ValidityPeriod {
    /// Reads the two dates as typed and holds them against the chosen term. Dates are
    /// `YYYY.MM.DD` or `YYYY-MM-DD`; the end may be `长期`. `birth` is the day of birth of the
    /// holder, `today` the day of registration; the last day itself still counts.
    ///
    /// Warnings: `REG_VALIDITY_TERM_UNUSUAL` for the age at issue, `REG_VALIDITY_START_OLD`
    /// before 2004.
    ///
    /// # Errors
    /// In the order of checking: `REG_VALIDITY_FORMAT`, `REG_VALIDITY_FUTURE`,
    /// `REG_VALIDITY_ORDER`, `REG_VALIDITY_TERM_MISMATCH`, `REG_VALIDITY_EXPIRED`.
    pub fn parse(
        start: &str,
        end: &str,
        term: Term,
        birth: Date,
        today: Date,
    ) -> Result<Parsed<Self>, RuleError> {
        let start = date(start, Field::ValidityStart)?;
        let end = end_date(end)?;
        if start > today {
            return Err(RuleError::new(
                Code::RegValidityFuture,
                Field::ValidityStart,
            ));
        }
        if end <= start {
            return Err(RuleError::new(Code::RegValidityOrder, Field::ValidityEnd));
        }
        if !term.ends_from(start).contains(&end) {
            let field = Field::ValidityTerm;
            return Err(RuleError::new(Code::RegValidityTermMismatch, field));
        }
        if end < today {
            return Err(RuleError::new(Code::RegValidityExpired, Field::ValidityEnd));
        }
        let mut parsed = Parsed::plain(Self { start, end, term });
        if Term::by_age(birth.age_on(start)) != term {
            parsed.warn(Code::RegValidityTermUnusual, Field::ValidityTerm);
        }
        if start.year() < 2004 {
            parsed.warn(Code::RegValidityStartOld, Field::ValidityStart);
        }
        Ok(parsed)
    }

    /// Splits the line as it is printed, `2016.03.07-2036.03.07` or `2016.03.07-长期`, into its
    /// two dates for [`ValidityPeriod::parse`].
    ///
    /// # Errors
    /// `REG_VALIDITY_FORMAT` when the line has no two parts.
    pub fn split_line(typed: &str) -> Result<(String, String), RuleError> {
        let line = normalise::line(typed);
        line.split_once(['-', '–', '—', '~', '至'])
            .filter(|(start, end)| start.contains('.') && !end.is_empty())
            .map(|(start, end)| (start.trim().to_owned(), end.trim().to_owned()))
            .ok_or_else(|| RuleError::new(Code::RegValidityFormat, Field::ValidityStart))
    }

    /// The first day.
    pub fn start(&self) -> Date {
        self.start
    }

    /// The last day; [`Date::LONG_TERM`] for a long-term card.
    pub fn end(&self) -> Date {
        self.end
    }

    /// The term.
    pub fn term(&self) -> Term {
        self.term
    }
}

fn date(typed: &str, field: Field) -> Result<Date, RuleError> {
    Date::from_written(&normalise::line(typed))
        .ok_or_else(|| RuleError::new(Code::RegValidityFormat, field))
}

fn end_date(typed: &str) -> Result<Date, RuleError> {
    if normalise::line(typed) == "长期" {
        return Ok(Date::LONG_TERM);
    }
    date(typed, Field::ValidityEnd)
}

#[cfg(test)]
mod tests;
