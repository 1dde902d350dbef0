//! 记录: when the account's identity and certificates were used (protocol 5.9).

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::TaskKind;
use quanshengshi_rules::language::Language;

use crate::pages::devices::{minute, platform_words};
use crate::pages::fault::PageFault;
use crate::pages::frame::Frame;
use crate::pages::icons::ICONS;
use crate::pages::visitor::Visitor;
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
    Router::new().route("/space/activity", get(show))
}

async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, PageFault> {
    let (_, account) = visitor.signed_in()?;
    let language = visitor.preferences.language;
    let w = DeviceTexts::of(language);
    let past = app.tasks.history(account.id, MOST).await?;
    visitor.page(&ActivityPage {
        f: visitor.frame("activity"),
        w,
        rows: past.iter().map(|task| row(task, w, language)).collect(),
    })
}

fn row(task: &PastTask, w: &'static DeviceTexts, language: Language) -> Row {
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
        TaskState::Review => (w.outcome_review, "badge--info", ICONS.clock),
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
    let told = matches!(task.state, TaskState::Failed | TaskState::Review);
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
    }
}
