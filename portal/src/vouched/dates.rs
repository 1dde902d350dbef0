//! Start and end of a representative's document, as the completion page asks for them
//! (requirement EL-03): without the term, which follows from the dates.

use quanshengshi_rules::complaint::RuleError;
use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::complaint::field::Field;
use quanshengshi_rules::date::Date;
use quanshengshi_rules::document::kind::DocumentKind;
use quanshengshi_rules::document::number::DocumentNumber;
use quanshengshi_rules::normalise;
use quanshengshi_rules::validity::ValidityPeriod;
use quanshengshi_rules::validity::term::Term;

use crate::registers::Representative;

/// First and last day of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dates {
    /// The first day.
    pub start: Date,
    /// The last day; [`Date::LONG_TERM`] for a long-term card.
    pub end: Date,
}

/// What is wrong with the dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatesFault {
    /// A rule of requirements PR-05 and PR-06.
    Rule(RuleError),
    /// Each date is well-formed, but no ID card runs that long.
    Term,
}

impl From<RuleError> for DatesFault {
    fn from(error: RuleError) -> Self {
        Self::Rule(error)
    }
}

/// Reads the dates of a person's document as typed.
///
/// # Errors
/// [`DatesFault::Rule`] with `REG_VALIDITY_FORMAT`, `REG_VALIDITY_FUTURE`, `REG_VALIDITY_ORDER` or
/// `REG_VALIDITY_EXPIRED`; [`DatesFault::Term`] for an ID card.
pub fn read(
    start: &str,
    end: &str,
    person: &Representative,
    today: Date,
) -> Result<Dates, DatesFault> {
    let kind = DocumentKind::parse(&person.document_kind)?;
    let number = DocumentNumber::parse(kind, &person.document_number, today)?;
    match number.value.birth() {
        Some(birth) if kind.has_validity_term() => of_id_card(start, end, birth, today),
        _ => of_other(start, end, today),
    }
}

fn of_id_card(start: &str, end: &str, birth: Date, today: Date) -> Result<Dates, DatesFault> {
    for term in Term::ALL {
        match ValidityPeriod::parse(start, end, term, birth, today) {
            Err(error) if error.code == Code::RegValidityTermMismatch => {}
            Err(error) => return Err(error.into()),
            Ok(parsed) => {
                return Ok(Dates {
                    start: parsed.value.start(),
                    end: parsed.value.end(),
                });
            }
        }
    }
    Err(DatesFault::Term)
}

fn of_other(start: &str, end: &str, today: Date) -> Result<Dates, DatesFault> {
    let broken = |code, field| DatesFault::Rule(RuleError::new(code, field));
    let date = |typed: &str, field| {
        Date::from_written(&normalise::line(typed))
            .ok_or_else(|| broken(Code::RegValidityFormat, field))
    };
    let start = date(start, Field::ValidityStart)?;
    let end = if normalise::line(end) == "长期" {
        Date::LONG_TERM
    } else {
        date(end, Field::ValidityEnd)?
    };
    if start > today {
        return Err(broken(Code::RegValidityFuture, Field::ValidityStart));
    }
    if end <= start {
        return Err(broken(Code::RegValidityOrder, Field::ValidityEnd));
    }
    if end < today {
        return Err(broken(Code::RegValidityExpired, Field::ValidityEnd));
    }
    Ok(Dates { start, end })
}

#[cfg(test)]
mod tests {
    use quanshengshi_rules::complaint::code::Code;
    use quanshengshi_rules::date::Date;

    use super::{DatesFault, read};
    use crate::registers::Representative;

    #[test]
    fn el_03_the_dates_follow_the_rules_of_the_form_and_need_no_term() {
        let today = Date::new(2026, 11, 23).expect("a day");
        let person = |kind: &str, number: &str| Representative {
            name: "林知微".to_owned(),
            document_kind: kind.to_owned(),
            document_number: number.to_owned(),
        };
        let card = person("resident_id", "230102199705180024");
        let passport = person("ordinary_passport", "E12345678");
        let both = [&card, &passport];
        for (start, end) in [("2023.06.12", "2043.06.12"), ("2023-06-12", "长期")] {
            for person in both {
                assert!(read(start, end, person, today).is_ok(), "{start} {end}");
            }
        }
        let wrong = [
            ("", "2043.06.12", Code::RegValidityFormat),
            ("2023.02.30", "2043.02.28", Code::RegValidityFormat),
            ("2027.01.01", "2047.01.01", Code::RegValidityFuture),
            ("2023.06.12", "2023.06.12", Code::RegValidityOrder),
            ("2006.06.12", "2016.06.12", Code::RegValidityExpired),
        ];
        for (start, end, code) in wrong {
            for person in both {
                match read(start, end, person, today) {
                    Err(DatesFault::Rule(error)) => assert_eq!(error.code, code, "{start} {end}"),
                    other => panic!("{start} {end}: {other:?}"),
                }
            }
        }
        let odd = read("2023.06.12", "2042.06.12", &card, today);
        assert_eq!(odd, Err(DatesFault::Term));
        assert!(read("2023.06.12", "2042.06.12", &passport, today).is_ok());
    }
}
