//! Who asks for a page of the desk.

use std::convert::Infallible;

use axum::Form;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;

use crate::pages::fault::PageFault;
use crate::pages::frame::Frame;
use crate::pages::posted::{Fields, is_ours};
use crate::pages::preferences::cookie;
use crate::pages::visitor::Visitor;
use crate::review::desk_session::DeskSession;
use crate::review::reviewer::{Reviewer, Role};
use crate::server::App;
use crate::texts::desk::DeskTexts;

/// The cookie of the desk. Strict: nobody comes here by a link from elsewhere.
pub const DESK_COOKIE: &str = "__Host-qss-desk";

/// The bar over the pages of the desk.
#[derive(Debug)]
pub struct DeskBar {
    /// The words.
    pub w: &'static DeskTexts,
    /// Who is signed in.
    pub who: Option<String>,
    /// What they may do.
    pub role: &'static str,
    /// The entry of the navigation.
    pub at: &'static str,
}

/// Whoever sent a request to the desk.
#[derive(Debug, Clone)]
pub struct DeskVisitor {
    /// How they like to read, and from where they ask.
    pub visitor: Visitor,
    /// Their session of the desk, if one lives.
    pub session: Option<DeskSession>,
}

impl DeskVisitor {
    /// The words in their language.
    pub fn words(&self) -> &'static DeskTexts {
        DeskTexts::of(self.visitor.preferences.language)
    }

    /// Takes over a session whose secret is new, and tells the browser.
    pub fn set_session(&mut self, session: DeskSession) {
        self.visitor.set_cookie(format!(
            "{DESK_COOKIE}={}; Path=/; Secure; HttpOnly; SameSite=Strict",
            session.cookie()
        ));
        self.session = Some(session);
    }

    /// Forgets the session and tells the browser.
    pub fn drop_session(&mut self) {
        self.visitor.set_cookie(format!(
            "{DESK_COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict"
        ));
        self.session = None;
    }

    /// The frame of a page; its forms carry the token of the desk.
    pub fn frame(&self) -> Frame {
        let mut frame = self.visitor.frame("");
        frame.user = None;
        frame.form_token = self
            .session
            .as_ref()
            .map(DeskSession::form_token)
            .unwrap_or_default();
        frame
    }

    /// The bar of a page; `at` is the entry it belongs to.
    pub fn bar(&self, at: &'static str) -> DeskBar {
        let w = self.words();
        let reviewer = self
            .session
            .as_ref()
            .and_then(|session| session.reviewer.as_ref());
        DeskBar {
            w,
            who: reviewer.map(|reviewer| reviewer.name.clone()),
            role: match reviewer.map(|reviewer| reviewer.role) {
                Some(Role::Reviewer) => w.role_reviewer,
                Some(Role::Senior) => w.role_senior,
                Some(Role::Auditor) => w.role_auditor,
                None => "",
            },
            at,
        }
    }
}

impl FromRequestParts<App> for DeskVisitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let visitor = Visitor::from_request_parts(parts, app).await?;
        let session = match cookie(&parts.headers, DESK_COOKIE) {
            // A storage that fails now is met again, and told, where the page needs it.
            Some(secret) => app.desk_sessions.find(secret).await.ok().flatten(),
            None => None,
        };
        Ok(Self { visitor, session })
    }
}

/// Somebody who is signed in at the desk; everybody else is sent to its sign-in.
#[derive(Debug, Clone)]
pub struct AtDesk {
    /// Who asks.
    pub desk: DeskVisitor,
    /// Who they are.
    pub reviewer: Reviewer,
}

impl AtDesk {
    fn of(desk: DeskVisitor) -> Result<Self, PageFault> {
        let reviewer = desk
            .session
            .as_ref()
            .and_then(|session| session.reviewer.clone());
        match reviewer {
            Some(reviewer) => Ok(Self { desk, reviewer }),
            None => Err(PageFault::DeskSignIn),
        }
    }
}

impl FromRequestParts<App> for AtDesk {
    type Rejection = PageFault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageFault> {
        let Ok(desk) = DeskVisitor::from_request_parts(parts, app).await;
        Self::of(desk)
    }
}

/// A form that came from a page of the desk.
#[derive(Debug)]
pub struct DeskPosted {
    /// Who sent it.
    pub desk: DeskVisitor,
    /// What it holds.
    pub fields: Fields,
}

impl FromRequest<App> for DeskPosted {
    type Rejection = PageFault;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageFault> {
        let (mut parts, body) = request.into_parts();
        let Ok(desk) = DeskVisitor::from_request_parts(&mut parts, app).await;
        if !is_ours(&parts.headers, &app.settings.origin) {
            return Err(PageFault::Form);
        }
        let request = Request::from_parts(parts, body);
        let Form(pairs) = Form::<Vec<(String, String)>>::from_request(request, app)
            .await
            .map_err(|_| PageFault::Form)?;
        let fields = Fields::from_iter(pairs);
        let session = desk.session.as_ref().ok_or(PageFault::Form)?;
        if !session.holds_form(fields.text("form_token")) {
            return Err(PageFault::Form);
        }
        Ok(Self { desk, fields })
    }
}

/// A form of somebody who is signed in at the desk.
#[derive(Debug)]
pub struct DecidingPosted {
    /// Who sent it.
    pub at: AtDesk,
    /// What it holds.
    pub fields: Fields,
}

impl FromRequest<App> for DecidingPosted {
    type Rejection = PageFault;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageFault> {
        let posted = DeskPosted::from_request(request, app).await?;
        Ok(Self {
            at: AtDesk::of(posted.desk)?,
            fields: posted.fields,
        })
    }
}
