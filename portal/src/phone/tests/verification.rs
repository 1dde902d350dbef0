//! Codes by which somebody else checks a certificate (certificates.md 3.4, requirement US-06).

use quanshengshi_protocol::ids::{Nonce, VerificationId};
use quanshengshi_protocol::package::Package;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::transaction::TaskKind;
use quanshengshi_protocol::verification::{VerificationGrant, VerificationRequest};
use quanshengshi_protocol::wire::RefusalAnswer;

use super::bench::{Portal, portal};
use super::handheld::{Phone, random_bytes};
use super::http::code_of;
use crate::packages::verification::ShownBy;

async fn kept(portal: &Portal) -> (Phone, String) {
    let (phone, task) = portal.approved(TaskKind::CertificateDownload).await;
    let path = format!("/v1/tasks/{task}/package");
    let request = phone.sign(&phone.request(task));
    let package: Signed<Package> = phone.post(&path, &request).await.unwrap();
    let package = package.verify(&phone.portal).unwrap();
    (phone, package.items[0].certificate.clone())
}

fn request(phone: &Phone, certificate: &str) -> VerificationRequest {
    VerificationRequest {
        device: phone.device,
        certificate: certificate.to_owned(),
        nonce: Nonce::from_bytes(random_bytes()),
    }
}

async fn ask(
    phone: &Phone,
    request: &VerificationRequest,
) -> Result<VerificationGrant, RefusalAnswer> {
    let answer: Signed<VerificationGrant> =
        phone.post("/v1/verification", &phone.sign(request)).await?;
    Ok(answer.verify(&phone.portal).expect("signed by the portal"))
}

#[tokio::test]
async fn us_06_a_code_opens_its_certificate_for_three_minutes_and_notes_the_first_look() {
    let portal = portal().await;
    let (phone, certificate) = kept(&portal).await;
    let wanted = request(&phone, &certificate);
    let grant = ask(&phone, &wanted).await.unwrap();
    assert_eq!(grant.certificate, certificate);
    assert_eq!(grant.nonce, wanted.nonce);
    assert_eq!(grant.expires_at_ms - grant.issued_at_ms, 180_000);
    let again = ask(&phone, &wanted).await.unwrap();
    assert_eq!(again, grant, "the same request has the same code");
    let look = || {
        portal
            .desk
            .open_verification(Some(grant.code), "10.0.0.*".to_owned())
    };
    let first = look().await.unwrap().expect("opens");
    assert_eq!(first.record.id.to_string(), certificate);
    portal.clock.advance(60_000);
    let second = look().await.unwrap().expect("opens");
    assert_eq!(second.as_of_ms - first.as_of_ms, 60_000);
    let noted = ShownBy::Phone {
        first_opened_at_ms: first.as_of_ms,
        ends_at_ms: grant.expires_at_ms,
    };
    assert_eq!(second.shown_by, noted);
    portal.clock.advance(120_000);
    assert_eq!(look().await.unwrap(), None, "over");
    let audit = portal.audit().await;
    let opened = audit.iter().filter(|event| *event == "verification-opened");
    assert_eq!(opened.count(), 1);
    portal.desk.sweep().await.unwrap();
    assert_eq!(portal.number("SELECT count(*) FROM verification").await, 0);
}

#[tokio::test]
async fn unknown_and_malformed_codes_are_one_answer_and_guessing_is_slow() {
    let portal = portal().await;
    let look = |code| portal.desk.open_verification(code, "10.0.0.*".to_owned());
    let unknown = VerificationId::from_bytes(random_bytes());
    for _ in 0..15 {
        assert_eq!(look(Some(unknown)).await.unwrap(), None);
        assert_eq!(look(None).await.unwrap(), None);
    }
    assert!(look(Some(unknown)).await.is_err(), "too many looks");
    let elsewhere = portal
        .desk
        .open_verification(Some(unknown), "10.0.1.*".to_owned());
    assert_eq!(elsewhere.await.unwrap(), None);
    portal.clock.advance(60_000);
    assert_eq!(look(Some(unknown)).await.unwrap(), None);
}

#[tokio::test]
async fn only_the_phone_that_was_given_a_certificate_gets_codes_for_it() {
    let portal = portal().await;
    let (phone, certificate) = kept(&portal).await;
    let stranger = portal.phone().await;
    let refused = ask(&stranger, &request(&stranger, &certificate)).await;
    assert_eq!(code_of(refused), RefusalCode::CertNotFound);
    let refused = ask(&phone, &request(&phone, "1.2.156.3005.2.x")).await;
    assert_eq!(code_of(refused), RefusalCode::CertNotFound);
    let grant = ask(&phone, &request(&phone, &certificate)).await.unwrap();
    for _ in 0..9 {
        ask(&phone, &request(&phone, &certificate)).await.unwrap();
    }
    let many = ask(&phone, &request(&phone, &certificate)).await;
    assert_eq!(code_of(many), RefusalCode::DeviceLimit);
    portal
        .desk
        .revoke_for(portal.account, phone.device)
        .await
        .unwrap();
    let look = portal
        .desk
        .open_verification(Some(grant.code), "10.0.0.*".to_owned());
    assert_eq!(look.await.unwrap(), None, "the phone was disabled");
}
