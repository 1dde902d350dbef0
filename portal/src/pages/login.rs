//! Signing in and out (requirements LG-01 to LG-10).

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use quanshengshi_protocol::transaction::TaskKind;
use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::normalise;

use crate::accounts::sign_in::{Attempt, SignIn};
use crate::accounts::{AccountError, AccountKind};
use crate::pages::fault::PageFault;
use crate::pages::form::FormState;
use crate::pages::frame::Frame;
use crate::pages::posted::{Fields, Posted};
use crate::pages::register::code::wait_words;
use crate::pages::visitor::Visitor;
use crate::pages::waiting;
use crate::server::App;
use crate::slider::{Part, Puzzle, PuzzleId, SliderError};
use crate::sms::{Purpose, Recipient, SmsError};

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    f: Frame,
    form: FormState,
    legal: bool,
    next: String,
    puzzle: Option<Puzzle>,
    said: &'static str,
}

/// A form of sign-in that goes out.
struct Draft {
    visitor: Visitor,
    form: FormState,
    kind: AccountKind,
    next: String,
    by_sms: bool,
    said: &'static str,
}

impl Draft {
    /// The page, with a new picture: every try uses one up.
    async fn page(mut self, app: &App) -> Result<Response, PageFault> {
        let session = self.visitor.ensure_session(app).await?;
        let puzzle = if self.by_sms {
            None
        } else {
            Some(app.slider.make(session.digest).await?)
        };
        let faulty = self.form.has_errors();
        let page = LoginPage {
            f: self.visitor.frame(""),
            form: self.form,
            legal: self.kind == AccountKind::Legal,
            next: self.next,
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
        next: asked.text("next").to_owned(),
        by_sms: false,
        said: "",
    };
    draft.page(&app).await
}

fn kind_of(fields: &Fields) -> AccountKind {
    AccountKind::from_word(fields.text("kind")).unwrap_or(AccountKind::Legal)
}

/// One of the pictures of a puzzle of this session.
///
/// # Errors
/// [`PageFault::NotFound`] for other sessions and used pictures.
pub async fn picture(
    State(app): State<App>,
    visitor: Visitor,
    Path((puzzle, picture)): Path<(String, String)>,
) -> Result<Response, PageFault> {
    let part = match picture.as_str() {
        "landscape.png" => Part::Landscape,
        "piece.png" => Part::Piece,
        _ => return Err(PageFault::NotFound),
    };
    let id = PuzzleId::parse(&puzzle).map_err(|_| PageFault::NotFound)?;
    let session = visitor.session.ok_or(PageFault::NotFound)?;
    match app.slider.picture(id, session.digest, part).await {
        Ok(png) => Ok(([(header::CONTENT_TYPE, "image/png")], png).into_response()),
        Err(SliderError::Expired) => Err(PageFault::NotFound),
        Err(other) => Err(other.into()),
    }
}

/// A filled form.
///
/// # Errors
/// [`PageFault`].
pub async fn submit(State(app): State<App>, posted: Posted) -> Result<Response, PageFault> {
    let fields = posted.fields;
    let kind = kind_of(&fields);
    let name = normalise::number(fields.text("account")).to_uppercase();
    let mut form = FormState::new(fields.clone());
    form.set("account", name.clone());
    let mut draft = Draft {
        form,
        kind,
        next: fields.text("next").to_owned(),
        by_sms: fields.says("by", "sms"),
        said: "",
        visitor: posted.visitor,
    };
    let t = draft.visitor.texts();
    match fields.text("act") {
        "picture" => {
            draft.by_sms = false;
            return draft.page(&app).await;
        }
        "by_sms" => {
            draft.by_sms = true;
            return draft.page(&app).await;
        }
        "code" => {
            // Asked before anybody is looked up: every name hears the same (SM-06).
            if app.sms.ready().await.is_err() {
                let language = draft.visitor.preferences.language;
                let text = Code::SmsUnavailable.text(language);
                draft.form.fault("sms_code", text);
                return draft.page(&app).await;
            }
            send_code(&app, &draft, kind, &name).await?;
            draft.said = t.sms_sent_maybe;
            return draft.page(&app).await;
        }
        _ => {}
    }
    let passed = if draft.by_sms {
        check_code(&app, &mut draft, &name, fields.text("sms_code")).await?
    } else {
        check_slider(&app, &mut draft, &fields).await?
    };
    if !passed {
        return draft.page(&app).await;
    }
    let attempt = Attempt {
        kind,
        name,
        password: fields.text("password").to_owned(),
        network: draft.visitor.pc.network.clone(),
    };
    let outcome = match app.accounts.sign_in(attempt).await {
        Err(AccountError::Busy) => {
            draft.form.fault("password", t.busy);
            return draft.page(&app).await;
        }
        other => other?,
    };
    match outcome {
        SignIn::BadCredentials => draft.form.fault("password", t.bad_credentials),
        SignIn::Locked(wait_ms) => {
            let wait = wait_words(wait_ms, t.seconds, t.minutes);
            draft.form.fault("password", format!("{}{wait}", t.locked));
        }
        SignIn::Welcome(account) => {
            let mut visitor = draft.visitor;
            let session = app
                .sessions
                .rotate(&posted.session, Some(account.id), None)
                .await?;
            visitor.set_session(session);
            return Ok(visitor.go(match draft.next.as_str() {
                "certificates" => "/space/certificates",
                _ => "/space",
            }));
        }
        SignIn::RealNameMissing(account) => {
            let mut visitor = draft.visitor;
            let session = app
                .sessions
                .rotate(&posted.session, None, Some(account.id))
                .await?;
            visitor.set_session(session);
            return waiting::open_kind(&app, visitor, TaskKind::RealNameLegal, None).await;
        }
    }
    draft.page(&app).await
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

async fn check_slider(app: &App, draft: &mut Draft, fields: &Fields) -> Result<bool, PageFault> {
    let t = draft.visitor.texts();
    let id = PuzzleId::parse(fields.text("puzzle"));
    let place = fields.text("slider").parse();
    let session = draft.visitor.session.as_ref().ok_or(PageFault::Form)?;
    let judged = match (id, place) {
        (Ok(id), Ok(place)) => {
            let track = fields.text("track");
            app.slider.judge(id, session.digest, place, track).await
        }
        _ => Err(SliderError::Wrong),
    };
    match judged {
        Ok(()) => Ok(true),
        Err(SliderError::Wrong) => {
            draft.form.fault("slider", t.captcha_failed);
            Ok(false)
        }
        Err(SliderError::Expired) => {
            draft.form.fault("slider", t.captcha_expired);
            Ok(false)
        }
        Err(other) => Err(other.into()),
    }
}

async fn recipient(
    app: &App,
    draft: &Draft,
    kind: AccountKind,
    name: &str,
) -> Result<Option<Recipient>, PageFault> {
    let session = draft.visitor.session.as_ref().ok_or(PageFault::Form)?;
    let account = app.accounts.by_name(kind, name).await?;
    // An account that binds no number gets no code, like one that does not exist.
    let account = account.filter(|account| !account.mobile.is_empty());
    Ok(account.map(|account| Recipient {
        purpose: Purpose::SignIn,
        mobile: account.mobile,
        session: session.digest,
    }))
}

/// Sends a code when there is such an account; the page says the same either way (SM-06).
async fn send_code(
    app: &App,
    draft: &Draft,
    kind: AccountKind,
    name: &str,
) -> Result<(), PageFault> {
    let Some(to) = recipient(app, draft, kind, name).await? else {
        return Ok(());
    };
    match app.sms.send_code(to, &draft.visitor.pc.network).await {
        // A gateway that fell between its word and the message tells nobody that there is an account.
        Ok(()) | Err(SmsError::TooOften { .. } | SmsError::Gateway) => Ok(()),
        Err(other) => Err(other.into()),
    }
}

async fn check_code(
    app: &App,
    draft: &mut Draft,
    name: &str,
    typed: &str,
) -> Result<bool, PageFault> {
    let t = draft.visitor.texts();
    let checked = match recipient(app, draft, draft.kind, name).await? {
        Some(to) => app.sms.spend_code(to, typed).await,
        None => Err(SmsError::Expired),
    };
    match checked {
        Ok(()) => Ok(true),
        // Wrong and none sound alike: whether the account exists stays unsaid.
        Err(SmsError::Wrong | SmsError::Expired) => {
            draft.form.fault("sms_code", t.code_wrong);
            Ok(false)
        }
        Err(other) => Err(other.into()),
    }
}
