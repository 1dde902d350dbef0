//! Registration while the systems of others are down, slow, wrong or up again; names carry the
//! requirement's row.

use axum::http::StatusCode;
use serde_json::json;

use super::registration::submit;
use super::{Browser, Portal};
use crate::outside::settings::OutsideSettings;
use crate::simulator::tests::Running;

/// The enterprise that only the simulator's file knows.
const UNSEEN: [(&str, &str); 8] = [
    ("act", "code"),
    ("organisation_name", "听澜样例造船有限公司"),
    ("credit_code", "91230103MA1E2E2E8J"),
    ("person_name", "沈听澜"),
    ("document_number", "230103198802140034"),
    ("validity_start", "2020.05.06"),
    ("validity_end", "2040.05.06"),
    ("region", "230100"),
];

async fn portal(running: &Running) -> Portal {
    let outside = OutsideSettings {
        population: Some(running.base("population")),
        market: Some(running.base("market")),
        sms: Some(running.base("sms")),
        ..OutsideSettings::default()
    };
    Portal::open_with(|settings, _| settings.outside = outside).await
}

async fn code(running: &Running) -> String {
    let (_, messages) = running.say("GET", "/admin/messages", &json!(null)).await;
    let text = messages[0]["text"].as_str().expect("a message").to_owned();
    text.chars().filter(char::is_ascii_digit).take(6).collect()
}

async fn asked(browser: &mut Browser, expected: &str) {
    let answer = submit(browser, &UNSEEN).await;
    let text = answer.text();
    assert!(text.contains(expected), "{expected} is missing: {text}");
    // Nothing that was typed is lost.
    for kept in ["听澜样例造船有限公司", "91230103MA1E2E2E8J", "2040.05.06"] {
        assert!(text.contains(&format!("value=\"{kept}\"")), "{kept}");
    }
}

#[tokio::test]
async fn ms_07_each_fault_says_try_again_and_keeps_the_form() {
    let running = Running::start(None).await;
    let faults = [
        json!({"fault": "down"}),
        json!({"fault": "drop"}),
        json!({"fault": "broken_json"}),
        json!({"fault": "wrong_shape"}),
        json!({"fault": "wrong_record"}),
        json!({"fault": "foreign_not_found"}),
    ];
    for fault in faults {
        // A portal of its own: what rests after many failures is tested elsewhere.
        let portal = portal(&running).await;
        let mut browser = portal.browser();
        running.play("market", &fault).await;
        asked(&mut browser, "市监局接口暂时没有回应").await;
        running.play("market", &json!({"fault": "none"})).await;
        running.play("population", &fault).await;
        asked(&mut browser, "身份信息校验暂时没有回应").await;
        running.play("population", &json!({"fault": "none"})).await;
    }
    let (_, messages) = running.say("GET", "/admin/messages", &json!(null)).await;
    assert_eq!(messages, json!([]), "nobody was written to");
}

#[tokio::test]
async fn ms_01_an_unseen_enterprise_registers_over_the_real_interfaces() {
    let running = Running::start(None).await;
    let portal = portal(&running).await;
    let mut browser = portal.browser();
    asked(&mut browser, "已发送到 139****0099").await;
    let code = code(&running).await;
    let mut fields = UNSEEN.to_vec();
    fields[0] = ("act", "register");
    fields.push(("sms_code", &code));
    let answer = submit(&mut browser, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

#[tokio::test]
async fn ms_08_each_state_that_is_not_in_business_is_refused() {
    let running = Running::start(None).await;
    let portal = portal(&running).await;
    for (name, code) in [
        ("听澜样例旧船有限公司", "91230104MA1F3F3F1K"),
        ("听澜样例沉船有限公司", "91230106MA1H5H5H9R"),
        ("听澜样例漏船有限公司", "91230107MA1J6J6J41"),
    ] {
        let mut fields = UNSEEN;
        (fields[1].1, fields[2].1) = (name, code);
        let answer = submit(&mut portal.browser(), &fields).await;
        assert!(answer.text().contains("登记状态不是存续"), "{code}");
    }
}

#[tokio::test]
async fn sm_02_a_gateway_that_is_down_is_said_and_costs_no_waiting() {
    let running = Running::start(None).await;
    let portal = portal(&running).await;
    let mut browser = portal.browser();
    running.play("sms", &json!({"fault": "down"})).await;
    asked(&mut browser, "短信暂时发不出去").await;
    running.play("sms", &json!({"fault": "none"})).await;
    asked(&mut browser, "已发送到 139****0099").await;
}

#[tokio::test]
async fn sm_06_a_gateway_that_is_down_is_said_to_every_name_at_the_sign_in() {
    let running = Running::start(None).await;
    let portal = portal(&running).await;
    portal.active("91230102MA1B2C3D8J", "13904510037").await;
    running.play("sms", &json!({"fault": "down"})).await;
    for name in ["91230102MA1B2C3D8J", "91230109MA1WHN150K"] {
        let mut browser = portal.browser();
        let fields = [("kind", "legal"), ("account", name), ("act", "by_sms")];
        browser.fill("/login", "/login", &fields).await;
        let fields = [("kind", "legal"), ("account", name), ("act", "code")];
        let answer = browser.fill("/login", "/login", &fields).await;
        let text = answer.text();
        assert!(text.contains("短信暂时发不出去"), "{name}: {text}");
        assert!(!text.contains("验证码已发送到"), "{name}");
    }
}
