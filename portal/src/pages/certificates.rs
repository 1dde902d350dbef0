//! 我的证照: what the account's subject holds (requirements US-02, US-03).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use quanshengshi_certificate::record::CertificateRecord;
use quanshengshi_certificate::record::calendar::{Date, Moment};
use quanshengshi_rules::language::Language;

use crate::pages::fault::PageFault;
use crate::pages::form::FormState;
use crate::pages::frame::Frame;
use crate::pages::icons::ICONS;
use crate::pages::posted::Fields;
use crate::pages::visitor::Visitor;
use crate::server::App;
use crate::texts::Texts;

struct Row {
    identifier: String,
    name: String,
    number: String,
    validity: String,
    issuer: String,
    issued: String,
    as_of: String,
    status: String,
    badge: &'static str,
    shade: &'static str,
    icon: &'static str,
    downloadable: bool,
}

#[derive(Template)]
#[template(path = "certificates.html")]
struct List {
    f: Frame,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "ask_download.html")]
struct AskDownload {
    f: Frame,
    form: FormState,
    identifier: String,
    name: String,
}

/// The list.
///
/// # Errors
/// [`PageFault::SignIn`], [`PageFault::Internal`].
pub async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, PageFault> {
    let (_, account) = visitor.signed_in()?;
    let today = today(&app)?;
    let language = visitor.preferences.language;
    let records = app.certificates.held_by(&account).await?;
    let rows = records
        .iter()
        .map(|record| row(record, today, language))
        .collect();
    visitor.page(&List {
        f: visitor.frame("certificates"),
        rows,
    })
}

/// The question what a copy is for.
///
/// # Errors
/// [`PageFault::NoCertificate`] for anything that may not be downloaded by this account.
pub async fn ask_download(
    State(app): State<App>,
    visitor: Visitor,
    Path(identifier): Path<String>,
) -> Result<Response, PageFault> {
    let (_, account) = visitor.signed_in()?;
    let record = app.certificates.record_of(&account, &identifier).await?;
    if !is_downloadable(&record, today(&app)?) {
        return Err(PageFault::NoCertificate);
    }
    let mut form = FormState::default();
    form.set("purpose", visitor.texts().purpose_default);
    purpose_page(&visitor, form, &record)
}

/// The same question again, with a fault at its field.
///
/// # Errors
/// [`PageFault::Internal`].
pub fn ask_again(
    visitor: &Visitor,
    fields: Fields,
    record: &CertificateRecord,
) -> Result<Response, PageFault> {
    let mut form = FormState::new(fields);
    form.fault("purpose", visitor.texts().purpose_missing);
    purpose_page(visitor, form, record)
}

fn purpose_page(
    visitor: &Visitor,
    form: FormState,
    record: &CertificateRecord,
) -> Result<Response, PageFault> {
    let faulty = form.has_errors();
    let page = AskDownload {
        f: visitor.frame("certificates"),
        form,
        identifier: record.id.to_string(),
        name: record.name.clone(),
    };
    if faulty {
        visitor.page_with_faults(&page)
    } else {
        visitor.page(&page)
    }
}

/// Whether copies are still made of a certificate: it holds, and today is within its validity.
pub fn is_downloadable(record: &CertificateRecord, today: Date) -> bool {
    record.status.state.holds() && record.validity.covers(today)
}

/// Today in Beijing.
///
/// # Errors
/// [`PageFault::Internal`] outside the calendar.
pub fn today(app: &App) -> Result<Date, PageFault> {
    Moment::from_unix_seconds(app.clock.now_ms() / 1000)
        .map(Moment::date)
        .map_err(PageFault::internal)
}

/// From when to when a certificate holds, in words.
pub fn validity_words(record: &CertificateRecord, t: &Texts) -> String {
    match record.validity.to {
        Some(day) => format!("{} {day}", t.until),
        None => t.long_term.to_owned(),
    }
}

/// The state of a certificate in words, and whether it may be relied on today.
pub fn status_words(record: &CertificateRecord, today: Date, language: Language) -> String {
    let state = &record.status.state;
    if state.holds() && !record.validity.covers(today) {
        return language.pick("已过期", "expired").to_owned();
    }
    language.pick(state.text_zh(), state.text_en()).to_owned()
}

fn row(record: &CertificateRecord, today: Date, language: Language) -> Row {
    let t = Texts::of(language);
    let downloadable = is_downloadable(record, today);
    Row {
        identifier: record.id.to_string(),
        name: record.name.clone(),
        number: record.number.clone(),
        validity: validity_words(record, t),
        issuer: record.issuer.name.clone(),
        issued: record.issue_date.to_string(),
        as_of: record.status.as_of.on_face(),
        status: status_words(record, today, language),
        badge: if downloadable {
            "badge--ok"
        } else {
            "badge--bad"
        },
        shade: if downloadable { "" } else { " cert-item--bad" },
        icon: if downloadable {
            ICONS.tick
        } else {
            ICONS.barred
        },
        downloadable,
    }
}
