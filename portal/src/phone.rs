//! The interface the phone speaks to: `/v1`, the table of [`quanshengshi_protocol::wire`].
//!
//! Nothing is decided here: bytes become statements, the desk answers, answers become bytes.
//! Everything but a nonce is signed by a device; every request may be sent again with the same
//! bytes and gets the same answer.

pub mod range;
pub mod reply;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::post;
use quanshengshi_protocol::ids::{Digest, EvidenceId, TaskId};
use quanshengshi_protocol::refusal::RefusalCode;

use crate::devices::refusal::Fault;
use crate::phone::range::{FILE_HEADERS, file_response};
use crate::phone::reply::{Denied, answer, bytes, statement};
use crate::tasks::desk::TaskDesk;

/// The most bytes of evidence: pictures of 1 MB, every frame's digest, and room.
pub const MOST_EVIDENCE_BYTES: usize = 1_300_000;
/// The most bytes of any other request.
pub const MOST_REQUEST_BYTES: usize = 65_536;
/// The header that names a submission.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

type Desk = State<Arc<TaskDesk>>;
type Answer = Result<Response, Denied>;

/// The phone's interface over a desk.
pub fn router(desk: Arc<TaskDesk>) -> Router {
    Router::new()
        .route("/v1/nonces", post(nonces))
        .route("/v1/devices", post(devices))
        .route("/v1/devices/attest", post(devices_attest))
        .route("/v1/devices/list", post(devices_list))
        .route("/v1/devices/leave", post(devices_leave))
        .route("/v1/devices/revoke", post(devices_revoke))
        .route("/v1/claims", post(claims))
        .route("/v1/typed", post(typed))
        .route("/v1/tasks/{task}/consent", post(consent))
        .route("/v1/tasks/{task}/variant", post(variant))
        .route("/v1/tasks/{task}/evidence", post(evidence))
        .route("/v1/tasks/{task}/state", post(state))
        .route("/v1/tasks/{task}/package", post(package))
        .route("/v1/tasks/{task}/files/{digest}", post(files))
        .route("/v1/status", post(status))
        .route("/v1/seals", post(seals))
        .route("/v1/verification", post(verification))
        .with_state(desk)
}

async fn nonces(State(desk): Desk) -> Answer {
    answer(&desk.make_nonce()?)
}

async fn devices(State(desk): Desk, request: Request) -> Answer {
    answer(&desk.enrol(statement(request).await?).await?)
}

async fn devices_attest(State(desk): Desk, request: Request) -> Answer {
    answer(&desk.attest(statement(request).await?).await?)
}

async fn devices_list(State(desk): Desk, request: Request) -> Answer {
    answer(&desk.devices_beside(statement(request).await?).await?)
}

async fn devices_leave(State(desk): Desk, request: Request) -> Answer {
    answer(&desk.leave(statement(request).await?).await?)
}

async fn devices_revoke(State(desk): Desk, request: Request) -> Answer {
    answer(&desk.revoke_beside(statement(request).await?).await?)
}

async fn claims(State(desk): Desk, request: Request) -> Answer {
    answer(&desk.claim(statement(request).await?).await?)
}

async fn typed(State(desk): Desk, request: Request) -> Answer {
    answer(&desk.typed(statement(request).await?).await?)
}

async fn consent(State(desk): Desk, Path(task): Path<String>, request: Request) -> Answer {
    let signed = statement(request).await?;
    answer(&desk.consent(task_id(&task)?, signed).await?)
}

async fn variant(State(desk): Desk, Path(task): Path<String>, request: Request) -> Answer {
    let signed = statement(request).await?;
    answer(&desk.change_variant(task_id(&task)?, signed).await?)
}

async fn evidence(State(desk): Desk, Path(task): Path<String>, request: Request) -> Answer {
    let task = task_id(&task)?;
    let key = evidence_id(request.headers())?;
    let body = bytes(request, MOST_EVIDENCE_BYTES).await?;
    answer(&desk.submit(task, key, &body).await?)
}

async fn state(State(desk): Desk, Path(task): Path<String>, request: Request) -> Answer {
    let signed = statement(request).await?;
    answer(&desk.state(task_id(&task)?, signed).await?)
}

async fn package(State(desk): Desk, Path(task): Path<String>, request: Request) -> Answer {
    let signed = statement(request).await?;
    answer(&desk.package(task_id(&task)?, signed).await?)
}

async fn files(
    State(desk): Desk,
    Path((task, digest)): Path<(String, String)>,
    request: Request,
) -> Answer {
    let [range, if_range] = FILE_HEADERS.map(|name| {
        let value = request.headers().get(name)?;
        value.to_str().ok().map(str::to_owned)
    });
    let signed = statement(request).await?;
    let digest = Digest::parse(&digest).map_err(|_| Fault::from(RefusalCode::CertNotFound))?;
    let file = desk.file(task_id(&task)?, digest, signed).await?;
    file_response(file, range.as_deref(), if_range.as_deref())
}

async fn status(State(desk): Desk, request: Request) -> Answer {
    answer(&desk.status(statement(request).await?).await?)
}

async fn seals(State(desk): Desk) -> Answer {
    answer(&desk.seals()?)
}

async fn verification(State(desk): Desk, request: Request) -> Answer {
    answer(&desk.make_verification(statement(request).await?).await?)
}

/// A name that is no task's is answered like a task that does not exist.
fn task_id(text: &str) -> Result<TaskId, Fault> {
    TaskId::parse(text).map_err(|_| RefusalCode::TaskUnknown.into())
}

fn evidence_id(headers: &HeaderMap) -> Result<EvidenceId, Fault> {
    let key = headers.get(IDEMPOTENCY_KEY);
    let key = key.and_then(|key| key.to_str().ok());
    key.and_then(|key| EvidenceId::parse(key).ok())
        .ok_or_else(|| RefusalCode::RequestMalformed.into())
}

#[cfg(test)]
pub(crate) mod tests;
