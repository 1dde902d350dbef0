//! Who asks for a page.

use std::convert::Infallible;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use quanshengshi_protocol::transaction::PcContext;

use crate::accounts::{Account, AccountKind, AccountState, masked_number};
use crate::pages::fault::PageFault;
use crate::pages::frame::{Frame, UserMenu};
use crate::pages::origin;
use crate::pages::preferences::{Preferences, cookie};
use crate::pages::said::Said;
use crate::server::App;
use crate::sessions::Session;
use crate::texts::Texts;

/// The session's cookie. The prefix makes browsers refuse it without TLS or for a part of the
/// site; Lax, because people come back to a page by links.
pub const SESSION_COOKIE: &str = "__Host-qss";

/// Whoever sent a request: choices, session and account, if any.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// How they like to read.
    pub preferences: Preferences,
    /// Their session, if one lives.
    pub session: Option<Session>,
    /// The account that is signed in.
    pub account: Option<Account>,
    /// Browser, system and network.
    pub pc: PcContext,
    /// Whether the browser is too old.
    pub old_browser: bool,
    /// Whether a cookie came whose session has ended.
    pub lapsed: bool,
    path: String,
    query: String,
    said: Option<Said>,
    saying: Option<Said>,
    sample: bool,
    cookies: Vec<String>,
}

impl Visitor {
    /// The texts in the visitor's language.
    pub fn texts(&self) -> &'static Texts {
        Texts::of(self.preferences.language)
    }

    /// The living session, or a new one: a form is about to be shown.
    ///
    /// # Errors
    /// [`PageFault::Internal`].
    pub async fn ensure_session(&mut self, app: &App) -> Result<Session, PageFault> {
        if let Some(session) = &self.session {
            return Ok(session.clone());
        }
        let session = app.sessions.open().await?;
        self.set_session(session.clone());
        Ok(session)
    }

    /// Takes over a session whose secret is new, and tells the browser.
    pub fn set_session(&mut self, session: Session) {
        self.cookies.push(format!(
            "{SESSION_COOKIE}={}; Path=/; Secure; HttpOnly; SameSite=Lax",
            session.cookie()
        ));
        self.session = Some(session);
    }

    /// Tells the browser a cookie with the next answer.
    pub fn set_cookie(&mut self, line: String) {
        self.cookies.push(line);
    }

    /// Forgets the session and tells the browser.
    pub fn drop_session(&mut self) {
        self.cookies.push(format!(
            "{SESSION_COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax"
        ));
        self.session = None;
        self.account = None;
    }

    /// Session and account of somebody who is signed in.
    ///
    /// # Errors
    /// [`PageFault::SignIn`] for everybody else (requirement US-01).
    pub fn signed_in(&self) -> Result<(Session, Account), PageFault> {
        match (&self.session, &self.account) {
            (Some(session), Some(account)) => Ok((session.clone(), account.clone())),
            _ => Err(PageFault::SignIn),
        }
    }

    /// The path that was asked for, without its query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Says something on the page that [`Visitor::go`] leads to.
    pub fn say(&mut self, said: Said) {
        self.saying = Some(said);
    }

    /// What surrounds a page; `at` is the entry of the navigation it belongs to.
    pub fn frame(&self, at: &'static str) -> Frame {
        let user = self.account.as_ref().map(|account| UserMenu {
            label: account.shown_name(),
            number: masked_number(&account.name),
            personal: account.kind == AccountKind::Personal,
        });
        let token = self.session.as_ref().map(Session::form_token);
        let mut frame = Frame::new(
            self.preferences,
            &format!("{}{}", self.path, self.query),
            at,
            user,
            token.unwrap_or_default(),
            self.sample,
        );
        frame.said = self.said;
        frame.with_compat(self.old_browser)
    }

    /// A page as an answer, with the cookies that changed.
    ///
    /// # Errors
    /// [`PageFault::Internal`] when the template fails.
    pub fn page(&self, page: &impl Template) -> Result<Response, PageFault> {
        let html = page.render().map_err(PageFault::internal)?;
        Ok(self.answer(axum::response::Html(html)))
    }

    /// A page that shows faults of a form.
    ///
    /// # Errors
    /// As [`Visitor::page`].
    pub fn page_with_faults(&self, page: &impl Template) -> Result<Response, PageFault> {
        let mut response = self.page(page)?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        Ok(response)
    }

    /// Sends the browser to another page of ours.
    pub fn go(&self, path: &str) -> Response {
        let path = match self.saying {
            None => path.to_owned(),
            Some(said) if path.contains('?') => format!("{path}&said={}", said.word()),
            Some(said) => format!("{path}?said={}", said.word()),
        };
        self.answer(axum::response::Redirect::to(&path))
    }

    /// Any answer, with the cookies that changed.
    pub fn answer(&self, answer: impl IntoResponse) -> Response {
        let mut response = answer.into_response();
        for cookie in &self.cookies {
            if let Ok(value) = HeaderValue::from_str(cookie) {
                response.headers_mut().append(header::SET_COOKIE, value);
            }
        }
        response
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let (preferences, cookies) = Preferences::read(&parts.headers, &parts.uri);
        let secret = cookie(&parts.headers, SESSION_COOKIE).filter(|secret| !secret.is_empty());
        let session = match secret {
            // A storage that fails now is met again, and told, where the page needs it.
            Some(secret) => app.sessions.find(secret).await.ok().flatten(),
            None => None,
        };
        let lapsed = secret.is_some() && session.is_none();
        let account = match session.as_ref().and_then(|session| session.account) {
            Some(id) => app.accounts.by_id(id).await.ok(),
            None => None,
        };
        Ok(Self {
            preferences,
            session,
            account: account.filter(|account| account.state == AccountState::Active),
            pc: origin::pc_context(parts),
            old_browser: origin::is_old(&parts.headers),
            lapsed,
            path: parts.uri.path().to_owned(),
            query: kept_query(&parts.uri),
            said: Said::of(&parts.uri),
            saying: None,
            sample: app.settings.sample,
            cookies,
        })
    }
}

/// The query of an address without what only this answer is about, so that the links of the
/// page's head lead to the same page.
fn kept_query(uri: &axum::http::Uri) -> String {
    let passing = ["lang=", "text=", "contrast=", "said="];
    let kept: Vec<&str> = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && !passing.iter().any(|word| pair.starts_with(word)))
        .collect();
    if kept.is_empty() {
        String::new()
    } else {
        format!("?{}", kept.join("&"))
    }
}
