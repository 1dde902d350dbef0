//! The list of applications, by due time.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;

use crate::accounts::AccountKind;
use crate::pages::desk::case::CaseView;
use crate::pages::desk::visitor::{AtDesk, DeskBar};
use crate::pages::fault::PageFault;
use crate::pages::form::FormState;
use crate::pages::frame::Frame;
use crate::pages::posted::Fields;
use crate::pages::review::times;
use crate::review::application::{Application, State as Stands};
use crate::review::desk::{Counts, Shelf};
use crate::server::App;
use crate::texts::desk::DeskTexts;

/// Below this, an application is due soon: four hours, in milliseconds.
const SOON_MS: u64 = 4 * 3_600_000;

/// A row of the list.
#[expect(
    clippy::struct_excessive_bools,
    reason = "a template asks yes-or-no questions"
)]
pub struct Row {
    number: String,
    tail: String,
    legal: bool,
    applicant: String,
    due: String,
    late: bool,
    soon: bool,
    state: Stands,
    shown: bool,
}

#[derive(Template)]
#[template(path = "desk_board.html")]
struct Board {
    f: Frame,
    d: DeskBar,
    shelf: Shelf,
    counts: Counts,
    rows: Vec<Row>,
    case: Option<CaseView>,
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
    let shelf = Shelf::from_word(asked.text("shelf"));
    let said = asked.says("said", "yes");
    page(&app, &at, shelf, None, FormState::default(), said).await
}

/// The list with a case beside it.
pub(super) async fn page(
    app: &App,
    at: &AtDesk,
    shelf: Shelf,
    case: Option<CaseView>,
    form: FormState,
    said: bool,
) -> Result<Response, PageFault> {
    let (found, counts) = app.review.on_shelf(shelf).await?;
    let now_ms = app.clock.now_ms();
    let w = at.desk.words();
    let language = at.desk.visitor.preferences.language;
    let shown = case.as_ref().map(|case| case.number.clone());
    let faulty = form.has_errors();
    let page = Board {
        f: at.desk.frame(),
        d: at
            .desk
            .bar(if shelf == Shelf::Done { "done" } else { "open" }),
        shelf,
        counts,
        rows: found
            .into_iter()
            .map(|application| {
                let is_shown = shown.as_deref() == Some(application.number.as_str());
                row(application, now_ms, w, language, is_shown)
            })
            .collect(),
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

fn row(
    application: Application,
    now_ms: u64,
    w: &'static DeskTexts,
    language: quanshengshi_rules::language::Language,
    shown: bool,
) -> Row {
    let words = (w.days, w.hours, w.minutes);
    let due_ms = application.due_at_ms;
    let due = match application.decided_at_ms {
        Some(at) => times::moment(at, language),
        None if now_ms >= due_ms => {
            format!("{} {}", w.overdue, times::span(now_ms - due_ms, words))
        }
        None => times::span(due_ms - now_ms, words),
    };
    let legal = application.kind == AccountKind::Legal;
    Row {
        tail: application
            .number
            .split_once('-')
            .map_or_else(|| application.number.clone(), |(_, tail)| tail.to_owned()),
        legal,
        applicant: if legal {
            application.organisation.clone()
        } else {
            application.masked_person()
        },
        due,
        late: application.is_late(now_ms),
        soon: application.state.is_open() && due_ms.saturating_sub(now_ms) < SOON_MS,
        state: application.state,
        shown,
        number: application.number,
    }
}
