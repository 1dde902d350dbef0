//! Changing the password of the account that is signed in (requirements PR-12, PR-22).

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use quanshengshi_rules::complaint::code::Code;

use crate::accounts::AccountError;
use crate::accounts::new_password::Change;
use crate::pages::fault::PageFault;
use crate::pages::form::FormState;
use crate::pages::frame::Frame;
use crate::pages::posted::{Fields, Posted};
use crate::pages::register::code::wait_words;
use crate::pages::said::Said;
use crate::pages::visitor::Visitor;
use crate::server::App;
use crate::texts::login::LoginTexts;
use crate::texts::space::SpaceTexts;

/// The routes of this room.
pub fn routes() -> Router<App> {
    Router::new().route("/space/password", get(show).post(submit))
}

#[derive(Template)]
#[template(path = "password.html")]
struct PasswordPage {
    f: Frame,
    w: &'static SpaceTexts,
    form: FormState,
    account_name: String,
    has_password: bool,
}

/// The empty form.
///
/// # Errors
/// [`PageFault::SignIn`], [`PageFault::Internal`].
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageFault> {
    page(&app, &visitor, FormState::default()).await
}

/// A filled form. When it is done every other session of the account has ended, and this one has
/// a new secret.
///
/// # Errors
/// [`PageFault`].
pub async fn submit(State(app): State<App>, posted: Posted) -> Result<Response, PageFault> {
    let mut visitor = posted.visitor;
    let (session, account) = visitor.signed_in()?;
    let language = visitor.preferences.language;
    let (old, new) = (posted.fields.text("old"), posted.fields.text("password"));
    // What was typed here never goes out again.
    let mut form = FormState::new(Fields::default());
    if let Some((field, text)) = refused_unasked(&posted.fields, SpaceTexts::of(language)) {
        form.fault(field, text);
        return page(&app, &visitor, form).await;
    }
    let network = &visitor.pc.network;
    let change = app
        .accounts
        .change_password(&account, (old, new), session.digest, network)
        .await;
    match change {
        Err(AccountError::Busy) => form.fault("old", LoginTexts::of(language).busy),
        Err(other) => return Err(other.into()),
        Ok(Change::OldWrong) => form.fault("old", SpaceTexts::of(language).password_old_wrong),
        Ok(Change::Weak(error)) => form.broken(error, language),
        Ok(Change::Locked(wait_ms)) => {
            let t = visitor.texts();
            let wait = wait_words(wait_ms, t.seconds, t.minutes);
            let left = LoginTexts::of(language).wait_left;
            let text = Code::AuthLocked.text(language);
            form.fault("old", format!("{text}{left} {wait}"));
        }
        Ok(Change::Done) => {
            let fresh = app
                .sessions
                .rotate(&session, Some(account.id), None)
                .await?;
            visitor.set_session(fresh);
            visitor.say(Said::PasswordChanged);
            return Ok(visitor.go("/space"));
        }
    }
    page(&app, &visitor, form).await
}

/// What is wrong with the form itself, for which no password needs to be compared.
fn refused_unasked(
    fields: &Fields,
    w: &'static SpaceTexts,
) -> Option<(&'static str, &'static str)> {
    let (old, new) = (fields.text("old"), fields.text("password"));
    if old.is_empty() {
        Some(("old", w.password_old_wrong))
    } else if new != fields.text("password_again") {
        Some(("password_again", w.password_differs))
    } else if new == old {
        Some(("password", w.password_same))
    } else {
        None
    }
}

async fn page(app: &App, visitor: &Visitor, form: FormState) -> Result<Response, PageFault> {
    let (_, account) = visitor.signed_in()?;
    let faulty = form.has_errors();
    let page = PasswordPage {
        f: visitor.frame(""),
        w: SpaceTexts::of(visitor.preferences.language),
        form,
        has_password: app.accounts.has_password(&account).await?,
        account_name: account.name,
    };
    if faulty {
        visitor.page_with_faults(&page)
    } else {
        visitor.page(&page)
    }
}
