//! The page that waits for the phone: a code, then what the phone does, then the way on.
//!
//! A real-name page that is loaded again gets a new task while no phone has claimed the old one,
//! whose code is dead then (requirement PR-18); every older address leads to the newest task. All
//! others show the same task as it stands; a code that ended is renewed by a new task with the
//! same content, which the card carries.

pub mod card;
pub mod ended;
pub mod head;
pub mod stream;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use quanshengshi_protocol::ids::TaskId;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::{TaskKind, TaskObject};
use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::person_name::PersonName;

use crate::accounts::{Account, AccountKind, masked_number};
use crate::pages::certificates::ask;
use crate::pages::code_picture;
use crate::pages::fault::PageFault;
use crate::pages::frame::Frame;
use crate::pages::posted::{Fields, Posted};
use crate::pages::visitor::Visitor;
use crate::pages::waiting::card::Card;
use crate::pages::waiting::head::Head;
use crate::registers::Representative;
use crate::server::App;
use crate::sessions::Session;
use crate::tasks::open::NewTask;
use crate::tasks::view::TaskView;
use crate::vouched::representative::representative_of;

/// The certificates a task asks for, and what their copies are for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The certificates.
    pub objects: Vec<TaskObject>,
    /// The purpose; empty for a view.
    pub purpose: String,
}

#[derive(Template)]
#[template(path = "waiting.html")]
struct WaitingPage {
    f: Frame,
    title: &'static str,
    head: String,
    notice: Option<&'static str>,
    card_state: &'static str,
    card: String,
    task: TaskId,
    app_code: String,
    app_side: usize,
    app_path: String,
}

/// Opens a task by a form: a real-name check anew, a view or a download (M1).
///
/// # Errors
/// [`PageFault::SignIn`], [`PageFault::NoCertificate`], [`PageFault::ViewOnly`],
/// [`PageFault::TooMany`].
pub async fn open(State(app): State<App>, posted: Posted) -> Result<Response, PageFault> {
    match posted.fields.text("kind") {
        "real_name" => open_real_name(&app, posted.visitor).await,
        "view" => ask::open(&app, posted, TaskKind::CertificateView).await,
        "download" => ask::open(&app, posted, TaskKind::CertificateDownload).await,
        _ => Err(PageFault::TaskOver),
    }
}

/// Opens a task about certificates of the account that is signed in, and goes to its page.
///
/// # Errors
/// As [`open`].
pub async fn open_certificates(
    app: &App,
    visitor: Visitor,
    kind: TaskKind,
    asked: Asked,
) -> Result<Response, PageFault> {
    let (_, account) = visitor.signed_in()?;
    let new = new_task(app, &visitor, &account, kind, Some(asked)).await?;
    let task = app.tasks.open(new).await?;
    Ok(visitor.go(&format!("/pc/tasks/{task}")))
}

/// The same as [`open_real_name`] for an account whose sign-in has to wait for it: the page says
/// so (requirement PR-20).
///
/// # Errors
/// As [`open_real_name`].
pub async fn open_after_sign_in(app: &App, visitor: Visitor) -> Result<Response, PageFault> {
    let task = make_real_name(app, &visitor).await?;
    Ok(visitor.go(&format!("/pc/tasks/{task}?from=sign_in")))
}

/// Opens the real-name task of the account that was just registered in this session, a person's or
/// an enterprise's, and goes to its page.
///
/// # Errors
/// [`PageFault::SignIn`] without such an account, [`PageFault::TaskOver`] when it waited too long,
/// [`PageFault::TooMany`].
pub async fn open_real_name(app: &App, visitor: Visitor) -> Result<Response, PageFault> {
    let task = make_real_name(app, &visitor).await?;
    Ok(visitor.go(&format!("/pc/tasks/{task}")))
}

async fn make_real_name(app: &App, visitor: &Visitor) -> Result<TaskId, PageFault> {
    let session = visitor.session.as_ref().ok_or(PageFault::SignIn)?;
    let pending = session.pending.ok_or(PageFault::SignIn)?;
    let account = app.accounts.by_id(pending).await?;
    if !app.accounts.still_waits(&account).await? {
        return Err(PageFault::TaskOver);
    }
    let kind = match account.kind {
        AccountKind::Personal => TaskKind::RealNamePersonal,
        AccountKind::Legal => TaskKind::RealNameLegal,
    };
    let new = new_task(app, visitor, &account, kind, None).await?;
    Ok(app.tasks.open_real_name(new).await?)
}

async fn new_task(
    app: &App,
    visitor: &Visitor,
    account: &Account,
    kind: TaskKind,
    asked: Option<Asked>,
) -> Result<NewTask, PageFault> {
    let session = visitor.session.as_ref().ok_or(PageFault::SignIn)?;
    let subject = subject_of(app, account).await?;
    let (objects, purpose) = match asked {
        Some(asked) => (asked.objects, asked.purpose),
        None => (Vec::new(), String::new()),
    };
    Ok(NewTask {
        kind,
        account: account.id,
        session: session.digest,
        account_label: match account.kind {
            AccountKind::Personal => account.masked_person(),
            AccountKind::Legal => account.organisation.clone(),
        },
        account_number_masked: masked_number(&account.name),
        subject_label: masked_name(&subject.name),
        subject_document_masked: masked_number(&subject.document_number),
        subject_document: subject.document_number,
        objects,
        purpose,
        mobile_masked: account.masked_mobile(),
        pc: visitor.pc.clone(),
    })
}

/// Whose face an account's tasks ask for: the person themselves, or the legal representative of
/// today (requirements SC-05, LR-19).
async fn subject_of(app: &App, account: &Account) -> Result<Representative, PageFault> {
    match account.kind {
        AccountKind::Personal => Ok(Representative {
            name: account.person_name.clone(),
            document_kind: account.document_kind.clone(),
            document_number: account.document_number.clone(),
        }),
        AccountKind::Legal => representative_of(&app.registers, account)
            .await?
            .ok_or(PageFault::TaskOver),
    }
}

/// The page of a task of this session.
///
/// # Errors
/// [`PageFault::TaskOver`] for other sessions and used approvals.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(task): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, PageFault> {
    let id = TaskId::parse(&task).map_err(|_| PageFault::TaskOver)?;
    let session = visitor.session.clone().ok_or(PageFault::TaskOver)?;
    let view = app.tasks.view(id, session.digest).await?;
    if view.state == TaskState::Closed {
        return Err(PageFault::TaskOver);
    }
    if let Some(task) = renewed(&app, &visitor, &session, &view).await? {
        return Ok(visitor.go(&format!("/pc/tasks/{task}")));
    }
    let account = app.accounts.by_id(view.account).await?;
    let t = visitor.texts();
    let card = Card::of(&view, &account, t, session.form_token(), false)?;
    let app_code = format!("{}/app", app.settings.origin);
    let small = code_picture::draw(&app_code)?;
    let head = Head::of(&view, &account, t);
    // Why a sign-in ended here (requirement PR-20).
    let asked: Fields = asked.into_iter().collect();
    let refused = asked.says("from", "sign_in") && view.state == TaskState::Created;
    let notice = refused.then(|| Code::AuthRealnameRequired.text(visitor.preferences.language));
    visitor.page(&WaitingPage {
        f: visitor.frame(if view.kind.opens_certificates() {
            "certificates"
        } else {
            ""
        }),
        title: head.title,
        head: head.render().map_err(PageFault::internal)?,
        notice,
        card_state: card.shown_as(),
        card: card.render().map_err(PageFault::internal)?,
        task: id,
        app_code,
        app_side: small.side,
        app_path: small.path,
    })
}

/// The task to show instead: the newest of the account, or a new one when the page was shown
/// before and no phone has claimed its code. Somebody who reloads without end keeps the same code
/// for a while.
async fn renewed(
    app: &App,
    visitor: &Visitor,
    session: &Session,
    view: &TaskView,
) -> Result<Option<TaskId>, PageFault> {
    if view.kind.opens_certificates() || session.pending != Some(view.account) {
        return Ok(None);
    }
    let newest = app
        .tasks
        .newest_real_name(view.account, session.digest)
        .await?;
    if let Some(newest) = newest.filter(|newest| *newest != view.id) {
        return Ok(Some(newest));
    }
    if view.state != TaskState::Created || app.tasks.is_first_showing(view.id).await? {
        return Ok(None);
    }
    match make_real_name(app, visitor).await {
        Ok(task) => Ok(Some(task)),
        Err(PageFault::TooMany) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Gives a task up.
///
/// # Errors
/// [`PageFault::TaskOver`].
pub async fn cancel(
    State(app): State<App>,
    Path(task): Path<String>,
    posted: Posted,
) -> Result<Response, PageFault> {
    let id = TaskId::parse(&task).map_err(|_| PageFault::TaskOver)?;
    app.tasks.cancel(id, posted.session.digest).await?;
    Ok(posted.visitor.go(&format!("/pc/tasks/{id}")))
}

/// Uses the approval of a real-name task: the session gets a new secret and goes to sign in
/// (requirement PR-20).
///
/// # Errors
/// [`PageFault::TaskOver`].
pub async fn finish(
    State(app): State<App>,
    Path(task): Path<String>,
    posted: Posted,
) -> Result<Response, PageFault> {
    let id = TaskId::parse(&task).map_err(|_| PageFault::TaskOver)?;
    let view = app.tasks.view(id, posted.session.digest).await?;
    if view.kind.opens_certificates() {
        return Err(PageFault::TaskOver);
    }
    app.tasks.close_approved(id, posted.session.digest).await?;
    let mut visitor = posted.visitor;
    let session = app.sessions.rotate(&posted.session, None, None).await?;
    visitor.set_session(session);
    let kind = match view.kind {
        TaskKind::RealNamePersonal => AccountKind::Personal,
        _ => AccountKind::Legal,
    };
    Ok(visitor.go(&format!("/login?kind={}", kind.word())))
}

fn masked_name(name: &str) -> String {
    PersonName::parse(name).map_or_else(|_| "*".to_owned(), |name| name.masked())
}
