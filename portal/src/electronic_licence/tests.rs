//! The HTTP adapter against the stand-in's interface, over a real connection.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};

use super::http::{HttpLicence, SIGN_INS};
use super::stand_in::{LIFE_MS, LicenceHolder, StandIn, router};
use super::{ElectronicLicence as _, LicenceAnswer, LicenceSettings};
use crate::clock::SteppedClock;
use crate::vouched::Role;

async fn serve(router: Router) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("listens");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

fn client(address: SocketAddr, token: &str) -> HttpLicence {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("token");
    std::fs::write(&path, format!("{token}\n")).expect("writes");
    HttpLicence::open(&LicenceSettings {
        service: format!("http://{address}/"),
        token: path,
        root: None,
    })
    .expect("opens")
}

fn stand_in() -> (SteppedClock, StandIn) {
    let clock = SteppedClock::at(1_795_397_460_000);
    let stand_in = StandIn::new(
        Arc::new(clock.clone()),
        "http://127.0.0.1:1",
        LicenceHolder::samples(),
    );
    (clock, stand_in)
}

#[tokio::test]
async fn el_01_a_code_goes_from_waiting_to_decided_over_http() {
    let (clock, stand_in) = stand_in();
    let address = serve(router(stand_in.clone(), Some("right"))).await;
    let licence = client(address, "right");
    let code = licence.begin().await.expect("begins");
    assert_eq!(code.life_ms, LIFE_MS);
    assert!(code.text.ends_with(&code.id));
    assert_eq!(licence.poll(&code.id).await, Ok(LicenceAnswer::Waiting));
    let holder = &stand_in.holders()[0];
    assert!(stand_in.confirm(&code.id, holder, Role::LegalRepresentative));
    match licence.poll(&code.id).await.expect("answers") {
        LicenceAnswer::Confirmed(told) => {
            assert_eq!(
                (told.credit_code.as_str(), told.role.as_str()),
                ("91230102MA1B2C3D8J", "legal_representative")
            );
        }
        other => panic!("{other:?}"),
    }
    let code = licence.begin().await.expect("begins");
    assert!(stand_in.decline(&code.id));
    assert_eq!(licence.poll(&code.id).await, Ok(LicenceAnswer::Denied));
    let code = licence.begin().await.expect("begins");
    clock.advance(LIFE_MS);
    assert_eq!(licence.poll(&code.id).await, Ok(LicenceAnswer::Expired));
    assert!(
        !stand_in.confirm(&code.id, holder, Role::Operator),
        "too late"
    );
    assert_eq!(
        licence.poll("AAAAAAAAAAAAAAAAAAAAAA").await,
        Ok(LicenceAnswer::Expired)
    );
}

#[tokio::test]
async fn el_01_a_wrong_token_and_a_wrong_address_are_no_answer() {
    let (_, stand_in) = stand_in();
    let address = serve(router(stand_in, Some("right"))).await;
    client(address, "wrong").begin().await.expect_err("401");
    let elsewhere = serve(Router::new()).await;
    client(elsewhere, "right")
        .poll("AAAAAAAAAAAAAAAAAAAAAA")
        .await
        .expect_err("a 404 of somebody else is not an expired code");
}

#[tokio::test]
async fn el_01_answers_nobody_can_use_are_unavailable_and_never_quoted() {
    let cases = [
        r#"{"id":"AAAAAAAAAAAAAAAA","code":"","expires_in":60}"#,
        r#"{"id":"../../admin","code":"x","expires_in":60}"#,
        r#"{"id":"AAAAAAAAAAAAAAAA","code":"x","expires_in":86400}"#,
        r#"{"id":"AAAAAAAAAAAAAAAA"}"#,
        "230102199705180024",
    ];
    for body in cases {
        let answer = move || async move { (StatusCode::CREATED, body) };
        let address = serve(Router::new().route(SIGN_INS, post(answer))).await;
        let error = client(address, "right").begin().await.expect_err(body);
        assert!(!error.to_string().contains("230102"), "{error}");
    }
    for body in [r#"{"state":"confirmed"}"#, r#"{"state":"signed"}"#, "[]"] {
        let answer = move || async move { body };
        let path = format!("{SIGN_INS}/{{id}}");
        let address = serve(Router::new().route(&path, get(answer))).await;
        let client = client(address, "right");
        client.poll("AAAAAAAAAAAAAAAA").await.expect_err(body);
    }
}

/// The interface's file says what the stand-in does.
#[test]
fn el_01_the_interface_is_written_down() {
    let text = include_str!("../../openapi/electronic-licence.json");
    let api: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let paths = api["paths"].as_object().expect("paths");
    assert!(paths[SIGN_INS]["post"]["responses"]["201"].is_object());
    let one = &paths[&format!("{SIGN_INS}/{{id}}")]["get"]["responses"];
    assert!(one["200"].is_object() && one["404"].is_object());
    let roles = &api["components"]["schemas"]["Assertion"]["properties"]["role"]["enum"];
    let words: Vec<_> = Role::ALL.map(Role::word).to_vec();
    assert_eq!(*roles, serde_json::json!(words));
}
