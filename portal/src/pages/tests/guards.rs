//! What holds for every page.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use super::{Portal, form};

#[tokio::test]
async fn every_answer_carries_a_policy_without_inline_code() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    for path in [
        "/",
        "/register",
        "/register/enterprise",
        "/login",
        "/app",
        "/nothing",
    ] {
        let answer = browser.get(path).await;
        let policy = answer.headers["content-security-policy"]
            .to_str()
            .expect("ascii");
        assert!(policy.starts_with("default-src 'none'"), "{path}");
        assert!(!policy.contains("unsafe"), "{path}");
        let text = answer.text();
        for inline in ["<style", " style=", " onclick=", "<script>"] {
            assert!(!text.contains(inline), "{path} holds {inline}");
        }
        assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
    }
}

#[tokio::test]
async fn an_unknown_address_says_what_to_do() {
    let portal = Portal::open().await;
    let answer = portal.browser().get("/nothing?lang=en").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.text().contains("There is no such page"));
}

#[tokio::test]
async fn the_language_is_kept_in_a_cookie() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    assert!(
        browser
            .get("/")
            .await
            .text()
            .contains("<html lang=\"zh-CN\"")
    );
    browser.get("/?lang=en").await;
    assert!(
        browser
            .get("/login")
            .await
            .text()
            .contains("<html lang=\"en\"")
    );
}

#[tokio::test]
async fn a_form_without_its_token_or_from_another_site_is_refused() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let token = browser.get("/login").await.token();
    let answer = browser.post("/login", &[("act", "picture")]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let mut stranger = portal.browser();
    stranger.get("/login").await;
    let answer = stranger
        .post("/login", &[("form_token", &token), ("act", "picture")])
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let foreign: [(&str, &str); 3] = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
    ];
    for (name, value) in foreign {
        let mut request = form("/login", &[("form_token", &token), ("act", "picture")]);
        request
            .headers_mut()
            .insert(name, value.parse().expect("ascii"));
        assert_eq!(
            browser.send(request).await.status,
            StatusCode::FORBIDDEN,
            "{value}"
        );
    }
    let answer = browser
        .post("/login", &[("form_token", &token), ("act", "picture")])
        .await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn us_01_without_a_session_the_space_leads_to_sign_in() {
    let portal = Portal::open().await;
    for path in [
        "/space",
        "/space/certificates",
        "/space/copies/1.x",
        "/pc/files/1.x",
    ] {
        let answer = portal.browser().get(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert!(answer.location().starts_with("/login"), "{path}");
    }
}

#[tokio::test]
async fn assets_are_kept_by_their_tag() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let first = browser.get("/assets/portal.css").await;
    assert_eq!(first.status, StatusCode::OK);
    let request = Request::get("/assets/portal.css")
        .header("if-none-match", &first.headers["etag"])
        .body(Body::empty())
        .expect("a request");
    assert_eq!(browser.send(request).await.status, StatusCode::NOT_MODIFIED);
    assert_eq!(
        browser.get("/assets/other.css").await.status,
        StatusCode::NOT_FOUND
    );
}
