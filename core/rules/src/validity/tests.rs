use proptest::prelude::*;

use super::*;

const BIRTH: &str = "1990-03-07";
const TODAY: &str = "2026-11-23";

fn day(text: &str) -> Date {
    Date::from_written(text).unwrap()
}

fn outcome(birth: &str, start: &str, end: &str, term: Term) -> Result<Vec<Code>, Code> {
    ValidityPeriod::parse(start, end, term, day(birth), day(TODAY))
        .map(|parsed| parsed.warnings.iter().map(|warning| warning.code).collect())
        .map_err(|error| error.code)
}

#[test]
fn pr_06_the_term_follows_the_age_at_issue() {
    let unusual = Ok(vec![Code::RegValidityTermUnusual]);
    let ten = Term::TenYears;
    let at_26 = outcome(BIRTH, "2016.03.07", "2036.03.07", Term::TwentyYears);
    assert_eq!(at_26, Ok(vec![]));
    assert_eq!(
        outcome("1992-03-07", "2018-03-07", "2028-03-07", ten),
        unusual
    );
    assert_eq!(
        outcome("1992-03-07", "2018-03-06", "2028-03-06", ten),
        Ok(vec![])
    );
    let at_46 = outcome("1970-01-01", "2016-01-01", "长期", Term::LongTerm);
    assert_eq!(at_46, Ok(vec![]));
    for (age, term) in [
        (10, Term::FiveYears),
        (25, ten),
        (26, Term::TwentyYears),
        (46, Term::LongTerm),
    ] {
        assert_eq!(Term::by_age(age), term);
    }
}

#[test]
fn pr_06_chosen_years_that_do_not_fit_the_dates_are_refused() {
    for (end, term) in [
        ("2036.03.08", Term::TwentyYears),
        ("2036.03.07", Term::TenYears),
        ("长期", Term::TwentyYears),
        ("2036.03.07", Term::LongTerm),
    ] {
        let refused = outcome(BIRTH, "2016.03.07", end, term);
        assert_eq!(refused, Err(Code::RegValidityTermMismatch), "{end}");
    }
}

#[test]
fn pr_05_future_expired_and_backward_periods_have_their_own_codes() {
    let future = outcome("1985-12-15", "2031-12-15", "长期", Term::LongTerm);
    assert_eq!(future, Err(Code::RegValidityFuture));
    let expired = outcome("2010-01-01", "2020-05-01", "2025-05-01", Term::FiveYears);
    assert_eq!(expired, Err(Code::RegValidityExpired));
    let backward = outcome(BIRTH, "2016-03-07", "2016-03-07", Term::FiveYears);
    assert_eq!(backward, Err(Code::RegValidityOrder));
}

#[test]
fn pr_05_the_last_day_still_counts() {
    let last_day = outcome("2012-01-01", "2021-11-23", "2026-11-23", Term::FiveYears);
    assert_eq!(last_day, Ok(vec![]));
    let over = outcome("2012-01-01", "2021-11-22", "2026-11-22", Term::FiveYears);
    assert_eq!(over, Err(Code::RegValidityExpired));
}

#[test]
fn pr_05_unreadable_dates_are_named_by_field() {
    let parse = |start, end| {
        ValidityPeriod::parse(start, end, Term::TwentyYears, day(BIRTH), day(TODAY))
            .map_err(|error| (error.code, error.field))
    };
    let wrong = Code::RegValidityFormat;
    assert_eq!(
        parse("2016.02.30", "2036.03.07"),
        Err((wrong, Field::ValidityStart))
    );
    assert_eq!(
        parse("2016.03.07", "永久"),
        Err((wrong, Field::ValidityEnd))
    );
    assert_eq!(parse("长期", "长期"), Err((wrong, Field::ValidityStart)));
    assert!(parse("２０１６．０３．０７", " 2036-03-07 ").is_ok());
}

#[test]
fn a_term_from_a_leap_day_ends_on_either_neighbour() {
    for end in ["2025-02-28", "2025-03-01"] {
        let ends = Term::FiveYears.ends_from(day("2020-02-29"));
        assert!(ends.contains(&day(end)), "{end}");
    }
}

#[test]
fn a_start_before_the_second_generation_is_only_a_warning() {
    let old = outcome("1950-01-01", "2003-06-01", "长期", Term::LongTerm);
    assert_eq!(old, Ok(vec![Code::RegValidityStartOld]));
}

#[test]
fn pr_05_the_printed_line_splits_into_its_dates() {
    let pair = |start: &str, end: &str| Ok((start.to_owned(), end.to_owned()));
    let split = ValidityPeriod::split_line;
    assert_eq!(
        split("2016.03.07-2036.03.07"),
        pair("2016.03.07", "2036.03.07")
    );
    assert_eq!(split("2016.03.07 至 长期"), pair("2016.03.07", "长期"));
    assert!(split("2016-03-07").is_err());
    assert!(split("").is_err());
}

proptest! {
    #[test]
    fn any_dates_are_a_period_or_a_typed_error(start in "\\PC{0,14}", end in "\\PC{0,14}") {
        for term in Term::ALL {
            let _ = ValidityPeriod::parse(&start, &end, term, day(BIRTH), day(TODAY));
        }
        let _ = ValidityPeriod::split_line(&start);
    }
}
