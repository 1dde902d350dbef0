//! Signing in.

use axum::http::StatusCode;

use super::{Answer, Browser, PASSWORD, Portal};

const CODE: &str = "91230102MA1B2C3D8J";

struct Try<'a> {
    account: &'a str,
    password: &'a str,
    off_by: i64,
}

/// Opens the page, moves the piece as a hand would, and signs in.
async fn sign_in(portal: &Portal, browser: &mut Browser, tried: Try<'_>) -> Answer {
    let page = browser.get("/login").await;
    portal.clock.advance(1_000);
    let puzzle = page.between("name=\"puzzle\" value=\"", "\"");
    let place = (portal.place_of(&puzzle).await + tried.off_by).to_string();
    let track = format!("0:2,130:40,480:{place}");
    let fields = [
        ("form_token", page.token()),
        ("kind", "legal".to_owned()),
        ("act", "sign_in".to_owned()),
        ("account", tried.account.to_owned()),
        ("password", tried.password.to_owned()),
        ("puzzle", page.between("name=\"puzzle\" value=\"", "\"")),
        ("slider", place),
        ("track", track),
    ];
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    browser.post("/login", &fields).await
}

fn right() -> Try<'static> {
    Try {
        account: CODE,
        password: PASSWORD,
        off_by: 0,
    }
}

#[tokio::test]
async fn lg_02_the_code_signs_in_and_the_session_gets_a_new_secret() {
    let portal = Portal::open().await;
    portal.active(CODE, "13904510037").await;
    let mut browser = portal.browser();
    let small = Try {
        account: " 91230102ma1b2c3d8j ",
        ..right()
    };
    browser.get("/login").await;
    let before = browser.clone();
    let answer = sign_in(&portal, &mut browser, small).await;
    assert_eq!(
        (answer.status, answer.location()),
        (StatusCode::SEE_OTHER, "/space")
    );
    assert_ne!(browser.cookies["__Host-qss"], before.cookies["__Host-qss"]);
    assert_eq!(browser.get("/space").await.status, StatusCode::OK);
    assert_eq!(
        before.clone().get("/space").await.status,
        StatusCode::SEE_OTHER,
        "the old secret is dead"
    );
    let page = browser.get("/space").await;
    let answer = browser
        .post("/logout", &[("form_token", &page.token())])
        .await;
    assert_eq!(answer.location(), "/");
    assert_eq!(browser.get("/space").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn lg_02_wrong_password_and_unknown_account_sound_alike() {
    let portal = Portal::open().await;
    portal.active(CODE, "13904510037").await;
    for tried in [
        Try {
            password: "songhua2026xue",
            ..right()
        },
        Try {
            account: "91230109MA1WHN150K",
            ..right()
        },
    ] {
        let answer = sign_in(&portal, &mut portal.browser(), tried).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("账号或密码不对。密码区分大小写。"));
    }
}

#[tokio::test]
async fn lg_03_the_piece_must_be_in_its_place_and_one_try_uses_a_picture_up() {
    let portal = Portal::open().await;
    portal.active(CODE, "13904510037").await;
    let mut browser = portal.browser();
    let answer = sign_in(
        &portal,
        &mut browser,
        Try {
            off_by: 9,
            ..right()
        },
    )
    .await;
    assert!(answer.text().contains("拼图没有对准"));
    let answer = sign_in(
        &portal,
        &mut browser,
        Try {
            off_by: -4,
            ..right()
        },
    )
    .await;
    assert_eq!(
        answer.status,
        StatusCode::SEE_OTHER,
        "a few pixels are forgiven"
    );
}

#[tokio::test]
async fn lg_03_an_old_or_foreign_picture_is_refused() {
    let portal = Portal::open().await;
    portal.active(CODE, "13904510037").await;
    let mut browser = portal.browser();
    let page = browser.get("/login").await;
    let puzzle = page.between("name=\"puzzle\" value=\"", "\"");
    let place = portal.place_of(&puzzle).await;
    let mut stranger = portal.browser();
    stranger.get("/login").await;
    let picture = format!("/slider/{puzzle}/landscape.png");
    assert_eq!(browser.get(&picture).await.status, StatusCode::OK);
    assert_eq!(stranger.get(&picture).await.status, StatusCode::NOT_FOUND);
    portal.clock.advance(120_001);
    let track = format!("0:2,480:{place}");
    let fields = [
        ("form_token", page.token()),
        ("act", "sign_in".to_owned()),
        ("account", CODE.to_owned()),
        ("password", PASSWORD.to_owned()),
        ("puzzle", puzzle),
        ("slider", place.to_string()),
        ("track", track),
    ];
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let answer = browser.post("/login", &fields).await;
    assert!(answer.text().contains("图片已过期"));
    assert_eq!(
        browser.get(&picture).await.status,
        StatusCode::NOT_FOUND,
        "tried once"
    );
}

#[tokio::test]
async fn lg_09_failures_make_one_wait_and_never_for_good() {
    let portal = Portal::open().await;
    portal.active(CODE, "13904510037").await;
    let mut browser = portal.browser();
    let wrong = || Try {
        password: "Songhua2026xuE",
        ..right()
    };
    for _ in 0..8 {
        sign_in(&portal, &mut browser, wrong()).await;
    }
    let answer = sign_in(&portal, &mut browser, right()).await;
    assert!(
        answer.text().contains("尝试太多，请稍等再试"),
        "the right password waits too"
    );
    portal.clock.advance(15 * 60_000);
    let answer = sign_in(&portal, &mut browser, right()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn pr_20_an_unproven_account_gets_a_fresh_code_instead() {
    let portal = Portal::open().await;
    let id = portal.active(CODE, "13904510037").await;
    portal
        .app
        .store
        .write(move |transaction| {
            let sql = "UPDATE accounts SET state = 'pending' WHERE id = ?1";
            transaction.execute(sql, [id.0])?;
            Ok::<_, crate::store::StoreError>(())
        })
        .await
        .expect("stores");
    let mut browser = portal.browser();
    let answer = sign_in(&portal, &mut browser, right()).await;
    assert!(
        answer.location().starts_with("/pc/tasks/"),
        "{}",
        answer.text()
    );
    let page = browser.get(answer.location()).await;
    assert!(page.text().contains("data-qr="));
    assert_eq!(
        browser.get("/space").await.status,
        StatusCode::SEE_OTHER,
        "not signed in"
    );
}

#[tokio::test]
async fn lg_03_a_code_by_message_stands_in_for_the_slider() {
    let portal = Portal::open().await;
    portal.active(CODE, "13904510037").await;
    let mut browser = portal.browser();
    let ask = [
        ("kind", "legal"),
        ("by", "sms"),
        ("act", "code"),
        ("account", CODE),
    ];
    let known = browser.fill("/login", "/login", &ask).await;
    let code = super::registration::newest_code(&mut browser).await;
    let mut stranger = portal.browser();
    let ask = [
        ("kind", "legal"),
        ("by", "sms"),
        ("act", "code"),
        ("account", "91230109MA1WHN150K"),
    ];
    let unknown = stranger.fill("/login", "/login", &ask).await;
    for answer in [&known, &unknown] {
        assert!(answer.text().contains("如果账号存在"));
    }
    let sign = [
        ("kind", "legal"),
        ("by", "sms"),
        ("act", "sign_in"),
        ("account", CODE),
        ("password", PASSWORD),
        ("sms_code", code.as_str()),
    ];
    let answer = browser.fill("/login", "/login", &sign).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}
