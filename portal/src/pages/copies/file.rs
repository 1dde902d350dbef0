//! The bytes of a copy: the page as a picture while the ticket lives, the file once.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use quanshengshi_certificate::record::CertificateRecord;

use crate::accounts::Account;
use crate::certificates::copies::CopyFor;
use crate::certificates::tickets::OpenTicket;
use crate::pages::certificates::{is_downloadable, today};
use crate::pages::fault::PageFault;
use crate::pages::visitor::Visitor;
use crate::server::App;

/// The page of a certificate under the watermark of its copy, drawn at this moment. Never kept
/// by the browser.
///
/// # Errors
/// [`PageFault::TicketExpired`] after five minutes and for other sessions.
pub async fn picture(
    State(app): State<App>,
    visitor: Visitor,
    Path(ticket): Path<String>,
) -> Result<Response, PageFault> {
    let (open, record, account) = opened(&app, &visitor, &ticket).await?;
    let made_at_ms = open.made_at_ms;
    let copy = copy_of(open, &account);
    let png = app
        .certificates
        .picture_for(&record, copy, made_at_ms)
        .await?;
    let told = [
        (header::CONTENT_TYPE, "image/png"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((told, png).into_response())
}

/// The file, once. The copy is written before the ticket is used up: a fault costs nothing.
///
/// # Errors
/// [`PageFault::TicketUsed`], [`PageFault::TicketExpired`]; [`PageFault::ViewOnly`] when the
/// certificate ceased to hold after the approval.
pub async fn file(
    State(app): State<App>,
    visitor: Visitor,
    Path(ticket): Path<String>,
) -> Result<Response, PageFault> {
    let (open, record, account) = opened(&app, &visitor, &ticket).await?;
    if !open.grant.download {
        return Err(PageFault::TicketExpired);
    }
    if !is_downloadable(&record, today(&app)?) {
        return Err(PageFault::ViewOnly);
    }
    let made_at_ms = open.made_at_ms;
    let copy = copy_of(open, &account);
    let bytes = app.certificates.copy_for(&record, copy, made_at_ms).await?;
    let (session, _) = visitor.signed_in()?;
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

async fn opened(
    app: &App,
    visitor: &Visitor,
    ticket: &str,
) -> Result<(OpenTicket, CertificateRecord, Account), PageFault> {
    let (session, account) = visitor.signed_in()?;
    let open = app.tickets.open(ticket, session.digest).await?;
    let record = app
        .certificates
        .record_of(&account, &open.grant.certificate)
        .await?;
    Ok((open, record, account))
}

fn copy_of(open: OpenTicket, account: &Account) -> CopyFor {
    let (asked_by, number) = (account.masked_person(), open.number);
    if open.grant.download {
        CopyFor::Use {
            purpose: open.grant.purpose,
            asked_by,
            number,
        }
    } else {
        CopyFor::View { asked_by, number }
    }
}
