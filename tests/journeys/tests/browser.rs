//! The PC as a person has it: a real Chromium before the portal's pages, a camera before its
//! screen.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a journey that cannot go on has failed"
)]

use quanshengshi::scanner::Scanner;
use quanshengshi_frame::rgb::Rgb;
use quanshengshi_journeys::ground::Ground;
use quanshengshi_journeys::phone::{Phone, layout};
use quanshengshi_pc::chromium::Chromium;
use quanshengshi_pc::form::EnterpriseForm;
use quanshengshi_scenes::screen::photograph;
use quanshengshi_scenes::screen::view::View;

/// Whether there is a browser; says so when there is none.
fn browser_is_here() -> bool {
    let here = Chromium::is_here();
    if !here {
        println!("SKIP browser journeys: no Chromium on this machine");
    }
    here
}

/// Reads the invitation off a photo of the screen, by another hand if the first shakes.
fn scan(phone: &Phone, screen: &Rgb) -> String {
    let scanner = Scanner::new();
    for hand in 0..4 {
        let photo = photograph(screen, &View::default().by_another_hand(hand));
        let codes = scanner.offer(&photo.pixels, layout(&photo), 0).unwrap();
        let invitation = codes
            .into_iter()
            .find(|code| phone.handset.read_code(&code.text).is_ok());
        if let Some(code) = invitation {
            return code.text;
        }
    }
    panic!("no invitation on the photo of the screen");
}

#[tokio::test]
async fn from_registration_to_the_downloaded_file_in_chromium() {
    if !browser_is_here() {
        return;
    }
    let ground = Ground::start().await;
    let origin = ground.ready.origin.clone();
    let phone = ground.phone("phone");
    let form = EnterpriseForm::sample();
    let pc = Chromium::start().await.unwrap();
    pc.register_enterprise(&origin, &form).await.unwrap();
    pc.into_view(".qr-card").await.unwrap();
    let task = phone
        .agree(&scan(&phone, &pc.look().await.unwrap()))
        .await
        .unwrap();
    // The page follows the phone without being asked.
    pc.wait_card("confirm").await.unwrap();
    phone.approve(&task).await;
    pc.wait_card("done").await.unwrap();

    pc.sign_in(&origin, &form.credit_code, &form.password)
        .await
        .unwrap();
    let certificate = pc.find_certificate(&origin, "营业执照").await.unwrap();
    pc.ask_download(&origin, &certificate, "银行开户")
        .await
        .unwrap();
    pc.into_view(".qr-card").await.unwrap();
    let task = phone
        .agree(&scan(&phone, &pc.look().await.unwrap()))
        .await
        .unwrap();
    phone.approve(&task).await;
    pc.wait_card("done").await.unwrap();
    let file = pc.download(".ofd").await.unwrap();
    assert!(file.starts_with(b"PK"));
    pc.close().await.unwrap();
}

#[tokio::test]
async fn a_wrong_number_is_named_at_its_field_and_nothing_typed_is_lost() {
    if !browser_is_here() {
        return;
    }
    let ground = Ground::start().await;
    let pc = Chromium::start().await.unwrap();
    pc.open(&format!("{}/register/enterprise", ground.ready.origin))
        .await
        .unwrap();
    pc.fill("#credit_code", "91230102MA1B2C3D8K").await.unwrap();
    pc.fill("#person_name", "林知微").await.unwrap();
    pc.press("#submit").await.unwrap();
    pc.find(".err-summary").await.unwrap();
    assert!(
        pc.words("#credit_code-e")
            .await
            .unwrap()
            .contains("有一位不对")
    );
    let kept = pc
        .find("#person_name")
        .await
        .unwrap()
        .prop("value")
        .await
        .unwrap();
    assert_eq!(kept.as_deref(), Some("林知微"));
    pc.close().await.unwrap();
}

#[tokio::test]
async fn the_pages_speak_english_by_the_switch() {
    if !browser_is_here() {
        return;
    }
    let ground = Ground::start().await;
    let pc = Chromium::start().await.unwrap();
    pc.open(&format!("{}/?lang=en", ground.ready.origin))
        .await
        .unwrap();
    assert!(pc.words("header").await.unwrap().contains("Register"));
    pc.open(&format!("{}/login", ground.ready.origin))
        .await
        .unwrap();
    assert!(
        pc.words("main").await.unwrap().contains("Password"),
        "the choice is kept"
    );
    pc.close().await.unwrap();
}
