//! 记录: when the account's identity and certificates were used (protocol 5.9).

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use quanshengshi_protocol::ids::TaskId;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::TaskKind;
use quanshengshi_rules::language::Language;

use crate::certificates::tickets::Grant;
use crate::pages::copies::issue_each;
use crate::pages::devices::{minute, platform_words};
use crate::pages::fault::PageFault;
use crate::pages::frame::Frame;
use crate::pages::icons::ICONS;
use crate::pages::posted::Posted;
use crate::pages::visitor::Visitor;
use crate::review::ReviewError;
use crate::review::face_decide::FaceOutcome;
use crate::server::App;
use crate::tasks::history::PastTask;
use crate::texts::devices::DeviceTexts;

/// How much of the past is shown.
const MOST: u32 = 200;

struct Row {
    when: String,
    what: String,
    detail: String,
    from: String,
    phone: &'static str,
    outcome: &'static str,
    reason: &'static str,
    badge: &'static str,
    icon: &'static str,
    /// The task whose certificates people have released.
    usable: Option<TaskId>,
}

#[derive(Template)]
#[template(path = "activity.html")]
struct ActivityPage {
    f: Frame,
    w: &'static DeviceTexts,
    rows: Vec<Row>,
}

/// The page of this room.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/space/activity", get(show))
        .route("/space/activity/{task}/open", post(open))
}

async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageFault> {
    let (_, account) = visitor.signed_in()?;
    let language = visitor.preferences.language;
    let w = DeviceTexts::of(language);
    let past = app.tasks.history(account.id, MOST).await?;
    let people = app.review.face_outcomes(account.id).await?;
    visitor.page(&ActivityPage {
        f: visitor.frame("activity"),
        w,
        rows: past
            .iter()
            .map(|task| {
                let people = people.iter().find(|outcome| outcome.task == task.id);
                row(task, people, w, language)
            })
            .collect(),
    })
}

/// Opens the certificates of a task that people approved, once, for the account that asked.
///
/// # Errors
/// [`PageFault::TaskOver`] when there is nothing to open any more, or its person may no longer
/// act (requirement US-04).
async fn open(
    State(app): State<App>,
    Path(task): Path<String>,
    posted: Posted,
) -> Result<Response, PageFault> {
    let (old, account) = posted.visitor.signed_in()?;
    let id = TaskId::parse(&task).map_err(|_| PageFault::TaskOver)?;
    if !app.tasks.may_still_act(id).await? {
        return Err(PageFault::TaskOver);
    }
    let used = app.review.use_face_approval(account.id, id).await;
    let (row, agreed) = used.map_err(|error| match error {
        ReviewError::Unknown | ReviewError::Moved => PageFault::TaskOver,
        other => other.into(),
    })?;
    // As after an approval by face: a new session secret before anything is handed out (attack A5).
    let mut visitor = posted.visitor;
    let session = app.sessions.rotate(&old, Some(account.id), None).await?;
    visitor.set_session(session.clone());
    let whole = Grant {
        task: id,
        certificate: String::new(),
        account: account.id,
        purpose: agreed.purpose,
        download: row.kind == TaskKind::CertificateDownload,
    };
    issue_each(&app, whole, agreed.objects, session.digest).await?;
    Ok(visitor.go(&format!("/space/tasks/{id}/copies")))
}

fn row(
    task: &PastTask,
    people: Option<&FaceOutcome>,
    w: &'static DeviceTexts,
    language: Language,
) -> Row {
    let what = match task.kind {
        TaskKind::RealNamePersonal => w.kind_personal,
        TaskKind::RealNameLegal => w.kind_legal,
        TaskKind::CertificateView => w.kind_view,
        TaskKind::CertificateDownload => w.kind_download,
    };
    let (outcome, badge, icon) = match task.state {
        TaskState::Approved | TaskState::Closed => (w.outcome_done, "badge--ok", ICONS.tick),
        TaskState::Rejected => (w.outcome_rejected, "badge--bad", ICONS.barred),
        TaskState::Failed => (w.outcome_failed, "badge--bad", ICONS.barred),
        TaskState::Expired => (w.outcome_expired, "", ICONS.clock),
        TaskState::Cancelled => (w.outcome_cancelled, "", ICONS.barred),
        TaskState::Review => match people.map(|outcome| outcome.approved) {
            Some(true) => (w.outcome_people_yes, "badge--ok", ICONS.tick),
            Some(false) => (w.outcome_people_no, "badge--bad", ICONS.barred),
            None => (w.outcome_review, "badge--info", ICONS.clock),
        },
        TaskState::Created
        | TaskState::Claimed
        | TaskState::Consented
        | TaskState::Challenged
        | TaskState::Submitted => (w.outcome_open, "badge--info", ICONS.clock),
    };
    let mut detail = task.certificates.clone();
    if !task.purpose.is_empty() && task.kind == TaskKind::CertificateDownload {
        detail.push(format!("{} {}", w.purpose, task.purpose));
    }
    let from = [&task.pc.browser, &task.pc.system, &task.pc.place];
    let told = matches!(task.state, TaskState::Failed | TaskState::Review) && people.is_none();
    let reason = task.reason.filter(|_| told);
    Row {
        when: minute(task.created_at_ms),
        what: what.to_owned(),
        detail: detail.join(" · "),
        from: from
            .into_iter()
            .filter(|part| !part.is_empty())
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" · "),
        phone: task
            .phone
            .map_or("", |platform| platform_words(platform, w)),
        outcome,
        reason: reason.map_or("", |reason| reason.text(language)),
        badge,
        icon,
        usable: people
            .filter(|outcome| outcome.usable)
            .map(|outcome| outcome.task),
    }
}
