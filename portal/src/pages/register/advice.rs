//! Ways on, where the form alone leads nowhere: the three causes of a missing filed number, an
//! enterprise of another province, a code the manual does not name.

use askama::Template;
use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::complaint::field::Field;
use quanshengshi_rules::language::Language;

use crate::pages::icons::{ICONS, Icons};
use crate::registers::filing::FilingFault;
use crate::texts::register::RegisterTexts;

/// A way on, as a big row to press.
#[derive(Debug, Clone)]
struct Way {
    href: &'static str,
    icon: &'static str,
    title: &'static str,
    text: &'static str,
}

/// The advice, shown right under the field it is about.
#[derive(Debug, Clone, Template)]
#[template(path = "register_advice.html")]
pub struct Advice {
    i: &'static Icons,
    /// The field.
    pub at: Field,
    head: &'static str,
    cause: &'static str,
    lines: Vec<&'static str>,
    ways_head: &'static str,
    ways: Vec<Way>,
}

/// Why the filed mobile number cannot be used, as the manual's table has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Another number was typed than the filed one (requirement MS-03).
    Mismatch,
    /// The filing itself (requirements MS-04, MS-05).
    Filing(FilingFault),
}

impl Advice {
    /// The advice of a cause, that one only, with the two ways out (requirements MS-02 to MS-06).
    pub fn of_cause(cause: Cause, language: Language) -> Self {
        let w = RegisterTexts::of(language);
        let (name, lines) = match cause {
            Cause::Mismatch => (
                w.msa_mismatch,
                vec![
                    w.msa_mismatch_ask,
                    w.msa_mismatch_in_use,
                    w.msa_mismatch_not_in_use,
                ],
            ),
            Cause::Filing(FilingFault::Landline) => (w.msa_landline, vec![w.msa_landline_text]),
            Cause::Filing(FilingFault::FifteenDigits) => (w.msa_15, vec![w.msa_15_text]),
            Cause::Filing(FilingFault::Missing) => (w.msa_missing, vec![w.msa_missing_text]),
        };
        Self {
            i: &ICONS,
            at: Field::Mobile,
            head: Code::MsaMobileNotFound.text(language),
            cause: name,
            lines,
            ways_head: w.ways_head,
            ways: vec![national(w), licence(w)],
        }
    }

    /// The ways on for a code that cannot register here (requirements LR-16, LR-18); nothing for
    /// other complaints.
    pub fn of_code(code: Code, language: Language) -> Option<Self> {
        let w = RegisterTexts::of(language);
        let ways = match code {
            Code::EntOutOfProvince => vec![national(w)],
            Code::EntPrefixUnsupported => vec![review(w), national(w)],
            _ => return None,
        };
        Some(Self {
            i: &ICONS,
            at: Field::CreditCode,
            head: w.ways_instead,
            cause: "",
            lines: Vec::new(),
            ways_head: "",
            ways,
        })
    }
}

fn national(w: &RegisterTexts) -> Way {
    Way {
        href: "/login/national?kind=legal",
        icon: ICONS.globe,
        title: w.way_national,
        text: w.way_national_text,
    }
}

fn licence(w: &RegisterTexts) -> Way {
    Way {
        href: "/login/licence",
        icon: ICONS.scan,
        title: w.way_licence,
        text: w.way_licence_text,
    }
}

fn review(w: &RegisterTexts) -> Way {
    Way {
        href: "/review/apply?kind=legal",
        icon: ICONS.person,
        title: w.way_review,
        text: w.way_review_text,
    }
}
