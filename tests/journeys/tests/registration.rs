//! Registration as a person at the PC has it: by plain HTTP, and in a real Chromium whose form
//! says what is wrong while it is filled in.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a journey that cannot go on has failed"
)]

use std::time::Duration;

use quanshengshi_journeys::ground::{Ground, card_now, code_now};
use quanshengshi_journeys::phone::STRANGER;
use quanshengshi_pc::chromium::Chromium;
use quanshengshi_pc::form::{EnterpriseForm, PersonalForm};

/// Whether there is a browser; says so when there is none.
fn browser_is_here() -> bool {
    let here = Chromium::is_here();
    if !here {
        println!("SKIP browser journeys: no Chromium on this machine");
    }
    here
}

#[tokio::test]
async fn pr_18_a_person_registers_and_is_proven_by_their_own_face() {
    let ground = Ground::start().await;
    let phone = ground.phone("phone");
    let pc = ground.pc();
    let form = PersonalForm::sample();
    let page = pc.register_person(&form).await.unwrap();
    let old = page.attribute("data-qr").unwrap();
    // 刷新: another code, and the old one opens nothing.
    let code = code_now(&pc, &page).await;
    assert_ne!(code, old);
    assert!(phone.claim(&old).await.is_err(), "the old code is dead");
    let task = phone.claim(&code).await.unwrap();
    let asked: String = task
        .ask()
        .lines
        .into_iter()
        .map(|line| line.value + "\n")
        .collect();
    assert!(asked.contains("林*微"), "{asked}");
    assert!(asked.contains("138****2680"), "{asked}");
    assert!(!asked.contains(&form.document_number), "{asked}");
    task.answer(quanshengshi::task::PersonDecision::AgreeWithFace, None)
        .await
        .unwrap();
    phone.approve(&task).await;
    assert_eq!(card_now(&pc, &page).await, "done");
    let done = pc.page(&page.path, None).await.unwrap();
    assert!(done.markup.contains("实名认证成功"), "the headline turns");
    assert!(!done.markup.contains("还差一步"));
    let token = done.hidden("form_token").unwrap();
    let finish = format!("{}/finish", done.path);
    let login = pc.page(&finish, Some(&[("form_token", &token)])).await;
    assert_eq!(login.unwrap().path, "/login?kind=personal");
}

#[tokio::test]
async fn sc_05_another_face_does_not_prove_the_person() {
    let ground = Ground::start().await;
    let phone = ground.phone("phone");
    let pc = ground.pc();
    let page = pc.register_person(&PersonalForm::sample()).await.unwrap();
    let task = phone.agree(&code_now(&pc, &page).await).await.unwrap();
    let stage = phone.prove(&task, STRANGER).await.unwrap();
    assert!(
        !matches!(stage, quanshengshi::task::TaskStage::Approved { .. }),
        "{stage:?}"
    );
    assert_ne!(card_now(&pc, &page).await, "done");
}

#[tokio::test]
async fn pr_18_a_person_registers_in_chromium() {
    if !browser_is_here() {
        return;
    }
    let ground = Ground::start().await;
    let origin = ground.ready.origin.clone();
    let phone = ground.phone("phone");
    let pc = Chromium::start().await.unwrap();
    pc.register_person(&origin, &PersonalForm::sample())
        .await
        .unwrap();
    let code = pc.find(".qr").await.unwrap().attr("data-qr").await.unwrap();
    let task = phone.agree(&code.unwrap()).await.unwrap();
    pc.wait_card("confirm").await.unwrap();
    phone.approve(&task).await;
    pc.wait_card("done").await.unwrap();
    // The page turns as a whole, without being loaded again.
    assert_eq!(pc.words("h1").await.unwrap(), "实名认证成功");
    let step = pc.words(".steps [aria-current]").await.unwrap();
    assert_eq!(step, "完成");
    pc.press("#done").await.unwrap();
    pc.until_address("/login?kind=personal").await.unwrap();
    pc.close().await.unwrap();
}

/// What stands at a field, once something does. The page writes it anew with every answer, so what
/// was found may be gone when it is read.
async fn said(pc: &Chromium, at: &str) -> String {
    pc.find(at).await.unwrap();
    for _ in 0..20 {
        if let Ok(words) = pc.words(at).await {
            return words;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    pc.words(at).await.unwrap()
}

#[tokio::test]
async fn pr_17_the_form_says_what_is_wrong_while_it_is_filled_in() {
    if !browser_is_here() {
        return;
    }
    let ground = Ground::start().await;
    let pc = Chromium::start().await.unwrap();
    pc.open(&format!("{}/register/personal", ground.ready.origin))
        .await
        .unwrap();
    pc.fill("#document_number", "230102199705180025")
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(
        !pc.shows("#document_number-e").await,
        "nobody is interrupted while typing"
    );
    pc.fill("#person_name", "林知微").await.unwrap();
    let wrong = said(&pc, "#document_number-e").await;
    assert!(wrong.contains("身份证号码有一位不对"), "{wrong}");
    assert_eq!(said(&pc, "#live").await, wrong, "and it is said aloud");
    // Put right, it goes away.
    pc.fill("#document_number", "230102 19970518 0024")
        .await
        .unwrap();
    pc.fill("#mobile", "0451-82345678").await.unwrap();
    assert_eq!(said(&pc, "#document_number-o").await, "号码格式正确");
    assert!(!pc.shows("#document_number-e").await);
    pc.fill("#password", "short").await.unwrap();
    assert!(said(&pc, "#mobile-e").await.contains("这是座机号"));
    // Dates are asked for where the document has them.
    pc.choose("#document_kind", "taiwan_permit").await.unwrap();
    pc.find("[data-validity][hidden]").await.unwrap();
    assert!(
        said(&pc, "#document_number-e").await.contains("格式"),
        "the number is read by the kind"
    );
    // A press of the button is answered at once, at the field.
    pc.press("#get-code").await.unwrap();
    assert!(said(&pc, "#mobile-e").await.contains("这是座机号"));
    pc.close().await.unwrap();
}

#[tokio::test]
async fn lr_13_ms_06_the_filed_number_is_locked_and_another_has_two_ways_out() {
    if !browser_is_here() {
        return;
    }
    let ground = Ground::start().await;
    let pc = Chromium::start().await.unwrap();
    pc.open(&format!("{}/register/enterprise", ground.ready.origin))
        .await
        .unwrap();
    let form = EnterpriseForm {
        mobile: "13800138000".to_owned(),
        ..EnterpriseForm::sample()
    };
    pc.fill_in(&form.fields()).await.unwrap();
    pc.press("#get-code").await.unwrap();
    let advice = said(&pc, "#advice").await;
    assert!(advice.contains("手机号与市监局备案不一致"), "{advice}");
    assert!(!advice.contains("座机"), "{advice}");
    for way in ["/login/national?kind=legal", "/login/licence"] {
        assert!(pc.shows(&format!("#advice a.way[href='{way}']")).await);
    }
    pc.find("#mobile").await.unwrap().clear().await.unwrap();
    pc.press("#get-code").await.unwrap();
    pc.find("#sms-said:not(:empty)").await.unwrap();
    let mobile = pc.find("#mobile").await.unwrap();
    let shown = mobile.prop("value").await.unwrap();
    assert_eq!(shown.as_deref(), Some("139****0037"));
    assert!(mobile.attr("readonly").await.unwrap().is_some());
    assert!(!pc.shows("#advice").await);
    pc.close().await.unwrap();
}
