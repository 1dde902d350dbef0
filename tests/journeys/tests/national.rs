//! Signing in with a national account at a real `OpenID` provider, by plain HTTP as a browser does.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a journey that cannot go on has failed"
)]

use std::net::TcpListener;

use quanshengshi_journeys::ground::Ground;
use quanshengshi_journeys::provider::{CLIENT, Provider, ProviderSettings, SECRET};
use quanshengshi_pc::elsewhere::Elsewhere;
use quanshengshi_pc::markup::attribute;
use quanshengshi_pc::plain::{PlainPage, PlainPc};

/// A portal that knows the provider, and the provider.
async fn stand() -> Option<(Ground, Provider)> {
    let folder = Provider::installed().await?;
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|free| free.local_addr())
        .unwrap()
        .port();
    let secret = folder.join("client-secret");
    std::fs::write(&secret, SECRET).unwrap();
    let issuer = format!("https://127.0.0.1:{port}");
    // The provider shows the portal's own TLS certificate: both hang on one root, made at start.
    let ground = Ground::start_with(&[
        "--national-issuer",
        &issuer,
        "--national-client",
        CLIENT,
        "--national-secret",
        &secret.to_string_lossy(),
        "--national-ca",
        "FOLDER/tls/ca.pem",
    ])
    .await;
    let redirect = format!("{}/login/national/back", ground.ready.origin);
    let settings = ProviderSettings {
        port,
        redirect: &redirect,
        tls: ground.ready.ca.parent().unwrap(),
    };
    let provider = Provider::start(&folder, settings).await;
    Some((ground, provider))
}

/// From the portal's link to the portal's address that the provider sends the person back to.
async fn to_the_way_back(ground: &Ground, pc: &PlainPc, person: &str) -> String {
    let origin = &ground.ready.origin;
    let start = pc.away("/login/national?kind=legal").await.unwrap();
    let mut there = Elsewhere::open(&ground.root_pem(), origin).unwrap();
    let page = there.walk(&start, None).await.unwrap();
    let action = attribute(&page.markup, "action").expect(&page.markup);
    let form = page.address.join(&action).unwrap();
    let back = there
        .walk(form.as_str(), Some(&[("person", person)]))
        .await
        .unwrap();
    assert_eq!(back.markup, "", "not back at the portal");
    back.address.as_str().replacen(origin.as_str(), "", 1)
}

/// A whole sign-in; the page it ends at.
async fn sign_in(ground: &Ground, pc: &PlainPc, person: &str) -> PlainPage {
    let back = to_the_way_back(ground, pc, person).await;
    pc.page(&back, None).await.unwrap()
}

fn code(page: &PlainPage) -> String {
    page.attribute("data-code").unwrap()
}

#[tokio::test]
async fn np_01_np_02_np_03_sign_in_at_a_real_provider() {
    let Some((ground, provider)) = stand().await else {
        return;
    };
    // The operator finds no account and may make none.
    let operator = ground.pc();
    let page = sign_in(&ground, &operator, "operator").await;
    assert_eq!(code(&page), "ROLE_NOT_ALLOWED");
    // The first sign-in makes an account, without form and mobile check.
    let pc = ground.pc();
    let page = sign_in(&ground, &pc, "representative").await;
    assert_eq!(page.path, "/space", "{}", page.markup);
    assert!(page.markup.contains("北疆云杉科技"));
    pc.find_certificate("营业执照").await.unwrap();
    // The second one, and the operator now, join it.
    let page = sign_in(&ground, &ground.pc(), "representative").await;
    assert_eq!(page.path, "/space");
    assert_eq!(sign_in(&ground, &operator, "operator").await.path, "/space");
    // An enterprise of another province.
    let page = sign_in(&ground, &ground.pc(), "elsewhere").await;
    assert_eq!(page.path, "/space");
    // A low level does not open the account that is proven.
    let page = sign_in(&ground, &ground.pc(), "low").await;
    assert_eq!(code(&page), "FED_LEVEL_LOW");
    let page = sign_in(&ground, &ground.pc(), "wrong").await;
    assert_eq!(code(&page), "FED_NONCE");
    // Declined, tampered, replayed.
    let page = sign_in(&ground, &ground.pc(), "").await;
    assert_eq!(code(&page), "FED_DENIED");
    let pc = ground.pc();
    let back = to_the_way_back(&ground, &pc, "representative").await;
    let tampered = back.replace("state=", "state=x");
    assert_eq!(code(&pc.page(&tampered, None).await.unwrap()), "FED_STATE");
    assert_eq!(pc.page(&back, None).await.unwrap().path, "/space");
    assert_eq!(code(&pc.page(&back, None).await.unwrap()), "FED_STATE");
    // A code of one person, put into the sign-in of another: the provider refuses it by PKCE.
    let victim = ground.pc();
    let theirs = to_the_way_back(&ground, &victim, "representative").await;
    let stranger = ground.pc();
    let own = to_the_way_back(&ground, &stranger, "operator").await;
    let mixed = own.replace(&value(&own, "code"), &value(&theirs, "code"));
    assert_eq!(
        code(&stranger.page(&mixed, None).await.unwrap()),
        "FED_STATE"
    );
    // Down.
    let pc = ground.pc();
    let back = to_the_way_back(&ground, &pc, "representative").await;
    provider.stop().await;
    assert_eq!(
        code(&pc.page(&back, None).await.unwrap()),
        "FED_UNAVAILABLE"
    );
}

fn value(address: &str, name: &str) -> String {
    let (_, rest) = address.split_once(&format!("{name}=")).expect("named");
    rest.split('&').next().unwrap().to_owned()
}
