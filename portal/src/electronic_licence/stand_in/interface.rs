//! The interface of `openapi/electronic-licence.json`.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use ring::digest;
use serde_json::json;

use crate::electronic_licence::LicenceAnswer;
use crate::electronic_licence::http::SIGN_INS;
use crate::electronic_licence::stand_in::StandIn;

pub(super) fn routes(token: Option<&str>) -> Router<StandIn> {
    let expected = token.map(|token| hashed(format!("Bearer {token}").as_bytes()));
    Router::new()
        .route(SIGN_INS, post(begin))
        .route(&format!("{SIGN_INS}/{{id}}"), get(poll))
        .layer(middleware::from_fn(move |request: Request, next: Next| {
            let expected = expected.clone();
            async move {
                let sent = request.headers().get(header::AUTHORIZATION);
                // Digests are compared: how much of the token is right stays unsaid.
                let right = expected.is_none_or(|expected| {
                    sent.is_some_and(|sent| hashed(sent.as_bytes()) == expected)
                });
                if right {
                    next.run(request).await
                } else {
                    refusal(StatusCode::UNAUTHORIZED, "unauthorized")
                }
            }
        }))
}

fn hashed(bytes: &[u8]) -> Arc<[u8]> {
    digest::digest(&digest::SHA256, bytes).as_ref().into()
}

fn refusal(status: StatusCode, error: &str) -> Response {
    (status, Json(json!({ "error": error }))).into_response()
}

async fn begin(State(stand_in): State<StandIn>) -> Response {
    match stand_in.make() {
        Ok(code) => {
            let told = json!({
                "id": code.id,
                "code": code.text,
                "expires_in": code.life_ms / 1000,
            });
            (StatusCode::CREATED, Json(told)).into_response()
        }
        Err(_) => refusal(StatusCode::SERVICE_UNAVAILABLE, "busy"),
    }
}

async fn poll(State(stand_in): State<StandIn>, Path(id): Path<String>) -> Response {
    let Some(answer) = stand_in.answer(&id) else {
        return refusal(StatusCode::NOT_FOUND, "unknown_sign_in");
    };
    Json(match answer {
        LicenceAnswer::Waiting => json!({ "state": "waiting" }),
        LicenceAnswer::Confirmed(assertion) => {
            json!({ "state": "confirmed", "assertion": assertion })
        }
        LicenceAnswer::Denied => json!({ "state": "denied" }),
        LicenceAnswer::Expired => json!({ "state": "expired" }),
    })
    .into_response()
}
