//! What the person at the PC sees: server-rendered pages, in Chinese and English.
//!
//! A page is a file here and a template in `templates/`. Every form passes [`posted::Posted`],
//! which holds the session's token against it; every fault is one [`fault::PageFault`] that
//! [`shell`] turns into a page in the visitor's language, under headers that allow nothing but our
//! own files.
//!
//! | room | gives |
//! |---|---|
//! | [`visitor`], [`preferences`], [`origin`] | who asks, how they like to read, from where |
//! | [`posted`], [`form`] | a form that came in, a form that goes out again with its faults |
//! | [`frame`], [`said`], [`fault`], [`shell`], [`assets`], [`icons`], [`code_picture`] | what surrounds every page |
//! | [`home`], [`register`], [`login`], [`space`], [`password`], [`certificates`], [`waiting`], [`copies`], [`devices`], [`activity`], [`verify`], [`app_page`], [`seals`], [`sample`] | the pages |
//! | [`national`], [`licence`], [`sign_in_fault`] | sign-in by other authorities |
//! | [`review`], [`desk`] | manual review: the applicant's pages, the reviewers' desk |

pub mod activity;
pub mod app_page;
pub mod assets;
pub mod certificates;
pub mod code_picture;
pub mod copies;
pub mod desk;
pub mod devices;
pub mod fault;
pub mod form;
pub mod frame;
pub mod home;
pub mod icons;
pub mod licence;
pub mod login;
pub mod national;
pub mod origin;
pub mod password;
pub mod posted;
pub mod preferences;
pub mod register;
pub mod review;
pub mod said;
pub mod sample;
pub mod seals;
pub mod shell;
pub mod sign_in_fault;
pub mod space;
pub mod verify;
pub mod visitor;
pub mod waiting;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};

use crate::server::App;

/// The most bytes of a form.
const MOST_FORM_BYTES: usize = 64 * 1024;

/// All pages of a portal.
pub fn routes(app: App) -> Router {
    Router::new()
        .route("/", get(home::home))
        .route("/agreement", get(home::agreement))
        .merge(register::routes())
        .merge(national::routes())
        .merge(licence::routes(&app))
        .merge(devices::routes())
        .merge(activity::routes())
        .merge(verify::routes())
        .merge(login::routes())
        .merge(space::routes())
        .merge(password::routes())
        .merge(certificates::routes())
        .merge(copies::routes())
        .merge(seals::routes())
        .route("/pc/tasks", post(waiting::open))
        .route("/pc/tasks/{task}", get(waiting::show))
        .route("/pc/tasks/{task}/events", get(waiting::stream::events))
        .route("/pc/tasks/{task}/cancel", post(waiting::cancel))
        .route("/pc/tasks/{task}/finish", post(waiting::finish))
        .merge(review::routes())
        .merge(desk::routes())
        .route("/app", get(app_page::app))
        .route("/q/{code}", get(app_page::code))
        .route("/sample/outbox", get(sample::outbox))
        .route("/assets/{name}", get(assets::asset))
        .fallback(fault::no_such_page)
        .layer(DefaultBodyLimit::max(MOST_FORM_BYTES))
        .layer(middleware::from_fn_with_state(app.clone(), shell::around))
        .with_state(app)
}

#[cfg(test)]
mod tests;
