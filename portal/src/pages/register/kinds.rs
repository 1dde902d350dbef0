//! For whom one registers (requirement PR-01).

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use quanshengshi_rules::complaint::code::Code;

use crate::pages::fault::PageFault;
use crate::pages::frame::Frame;
use crate::pages::visitor::Visitor;
use crate::texts::register::RegisterTexts;

#[derive(Template)]
#[template(path = "register_type.html")]
struct KindsPage {
    f: Frame,
    w: &'static RegisterTexts,
    wrong: Option<&'static str>,
}

/// The choice.
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn show(visitor: Visitor) -> Result<Response, PageFault> {
    page(&visitor, None)
}

/// The choice again, for a kind there is none of: `REG_TYPE_UNKNOWN`.
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn unknown(visitor: Visitor) -> Result<Response, PageFault> {
    let said = Code::RegTypeUnknown.text(visitor.preferences.language);
    let mut response = page(&visitor, Some(said))?;
    *response.status_mut() = StatusCode::NOT_FOUND;
    Ok(response)
}

fn page(visitor: &Visitor, wrong: Option<&'static str>) -> Result<Response, PageFault> {
    visitor.page(&KindsPage {
        f: visitor.frame(""),
        w: RegisterTexts::of(visitor.preferences.language),
        wrong,
    })
}
