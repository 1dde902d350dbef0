//! Bodies in and out: bounded reading, JSON answers, refusals with a fitting status.

use std::io::Write as _;

use axum::body::{Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::wire::RefusalAnswer;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::devices::refusal::{Fault, Refusal};
use crate::phone::MOST_REQUEST_BYTES;

/// When to try again after a fault of the portal itself, milliseconds.
const FAULT_RETRY_MS: u64 = 2_000;

/// A refusal on its way out.
#[derive(Debug)]
pub struct Denied {
    status: StatusCode,
    answer: RefusalAnswer,
}

impl Denied {
    fn new(status: StatusCode, refusal: Refusal) -> Self {
        Self {
            status,
            answer: RefusalAnswer {
                retry_after_ms: refusal.retry_after_ms,
                ..RefusalAnswer::new(refusal.code)
            },
        }
    }
}

impl From<Fault> for Denied {
    /// What the protocol does not know is a fault of the portal: the phone may try again, the
    /// cause goes to the log of the process, nothing of it to the phone.
    fn from(fault: Fault) -> Self {
        if let Fault::Refused(refusal) = fault {
            return Self::new(status_of(refusal.code), refusal);
        }
        let cause = std::error::Error::source(&fault).map(ToString::to_string);
        let line = format!("phone: {fault}: {}\n", cause.unwrap_or_default());
        // A log that cannot be written must not stop an answer.
        let _ = std::io::stderr().write_all(line.as_bytes());
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            Refusal {
                code: RefusalCode::ServerBusy,
                retry_after_ms: Some(FAULT_RETRY_MS),
            },
        )
    }
}

impl IntoResponse for Denied {
    fn into_response(self) -> Response {
        let mut response = json(&self.answer);
        *response.status_mut() = self.status;
        if let Some(after_ms) = self.answer.retry_after_ms {
            let seconds = HeaderValue::from(after_ms.div_ceil(1000));
            response.headers_mut().insert(RETRY_AFTER, seconds);
        }
        response
    }
}

/// The HTTP status of a refusal.
fn status_of(code: RefusalCode) -> StatusCode {
    use RefusalCode as Code;
    match code {
        Code::RequestMalformed | Code::EvidenceMalformed => StatusCode::BAD_REQUEST,
        Code::DeviceUnknown => StatusCode::UNAUTHORIZED,
        Code::EvidenceSignature
        | Code::DeviceRevoked
        | Code::DeviceUntrusted
        | Code::ConsentRequired => StatusCode::FORBIDDEN,
        Code::TaskUnknown | Code::CertNotFound => StatusCode::NOT_FOUND,
        Code::QrExpired | Code::TaskExpired | Code::TaskCancelled | Code::TaskRejected => {
            StatusCode::GONE
        }
        Code::DeviceLimit | Code::SubjectLimit => StatusCode::TOO_MANY_REQUESTS,
        Code::ServerBusy => StatusCode::SERVICE_UNAVAILABLE,
        Code::AppTooOld => StatusCode::UPGRADE_REQUIRED,
        _ => StatusCode::CONFLICT,
    }
}

/// The body of a request, up to a number of bytes.
///
/// # Errors
/// `REQUEST_MALFORMED` when it is longer or breaks off.
pub async fn bytes(request: Request, most: usize) -> Result<Bytes, Denied> {
    to_bytes(request.into_body(), most).await.map_err(|_| {
        Denied::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            RefusalCode::RequestMalformed.into(),
        )
    })
}

/// The signed statement in the body of a request, not yet verified.
///
/// # Errors
/// `REQUEST_MALFORMED`.
pub async fn statement<S: DeserializeOwned>(request: Request) -> Result<S, Denied> {
    let body = bytes(request, MOST_REQUEST_BYTES).await?;
    serde_json::from_slice(&body).map_err(|_| Fault::from(RefusalCode::RequestMalformed).into())
}

/// An answer as JSON.
///
/// # Errors
/// None; the type lets handlers end with it.
pub fn answer<A: Serialize>(value: &A) -> Result<Response, Denied> {
    Ok(json(value))
}

fn json<A: Serialize>(value: &A) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => (
            [
                (CONTENT_TYPE, HeaderValue::from_static("application/json")),
                (CACHE_CONTROL, HeaderValue::from_static("no-store")),
            ],
            body,
        )
            .into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
