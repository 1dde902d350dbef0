//! Registration of an enterprise; names carry the requirement's row.

mod messages;

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
    ("region", "230100"),
    ("consent", "yes"),
];

/// The good form with some fields changed, or added.
fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    super::changed(&GOOD, changes)
}

pub(super) async fn submit(browser: &mut Browser, changes: &[(&str, &str)]) -> Answer {
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
async fn lr_19_the_page_names_the_enterprise_and_whose_face_is_needed() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    submit(&mut browser, &[("act", "code")]).await;
    let code = newest_code(&mut browser).await;
    let answer = submit(&mut browser, &[("sms_code", &code)]).await;
    let page = browser.get(answer.location()).await.text();
    assert!(
        page.contains(
            "企业实名认证 · 北疆云杉科技(哈尔滨)有限公司 · 须由法定代表人本人刷脸：林*微"
        )
    );
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
        &["这是外省的企业", "/login/national?kind=legal"],
    )
    .await;
}

#[tokio::test]
async fn lr_16_an_unnamed_prefix_has_two_ways_on() {
    for code in ["93230102MA3C4D5E7B", "81230100MC0123450E"] {
        refused(
            &[("credit_code", code)],
            &[
                "这类代码还不能在线注册",
                "/review/apply?kind=legal",
                "/login/national?kind=legal",
            ],
        )
        .await;
    }
}

/// The form of a body whose number is typed.
const VOLUNTEERS: [(&str, &str); 7] = [
    ("enterprise_type", "social_organisation"),
    ("organisation_name", "雪原志愿服务中心"),
    ("credit_code", "52230100MJY123458D"),
    ("person_name", "江云帆"),
    ("document_number", "230104200403090013"),
    ("validity_start", "2022.07.04"),
    ("validity_end", "2032.07.04"),
];

#[tokio::test]
async fn lr_12_a_social_organisation_types_its_number() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let mut fields = VOLUNTEERS.to_vec();
    fields.push(("validity_term", "10"));
    let missing = submit(&mut browser, &fields).await;
    assert!(missing.text().contains("请填写 11 位手机号"));
    fields.extend([("mobile", "137 0451 2233"), ("act", "code")]);
    let answer = submit(&mut browser, &fields).await;
    assert!(answer.text().contains("已发送到 137****2233"));
    let field = answer.between("id=\"mobile\"", ">");
    assert!(!field.contains("readonly") && field.contains("13704512233"));
    let code = newest_code(&mut browser).await;
    fields.pop();
    fields.push(("sms_code", &code));
    let answer = submit(&mut browser, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

#[tokio::test]
async fn lr_04_a_passport_is_read_and_compared_without_dates() {
    let by_passport = [
        ("organisation_name", "晓川冻土勘察有限公司"),
        ("credit_code", "91230103MA1Q7W2E5Y"),
        ("document_kind", "ordinary_passport"),
        ("person_name", "韩晓川"),
        ("document_number", "E31415926"),
        ("validity_start", ""),
        ("validity_end", ""),
        ("validity_term", ""),
    ];
    // Everything matches, up to the number that is not filed (MS-02).
    refused(&by_passport, &["市监局没有备案手机号"]).await;
    let mut other = by_passport.to_vec();
    other.push(("document_number", "E31415927"));
    refused(&other, &["企业信息校验失败"]).await;
    other.push(("document_number", "P1234567"));
    refused(&other, &["id=\"document_number-e\""]).await;
}

#[tokio::test]
async fn lr_09_lr_10_lr_11_the_hints_of_the_manual_are_there() {
    let portal = Portal::open().await;
    let page = portal.browser().get("/register/enterprise").await.text();
    for hint in [
        "请按营业执照或统一代码证书上的内容填写",
        "点了没有反应？请用谷歌浏览器，或把 360 安全浏览器切到“极速模式”",
        "严格区分大小写",
        "data-caps=\"大写键盘已打开\"",
        "外省用户只选“黑龙江省”",
        "只能用市监局备案的手机号",
        "社团法人、机关事业单位请填写手机号",
        "请先到当地工商窗口变更，变更后再注册",
        "括号用英文括号",
    ] {
        assert!(page.contains(hint), "{hint}");
    }
    assert!(!page.contains("review-box"), "not before a check failed");
}

#[tokio::test]
async fn lr_15_the_four_checks_stand_in_order_and_no_field_is_marked() {
    let portal = Portal::open().await;
    let answer = submit(&mut portal.browser(), &[("person_name", "林知远")]).await;
    let text = answer.text();
    let places: Vec<usize> = [
        "与营业执照、统一代码证书一致",
        "括号：名称里的括号用英文括号",
        "统一社会信用代码：逐位核对",
        "企业类型：9123 开头是企业法人",
    ]
    .iter()
    .map(|check| text.find(check).expect(check))
    .collect();
    assert!(places.is_sorted(), "{places:?}");
    for field in ["organisation_name", "person_name", "document_number"] {
        assert!(!text.contains(&format!("id=\"{field}-e\"")), "{field}");
    }
}

#[tokio::test]
async fn lr_17_lr_20_after_a_failed_check_the_form_goes_to_the_reviewers() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let early = [("manual_review", "yes"), ("failed_check", "AAAA")];
    let answer = submit(&mut browser, &early).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "not yet");
    let wrong = [("person_name", "林知远")];
    let failed = submit(&mut browser, &wrong).await;
    assert!(failed.text().contains("信息确认无误，我要走人工审核"));
    assert!(failed.text().contains("须与市监局备案一致，不一致会退回"));
    let mark = failed.between("name=\"failed_check\" value=\"", "\"");
    let ticked = [
        ("person_name", "林知远"),
        ("manual_review", "yes"),
        ("failed_check", mark.as_str()),
    ];
    let answer = submit(&mut browser, &ticked).await;
    // The browser sends the same fields again, by POST.
    assert_eq!(answer.status, StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(answer.location(), "/review/apply?kind=legal");
    // Another session's mark opens nothing.
    let answer = submit(&mut portal.browser(), &ticked).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a19_the_registers_are_not_asked_without_end() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let mut last = String::new();
    for _ in 0..21 {
        last = submit(&mut browser, &[("person_name", "林知远")])
            .await
            .text();
    }
    assert!(last.contains("校验次数太多") && last.contains("60 分钟"));
    assert!(!last.contains("企业信息校验失败"));
}
