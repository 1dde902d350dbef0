//! The user space (requirement US-01).

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use quanshengshi_rules::enterprise::EnterpriseType;

use crate::accounts::Account;
use crate::pages::fault::PageFault;
use crate::pages::frame::Frame;
use crate::pages::visitor::Visitor;
use crate::server::App;

#[derive(Template)]
#[template(path = "space.html")]
struct Space {
    f: Frame,
    count: usize,
    kind: &'static str,
    representative: String,
    mobile: String,
    account: Account,
}

/// The user space of whoever is signed in.
///
/// # Errors
/// [`PageFault::SignIn`], [`PageFault::Internal`].
pub async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageFault> {
    let (_, account) = visitor.signed_in()?;
    let count = app.certificates.held_by(&account).await?.len();
    let kind = EnterpriseType::parse(&account.enterprise_type)
        .map_or("", |kind| kind.label(visitor.preferences.language));
    visitor.page(&Space {
        f: visitor.frame(""),
        count,
        kind,
        representative: account.masked_person(),
        mobile: account.masked_mobile(),
        account,
    })
}
