//! The reviewers' desk: its own sign-in, cookie and forms; nothing of an applicant's session
//! opens it (requirements MR-03, MR-05, MR-06, MR-09; protocol 5.8).

pub mod board;
pub mod case;
pub mod compare;
pub mod face;
pub mod faces;
pub mod sign_in;
pub mod visitor;

use axum::Router;
use axum::routing::{get, post};

use crate::server::App;

/// The pages of this room.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk", get(board::list))
        .route("/desk/login", get(sign_in::show).post(sign_in::submit))
        .route("/desk/logout", post(sign_in::leave))
        .route("/desk/faces", get(faces::list))
        .route("/desk/faces/{task}", get(face::show))
        .route("/desk/faces/{task}/photo", get(face::photo))
        .route("/desk/faces/{task}/pictures/{number}", get(face::picture))
        .route(
            "/desk/faces/{task}/decide",
            post(face::decide).get(case::back),
        )
        .route("/desk/cases/{number}", get(case::show))
        .route(
            "/desk/cases/{number}/reveal",
            post(case::reveal).get(case::back),
        )
        .route(
            "/desk/cases/{number}/decide",
            post(case::decide).get(case::back),
        )
        .route("/desk/cases/{number}/materials/{slot}", get(case::material))
}
