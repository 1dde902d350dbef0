//! Signing in and out (requirements LG-01 to LG-10).

pub mod destination;
pub mod proof;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use quanshengshi_rules::complaint::code::Code;

use crate::accounts::sign_in::{SignIn, Trial};
use crate::accounts::sign_in_name::SignInName;
use crate::accounts::{Account, AccountError, AccountKind};
use crate::pages::fault::PageFault;
use crate::pages::form::FormState;
use crate::pages::frame::Frame;
use crate::pages::login::destination::Destination;
use crate::pages::posted::{Fields, Posted};
use crate::pages::register::code::wait_words;
use crate::pages::visitor::Visitor;
use crate::pages::waiting;
use crate::server::App;
use crate::sessions::Session;
use crate::slider::Puzzle;
use crate::texts::login::LoginTexts;

/// The routes of this room.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/login", get(show).post(submit))
        .route("/logout", post(leave))
        .route("/slider/{puzzle}/{picture}", get(proof::picture))
}

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    f: Frame,
    w: &'static LoginTexts,
    form: FormState,
    legal: bool,
    kind: &'static str,
    next: &'static str,
    puzzle: Option<Puzzle>,
    said: &'static str,
}

/// A form of sign-in that goes out.
struct Draft {
    visitor: Visitor,
    form: FormState,
    kind: AccountKind,
    name: Option<SignInName>,
    next: Destination,
    by_sms: bool,
    said: &'static str,
}

impl Draft {
    fn words(&self) -> &'static LoginTexts {
        LoginTexts::of(self.visitor.preferences.language)
    }

    fn fault(&mut self, field: &'static str, code: Code) {
        let text = code.text(self.visitor.preferences.language);
        self.form.fault(field, text);
    }

    /// The same for an unknown account and a wrong password (requirements LG-02, PR-12).
    fn bad_credentials(&mut self) {
        let text = Code::AuthBadCredentials.text(self.visitor.preferences.language);
        let text = format!("{text}{}", self.words().caps_lock);
        self.form.fault("password", text);
    }

    fn locked(&mut self, wait_ms: u64) {
        let (t, w) = (self.visitor.texts(), self.words());
        let wait = wait_words(wait_ms, t.seconds, t.minutes);
        let text = Code::AuthLocked.text(self.visitor.preferences.language);
        let text = format!("{text}{} {wait}", w.wait_left);
        self.form.fault("password", text);
    }

    /// The page, with a new picture: every try uses one up.
    async fn page(mut self, app: &App) -> Result<Response, PageFault> {
        let session = self.visitor.ensure_session(app).await?;
        let puzzle = if self.by_sms {
            None
        } else {
            let network = &self.visitor.pc.network;
            let name = self.name.as_ref();
            let failures = app.accounts.recent_failures(network, name).await?;
            let puzzle = app.slider.make(session.digest, network, failures).await?;
            Some(puzzle)
        };
        let faulty = self.form.has_errors();
        let page = LoginPage {
            f: self.visitor.frame(""),
            w: self.words(),
            form: self.form,
            legal: self.kind == AccountKind::Legal,
            kind: self.kind.word(),
            next: self.next.word(),
            puzzle,
            said: self.said,
        };
        if faulty {
            self.visitor.page_with_faults(&page)
        } else {
            self.visitor.page(&page)
        }
    }
}

/// The empty form; `kind` is the tab, `next` where to go then.
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, PageFault> {
    let asked: Fields = asked.into_iter().collect();
    let draft = Draft {
        visitor,
        form: FormState::default(),
        kind: kind_of(&asked),
        name: None,
        next: Destination::of_word(asked.text("next")),
        by_sms: false,
        said: "",
    };
    draft.page(&app).await
}

fn kind_of(fields: &Fields) -> AccountKind {
    AccountKind::from_word(fields.text("kind")).unwrap_or(AccountKind::Legal)
}

/// A filled form.
///
/// # Errors
/// [`PageFault`].
pub async fn submit(State(app): State<App>, posted: Posted) -> Result<Response, PageFault> {
    let (fields, session) = (posted.fields, posted.session);
    let kind = kind_of(&fields);
    let name = SignInName::read(kind, fields.text("account"));
    let mut form = FormState::new(fields.clone());
    form.set("account", name.written());
    let mut draft = Draft {
        form,
        kind,
        name: Some(name.clone()),
        next: Destination::of_word(fields.text("next")),
        by_sms: fields.says("by", "sms"),
        said: "",
        visitor: posted.visitor,
    };
    match fields.text("act") {
        "picture" => draft.by_sms = false,
        "by_sms" => draft.by_sms = true,
        "code" if name.written().is_empty() => {
            let text = draft.words().sms_account_first;
            draft.form.fault("account", text);
        }
        "code" => {
            // Asked before anybody is looked up: every name hears the same (SM-06).
            if app.sms.ready().await.is_err() {
                draft.fault("sms_code", Code::SmsUnavailable);
                return draft.page(&app).await;
            }
            let network = &draft.visitor.pc.network;
            proof::send_code(&app, &name, session.digest, network).await?;
            draft.said = draft.words().sms_sent_maybe;
        }
        _ => {
            let Some(trial) = prove(&app, &mut draft, &name, &session, &fields).await? else {
                return draft.page(&app).await;
            };
            match app.accounts.judge(trial, fields.text("password")).await {
                Err(AccountError::Busy) => {
                    let text = draft.words().busy;
                    draft.form.fault("password", text);
                }
                Err(other) => return Err(other.into()),
                Ok(SignIn::BadCredentials) => draft.bad_credentials(),
                Ok(SignIn::Welcome(account)) => {
                    return welcome(&app, draft, &session, &account).await;
                }
                Ok(SignIn::RealNameMissing(account)) => {
                    return to_real_name(&app, draft.visitor, &session, &account).await;
                }
            }
        }
    }
    draft.page(&app).await
}

/// A try that may be made, after the slider or with the right code; what is wrong otherwise
/// stands in the form. A try with a code is counted before the code is judged.
async fn prove(
    app: &App,
    draft: &mut Draft,
    name: &SignInName,
    session: &Session,
    fields: &Fields,
) -> Result<Option<Trial>, PageFault> {
    if !draft.by_sms
        && let Err(code) = proof::check_slider(app, session.digest, fields).await?
    {
        draft.fault("slider", code);
        return Ok(None);
    }
    let network = &draft.visitor.pc.network;
    let trial = match app.accounts.knock(name, network, draft.by_sms).await? {
        Ok(trial) => trial,
        Err(wait_ms) => {
            draft.locked(wait_ms);
            return Ok(None);
        }
    };
    if draft.by_sms {
        let (account, typed) = (trial.account.as_ref(), fields.text("sms_code"));
        if let Err(code) = proof::check_code(app, account, session.digest, typed).await? {
            draft.fault("sms_code", code);
            return Ok(None);
        }
    }
    Ok(Some(trial))
}

/// In: a new secret, then to where the person wanted to go.
async fn welcome(
    app: &App,
    draft: Draft,
    session: &Session,
    account: &Account,
) -> Result<Response, PageFault> {
    let mut visitor = draft.visitor;
    let fresh = app.sessions.rotate(session, Some(account.id), None).await?;
    visitor.set_session(fresh);
    Ok(visitor.go(draft.next.path()))
}

/// Right, but not yet seen by face: the page with a fresh code, and why (requirement PR-20).
async fn to_real_name(
    app: &App,
    mut visitor: Visitor,
    session: &Session,
    account: &Account,
) -> Result<Response, PageFault> {
    let fresh = app.sessions.rotate(session, None, Some(account.id)).await?;
    visitor.set_session(fresh);
    waiting::open_after_sign_in(app, visitor).await
}

/// Ends the session.
///
/// # Errors
/// [`PageFault`].
pub async fn leave(State(app): State<App>, posted: Posted) -> Result<Response, PageFault> {
    app.sessions.close(posted.session.digest).await?;
    let mut visitor = posted.visitor;
    visitor.drop_session();
    Ok(visitor.go("/"))
}
