//! Registration of an enterprise; names carry the requirement's row.

use axum::http::StatusCode;

use super::{Answer, Browser, PASSWORD, Portal};

const GOOD: [(&str, &str); 16] = [
    ("act", "register"),
    ("enterprise_type", "enterprise"),
    ("organisation_name", "北疆云杉科技（哈尔滨）有限公司"),
    ("credit_code", "91230102MA1B2C3D8J"),
    ("document_kind", "resident_id"),
    ("person_name", "林知微"),
    ("document_number", "230102199705180024"),
    ("validity_start", "2023.06.12"),
    ("validity_end", "2043.06.12"),
    ("validity_term", "20"),
    ("mobile", ""),
    ("sms_code", ""),
    ("password", PASSWORD),
    ("password_again", PASSWORD),
    ("region", "230102"),
    ("consent", "yes"),
];

/// The good form with some fields changed; the region is one of the list.
fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = GOOD.to_vec();
    let region = [("region", "230100")];
    for (name, value) in region.iter().chain(changes) {
        for field in &mut fields {
            if field.0 == *name {
                field.1 = value;
            }
        }
    }
    fields
}

async fn submit(browser: &mut Browser, changes: &[(&str, &str)]) -> Answer {
    let page = "/register/enterprise";
    browser.fill(page, page, &with(changes)).await
}

/// The newest code of the sample outbox.
pub(super) async fn newest_code(browser: &mut Browser) -> String {
    browser.get("/sample/outbox").await.between("验证码 ", "，")
}

async fn refused(changes: &[(&str, &str)], expected: &[&str]) {
    let portal = Portal::open().await;
    let answer = submit(&mut portal.browser(), changes).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = answer.text();
    assert!(text.contains("有错误需要更正"));
    for expected in expected {
        assert!(text.contains(expected), "{expected} is missing");
    }
}

#[tokio::test]
async fn lr_08_a_right_form_registers_and_leads_to_the_two_codes() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let answer = submit(&mut browser, &[("act", "code")]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert!(answer.text().contains("已发送到 139****0037"));
    let before = browser.cookies["__Host-qss"].clone();
    let code = newest_code(&mut browser).await;
    let answer = submit(&mut browser, &[("sms_code", &code)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert_ne!(browser.cookies["__Host-qss"], before, "a new secret");
    let page = browser.get(answer.location()).await;
    assert_eq!(page.status, StatusCode::OK);
    let code = page.between("data-qr=\"", "\"");
    assert!(code.starts_with("https://127.0.0.1:8443/q/1."), "{code}");
    assert_eq!(
        page.between("data-app-qr=\"", "\""),
        "https://127.0.0.1:8443/app"
    );
    assert!(page.text().contains("林*微"));
    assert!(!page.text().contains("230102199705180024"));
}

#[tokio::test]
async fn lr_08_a_registered_enterprise_cannot_register_again() {
    let portal = Portal::open().await;
    portal.active("91230102MA1B2C3D8J", "13904510037").await;
    let mut browser = portal.browser();
    submit(&mut browser, &[("act", "code")]).await;
    let code = newest_code(&mut browser).await;
    let answer = submit(&mut browser, &[("sms_code", &code)]).await;
    assert!(answer.text().contains("该企业已注册"));
}

#[tokio::test]
async fn what_was_typed_is_kept_but_no_password() {
    let portal = Portal::open().await;
    let answer = submit(&mut portal.browser(), &[("person_name", "林知微2")]).await;
    let text = answer.text();
    for (name, value) in [
        ("credit_code", "91230102MA1B2C3D8J"),
        ("validity_end", "2043.06.12"),
    ] {
        assert!(text.contains(&format!("name=\"{name}\" ")), "{name}");
        assert!(text.contains(&format!("value=\"{value}\"")), "{value}");
    }
    assert!(!text.contains(PASSWORD));
}

#[tokio::test]
async fn typed_markup_is_shown_as_text() {
    let portal = Portal::open().await;
    let name = "\"><script>alert(1)</script>";
    let answer = submit(&mut portal.browser(), &[("organisation_name", name)]).await;
    assert!(!answer.text().contains("<script>alert"));
}

#[tokio::test]
async fn lr_01_the_kind_must_fit_the_code() {
    refused(
        &[("enterprise_type", "sole_trader")],
        &["企业类型与统一社会信用代码不符"],
    )
    .await;
    refused(&[("enterprise_type", "")], &["请选择企业类型"]).await;
}

#[tokio::test]
async fn lr_02_lr_15_another_name_is_told_without_an_oracle() {
    refused(
        &[("organisation_name", "北疆云杉有限公司")],
        &["企业信息校验失败"],
    )
    .await;
    refused(&[("person_name", "林知远")], &["企业信息校验失败"]).await;
    refused(
        &[("document_number", "230104200403090013")],
        &["企业信息校验失败"],
    )
    .await;
}

#[tokio::test]
async fn lr_03_a_mistyped_code_names_the_fault() {
    refused(&[("credit_code", "91230102MA1B2C3D8K")], &["有一位不对"]).await;
    refused(&[("credit_code", "9123")], &["应为 18 位"]).await;
}

#[tokio::test]
async fn lr_04_an_unknown_kind_of_document_is_refused() {
    refused(
        &[("document_kind", "officer_card")],
        &["不能用这种证件注册"],
    )
    .await;
}

#[tokio::test]
async fn lr_05_the_representatives_number_is_checked() {
    refused(
        &[("document_number", "230102199705180025")],
        &["身份证号码有一位不对"],
    )
    .await;
    refused(&[("person_name", "林1")], &["姓名里有不能用的字符"]).await;
}

#[tokio::test]
async fn lr_06_the_validity_is_checked_and_compared() {
    refused(&[("validity_term", "10")], &["选择的年限与起止日期不符"]).await;
    let another = [
        ("validity_start", "2023.06.13"),
        ("validity_end", "2043.06.13"),
    ];
    refused(&another, &["身份信息校验失败"]).await;
}

#[tokio::test]
async fn lr_07_the_agreement_must_be_ticked() {
    refused(&[("consent", "")], &["请先阅读协议并勾选同意"]).await;
}

#[tokio::test]
async fn lr_10_password_region_and_repeat_are_checked() {
    refused(
        &[("password", "short1"), ("password_again", "short1")],
        &["密码至少 10 位"],
    )
    .await;
    refused(
        &[("password_again", "songhua2026xue")],
        &["两次输入的密码不一样"],
    )
    .await;
    refused(&[("region", "110000")], &["外省用户请选择“黑龙江省”"]).await;
}

#[tokio::test]
async fn lr_13_only_the_filed_number_is_accepted() {
    refused(&[("mobile", "13800138000")], &["只能用市监局备案的手机号"]).await;
}

#[tokio::test]
async fn lr_14_full_width_brackets_are_changed_and_said() {
    let portal = Portal::open().await;
    let answer = submit(&mut portal.browser(), &[("act", "code")]).await;
    let text = answer.text();
    assert!(text.contains("北疆云杉科技(哈尔滨)有限公司"));
    assert!(text.contains("已把名称里的中文括号改为英文括号"));
    refused(
        &[("organisation_name", "北疆云杉科技【哈尔滨】有限公司")],
        &["请用英文括号"],
    )
    .await;
}

#[tokio::test]
async fn lr_18_another_province_is_told_before_any_register_is_asked() {
    refused(
        &[("credit_code", "91350100M000100Y43")],
        &["这是外省的企业"],
    )
    .await;
}

#[tokio::test]
async fn ms_04_a_filed_landline_has_its_own_advice() {
    let landline = [
        ("organisation_name", "松年寒地农业有限公司"),
        ("credit_code", "91230111MA1DREG75K"),
        ("person_name", "白松年"),
        ("document_number", "230103198507110035"),
        ("validity_start", "2019.02.25"),
        ("validity_end", "2039.02.25"),
    ];
    refused(
        &landline,
        &["未查到您在市监局备案的手机号", "备案的是座机号"],
    )
    .await;
}

#[tokio::test]
async fn ms_05_a_filed_15_digit_number_has_its_own_advice() {
    let old = [
        ("enterprise_type", "sole_trader"),
        ("organisation_name", "道里区雪青小吃店"),
        ("credit_code", "92230102MA1GTHB59J"),
        ("person_name", "周雪青"),
        ("document_number", "230102197001020015"),
        ("validity_start", "2018.01.09"),
        ("validity_end", "长期"),
        ("validity_term", "long"),
    ];
    refused(&old, &["备案的法人身份证号是 15 位"]).await;
}

#[tokio::test]
async fn sm_01_a_code_is_of_this_session_and_lives_five_minutes() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    submit(&mut browser, &[("act", "code")]).await;
    let code = newest_code(&mut browser).await;
    let answer = submit(&mut portal.browser(), &[("sms_code", &code)]).await;
    assert!(
        answer.text().contains("验证码已过期或还没有获取"),
        "another session"
    );
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let answer = submit(&mut browser, &[("sms_code", wrong)]).await;
    assert!(answer.text().contains("验证码不对"));
    portal.clock.advance(300_001);
    let answer = submit(&mut browser, &[("sms_code", &code)]).await;
    assert!(
        answer.text().contains("验证码已过期或还没有获取"),
        "too late"
    );
}

#[tokio::test]
async fn sm_02_asking_twice_is_answered_with_the_wait() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    submit(&mut browser, &[("act", "code")]).await;
    let answer = submit(&mut browser, &[("act", "code")]).await;
    assert!(answer.text().contains("60 秒"), "{}", answer.text());
}
