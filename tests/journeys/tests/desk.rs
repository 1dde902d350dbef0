//! What people decide at the reviewers' desk, in two real browsers: the applicant's and the
//! reviewer's.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a journey that cannot go on has failed"
)]

use quanshengshi::task::{PersonDecision, TaskStage};
use quanshengshi::ways::ActVariant;
use quanshengshi_journeys::ground::{Ground, code_now, people};
use quanshengshi_journeys::pages::axe::Axe;
use quanshengshi_journeys::pages::pictures::{Pictures, target};
use quanshengshi_journeys::pages::table::Page;
use quanshengshi_journeys::pages::walk::{Reading, Walk};
use quanshengshi_journeys::phone::REPRESENTATIVE;
use quanshengshi_pc::chromium::Chromium;
use quanshengshi_pc::form::PersonalForm;

/// The password of the sample reviewers.
const DESK_PASSWORD: &str = "Songhua2026xue";

/// Whether there is a browser; says so when there is none.
fn browser_is_here() -> bool {
    let here = Chromium::is_here();
    if !here {
        println!("SKIP browser journeys: no Chromium on this machine");
    }
    here
}

/// A reviewer's browser, signed in at the desk.
async fn at_desk(origin: &str, name: &str) -> Chromium {
    let desk = Chromium::start().await.unwrap();
    desk.open(&format!("{origin}/desk")).await.unwrap();
    desk.fill("#name", name).await.unwrap();
    desk.fill("#password", DESK_PASSWORD).await.unwrap();
    desk.press("main button[type=submit]").await.unwrap();
    desk.find(".desk-who").await.unwrap();
    desk
}

/// Looks at pages in the usual reading and in large English, and insists that nothing is wrong.
async fn look(pc: &Chromium, origin: &str, kept: &str, pages: &[Page]) {
    let axe = Axe::fetch(&target())
        .map_err(|why| println!("SKIP axe-core on the pages: {why}"))
        .ok();
    let pictures = Pictures::new(target().join(kept));
    let mut walk = Walk::new(pc, origin, axe.as_ref(), pictures);
    let [usual, .., large_english] = Reading::ALL;
    // What the console said of the pages before is not about these.
    pc.console().await.unwrap();
    for reading in [large_english, usual] {
        walk.read_as(reading).await;
        for page in pages {
            walk.look(page, reading).await;
        }
    }
    let faults = std::mem::take(&mut walk.faults);
    walk.pictures.finish();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    pc.size(1280, 900).await.unwrap();
}

/// The address of the page that is open, below the origin.
async fn path_of(pc: &Chromium, origin: &str) -> String {
    let address = pc.address().await.unwrap();
    address.trim_start_matches(origin).to_owned()
}

#[tokio::test]
async fn mr_01_to_mr_08_a_person_whom_the_register_contradicts_is_let_in_by_people() {
    if !browser_is_here() {
        return;
    }
    let ground = Ground::start().await;
    let origin = ground.ready.origin.clone();
    let pc = Chromium::start().await.unwrap();
    // The back of another card: the check says no, and only now offers people.
    let form = PersonalForm {
        validity_start: "2022.06.12".to_owned(),
        validity_end: "2042.06.12".to_owned(),
        ..PersonalForm::sample()
    };
    pc.open(&format!("{origin}/register/personal"))
        .await
        .unwrap();
    assert!(!pc.shows("#manual_review").await);
    pc.fill_in(&form.fields()).await.unwrap();
    pc.press("#get-code").await.unwrap();
    let code = pc.read_message(&origin).await.unwrap();
    pc.fill("#sms_code", &code).await.unwrap();
    pc.press("#consent").await.unwrap();
    pc.press("#submit").await.unwrap();
    pc.press("#manual_review").await.unwrap();
    pc.press("#submit").await.unwrap();
    pc.until_address("/review/apply").await.unwrap();

    // What was typed came along; photos and a code are added.
    assert!(pc.words("#facts").await.unwrap().contains("林知微"));
    pc.fill("#mobile", "13945172681").await.unwrap();
    pc.press("#get-code").await.unwrap();
    let code = pc.read_message(&origin).await.unwrap();
    pc.fill("#sms_code", &code).await.unwrap();
    for field in ["#password", "#password_again"] {
        pc.fill(field, &form.password).await.unwrap();
    }
    let photo = people().join(REPRESENTATIVE).join("id_photo.jpg");
    let photo = photo.canonicalize().unwrap();
    for field in ["#photo_front", "#photo_back"] {
        let file = pc.find(field).await.unwrap();
        file.send_keys(photo.to_str().unwrap()).await.unwrap();
    }
    if !pc.shows("#consent:checked").await {
        pc.press("#consent").await.unwrap();
    }
    pc.press("#submit").await.unwrap();
    pc.until_address("/review/status").await.unwrap();
    let number = pc.words("#number").await.unwrap();

    let desk = at_desk(&origin, "sample-a").await;
    desk.press(&format!("a[href='/desk/cases/{number}']"))
        .await
        .unwrap();
    // The day that differs from the register is marked.
    desk.find(".compare .is-diff").await.unwrap();
    let pages = [
        Page::new("desk", "/desk"),
        Page::new("desk-case", &path_of(&desk, &origin).await),
    ];
    look(&desk, &origin, "desk-case", &pages).await;
    desk.press("input[name=verdict][value=approve]")
        .await
        .unwrap();
    desk.press("#decide").await.unwrap();
    desk.find(".notice--ok").await.unwrap();

    pc.open(&format!("{origin}/review/status")).await.unwrap();
    pc.find("[data-state=approved]").await.unwrap();
    let pages = [
        Page::new("review-status", "/review/status"),
        Page::new("review-apply", "/review/apply?kind=personal"),
    ];
    look(&pc, &origin, "review", &pages).await;
    let (account, password) = (&form.document_number, &form.password);
    pc.sign_in_person(&origin, account, password).await.unwrap();
    desk.close().await.unwrap();
    pc.close().await.unwrap();
}

#[tokio::test]
async fn sc_08_a_face_that_cannot_turn_is_looked_at_by_people() {
    if !browser_is_here() {
        return;
    }
    let ground = Ground::start().await;
    let origin = ground.ready.origin.clone();
    let form = PersonalForm::sample();
    let (pc, phone) = (ground.pc(), ground.phone("phone"));
    let page = pc.register_person(&form).await.unwrap();
    let task = phone.claim(&code_now(&pc, &page).await).await.unwrap();
    // Without a turn nothing shows depth: the portal leaves it to people.
    task.change_acts(ActVariant::NoHead, None).await.unwrap();
    let agreed = task.answer(PersonDecision::AgreeWithFace, None).await;
    agreed.unwrap();
    let stage = phone.prove(&task, REPRESENTATIVE).await.unwrap();
    assert!(matches!(stage, TaskStage::Review { .. }), "{stage:?}");

    let desk = at_desk(&origin, "sample-a").await;
    desk.press("a[href='/desk/faces']").await.unwrap();
    desk.press("td a[href^='/desk/faces/']").await.unwrap();
    desk.find(".face-photo img").await.unwrap();
    desk.find(".faces img").await.unwrap();
    let pages = [
        Page::new("desk-faces", "/desk/faces"),
        Page::new("desk-face", &path_of(&desk, &origin).await),
    ];
    look(&desk, &origin, "desk-face", &pages).await;
    desk.press("input[name=verdict][value=approve]")
        .await
        .unwrap();
    desk.press("#decide").await.unwrap();
    desk.find(".notice--ok").await.unwrap();
    assert!(!desk.shows("td a[href^='/desk/faces/']").await);

    let browser = Chromium::start().await.unwrap();
    let (account, password) = (&form.document_number, &form.password);
    browser
        .sign_in_person(&origin, account, password)
        .await
        .unwrap();
    browser
        .open(&format!("{origin}/space/activity"))
        .await
        .unwrap();
    let activity = browser.words("main").await.unwrap();
    assert!(activity.contains("人工核对通过"), "{activity}");
    browser.close().await.unwrap();
    desk.close().await.unwrap();
}
