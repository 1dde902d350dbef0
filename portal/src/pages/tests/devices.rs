//! 我的手机, 记录 and 查验 in the browser.

use axum::http::StatusCode;
use quanshengshi_protocol::ids::{DeviceId, Digest, VerificationId};

use super::Portal;
use crate::store::StoreError;

const CODE: &str = "91230102MA1B2C3D8J";
const OTHER: &str = "91230109MA1WHN150K";
const DEVICE: DeviceId = DeviceId::from_bytes([7; 16]);

/// A phone that acted for every account there is.
async fn with_device(portal: &Portal) {
    let write = portal.app.store.write(|transaction| {
        transaction.execute(
            "INSERT INTO device (id, install, key, platform, app_version, enrolled_at_ms) \
             VALUES (?1, ?2, ?3, 1, '0.1.0', 1795397400000)",
            rusqlite::params![DEVICE.as_bytes(), [1_u8; 16], [4_u8; 65]],
        )?;
        transaction.execute(
            "INSERT INTO device_use SELECT id, ?1, 1795397400000, 1795397460000 FROM accounts",
            [DEVICE.as_bytes()],
        )?;
        Ok::<_, StoreError>(())
    });
    write.await.expect("stores");
}

#[tokio::test]
async fn us_07_a_lost_phone_is_disabled_on_the_pc_after_a_question() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, "13904510037").await;
    with_device(&portal).await;
    let list = browser.get("/space/devices").await.text();
    for words in [
        "我的手机",
        "安卓手机",
        "0.1.0",
        "2026-11-23 09:31",
        "使用中",
    ] {
        assert!(list.contains(words), "{words}");
    }
    let page = format!("/space/devices/{DEVICE}/revoke");
    assert!(list.contains(&page));
    let question = browser.get(&page).await.text();
    assert!(question.contains("停用这台手机？") && question.contains("清空"));
    let bare = browser.post(&page, &[]).await;
    assert_eq!(bare.status, StatusCode::FORBIDDEN, "a form needs its token");
    assert!(
        browser
            .get("/space/devices")
            .await
            .text()
            .contains("使用中")
    );
    let done = browser.fill(&page, &page, &[]).await;
    assert_eq!(done.location(), "/space/devices");
    let list = browser.get("/space/devices").await.text();
    assert!(list.contains("已停用") && !list.contains("使用中"));
    assert_eq!(browser.get(&page).await.location(), "/space/devices");
    let english = browser.get("/space/devices?lang=en").await.text();
    assert!(english.contains("My phones") && english.contains("Disabled"));
}

#[tokio::test]
async fn us_07_nobody_sees_or_disables_the_phones_of_another_account() {
    let portal = Portal::open().await;
    portal.active(CODE, "13904510037").await;
    with_device(&portal).await;
    let mut stranger = portal.signed_in(OTHER, "13904510038").await;
    let list = stranger.get("/space/devices").await.text();
    assert!(list.contains("还没有手机"));
    let page = format!("/space/devices/{DEVICE}/revoke");
    assert_eq!(stranger.get(&page).await.status, StatusCode::NOT_FOUND);
    let tried = stranger.fill("/space", &page, &[]).await;
    assert_eq!(tried.status, StatusCode::NOT_FOUND);
    let mut nobody = portal.browser();
    for path in ["/space/devices", "/space/activity"] {
        assert!(nobody.get(path).await.location().starts_with("/login"));
    }
}

#[tokio::test]
async fn the_activity_page_tells_what_was_asked_and_how_it_ended() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, "13904510037").await;
    assert!(
        browser
            .get("/space/activity")
            .await
            .text()
            .contains("还没有记录")
    );
    let list = browser.get("/space/certificates").await;
    let certificate = list.between("/space/certificates/", "/download");
    let page = format!("/space/certificates/{certificate}/download");
    let fields = [
        ("kind", "download"),
        ("certificate", certificate.as_str()),
        ("purpose", "投标"),
    ];
    browser.fill(&page, "/pc/tasks", &fields).await;
    let activity = browser.get("/space/activity").await.text();
    for words in ["下载证照", "用途 投标", "进行中", "2026-11-23 09:31"] {
        assert!(activity.contains(words), "{words}");
    }
    portal.clock.advance(700_000);
    portal.app.tasks.sweep().await.expect("sweeps");
    let activity = browser.get("/space/activity").await.text();
    assert!(activity.contains("超时") && !activity.contains("进行中"));
}

#[tokio::test]
async fn us_06_a_code_shows_the_certificate_to_anybody_and_a_wrong_one_nothing() {
    let portal = Portal::open().await;
    let mut browser = portal.signed_in(CODE, "13904510037").await;
    with_device(&portal).await;
    let list = browser.get("/space/certificates").await;
    let certificate = list.between("data-certificate=\"", "\"");
    let code = VerificationId::from_bytes([5; 16]);
    let write = portal.app.store.write(move |transaction| {
        transaction.execute(
            "INSERT INTO verification VALUES (?1, ?2, ?3, 1795397460000, 1795397640000, NULL)",
            rusqlite::params![
                Digest::of(code.as_bytes()).as_bytes(),
                certificate,
                DEVICE.as_bytes()
            ],
        )?;
        // A key that is none would count as damage.
        transaction.execute(
            "UPDATE device SET key = ?1",
            [quanshengshi_protocol::keys::PublicKey::from_bytes(&point())
                .expect("a point")
                .as_bytes()],
        )?;
        Ok::<_, StoreError>(())
    });
    write.await.expect("stores");
    let mut anybody = portal.browser();
    let shown = anybody.get(&format!("/verify/{code}")).await;
    assert_eq!(shown.status, StatusCode::OK);
    let text = shown.text();
    for words in ["查验证照", "持有者", "首次查验", "2026-11-23 09:31"] {
        assert!(text.contains(words), "{words}");
    }
    assert!(!text.contains("230102199705180024"), "no full number");
    portal.clock.advance(60_000);
    let again = anybody.get(&format!("/verify/{code}")).await.text();
    assert!(again.contains("如果首次查验不是您"));
    let unknown = VerificationId::from_bytes([6; 16]).to_string();
    portal.clock.advance(120_000);
    let expired = code.to_string();
    let mut answers = Vec::new();
    for wrong in [unknown.as_str(), "x", expired.as_str()] {
        let answer = anybody.get(&format!("/verify/{wrong}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        answers.push(answer.text().replace(&format!("/verify/{wrong}"), ""));
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
}

/// Bytes in the form of an uncompressed point.
fn point() -> [u8; 65] {
    let mut bytes = [9; 65];
    bytes[0] = 4;
    bytes
}
