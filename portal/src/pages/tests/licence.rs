//! Signing in with the electronic licence.

use axum::http::StatusCode;

use super::{Answer, Browser, Portal};
use crate::accounts::{AccountKind, AccountState, Proof};
use crate::electronic_licence::LicenceSettings;
use crate::electronic_licence::stand_in::LIFE_MS;
use crate::vouched::Role;

const CODE: &str = "91230102MA1B2C3D8J";
const ELSEWHERE: &str = "91310115MA1K4ELW2U";
const COMPLETE: &str = "/login/licence/complete";

/// The name of the code a page shows.
fn code_of(page: &Answer) -> String {
    let text = page.between("data-licence-code=\"", "\"");
    text.rsplit('/').next().expect("an id").to_owned()
}

/// Opens the page and confirms its code on the mini-program's page.
async fn scan(portal: &Portal, browser: &mut Browser, holder: &str, role: Role) -> Answer {
    let page = browser.get("/login/licence").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let path = format!("/sample/licence/{}", code_of(&page));
    let mut phone = portal.browser();
    assert!(phone.get(&path).await.text().contains("确认登录"));
    let fields = [
        ("holder", holder),
        ("role", role.word()),
        ("act", "confirm"),
    ];
    let said = phone.post(&path, &fields).await;
    assert!(said.text().contains("已确认"), "{}", said.text());
    browser.get("/login/licence").await
}

#[tokio::test]
async fn el_01_the_page_shows_a_code_of_its_own_and_says_how_it_stands() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let page = browser.get("/login/licence").await;
    assert!(page.text().contains("不是“全省事”的码"));
    let again = browser.get("/login/licence").await;
    assert_eq!(code_of(&page), code_of(&again), "a reload keeps the code");
    let state = browser.get("/login/licence/state").await.text();
    assert_eq!(state, r#"{"seconds":180,"state":"waiting"}"#);
    let stranger = portal.browser().get("/login/licence/state").await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    portal.clock.advance(LIFE_MS);
    let state = browser.get("/login/licence/state").await.text();
    assert_eq!(state, r#"{"seconds":0,"state":"expired"}"#);
    let page = browser.get("/login/licence").await;
    assert!(page.text().contains("电子营业执照二维码已过期"));
    let fresh = browser.get("/login/licence").await;
    assert_ne!(code_of(&fresh), code_of(&again));
}

#[tokio::test]
async fn el_01_a_declined_code_says_so_and_the_next_one_is_fresh() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let first = code_of(&browser.get("/login/licence").await);
    let path = format!("/sample/licence/{first}");
    let mut phone = portal.browser();
    phone.post(&path, &[("act", "decline")]).await;
    let late = [
        ("holder", CODE),
        ("role", "legal_representative"),
        ("act", "confirm"),
    ];
    let late = phone.post(&path, &late).await;
    assert!(late.text().contains("没有同意"), "decided once");
    let page = browser.get("/login/licence").await;
    assert!(page.text().contains("电子营业执照上没有同意登录"));
    assert_ne!(code_of(&browser.get("/login/licence").await), first);
    assert_eq!(browser.get("/space").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn el_02_el_03_el_04_an_unknown_code_is_completed_and_scans_again() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let answer = scan(&portal, &mut browser, CODE, Role::LegalRepresentative).await;
    assert_eq!(answer.location(), COMPLETE);
    let form = browser.get(COMPLETE).await;
    let inputs = form.text().matches("class=\"input\"").count();
    assert_eq!(inputs, 2, "start and end, nothing else");
    assert!(form.text().contains("2301**********0024"), "masked");
    let wrong = [
        (
            "2023.06.12",
            "2042.06.12",
            "起止时间不是 5 年、10 年、20 年或长期",
        ),
        ("2023.13.12", "2043.06.12", "请按证件背面填写日期"),
        ("2027.06.12", "2047.06.12", "有效期起是将来的日期"),
        ("2022.06.12", "2042.06.12", "身份信息校验失败"),
    ];
    for (start, end, said) in wrong {
        let fields = [("validity_start", start), ("validity_end", end)];
        let answer = browser.fill(COMPLETE, COMPLETE, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = answer.text();
        assert!(text.contains(said) && text.contains(start), "{start} {end}");
    }
    let fields = [
        ("validity_start", "2023.06.12"),
        ("validity_end", "2043.06.12"),
    ];
    let answer = browser.fill(COMPLETE, COMPLETE, &fields).await;
    assert_eq!(answer.location(), "/login/licence?registered=yes");
    assert_eq!(
        browser.get("/space").await.status,
        StatusCode::SEE_OTHER,
        "not signed in"
    );
    let account = portal.app.accounts.by_name(AccountKind::Legal, CODE).await;
    let account = account.expect("reads").expect("an account");
    assert_eq!(
        (account.state, account.proof),
        (AccountState::Active, Proof::ElectronicLicence)
    );
    let page = browser.get(answer.location()).await;
    assert!(page.text().contains("注册成功。请再扫一次码登录。"));
    let answer = scan(&portal, &mut browser, CODE, Role::LegalRepresentative).await;
    assert_eq!(answer.location(), "/space", "the second scan signs in");
    assert_eq!(browser.get("/space").await.status, StatusCode::OK);
    assert!(
        browser
            .get(COMPLETE)
            .await
            .text()
            .contains("没有要完善的信息")
    );
}

#[tokio::test]
async fn el_03_an_enterprise_of_another_province_is_completed_too() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    scan(&portal, &mut browser, ELSEWHERE, Role::LegalRepresentative).await;
    let fields = [
        ("validity_start", "2022-07-04"),
        ("validity_end", "2032-07-04"),
    ];
    let answer = browser.fill(COMPLETE, COMPLETE, &fields).await;
    assert_eq!(answer.location(), "/login/licence?registered=yes");
    portal.clock.advance(1_000);
    let answer = scan(&portal, &mut browser, ELSEWHERE, Role::Operator).await;
    assert_eq!(answer.location(), "/space");
}

#[tokio::test]
async fn el_05_a_known_code_signs_in_and_the_session_gets_a_new_secret() {
    let portal = Portal::open().await;
    portal.active(CODE, "13904510037").await;
    let mut browser = portal.browser();
    browser.get("/login/licence").await;
    let before = browser.clone();
    let answer = scan(&portal, &mut browser, CODE, Role::LegalRepresentative).await;
    assert_eq!(answer.location(), "/space");
    assert_ne!(browser.cookies["__Host-qss"], before.cookies["__Host-qss"]);
    let mut old = before;
    assert_eq!(old.get("/space").await.status, StatusCode::SEE_OTHER);
}

/// Every role may sign in to an account that exists; the certificates still ask for the face of
/// the representative.
#[tokio::test]
async fn el_06_an_operator_signs_in_and_certificates_ask_for_the_representative() {
    let portal = Portal::open().await;
    portal.active(CODE, "13904510037").await;
    let mut browser = portal.browser();
    let answer = scan(&portal, &mut browser, CODE, Role::Operator).await;
    assert_eq!(answer.location(), "/space");
    let list = browser.get("/space/certificates").await;
    let certificate = list.between("data-certificate=\"", "\"");
    let token = list.token();
    let fields = [
        ("form_token", token.as_str()),
        ("kind", "view"),
        ("certificate", certificate.as_str()),
    ];
    let task = browser.post("/pc/tasks", &fields).await;
    let page = browser.get(task.location()).await;
    assert!(page.text().contains("林*微"), "{}", page.text());
}

#[tokio::test]
async fn el_06_who_may_not_register_is_told_so() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let answer = scan(&portal, &mut browser, CODE, Role::Operator).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.text().contains("data-code=\"ROLE_NOT_ALLOWED\""));
    assert!(
        browser
            .get(COMPLETE)
            .await
            .text()
            .contains("没有要完善的信息")
    );
    let answer = scan(&portal, &mut browser, CODE, Role::LicenceAdministrator).await;
    assert_eq!(answer.location(), COMPLETE);
    let form = browser.get(COMPLETE).await.text();
    assert!(form.contains("林*微") && form.contains("执照管理员"));
}

#[tokio::test]
async fn ms_06_an_enterprise_filed_under_an_old_number_gets_in_by_its_licence() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let code = "92230102MA1GTHB59J";
    let answer = scan(&portal, &mut browser, code, Role::LegalRepresentative).await;
    assert_eq!(answer.location(), COMPLETE, "{}", answer.text());
}

#[tokio::test]
async fn lg_07_a_site_without_the_licence_says_so_with_ways_on() {
    let portal = Portal::open_with(|settings, _| settings.sample = false).await;
    let answer = portal.browser().get("/login/licence").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    let text = answer.text();
    assert!(text.contains("没有接通电子营业执照") && text.contains("href=\"/login\""));
    let mini = portal
        .browser()
        .get("/sample/licence/AAAAAAAAAAAAAAAAAAAAAA")
        .await;
    assert_eq!(mini.status, StatusCode::NOT_FOUND, "no stand-in here");
}

#[tokio::test]
async fn el_01_a_service_that_is_down_says_so_and_offers_another_try() {
    let portal = Portal::open_with(|settings, folder| {
        let token = folder.join("token");
        std::fs::write(&token, "secret").expect("writes");
        settings.licence = Some(LicenceSettings {
            service: "http://127.0.0.1:9".to_owned(),
            token,
            root: None,
        });
    })
    .await;
    let answer = portal.browser().get("/login/licence").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    let text = answer.text();
    assert!(text.contains("data-code=\"ELIC_UNAVAILABLE\""), "{text}");
    assert!(text.contains("href=\"/login/licence\""));
}
