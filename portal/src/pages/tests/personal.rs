//! Registration of a person; names carry the requirement's row.

mod account;

use axum::http::StatusCode;
use axum::http::header;

use crate::accounts::sign_in::SignIn;
use crate::accounts::{AccountKind, AccountState};

use super::login::{Try, right, sign_in};
use super::registration::newest_code;
use super::{Answer, Browser, PASSWORD, Portal, changed, form};

const PAGE: &str = "/register/personal";

const GOOD: [(&str, &str); 13] = [
    ("act", "register"),
    ("document_kind", "resident_id"),
    ("person_name", "林知微"),
    ("document_number", "230102199705180024"),
    ("validity_start", "2023.06.12"),
    ("validity_end", "2043.06.12"),
    ("validity_term", "20"),
    ("region", "230102"),
    ("mobile", "13845172680"),
    ("sms_code", ""),
    ("password", PASSWORD),
    ("password_again", PASSWORD),
    ("consent", "yes"),
];

async fn submit(browser: &mut Browser, changes: &[(&str, &str)]) -> Answer {
    browser.fill(PAGE, PAGE, &changed(&GOOD, changes)).await
}

/// Asks for a code, reads it, sends the form.
async fn register(browser: &mut Browser, changes: &[(&str, &str)]) -> Answer {
    let mut asking = changes.to_vec();
    asking.push(("act", "code"));
    let said = submit(browser, &asking).await;
    assert_eq!(said.status, StatusCode::OK, "{}", said.text());
    let code = newest_code(browser).await;
    let mut filled = changes.to_vec();
    filled.push(("sms_code", code.as_str()));
    submit(browser, &filled).await
}

/// What a form with a right code is answered.
async fn registering(changes: &[(&str, &str)]) -> String {
    let portal = Portal::open().await;
    register(&mut portal.browser(), changes).await.text()
}

async fn refused(changes: &[(&str, &str)], expected: &str) {
    let portal = Portal::open().await;
    let answer = submit(&mut portal.browser(), changes).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = answer.text();
    assert!(text.contains("有错误需要更正"));
    assert!(text.contains(expected), "{expected} is missing");
}

#[tokio::test]
async fn pr_01_the_two_kinds_are_offered_and_others_are_told() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let page = browser.get("/register").await.text();
    assert!(page.contains("href=\"/register/personal\""));
    assert!(page.contains("href=\"/register/enterprise\""));
    let answer = browser.get("/register/abroad").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.text().contains("请选择注册类型：个人或法人"));
}

#[tokio::test]
async fn pr_02_exactly_six_kinds_of_document_are_offered() {
    let portal = Portal::open().await;
    let page = portal.browser().get(PAGE).await;
    let choice = page.between("name=\"document_kind\"", "</select>");
    assert_eq!(choice.matches("<option").count(), 6);
    refused(&[("document_kind", "officer_card")], "不能用这种证件注册").await;
}

#[tokio::test]
async fn pr_02_every_kind_registers() {
    let none = ("", "", "");
    let id = ("2023.06.12", "2043.06.12", "20");
    for (kind, name, number, (start, end, term)) in [
        ("social_security_card", "林知微", "230102199705180024", id),
        ("ordinary_passport", "韩晓川", "E31415926", none),
        ("hong_kong_macao_permit", "何梦田", "M27182818", none),
        ("taiwan_permit", "陈雨杉", "16180339", none),
        (
            "foreign_permanent_resident",
            "Severova Anna",
            "92315619850607123X",
            none,
        ),
    ] {
        let portal = Portal::open().await;
        let changes = [
            ("document_kind", kind),
            ("person_name", name),
            ("document_number", number),
            ("validity_start", start),
            ("validity_end", end),
            ("validity_term", term),
        ];
        let answer = register(&mut portal.browser(), &changes).await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{kind} {}",
            answer.text()
        );
    }
}

#[tokio::test]
async fn pr_03_a_name_holds_no_digits() {
    refused(&[("person_name", "林1")], "姓名里有不能用的字符").await;
    refused(&[("person_name", "")], "姓名应为 2 至 50 个字").await;
}

#[tokio::test]
async fn pr_04_a_mistyped_number_names_the_fault() {
    refused(
        &[("document_number", "230102199705180025")],
        "身份证号码有一位不对",
    )
    .await;
    refused(
        &[("document_number", "230102970518002")],
        "这是 15 位旧号码",
    )
    .await;
}

#[tokio::test]
async fn pr_04_a_number_of_an_abolished_district_registers() {
    let text = registering(&[
        ("person_name", "杜鹤春"),
        ("document_number", "232126196002290023"),
        ("validity_start", "2012.03.01"),
        ("validity_end", "长期"),
        ("validity_term", "long"),
    ])
    .await;
    assert!(!text.contains("有错误需要更正"), "{text}");
}

#[tokio::test]
async fn pr_05_dates_are_read_in_order() {
    refused(&[("validity_start", "2023-13-01")], "请按证件背面填写日期").await;
    refused(
        &[
            ("validity_start", "2043.06.12"),
            ("validity_end", "2063.06.12"),
        ],
        "有效期起是将来的日期",
    )
    .await;
    refused(
        &[
            ("validity_start", "2006.03.07"),
            ("validity_end", "2026.03.07"),
        ],
        "证件已过有效期",
    )
    .await;
    // Also while the number is still wrong: everything is heard at once.
    refused(
        &[("document_number", "1"), ("validity_end", "昨天")],
        "请按证件背面填写日期",
    )
    .await;
}

#[tokio::test]
async fn pr_05_a_line_pasted_as_it_is_printed_is_taken_apart() {
    let text = registering(&[
        ("validity_start", "2023.06.12-2043.06.12"),
        ("validity_end", ""),
    ])
    .await;
    assert!(!text.contains("有错误需要更正"), "{text}");
}

#[tokio::test]
async fn pr_06_the_term_must_fit_the_dates() {
    refused(&[("validity_term", "10")], "选择的年限与起止日期不符").await;
    refused(&[("validity_term", "")], "选择的年限与起止日期不符").await;
}

#[tokio::test]
async fn pr_07_the_agreement_is_ticked_and_kept_with_its_version() {
    refused(&[("consent", "")], "请先阅读协议并勾选同意").await;
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    assert!(browser.get(PAGE).await.text().contains("版本 2026-11"));
    register(&mut browser, &[]).await;
    let kept = portal.app.store.read(|connection| {
        let sql = "SELECT agreement, agreed_at_ms > 0 FROM accounts";
        let row = connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok::<(String, bool), crate::store::StoreError>(row)
    });
    let (agreement, timed) = kept.await.expect("reads");
    assert_eq!(agreement, "user-agreement-and-privacy 2026-11");
    assert!(timed);
}

#[tokio::test]
async fn pr_09_pr_10_pr_12_pr_13_the_hints_of_the_manual_are_there() {
    let portal = Portal::open().await;
    let page = portal.browser().get(PAGE).await.text();
    for hint in [
        "请按身份证上的内容填写",
        "点了没有反应？请用谷歌浏览器，或把 360 安全浏览器切到“极速模式”",
        "严格区分大小写",
        "data-caps=\"大写键盘已打开\"",
        "本省用户选到区县；外省用户只选“黑龙江省”",
        "一个手机号只能注册一次",
        "看身份证有国徽的一面",
    ] {
        assert!(page.contains(hint), "{hint}");
    }
    assert!(!page.contains("review-box"), "not before a check failed");
}

#[tokio::test]
async fn pr_11_an_old_browser_is_told_and_not_stopped() {
    let portal = Portal::open().await;
    for page in [PAGE, "/register/enterprise", "/login"] {
        let mut request = axum::http::Request::get(page)
            .body(axum::body::Body::empty())
            .expect("a request");
        let agent = "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.1; Trident/7.0)";
        request
            .headers_mut()
            .insert(header::USER_AGENT, agent.parse().expect("ascii"));
        let answer = portal.browser().send(request).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.text().contains("请切换到“极速模式”"), "{page}");
        assert!(
            !portal
                .browser()
                .get(page)
                .await
                .text()
                .contains("请切换到“极速模式”")
        );
    }
}

#[tokio::test]
async fn pr_13_the_place_is_in_the_tree() {
    refused(&[("region", "110000")], "外省用户请选择“黑龙江省”").await;
    refused(&[("region", "")], "请选择所在的区划").await;
    let text = registering(&[("region", "230000")]).await;
    assert!(!text.contains("有错误需要更正"));
}

#[tokio::test]
async fn pr_15_one_answer_whatever_differs_with_the_validity_first() {
    let mut said = Vec::new();
    for change in [
        vec![("person_name", "林知远")],
        vec![("document_number", "230102199003070015")],
        vec![
            ("validity_start", "2023.06.13"),
            ("validity_end", "2043.06.13"),
        ],
    ] {
        let text = registering(&change).await;
        assert!(text.contains("身份信息校验失败"), "{text}");
        let (_, rest) = text.split_once("err-summary").expect("a summary");
        said.push(rest.split_once("</div>").expect("its end").0.to_owned());
        assert!(!text.contains("aria-invalid"), "no field is marked");
    }
    assert!(said.iter().all(|text| *text == said[0]));
    let places: Vec<_> = ["#validity_start", "#person_name", "#document_number"]
        .map(|field| said[0].find(field).expect(field))
        .to_vec();
    assert!(places.is_sorted());
}

#[tokio::test]
async fn pr_15_a_silent_register_is_no_mismatch() {
    let portal = Portal::open().await;
    portal.silence("register_persons").await;
    let text = register(&mut portal.browser(), &[]).await.text();
    assert!(text.contains("身份信息校验暂时没有回应"));
    assert!(!text.contains("身份信息校验失败") && !text.contains("review-box"));
}

#[tokio::test]
async fn pr_17_the_summary_goes_down_the_page() {
    let portal = Portal::open().await;
    let empty = GOOD.map(|(name, _)| (name, ""));
    let mut fields = empty.to_vec();
    fields.push(("act", "register"));
    let changes: Vec<_> = fields
        .into_iter()
        .filter(|(name, _)| *name != "document_kind")
        .collect();
    let text = submit(&mut portal.browser(), &changes).await.text();
    let (_, summary) = text.split_once("err-summary").expect("a summary");
    let (summary, _) = summary.split_once("</ul>").expect("its end");
    let places: Vec<usize> = [
        "#person_name",
        "#document_number",
        "#validity_start",
        "#validity_term",
        "#region",
        "#mobile",
        "#password",
        "#consent",
    ]
    .iter()
    .map(|link| summary.find(link).expect(link))
    .collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[tokio::test]
async fn pr_22_the_password_is_strong_and_typed_twice() {
    refused(&[("password", "short1")], "密码至少 10 位").await;
    refused(
        &[("password_again", "songhua2026xue")],
        "两次输入的密码不一样",
    )
    .await;
    let number = "x230102199705180024";
    refused(
        &[("password", number), ("password_again", number)],
        "密码至少 10 位",
    )
    .await;
}

/// What the portal says to a field that was left.
async fn left(browser: &mut Browser, field: &str, changes: &[(&str, &str)]) -> serde_json::Value {
    let token = browser.get(PAGE).await.token();
    let mut fields = changed(&GOOD, changes);
    fields.extend([
        ("form_token", token.as_str()),
        ("form", "personal"),
        ("left", field),
    ]);
    let mut request = form("/register/check", &fields);
    request
        .headers_mut()
        .insert(header::ACCEPT, "application/json".parse().expect("ascii"));
    let answer = browser.send(request).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.bytes).expect("JSON")
}

#[tokio::test]
async fn pr_17_a_field_is_told_when_it_is_left_with_the_words_of_the_form() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let wrong = [("document_number", "230102199705180025")];
    let told = left(&mut browser, "document_number", &wrong).await;
    let said = &told["fields"][1];
    assert_eq!(said["name"], "document_number");
    let text = said["error"].as_str().expect("an error").to_owned();
    let page = submit(&mut browser, &wrong).await.text();
    assert!(page.contains(&text), "{text}");
    // What belongs together is told together; what is empty is not wrong yet.
    let told = left(
        &mut browser,
        "validity_end",
        &[("validity_term", ""), ("validity_end", "昨天")],
    )
    .await;
    assert!(told["fields"][1]["error"].is_string());
    assert!(told["fields"][2]["error"].is_null());
    // A right number is said to be right, and shown as it is read.
    let spaced = [("document_number", "230102 19970518 0024")];
    let told = left(&mut browser, "document_number", &spaced).await;
    assert_eq!(told["fields"][1]["value"], "230102199705180024");
    assert_eq!(told["fields"][1]["right"], "号码格式正确");
}

#[tokio::test]
async fn pr_17_leaving_a_field_asks_no_register() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let stranger = [("document_number", "230102199003070015")];
    let known = left(&mut browser, "document_number", &[]).await;
    let unknown = left(&mut browser, "document_number", &stranger).await;
    assert_eq!(known["fields"][1]["error"], unknown["fields"][1]["error"]);
    let asked = portal.app.store.read(|connection| {
        let sql = "SELECT count(*) FROM register_tries";
        Ok::<i64, crate::store::StoreError>(connection.query_row(sql, [], |row| row.get(0))?)
    });
    assert_eq!(asked.await.expect("reads"), 0);
}
