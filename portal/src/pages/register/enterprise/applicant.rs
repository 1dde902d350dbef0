//! What the rules can see of an enterprise's form, before any register is asked.

use quanshengshi_rules::complaint::RuleError;
use quanshengshi_rules::credit_code::CreditCode;
use quanshengshi_rules::date::Date;
use quanshengshi_rules::enterprise::EnterpriseType;
use quanshengshi_rules::organisation_name::OrganisationName;

use crate::pages::register::advice::Advice;
use crate::pages::register::draft::Draft;
use crate::pages::register::identity::{self, Identity};

/// An enterprise and its legal representative, each part well-formed.
#[derive(Debug, Clone)]
pub struct Applicant {
    /// The chosen kind (LR-01).
    pub kind: EnterpriseType,
    /// The name (LR-02, LR-14).
    pub name: OrganisationName,
    /// The code (LR-03, LR-16).
    pub code: CreditCode,
    /// The legal representative (LR-04 to LR-06).
    pub representative: Identity,
}

/// Reads the form and notes every fault at its field; nothing when there is one.
pub fn read(draft: &mut Draft, today: Date) -> Option<Applicant> {
    let kind = draft.noted(EnterpriseType::parse(&draft.typed("enterprise_type")));
    let name = draft.noted_parsed(OrganisationName::parse(&draft.typed("organisation_name")));
    if let Some(name) = &name {
        draft.form.set("organisation_name", name.as_str());
    }
    let code = draft.noted_parsed(CreditCode::parse(&draft.typed("credit_code")));
    let mut fits = false;
    if let Some(code) = &code {
        draft.form.set("credit_code", code.as_str());
        fits = check_class(draft, code, kind);
    }
    let representative = identity::read(draft, today);
    Some(Applicant {
        kind: kind?,
        name: name?,
        code: code.filter(|_| fits)?,
        representative: representative?,
    })
}

/// Whether the form's mobile number is typed, not filed (requirement LR-12).
pub fn types_mobile(draft: &Draft) -> bool {
    EnterpriseType::parse(draft.form.value("enterprise_type"))
        .is_ok_and(|kind| !kind.needs_filed_mobile())
}

/// Holds the code against the chosen kind, and says where else it can go. The code alone is
/// judged as soon as it is there: another province need not choose a kind first (LR-18).
fn check_class(draft: &mut Draft, code: &CreditCode, kind: Option<EnterpriseType>) -> bool {
    let judged: Result<(), RuleError> = match kind {
        Some(kind) => code.check_chosen(kind),
        None => code.class().map(|_| ()),
    };
    if let Err(error) = judged {
        draft.advice = Advice::of_code(error.code, draft.language());
    }
    draft.noted(judged).is_some()
}
