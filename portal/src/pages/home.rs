//! Front page and agreement.

use askama::Template;
use axum::response::Response;

use crate::pages::fault::PageFault;
use crate::pages::frame::Frame;
use crate::pages::visitor::Visitor;

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
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
