//! The applicant's side.

use super::{
    AccountKind, PASSWORD, Portal, RETURN_NAME, StatusCode, applicant, at_desk, both_sides, decide,
    hand_in, handed_in, newest_code, refused, taken, with,
};
use crate::accounts::registration::NewAccount;
use crate::accounts::{AccountError, Proof};
use crate::review::application::State;

const PERSONAL: AccountKind = AccountKind::Personal;

#[tokio::test]
async fn mr_01_the_way_opens_only_after_a_failed_check() {
    let portal = Portal::open().await;
    let mut stranger = portal.browser();
    let answer = hand_in(&mut stranger, PERSONAL, &[], &both_sides()).await;
    refused(&answer, "请先在线注册");
    portal.clock.advance(61_000);
    let mut browser = applicant(&portal, PERSONAL).await;
    let answer = hand_in(&mut browser, PERSONAL, &[], &both_sides()).await;
    assert_eq!(answer.location(), "/review/status", "{}", answer.text());
}

#[tokio::test]
async fn mr_01_a_kind_that_cannot_register_online_needs_no_failed_check() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let other = [
        ("document_kind", "other"),
        ("document_number", "81000019970518002X"),
    ];
    let answer = hand_in(&mut browser, PERSONAL, &other, &both_sides()).await;
    assert_eq!(answer.location(), "/review/status", "{}", answer.text());
}

#[tokio::test]
async fn mr_01_what_was_typed_at_the_registration_is_carried_over() {
    let portal = Portal::open().await;
    let mut browser = applicant(&portal, PERSONAL).await;
    let page = "/review/apply?kind=personal";
    let typed: Vec<_> = with(&[])
        .into_iter()
        .filter(|field| field.0 != "act")
        .collect();
    let answer = browser.fill(page, page, &typed).await;
    assert_eq!(answer.status, StatusCode::OK);
    let text = answer.text();
    for shown in ["林知微", "2301**********0024", "2023.06.12-2043.06.12"] {
        assert!(text.contains(shown), "{shown}");
    }
    assert!(!text.contains(PASSWORD), "no password comes back");
}

#[tokio::test]
async fn mr_01_the_number_must_be_proven_and_the_form_whole() {
    let portal = Portal::open().await;
    let mut browser = applicant(&portal, PERSONAL).await;
    let cases = [
        (vec![("sms_code", "000000")], "验证码已过期或还没有获取"),
        (vec![("consent", "")], "请先阅读协议并勾选同意"),
        (vec![("region", "110000")], "外省用户请选择"),
        (vec![("password", "short1")], "密码至少 10 位"),
        (
            vec![("password_again", "Songhua2026xuE")],
            "两次输入的密码不一样",
        ),
        (
            vec![("document_number", "230102199705180025")],
            "身份证号码有一位不对",
        ),
        (vec![("mobile", "0451-84556677")], "这是座机号"),
    ];
    for (changes, text) in cases {
        let answer = super::send(&mut browser, PERSONAL, &with(&changes), &[]).await;
        refused(&answer, text);
    }
}

#[tokio::test]
async fn mr_03_the_due_time_is_shown_and_late_is_escalated_never_approved() {
    let portal = Portal::open().await;
    let mut fresh = portal.browser();
    // Monday 09:31 in China: two working days later.
    let page = fresh.get("/review/apply?kind=personal").await;
    assert_eq!(page.between("id=\"due\">", "<"), "11 月 25 日（周三）09:31");
    let (_, number) = handed_in(&portal, PERSONAL, "13800138000").await;
    let mut desk = at_desk(&portal, "sample-a").await;
    assert!(!desk.get("/desk").await.text().contains("已升级"));
    portal.clock.advance(48 * 3_600_000);
    portal.app.review.sweep().await.expect("sweeps");
    let mut desk = at_desk(&portal, "sample-a").await;
    let list = desk.get("/desk").await.text();
    assert!(
        list.contains("is-late") && list.contains("已升级"),
        "{list}"
    );
    let found = portal.app.review.by_number(&number).await.expect("reads");
    let found = found.expect("there");
    assert_eq!(found.state, State::Submitted);
    assert!(found.escalated_at_ms.is_some());
}

#[tokio::test]
async fn mr_04_the_result_comes_by_message_and_the_status_says_so() {
    let portal = Portal::open().await;
    let (mut browser, number) = handed_in(&portal, PERSONAL, "13800138000").await;
    let status = browser.get("/review/status").await.text();
    assert!(
        status.contains("审核中") && status.contains("11 月 25 日"),
        "{status}"
    );
    let mut desk = at_desk(&portal, "sample-a").await;
    taken(&decide(&mut desk, &number, &super::APPROVE).await);
    assert_eq!(portal.app.notices.send_due().await.expect("sends"), 1);
    let outbox = browser.get("/sample/outbox").await.text();
    assert!(outbox.contains("人工审核已通过"), "{outbox}");
    let status = browser.get("/review/status").await.text();
    assert!(status.contains("短信已发到 138****8000"), "{status}");
    assert!(status.contains("/login?kind=personal"), "{status}");
}

#[tokio::test]
async fn mr_05_sm_04_a_return_names_its_reasons() {
    let portal = Portal::open().await;
    let (mut browser, number) = handed_in(&portal, PERSONAL, "13800138000").await;
    let mut desk = at_desk(&portal, "sample-a").await;
    let none = decide(&mut desk, &number, &[("verdict", "return")]).await;
    refused(&none, "退回要选至少一个原因");
    // A reason of enterprises is none of a person's.
    let foreign = [("verdict", "return"), ("reason_mobile", "yes")];
    refused(
        &decide(&mut desk, &number, &foreign).await,
        "退回要选至少一个原因",
    );
    let two = [
        ("verdict", "return"),
        ("reason_person_name", "yes"),
        ("reason_validity", "yes"),
    ];
    taken(&decide(&mut desk, &number, &two).await);
    portal.app.notices.send_due().await.expect("sends");
    let outbox = browser.get("/sample/outbox").await.text();
    assert!(
        outbox.contains("人工审核已退回，请核对：姓名、有效期。"),
        "{outbox}"
    );
    let status = browser.get("/review/status").await.text();
    assert!(status.contains("<b>姓名、有效期</b>"), "{status}");
}

#[tokio::test]
async fn mr_07_one_at_a_time_and_a_return_frees_everything() {
    let portal = Portal::open().await;
    let (mut first, number) = handed_in(&portal, PERSONAL, "13800138000").await;
    let mut second = applicant(&portal, PERSONAL).await;
    let other = [("mobile", "13900139000")];
    let answer = hand_in(&mut second, PERSONAL, &other, &both_sides()).await;
    refused(&answer, "您的材料正在审核");
    // Nor can it be registered meanwhile.
    let made = portal.app.accounts.register(account("13700137000")).await;
    assert!(matches!(made, Err(AccountError::UnderReview)));
    let mut desk = at_desk(&portal, "sample-a").await;
    taken(&decide(&mut desk, &number, &RETURN_NAME).await);
    portal.clock.advance(61_000);
    let answer = hand_in(&mut second, PERSONAL, &[], &both_sides()).await;
    assert_eq!(answer.location(), "/review/status", "{}", answer.text());
    // The old one stays readable, and leads on with what was typed.
    let old = first.get("/review/status").await.text();
    assert!(
        old.contains(&number) && old.contains("action=\"/register/personal\""),
        "{old}"
    );
    assert!(old.contains("value=\"230102199705180024\""));
}

#[tokio::test]
async fn mr_07_an_application_is_found_again_by_number_and_code() {
    let portal = Portal::open().await;
    let (_, number) = handed_in(&portal, PERSONAL, "13800138000").await;
    portal.clock.advance(61_000);
    let mut browser = portal.browser();
    let page = "/review/status";
    let ask = |number: &'static str| [("act", "code"), ("number", number)];
    let unknown = browser.fill(page, page, &ask("R20261123-99999")).await;
    let unknown = unknown.text();
    let asked = [("act", "code"), ("number", number.as_str())];
    let known = browser.fill(page, page, &asked).await.text();
    for text in [&unknown, &known] {
        assert!(text.contains("如果受理号存在"), "{text}");
    }
    let wrong = [
        ("act", "look"),
        ("number", number.as_str()),
        ("sms_code", "1"),
    ];
    refused(&browser.fill(page, page, &wrong).await, "验证码不对");
    assert!(!browser.get(page).await.text().contains("id=\"number\">R"));
    let code = newest_code(&mut browser).await;
    let right = [
        ("act", "look"),
        ("number", number.as_str()),
        ("sms_code", &code),
    ];
    let answer = browser.fill(page, page, &right).await;
    assert_eq!(answer.location(), page, "{}", answer.text());
    assert!(browser.get(page).await.text().contains(&number));
}

fn account(mobile: &str) -> NewAccount {
    NewAccount {
        kind: PERSONAL,
        name: "230102199705180024".to_owned(),
        organisation: String::new(),
        enterprise_type: String::new(),
        person_name: "林知微".to_owned(),
        document_kind: "resident_id".to_owned(),
        document_number: "230102199705180024".to_owned(),
        validity: String::new(),
        mobile: mobile.to_owned(),
        region: "230100".to_owned(),
        password: Some(PASSWORD.to_owned()),
        proof: Proof::Face,
        agreement: "test".to_owned(),
    }
}

/// Requirement SC-08: somebody whose face cannot be compared goes on here with the same account.
#[tokio::test]
async fn mr_07_whoever_was_returned_finds_the_old_values_in_the_form() {
    let portal = Portal::open().await;
    for (page, field) in [
        ("/register/personal", ("person_name", "林知微")),
        ("/register/enterprise", ("organisation_name", "样例")),
    ] {
        let mut browser = portal.browser();
        let token = browser.get(page).await.token();
        let fields = [("form_token", token.as_str()), ("act", "again"), field];
        let answer = browser.post(page, &fields).await;
        assert_eq!(answer.status, StatusCode::OK);
        let text = answer.text();
        assert!(text.contains(&format!("value=\"{}\"", field.1)), "{text}");
        assert!(!text.contains("有错误需要更正"), "nothing is judged yet");
    }
}

#[tokio::test]
async fn sc_08_a_pending_account_comes_here_with_what_it_told_and_is_replaced() {
    let portal = Portal::open().await;
    let pending = portal.app.accounts.register(account("13800138000")).await;
    let pending = pending.expect("registers");
    let mut browser = portal.browser();
    let fresh = portal.app.sessions.open().await.expect("opens");
    let session = portal
        .app
        .sessions
        .rotate(&fresh, None, Some(pending))
        .await;
    let cookie = session.expect("rotates").cookie();
    browser.cookies.insert("__Host-qss".to_owned(), cookie);
    let page = browser.get("/review/apply?kind=personal").await.text();
    assert!(
        page.contains("value=\"林知微\"") && !page.contains("请先在线注册"),
        "{page}"
    );
    let answer = hand_in(&mut browser, PERSONAL, &[], &both_sides()).await;
    assert_eq!(answer.location(), "/review/status", "{}", answer.text());
    let number = browser.get("/review/status").await;
    let number = number.between("<span id=\"number\">", "<");
    let mut desk = at_desk(&portal, "sample-a").await;
    taken(&decide(&mut desk, &number, &super::APPROVE).await);
    let name = "230102199705180024";
    let found = portal.app.accounts.by_name(PERSONAL, name).await;
    let found = found.expect("reads").expect("there");
    assert_eq!(found.proof, Proof::Review);
    assert_ne!(found.id, pending);
}
