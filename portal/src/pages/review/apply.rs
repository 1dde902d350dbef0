//! The application itself.

use std::collections::BTreeMap;

use askama::Template;
use axum::Json;
use axum::extract::{Query, State};
use axum::response::Response;
use quanshengshi_rules::complaint::RuleError;
use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::complaint::field::Field;
use quanshengshi_rules::document::kind::DocumentKind;
use quanshengshi_rules::enterprise::EnterpriseType;
use quanshengshi_rules::mobile::Mobile;
use quanshengshi_rules::password;
use quanshengshi_rules::region::{self, Region};
use quanshengshi_rules::validity::term::Term;
use quanshengshi_rules::working_days::{self, Footing};

use crate::accounts::registration::NewAccount;
use crate::accounts::{Account, AccountError, AccountKind, Proof, masked_number};
use crate::pages::fault::PageFault;
use crate::pages::form::FormState;
use crate::pages::frame::Frame;
use crate::pages::posted::Fields;
use crate::pages::review::applicant::{self, Applicant};
use crate::pages::review::times;
use crate::pages::review::upload::Applied;
use crate::pages::visitor::Visitor;
use crate::review::ReviewError;
use crate::review::application::OTHER_DOCUMENT;
use crate::review::material::{Slot, Upload};
use crate::review::submit::Refused;
use crate::server::App;
use crate::sms::{PAUSE_MS, Purpose, Recipient, SmsError};
use crate::texts::review::ReviewTexts;

/// Name and version of what is agreed to; the same as at the registration.
const AGREEMENT: &str = "user-agreement-and-privacy 2026-11";

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
struct Draft {
    visitor: Visitor,
    form: FormState,
    kind: AccountKind,
    allowed: bool,
    applicant: Option<Applicant>,
    said: String,
}

impl Draft {
    fn words(&self) -> &'static ReviewTexts {
        ReviewTexts::of(self.visitor.preferences.language)
    }

    fn refuse(&mut self, code: Code, field: Field) {
        let language = self.visitor.preferences.language;
        self.form.broken(RuleError::new(code, field), language);
    }

    async fn page(mut self, app: &App) -> Result<Response, PageFault> {
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

/// A stored validity as it stands on a card.
pub fn written_validity(stored: &str) -> String {
    stored
        .replace("9999-12-31", "长期")
        .replace('-', ".")
        .replace('/', "-")
}

fn kind_of(fields: &Fields) -> AccountKind {
    AccountKind::from_word(fields.text("kind")).unwrap_or(AccountKind::Personal)
}

/// The form, empty, or with what an account that waits for its face already told (SC-08).
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn show(
    State(app): State<App>,
    mut visitor: Visitor,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, PageFault> {
    let asked: Fields = asked.into_iter().collect();
    let kind = kind_of(&asked);
    visitor.ensure_session(&app).await?;
    let mut draft = Draft {
        allowed: false,
        form: FormState::default(),
        kind,
        applicant: None,
        said: String::new(),
        visitor,
    };
    if let Some(account) = waiting_account(&app, &draft.visitor, kind).await {
        prefill(&mut draft.form, &account);
    }
    draft.allowed = is_allowed(&app, &draft.visitor, kind).await?;
    draft.page(&app).await
}

/// The account of this session that still waits for its face.
async fn waiting_account(app: &App, visitor: &Visitor, kind: AccountKind) -> Option<Account> {
    let id = visitor.session.as_ref()?.pending?;
    let account = app.accounts.by_id(id).await.ok()?;
    (account.kind == kind).then_some(account)
}

fn prefill(form: &mut FormState, account: &Account) {
    for (name, value) in [
        ("enterprise_type", &account.enterprise_type),
        ("organisation_name", &account.organisation),
        ("document_kind", &account.document_kind),
        ("person_name", &account.person_name),
        ("document_number", &account.document_number),
        ("mobile", &account.mobile),
        ("region", &account.region),
    ] {
        form.set(name, value.clone());
    }
    if account.kind == AccountKind::Legal {
        form.set("credit_code", account.name.clone());
    }
}

async fn is_allowed(app: &App, visitor: &Visitor, kind: AccountKind) -> Result<bool, PageFault> {
    let Some(session) = &visitor.session else {
        return Ok(false);
    };
    if waiting_account(app, visitor, kind).await.is_some() {
        return Ok(true);
    }
    Ok(app.review.is_allowed(session.digest, kind).await?)
}

/// What came: a form carried over from the registration (no `act`), a wish to change it (`edit`),
/// to have a code (`code`), or the application (`submit`).
///
/// # Errors
/// [`PageFault`].
pub async fn submit(
    State(app): State<App>,
    Query(asked): Query<Vec<(String, String)>>,
    applied: Applied,
) -> Result<Response, PageFault> {
    let asked: Fields = asked.into_iter().collect();
    let kind = kind_of(if asked.text("kind").is_empty() {
        &applied.fields
    } else {
        &asked
    });
    let fields = applied.fields;
    let allowed = is_allowed(&app, &applied.visitor, kind).await?;
    let mut draft = Draft {
        visitor: applied.visitor,
        form: FormState::new(fields.clone()),
        kind,
        allowed,
        applicant: None,
        said: String::new(),
    };
    let session = applied.session.digest;
    keep_pictures(&app, &mut draft, applied.uploads).await?;
    let act = fields.text("act").to_owned();
    if act == "edit" {
        return draft.page(&app).await;
    }
    let mobile = match Mobile::parse(fields.text("mobile")) {
        Ok(parsed) => Some(parsed.value),
        // A form that was carried over is complained about when it is handed in.
        Err(_) if act.is_empty() => None,
        Err(error) => {
            draft.form.broken(error, draft.visitor.preferences.language);
            None
        }
    };
    let to = mobile.as_ref().map(|mobile| Recipient {
        purpose: Purpose::Review,
        mobile: mobile.as_str().to_owned(),
        session,
    });
    if act == "code" {
        if let Some(to) = to {
            send_code(&app, &mut draft, to).await?;
        }
        if applied.by_script {
            return Ok(told(&draft));
        }
        draft.applicant = read_quietly(&draft, &fields, app.clock.now_ms());
        return draft.page(&app).await;
    }
    let language = draft.visitor.preferences.language;
    let now_ms = app.clock.now_ms();
    draft.applicant = applicant::read(&mut draft.form, &fields, kind, language, now_ms);
    if act.is_empty() {
        return draft.page(&app).await;
    }
    hand_in(&app, draft, &fields, mobile, to).await
}

/// What the form says, without complaints: for a page that answers something else.
fn read_quietly(draft: &Draft, fields: &Fields, now_ms: u64) -> Option<Applicant> {
    let mut form = FormState::new(fields.clone());
    let language = draft.visitor.preferences.language;
    applicant::read(&mut form, fields, draft.kind, language, now_ms)
}

async fn keep_pictures(
    app: &App,
    draft: &mut Draft,
    uploads: BTreeMap<Slot, Upload>,
) -> Result<(), PageFault> {
    let Some(session) = draft.visitor.session.as_ref().map(|session| session.digest) else {
        return Ok(());
    };
    let language = draft.visitor.preferences.language;
    for (slot, upload) in uploads {
        if !Slot::of(draft.kind).contains(&slot) {
            continue;
        }
        let kept = app.review.keep_draft(session, draft.kind, slot, upload);
        if let Err(code) = kept.await? {
            draft.form.fault(slot.word(), code.text(language));
        }
    }
    Ok(())
}

async fn hand_in(
    app: &App,
    mut draft: Draft,
    fields: &Fields,
    mobile: Option<Mobile>,
    to: Option<Recipient>,
) -> Result<Response, PageFault> {
    let w = draft.words();
    let language = draft.visitor.preferences.language;
    let unsupported = draft
        .applicant
        .as_ref()
        .is_some_and(|applicant| applicant.unsupported);
    if !draft.allowed && !unsupported {
        draft.form.fault("document_kind", w.not_open);
        draft.applicant = None;
    }
    let place = check_account(&mut draft, fields, mobile.as_ref());
    let code = fields.text("sms_code");
    if let Some(to) = &to
        && let Err(error) = app.sms.check_code(to.clone(), code).await
    {
        let code = match error {
            SmsError::Wrong => Code::SmsCodeWrong,
            SmsError::Expired => Code::SmsCodeExpired,
            other => return Err(other.into()),
        };
        draft.form.fault("sms_code", code.text(language));
    }
    let (Some(found), Some(mobile), Some(to), Some(place), false) = (
        draft.applicant.clone(),
        mobile,
        to,
        place,
        draft.form.has_errors(),
    ) else {
        return draft.page(app).await;
    };
    let account = NewAccount {
        kind: draft.kind,
        name: found.account_name().to_owned(),
        organisation: found.organisation,
        enterprise_type: found.enterprise_type,
        person_name: found.person,
        document_kind: found.document_kind,
        document_number: found.document,
        validity: found.validity,
        mobile: mobile.as_str().to_owned(),
        region: place.code().to_owned(),
        password: Some(fields.text("password").to_owned()),
        proof: Proof::Review,
        agreement: AGREEMENT.to_owned(),
    };
    let refused = match app.review.submit(to.session, account).await {
        Ok(Ok(_)) => {
            // It stands; a code that died this instant takes nothing from it.
            let _ = app.sms.spend_code(to, code).await;
            return Ok(draft.visitor.go("/review/status"));
        }
        Ok(Err(refused)) => refused,
        Err(ReviewError::Account(AccountError::Busy)) => {
            draft.form.fault("password", w.busy);
            return draft.page(app).await;
        }
        Err(other) => return Err(other.into()),
    };
    let (named, taken) = match draft.kind {
        AccountKind::Personal => (Field::DocumentNumber, Code::RegPersonExists),
        AccountKind::Legal => (Field::CreditCode, Code::EntExists),
    };
    match refused {
        Refused::Pending => draft.refuse(Code::ReviewPending, named),
        Refused::NameTaken => draft.refuse(taken, named),
        Refused::MobileTaken => draft.refuse(Code::RegMobileTaken, Field::Mobile),
        Refused::Missing(slots) => {
            for slot in slots {
                let text = Code::ReviewMaterialMissing.text(language);
                draft.form.fault(slot.word(), text);
            }
        }
    }
    draft.page(app).await
}

fn check_account(
    draft: &mut Draft,
    fields: &Fields,
    mobile: Option<&Mobile>,
) -> Option<&'static Region> {
    let typed = fields.text("password");
    let name = draft
        .applicant
        .as_ref()
        .map(|applicant| applicant.account_name().to_owned());
    let known = [
        name.as_deref().unwrap_or_default(),
        mobile.map_or("", Mobile::as_str),
    ];
    let language = draft.visitor.preferences.language;
    if let Err(error) = password::check(typed, &known) {
        draft.form.broken(error, language);
    } else if typed != fields.text("password_again") {
        let differs = draft.words().password_differs;
        draft.form.fault("password_again", differs);
    }
    if !fields.says("consent", "yes") {
        draft.refuse(Code::RegConsentRequired, Field::Consent);
    }
    Region::parse(fields.text("region"))
        .map_err(|error| draft.form.broken(error, language))
        .ok()
}

async fn send_code(app: &App, draft: &mut Draft, to: Recipient) -> Result<(), PageFault> {
    let w = draft.words();
    let masked = Mobile::parse(&to.mobile).map_or_else(|_| String::new(), |it| it.value.masked());
    let network = draft.visitor.pc.network.clone();
    match app.sms.send_code(to, &network).await {
        Ok(()) => draft.said = format!("{} {masked}{}", w.sent_to, w.sent_valid),
        Err(SmsError::TooOften { wait_ms }) => {
            let code = Code::SmsTooOften.text(draft.visitor.preferences.language);
            let left = wait_ms.div_ceil(1000);
            let (count, unit) = if left <= 120 {
                (left, w.seconds)
            } else {
                (left.div_ceil(60), w.minutes)
            };
            let text = format!("{code}{} {count} {unit} {}", w.wait, w.wait_after);
            draft.form.fault("sms_code", text);
        }
        Err(SmsError::Gateway) => draft.refuse(Code::SmsUnavailable, Field::SmsCode),
        Err(other) => return Err(other.into()),
    }
    Ok(())
}

fn told(draft: &Draft) -> Response {
    let errors: Vec<_> = draft.form.errors().iter().collect();
    draft.visitor.answer(Json(serde_json::json!({
        "said": draft.said,
        "wait_s": if draft.said.is_empty() { 0 } else { PAUSE_MS / 1000 },
        "errors": errors,
    })))
}
