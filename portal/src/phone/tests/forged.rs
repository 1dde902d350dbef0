//! Signatures of others, statements that do not fit, bytes that are nothing.

use axum::http::StatusCode;
use quanshengshi_protocol::consent::{Consent, Decision};
use quanshengshi_protocol::ids::{DeviceId, Digest, EvidenceId, Nonce};
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::TaskKind;
use quanshengshi_protocol::wire::ConsentAnswer;

use super::bench::portal;
use super::http::{code_of, post};
use crate::audit::entry::{Actor, AuditEvent};
use crate::devices::device::retire;
use crate::devices::refusal::Fault;
use crate::phone::{MOST_EVIDENCE_BYTES, MOST_REQUEST_BYTES};

#[tokio::test]
async fn another_devices_signature_changes_nothing_and_is_written_down() {
    let portal = portal().await;
    let task = portal.open(TaskKind::RealNameLegal).await;
    let (phone, thief) = (portal.phone().await, portal.phone().await);
    let receipt = phone.claim(&portal.code(task).await).await.unwrap();
    let consent = phone.consent_of(&receipt, Decision::AgreeWithFace);
    let path = format!("/v1/tasks/{task}/consent");
    let forged: Result<ConsentAnswer, _> = phone.post(&path, &thief.sign(&consent)).await;
    assert_eq!(code_of(forged), RefusalCode::EvidenceSignature);
    assert_eq!(portal.state(task).await, TaskState::Claimed);
    let challenge = phone.agree(&receipt).await;
    let mut evidence = phone.evidence(&challenge);
    evidence.header = thief.evidence(&challenge).header;
    assert_eq!(
        code_of(phone.submit(&evidence).await),
        RefusalCode::EvidenceSignature
    );
    assert_eq!(portal.state(task).await, TaskState::Challenged);
    let forged = portal.audit().await;
    let forged = forged.iter().filter(|event| *event == "security-forged");
    assert_eq!(forged.count(), 2);
    let own_name = Consent {
        device: thief.device,
        ..consent
    };
    assert_eq!(
        code_of(thief.consent(&own_name).await),
        RefusalCode::TaskUnknown
    );
}

#[tokio::test]
async fn unknown_and_revoked_devices_are_told_apart() {
    let portal = portal().await;
    let task = portal.open(TaskKind::RealNameLegal).await;
    let mut phone = portal.phone().await;
    let device = phone.device;
    phone.device = DeviceId::from_bytes([9; 16]);
    let code = portal.code(task).await;
    assert_eq!(
        code_of(phone.claim(&code).await),
        RefusalCode::DeviceUnknown
    );
    phone.device = device;
    portal
        .store
        .write(move |tx| {
            let event = AuditEvent::DeviceRevoked;
            retire(tx, super::bench::START_MS, device, Actor::Page, event).map(|_| ())
        })
        .await
        .unwrap_or_else(|fault: Fault| panic!("{fault}"));
    assert_eq!(
        code_of(phone.claim(&code).await),
        RefusalCode::DeviceRevoked
    );
}

#[tokio::test]
async fn consent_to_another_transaction_or_task_is_refused() {
    let portal = portal().await;
    let task = portal.open(TaskKind::RealNameLegal).await;
    let phone = portal.phone().await;
    let receipt = phone.claim(&portal.code(task).await).await.unwrap();
    let mut consent = phone.consent_of(&receipt, Decision::AgreeWithFace);
    consent.transaction = Digest::of(b"something else");
    assert_eq!(
        code_of(phone.consent(&consent).await),
        RefusalCode::TxnMismatch
    );
    let other = portal.open(TaskKind::RealNameLegal).await;
    let consent = phone.consent_of(&receipt, Decision::AgreeWithFace);
    let path = format!("/v1/tasks/{other}/consent");
    let moved: Result<ConsentAnswer, _> = phone.post(&path, &phone.sign(&consent)).await;
    assert_eq!(code_of(moved), RefusalCode::RequestMalformed);
    assert_eq!(portal.state(task).await, TaskState::Claimed);
}

#[tokio::test]
async fn evidence_for_another_transaction_challenge_or_name_changes_nothing() {
    let portal = portal().await;
    let (phone, task, challenge) = portal.challenged(TaskKind::RealNameLegal).await;
    let mut other = challenge.clone();
    other.transaction = Digest::of(b"something else");
    let refused = phone.submit(&phone.evidence(&other)).await;
    assert_eq!(code_of(refused), RefusalCode::TxnMismatch);
    let mut other = challenge.clone();
    other.nonce = Nonce::from_bytes([7; 32]);
    let refused = phone.submit(&phone.evidence(&other)).await;
    assert_eq!(code_of(refused), RefusalCode::EvidenceChallengeUsed);
    let evidence = phone.evidence(&challenge);
    let refused = phone
        .submit_as(&evidence, EvidenceId::from_bytes([1; 16]))
        .await;
    assert_eq!(code_of(refused), RefusalCode::RequestMalformed);
    assert_eq!(portal.view(task).await.attempts_left, 3);
    assert_eq!(portal.double.judged(), 0);
    assert!(phone.submit(&evidence).await.is_ok());
}

const KEY: (&str, &str) = ("idempotency-key", "AAAAAAAAAAAAAAAAAAAAAA");

/// A body, where it is sent, its headers, and the refusal.
type Case = (
    &'static str,
    String,
    &'static [(&'static str, &'static str)],
    RefusalCode,
);

#[tokio::test]
async fn junk_is_refused_in_the_form_of_the_table() {
    let portal = portal().await;
    let (phone, task, _) = portal.challenged(TaskKind::RealNameLegal).await;
    let cases: [Case; 6] = [
        (
            "{}",
            "/v1/claims".to_owned(),
            &[],
            RefusalCode::RequestMalformed,
        ),
        (
            "junk",
            format!("/v1/tasks/{task}/state"),
            &[],
            RefusalCode::RequestMalformed,
        ),
        (
            "junk",
            format!("/v1/tasks/{task}/evidence"),
            &[KEY],
            RefusalCode::EvidenceMalformed,
        ),
        (
            "junk",
            format!("/v1/tasks/{task}/evidence"),
            &[],
            RefusalCode::RequestMalformed,
        ),
        (
            "junk",
            "/v1/tasks/nothing/evidence".to_owned(),
            &[KEY],
            RefusalCode::TaskUnknown,
        ),
        (
            r#"{"statement":"AAAA","signature":"AAAA"}"#,
            "/v1/devices".to_owned(),
            &[],
            RefusalCode::RequestMalformed,
        ),
    ];
    for (body, path, headers, expected) in cases {
        let reply = post(&phone.router, &path, body.into(), headers).await;
        assert_eq!(
            code_of(reply.read::<ConsentAnswer>()),
            expected,
            "{body} to {path}"
        );
        assert_eq!(reply.headers["cache-control"], "no-store");
    }
    let large = vec![b' '; MOST_REQUEST_BYTES + 1];
    let reply = post(&phone.router, "/v1/claims", large, &[]).await;
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    let large = vec![b' '; MOST_EVIDENCE_BYTES + 1];
    let path = format!("/v1/tasks/{task}/evidence");
    let reply = post(&phone.router, &path, large, &[KEY]).await;
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(portal.state(task).await, TaskState::Challenged);
}
