//! Codes: foreign, altered, old, used.

use quanshengshi_protocol::consent::{Consent, Decision};
use quanshengshi_protocol::enrolment::{DeviceGrant, Enrolment};
use quanshengshi_protocol::ids::{Digest, TaskId};
use quanshengshi_protocol::invitation::{InvitationKey, STEP_MS};
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::TaskKind;

use super::bench::portal;
use super::handheld::{Phone, random_bytes};
use super::http::code_of;
use crate::events::TaskChange;

#[tokio::test]
async fn sc_04_unknown_altered_and_expired_codes_are_answered_alike() {
    let portal = portal().await;
    let task = portal.open(TaskKind::RealNameLegal).await;
    let phone = portal.phone().await;
    let old = portal.code(task).await;
    portal.clock.advance(3 * STEP_MS);
    let expired = phone.claim(&old).await.unwrap_err();
    let good = phone.claim_of(&portal.code(task).await);
    let foreign = InvitationKey::from_bytes(&random_bytes());
    let mut altered = good.clone();
    altered.code = foreign.derive_code(task, good.code.step);
    let altered = phone.send_claim(&altered).await.unwrap_err();
    let mut unknown = good.clone();
    unknown.code = foreign.derive_code(TaskId::from_bytes(random_bytes()), good.code.step);
    let unknown = phone.send_claim(&unknown).await.unwrap_err();
    assert_eq!(expired.refusal(), Some(RefusalCode::QrExpired));
    assert_eq!((&altered, &unknown), (&expired, &expired));
    assert_eq!(portal.state(task).await, TaskState::Created);
    assert!(phone.send_claim(&good).await.is_ok(), "the real code works");
}

#[tokio::test]
async fn a_code_is_read_for_nine_seconds_and_the_next_one_follows() {
    let portal = portal().await;
    let task = portal.open(TaskKind::RealNameLegal).await;
    let first = portal.view(task).await;
    assert_eq!(first.code_ends_in_ms, STEP_MS);
    portal.clock.advance(STEP_MS - 1);
    let view = portal.view(task).await;
    assert_eq!((view.code, view.code_ends_in_ms), (first.code.clone(), 1));
    portal.clock.advance(1);
    assert_ne!(portal.view(task).await.code, first.code);
    portal.clock.advance(2 * STEP_MS - 1);
    let phone = portal.phone().await;
    assert!(phone.claim(&first.code.unwrap()).await.is_ok());
}

#[tokio::test]
async fn sc_04_the_second_phone_is_refused_and_the_page_hears_of_it() {
    let portal = portal().await;
    let task = portal.open(TaskKind::RealNameLegal).await;
    let (first, second) = (portal.phone().await, portal.phone().await);
    let code = portal.code(task).await;
    let receipt = first.claim(&code).await.unwrap();
    let mut events = portal.desk.subscribe(task);
    let refused = second.claim(&code).await;
    assert_eq!(code_of(refused), RefusalCode::QrAlreadyUsed);
    assert_eq!(events.try_recv().unwrap().change, TaskChange::SecondPhone);
    assert!(portal.audit().await.contains(&"second-phone".to_owned()));
    let stolen = Consent {
        device: second.device,
        ..first.consent_of(&receipt, Decision::AgreeWithFace)
    };
    assert_eq!(
        code_of(second.consent(&stolen).await),
        RefusalCode::TaskUnknown
    );
    assert_eq!(code_of(second.state(task).await), RefusalCode::TaskUnknown);
    assert_eq!(first.agree(&receipt).await.device, first.device);
}

#[tokio::test]
async fn a_used_code_opens_nothing_again() {
    let portal = portal().await;
    let task = portal.open(TaskKind::RealNameLegal).await;
    let phone = portal.phone().await;
    let code = portal.code(task).await;
    let receipt = phone.claim(&code).await.unwrap();
    let again = phone.claim(&code).await.unwrap();
    assert_eq!(again.expires_at_ms, receipt.expires_at_ms);
    phone.agree(&receipt).await;
    assert_eq!(code_of(phone.claim(&code).await), RefusalCode::TaskState);
}

#[tokio::test]
async fn a_cancelled_task_says_so() {
    let portal = portal().await;
    let task = portal.open(TaskKind::RealNameLegal).await;
    let code = portal.code(task).await;
    let other = Digest::of(b"another session");
    assert!(portal.desk.cancel(task, other).await.is_err());
    assert!(portal.desk.view(task, other).await.is_err());
    portal.desk.cancel(task, portal.session).await.unwrap();
    portal.desk.cancel(task, portal.session).await.unwrap();
    let phone = portal.phone().await;
    assert_eq!(
        code_of(phone.claim(&code).await),
        RefusalCode::TaskCancelled
    );
}

#[tokio::test]
async fn a_phone_has_one_open_task() {
    let portal = portal().await;
    let phone = portal.phone().await;
    let first = portal.open(TaskKind::RealNameLegal).await;
    let receipt = phone.claim(&portal.code(first).await).await.unwrap();
    let second = portal.open(TaskKind::RealNameLegal).await;
    phone.claim(&portal.code(second).await).await.unwrap();
    let view = portal.view(first).await;
    assert_eq!(view.state, TaskState::Cancelled);
    assert_eq!(view.reason, Some(RefusalCode::TaskCancelled));
    let late = phone.consent_of(&receipt, Decision::AgreeWithFace);
    assert_eq!(
        code_of(phone.consent(&late).await),
        RefusalCode::TaskCancelled
    );
    assert_eq!(portal.state(second).await, TaskState::Claimed);
}

#[tokio::test]
async fn claims_and_new_tasks_are_counted() {
    let portal = portal().await;
    let phone = portal.phone().await;
    let mut tasks = Vec::new();
    for _ in 0..10 {
        tasks.push(portal.open(TaskKind::RealNameLegal).await);
    }
    let more = portal.new_task(TaskKind::RealNameLegal, Vec::new());
    assert!(portal.desk.open(more).await.is_err());
    let code = portal.code(tasks[0]).await;
    for _ in 0..10 {
        phone.claim(&code).await.unwrap();
    }
    let refused = phone.claim(&code).await.unwrap_err();
    assert_eq!(refused.refusal(), Some(RefusalCode::DeviceLimit));
    assert_eq!(refused.retry_after_ms, Some(600_000));
    let other = portal.phone().await;
    assert!(other.claim(&portal.code(tasks[1]).await).await.is_ok());
    portal.clock.advance(600_000);
    let task = portal.open(TaskKind::RealNameLegal).await;
    assert!(phone.claim(&portal.code(task).await).await.is_ok());
}

#[tokio::test]
async fn enrolment_is_repeatable_and_a_new_key_is_a_new_device() {
    let portal = portal().await;
    let mut phone = portal.phone().await;
    let first = phone.device;
    assert_eq!(phone.enrol().await.device, first);
    let enrolment = phone.enrolment().await;
    let mut answers: Vec<Signed<DeviceGrant>> = Vec::new();
    for _ in 0..2 {
        let signed = phone.sign(&enrolment);
        answers.push(phone.post("/v1/devices", &signed).await.unwrap());
    }
    assert_eq!(answers[0], answers[1], "the same bytes, the same answer");
    let used = Enrolment {
        app_version: "0.2.0".to_owned(),
        ..enrolment
    };
    let refused: Result<Signed<DeviceGrant>, _> =
        phone.post("/v1/devices", &phone.sign(&used)).await;
    assert_eq!(code_of(refused), RefusalCode::DeviceUnknown);
    let mut rekeyed = Phone::new(portal.router.clone(), portal.key());
    rekeyed.install = phone.install;
    assert_ne!(rekeyed.enrol().await.device, first);
    let devices = "SELECT count(*) FROM device";
    assert_eq!(portal.number(devices).await, 2);
}
