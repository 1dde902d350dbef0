//! Asking for certificates: one or several, to view or to download (requirement US-03).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use quanshengshi_certificate::record::CertificateRecord;
use quanshengshi_protocol::transaction::{MOST_OBJECTS, TaskKind, TaskObject};
use quanshengshi_rules::complaint::code::Code;

use crate::accounts::Account;
use crate::pages::certificates::filter::Filter;
use crate::pages::certificates::{is_downloadable, list_page, today};
use crate::pages::fault::PageFault;
use crate::pages::form::FormState;
use crate::pages::frame::Frame;
use crate::pages::posted::{Fields, Posted};
use crate::pages::visitor::Visitor;
use crate::pages::waiting::{self, Asked};
use crate::server::App;
use crate::texts::certificates::CertificateTexts;

/// The most characters of a purpose.
const MOST_PURPOSE: usize = 20;

#[derive(Template)]
#[template(path = "ask_download.html")]
struct AskDownload {
    f: Frame,
    w: &'static CertificateTexts,
    form: FormState,
    asked: Vec<(String, String, String)>,
}

/// The question what a copy of one certificate is for.
///
/// # Errors
/// [`PageFault::NoCertificate`] for another account's, [`PageFault::ViewOnly`] for one that is
/// void.
pub async fn ask_one(
    State(app): State<App>,
    visitor: Visitor,
    Path(identifier): Path<String>,
) -> Result<Response, PageFault> {
    let (_, account) = visitor.signed_in()?;
    let record = app.certificates.record_of(&account, &identifier).await?;
    if !is_downloadable(&record, today(&app)?) {
        return Err(PageFault::ViewOnly);
    }
    purpose_page(&visitor, first_form(&visitor), &[record])
}

/// The certificates that were chosen in the list: goes on to the page with the code, or to the
/// question what the copies are for.
///
/// # Errors
/// As [`open`]; what is wrong with the choice stands on the list.
pub async fn ask_chosen(State(app): State<App>, posted: Posted) -> Result<Response, PageFault> {
    let (_, account) = posted.visitor.signed_in()?;
    let (visitor, fields) = (posted.visitor, posted.fields);
    let language = visitor.preferences.language;
    let records = chosen(&app, &account, &fields).await?;
    let wrong = if records.is_empty() {
        Some(Code::TaskEmpty.text(language).to_owned())
    } else if records.len() > MOST_OBJECTS {
        Some(CertificateTexts::of(language).too_many.to_owned())
    } else if fields.says("act", "view") {
        return open_task(
            &app,
            visitor,
            TaskKind::CertificateView,
            records,
            String::new(),
        )
        .await;
    } else {
        let today = today(&app)?;
        let void = records
            .iter()
            .filter(|record| !is_downloadable(record, today));
        let names: Vec<&str> = void.map(|record| record.name.as_str()).collect();
        (!names.is_empty()).then(|| {
            let w = CertificateTexts::of(language);
            format!("{}{}", w.not_downloadable, names.join("、"))
        })
    };
    match wrong {
        None => purpose_page(&visitor, first_form(&visitor), &records),
        Some(text) => {
            let filter = Filter::of(&fields);
            let mut form = FormState::new(fields);
            form.fault("chosen", text);
            list_page(&app, &visitor, filter, form).await
        }
    }
}

/// Opens the task of a form that names certificates, and a purpose for a download (M1).
///
/// # Errors
/// [`PageFault::SignIn`], [`PageFault::NoCertificate`], [`PageFault::ViewOnly`],
/// [`PageFault::TaskOver`] for a form that names none or too many, [`PageFault::TooMany`].
pub async fn open(app: &App, posted: Posted, kind: TaskKind) -> Result<Response, PageFault> {
    let (_, account) = posted.visitor.signed_in()?;
    let records = chosen(app, &account, &posted.fields).await?;
    if !(1..=MOST_OBJECTS).contains(&records.len()) {
        return Err(PageFault::TaskOver);
    }
    let mut purpose = String::new();
    if kind == TaskKind::CertificateDownload {
        let today = today(app)?;
        if records.iter().any(|record| !is_downloadable(record, today)) {
            return Err(PageFault::ViewOnly);
        }
        posted
            .fields
            .text("purpose")
            .trim()
            .clone_into(&mut purpose);
        let fits = (1..=MOST_PURPOSE).contains(&purpose.chars().count());
        if !fits || purpose.chars().any(char::is_control) {
            let text = Code::CertPurposeMissing.text(posted.visitor.preferences.language);
            let mut form = FormState::new(posted.fields);
            form.fault("purpose", text);
            return purpose_page(&posted.visitor, form, &records);
        }
    }
    open_task(app, posted.visitor, kind, records, purpose).await
}

async fn open_task(
    app: &App,
    visitor: Visitor,
    kind: TaskKind,
    records: Vec<CertificateRecord>,
    purpose: String,
) -> Result<Response, PageFault> {
    let objects = records
        .into_iter()
        .map(|record| TaskObject {
            certificate: record.id.to_string(),
            name: record.name,
        })
        .collect();
    waiting::open_certificates(app, visitor, kind, Asked { objects, purpose }).await
}

/// The records a form names, each once, in the order of the page.
async fn chosen(
    app: &App,
    account: &Account,
    fields: &Fields,
) -> Result<Vec<CertificateRecord>, PageFault> {
    let mut records: Vec<CertificateRecord> = Vec::new();
    // One more than allowed is enough to know that there are too many.
    for identifier in fields.all("certificate").iter().take(MOST_OBJECTS + 1) {
        let record = app.certificates.record_of(account, identifier).await?;
        if records.iter().all(|known| known.id != record.id) {
            records.push(record);
        }
    }
    Ok(records)
}

fn first_form(visitor: &Visitor) -> FormState {
    let mut form = FormState::default();
    let w = CertificateTexts::of(visitor.preferences.language);
    form.set("purpose", w.purpose_default);
    form
}

fn purpose_page(
    visitor: &Visitor,
    form: FormState,
    records: &[CertificateRecord],
) -> Result<Response, PageFault> {
    let faulty = form.has_errors();
    let page = AskDownload {
        f: visitor.frame("certificates"),
        w: CertificateTexts::of(visitor.preferences.language),
        form,
        asked: records
            .iter()
            .map(|record| {
                let identifier = record.id.to_string();
                (identifier, record.name.clone(), record.number.clone())
            })
            .collect(),
    };
    if faulty {
        visitor.page_with_faults(&page)
    } else {
        visitor.page(&page)
    }
}
