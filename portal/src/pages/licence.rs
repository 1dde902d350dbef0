//! Signing in with the electronic licence (requirements LG-07, EL-01 to EL-06).
//!
//! A session has one code at a time. The page waits for it by script, or by a link that loads it
//! again; whoever loads it after the confirmation is signed in, or led to [`complete`].

pub mod complete;

use std::io::Write as _;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::date::Date;

use crate::accounts::{AccountKind, AccountState};
use crate::electronic_licence::desk::{LicenceDesk, LicenceError, Shown, Standing};
use crate::electronic_licence::stand_in;
use crate::pages::code_picture;
use crate::pages::fault::PageFault;
use crate::pages::frame::Frame;
use crate::pages::posted::Fields;
use crate::pages::sign_in_fault::{Authority, SignInFault, not_admitted};
use crate::pages::visitor::Visitor;
use crate::server::App;
use crate::texts::vouched::VouchedTexts;
use crate::vouched::Vouched;
use crate::vouched::read::{Assertion, AssertionFault};

/// The addresses of this room; of the stand-in's page too, where the site has a stand-in.
pub fn routes(app: &App) -> Router<App> {
    let own = Router::new()
        .route("/login/licence", get(show))
        .route("/login/licence/state", get(state))
        .route(
            "/login/licence/complete",
            get(complete::show).post(complete::submit),
        );
    match &app.stand_in {
        None => own,
        Some(stand_in) => own.merge(stand_in::pages(stand_in.clone())),
    }
}

#[derive(Template)]
#[template(path = "licence.html")]
struct LicencePage {
    f: Frame,
    w: &'static VouchedTexts,
    state: &'static str,
    said: &'static str,
    code: String,
    side: usize,
    path: String,
    seconds: u64,
    offset: u64,
    mini_program: Option<String>,
    registered: bool,
}

/// The code, or what came of it.
///
/// # Errors
/// [`PageFault::TooMany`], [`PageFault::Internal`]; everything else is a page with ways on.
pub async fn show(
    State(app): State<App>,
    mut visitor: Visitor,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, PageFault> {
    let Some(desk) = &app.licence else {
        return SignInFault::not_connected(&visitor, Authority::Licence).page(&visitor);
    };
    let asked: Fields = asked.into_iter().collect();
    let registered = asked.says("registered", "yes");
    let session = visitor.ensure_session(&app).await?;
    let standing = match desk.take(session.digest).await {
        Ok(Standing::None) => {
            let begun = desk.begin(session.digest, &visitor.pc.network).await;
            begun.map(Standing::Waiting)
        }
        other => other,
    };
    let language = visitor.preferences.language;
    match standing {
        Err(error) => refused(&visitor, error),
        Ok(Standing::Confirmed(assertion)) => confirmed(&app, desk, visitor, &assertion).await,
        Ok(Standing::Waiting(shown)) => waiting(&app, &visitor, &shown, registered),
        Ok(Standing::Denied) => over(&visitor, "rejected", Code::ElicDenied.text(language)),
        Ok(Standing::Expired | Standing::None) => {
            over(&visitor, "expired", Code::ElicExpired.text(language))
        }
    }
}

/// Where the sign-in of this session stands, for the page's script: `state` and `seconds`.
///
/// # Errors
/// [`PageFault::NotFound`] without a session or a connected service.
pub async fn state(State(app): State<App>, visitor: Visitor) -> Result<Response, PageFault> {
    let desk = app.licence.as_ref().ok_or(PageFault::NotFound)?;
    let session = visitor.session.clone().ok_or(PageFault::NotFound)?;
    let (word, left_ms) = match desk.standing(session.digest).await {
        Ok(Standing::Waiting(shown)) => ("waiting", shown.left_ms),
        Ok(Standing::Confirmed(_)) => ("confirmed", 0),
        Ok(Standing::Denied) => ("denied", 0),
        Ok(Standing::Expired | Standing::None) => ("expired", 0),
        Err(LicenceError::Unavailable(_)) => ("unavailable", 0),
        Err(other) => return Err(PageFault::internal(other)),
    };
    let told = serde_json::json!({ "state": word, "seconds": left_ms / 1000 });
    Ok(visitor.answer(Json(told)))
}

fn waiting(
    app: &App,
    visitor: &Visitor,
    shown: &Shown,
    registered: bool,
) -> Result<Response, PageFault> {
    let picture = code_picture::draw(&shown.text)?;
    let w = VouchedTexts::of(visitor.preferences.language);
    let seconds = shown.left_ms / 1000;
    let whole = stand_in::LIFE_MS / 1000;
    visitor.page(&LicencePage {
        f: visitor.frame(""),
        w,
        state: "waiting",
        said: w.waiting_text,
        code: shown.text.clone(),
        side: picture.side,
        path: picture.path,
        seconds,
        offset: 100 - (seconds * 100 / whole).min(100),
        mini_program: app.stand_in.as_ref().map(|_| shown.text.clone()),
        registered,
    })
}

fn over(visitor: &Visitor, state: &'static str, said: &'static str) -> Result<Response, PageFault> {
    visitor.page(&LicencePage {
        f: visitor.frame(""),
        w: VouchedTexts::of(visitor.preferences.language),
        state,
        said,
        code: String::new(),
        side: 0,
        path: String::new(),
        seconds: 0,
        offset: 100,
        mini_program: None,
        registered: false,
    })
}

/// Signs in to a known account (requirement EL-05), or leads to the completion page (EL-02).
async fn confirmed(
    app: &App,
    desk: &LicenceDesk,
    mut visitor: Visitor,
    assertion: &Assertion,
) -> Result<Response, PageFault> {
    let session = visitor.session.clone().ok_or(PageFault::SignIn)?;
    let vouched = match read(app, assertion) {
        Ok(vouched) => vouched,
        Err(fault) => return unreadable(&visitor, &fault),
    };
    let found = match app.admission.find(&vouched).await {
        Ok(found) => found.filter(|account| account.state == AccountState::Active),
        Err(fault) => return not_admitted(&visitor, Authority::Licence, fault),
    };
    if let Some(account) = found {
        let session = app
            .sessions
            .rotate(&session, Some(account.id), None)
            .await?;
        visitor.set_session(session);
        return Ok(visitor.go("/space"));
    }
    // Who may not register is told so before they type anything.
    if let Err(fault) = app.admission.check(&vouched).await {
        return not_admitted(&visitor, Authority::Licence, fault);
    }
    if let Err(error) = desk.keep(session.digest, assertion).await {
        return refused(&visitor, error);
    }
    Ok(visitor.go("/login/licence/complete"))
}

fn read(app: &App, assertion: &Assertion) -> Result<Vouched, AssertionFault> {
    assertion.read(AccountKind::Legal, Date::in_china(app.clock.now_ms()))
}

fn unreadable(visitor: &Visitor, fault: &AssertionFault) -> Result<Response, PageFault> {
    let _ = writeln!(std::io::stderr(), "electronic licence: {fault}");
    let mut page = SignInFault::refused(visitor, Authority::Licence, Code::ElicUnavailable);
    let w = VouchedTexts::of(visitor.preferences.language);
    w.licence_claims.clone_into(&mut page.text);
    page.page(visitor)
}

fn refused(visitor: &Visitor, error: LicenceError) -> Result<Response, PageFault> {
    match error {
        LicenceError::Unavailable(why) => {
            let _ = writeln!(std::io::stderr(), "{}: {why}", Code::ElicUnavailable);
            SignInFault::refused(visitor, Authority::Licence, Code::ElicUnavailable).page(visitor)
        }
        LicenceError::TooMany => Err(PageFault::TooMany),
        LicenceError::Store(error) => Err(error.into()),
    }
}
