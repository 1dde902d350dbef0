//! What an approval opens: certificates on the screen, or their copies as files (US-05).

pub mod file;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use quanshengshi_certificate::record::CertificateRecord;
use quanshengshi_certificate::record::calendar::Moment;
use quanshengshi_protocol::ids::{Digest, TaskId};
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::{TaskKind, TaskObject};

use crate::certificates::copies::{MAKER, last_day, picture_size};
use crate::certificates::tickets::Grant;
use crate::pages::certificates::{status_words, today};
use crate::pages::fault::PageFault;
use crate::pages::frame::Frame;
use crate::pages::posted::Posted;
use crate::pages::visitor::Visitor;
use crate::server::App;
use crate::texts::certificates::CertificateTexts;

/// The routes of this room.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/pc/certificates/{certificate}/ticket", post(ticket))
        .route("/pc/files/{ticket}", get(file::file))
        .route("/space/copies/{ticket}", get(show))
        .route("/space/copies/{ticket}/page.png", get(file::picture))
        .route("/space/tasks/{task}/copies", get(several))
}

#[derive(Template)]
#[template(path = "copy.html")]
struct CopyPage {
    f: Frame,
    w: &'static CertificateTexts,
    record: CertificateRecord,
    validity: String,
    status: String,
    purpose: String,
    asked_by: String,
    made_at: String,
    /// The seal's name.
    seal: Option<String>,
    maker: &'static str,
    until: String,
    number: String,
    ticket: String,
    /// Width and height of the picture, in pixels.
    paper: (f32, f32),
    download: bool,
    left_s: u64,
}

/// One of several copies.
struct Line {
    name: String,
    number: String,
    ticket: String,
}

#[derive(Template)]
#[template(path = "copies.html")]
struct CopiesPage {
    f: Frame,
    w: &'static CertificateTexts,
    lines: Vec<Line>,
}

/// Turns an approved task into its tickets, one a certificate, under a new session secret
/// (attack A5).
///
/// # Errors
/// [`PageFault::TaskOver`] unless the task is approved, of this session and this account.
pub async fn ticket(
    State(app): State<App>,
    Path(certificate): Path<String>,
    posted: Posted,
) -> Result<Response, PageFault> {
    let (old, account) = posted.visitor.signed_in()?;
    let id = TaskId::parse(posted.fields.text("task")).map_err(|_| PageFault::TaskOver)?;
    let task = app.tasks.view(id, old.digest).await?;
    let asked = task
        .objects
        .iter()
        .any(|object| object.certificate == certificate);
    if task.state != TaskState::Approved || !asked || task.account != account.id {
        return Err(PageFault::TaskOver);
    }
    let mut visitor = posted.visitor;
    let session = app.sessions.rotate(&old, Some(account.id), None).await?;
    visitor.set_session(session.clone());
    app.tasks.rebind(id, old.digest, session.digest).await?;
    app.tasks.close_approved(id, session.digest).await?;
    let whole = Grant {
        task: id,
        certificate: String::new(),
        account: account.id,
        purpose: task.purpose,
        download: task.kind == TaskKind::CertificateDownload,
    };
    let tickets = issue_each(&app, whole, task.objects, session.digest).await?;
    Ok(match tickets.as_slice() {
        [only] => visitor.go(&format!("/space/copies/{only}")),
        _ => visitor.go(&format!("/space/tasks/{id}/copies")),
    })
}

/// A ticket for each certificate of an approval; the grant names everything but the certificate.
///
/// # Errors
/// [`PageFault::Internal`].
pub(super) async fn issue_each(
    app: &App,
    whole: Grant,
    objects: Vec<TaskObject>,
    session: Digest,
) -> Result<Vec<String>, PageFault> {
    let mut tickets = Vec::with_capacity(objects.len());
    for object in objects {
        let grant = Grant {
            certificate: object.certificate,
            ..whole.clone()
        };
        tickets.push(app.tickets.issue(grant, session).await?);
    }
    Ok(tickets)
}

/// The copies of one approval, when it was for several certificates.
///
/// # Errors
/// [`PageFault::TicketExpired`] after five minutes and for other sessions.
pub async fn several(
    State(app): State<App>,
    visitor: Visitor,
    Path(task): Path<String>,
) -> Result<Response, PageFault> {
    let (session, account) = visitor.signed_in()?;
    let id = TaskId::parse(&task).map_err(|_| PageFault::TicketExpired)?;
    let tickets = app.tickets.of_task(id, session.digest).await?;
    let mut lines = Vec::with_capacity(tickets.len());
    for (ticket, open) in tickets {
        let record = app
            .certificates
            .record_of(&account, &open.grant.certificate)
            .await?;
        lines.push(Line {
            name: record.name,
            number: record.number,
            ticket,
        });
    }
    visitor.page(&CopiesPage {
        f: visitor.frame("certificates"),
        w: CertificateTexts::of(visitor.preferences.language),
        lines,
    })
}

/// A certificate on the screen, and the link to the file when one may be taken.
///
/// # Errors
/// [`PageFault::TicketExpired`] after five minutes and for other sessions.
pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(ticket): Path<String>,
) -> Result<Response, PageFault> {
    let (session, account) = visitor.signed_in()?;
    let open = app.tickets.open(&ticket, session.digest).await?;
    let record = app
        .certificates
        .record_of(&account, &open.grant.certificate)
        .await?;
    let language = visitor.preferences.language;
    let w = CertificateTexts::of(language);
    let made_at = Moment::from_unix_seconds(open.made_at_ms / 1000).map_err(PageFault::internal)?;
    visitor.page(&CopyPage {
        f: visitor.frame("certificates"),
        w,
        validity: match record.validity.to {
            Some(to) => format!("{}至{}", record.validity.from.on_face(), to.on_face()),
            None => "长期".to_owned(),
        },
        status: status_words(&record, today(&app)?, language),
        purpose: if open.grant.download {
            open.grant.purpose.clone()
        } else {
            w.purpose_view.to_owned()
        },
        asked_by: account.masked_person(),
        made_at: made_at.on_face(),
        seal: app.certificates.seals().map(|seal| seal.name().to_owned()),
        maker: MAKER,
        until: last_day(open.made_at_ms)?.to_string(),
        left_s: open.left_ms(app.clock.now_ms()) / 1000,
        number: open.number,
        download: open.grant.download,
        paper: picture_size(&record),
        record,
        ticket,
    })
}
