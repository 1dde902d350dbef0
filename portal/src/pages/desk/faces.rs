//! Confirmations by face that the portal left to people (protocol 5.8): seen, with reason and due
//! time.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::pages::desk::visitor::{AtDesk, DeskBar};
use crate::pages::fault::PageFault;
use crate::pages::frame::Frame;
use crate::pages::review::times;
use crate::server::App;

struct FaceRow {
    number: String,
    who: String,
    reason: &'static str,
    since: String,
    due: String,
    late: bool,
}

#[derive(Template)]
#[template(path = "desk_faces.html")]
struct Faces {
    f: Frame,
    d: DeskBar,
    rows: Vec<FaceRow>,
}

/// The list.
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn list(State(app): State<App>, at: AtDesk) -> Result<Response, PageFault> {
    let language = at.desk.visitor.preferences.language;
    let now_ms = app.clock.now_ms();
    let mut rows = Vec::new();
    for case in app.review.face_cases().await? {
        // An account that is gone leaves its task behind.
        let account = app.accounts.by_id(case.account).await.ok();
        rows.push(FaceRow {
            number: case.number,
            who: account.map_or_else(|| "*".to_owned(), |account| account.masked_person()),
            reason: case.reason.map_or("", |reason| reason.text(language)),
            since: times::moment(case.since_ms, language),
            due: times::moment(case.due_at_ms, language),
            late: now_ms >= case.due_at_ms,
        });
    }
    at.desk.visitor.page(&Faces {
        f: at.desk.frame(),
        d: at.desk.bar("faces"),
        rows,
    })
}
