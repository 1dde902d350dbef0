//! Registration of persons and of enterprises (requirements PR-01 to PR-24, LR-01 to LR-20).
//!
//! Both forms are one template and share everything that is not about the enterprise. A form
//! passes the same readings on its way, whether a single field was left ([`check`]), a code is
//! asked for, or the whole is sent; the rules and their words are those of `rules`, the script
//! knows none.
//!
//! | room | gives |
//! |---|---|
//! | [`kinds`] | the choice of the kind of account |
//! | [`personal`], [`enterprise`] | the two forms, from first look to account |
//! | [`draft`], [`page`], [`advice`] | a form in the making, as page and as answer to the script |
//! | [`identity`], [`account`] | the person of a document; password, region, agreement, mobile |
//! | [`code`] | the code by message, with a visible answer to every press |
//! | [`check`] | what the rules say to a field that was left |

pub mod account;
pub mod advice;
pub mod check;
pub mod code;
pub mod draft;
pub mod enterprise;
pub mod identity;
pub mod kinds;
pub mod page;
pub mod personal;

use axum::Router;
use axum::routing::{get, post};

use crate::server::App;

/// The pages of this room.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/register", get(kinds::show))
        .route("/register/{kind}", get(kinds::unknown))
        .route(
            "/register/personal",
            get(personal::show).post(personal::submit),
        )
        .route(
            "/register/enterprise",
            get(enterprise::show).post(enterprise::submit),
        )
        .route("/register/check", post(check::check))
}
