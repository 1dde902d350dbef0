//! The messages of a sample portal, for people and browser tests that have no phone.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::pages::fault::PageFault;
use crate::pages::frame::Frame;
use crate::pages::visitor::Visitor;
use crate::server::App;
use crate::sms::outbox::SentMessage;

#[derive(Template)]
#[template(path = "outbox.html")]
struct Outbox {
    f: Frame,
    messages: Vec<SentMessage>,
}

/// The last messages.
///
/// # Errors
/// [`PageFault::NotFound`] on a portal without samples.
pub async fn outbox(State(app): State<App>, visitor: Visitor) -> Result<Response, PageFault> {
    if !app.settings.sample {
        return Err(PageFault::NotFound);
    }
    visitor.page(&Outbox {
        f: visitor.frame(""),
        messages: app.outbox.outbox().await?,
    })
}
