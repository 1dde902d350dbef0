//! Confirmations by face that the portal left to people (protocol 5.8): the list by due time.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use quanshengshi_protocol::ids::TaskId;
use quanshengshi_protocol::transaction::TaskKind;

use crate::pages::desk::face::FaceView;
use crate::pages::desk::visitor::{AtDesk, DeskBar};
use crate::pages::fault::PageFault;
use crate::pages::form::FormState;
use crate::pages::frame::Frame;
use crate::pages::posted::Fields;
use crate::pages::review::times;
use crate::review::face_case::{due_at_ms, short_number};
use crate::server::App;
use crate::texts::devices::DeviceTexts;

struct FaceRow {
    task: TaskId,
    number: String,
    who: String,
    what: &'static str,
    reason: &'static str,
    since: String,
    due: String,
    late: bool,
    shown: bool,
}

#[derive(Template)]
#[template(path = "desk_faces.html")]
struct Faces {
    f: Frame,
    d: DeskBar,
    rows: Vec<FaceRow>,
    case: Option<FaceView>,
    form: FormState,
    said: bool,
}

/// The list.
///
/// # Errors
/// [`PageFault::Internal`].
pub async fn list(
    State(app): State<App>,
    at: AtDesk,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, PageFault> {
    let asked: Fields = asked.into_iter().collect();
    let said = asked.says("said", "yes");
    page(&app, &at, None, FormState::default(), said).await
}

/// What a task is about, in words.
pub(super) fn kind_words(kind: TaskKind, w: &'static DeviceTexts) -> &'static str {
    match kind {
        TaskKind::RealNamePersonal => w.kind_personal,
        TaskKind::RealNameLegal => w.kind_legal,
        TaskKind::CertificateView => w.kind_view,
        TaskKind::CertificateDownload => w.kind_download,
    }
}

/// The list with a case beside it.
pub(super) async fn page(
    app: &App,
    at: &AtDesk,
    case: Option<FaceView>,
    form: FormState,
    said: bool,
) -> Result<Response, PageFault> {
    let language = at.desk.visitor.preferences.language;
    let now_ms = app.clock.now_ms();
    let mut rows = Vec::new();
    for task in app.review.face_cases().await? {
        let account = app.accounts.by_id(task.account).await.ok();
        let due_ms = due_at_ms(task.wait_ends_at_ms);
        rows.push(FaceRow {
            number: short_number(task.id),
            who: account.map_or_else(|| "*".to_owned(), |account| account.masked_person()),
            what: kind_words(task.kind, DeviceTexts::of(language)),
            reason: task.reason.map_or("", |reason| reason.text(language)),
            since: times::moment(task.wait_ends_at_ms, language),
            due: times::moment(due_ms, language),
            late: now_ms >= due_ms,
            shown: case.as_ref().is_some_and(|case| case.task == task.id),
            task: task.id,
        });
    }
    let faulty = form.has_errors();
    let page = Faces {
        f: at.desk.frame(),
        d: at.desk.bar("faces"),
        rows,
        case,
        form,
        said,
    };
    if faulty {
        at.desk.visitor.page_with_faults(&page)
    } else {
        at.desk.visitor.page(&page)
    }
}
