//! Signing in with the electronic licence: the portal's browser, the licence's mini-program in
//! another one, and the service as a program of its own that the portal asks over HTTP.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a journey that cannot go on has failed"
)]

use quanshengshi_journeys::ground::{Ground, program};
use quanshengshi_pc::chromium::Chromium;
use quanshengshi_pc::simulator_process::SimulatorProcess;
use tempfile::TempDir;

/// What a role in the mini-program answers to the code on the portal's page.
async fn scan(pc: &Chromium, app: &Chromium, role: &str, act: &str) {
    let shown = pc.find("svg.qr[data-licence-code]").await.unwrap();
    let code = shown.attr("data-licence-code").await.unwrap().unwrap();
    app.open(&code).await.unwrap();
    app.press(&format!("input[name=role][value={role}]"))
        .await
        .unwrap();
    app.press(act).await.unwrap();
    app.find("[data-state]").await.unwrap();
}

#[tokio::test]
async fn el_01_to_el_06_scan_complete_scan_again() {
    if !Chromium::is_here() {
        println!("SKIP browser journeys: no Chromium on this machine");
        return;
    }
    let folder = TempDir::new().unwrap();
    let token = folder.path().join("token");
    std::fs::write(&token, "a-token-of-this-journey").unwrap();
    let token = token.to_str().unwrap();
    let simulator = SimulatorProcess::start(&program(), &["--token", token])
        .await
        .unwrap();
    let service = simulator.served.licence.clone();
    let flags = ["--licence-service", &service, "--licence-token", token];
    let ground = Ground::start_with(&flags).await;
    let origin = ground.ready.origin.clone();
    let (pc, app) = (
        Chromium::start().await.unwrap(),
        Chromium::start().await.unwrap(),
    );
    let scan_page = format!("{origin}/login/licence");

    // Declined in the mini-program.
    pc.open(&scan_page).await.unwrap();
    scan(&pc, &app, "legal_representative", "#decline").await;
    pc.find(".licence[data-state=rejected]").await.unwrap();
    // An operator may sign in where there is an account, and here there is none yet.
    pc.press("#new-code").await.unwrap();
    scan(&pc, &app, "operator", "#confirm").await;
    pc.find("[data-code=ROLE_NOT_ALLOWED]").await.unwrap();
    // The representative completes the two dates, and scans again to sign in.
    pc.open(&scan_page).await.unwrap();
    scan(&pc, &app, "legal_representative", "#confirm").await;
    pc.until_address("/login/licence/complete").await.unwrap();
    pc.fill("#validity_start", "2023.06.12").await.unwrap();
    pc.fill("#validity_end", "2043.06.31").await.unwrap();
    pc.press("#submit").await.unwrap();
    pc.find(".err-summary").await.unwrap();
    pc.fill("#validity_end", "2043.06.12").await.unwrap();
    pc.press("#submit").await.unwrap();
    pc.find("#registered").await.unwrap();
    assert!(!pc.shows(".usermenu").await, "nobody is signed in by it");
    scan(&pc, &app, "legal_representative", "#confirm").await;
    pc.until_address("/space").await.unwrap();
    pc.find_certificate(&origin, "营业执照").await.unwrap();

    // The service is gone: the page says so and offers the other ways.
    simulator.stop().await.unwrap();
    let other = Chromium::start().await.unwrap();
    other.open(&scan_page).await.unwrap();
    other.find("[data-code=ELIC_UNAVAILABLE]").await.unwrap();
    for browser in [pc, app, other] {
        browser.close().await.unwrap();
    }
}
