//! The applicant's side of a manual review (requirements MR-01 to MR-08).
//!
//! The registration page comes here by POST with what was typed there; by hand the same form is
//! empty. Pictures come with the form; those that are good stay as drafts of the session, so that
//! a fault elsewhere does not cost them.

pub mod applicant;
pub mod apply;
mod hand_in;
mod page;
pub mod status;
pub mod times;
pub mod upload;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use crate::server::App;

/// The most bytes of a whole application. Larger than what is kept: a picture that is too large
/// should be told at its field, not by a closed connection.
const MOST_BYTES: usize = 64 << 20;

/// The pages of this room.
pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/review/apply",
            get(apply::show)
                .post(apply::submit)
                .layer(DefaultBodyLimit::max(MOST_BYTES)),
        )
        .route("/review/status", get(status::show).post(status::submit))
}
