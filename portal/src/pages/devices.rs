//! 我的手机: the phones that acted for the account, and how to disable one (requirement US-07).

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use quanshengshi_certificate::record::calendar::Moment;
use quanshengshi_protocol::enrolment::Platform;
use quanshengshi_protocol::ids::DeviceId;

use crate::accounts::AccountId;
use crate::devices::uses::DeviceUse;
use crate::pages::fault::PageFault;
use crate::pages::frame::Frame;
use crate::pages::posted::Posted;
use crate::pages::visitor::Visitor;
use crate::server::App;
use crate::texts::devices::DeviceTexts;

/// Characters of a device's name that tell two phones of one kind apart.
const SHORT: usize = 6;

struct Row {
    id: String,
    short: String,
    name: &'static str,
    version: String,
    first: String,
    last: String,
    in_use: bool,
}

#[derive(Template)]
#[template(path = "devices.html")]
struct DevicesPage {
    f: Frame,
    w: &'static DeviceTexts,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "device_revoke.html")]
struct RevokePage {
    f: Frame,
    w: &'static DeviceTexts,
    row: Row,
}

/// The pages of this room.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/space/devices", get(list))
        .route("/space/devices/{device}/revoke", get(ask).post(revoke))
}

async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, PageFault> {
    let (_, account) = visitor.signed_in()?;
    let w = DeviceTexts::of(visitor.preferences.language);
    let uses = app.tasks.devices_of(account.id).await?;
    visitor.page(&DevicesPage {
        f: visitor.frame("devices"),
        w,
        rows: uses.iter().map(|found| row(found, w)).collect(),
    })
}

/// The question before a phone is disabled, on a page of its own: it cannot be undone.
async fn ask(
    State(app): State<App>,
    visitor: Visitor,
    Path(device): Path<String>,
) -> Result<Response, PageFault> {
    let (_, account) = visitor.signed_in()?;
    let w = DeviceTexts::of(visitor.preferences.language);
    let found = one(&app, account.id, &device).await?;
    if found.revoked_at_ms.is_some() {
        return Ok(visitor.go("/space/devices"));
    }
    visitor.page(&RevokePage {
        f: visitor.frame("devices"),
        w,
        row: row(&found, w),
    })
}

async fn revoke(
    State(app): State<App>,
    Path(device): Path<String>,
    posted: Posted,
) -> Result<Response, PageFault> {
    let (_, account) = posted.visitor.signed_in()?;
    let found = one(&app, account.id, &device).await?;
    // Twice is the same as once: the list says that it is disabled.
    app.tasks.revoke_for(account.id, found.device).await?;
    Ok(posted.visitor.go("/space/devices"))
}

/// A device of this account; every other one is no page, whether it exists or not.
async fn one(app: &App, account: AccountId, device: &str) -> Result<DeviceUse, PageFault> {
    let id = DeviceId::parse(device).map_err(|_| PageFault::NotFound)?;
    let uses = app.tasks.devices_of(account).await?;
    let found = uses.into_iter().find(|found| found.device == id);
    found.ok_or(PageFault::NotFound)
}

/// A kind of phone in words.
pub fn platform_words(platform: Platform, w: &'static DeviceTexts) -> &'static str {
    match platform {
        Platform::Android => w.android,
        Platform::Ios => w.ios,
        Platform::Desktop => w.desktop,
    }
}

/// A time to the minute, in Beijing.
pub fn minute(ms: u64) -> String {
    Moment::from_unix_seconds(ms / 1000).map_or_else(|_| "-".to_owned(), Moment::on_face)
}

fn row(found: &DeviceUse, w: &'static DeviceTexts) -> Row {
    let id = found.device.to_string();
    Row {
        short: id.chars().take(SHORT).collect(),
        id,
        name: platform_words(found.platform, w),
        version: found.app_version.clone(),
        first: minute(found.first_at_ms),
        last: minute(found.last_at_ms),
        in_use: found.revoked_at_ms.is_none(),
    }
}
