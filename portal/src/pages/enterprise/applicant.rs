//! What the rules can see of a form, before any register is asked.

use quanshengshi_certificate::record::calendar::Moment;
use quanshengshi_rules::complaint::RuleError;
use quanshengshi_rules::credit_code::CreditCode;
use quanshengshi_rules::date::Date;
use quanshengshi_rules::document::kind::DocumentKind;
use quanshengshi_rules::document::number::DocumentNumber;
use quanshengshi_rules::enterprise::EnterpriseType;
use quanshengshi_rules::organisation_name::OrganisationName;
use quanshengshi_rules::person_name::PersonName;
use quanshengshi_rules::validity::ValidityPeriod;
use quanshengshi_rules::validity::term::Term;

use crate::pages::enterprise::Draft;
use crate::pages::posted::Fields;

/// An enterprise and its legal representative, each part well-formed.
#[derive(Debug, Clone)]
pub struct Applicant {
    /// The chosen kind (LR-01).
    pub kind: EnterpriseType,
    /// The name (LR-02, LR-14).
    pub name: OrganisationName,
    /// The code (LR-03, LR-16).
    pub code: CreditCode,
    /// Kind of the representative's document (LR-04).
    pub document_kind: DocumentKind,
    /// The representative (LR-05).
    pub representative: PersonName,
    /// The document's number (LR-05).
    pub document: DocumentNumber,
    /// Its validity; only for ID cards (LR-06).
    pub validity: Option<ValidityPeriod>,
}

/// Reads the form and notes every fault at its field; nothing when there is one.
pub fn read(draft: &mut Draft, fields: &Fields, now_ms: u64) -> Option<Applicant> {
    let today = today(now_ms)?;
    let language = draft.visitor.preferences.language;
    let kind = noted(draft, EnterpriseType::parse(fields.text("enterprise_type")));
    let name = noted(
        draft,
        OrganisationName::parse(fields.text("organisation_name")),
    )
    .map(|parsed| {
        draft.form.remarks(&parsed.warnings, language);
        draft.form.set("organisation_name", parsed.value.as_str());
        parsed.value
    });
    let code = noted(draft, CreditCode::parse(fields.text("credit_code"))).map(|parsed| {
        draft.form.remarks(&parsed.warnings, language);
        draft.form.set("credit_code", parsed.value.as_str());
        parsed.value
    });
    if let (Some(kind), Some(code)) = (kind, &code) {
        noted(draft, code.check_chosen(kind));
    }
    let document_kind = noted(draft, DocumentKind::parse(fields.text("document_kind")));
    let representative = noted(draft, PersonName::parse(fields.text("person_name")));
    let document = document_kind.and_then(|kind| {
        let typed = fields.text("document_number");
        let parsed = noted(draft, DocumentNumber::parse(kind, typed, today))?;
        draft.form.remarks(&parsed.warnings, language);
        Some(parsed.value)
    });
    let validity = document
        .as_ref()
        .filter(|_| document_kind.is_some_and(DocumentKind::has_validity_term))
        .and_then(DocumentNumber::birth)
        .and_then(|birth| validity(draft, fields, birth, today));
    if draft.form.has_errors() {
        return None;
    }
    Some(Applicant {
        kind: kind?,
        name: name?,
        code: code?,
        document_kind: document_kind?,
        representative: representative?,
        document: document?,
        validity,
    })
}

fn validity(
    draft: &mut Draft,
    fields: &Fields,
    birth: Date,
    today: Date,
) -> Option<ValidityPeriod> {
    let term = noted(draft, Term::parse(fields.text("validity_term")))?;
    let (start, end) = (fields.text("validity_start"), fields.text("validity_end"));
    let parsed = noted(draft, ValidityPeriod::parse(start, end, term, birth, today))?;
    let language = draft.visitor.preferences.language;
    draft.form.remarks(&parsed.warnings, language);
    Some(parsed.value)
}

fn noted<T>(draft: &mut Draft, read: Result<T, RuleError>) -> Option<T> {
    read.map_err(|error| draft.broken(error)).ok()
}

/// Today in Beijing.
fn today(now_ms: u64) -> Option<Date> {
    let day = Moment::from_unix_seconds(now_ms / 1000).ok()?.date();
    Date::new(day.year(), day.month(), day.day())
}
