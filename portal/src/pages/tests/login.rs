//! Signing in.

use axum::http::StatusCode;

use super::{Answer, Browser, PASSWORD, Portal};
use crate::slider::PuzzleId;
use crate::slider::work::do_work;

const CODE: &str = "91230102MA1B2C3D8J";

pub(super) struct Try<'a> {
    pub(super) kind: &'a str,
    pub(super) account: &'a str,
    pub(super) password: &'a str,
    pub(super) off_by: i64,
    pub(super) worked: bool,
    pub(super) next: &'a str,
}

/// Opens the page, moves the piece as a hand would, does the work, and signs in.
pub(super) async fn sign_in(portal: &Portal, browser: &mut Browser, tried: Try<'_>) -> Answer {
    let page = browser
        .get(&format!("/login?kind={}&next={}", tried.kind, tried.next))
        .await;
    portal.clock.advance(1_000);
    let puzzle = page.between("name=\"puzzle\" value=\"", "\"");
    let place = (portal.place_of(&puzzle).await + tried.off_by).to_string();
    let track = format!("0:2,130:40,480:{place}");
    let work = if tried.worked {
        work_of(&page)
    } else {
        String::new()
    };
    let fields = [
        ("form_token", page.token()),
        ("kind", tried.kind.to_owned()),
        ("next", page.between("name=\"next\" value=\"", "\"")),
        ("act", "sign_in".to_owned()),
        ("account", tried.account.to_owned()),
        ("password", tried.password.to_owned()),
        ("puzzle", puzzle),
        ("slider", place),
        ("track", track),
        ("work", work),
    ];
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    browser.post("/login", &fields).await
}

/// What the page's script works out.
fn work_of(page: &Answer) -> String {
    let puzzle = PuzzleId::parse(&page.between("name=\"puzzle\" value=\"", "\"")).expect("a name");
    let bits = page
        .between("data-bits=\"", "\"")
        .parse()
        .expect("a number");
    do_work(puzzle, bits)
}

pub(super) fn right() -> Try<'static> {
    Try {
        kind: "legal",
        account: CODE,
        password: PASSWORD,
        off_by: 0,
        worked: true,
        next: "",
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
    let track = format!("0:2,130:40,480:{place}");
    let fields = [
        ("form_token", page.token()),
        ("act", "sign_in".to_owned()),
        ("account", CODE.to_owned()),
        ("password", PASSWORD.to_owned()),
        ("work", work_of(&page)),
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
    let text = answer.text();
    assert!(
        text.contains("尝试太多，请稍后再试。还要等 "),
        "the right password waits too: {text}"
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
    assert!(
        page.text()
            .contains("还差一步：请先用手机扫码完成实名认证，再登录。")
    );
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
    let code = newest_code(&mut browser).await;
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

/// The code of the newest message, which leaves after the page has answered.
async fn newest_code(browser: &mut Browser) -> String {
    for _ in 0..200 {
        let outbox = browser.get("/sample/outbox").await;
        if outbox.text().contains("data-text") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    super::registration::newest_code(browser).await
}

#[tokio::test]
async fn lg_01_both_tabs_stand_on_the_page_and_lead_to_registration_and_other_ways() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let home = browser.get("/").await.text();
    assert!(home.contains("href=\"/login\""), "at the top right");
    let legal = browser.get("/login?kind=legal&next=certificates").await;
    let personal = browser.get("/login?kind=personal").await;
    for (page, kind) in [(&legal, "legal"), (&personal, "personal")] {
        let text = page.text();
        let hidden = format!("name=\"kind\" value=\"{kind}\"");
        assert!(text.contains(&hidden), "{kind}");
        let national = format!("href=\"/login/national?kind={kind}\"");
        assert!(text.contains(&national), "lg_06: {kind}");
        assert!(text.contains("href=\"/register\""), "lg_04: {kind}");
        assert!(
            text.contains("data-caps=\"大写键盘已打开\""),
            "pr_12: {kind}"
        );
    }
    assert!(legal.text().contains("填统一社会信用代码"));
    assert!(legal.text().contains("href=\"/login/licence\""), "lg_07");
    assert!(personal.text().contains("填证件号码或手机号"));
    assert!(!personal.text().contains("/login/licence"));
    let kept = "/login?kind=personal&amp;next=certificates";
    assert!(legal.text().contains(kept), "the other tab goes there too");
}

#[tokio::test]
async fn lg_04_lg_06_lg_07_the_keyboard_signs_in_and_changes_no_picture() {
    let portal = Portal::open().await;
    let page = portal.browser().get("/login").await.text();
    let form = page.split("action=\"/login\"").nth(1).expect("a form");
    let first = form.split("type=\"submit\"").nth(1).expect("a button");
    let first = first.split('>').next().expect("a tag");
    assert!(
        first.contains("value=\"sign_in\""),
        "Enter presses the first button: {first}"
    );
}

#[tokio::test]
async fn lg_03_without_the_work_nothing_opens_and_the_next_is_more() {
    let portal = Portal::open().await;
    portal.active(CODE, "13904510037").await;
    let mut browser = portal.browser();
    let bits = |page: &Answer| -> u32 {
        let bits = page.between("data-bits=\"", "\"");
        bits.parse().expect("a number")
    };
    let usual = bits(&browser.get("/login").await);
    let lazy = Try {
        worked: false,
        ..right()
    };
    let answer = sign_in(&portal, &mut browser, lazy).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("拼图没有对准"));
    assert_eq!(bits(&answer), usual + 1);
    let answer = sign_in(&portal, &mut browser, right()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn lg_05_pr_12_a_password_in_other_letters_is_another_password() {
    let portal = Portal::open().await;
    portal.active(CODE, "13904510037").await;
    let shouted = PASSWORD.to_uppercase();
    let tried = Try {
        password: &shouted,
        ..right()
    };
    let answer = sign_in(&portal, &mut portal.browser(), tried).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("密码区分大小写"));
}

#[tokio::test]
async fn lg_10_a_person_signs_in_by_document_number_or_mobile_and_not_in_the_other_tab() {
    let portal = Portal::open().await;
    portal.person().await;
    for account in ["230102199705180024", "139 0451 0037", "+8613904510037"] {
        let tried = Try {
            kind: "personal",
            account,
            ..right()
        };
        let mut browser = portal.browser();
        let answer = sign_in(&portal, &mut browser, tried).await;
        assert_eq!(answer.location(), "/space", "{account}: {}", answer.text());
        let space = browser.get("/space").await.text();
        assert!(space.contains("林*微") && !space.contains("230102199705180024"));
        let tried = Try { account, ..right() };
        let answer = sign_in(&portal, &mut portal.browser(), tried).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{account}");
    }
}

#[tokio::test]
async fn us_01_signing_in_goes_on_to_where_one_wanted_and_never_elsewhere() {
    let portal = Portal::open().await;
    portal.active(CODE, "13904510037").await;
    for (next, path) in [
        ("certificates", "/space/certificates"),
        ("devices", "/space/devices"),
        ("https://evil.example", "/space"),
        ("//evil.example", "/space"),
    ] {
        let tried = Try { next, ..right() };
        let answer = sign_in(&portal, &mut portal.browser(), tried).await;
        assert_eq!(answer.location(), path, "{next}");
    }
    let sent = portal.browser().get("/space/certificates?state=void").await;
    assert_eq!(sent.location(), "/login?next=certificates");
    let mut late = portal.browser();
    late.get("/login").await;
    late.cookies
        .insert("__Host-qss".to_owned(), "gone".to_owned());
    let sent = late.get("/space").await;
    assert_eq!(sent.location(), "/login?next=space&said=expired");
    let page = late.get(sent.location()).await.text();
    assert!(page.contains("登录已过期，请重新登录。"));
}

#[tokio::test]
async fn lg_09_guesses_at_the_code_by_message_make_one_wait_too() {
    let portal = Portal::open().await;
    portal.active(CODE, "13904510037").await;
    let mut browser = portal.browser();
    let guess = [
        ("kind", "legal"),
        ("by", "sms"),
        ("act", "sign_in"),
        ("account", CODE),
        ("password", PASSWORD),
        ("sms_code", "000000"),
    ];
    for _ in 0..5 {
        let answer = browser.fill("/login", "/login", &guess).await;
        assert!(answer.text().contains("验证码不对"), "{}", answer.text());
    }
    let answer = browser.fill("/login", "/login", &guess).await;
    assert!(answer.text().contains("尝试太多"), "{}", answer.text());
}
