//! Front page, choice of registration, agreement.

use askama::Template;
use axum::response::Response;

use crate::pages::fault::PageFault;
use crate::pages::frame::Frame;
use crate::pages::visitor::Visitor;

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    f: Frame,
    old_browser: bool,
}

#[derive(Template)]
#[template(path = "register_type.html")]
struct RegisterType {
    f: Frame,
}

#[derive(Template)]
#[template(path = "agreement.html")]
struct Agreement {
    f: Frame,
}

/// The front page.
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn home(visitor: Visitor) -> Result<Response, PageFault> {
    visitor.page(&Home {
        f: visitor.frame("home"),
        old_browser: visitor.old_browser,
    })
}

/// For whom one registers (requirement PR-01).
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn register(visitor: Visitor) -> Result<Response, PageFault> {
    visitor.page(&RegisterType {
        f: visitor.frame(""),
    })
}

/// What is agreed to (requirement PR-07).
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn agreement(visitor: Visitor) -> Result<Response, PageFault> {
    visitor.page(&Agreement {
        f: visitor.frame(""),
    })
}
