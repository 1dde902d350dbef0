//! The page that waits for the phone: a code, then what the phone does, then the way on.
//!
//! Reloading shows the same task as it stands; a code that ended is renewed by a new task with
//! the same content, which the card carries.

pub mod card;
pub mod stream;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use quanshengshi_protocol::ids::TaskId;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::{TaskKind, TaskObject};
use quanshengshi_rules::person_name::PersonName;

use crate::accounts::{Account, masked_number};
use crate::pages::certificates::{ask_again, is_downloadable, today};
use crate::pages::code_picture;
use crate::pages::fault::PageFault;
use crate::pages::frame::Frame;
use crate::pages::posted::Posted;
use crate::pages::visitor::Visitor;
use crate::pages::waiting::card::Card;
use crate::server::App;
use crate::tasks::open::NewTask;

/// The most characters of a purpose.
const MOST_PURPOSE: usize = 20;

/// The certificate a task asks for, and what its copy is for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The certificate.
    pub object: TaskObject,
    /// The purpose; empty for a view.
    pub purpose: String,
}

#[derive(Template)]
#[template(path = "waiting.html")]
struct WaitingPage {
    f: Frame,
    realname: bool,
    head: &'static str,
    lead: String,
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
/// [`PageFault::SignIn`], [`PageFault::NoCertificate`], [`PageFault::TooMany`].
pub async fn open(State(app): State<App>, posted: Posted) -> Result<Response, PageFault> {
    let kind = match posted.fields.text("kind") {
        "real_name" => return open_kind(&app, posted.visitor, TaskKind::RealNameLegal, None).await,
        "view" => TaskKind::CertificateView,
        "download" => TaskKind::CertificateDownload,
        _ => return Err(PageFault::TaskOver),
    };
    let (_, account) = posted.visitor.signed_in()?;
    let identifier = posted.fields.text("certificate");
    let record = app.certificates.record_of(&account, identifier).await?;
    let mut purpose = String::new();
    if kind == TaskKind::CertificateDownload {
        if !is_downloadable(&record, today(&app)?) {
            return Err(PageFault::NoCertificate);
        }
        purpose = posted.fields.text("purpose").trim().to_owned();
        let fits = (1..=MOST_PURPOSE).contains(&purpose.chars().count());
        if !fits || purpose.chars().any(char::is_control) {
            return ask_again(&posted.visitor, posted.fields, &record);
        }
    }
    let object = TaskObject {
        certificate: record.id.to_string(),
        name: record.name,
    };
    let asked = Some(Asked { object, purpose });
    open_kind(&app, posted.visitor, kind, asked).await
}

/// Opens a task for the account of the session and goes to its page. A real-name task belongs to
/// the account that was just registered here, every other to the one that is signed in.
///
/// # Errors
/// As [`open`].
pub async fn open_kind(
    app: &App,
    visitor: Visitor,
    kind: TaskKind,
    asked: Option<Asked>,
) -> Result<Response, PageFault> {
    let session = visitor.session.clone().ok_or(PageFault::SignIn)?;
    let account = if kind.opens_certificates() {
        visitor.signed_in()?.1
    } else {
        let pending = session.pending.ok_or(PageFault::SignIn)?;
        app.accounts.by_id(pending).await?
    };
    let representative = app
        .registers
        .legal_representative(&account.name)
        .await?
        .ok_or(PageFault::TaskOver)?;
    let (objects, purpose) = match asked {
        Some(asked) => (vec![asked.object], asked.purpose),
        None => (Vec::new(), String::new()),
    };
    let new = NewTask {
        kind,
        account: account.id,
        session: session.digest,
        account_label: account.organisation.clone(),
        account_number_masked: masked_number(&account.name),
        subject_label: masked_name(&representative.name),
        subject_document_masked: masked_number(&representative.document_number),
        subject_document: representative.document_number,
        objects,
        purpose,
        mobile_masked: account.masked_mobile(),
        pc: visitor.pc.clone(),
    };
    let task = app.tasks.open(new).await?;
    Ok(visitor.go(&format!("/pc/tasks/{task}")))
}

/// The page of a task of this session.
///
/// # Errors
/// [`PageFault::TaskOver`] for other sessions and used approvals.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(task): Path<String>,
) -> Result<Response, PageFault> {
    let id = TaskId::parse(&task).map_err(|_| PageFault::TaskOver)?;
    let session = visitor.session.clone().ok_or(PageFault::TaskOver)?;
    let view = app.tasks.view(id, session.digest).await?;
    if view.state == TaskState::Closed {
        return Err(PageFault::TaskOver);
    }
    let account = app.accounts.by_id(view.account).await?;
    let t = visitor.texts();
    let realname = !view.kind.opens_certificates();
    let card = Card::of(&view, &account, t, session.form_token(), false)?;
    let app_code = format!("{}/app", app.settings.origin);
    let small = code_picture::draw(&app_code)?;
    visitor.page(&WaitingPage {
        f: visitor.frame(if realname { "" } else { "certificates" }),
        realname,
        head: if realname {
            t.wait_title_realname
        } else {
            t.wait_title_certificate
        },
        lead: if realname {
            t.wait_text_realname.to_owned()
        } else {
            lead(&card, &account, t)
        },
        card_state: card.shown_as(),
        card: card.render().map_err(PageFault::internal)?,
        task: id,
        app_code,
        app_side: small.side,
        app_path: small.path,
    })
}

fn lead(card: &Card, account: &Account, t: &crate::texts::Texts) -> String {
    format!(
        "{}　{}{}",
        card.subtitle,
        t.must_be,
        account.masked_person()
    )
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
    Ok(visitor.go("/login"))
}

fn masked_name(name: &str) -> String {
    PersonName::parse(name).map_or_else(|_| "*".to_owned(), |name| name.masked())
}
