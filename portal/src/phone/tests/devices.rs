//! Who acted, who leaves, who was disabled (requirement US-07).

use quanshengshi_protocol::device::{DeviceAsk, DeviceList, DeviceRequest, DeviceRevocation};
use quanshengshi_protocol::ids::{DeviceId, Nonce};
use quanshengshi_protocol::package::Package;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::transaction::TaskKind;
use quanshengshi_protocol::wire::{LeaveAnswer, RefusalAnswer, RevokeAnswer};

use super::bench::portal;
use super::handheld::{Phone, random_bytes};
use super::http::code_of;

fn question(phone: &Phone, ask: DeviceAsk) -> Signed<DeviceRequest> {
    phone.sign(&DeviceRequest {
        device: phone.device,
        ask,
        nonce: Nonce::from_bytes(random_bytes()),
    })
}

async fn list(phone: &Phone) -> Result<DeviceList, RefusalAnswer> {
    let asked = question(phone, DeviceAsk::List);
    let answer: Signed<DeviceList> = phone.post("/v1/devices/list", &asked).await?;
    Ok(answer.verify(&phone.portal).expect("signed by the portal"))
}

async fn leave(phone: &Phone) -> Result<LeaveAnswer, RefusalAnswer> {
    let asked = question(phone, DeviceAsk::Leave);
    phone.post("/v1/devices/leave", &asked).await
}

#[tokio::test]
async fn us_07_the_list_names_the_devices_that_acted_for_the_same_account() {
    let portal = portal().await;
    let (first, _) = portal.approved(TaskKind::RealNameLegal).await;
    portal.clock.advance(60_000);
    let (second, _) = portal.approved(TaskKind::CertificateView).await;
    let stranger = portal.phone().await;
    let seen = list(&first).await.unwrap();
    let names: Vec<DeviceId> = seen.entries.iter().map(|entry| entry.device).collect();
    assert_eq!(names, [second.device, first.device]);
    assert_eq!(
        seen.entries[0].last_at_ms - seen.entries[1].last_at_ms,
        60_000
    );
    assert!(seen.entries[0].account.contains("公司"), "{seen:?}");
    assert!(list(&stranger).await.unwrap().entries.is_empty());

    assert!(
        portal
            .desk
            .revoke_for(portal.account, first.device)
            .await
            .unwrap()
    );
    assert_eq!(list(&second).await.unwrap().entries.len(), 1);
    let uses = portal.desk.devices_of(portal.account).await.unwrap();
    assert_eq!(uses.len(), 2, "the page also shows what is out of use");
}

#[tokio::test]
async fn us_07_every_call_of_a_revoked_device_is_refused() {
    let portal = portal().await;
    let (phone, task) = portal.approved(TaskKind::CertificateDownload).await;
    let revoke = || portal.desk.revoke_for(portal.account, phone.device);
    assert!(revoke().await.unwrap());
    assert!(!revoke().await.unwrap(), "twice is the same as once");
    let revoked = RefusalCode::DeviceRevoked;
    assert_eq!(code_of(list(&phone).await), revoked);
    assert_eq!(code_of(phone.state(task).await), revoked);
    let path = format!("/v1/tasks/{task}/package");
    let package: Result<Signed<Package>, _> =
        phone.post(&path, &phone.sign(&phone.request(task))).await;
    assert_eq!(code_of(package), revoked);
    let next = portal.open(TaskKind::CertificateView).await;
    assert_eq!(
        code_of(phone.claim(&portal.code(next).await).await),
        revoked
    );
    let again = phone.sign(&phone.enrolment().await);
    let enrolled: Result<Signed<quanshengshi_protocol::enrolment::DeviceGrant>, _> =
        phone.post("/v1/devices", &again).await;
    assert_eq!(code_of(enrolled), revoked);
    assert!(portal.audit().await.contains(&"device-revoked".to_owned()));
}

#[tokio::test]
async fn us_07_an_account_revokes_only_devices_that_acted_for_it() {
    let portal = portal().await;
    let stranger = portal.phone().await;
    let refused = portal
        .desk
        .revoke_for(portal.account, stranger.device)
        .await;
    assert!(refused.is_err());
    assert!(list(&stranger).await.is_ok(), "still in use");
}

/// One phone disables another.
async fn disable(phone: &Phone, target: DeviceId) -> Result<bool, RefusalAnswer> {
    let asked = phone.sign(&DeviceRevocation {
        device: phone.device,
        target,
        nonce: Nonce::from_bytes(random_bytes()),
    });
    let answer: RevokeAnswer = phone.post("/v1/devices/revoke", &asked).await?;
    Ok(answer.revoked)
}

#[tokio::test]
async fn us_07_a_phone_disables_another_of_the_same_account() {
    let portal = portal().await;
    let (lost, _) = portal.approved(TaskKind::RealNameLegal).await;
    let (phone, _) = portal.approved(TaskKind::CertificateView).await;
    assert!(disable(&phone, lost.device).await.unwrap());
    assert!(
        !disable(&phone, lost.device).await.unwrap(),
        "twice is once"
    );
    assert_eq!(code_of(list(&lost).await), RefusalCode::DeviceRevoked);
    let back = disable(&lost, phone.device).await;
    assert_eq!(
        code_of(back),
        RefusalCode::DeviceRevoked,
        "it has no say any more"
    );
    assert_eq!(list(&phone).await.unwrap().entries.len(), 1);
    let audit = portal.audit().await;
    let revoked = audit.iter().filter(|event| *event == "device-revoked");
    assert_eq!(revoked.count(), 1);
}

#[tokio::test]
async fn us_07_a_phone_disables_neither_itself_nor_a_strangers() {
    let portal = portal().await;
    let (phone, _) = portal.approved(TaskKind::RealNameLegal).await;
    let stranger = portal.phone().await;
    let itself = disable(&phone, phone.device).await;
    assert_eq!(code_of(itself), RefusalCode::RequestMalformed);
    let other = disable(&phone, stranger.device).await;
    assert_eq!(code_of(other), RefusalCode::RequestMalformed);
    let nobody = disable(&phone, DeviceId::from_bytes(random_bytes())).await;
    assert_eq!(code_of(nobody), RefusalCode::RequestMalformed);
    let of_the_account = disable(&stranger, phone.device).await;
    assert_eq!(code_of(of_the_account), RefusalCode::RequestMalformed);
    let forged = stranger.sign(&DeviceRevocation {
        device: phone.device,
        target: stranger.device,
        nonce: Nonce::from_bytes(random_bytes()),
    });
    let forged: Result<RevokeAnswer, _> = stranger.post("/v1/devices/revoke", &forged).await;
    assert_eq!(code_of(forged), RefusalCode::EvidenceSignature);
    assert!(list(&phone).await.is_ok() && list(&stranger).await.is_ok());
}

#[tokio::test]
async fn us_07_leaving_is_said_once_and_may_be_repeated() {
    let portal = portal().await;
    let (phone, _) = portal.approved(TaskKind::RealNameLegal).await;
    assert_eq!(leave(&phone).await.unwrap(), LeaveAnswer { left: true });
    assert_eq!(leave(&phone).await.unwrap(), LeaveAnswer { left: false });
    assert_eq!(code_of(list(&phone).await), RefusalCode::DeviceRevoked);
    let audit = portal.audit().await;
    let left = audit.iter().filter(|event| *event == "device-left");
    assert_eq!(left.count(), 1);
}

#[tokio::test]
async fn a_question_cannot_be_sent_to_the_address_of_another_or_by_another() {
    let portal = portal().await;
    let (phone, _) = portal.approved(TaskKind::RealNameLegal).await;
    let asked = question(&phone, DeviceAsk::List);
    let left: Result<LeaveAnswer, _> = phone.post("/v1/devices/leave", &asked).await;
    assert_eq!(code_of(left), RefusalCode::RequestMalformed);
    let asked = question(&phone, DeviceAsk::Leave);
    let listed: Result<Signed<DeviceList>, _> = phone.post("/v1/devices/list", &asked).await;
    assert_eq!(code_of(listed), RefusalCode::RequestMalformed);
    let thief = portal.phone().await;
    let forged = thief.sign(&DeviceRequest {
        device: phone.device,
        ask: DeviceAsk::Leave,
        nonce: Nonce::from_bytes(random_bytes()),
    });
    let left: Result<LeaveAnswer, _> = thief.post("/v1/devices/leave", &forged).await;
    assert_eq!(code_of(left), RefusalCode::EvidenceSignature);
    assert!(list(&phone).await.is_ok());
}
