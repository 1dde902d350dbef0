//! What the registers say to a form: enterprise first, then the representative, then the filed
//! number (requirement LR-08). Which detail differs is never told (A19).

use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::complaint::field::Field;
use quanshengshi_rules::mobile::Mobile;
use quanshengshi_rules::person_name::PersonName;

use crate::pages::fault::PageFault;
use crate::pages::register::advice::{Advice, Cause};
use crate::pages::register::draft::Draft;
use crate::pages::register::enterprise::applicant::Applicant;
use crate::pages::register::{account, identity};
use crate::registers::filing::filed_mobile;
use crate::registers::{Enterprise, RegisterUnavailable};
use crate::server::App;

/// The number to bind, or faults at the form.
///
/// # Errors
/// [`PageFault::Internal`]; never for a register that is down: the form says so, and it is no
/// answer about the enterprise (requirement MS-07).
pub async fn check(
    app: &App,
    draft: &mut Draft,
    applicant: &Applicant,
) -> Result<Option<Mobile>, PageFault> {
    if !account::may_ask(app, draft, applicant.code.as_str()).await? {
        return Ok(None);
    }
    let Ok(enterprise) = app.registers.enterprise(applicant.code.as_str()).await else {
        draft.refuse(Code::MsaUnavailable, Field::CreditCode);
        return Ok(None);
    };
    let Some(enterprise) = enterprise.filter(|found| is_same(found, applicant)) else {
        mismatch(draft);
        return Ok(None);
    };
    if !enterprise.active {
        draft.refuse(Code::EntNotActive, Field::CreditCode);
        return Ok(None);
    }
    let representative = &applicant.representative;
    match app.registers.person(representative.number.as_str()).await {
        Ok(Some(found)) if representative.is(&found) => {}
        Ok(_) => {
            identity::mismatch(draft, representative.validity.is_some());
            return Ok(None);
        }
        Err(RegisterUnavailable) => {
            identity::unavailable(draft);
            return Ok(None);
        }
    }
    if !applicant.kind.needs_filed_mobile() {
        return Ok(account::read_mobile(draft));
    }
    Ok(match filed_mobile(&enterprise) {
        Err(fault) => {
            draft.refuse(Code::MsaMobileNotFound, Field::Mobile);
            advise(draft, Cause::Filing(fault));
            None
        }
        Ok(filed) if is_filed(draft.form.value("mobile"), &filed) => Some(filed),
        Ok(_) => {
            draft.refuse(Code::MsaMobileMismatch, Field::Mobile);
            advise(draft, Cause::Mismatch);
            None
        }
    })
}

fn advise(draft: &mut Draft, cause: Cause) {
    draft.advice = Some(Advice::of_cause(cause, draft.language()));
}

/// Whether what stands in the form is the filed number: empty, as it was shown, or in full.
fn is_filed(typed: &str, filed: &Mobile) -> bool {
    let typed = typed.trim();
    typed.is_empty()
        || typed == filed.masked()
        || Mobile::parse(typed).is_ok_and(|typed| typed.value == *filed)
}

/// The four checks of the manual, in its order (requirement LR-15).
fn mismatch(draft: &mut Draft) {
    let w = draft.words();
    draft.refuse_whole(
        Code::EntInfoMismatch,
        &[
            ("organisation_name", w.look_licence),
            ("organisation_name", w.look_brackets),
            ("credit_code", w.look_code),
            ("enterprise_type", w.look_type),
        ],
    );
    draft.check_failed = true;
}

fn is_same(found: &Enterprise, applicant: &Applicant) -> bool {
    let filed = &found.representative;
    let typed = &applicant.representative;
    let name = PersonName::parse(&filed.name).is_ok_and(|name| name.same_as(&typed.name));
    // An old 15-digit filing is met again, with its own advice, at the filed number.
    let number =
        filed.document_number.len() == 15 || filed.document_number == typed.number.as_str();
    let kind = filed.document_kind == typed.kind.as_str();
    applicant.name.matches(&found.name) && name && number && kind
}
