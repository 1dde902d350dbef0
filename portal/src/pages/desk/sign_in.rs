//! Signing in at the desk and out.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::accounts::AccountError;
use crate::pages::desk::visitor::{DeskBar, DeskPosted, DeskVisitor};
use crate::pages::fault::PageFault;
use crate::pages::form::FormState;
use crate::pages::frame::Frame;
use crate::review::reviewer::ReviewerError;
use crate::server::App;

#[derive(Template)]
#[template(path = "desk_login.html")]
struct SignInPage {
    f: Frame,
    d: DeskBar,
    form: FormState,
}

/// The empty form.
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn show(State(app): State<App>, mut desk: DeskVisitor) -> Result<Response, PageFault> {
    if let Some(session) = &desk.session {
        if session.reviewer.is_some() {
            return Ok(desk.visitor.go("/desk"));
        }
    } else {
        let session = app.desk_sessions.open(None, None).await?;
        desk.set_session(session);
    }
    page(&desk, FormState::default())
}

fn page(desk: &DeskVisitor, form: FormState) -> Result<Response, PageFault> {
    let faulty = form.has_errors();
    let page = SignInPage {
        f: desk.frame(),
        d: desk.bar(""),
        form,
    };
    if faulty {
        desk.visitor.page_with_faults(&page)
    } else {
        desk.visitor.page(&page)
    }
}

/// A filled form.
///
/// # Errors
/// [`PageFault`].
pub async fn submit(State(app): State<App>, posted: DeskPosted) -> Result<Response, PageFault> {
    let mut desk = posted.desk;
    let name = posted.fields.text("name").trim().to_owned();
    let typed = posted.fields.text("password");
    let network = desk.visitor.pc.network.clone();
    let w = desk.words();
    let mut form = FormState::new(posted.fields.clone());
    match app.reviewers.sign_in(&name, typed, &network).await {
        Ok(reviewer) => {
            let old = desk.session.clone();
            let session = app.desk_sessions.open(Some(reviewer), old.as_ref()).await?;
            desk.set_session(session);
            return Ok(desk.visitor.go("/desk"));
        }
        Err(ReviewerError::BadCredentials) => form.fault("password", w.bad),
        Err(ReviewerError::Locked(_)) => form.fault("password", w.locked),
        Err(ReviewerError::Account(AccountError::Busy)) => form.fault("password", w.busy),
        Err(other) => return Err(other.into()),
    }
    page(&desk, form)
}

/// Ends the session.
///
/// # Errors
/// [`PageFault`].
pub async fn leave(State(app): State<App>, posted: DeskPosted) -> Result<Response, PageFault> {
    let mut desk = posted.desk;
    if let Some(session) = &desk.session {
        app.desk_sessions.close(session).await?;
    }
    desk.drop_session();
    Ok(desk.visitor.go("/desk/login"))
}
