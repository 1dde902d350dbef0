//! The reviewers' side.

use axum::http::header;

use super::{
    APPROVE, AccountKind, PASSWORD, Portal, RETURN_NAME, StatusCode, at_desk, decide, decide_seen,
    handed_in, refused, taken,
};
use crate::accounts::sign_in::SignIn;
use crate::accounts::{AccountState, Proof};
use crate::audit::chain::verify_chain;
use crate::certificates::tickets::Grant;
use crate::pages::tests::form;
use crate::review::ReviewError;
use crate::review::application::State;
use quanshengshi_protocol::ids::TaskId;

const PERSONAL: AccountKind = AccountKind::Personal;
const LEGAL: AccountKind = AccountKind::Legal;
/// The filed number of the sample enterprise.
const FILED: &str = "13904510037";

async fn state(portal: &Portal, number: &str) -> State {
    let found = portal.app.review.by_number(number).await.expect("reads");
    found.expect("there").state
}

#[tokio::test]
async fn mr_05_the_case_marks_the_sign_that_differs_from_the_register() {
    let portal = Portal::open().await;
    let mut browser = super::applicant(&portal, PERSONAL).await;
    let changes = [("person_name", "林知远")];
    super::hand_in(&mut browser, PERSONAL, &changes, &super::both_sides()).await;
    let mut desk = at_desk(&portal, "sample-a").await;
    let list = desk.get("/desk").await;
    let link = list.between("href=\"/desk/cases/", "\"");
    let page = desk.get(&format!("/desk/cases/{link}")).await.text();
    assert!(
        page.contains("林知<span class=\"diff\">远</span>"),
        "{page}"
    );
    assert!(
        page.contains("林知<span class=\"diff\">微</span>"),
        "{page}"
    );
    assert!(page.contains("2301**********0024") && !page.contains("230102199705180024"));
}

#[tokio::test]
async fn mr_06_lr_20_an_enterprise_is_held_against_the_market_register() {
    let portal = Portal::open().await;
    let (_, number) = handed_in(&portal, LEGAL, "13904510038").await;
    let mut desk = at_desk(&portal, "sample-a").await;
    let page = desk.get(&format!("/desk/cases/{number}")).await.text();
    assert!(
        page.contains("1390***003<span class=\"diff\">8</span>"),
        "{page}"
    );
    let reasons = [
        ("verdict", "return"),
        ("reason_mobile", "yes"),
        ("reason_document_number", "yes"),
    ];
    taken(&decide(&mut desk, &number, &reasons).await);
    assert_eq!(state(&portal, &number).await, State::Second);
    let mut other = at_desk(&portal, "sample-b").await;
    taken(&decide(&mut other, &number, &RETURN_NAME).await);
    portal.app.notices.send_due().await.expect("sends");
    let outbox = desk.get("/sample/outbox").await.text();
    assert!(
        outbox.contains("请核对：手机号、姓名、证件号码。"),
        "both are told: {outbox}"
    );
}

#[tokio::test]
async fn mr_08_an_approved_person_signs_in_but_certificates_still_need_the_face() {
    let portal = Portal::open().await;
    let (_, number) = handed_in(&portal, LEGAL, FILED).await;
    for name in ["sample-a", "sample-b"] {
        let mut desk = at_desk(&portal, name).await;
        taken(&decide(&mut desk, &number, &APPROVE).await);
    }
    let (accounts, code) = (&portal.app.accounts, "91230102MA1B2C3D8J");
    let wrong = accounts.sign_in(LEGAL, code, "Songhua2026xuE").await;
    assert_eq!(wrong, SignIn::BadCredentials);
    let SignIn::Welcome(account) = accounts.sign_in(LEGAL, code, PASSWORD).await else {
        panic!("not let in");
    };
    assert_eq!(
        (account.state, account.proof),
        (AccountState::Active, Proof::Review)
    );
    let mut browser = portal.browser();
    let fresh = portal.app.sessions.open().await.expect("opens");
    let session = portal
        .app
        .sessions
        .rotate(&fresh, Some(account.id), None)
        .await;
    let cookie = session.expect("rotates").cookie();
    browser.cookies.insert("__Host-qss".to_owned(), cookie);
    let held = portal
        .app
        .certificates
        .held_by(&account)
        .await
        .expect("reads");
    let id = held.first().expect("a certificate").id.to_string();
    let wish = [("kind", "view"), ("certificate", id.as_str())];
    let answer = browser
        .fill("/space/certificates", "/pc/tasks", &wish)
        .await;
    let waiting = browser.get(answer.location()).await.text();
    assert!(
        waiting.contains("data-qr=\""),
        "a code to scan, no certificate: {waiting}"
    );
}

#[tokio::test]
async fn mr_09_an_enterprise_needs_two_who_agree_and_a_senior_where_they_do_not() {
    let portal = Portal::open().await;
    let (_, number) = handed_in(&portal, LEGAL, FILED).await;
    let mut one = at_desk(&portal, "sample-a").await;
    let mut two = at_desk(&portal, "sample-b").await;
    let mut senior = at_desk(&portal, "sample-senior").await;
    taken(&decide(&mut one, &number, &APPROVE).await);
    refused(&decide(&mut one, &number, &APPROVE).await, "您已决定过");
    assert_eq!(state(&portal, &number).await, State::Second);
    // The second looks for themselves.
    let page = two.get(&format!("/desk/cases/{number}")).await.text();
    assert!(
        page.contains("第一人的意见不显示") && !page.contains("已有意见"),
        "{page}"
    );
    taken(&decide(&mut two, &number, &RETURN_NAME).await);
    assert_eq!(state(&portal, &number).await, State::Senior);
    for desk in [&mut one, &mut two] {
        let answer = decide_seen(desk, &number, "senior", &APPROVE).await;
        refused(&answer, "您已决定过");
    }
    let page = senior.get(&format!("/desk/cases/{number}")).await.text();
    assert!(
        page.contains("已有意见") && page.contains("退回: 姓名"),
        "{page}"
    );
    taken(&decide(&mut senior, &number, &APPROVE).await);
    assert_eq!(state(&portal, &number).await, State::Approved);
}

#[tokio::test]
async fn mr_09_of_two_reviewers_at_once_one_is_first() {
    let portal = Portal::open().await;
    let (_, number) = handed_in(&portal, PERSONAL, "13800138000").await;
    let mut one = at_desk(&portal, "sample-a").await;
    let mut two = at_desk(&portal, "sample-b").await;
    let (left, right) = tokio::join!(
        decide_seen(&mut one, &number, "submitted", &APPROVE),
        decide_seen(&mut two, &number, "submitted", &RETURN_NAME),
    );
    let won = [&left, &right]
        .iter()
        .filter(|answer| answer.location() == "/desk?said=yes")
        .count();
    assert_eq!(won, 1);
    let lost = if left.status == StatusCode::SEE_OTHER {
        right
    } else {
        left
    };
    refused(&lost, "这件申请刚由别人处理");
}

#[tokio::test]
async fn mr_09_an_auditor_reads_and_decides_nothing() {
    let portal = Portal::open().await;
    let (_, number) = handed_in(&portal, PERSONAL, "13800138000").await;
    let mut auditor = at_desk(&portal, "sample-auditor").await;
    let page = auditor.get(&format!("/desk/cases/{number}")).await.text();
    assert!(page.contains("您可以查看，不能决定") && !page.contains("id=\"decide\""));
    refused(
        &decide(&mut auditor, &number, &APPROVE).await,
        "不能决定这一件",
    );
    assert_eq!(state(&portal, &number).await, State::Submitted);
}

#[tokio::test]
async fn mr_09_every_look_and_every_decision_is_in_the_audit() {
    let portal = Portal::open().await;
    let (_, number) = handed_in(&portal, PERSONAL, "13800138000").await;
    let mut desk = at_desk(&portal, "sample-a").await;
    let case = format!("/desk/cases/{number}");
    let token = desk.get(&case).await.token();
    let shown = desk
        .post(&format!("{case}/reveal"), &[("form_token", &token)])
        .await;
    assert!(shown.text().contains("230102199705180024"));
    desk.get(&format!("{case}/materials/photo_back")).await;
    taken(&decide(&mut desk, &number, &APPROVE).await);
    let events = portal.app.store.read(|connection| {
        verify_chain(connection).expect("the chain holds");
        let sql = "SELECT event FROM audit WHERE application = 1 ORDER BY seq";
        let mut statement = connection.prepare(sql)?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        Ok::<_, ReviewError>(rows.collect::<Result<Vec<_>, _>>()?)
    });
    let expected = [
        "review-submitted",
        "review-read",
        "review-revealed",
        "review-material-read",
        "review-read",
        "review-decided",
        "review-approved",
    ];
    assert_eq!(events.await.expect("reads"), expected);
}

#[tokio::test]
async fn mr_09_nothing_of_an_applicant_opens_the_desk() {
    let portal = Portal::open().await;
    let (mut applicant, number) = handed_in(&portal, PERSONAL, "13800138000").await;
    let case = format!("/desk/cases/{number}");
    for path in [
        "/desk",
        "/desk/faces",
        &case,
        &format!("{case}/materials/photo_front"),
    ] {
        let answer = applicant.get(path).await;
        assert_eq!(answer.location(), "/desk/login", "{path}");
    }
    // Signed in at the desk, a form needs the desk's token and our own origin.
    let mut desk = at_desk(&portal, "sample-a").await;
    let path = format!("{case}/decide");
    let foreign = applicant.get("/review/apply?kind=personal").await.token();
    let fields = [("form_token", foreign.as_str()), ("verdict", "approve")];
    assert_eq!(
        desk.post(&path, &fields).await.status,
        StatusCode::FORBIDDEN
    );
    let token = desk.get("/desk").await.token();
    let mut request = form(&path, &[("form_token", &token), ("verdict", "approve")]);
    let evil = "https://evil.example".parse().expect("ascii");
    request.headers_mut().insert(header::ORIGIN, evil);
    assert_eq!(desk.send(request).await.status, StatusCode::FORBIDDEN);
    assert_eq!(state(&portal, &number).await, State::Submitted);
}

#[tokio::test]
async fn mr_09_the_desk_signs_in_by_its_own_names_and_slows_guessing() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let page = "/desk/login";
    for (name, password) in [("sample-a", "wrong"), ("nobody", PASSWORD)] {
        let fields = [("name", name), ("password", password)];
        refused(&browser.fill(page, page, &fields).await, "账号或密码不对");
    }
    for _ in 0..4 {
        let fields = [("name", "sample-a"), ("password", "wrong")];
        browser.fill(page, page, &fields).await;
    }
    let fields = [("name", "sample-a"), ("password", PASSWORD)];
    refused(&browser.fill(page, page, &fields).await, "尝试太多");
}

#[tokio::test]
async fn mr_09_signing_out_ends_the_session() {
    let portal = Portal::open().await;
    let mut desk = at_desk(&portal, "sample-a").await;
    let before = desk.clone();
    let token = desk.get("/desk").await.token();
    desk.post("/desk/logout", &[("form_token", &token)]).await;
    let mut stolen = before;
    assert_eq!(stolen.get("/desk").await.location(), "/desk/login");
}

#[tokio::test]
async fn sm_05_a_registration_is_told_to_the_number() {
    let portal = Portal::open().await;
    portal.active("91230102MA1B2C3D8J", FILED).await;
    portal.app.notices.send_due().await.expect("sends");
    let outbox = portal.browser().get("/sample/outbox").await.text();
    assert!(outbox.contains("有人用这个手机号注册了账号"), "{outbox}");
}

#[tokio::test]
async fn sm_05_a_download_is_told_to_the_number_of_the_account() {
    let portal = Portal::open().await;
    let account = portal.active("91230102MA1B2C3D8J", FILED).await;
    let session = portal.app.sessions.open().await.expect("opens").digest;
    let grant = Grant {
        task: TaskId::from_bytes([7; 16]),
        certificate: "any".to_owned(),
        account,
        purpose: "投标".to_owned(),
        download: true,
    };
    let ticket = portal
        .app
        .tickets
        .issue(grant, session)
        .await
        .expect("issues");
    portal
        .app
        .tickets
        .spend(&ticket, session)
        .await
        .expect("spends");
    portal.app.notices.send_due().await.expect("sends");
    let outbox = portal.browser().get("/sample/outbox").await.text();
    assert!(outbox.contains("证照刚被下载"), "{outbox}");
}
