//! A form that came in, and only from a page of ours.
//!
//! Three walls against forged requests: the cookie's `SameSite`, the browser's own word about the
//! origin (`Sec-Fetch-Site`, `Origin`), and the session's token in the form.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderMap, header};

use crate::pages::fault::PageFault;
use crate::pages::visitor::Visitor;
use crate::server::App;
use crate::sessions::Session;

/// The most characters of one field that are kept.
const MOST_CHARACTERS: usize = 8192;

/// A form of this session.
#[derive(Debug)]
pub struct Posted {
    /// Who sent it.
    pub visitor: Visitor,
    /// Their session.
    pub session: Session,
    /// What it holds.
    pub fields: Fields,
    /// Whether a script sent it and wants JSON.
    pub by_script: bool,
}

/// The fields of a form; a field may be there several times.
#[derive(Debug, Clone, Default)]
pub struct Fields(BTreeMap<String, Vec<String>>);

impl Fields {
    /// What was typed, at last where a field is there several times; nothing when it is missing.
    pub fn text(&self, name: &str) -> &str {
        self.all(name).last().map_or("", String::as_str)
    }

    /// Everything that was chosen in a field, in the order of the page.
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a field says a word.
    pub fn says(&self, name: &str, word: &str) -> bool {
        self.text(name) == word
    }

    /// Writes a field anew, for showing the form again.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.insert(name.to_owned(), vec![value.into()]);
    }
}

impl FromIterator<(String, String)> for Fields {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(fields: I) -> Self {
        let mut kept = Self::default();
        for (name, value) in fields {
            if value.len() <= MOST_CHARACTERS {
                kept.0.entry(name).or_default().push(value);
            }
        }
        kept
    }
}

impl FromRequest<App> for Posted {
    type Rejection = PageFault;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageFault> {
        let (mut parts, body) = request.into_parts();
        let Ok(visitor) = Visitor::from_request_parts(&mut parts, app).await;
        if !is_ours(&parts.headers, &app.settings.origin) {
            return Err(PageFault::Form);
        }
        let by_script = parts
            .headers
            .get(header::ACCEPT)
            .is_some_and(|accept| accept == "application/json");
        let request = Request::from_parts(parts, body);
        let Form(pairs) = Form::<Vec<(String, String)>>::from_request(request, app)
            .await
            .map_err(|_| PageFault::Form)?;
        let fields = Fields::from_iter(pairs);
        let session = visitor.session.clone().ok_or(PageFault::Form)?;
        if !session.holds_form(fields.text("form_token")) {
            return Err(PageFault::Form);
        }
        Ok(Self {
            visitor,
            session,
            fields,
            by_script,
        })
    }
}

/// Whether the browser says that a form came from a page of ours.
pub(crate) fn is_ours(headers: &HeaderMap, ours: &str) -> bool {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let site = said("sec-fetch-site").is_none_or(|site| site == "same-origin" || site == "none");
    site && said("origin").is_none_or(|origin| origin == ours)
}
