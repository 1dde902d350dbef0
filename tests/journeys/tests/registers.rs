//! The registers and the SMS gateway as systems of others: the portal asks them over HTTP, and a
//! program of its own answers.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a journey that cannot go on has failed"
)]

use quanshengshi_journeys::ground::{Ground, card_now, program};
use quanshengshi_pc::form::EnterpriseForm;
use quanshengshi_pc::markup::words;
use quanshengshi_pc::plain::{PlainPage, PlainPc};
use quanshengshi_pc::simulator_process::SimulatorProcess;
use serde_json::json;
use tempfile::TempDir;

const PAGE: &str = "/register/enterprise";
const TOKEN: &str = "a-token-of-this-journey";

/// An enterprise and a person that stand in no sample; both invented.
const UNSEEN: &str = r#"{
    "persons": [{"document_number": "230103198802140034", "document_kind": "resident_id",
                 "name": "沈听澜", "valid_from": "2020-05-06", "valid_to": "2040-05-06"}],
    "enterprises": [{"credit_code": "91230103MA1E2E2E8J", "name": "听澜样例造船有限公司",
                     "contact": "13904510099",
                     "representative": {"name": "沈听澜", "document_kind": "resident_id",
                                        "document_number": "230103198802140034"}}]
}"#;

fn unseen() -> EnterpriseForm {
    EnterpriseForm {
        organisation_name: "听澜样例造船有限公司".to_owned(),
        credit_code: "91230103MA1E2E2E8J".to_owned(),
        person_name: "沈听澜".to_owned(),
        document_number: "230103198802140034".to_owned(),
        validity_start: "2020.05.06".to_owned(),
        validity_end: "2040.05.06".to_owned(),
        mobile: "13904510099".to_owned(),
        ..EnterpriseForm::sample()
    }
}

/// Sends the form with one of its buttons.
async fn press(pc: &PlainPc, form: &EnterpriseForm, more: &[(&str, &str)]) -> PlainPage {
    let token = pc.page(PAGE, None).await.unwrap();
    let token = token.hidden("form_token").unwrap();
    let mut fields = vec![
        ("form_token", token.as_str()),
        ("document_kind", "resident_id"),
    ];
    fields.extend(form.fields());
    fields.extend_from_slice(more);
    pc.page(PAGE, Some(&fields)).await.unwrap()
}

fn says(page: &PlainPage, text: &str) {
    let words = words(&page.markup);
    assert!(words.contains(text), "{text} is missing: {words}");
}

fn keeps(page: &PlainPage, form: &EnterpriseForm) {
    for typed in [
        &form.organisation_name,
        &form.credit_code,
        &form.validity_end,
    ] {
        let kept = format!("value=\"{typed}\"");
        assert!(page.markup.contains(&kept), "{typed} is lost");
    }
}

#[tokio::test]
async fn ms_07_an_unseen_enterprise_registers_after_the_register_was_down() {
    let folder = TempDir::new().unwrap();
    let (data, token) = (folder.path().join("more.json"), folder.path().join("token"));
    std::fs::write(&data, UNSEEN).unwrap();
    std::fs::write(&token, TOKEN).unwrap();
    let (data, token) = (data.to_str().unwrap(), token.to_str().unwrap());
    let simulator = SimulatorProcess::start(&program(), &["--data", data, "--token", token])
        .await
        .unwrap();
    let mut flags = simulator.flags();
    flags.extend(["--gateway-token".to_owned(), token.to_owned()]);
    let ground = Ground::start_with(&flags).await;
    let (pc, form) = (ground.pc(), unseen());

    // Down, slow, wrong: the page says so, the form is kept, nobody is written to.
    for (interface, fault, text) in [
        ("market", json!({"fault": "down"}), "市监局接口暂时没有回应"),
        (
            "market",
            json!({"fault": "wrong_record"}),
            "市监局接口暂时没有回应",
        ),
        (
            "market",
            json!({"fault": "slow", "ms": 20_000}),
            "市监局接口暂时没有回应",
        ),
        (
            "population",
            json!({"fault": "drop"}),
            "身份信息校验暂时没有回应",
        ),
        ("sms", json!({"fault": "down"}), "短信暂时发不出去"),
    ] {
        simulator.play(interface, &fault).await.unwrap();
        let page = press(&pc, &form, &[("act", "code")]).await;
        says(&page, text);
        keeps(&page, &form);
        simulator
            .play(interface, &json!({"fault": "none"}))
            .await
            .unwrap();
    }
    assert!(simulator.messages().await.unwrap().is_empty());

    // Up: the code goes to the filed number, and the registration goes through.
    let page = press(&pc, &form, &[("act", "code")]).await;
    says(&page, "已发送到 139****0099");
    let messages = simulator.messages().await.unwrap();
    let (mobile, text) = messages.first().unwrap();
    assert_eq!(mobile, "13904510099");
    let digits = text.chars().filter(char::is_ascii_digit);
    let code: String = digits.take(6).collect();
    let last = [("act", "register"), ("consent", "yes"), ("sms_code", &code)];
    let page = press(&pc, &form, &last).await;
    page.attribute("data-task").unwrap();
    assert_eq!(card_now(&pc, &page).await, "waiting");
    simulator.stop().await.unwrap();
}

#[tokio::test]
async fn ms_01_an_enterprise_that_stands_nowhere_is_not_found_and_not_unavailable() {
    let simulator = SimulatorProcess::start(&program(), &[]).await.unwrap();
    let ground = Ground::start_with(&simulator.flags()).await;
    let page = press(&ground.pc(), &unseen(), &[("act", "code")]).await;
    says(&page, "企业信息校验失败");
    assert!(!words(&page.markup).contains("暂时没有回应"));
    simulator.stop().await.unwrap();
}
