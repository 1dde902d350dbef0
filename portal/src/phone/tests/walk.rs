use quanshengshi_protocol::consent::Decision;
use quanshengshi_protocol::outcome::Verdict;
use quanshengshi_protocol::package::Package;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::{Signed, Statement as _};
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::status::{StatusList, StatusRequest};
use quanshengshi_protocol::transaction::TaskKind;

use super::bench::portal;
use super::handheld::random_bytes;
use super::http::code_of;
use crate::accounts::AccountState;
use crate::events::TaskChange;

#[tokio::test]
async fn a_legal_account_becomes_real_name() {
    let portal = portal().await;
    let task = portal.open(TaskKind::RealNameLegal).await;
    let mut events = portal.desk.subscribe(task);
    let phone = portal.phone().await;
    let receipt = phone.claim(&portal.code(task).await).await.unwrap();
    assert_eq!(receipt.transaction.mobile, "139****0037");
    assert_eq!(receipt.device, phone.device);
    assert_eq!(portal.view(task).await.code, None);
    let challenge = phone.agree(&receipt).await;
    assert_eq!((challenge.attempt, challenge.steps.len()), (1, 4));
    let answer = phone.submit(&phone.evidence(&challenge)).await.unwrap();
    let outcome = phone.outcome(&answer);
    assert_eq!(outcome.verdict, Verdict::Approved);
    assert_eq!(outcome.transaction, receipt.transaction.digest());
    assert!(answer.challenge.is_none());
    let account = portal.accounts.by_id(portal.account).await.unwrap();
    assert_eq!(account.state, AccountState::Active);
    assert_eq!(portal.state(task).await, TaskState::Approved);
    let states: Vec<TaskChange> =
        std::iter::from_fn(|| events.try_recv().ok().map(|event| event.change)).collect();
    let expected = [
        TaskState::Claimed,
        TaskState::Consented,
        TaskState::Challenged,
        TaskState::Submitted,
        TaskState::Approved,
    ];
    assert_eq!(states, expected.map(TaskChange::State));
    let state = phone.state(task).await.unwrap();
    assert_eq!(state.state, "approved");
    assert_eq!(
        state.outcome.unwrap().verify(&phone.portal).unwrap(),
        outcome
    );
    portal
        .desk
        .close_approved(task, portal.session)
        .await
        .unwrap();
    portal
        .desk
        .close_approved(task, portal.session)
        .await
        .unwrap();
    assert_eq!(portal.state(task).await, TaskState::Closed);
    assert_eq!(
        portal.audit().await,
        [
            "task-opened",
            "device-enrolled",
            "task-claimed",
            "consented",
            "challenged",
            "evidence-submitted",
            "real-name",
            "decided",
            "closed"
        ]
    );
    let kept = "SELECT count(*) FROM evidence WHERE submission_sealed IS NOT NULL";
    assert_eq!(portal.number(kept).await, 0, "approved pictures are gone");
}

#[tokio::test]
async fn a_download_ends_with_a_package_for_the_phone() {
    let portal = portal().await;
    let (phone, task) = portal.approved(TaskKind::CertificateDownload).await;
    let path = format!("/v1/tasks/{task}/package");
    let request = phone.sign(&phone.request(task));
    let signed: Signed<Package> = phone.post(&path, &request).await.unwrap();
    let package = signed.verify(&phone.portal).unwrap();
    let named: Vec<String> = package
        .items
        .iter()
        .map(|item| item.certificate.clone())
        .collect();
    let held: Vec<String> = portal
        .certificates()
        .await
        .into_iter()
        .map(|object| object.certificate)
        .collect();
    assert_eq!(named, held);
    assert_eq!(package.device, phone.device);
    assert_eq!(package.refresh_after_ms - package.as_of_ms, 86_400_000);
    assert_eq!(
        package.valid_offline_until_ms - package.as_of_ms,
        30 * 86_400_000
    );
    let again: Signed<Package> = phone
        .post(&path, &phone.sign(&phone.request(task)))
        .await
        .unwrap();
    assert_eq!(again, signed, "a package is made once");
    let question = StatusRequest {
        device: phone.device,
        certificates: [held[0].clone(), "1.2.156.3005.2.unknown".to_owned()].to_vec(),
        nonce: quanshengshi_protocol::ids::Nonce::from_bytes(random_bytes()),
    };
    let list: Signed<StatusList> = phone
        .post("/v1/status", &phone.sign(&question))
        .await
        .unwrap();
    let list = list.verify(&phone.portal).unwrap();
    assert_eq!(list.nonce, question.nonce);
    let codes: Vec<&str> = list
        .entries
        .iter()
        .map(|entry| entry.status.as_str())
        .collect();
    assert_eq!(codes, ["01", "99"]);
}

#[tokio::test]
async fn viewing_on_the_pc_gives_the_phone_nothing_to_keep() {
    let portal = portal().await;
    let (phone, task) = portal.approved(TaskKind::CertificateView).await;
    let path = format!("/v1/tasks/{task}/package");
    let answer: Result<Signed<Package>, _> =
        phone.post(&path, &phone.sign(&phone.request(task))).await;
    assert_eq!(code_of(answer), RefusalCode::TaskState);
}

#[tokio::test]
async fn not_me_rejects_and_is_a_security_event() {
    let portal = portal().await;
    let task = portal.open(TaskKind::RealNameLegal).await;
    let phone = portal.phone().await;
    let receipt = phone.claim(&portal.code(task).await).await.unwrap();
    let consent = phone.consent_of(&receipt, Decision::NotMe);
    assert!(phone.consent(&consent).await.unwrap().challenge.is_none());
    assert!(phone.consent(&consent).await.unwrap().challenge.is_none());
    let view = portal.view(task).await;
    assert_eq!(view.state, TaskState::Rejected);
    assert_eq!(view.reason, Some(RefusalCode::TaskRejected));
    let audit = portal.audit().await;
    let alarms = audit.iter().filter(|event| *event == "security-not-me");
    assert_eq!(alarms.count(), 1);
    let agree = phone.consent_of(&receipt, Decision::AgreeWithFace);
    assert_eq!(
        code_of(phone.consent(&agree).await),
        RefusalCode::TaskRejected
    );
}

#[tokio::test]
async fn the_face_needs_its_own_consent_and_the_person_may_still_give_it() {
    let portal = portal().await;
    let task = portal.open(TaskKind::RealNameLegal).await;
    let phone = portal.phone().await;
    let receipt = phone.claim(&portal.code(task).await).await.unwrap();
    let without = phone.consent_of(&receipt, Decision::AgreeWithoutFace);
    let refused = phone.consent(&without).await;
    assert_eq!(code_of(refused), RefusalCode::ConsentRequired);
    let mut old_notice = phone.consent_of(&receipt, Decision::AgreeWithFace);
    old_notice.notice_version += 1;
    let refused = phone.consent(&old_notice).await;
    assert_eq!(code_of(refused), RefusalCode::ConsentRequired);
    assert_eq!(portal.state(task).await, TaskState::Claimed);
    assert_eq!(phone.agree(&receipt).await.attempt, 1);
}

#[tokio::test]
async fn a_person_may_decline_during_the_capture() {
    let portal = portal().await;
    let task = portal.open(TaskKind::RealNameLegal).await;
    let phone = portal.phone().await;
    let receipt = phone.claim(&portal.code(task).await).await.unwrap();
    phone.agree(&receipt).await;
    let decline = phone.consent_of(&receipt, Decision::Decline);
    phone.consent(&decline).await.unwrap();
    assert_eq!(portal.state(task).await, TaskState::Rejected);
}

#[tokio::test]
async fn sm_05_a_new_phone_is_told_to_the_number_once() {
    let portal = portal().await;
    let told = "SELECT count(*) FROM notices WHERE kind = 'device-enrolled'";
    let phone = portal.phone().await;
    for expected in [1, 1] {
        let task = portal.open(TaskKind::RealNameLegal).await;
        let receipt = phone.claim(&portal.code(task).await).await.unwrap();
        let challenge = phone.agree(&receipt).await;
        phone.submit(&phone.evidence(&challenge)).await.unwrap();
        assert_eq!(portal.state(task).await, TaskState::Approved);
        assert_eq!(portal.number(told).await, expected);
    }
    portal.approved(TaskKind::RealNameLegal).await;
    assert_eq!(portal.number(told).await, 2, "another phone");
}
