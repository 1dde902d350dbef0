//! Every wait has an end, by the portal's clock.

use quanshengshi_protocol::consent::Decision;
use quanshengshi_protocol::outcome::Verdict;
use quanshengshi_protocol::package::Package;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::TaskKind;

use super::bench::{portal, portal_with};
use super::http::code_of;
use crate::tasks::limits::Limits;

#[tokio::test]
async fn a_code_nobody_scans_expires() {
    let portal = portal().await;
    let task = portal.open(TaskKind::RealNameLegal).await;
    portal.clock.advance(599_999);
    let code = portal.code(task).await;
    portal.clock.advance(1);
    let phone = portal.phone().await;
    assert_eq!(code_of(phone.claim(&code).await), RefusalCode::QrExpired);
    let view = portal.view(task).await;
    assert_eq!(view.state, TaskState::Expired);
    assert_eq!((view.code, view.state_ends_in_ms), (None, 0));
}

#[tokio::test]
async fn a_claimed_task_is_read_for_two_minutes() {
    let portal = portal().await;
    let task = portal.open(TaskKind::RealNameLegal).await;
    let phone = portal.phone().await;
    let receipt = phone.claim(&portal.code(task).await).await.unwrap();
    let consent = phone.consent_of(&receipt, Decision::AgreeWithFace);
    portal.clock.advance(120_000);
    assert_eq!(
        code_of(phone.consent(&consent).await),
        RefusalCode::TaskExpired
    );
    assert_eq!(phone.state(task).await.unwrap().state, "expired");
    assert_eq!(portal.state(task).await, TaskState::Expired);
    let audit = portal.audit().await;
    let expiries = audit.iter().filter(|event| *event == "expired");
    assert_eq!(expiries.count(), 1);
}

#[tokio::test]
async fn a_lapsed_challenge_costs_the_attempt_and_the_next_one_begins_when_asked() {
    let portal = portal().await;
    let (phone, task, first) = portal.challenged(TaskKind::RealNameLegal).await;
    portal.clock.advance(90_000);
    let late = phone.submit(&phone.evidence(&first)).await;
    assert_eq!(code_of(late), RefusalCode::EvidenceChallengeUsed);
    assert_eq!(portal.double.judged(), 0);
    portal.clock.advance(10_000);
    let state = phone.state(task).await.unwrap();
    let second = phone.challenge(state.challenge);
    assert_eq!((second.attempt, state.state.as_str()), (2, "challenged"));
    assert_eq!(second.expires_at_ms - second.issued_at_ms, 90_000);
    let same = phone.challenge(phone.state(task).await.unwrap().challenge);
    assert_eq!(same, second);
    let answer = phone.submit(&phone.evidence(&second)).await.unwrap();
    assert_eq!(phone.outcome(&answer).verdict, Verdict::Approved);
}

#[tokio::test]
async fn the_third_lapse_ends_the_task() {
    let portal = portal().await;
    let (phone, task, _) = portal.challenged(TaskKind::RealNameLegal).await;
    for _ in 0..3 {
        portal.clock.advance(90_000);
        phone.state(task).await.unwrap();
    }
    assert_eq!(phone.state(task).await.unwrap().state, "failed");
    let view = portal.view(task).await;
    assert_eq!(view.reason, Some(RefusalCode::LivenessTimeout));
}

#[tokio::test]
async fn the_whole_task_ends_ten_minutes_after_the_claim() {
    let limits = Limits {
        attempts: 20,
        ..Limits::default()
    };
    let portal = portal_with(limits).await;
    let (phone, task, _) = portal.challenged(TaskKind::RealNameLegal).await;
    let mut last = 0;
    while phone.state(task).await.unwrap().state == "challenged" {
        portal.clock.advance(60_000);
        last += 1;
        assert!(last <= 10, "still open after ten minutes");
    }
    assert_eq!(last, 10);
    assert_eq!(portal.state(task).await, TaskState::Expired);
}

#[tokio::test]
async fn an_approval_is_used_within_five_minutes() {
    let portal = portal().await;
    let (phone, task) = portal.approved(TaskKind::CertificateDownload).await;
    portal.clock.advance(300_000);
    assert_eq!(portal.state(task).await, TaskState::Expired);
    assert!(
        portal
            .desk
            .close_approved(task, portal.session)
            .await
            .is_err()
    );
    let path = format!("/v1/tasks/{task}/package");
    let request = phone.sign(&phone.request(task));
    let package: Result<Signed<Package>, _> = phone.post(&path, &request).await;
    assert!(package.is_ok(), "the phone has ten minutes more");
    portal.clock.advance(600_000);
    let late: Result<Signed<Package>, _> = phone.post(&path, &request).await;
    assert_eq!(code_of(late), RefusalCode::TaskExpired);
    portal.desk.sweep().await.unwrap();
    let files = "SELECT count(*) FROM package_file";
    assert_eq!(portal.number(files).await, 0);
}

#[tokio::test]
async fn an_enrolment_nonce_lives_five_minutes() {
    let portal = portal().await;
    let phone = portal.phone().await;
    let enrolment = phone.enrolment().await;
    portal.clock.advance(300_000);
    let late: Result<serde_json::Value, _> =
        phone.post("/v1/devices", &phone.sign(&enrolment)).await;
    assert_eq!(code_of(late), RefusalCode::DeviceUnknown);
}

#[tokio::test]
async fn the_sweeper_writes_down_what_nobody_looks_at() {
    let portal = portal().await;
    let task = portal.open(TaskKind::RealNameLegal).await;
    let mut events = portal.desk.subscribe(task);
    portal.clock.advance(600_000);
    portal.desk.sweep().await.unwrap();
    assert!(events.try_recv().is_ok(), "the waiting page is woken");
    let expired = "SELECT count(*) FROM task WHERE state = 'expired'";
    assert_eq!(portal.number(expired).await, 1);
}
