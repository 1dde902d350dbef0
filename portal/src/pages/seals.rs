//! What anybody checks the seals of this portal's copies with: the roots, and who was revoked.

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use crate::pages::fault::PageFault;
use crate::server::App;

/// Where the roots are.
pub const ROOTS_PATH: &str = "/seals/root.pem";

/// The routes of this room.
pub fn routes() -> Router<App> {
    Router::new()
        .route(ROOTS_PATH, get(roots))
        .route("/seals/revoked.crl", get(revoked))
}

/// The roots as PEM.
///
/// # Errors
/// [`PageFault::NotFound`] where copies carry no seal.
pub async fn roots(State(app): State<App>) -> Result<Response, PageFault> {
    let seals = app.certificates.seals().ok_or(PageFault::NotFound)?;
    Ok(file(
        "application/x-pem-file",
        "root.pem",
        seals.roots_pem(),
    ))
}

/// The revocation list as DER.
///
/// # Errors
/// [`PageFault::NotFound`] where there is none, [`PageFault::Internal`] for one that cannot be read.
pub async fn revoked(State(app): State<App>) -> Result<Response, PageFault> {
    let seals = app.certificates.seals().ok_or(PageFault::NotFound)?;
    let list = seals.revocations(app.clock.now_ms());
    let list = list.map_err(PageFault::internal)?;
    let list = list.ok_or(PageFault::NotFound)?;
    Ok(file(
        "application/pkix-crl",
        "revoked.crl",
        list.as_bytes().to_vec(),
    ))
}

fn file(kind: &str, name: &str, bytes: impl Into<axum::body::Body>) -> Response {
    let told = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (told, bytes.into()).into_response()
}
