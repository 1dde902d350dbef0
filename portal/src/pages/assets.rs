//! Stylesheets, scripts and the mark, out of the binary. A page names none it does not have.

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use quanshengshi_protocol::ids::Digest;

use crate::pages::fault::PageFault;

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

static ALL: &[(&str, &str, &str)] = &[
    ("portal.css", CSS, include_str!("../../assets/portal.css")),
    ("pages.css", CSS, include_str!("../../assets/pages.css")),
    (
        "register.css",
        CSS,
        include_str!("../../assets/register.css"),
    ),
    ("devices.css", CSS, include_str!("../../assets/devices.css")),
    ("page.js", SCRIPT, include_str!("../../assets/page.js")),
    (
        "register.js",
        SCRIPT,
        include_str!("../../assets/register.js"),
    ),
    ("review.css", CSS, include_str!("../../assets/review.css")),
    ("desk.js", SCRIPT, include_str!("../../assets/desk.js")),
    ("review.js", SCRIPT, include_str!("../../assets/review.js")),
    ("slider.js", SCRIPT, include_str!("../../assets/slider.js")),
    ("licence.css", CSS, include_str!("../../assets/licence.css")),
    (
        "licence.js",
        SCRIPT,
        include_str!("../../assets/licence.js"),
    ),
    ("work.js", SCRIPT, include_str!("../../assets/work.js")),
    ("copy.js", SCRIPT, include_str!("../../assets/copy.js")),
    ("space.css", CSS, include_str!("../../assets/space.css")),
    ("task.js", SCRIPT, include_str!("../../assets/task.js")),
    (
        "mark.svg",
        "image/svg+xml",
        include_str!("../../assets/mark.svg"),
    ),
];

/// One file, or nothing when the browser still has it.
///
/// # Errors
/// [`PageFault::NotFound`].
pub async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, PageFault> {
    let (_, kind, text) = ALL
        .iter()
        .find(|(known, _, _)| *known == name)
        .ok_or(PageFault::NotFound)?;
    let tag = format!("\"{}\"", Digest::of(text.as_bytes()));
    let told = [
        (header::ETAG, tag.clone()),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::CONTENT_TYPE, (*kind).to_owned()),
    ];
    let kept = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == tag.as_bytes());
    if kept {
        return Ok((StatusCode::NOT_MODIFIED, told).into_response());
    }
    Ok((told, *text).into_response())
}
