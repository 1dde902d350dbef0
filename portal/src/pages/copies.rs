//! What an approval opens: the certificate on the screen, or its copy as a file (US-05).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use quanshengshi_certificate::record::CertificateRecord;
use quanshengshi_protocol::ids::TaskId;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::TaskKind;

use crate::certificates::copies::{CopyFor, last_day};
use crate::certificates::tickets::Grant;
use crate::pages::certificates::{status_words, today, validity_words};
use crate::pages::fault::PageFault;
use crate::pages::frame::Frame;
use crate::pages::posted::Posted;
use crate::pages::visitor::Visitor;
use crate::server::App;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "copy.html")]
struct CopyPage {
    f: Frame,
    record: CertificateRecord,
    validity: String,
    status: String,
    purpose: String,
    asked_by: String,
    until: String,
    number: String,
    mark_1: String,
    mark_2: String,
    ticket: String,
    download: bool,
}

/// Turns an approved task into a ticket, under a new session secret (attack A5).
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
    let grant = Grant {
        task: id,
        certificate,
        account: account.id,
        purpose: task.purpose,
        download: task.kind == TaskKind::CertificateDownload,
    };
    let ticket = app.tickets.issue(grant, session.digest).await?;
    Ok(visitor.go(&format!("/space/copies/{ticket}")))
}

/// The certificate on the screen, and the link to the file when one may be taken.
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
    let until = last_day(open.made_at_ms)?.to_string();
    let day = today(&app)?;
    let asked_by = account.masked_person();
    let (mark_1, mark_2) = if open.grant.download {
        (
            format!("仅限{}使用 · {asked_by}", open.grant.purpose),
            format!("{day} · 至 {until} · 第 {} 号", open.number),
        )
    } else {
        (
            format!("仅供查看 · {asked_by}"),
            format!("{day} · 第 {} 号", open.number),
        )
    };
    visitor.page(&CopyPage {
        f: visitor.frame("certificates"),
        validity: match record.validity.to {
            Some(to) => format!("{}至{}", record.validity.from.on_face(), to.on_face()),
            None => validity_words(
                &record,
                Texts::of(quanshengshi_rules::language::Language::Zh),
            ),
        },
        status: status_words(&record, day, language),
        record,
        purpose: if open.grant.download {
            open.grant.purpose
        } else {
            visitor.texts().purpose_view.to_owned()
        },
        asked_by,
        until,
        number: open.number,
        mark_1,
        mark_2,
        ticket,
        download: open.grant.download,
    })
}

/// The file, once. The copy is written before the ticket is used up: a fault costs nothing.
///
/// # Errors
/// [`PageFault::TicketUsed`], [`PageFault::TicketExpired`].
pub async fn file(
    State(app): State<App>,
    visitor: Visitor,
    Path(ticket): Path<String>,
) -> Result<Response, PageFault> {
    let (session, account) = visitor.signed_in()?;
    let open = app.tickets.open(&ticket, session.digest).await?;
    if !open.grant.download {
        return Err(PageFault::TicketExpired);
    }
    let record = app
        .certificates
        .record_of(&account, &open.grant.certificate)
        .await?;
    let copy = CopyFor::Use {
        purpose: open.grant.purpose,
        asked_by: account.masked_person(),
        number: open.number,
    };
    let bytes = app
        .certificates
        .copy_for(&record, copy, open.made_at_ms)
        .await?;
    app.tickets.spend(&ticket, session.digest).await?;
    let name = record.id.serial();
    Ok((
        [
            (header::CONTENT_TYPE, "application/ofd".to_owned()),
            (
                header::CONTENT_DISPOSITION,
                format!("attachment; filename=\"{name}.ofd\""),
            ),
        ],
        bytes,
    )
        .into_response())
}
