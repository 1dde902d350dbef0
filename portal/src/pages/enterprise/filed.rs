//! What the registers say to a form: enterprise first, then the representative, then the filed
//! number (requirement LR-08). Which detail differs is never told (A19).

use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::complaint::field::Field;
use quanshengshi_rules::mobile::Mobile;
use quanshengshi_rules::normalise;
use quanshengshi_rules::person_name::PersonName;

use crate::pages::enterprise::Draft;
use crate::pages::enterprise::applicant::Applicant;
use crate::pages::fault::PageFault;
use crate::pages::posted::Fields;
use crate::registers::filing::{FilingFault, filed_mobile};
use crate::registers::{Enterprise, Person};
use crate::server::App;

/// The number to bind, or faults at the form.
///
/// # Errors
/// Never for a register that is down: the form says so (requirement MS-07).
pub async fn check(
    app: &App,
    draft: &mut Draft,
    applicant: &Applicant,
    fields: &Fields,
) -> Result<Option<Mobile>, PageFault> {
    let t = draft.visitor.texts();
    let number = applicant.document.as_str();
    let (enterprise, person) = (
        app.registers.enterprise(applicant.code.as_str()).await,
        app.registers.person(number).await,
    );
    let (Ok(enterprise), Ok(person)) = (enterprise, person) else {
        draft.form.fault("credit_code", t.register_down);
        return Ok(None);
    };
    let Some(enterprise) = enterprise.filter(|found| is_same(found, applicant)) else {
        draft.refuse(Code::EntInfoMismatch, Field::OrganisationName);
        return Ok(None);
    };
    if !enterprise.active {
        draft.form.fault("credit_code", t.not_active);
        return Ok(None);
    }
    if applicant.validity.is_some() && !person.is_some_and(|found| is_person(&found, applicant)) {
        draft.refuse(Code::RegIdentityMismatch, Field::ValidityStart);
        return Ok(None);
    }
    if !applicant.kind.needs_filed_mobile() {
        return Ok(match Mobile::parse(fields.text("mobile")) {
            Ok(parsed) => Some(parsed.value),
            Err(error) => {
                draft.broken(error);
                None
            }
        });
    }
    match filed_mobile(&enterprise) {
        Err(fault) => {
            draft.advice = Some(match fault {
                FilingFault::Missing => (t.msa_missing, t.msa_missing_text),
                FilingFault::Landline => (t.msa_landline, t.msa_landline_text),
                FilingFault::FifteenDigits => (t.msa_15, t.msa_15_text),
            });
            draft.refuse(Code::MsaMobileNotFound, Field::Mobile);
            Ok(None)
        }
        Ok(filed) => {
            let typed = normalise::number(fields.text("mobile"));
            let is_filed = Mobile::parse(&typed).is_ok_and(|typed| typed.value == filed);
            if typed.is_empty() || typed == filed.masked() || is_filed {
                return Ok(Some(filed));
            }
            draft.refuse(Code::MsaMobileMismatch, Field::Mobile);
            Ok(None)
        }
    }
}

fn is_same(found: &Enterprise, applicant: &Applicant) -> bool {
    let filed = &found.representative;
    let name =
        PersonName::parse(&filed.name).is_ok_and(|name| name.same_as(&applicant.representative));
    // An old 15-digit filing is met again, with its own advice, at the filed number.
    let number =
        filed.document_number.len() == 15 || filed.document_number == applicant.document.as_str();
    let kind = filed.document_kind == applicant.document_kind.as_str();
    applicant.name.matches(&found.name) && name && number && kind
}

fn is_person(found: &Person, applicant: &Applicant) -> bool {
    let validity = applicant.validity.is_none_or(|period| {
        found.valid_from == period.start().to_string() && found.valid_to == period.end().to_string()
    });
    PersonName::parse(&found.name).is_ok_and(|name| name.same_as(&applicant.representative))
        && validity
}
