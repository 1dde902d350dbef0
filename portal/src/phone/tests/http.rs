//! Requests to the interface without a network, and what comes back.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::wire::RefusalAnswer;
use serde::de::DeserializeOwned;
use tower::ServiceExt as _;

/// What came back over HTTP.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Reply {
    pub(super) fn read<A: DeserializeOwned>(&self) -> Result<A, RefusalAnswer> {
        if self.status.is_success() {
            Ok(serde_json::from_slice(&self.body).expect("the answer of the table"))
        } else {
            Err(serde_json::from_slice(&self.body).expect("a refusal"))
        }
    }
}

pub(super) fn code_of<A: std::fmt::Debug>(answer: Result<A, RefusalAnswer>) -> RefusalCode {
    let refusal = answer.expect_err("a refusal");
    refusal.refusal().expect("a code of the table")
}

pub(super) async fn post(
    router: &Router,
    path: &str,
    body: Vec<u8>,
    headers: &[(&str, &str)],
) -> Reply {
    let mut request = Request::post(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body)).unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    Reply {
        status: parts.status,
        headers: parts.headers,
        body: to_bytes(body, 8 << 20).await.unwrap().to_vec(),
    }
}
