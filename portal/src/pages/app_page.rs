//! The download page of the app, and the address in the codes.

use askama::Template;
use axum::response::Response;

use crate::pages::fault::PageFault;
use crate::pages::frame::Frame;
use crate::pages::visitor::Visitor;

#[derive(Template)]
#[template(path = "app.html")]
struct AppPage {
    f: Frame,
    from_code: bool,
}

/// What the small code at the lower left leads to (requirement SC-01).
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn app(visitor: Visitor) -> Result<Response, PageFault> {
    visitor.page(&AppPage {
        f: visitor.frame("app"),
        from_code: false,
    })
}

/// What a browser sees that opens the address of a code: it only offers the app (A15).
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn code(visitor: Visitor) -> Result<Response, PageFault> {
    visitor.page(&AppPage {
        f: visitor.frame("app"),
        from_code: true,
    })
}
