//! The mobile of the representative: whose it is, codes sent to it, and the ways out.

use super::*;

#[tokio::test]
async fn lr_13_only_the_filed_number_is_accepted() {
    refused(&[("mobile", "13800138000")], &["只能用市监局备案的手机号"]).await;
    let portal = Portal::open().await;
    let answer = submit(&mut portal.browser(), &[("act", "code")]).await;
    let field = answer.between("id=\"mobile\"", ">");
    assert!(field.contains("value=\"139****0037\"") && field.contains(" readonly"));
    assert!(!answer.text().contains("13904510037"));
}

#[tokio::test]
async fn ms_03_another_number_than_the_filed_one_has_its_two_branches() {
    let portal = Portal::open().await;
    let answer = submit(&mut portal.browser(), &[("mobile", "13800138000")]).await;
    let text = answer.text();
    for expected in [
        "未查到您在市监局备案的手机号",
        "手机号与市监局备案不一致",
        "该号码还在用：请用备案的手机号注册",
        "该号码不再用：请先修改备案号码",
    ] {
        assert!(text.contains(expected), "{expected}");
    }
    // Only the cause that applies.
    assert!(!text.contains("座机号") && !text.contains("15 位"));
    assert!(!text.contains("139****0037") && !text.contains("13904510037"));
}

#[tokio::test]
async fn ms_01_sm_03_a_code_is_sent_only_when_the_registers_agree() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    for wrong in [
        ("person_name", "林知远"),
        ("organisation_name", "北疆云杉有限公司"),
        ("mobile", "13800138000"),
    ] {
        let answer = submit(&mut browser, &[("act", "code"), wrong]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let outbox = browser.get("/sample/outbox").await.text();
    assert!(!outbox.contains("data-text"), "{outbox}");
    submit(&mut browser, &[("act", "code")]).await;
    let outbox = browser.get("/sample/outbox").await.text();
    assert!(outbox.contains("13904510037") || outbox.contains("139****0037"));
}

#[tokio::test]
async fn ms_06_the_two_ways_out_are_buttons() {
    let portal = Portal::open().await;
    let answer = submit(&mut portal.browser(), &[("mobile", "13800138000")]).await;
    let text = answer.text();
    assert!(text.contains("暂时无法去市监局更改"));
    for way in ["/login/national?kind=legal", "/login/licence"] {
        assert!(text.contains(&format!("class=\"way\" href=\"{way}\"")));
    }
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
        &[
            "未查到您在市监局备案的手机号",
            "市监局备案号码为座机号",
            "/login/national?kind=legal",
            "/login/licence",
        ],
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
    refused(&old, &["备案的法人身份证号码为 15 位"]).await;
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

#[tokio::test]
async fn ms_07_a_silent_register_is_no_answer_about_the_enterprise() {
    let portal = Portal::open().await;
    portal.silence("register_enterprises").await;
    let answer = submit(&mut portal.browser(), &[]).await;
    assert!(answer.text().contains("市监局接口暂时没有回应"));
    assert!(!answer.text().contains("企业信息校验失败"));
    assert!(!answer.text().contains("review-box"));
    let portal = Portal::open().await;
    portal.silence("register_persons").await;
    let answer = submit(&mut portal.browser(), &[]).await;
    assert!(answer.text().contains("身份信息校验暂时没有回应"));
}

#[tokio::test]
async fn ms_08_an_enterprise_out_of_business_cannot_register() {
    refused(
        &[
            ("organisation_name", "旧渡口运输有限公司"),
            ("credit_code", "91230104MA1K8H3N4K"),
            ("person_name", "江云帆"),
            ("document_number", "230104200403090013"),
            ("validity_start", "2022.07.04"),
            ("validity_end", "2032.07.04"),
            ("validity_term", "10"),
        ],
        &["登记状态不是存续"],
    )
    .await;
}
