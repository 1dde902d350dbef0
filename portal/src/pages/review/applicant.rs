//! What the rules can see of an application. No register is asked: people will.

use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::complaint::field::Field;
use quanshengshi_rules::complaint::{RuleError, Warning};
use quanshengshi_rules::credit_code::CreditCode;
use quanshengshi_rules::date::Date;
use quanshengshi_rules::document::kind::DocumentKind;
use quanshengshi_rules::document::number::DocumentNumber;
use quanshengshi_rules::enterprise::EnterpriseType;
use quanshengshi_rules::language::Language;
use quanshengshi_rules::normalise;
use quanshengshi_rules::organisation_name::OrganisationName;
use quanshengshi_rules::person_name::PersonName;
use quanshengshi_rules::validity::ValidityPeriod;
use quanshengshi_rules::validity::term::Term;

use crate::accounts::AccountKind;
use crate::pages::form::FormState;
use crate::pages::posted::Fields;
use crate::review::application::OTHER_DOCUMENT;

/// Whoever an application is about, each part well-formed.
#[derive(Debug, Clone, Default)]
pub struct Applicant {
    /// Enterprise's name; empty for a person.
    pub organisation: String,
    /// Kind of enterprise; empty for a person, and for a code that cannot register online.
    pub enterprise_type: String,
    /// Credit code; empty for a person.
    pub code: String,
    /// Kind of document, or [`OTHER_DOCUMENT`].
    pub document_kind: String,
    /// Name of the person or representative.
    pub person: String,
    /// Number of the document.
    pub document: String,
    /// Validity as it is stored; empty where none is asked for.
    pub validity: String,
    /// Whether the kind of document or code cannot register online, so that review is the way on
    /// without a failed check (requirement PR-02, domain rules 2.2.4).
    pub unsupported: bool,
}

impl Applicant {
    /// The name of the account that will be made.
    pub fn account_name(&self) -> &str {
        if self.code.is_empty() {
            &self.document
        } else {
            &self.code
        }
    }
}

struct Reading<'a> {
    form: &'a mut FormState,
    language: Language,
    whole: bool,
}

impl Reading<'_> {
    fn noted<T>(&mut self, read: Result<T, RuleError>) -> Option<T> {
        read.map_err(|error| {
            self.whole = false;
            self.form.broken(error, self.language);
        })
        .ok()
    }

    fn remarks(&mut self, warnings: &[Warning]) {
        self.form.remarks(warnings, self.language);
    }
}

/// Reads the form and notes every fault at its field; nothing when there is one.
pub fn read(
    form: &mut FormState,
    fields: &Fields,
    kind: AccountKind,
    language: Language,
    now_ms: u64,
) -> Option<Applicant> {
    let today = Date::in_china(now_ms);
    let mut found = Applicant::default();
    let mut reading = Reading {
        form,
        language,
        whole: true,
    };
    if kind == AccountKind::Legal {
        enterprise(&mut reading, fields, &mut found);
    }
    if let Some(name) = reading.noted(PersonName::parse(fields.text("person_name"))) {
        name.as_str().clone_into(&mut found.person);
    }
    document(&mut reading, fields, today, &mut found);
    reading.whole.then_some(found)
}

fn enterprise(reading: &mut Reading<'_>, fields: &Fields, found: &mut Applicant) {
    let name = OrganisationName::parse(fields.text("organisation_name"));
    if let Some(parsed) = reading.noted(name) {
        reading.remarks(&parsed.warnings);
        reading.form.set("organisation_name", parsed.value.as_str());
        parsed.value.as_str().clone_into(&mut found.organisation);
    }
    let Some(parsed) = reading.noted(CreditCode::parse(fields.text("credit_code"))) else {
        return;
    };
    reading.remarks(&parsed.warnings);
    reading.form.set("credit_code", parsed.value.as_str());
    parsed.value.as_str().clone_into(&mut found.code);
    match parsed.value.class() {
        // Codes that no kind on the form fits are what people are for.
        Err(error) if error.code == Code::EntPrefixUnsupported => found.unsupported = true,
        // Another province has its own way (requirement LR-18).
        Err(error) => {
            reading.noted::<()>(Err(error));
        }
        Ok(_) => {
            let chosen = EnterpriseType::parse(fields.text("enterprise_type"));
            if let Some(chosen) = reading.noted(chosen)
                && reading.noted(parsed.value.check_chosen(chosen)).is_some()
            {
                chosen.as_str().clone_into(&mut found.enterprise_type);
            }
        }
    }
}

fn document(reading: &mut Reading<'_>, fields: &Fields, today: Date, found: &mut Applicant) {
    let typed = fields.text("document_number");
    if fields.says("document_kind", OTHER_DOCUMENT) {
        found.unsupported = true;
        OTHER_DOCUMENT.clone_into(&mut found.document_kind);
        if let Some(number) = reading.noted(other_number(typed)) {
            found.document = number;
        }
        return;
    }
    let Some(kind) = reading.noted(DocumentKind::parse(fields.text("document_kind"))) else {
        return;
    };
    kind.as_str().clone_into(&mut found.document_kind);
    let Some(parsed) = reading.noted(DocumentNumber::parse(kind, typed, today)) else {
        return;
    };
    reading.remarks(&parsed.warnings);
    parsed.value.as_str().clone_into(&mut found.document);
    if !kind.has_validity_term() {
        return;
    }
    let Some(birth) = parsed.value.birth() else {
        return;
    };
    let Some(term) = reading.noted(Term::parse(fields.text("validity_term"))) else {
        return;
    };
    let (start, end) = (fields.text("validity_start"), fields.text("validity_end"));
    let period = ValidityPeriod::parse(start, end, term, birth, today);
    if let Some(parsed) = reading.noted(period) {
        reading.remarks(&parsed.warnings);
        found.validity = format!("{}/{}", parsed.value.start(), parsed.value.end());
    }
}

/// The number of a document whose kind no rule knows: 5 to 20 capitals and digits.
fn other_number(typed: &str) -> Result<String, RuleError> {
    let number = normalise::number(typed).to_uppercase();
    let plain = number
        .bytes()
        .all(|sign| sign.is_ascii_digit() || sign.is_ascii_uppercase());
    if plain && (5..=20).contains(&number.len()) {
        Ok(number)
    } else {
        Err(RuleError::new(
            Code::RegDocNumberFormat,
            Field::DocumentNumber,
        ))
    }
}
