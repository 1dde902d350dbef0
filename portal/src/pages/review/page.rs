//! An application on its page: what was typed, for reading or for changing, and the pictures that
//! are kept.

use askama::Template;
use axum::response::Response;
use quanshengshi_rules::complaint::RuleError;
use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::complaint::field::Field;
use quanshengshi_rules::document::kind::DocumentKind;
use quanshengshi_rules::enterprise::EnterpriseType;
use quanshengshi_rules::region::{self, Region};
use quanshengshi_rules::validity::term::Term;
use quanshengshi_rules::working_days::{self, Footing};

use crate::accounts::{AccountKind, masked_number};
use crate::pages::fault::PageFault;
use crate::pages::form::FormState;
use crate::pages::frame::Frame;
use crate::pages::review::applicant::Applicant;
use crate::pages::review::times::{self, written_validity};
use crate::pages::visitor::Visitor;
use crate::review::application::OTHER_DOCUMENT;
use crate::review::material::Slot;
use crate::server::App;
use crate::texts::review::ReviewTexts;

/// An input for a picture.
struct SlotView {
    name: &'static str,
    label: &'static str,
    /// Kilobytes of the draft that is kept.
    kept: Option<u64>,
}

#[derive(Template)]
#[template(path = "review_apply.html")]
struct ApplyPage {
    f: Frame,
    w: &'static ReviewTexts,
    form: FormState,
    legal: bool,
    kind: &'static str,
    allowed: bool,
    /// What was typed, for reading; inputs are shown instead while there is none.
    facts: Option<Vec<(&'static str, String)>>,
    due: String,
    due_certain: bool,
    said: String,
    slots: Vec<SlotView>,
    types: [EnterpriseType; 4],
    documents: [DocumentKind; 6],
    other: &'static str,
    terms: [Term; 4],
    places: Vec<(&'static Region, Vec<&'static Region>)>,
    province: Option<&'static Region>,
    /// Fields that are carried while they are shown for reading.
    carried: [&'static str; 9],
}

/// Fields about the person and the enterprise.
const CARRIED: [&str; 9] = [
    "enterprise_type",
    "organisation_name",
    "credit_code",
    "document_kind",
    "person_name",
    "document_number",
    "validity_start",
    "validity_end",
    "validity_term",
];

/// An application that goes out again.
pub(super) struct Draft {
    pub(super) visitor: Visitor,
    pub(super) form: FormState,
    pub(super) kind: AccountKind,
    pub(super) allowed: bool,
    pub(super) applicant: Option<Applicant>,
    pub(super) said: String,
}

impl Draft {
    pub(super) fn words(&self) -> &'static ReviewTexts {
        ReviewTexts::of(self.visitor.preferences.language)
    }

    pub(super) fn refuse(&mut self, code: Code, field: Field) {
        let language = self.visitor.preferences.language;
        self.form.broken(RuleError::new(code, field), language);
    }

    pub(super) async fn page(mut self, app: &App) -> Result<Response, PageFault> {
        let session = self.visitor.ensure_session(app).await?;
        let language = self.visitor.preferences.language;
        let w = self.words();
        let kept = app.review.drafts(session.digest, self.kind).await?;
        let slots = Slot::of(self.kind).iter().map(|slot| SlotView {
            name: slot.word(),
            label: match slot {
                Slot::Front => w.front,
                Slot::Back => w.back,
                Slot::Licence => w.licence,
            },
            kept: kept
                .iter()
                .find(|kept| kept.slot == *slot)
                .map(|kept| kept.size.div_ceil(1024)),
        });
        let due = working_days::due_at_ms(app.clock.now_ms());
        let faulty = self.form.has_errors();
        let facts = self
            .applicant
            .as_ref()
            .map(|applicant| facts(applicant, w, language));
        let page = ApplyPage {
            f: self.visitor.frame(""),
            w,
            legal: self.kind == AccountKind::Legal,
            kind: self.kind.word(),
            allowed: self.allowed,
            facts,
            due: times::moment(due.at_ms, language),
            due_certain: due.footing == Footing::Announced,
            said: self.said,
            slots: slots.collect(),
            types: EnterpriseType::ALL,
            documents: DocumentKind::ALL,
            other: OTHER_DOCUMENT,
            terms: Term::ALL,
            places: region::prefectures()
                .map(|place| (place, region::counties_of(place.code()).collect()))
                .collect(),
            province: region::province(),
            carried: CARRIED,
            form: self.form,
        };
        if faulty {
            self.visitor.page_with_faults(&page)
        } else {
            self.visitor.page(&page)
        }
    }
}

fn facts(
    found: &Applicant,
    w: &'static ReviewTexts,
    language: quanshengshi_rules::language::Language,
) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    if !found.code.is_empty() {
        let kind = EnterpriseType::parse(&found.enterprise_type)
            .map_or(w.type_other, |kind| kind.label(language));
        facts.push((w.enterprise_type, kind.to_owned()));
        facts.push((w.organisation_name, found.organisation.clone()));
        facts.push((w.credit_code, found.code.clone()));
    }
    let name = if found.code.is_empty() {
        w.person_name
    } else {
        w.representative
    };
    let kind = DocumentKind::parse(&found.document_kind)
        .map_or(w.document_other, |kind| kind.label(language));
    facts.push((name, found.person.clone()));
    facts.push((w.document_kind, kind.to_owned()));
    facts.push((w.document_number, masked_number(&found.document)));
    if !found.validity.is_empty() {
        facts.push((w.validity, written_validity(&found.validity)));
    }
    facts
}
