//! The application itself.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::Response;
use quanshengshi_rules::mobile::Mobile;

use crate::accounts::{Account, AccountKind};
use crate::pages::fault::PageFault;
use crate::pages::form::FormState;
use crate::pages::posted::Fields;
use crate::pages::review::applicant::{self, Applicant};
use crate::pages::review::hand_in::{hand_in, send_code, told};
use crate::pages::review::page::Draft;
use crate::pages::review::upload::Applied;
use crate::pages::visitor::Visitor;
use crate::review::material::{Slot, Upload};
use crate::server::App;
use crate::sms::{Purpose, Recipient};

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
        Err(_) if act.is_empty() => {
            // A filed number comes masked: it has to be typed here.
            draft.form.set("mobile", "");
            None
        }
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
