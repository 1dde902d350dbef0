//! The page on which a person plays the mini-program.
//!
//! It is a page of the stand-in, not of the portal: it knows no session, and whoever has a code's
//! address may decide it, as whoever scans a code may.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;
use axum::{Router, middleware};
use serde::Deserialize;

use crate::electronic_licence::LicenceAnswer;
use crate::electronic_licence::stand_in::{LicenceHolder, StandIn};
use crate::pages::assets::asset;
use crate::pages::preferences::Preferences;
use crate::texts::vouched::VouchedTexts;
use crate::vouched::Role;

/// What the page may load; of the portal's own policy only what it needs.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";

pub(super) fn path(id: &str) -> String {
    format!("/sample/licence/{id}")
}

pub(super) fn routes() -> Router<StandIn> {
    Router::new().route("/sample/licence/{id}", get(show).post(answer))
}

/// The stylesheets, where no portal serves them.
pub(super) fn assets() -> Router<StandIn> {
    Router::new()
        .route("/assets/{name}", get(asset))
        .layer(middleware::map_response(|mut response: Response| async {
            response.headers_mut().insert(
                header::X_CONTENT_TYPE_OPTIONS,
                HeaderValue::from_static("nosniff"),
            );
            response
        }))
}

#[derive(Template)]
#[template(path = "licence_stand_in.html")]
struct MiniProgram<'a> {
    lang: &'static str,
    w: &'static VouchedTexts,
    id: &'a str,
    state: &'static str,
    said: &'static str,
    holders: &'a [LicenceHolder],
    roles: [(&'static str, &'static str); 3],
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Answer {
    holder: String,
    role: String,
    act: String,
}

async fn show(
    State(stand_in): State<StandIn>,
    Path(id): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let (preferences, _) = Preferences::read(&headers, &uri);
    page(&stand_in, &id, preferences)
}

async fn answer(
    State(stand_in): State<StandIn>,
    Path(id): Path<String>,
    headers: HeaderMap,
    uri: Uri,
    Form(answer): Form<Answer>,
) -> Response {
    let holder = stand_in
        .holders()
        .iter()
        .find(|holder| holder.code == answer.holder);
    let role = Role::ALL
        .into_iter()
        .find(|role| role.word() == answer.role);
    match (answer.act.as_str(), holder, role) {
        ("decline", _, _) => {
            stand_in.decline(&id);
        }
        ("confirm", Some(holder), Some(role)) => {
            stand_in.confirm(&id, holder, role);
        }
        _ => {}
    }
    let (preferences, _) = Preferences::read(&headers, &uri);
    page(&stand_in, &id, preferences)
}

fn page(stand_in: &StandIn, id: &str, preferences: Preferences) -> Response {
    let language = preferences.language;
    let w = VouchedTexts::of(language);
    let (status, state, said) = match stand_in.answer(id) {
        Some(LicenceAnswer::Waiting) => (StatusCode::OK, "waiting", ""),
        Some(LicenceAnswer::Confirmed(_)) => (StatusCode::OK, "confirmed", w.mini_confirmed),
        Some(LicenceAnswer::Denied) => (StatusCode::OK, "denied", w.mini_denied),
        Some(LicenceAnswer::Expired) => (StatusCode::GONE, "expired", w.mini_expired),
        None => (StatusCode::NOT_FOUND, "expired", w.mini_expired),
    };
    let page = MiniProgram {
        lang: language.tag(),
        w,
        id,
        state,
        said,
        holders: stand_in.holders(),
        roles: Role::ALL.map(|role| (role.word(), w.role(role))),
    };
    let Ok(html) = page.render() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (status, headers, Html(html)).into_response()
}
