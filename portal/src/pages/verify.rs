//! 查验: what somebody sees who scans the code on a phone that shows a certificate (certificates.md
//! 3.4), or on a copy that was handed out. Nobody has to be signed in.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use quanshengshi_certificate::record::calendar::Date;
use quanshengshi_certificate::record::{CertificateRecord, HolderCodeType};
use quanshengshi_protocol::ids::VerificationId;
use quanshengshi_rules::person_name::PersonName;

use crate::packages::verification::{ShownBy, Verified};
use crate::pages::certificates::{status_words, today};
use crate::pages::devices::minute;
use crate::pages::fault::PageFault;
use crate::pages::frame::Frame;
use crate::pages::visitor::Visitor;
use crate::server::App;
use crate::texts::devices::DeviceTexts;

struct Facts {
    name: String,
    holder: String,
    issuer: String,
    validity: String,
    status: String,
    holds: bool,
    as_of: String,
    carrier: Carrier,
}

/// What the page says of the thing that carries the code.
enum Carrier {
    Phone {
        first: String,
        again: bool,
        ends: String,
    },
    Copy {
        number: String,
        purpose: String,
        made: String,
        until: String,
        over: bool,
    },
}

#[derive(Template)]
#[template(path = "verify.html")]
struct VerifyPage {
    f: Frame,
    w: &'static DeviceTexts,
    facts: Option<Facts>,
}

/// The page of this room.
pub fn routes() -> Router<App> {
    Router::new().route("/verify/{code}", get(show))
}

/// What a code shows. Unknown, malformed and expired codes are one answer (A6).
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response, PageFault> {
    let code = VerificationId::parse(&code).ok();
    let network = visitor.pc.network.clone();
    let found = app.tasks.open_verification(code, network).await?;
    let w = DeviceTexts::of(visitor.preferences.language);
    let facts = match &found {
        Some(found) => Some(facts(&app, &visitor, found, w)?),
        None => None,
    };
    let gone = facts.is_none();
    let page = VerifyPage {
        f: visitor.frame(""),
        w,
        facts,
    };
    let mut response = visitor.page(&page)?;
    if gone {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    Ok(response)
}

fn facts(
    app: &App,
    visitor: &Visitor,
    found: &Verified,
    w: &'static DeviceTexts,
) -> Result<Facts, PageFault> {
    let day = today(app)?;
    let record = &found.record;
    let to = match record.validity.to {
        Some(to) => to.to_string(),
        None => w.long_term.to_owned(),
    };
    Ok(Facts {
        name: record.name.clone(),
        holder: masked_holders(record),
        issuer: record.issuer.name.clone(),
        validity: format!("{} {} {to}", record.validity.from, w.to),
        status: status_words(record, day, visitor.preferences.language),
        holds: record.status.state.holds() && record.validity.covers(day),
        as_of: minute(found.as_of_ms),
        carrier: carrier(found, day, w),
    })
}

fn carrier(found: &Verified, today: Date, w: &'static DeviceTexts) -> Carrier {
    match &found.shown_by {
        ShownBy::Phone {
            first_opened_at_ms,
            ends_at_ms,
        } => Carrier::Phone {
            first: minute(*first_opened_at_ms),
            again: *first_opened_at_ms < found.as_of_ms,
            ends: minute(*ends_at_ms),
        },
        ShownBy::Copy(copy) => Carrier::Copy {
            number: copy.number.clone(),
            purpose: copy.purpose.clone(),
            made: minute(copy.made_at_ms),
            until: copy
                .valid_to
                .map_or_else(|| w.copy_no_end.to_owned(), |day| day.to_string()),
            over: copy.valid_to.is_some_and(|day| day < today),
        },
    }
}

/// The holders: people masked, enterprises by their public name.
fn masked_holders(record: &CertificateRecord) -> String {
    let names: Vec<String> = record
        .holders
        .iter()
        .map(|holder| match holder.code_type {
            HolderCodeType::CreditCode => holder.name.clone(),
            HolderCodeType::CitizenId | HolderCodeType::Other { .. } => {
                PersonName::parse(&holder.name)
                    .map_or_else(|_| "*".to_owned(), |name| name.masked())
            }
        })
        .collect();
    names.join("、")
}
