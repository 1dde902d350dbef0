//! One case: its pictures, what was typed beside what the registers say, and the decision.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use quanshengshi_rules::organisation_name::OrganisationName;
use quanshengshi_rules::person_name::PersonName;

use crate::accounts::AccountKind;
use crate::pages::desk::board;
use crate::pages::desk::compare::{Known, Line};
use crate::pages::desk::visitor::{AtDesk, DecidingPosted};
use crate::pages::fault::PageFault;
use crate::pages::form::FormState;
use crate::pages::posted::Fields;
use crate::pages::review::times::written_validity;
use crate::review::ReviewError;
use crate::review::application::{Application, State as Stands};
use crate::review::decide::{Decision, Opinion};
use crate::review::desk::{Case, Shelf};
use crate::review::material::Slot;
use crate::review::reason::Reason;
use crate::server::App;
use crate::texts::desk::DeskTexts;

/// A case as its page shows it.
pub struct CaseView {
    /// The application's number.
    pub number: String,
    /// Whether it is an enterprise's.
    pub legal: bool,
    /// Where it stands.
    pub state: Stands,
    /// Whether the full numbers are shown.
    pub revealed: bool,
    /// Names and labels of its pictures.
    pub materials: Vec<(&'static str, &'static str)>,
    /// What was typed beside what the registers say.
    pub lines: Vec<Line>,
    /// Whether the one who looks may decide.
    pub may_decide: bool,
    /// What others said, in words.
    pub opinions: Vec<String>,
    /// Words and labels of the reasons.
    pub reasons: Vec<(&'static str, String)>,
}

/// A case.
///
/// # Errors
/// [`PageFault::NotFound`], [`PageFault::Internal`].
pub async fn show(
    State(app): State<App>,
    at: AtDesk,
    Path(number): Path<String>,
) -> Result<Response, PageFault> {
    page(&app, &at, &number, false, FormState::default()).await
}

/// The same case with its full numbers, which is written down.
///
/// # Errors
/// As [`show`].
pub async fn reveal(
    State(app): State<App>,
    Path(number): Path<String>,
    posted: DecidingPosted,
) -> Result<Response, PageFault> {
    page(&app, &posted.at, &number, true, FormState::default()).await
}

/// The way back from an address that only takes forms: after a reload, or a change of language.
pub async fn back(at: AtDesk) -> Response {
    at.desk.visitor.go("/desk")
}

/// One picture of a case.
///
/// # Errors
/// As [`show`].
pub async fn material(
    State(app): State<App>,
    at: AtDesk,
    Path((number, slot)): Path<(String, String)>,
) -> Result<Response, PageFault> {
    let slot = Slot::from_word(&slot).ok_or(PageFault::NotFound)?;
    let picture = app.review.look_at_material(&at.reviewer, &number, slot);
    let jpeg = picture.await.map_err(not_found)?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], jpeg).into_response())
}

/// A decision.
///
/// # Errors
/// As [`show`]; a decision that cannot be taken is told on the case's page.
pub async fn decide(
    State(app): State<App>,
    Path(number): Path<String>,
    posted: DecidingPosted,
) -> Result<Response, PageFault> {
    let DecidingPosted { at, fields } = posted;
    let w = at.desk.words();
    let mut form = FormState::new(fields.clone());
    let found = app.review.by_number(&number).await?;
    let found = found.ok_or(PageFault::NotFound)?;
    let opinion = match fields.text("verdict") {
        "approve" => Opinion::Approve,
        "return" => Opinion::Return(reasons(&fields, found.kind)),
        _ => {
            form.fault("verdict", w.e_verdict);
            return page(&app, &at, &number, false, form).await;
        }
    };
    let decision = Decision {
        application: found.id,
        seen: Stands::from_word(fields.text("seen")).unwrap_or(Stands::Returned),
        opinion,
    };
    match app.review.decide(at.reviewer.clone(), decision).await {
        Ok(_) => return Ok(at.desk.visitor.go("/desk?said=yes")),
        Err(ReviewError::Reasons) => form.fault("reasons", w.e_reasons),
        Err(ReviewError::Moved) => form.fault("verdict", w.e_moved),
        Err(ReviewError::NotYours) => form.fault("verdict", w.e_yours),
        Err(ReviewError::Taken) => form.fault("verdict", w.e_taken),
        Err(other) => return Err(not_found(other)),
    }
    page(&app, &at, &number, false, form).await
}

fn reasons(fields: &Fields, kind: AccountKind) -> Vec<Reason> {
    let ticked = |reason: &Reason| fields.says(&format!("reason_{}", reason.word()), "yes");
    Reason::of(kind).iter().copied().filter(ticked).collect()
}

fn not_found(error: ReviewError) -> PageFault {
    match error {
        ReviewError::Unknown => PageFault::NotFound,
        other => other.into(),
    }
}

async fn page(
    app: &App,
    at: &AtDesk,
    number: &str,
    revealed: bool,
    form: FormState,
) -> Result<Response, PageFault> {
    let looked = app.review.look_at(at.reviewer.clone(), number, revealed);
    let case = looked.await.map_err(not_found)?;
    let shelf = if case.application.state.is_open() {
        Shelf::Open
    } else {
        Shelf::Done
    };
    let lines = lines(app, &case.application, at.desk.words(), !revealed).await;
    let view = view(at, case, revealed, lines);
    board::page(app, at, shelf, Some(view), form, false).await
}

fn view(at: &AtDesk, case: Case, revealed: bool, lines: Vec<Line>) -> CaseView {
    let w = at.desk.words();
    let language = at.desk.visitor.preferences.language;
    let words = |reasons: &[Reason]| {
        let words: Vec<&str> = reasons
            .iter()
            .map(|reason| reason.label(language))
            .collect();
        words.join(language.pick("、", ", "))
    };
    let label = |slot: Slot| match slot {
        Slot::Front => w.front,
        Slot::Back => w.back,
        Slot::Licence => w.licence,
    };
    CaseView {
        legal: case.application.kind == AccountKind::Legal,
        state: case.application.state,
        revealed,
        materials: case
            .materials
            .iter()
            .map(|kept| (kept.slot.word(), label(kept.slot)))
            .collect(),
        lines,
        may_decide: case.may_decide,
        opinions: case
            .opinions
            .iter()
            .map(|(approves, reasons)| {
                if *approves {
                    w.approve.to_owned()
                } else {
                    format!("{}: {}", w.return_it, words(reasons))
                }
            })
            .collect(),
        reasons: Reason::of(case.application.kind)
            .iter()
            .map(|reason| (reason.word(), reason.label(language).to_owned()))
            .collect(),
        number: case.application.number,
    }
}

async fn lines(app: &App, a: &Application, w: &'static DeskTexts, hidden: bool) -> Vec<Line> {
    let person = app.registers.person(&a.document_number).await;
    let of_person = |value: fn(&crate::registers::Person) -> String| match &person {
        Ok(Some(person)) => Known::Value(value(person)),
        Ok(None) => Known::Nothing,
        Err(_) => Known::Down,
    };
    let validity =
        of_person(|person| written_validity(&format!("{}/{}", person.valid_from, person.valid_to)));
    let mut lines = Vec::new();
    match a.kind {
        AccountKind::Personal => {
            let name = of_person(|person| person.name.clone());
            let number = of_person(|person| person.document_number.clone());
            lines.push(Line::new(
                w.row_name,
                &a.person_name,
                &same_name(a, name),
                false,
            ));
            lines.push(Line::new(w.row_number, &a.document_number, &number, hidden));
        }
        AccountKind::Legal => {
            let enterprise = app.registers.enterprise(&a.name).await;
            let of = |value: fn(&crate::registers::Enterprise) -> String| match &enterprise {
                Ok(Some(enterprise)) => Known::Value(value(enterprise)),
                Ok(None) => Known::Nothing,
                Err(_) => Known::Down,
            };
            let organisation = match of(|found| found.name.clone()) {
                Known::Value(name) if same_organisation(&a.organisation, &name) => {
                    Known::Value(a.organisation.clone())
                }
                other => other,
            };
            let code = of(|found| found.credit_code.clone());
            let mobile = of(|found| found.contact.clone());
            let name = of(|found| found.representative.name.clone());
            let number = of(|found| found.representative.document_number.clone());
            lines.push(Line::new(
                w.row_organisation,
                &a.organisation,
                &organisation,
                false,
            ));
            lines.push(Line::new(w.row_code, &a.name, &code, false));
            lines.push(Line::new(w.row_mobile, &a.mobile, &mobile, hidden));
            let name = same_name(a, name);
            lines.push(Line::new(
                w.row_representative,
                &a.person_name,
                &name,
                false,
            ));
            lines.push(Line::new(w.row_number, &a.document_number, &number, hidden));
        }
    }
    if !a.validity.is_empty() {
        let typed = written_validity(&a.validity);
        lines.push(Line::new(w.row_validity, &typed, &validity, false));
    }
    lines
}

/// Names are compared by the rules: another form of the middle dot is no difference.
fn same_name(a: &Application, known: Known) -> Known {
    let Known::Value(filed) = &known else {
        return known;
    };
    let same = PersonName::parse(filed)
        .ok()
        .zip(PersonName::parse(&a.person_name).ok())
        .is_some_and(|(filed, typed)| filed.same_as(&typed));
    if same {
        Known::Value(a.person_name.clone())
    } else {
        known
    }
}

/// As are names of enterprises: registers often hold full-width brackets (requirement LR-14).
fn same_organisation(typed: &str, filed: &str) -> bool {
    OrganisationName::parse(typed).is_ok_and(|typed| typed.value.matches(filed))
}
