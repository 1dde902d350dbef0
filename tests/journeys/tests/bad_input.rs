//! What goes wrong, end to end: a typed error with its text, nothing confirmed twice, nothing
//! lost, nothing half stored.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a journey that cannot go on has failed"
)]

use std::time::Duration;

use quanshengshi::config::TextLanguage;
use quanshengshi::error::QssError;
use quanshengshi::software::open_software_handset;
use quanshengshi::task::{PersonDecision, TaskStage};
use quanshengshi::texts::code_text;
use quanshengshi_journeys::ground::{Ground, card_now, code_now};
use quanshengshi_journeys::phone::{Phone, REPRESENTATIVE, STRANGER, config};
use quanshengshi_journeys::wire::Wire;

fn refused_with<T>(result: Result<T, QssError>, code: &str) {
    let error = result.err().unwrap_or_else(|| panic!("{code} expected"));
    assert_eq!(error.code(), code);
    for language in [TextLanguage::Zh, TextLanguage::En] {
        assert!(code_text(code, language).is_some(), "{code} has no text");
    }
}

#[tokio::test]
async fn sc_01_sc_04_foreign_download_altered_expired_and_used_codes() {
    let ground = Ground::start().await;
    let phone = ground.phone("phone");
    let origin = &ground.ready.origin;
    refused_with(
        phone.claim("https://example.com/q/1.a.0.b").await,
        "QR_NOT_OURS",
    );
    refused_with(
        phone.claim(&format!("{origin}/app")).await,
        "QR_IS_DOWNLOAD_LINK",
    );
    refused_with(
        phone.claim(&format!("{origin}/q/1.short")).await,
        "QR_TAMPERED",
    );

    let (pc, page) = ground.registered().await;
    let code = code_now(&pc, &page).await;
    // One sign of the mac is another one: to the portal it is as unknown as an old code.
    let last = if code.ends_with('A') { 'Q' } else { 'A' };
    let altered = format!("{}{last}", &code[..code.len() - 1]);
    refused_with(phone.claim(&altered).await, "QR_EXPIRED");
    assert_eq!(card_now(&pc, &page).await, "waiting");

    tokio::time::sleep(Duration::from_secs(13)).await;
    refused_with(phone.claim(&code).await, "QR_EXPIRED");
    assert_eq!(card_now(&pc, &page).await, "waiting");

    let fresh = code_now(&pc, &page).await;
    phone.claim(&fresh).await.unwrap();
    refused_with(
        ground.phone("second").claim(&fresh).await,
        "QR_ALREADY_USED",
    );
    assert_eq!(card_now(&pc, &page).await, "scanned");
}

#[tokio::test]
async fn sc_05_a_strangers_face_is_refused_three_times_and_then_the_task_is_over() {
    let ground = Ground::start().await;
    let phone = ground.phone("phone");
    let (pc, page) = ground.registered().await;
    let task = phone.agree(&code_now(&pc, &page).await).await.unwrap();
    for attempt in 2..=3 {
        let stage = phone.prove(&task, STRANGER).await.unwrap();
        let TaskStage::Capture {
            attempt: next,
            reason,
            ..
        } = stage
        else {
            panic!("{stage:?}")
        };
        assert_eq!((next, reason.as_deref()), (attempt, Some("FACE_MISMATCH")));
    }
    let stage = phone.prove(&task, STRANGER).await.unwrap();
    let (TaskStage::Failed { reason } | TaskStage::Review { reason }) = stage else {
        panic!("{stage:?}")
    };
    assert_eq!(reason.as_deref(), Some("FACE_MISMATCH"));
    assert_ne!(card_now(&pc, &page).await, "done");
    // The account did not become real-name.
    let form = quanshengshi_pc::form::EnterpriseForm::sample();
    let answer = pc.sign_in(&form.credit_code, &form.password).await.unwrap();
    assert!(!answer.path.starts_with("/space"), "{}", answer.path);
    let list = pc.page("/space/certificates", None).await.unwrap();
    assert!(!list.markup.contains("data-certificate"), "{}", list.path);
}

#[tokio::test]
async fn one_refused_face_does_not_lock_out_the_right_one() {
    let ground = Ground::start().await;
    let phone = ground.phone("phone");
    let (pc, page) = ground.registered().await;
    let task = phone.agree(&code_now(&pc, &page).await).await.unwrap();
    phone.prove(&task, STRANGER).await.unwrap();
    phone.approve(&task).await;
    assert_eq!(card_now(&pc, &page).await, "done");
}

#[tokio::test]
async fn not_me_ends_the_task_on_both_sides() {
    let ground = Ground::start().await;
    let phone = ground.phone("phone");
    let (pc, page) = ground.registered().await;
    let task = phone.claim(&code_now(&pc, &page).await).await.unwrap();
    let stage = task.answer(PersonDecision::NotMe, None).await.unwrap();
    assert_eq!(
        stage,
        TaskStage::Ended {
            reason: "TASK_REJECTED".to_owned()
        }
    );
    assert_eq!(card_now(&pc, &page).await, "rejected");
    assert!(task.begin_capture(true).is_err());
}

#[tokio::test]
async fn evidence_whose_answer_was_lost_is_judged_once() {
    let ground = Ground::start().await;
    let phone = ground.phone("phone");
    let (pc, page) = ground.registered().await;
    let task = phone.agree(&code_now(&pc, &page).await).await.unwrap();
    let capture = phone.capture(&task, REPRESENTATIVE);
    let first = task.confirm(capture.clone(), None).await.unwrap();
    let second = task.confirm(capture, None).await.unwrap();
    assert_eq!(first, second);
    assert!(matches!(second, TaskStage::Approved { .. }), "{second:?}");
    assert_eq!(card_now(&pc, &page).await, "done");
}

/// Repeats a step over a cut line until it goes through; how often it failed.
async fn through_cuts<T>(
    wire: &Wire,
    cuts: &[i64],
    mut step: impl AsyncFnMut() -> Result<T, QssError>,
) -> (T, usize) {
    let mut failed = 0;
    for cut in cuts {
        wire.cut_answers_after(*cut);
        match step().await {
            Ok(value) => {
                wire.mend();
                return (value, failed);
            }
            Err(error) => {
                assert!(matches!(error, QssError::TryAgain { .. }), "{error:?}");
                failed += 1;
            }
        }
    }
    wire.mend();
    (step().await.unwrap(), failed)
}

#[tokio::test]
async fn a_line_cut_at_every_step_loses_nothing_and_confirms_once() {
    let ground = Ground::start().await;
    let wire = Wire::lay(&ground.ready.origin).await;
    let phone: Phone = ground.phone_over("phone", &wire.origin);
    let cuts = [0, 900];
    let (_, failed) = through_cuts(&wire, &cuts, async || phone.handset.enrol(None).await).await;
    assert!(failed > 0, "the line was never cut");
    let pc = ground.signed_in(&phone).await;

    let certificate = pc.find_certificate("营业执照").await.unwrap();
    let waiting = pc.ask("download", &certificate, "银行开户").await.unwrap();
    let code = code_now(&pc, &waiting).await;
    // A code lives nine seconds: one cut, then it must go through.
    let (task, _) = through_cuts(&wire, &[0], async || phone.claim(&code).await).await;
    let (stage, _) = through_cuts(&wire, &cuts, async || {
        task.answer(PersonDecision::AgreeWithFace, None).await
    })
    .await;
    assert!(
        matches!(stage, TaskStage::Capture { attempt: 1, .. }),
        "{stage:?}"
    );
    let capture = phone.capture(&task, REPRESENTATIVE);
    let (stage, _) = through_cuts(&wire, &cuts, async || {
        task.confirm(capture.clone(), None).await
    })
    .await;
    assert_eq!(stage, TaskStage::Approved { certificates: true });
    let name = task.task_id();
    let (kept, _) = through_cuts(&wire, &[0, 900, 12_000, 30_000], async || {
        phone.handset.wallet().fetch(name.clone(), None).await
    })
    .await;
    assert_eq!(kept, std::slice::from_ref(&certificate));
    let opened = phone.handset.wallet().open(&certificate).unwrap();
    assert!(opened.about().holds);
}

#[tokio::test]
async fn sc_10_a_portal_that_was_away_goes_on_where_it_stopped() {
    let mut ground = Ground::start().await;
    let phone = ground.phone("phone");
    let (pc, page) = ground.registered().await;
    let task = phone.agree(&code_now(&pc, &page).await).await.unwrap();
    ground.stop().await;
    let capture = phone.capture(&task, REPRESENTATIVE);
    let away = task.confirm(capture.clone(), None).await;
    refused_with(away, "NET_OFFLINE");
    ground.start_again().await;
    let stage = task.confirm(capture, None).await.unwrap();
    assert!(matches!(stage, TaskStage::Approved { .. }), "{stage:?}");
}

#[tokio::test]
async fn a_vault_whose_key_is_gone_says_so_and_keeps_everything_until_reset() {
    let ground = Ground::start().await;
    let phone = ground.phone("phone");
    phone.handset.enrol(None).await.unwrap();
    let folder = phone.folder.clone();
    drop(phone);
    let count = |folder: &std::path::Path| {
        let mut files = 0;
        let mut rooms = vec![folder.to_owned()];
        while let Some(room) = rooms.pop() {
            for entry in std::fs::read_dir(room).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    rooms.push(path);
                } else {
                    files += 1;
                }
            }
        }
        files
    };
    let before = count(&folder.join("data"));
    std::fs::rename(folder.join("keys"), folder.join("taken")).unwrap();
    let config = config(
        &ground.ready,
        &ground.root_pem(),
        &ground.ready.origin,
        &folder,
    );
    let keys = folder.join("keys");
    let error = open_software_handset(&config, &keys).err().unwrap();
    assert!(matches!(error, QssError::VaultReset { .. }), "{error:?}");
    assert_eq!(count(&folder.join("data")), before, "nothing was removed");
    // With the keys back, everything is as it was.
    std::fs::remove_dir_all(&keys).ok();
    std::fs::rename(folder.join("taken"), &keys).unwrap();
    assert!(open_software_handset(&config, &keys).is_ok());
}
