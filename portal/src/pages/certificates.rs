//! 我的证照: what the account's subject holds (requirements US-02, US-03).

pub mod ask;
pub mod filter;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use quanshengshi_certificate::record::CertificateRecord;
use quanshengshi_certificate::record::calendar::{Date, Moment};
use quanshengshi_rules::language::Language;

use crate::accounts::AccountKind;
use crate::certificates::standing::{SOON_DAYS, Standing, URGENT_DAYS};
use crate::pages::certificates::filter::{ByState, Filter};
use crate::pages::fault::PageFault;
use crate::pages::form::FormState;
use crate::pages::frame::Frame;
use crate::pages::icons::ICONS;
use crate::pages::posted::Fields;
use crate::pages::visitor::Visitor;
use crate::server::App;
use crate::texts::certificates::CertificateTexts;

/// The routes of this room.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/space/certificates", get(list))
        .route("/space/certificates/ask", post(ask::ask_chosen))
        .route(
            "/space/certificates/{certificate}/download",
            get(ask::ask_one),
        )
}

struct Row {
    identifier: String,
    name: String,
    number: String,
    until: Option<String>,
    issuer: String,
    issued: String,
    as_of: String,
    status: String,
    badge: &'static str,
    shade: &'static str,
    icon: &'static str,
    downloadable: bool,
    chosen: bool,
    relation: String,
}

/// A state to choose, with how many certificates it shows.
struct Choice {
    word: &'static str,
    label: &'static str,
    count: usize,
    current: bool,
}

#[derive(Template)]
#[template(path = "certificates.html")]
struct List {
    f: Frame,
    w: &'static CertificateTexts,
    form: FormState,
    lead: &'static str,
    filter: Filter,
    choices: Vec<Choice>,
    rows: Vec<Row>,
    none_at_all: bool,
}

/// The list; `state` and `q` choose what it shows.
///
/// # Errors
/// [`PageFault::SignIn`], [`PageFault::Internal`].
pub async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, PageFault> {
    let asked: Fields = asked.into_iter().collect();
    list_page(&app, &visitor, Filter::of(&asked), FormState::default()).await
}

/// The list as a filter shows it, with what is wrong with a choice.
///
/// # Errors
/// [`PageFault::SignIn`], [`PageFault::Internal`].
pub async fn list_page(
    app: &App,
    visitor: &Visitor,
    filter: Filter,
    form: FormState,
) -> Result<Response, PageFault> {
    let (_, account) = visitor.signed_in()?;
    let today = today(app)?;
    let language = visitor.preferences.language;
    let w = CertificateTexts::of(language);
    let records = app.certificates.held_by(&account).await?;
    let rows = records
        .iter()
        .filter(|record| filter.shows(record, today))
        .map(|record| Row {
            chosen: form.chose("certificate", &record.id.to_string()),
            relation: relation(record, &records, w),
            ..row(record, today, language)
        })
        .collect();
    let choices = ByState::ALL.into_iter().map(|state| Choice {
        word: state.word(),
        label: match state {
            ByState::All => w.all,
            ByState::Valid => w.valid,
            ByState::Ending => w.ending,
            ByState::Void => w.void,
        },
        count: filter.count(state, &records, today),
        current: state == filter.state,
    });
    let faulty = form.has_errors();
    let page = List {
        f: visitor.frame("certificates"),
        w,
        form,
        lead: match account.kind {
            AccountKind::Legal => w.lead_legal,
            AccountKind::Personal => w.lead_personal,
        },
        choices: choices.collect(),
        filter,
        rows,
        none_at_all: records.is_empty(),
    };
    if faulty {
        visitor.page_with_faults(&page)
    } else {
        visitor.page(&page)
    }
}

/// Whether copies are still made of a certificate: it holds, and today is within its validity.
pub fn is_downloadable(record: &CertificateRecord, today: Date) -> bool {
    Standing::of(record, today).is_downloadable()
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

/// The state of a certificate in words, and whether it may be relied on today.
pub fn status_words(record: &CertificateRecord, today: Date, language: Language) -> String {
    let w = CertificateTexts::of(language);
    let state = &record.status.state;
    if !state.holds() {
        return language.pick(state.text_zh(), state.text_en()).to_owned();
    }
    match Standing::of(record, today) {
        Standing::Holds => language.pick(state.text_zh(), state.text_en()).to_owned(),
        Standing::Ending(0) => w.last_day.to_owned(),
        Standing::Ending(days) => format!("{days} {}", w.days_left),
        Standing::Void => w.expired.to_owned(),
    }
}

/// Which certificate of the holder took this one's place, or whose place it took.
fn relation(record: &CertificateRecord, all: &[CertificateRecord], w: &CertificateTexts) -> String {
    let later = all
        .iter()
        .find(|other| other.previous.as_ref() == Some(&record.id));
    let earlier = all
        .iter()
        .find(|other| record.previous.as_ref() == Some(&other.id));
    match (later, earlier) {
        (Some(later), _) => format!("{} {}", w.replaced_by, later.number),
        (None, Some(earlier)) => format!("{} {}", w.replaces, earlier.number),
        (None, None) => String::new(),
    }
}

fn row(record: &CertificateRecord, today: Date, language: Language) -> Row {
    let standing = Standing::of(record, today);
    let (badge, shade, icon) = match standing {
        Standing::Holds => ("badge--ok", "", ICONS.tick),
        Standing::Ending(days) if days <= URGENT_DAYS => {
            ("badge--bad", " cert-item--warn", ICONS.clock)
        }
        Standing::Ending(days) if days <= SOON_DAYS => {
            ("badge--warn", " cert-item--warn", ICONS.clock)
        }
        Standing::Ending(_) => ("badge--info", "", ICONS.clock),
        Standing::Void => ("badge--bad", " cert-item--bad", ICONS.barred),
    };
    Row {
        identifier: record.id.to_string(),
        name: record.name.clone(),
        number: record.number.clone(),
        until: record.validity.to.map(|day| day.to_string()),
        issuer: record.issuer.name.clone(),
        issued: record.issue_date.to_string(),
        as_of: record.status.as_of.on_face(),
        status: status_words(record, today, language),
        badge,
        shade,
        icon,
        downloadable: standing.is_downloadable(),
        chosen: false,
        relation: String::new(),
    }
}
