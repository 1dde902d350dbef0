//! Certificates, tasks and tickets as the PC sees them.

use axum::http::StatusCode;
use quanshengshi_protocol::ids::TaskId;

use super::{Browser, Portal, seals};

pub(super) const CODE: &str = "91230102MA1B2C3D8J";
const OTHER: &str = "91230109MA1WHN150K";

pub(super) async fn certificate(browser: &mut Browser) -> String {
    let list = browser.get("/space/certificates").await;
    // The newest that may be downloaded.
    let path = list.between("/space/certificates/", "/download");
    path.rsplit('/').next().expect("an identifier").to_owned()
}

/// Asks for a download and gives the task.
pub(super) async fn download(browser: &mut Browser, certificate: &str) -> TaskId {
    let page = format!("/space/certificates/{certificate}/download");
    let fields = [
        ("kind", "download"),
        ("certificate", certificate),
        ("purpose", "投标"),
    ];
    let answer = browser.fill(&page, "/pc/tasks", &fields).await;
    let task = answer
        .location()
        .strip_prefix("/pc/tasks/")
        .expect("a task");
    TaskId::parse(task).expect("a task")
}

/// What the phone would bring about.
pub(super) async fn approve(portal: &Portal, task: TaskId) {
    portal
        .app
        .store
        .write(move |transaction| {
            let sql = "UPDATE task SET state = 'approved' WHERE id = ?1";
            assert_eq!(transaction.execute(sql, [task.as_bytes()])?, 1);
            Ok::<_, crate::store::StoreError>(())
        })
        .await
        .expect("stores");
}

#[tokio::test]
async fn us_02_the_list_holds_the_accounts_certificates_and_no_other() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, "13904510037").await;
    let list = browser.get("/space/certificates").await.text();
    for name in [
        "营业执照",
        "食品经营许可证",
        "道路运输经营许可证",
        "可以查看，不能下载",
    ] {
        assert!(list.contains(name), "{name}");
    }
    assert!(!list.contains("YL2026-000412"));
}

#[tokio::test]
async fn us_02_another_accounts_certificate_is_not_found() {
    let portal = Portal::open().await;
    let mut other = portal.signed_in(OTHER, "13804510086").await;
    let theirs = certificate(&mut other).await;
    let mut browser = portal.signed_in(CODE, "13904510037").await;
    let page = format!("/space/certificates/{theirs}/download");
    assert_eq!(browser.get(&page).await.status, StatusCode::NOT_FOUND);
    for kind in ["view", "download"] {
        let fields = [
            ("kind", kind),
            ("certificate", theirs.as_str()),
            ("purpose", "投标"),
        ];
        let answer = browser
            .fill("/space/certificates", "/pc/tasks", &fields)
            .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{kind}");
    }
}

#[tokio::test]
async fn us_03_a_lapsed_certificate_can_be_viewed_and_not_downloaded() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, "13904510037").await;
    let list = browser.get("/space/certificates").await.text();
    let lapsed = list
        .split("data-certificate=\"")
        .find(|row| row.contains("道路运输经营许可证"))
        .and_then(|row| row.split_once('"'))
        .expect("a row")
        .0
        .to_owned();
    let page = format!("/space/certificates/{lapsed}/download");
    let asked = browser.get(&page).await;
    assert!(
        asked
            .text()
            .contains("这张证照已失效，可以查看，不能下载。")
    );
    for (kind, status) in [
        ("download", StatusCode::CONFLICT),
        ("view", StatusCode::SEE_OTHER),
    ] {
        let fields = [
            ("kind", kind),
            ("certificate", lapsed.as_str()),
            ("purpose", "投标"),
        ];
        let answer = browser
            .fill("/space/certificates", "/pc/tasks", &fields)
            .await;
        assert_eq!(answer.status, status, "{kind}");
    }
}

#[tokio::test]
async fn us_03_a_copy_needs_a_purpose() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, "13904510037").await;
    let certificate = certificate(&mut browser).await;
    let fields = [
        ("kind", "download"),
        ("certificate", certificate.as_str()),
        ("purpose", " "),
    ];
    let answer = browser
        .fill("/space/certificates", "/pc/tasks", &fields)
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("请填写用途"));
}

#[tokio::test]
async fn us_05_an_approval_gives_one_file_once_under_a_new_secret() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, "13904510037").await;
    let certificate = certificate(&mut browser).await;
    let task = download(&mut browser, &certificate).await;
    let path = format!("/pc/certificates/{certificate}/ticket");
    let written = task.to_string();
    let fields = [("task", written.as_str())];
    let early = browser.fill("/space/certificates", &path, &fields).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND, "not approved yet");
    approve(&portal, task).await;
    let page = browser.get(&format!("/pc/tasks/{task}")).await;
    assert!(page.text().contains("下载加注件"));
    let mut old = browser.clone();
    let answer = browser.fill("/space/certificates", &path, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert_ne!(browser.cookies["__Host-qss"], old.cookies["__Host-qss"]);
    let copy = browser.get(answer.location()).await;
    for told in ["投标", "林*微", "黑龙江政务服务网（样例）", "2026-12-23"] {
        assert!(copy.text().contains(told), "{told}");
    }
    let picture = format!("{}/page.png", answer.location());
    let drawn = browser.get(&picture).await;
    assert_eq!(drawn.headers["content-type"], "image/png");
    assert_eq!(drawn.headers["cache-control"], "no-store");
    assert!(drawn.bytes.starts_with(b"\x89PNG"));
    assert_eq!(
        old.get(&picture).await.status,
        StatusCode::SEE_OTHER,
        "the old secret sees no picture"
    );
    let file = copy.between("href=\"/pc/files/", "\"");
    let file = format!("/pc/files/{file}");
    assert_eq!(
        old.get(&file).await.status,
        StatusCode::SEE_OTHER,
        "the old secret"
    );
    let first = browser.get(&file).await;
    assert_eq!(first.headers["content-type"], "application/ofd");
    assert!(first.bytes.starts_with(b"PK"));
    assert!(copy.text().contains("样例证照，盖样例电子印章"));
    seals::assert_sealed(&portal, &mut browser, &first.bytes).await;
    let second = browser.get(&file).await;
    assert_eq!(second.status, StatusCode::GONE);
    assert!(second.text().contains("下载链接已用过"));
    let again = browser.fill("/space/certificates", &path, &fields).await;
    assert_eq!(
        again.status,
        StatusCode::NOT_FOUND,
        "the approval is used up"
    );
}

#[tokio::test]
async fn us_05_a_late_ticket_has_expired() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, "13904510037").await;
    let certificate = certificate(&mut browser).await;
    let task = download(&mut browser, &certificate).await;
    approve(&portal, task).await;
    let path = format!("/pc/certificates/{certificate}/ticket");
    let written = task.to_string();
    let answer = browser
        .fill("/space/certificates", &path, &[("task", &written)])
        .await;
    let copy = browser.get(answer.location()).await;
    let file = format!("/pc/files/{}", copy.between("href=\"/pc/files/", "\""));
    portal.clock.advance(300_000);
    let picture = format!("{}/page.png", answer.location());
    for late in [file, picture, answer.location().to_owned()] {
        let gone = browser.get(&late).await;
        assert_eq!(gone.status, StatusCode::GONE, "{late}");
        assert!(gone.text().contains("下载链接已过期"), "{late}");
    }
}

#[tokio::test]
async fn m2_a_task_and_its_events_are_for_its_session_only() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, "13904510037").await;
    let certificate = certificate(&mut browser).await;
    let task = download(&mut browser, &certificate).await;
    let mut other = portal.signed_in(OTHER, "13804510086").await;
    for path in [
        format!("/pc/tasks/{task}"),
        format!("/pc/tasks/{task}/events"),
    ] {
        assert_eq!(
            other.get(&path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn m2_the_page_hears_of_every_step() {
    use axum::body::Body;
    use axum::http::Request;
    use tokio_stream::StreamExt as _;
    use tower::ServiceExt as _;

    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, "13904510037").await;
    let certificate = certificate(&mut browser).await;
    let task = download(&mut browser, &certificate).await;
    let request = Request::get(format!("/pc/tasks/{task}/events"))
        .header(
            "cookie",
            format!("__Host-qss={}", browser.cookies["__Host-qss"]),
        )
        .body(Body::empty())
        .expect("a request");
    let response = portal.app.router().oneshot(request).await.expect("answers");
    let mut stream = response.into_body().into_data_stream();
    let first = stream.next().await.expect("an event").expect("bytes");
    let first = String::from_utf8_lossy(&first).into_owned();
    assert!(first.starts_with("event: qr\n"), "{first}");
    assert!(first.contains("https://127.0.0.1:8443/q/1."), "{first}");
    let fields = [("form_token", browser.get("/space").await.token())];
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    browser
        .post(&format!("/pc/tasks/{task}/cancel"), &fields)
        .await;
    let mut heard = String::new();
    while let Some(Ok(bytes)) = stream.next().await {
        heard.push_str(&String::from_utf8_lossy(&bytes));
    }
    assert!(heard.contains("event: cancelled\n"), "{heard}");
}
