//! Who vouches for a device's key, and what follows (record 55).

use quanshengshi_attestation::level::Level;
use quanshengshi_attestation::made::{Maker, Said};
use quanshengshi_attestation::status::Revoked;
use quanshengshi_protocol::attestation::DeviceAttestation;
use quanshengshi_protocol::ids::Nonce;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::transaction::TaskKind;
use quanshengshi_protocol::wire::{AttestAnswer, RefusalAnswer};

use super::bench::{Portal, portal};
use super::handheld::{Phone, random_bytes};
use super::http::code_of;

async fn attest(phone: &Phone, chain: Vec<Vec<u8>>) -> Result<u8, RefusalAnswer> {
    let statement = phone.sign(&DeviceAttestation {
        device: phone.device,
        chain,
        nonce: Nonce::from_bytes(random_bytes()),
    });
    let answer: AttestAnswer = phone.post("/v1/devices/attest", &statement).await?;
    Ok(answer.level)
}

/// A portal that believes a maker.
async fn believing(maker: &Maker) -> Portal {
    let mut portal = portal().await;
    portal.believe(maker.trust(Revoked::default(), None));
    portal
}

/// How well the portal thought the key was kept when it judged this phone's evidence.
async fn judged(portal: &Portal, phone: &Phone) -> Level {
    let task = portal.open(TaskKind::RealNameLegal).await;
    let receipt = phone.claim(&portal.code(task).await).await.unwrap();
    let challenge = phone.agree(&receipt).await;
    let submission = phone.evidence(&challenge);
    phone.submit(&submission).await.unwrap();
    *portal.double.levels.lock().unwrap().last().unwrap()
}

#[tokio::test]
async fn a10_evidence_is_judged_with_what_the_phones_maker_says() {
    let maker = Maker::new();
    let portal = believing(&maker).await;
    let phone = portal.phone().await;
    assert_eq!(
        judged(&portal, &phone).await,
        Level::None,
        "nobody said anything yet"
    );
    let chain = maker.chain(&Said::default(), &phone.public());
    assert_eq!(attest(&phone, chain.clone()).await.unwrap(), 1);
    assert_eq!(
        attest(&phone, chain).await.unwrap(),
        1,
        "twice is the same as once"
    );
    assert_eq!(judged(&portal, &phone).await, Level::Hardware);
    assert!(portal.audit().await.contains(&"device-attested".to_owned()));
}

#[tokio::test]
async fn a10_a_chain_of_another_key_or_maker_is_no_refusal_and_says_nothing() {
    let maker = Maker::new();
    let portal = believing(&maker).await;
    let phone = portal.phone().await;
    let (of_another, _) = maker.phone(&Said::default());
    assert_eq!(attest(&phone, of_another).await.unwrap(), 0);
    let unknown = Maker::new().chain(&Said::default(), &phone.public());
    assert_eq!(attest(&phone, unknown).await.unwrap(), 0);
    assert_eq!(attest(&phone, Vec::new()).await.unwrap(), 0);
    assert_eq!(judged(&portal, &phone).await, Level::None);
    // What was good once does not stay when a worse one is handed in.
    let good = maker.chain(&Said::default(), &phone.public());
    assert_eq!(attest(&phone, good).await.unwrap(), 1);
    let unlocked = Said {
        locked: 0,
        ..Said::default()
    };
    let unlocked = maker.chain(&unlocked, &phone.public());
    assert_eq!(attest(&phone, unlocked).await.unwrap(), 0);
    assert_eq!(judged(&portal, &phone).await, Level::None);
}

#[tokio::test]
async fn a10_a_chain_is_handed_in_by_the_device_itself_alone() {
    let maker = Maker::new();
    let portal = believing(&maker).await;
    let (phone, thief) = (portal.phone().await, portal.phone().await);
    let statement = thief.sign(&DeviceAttestation {
        device: phone.device,
        chain: maker.chain(&Said::default(), &phone.public()),
        nonce: Nonce::from_bytes(random_bytes()),
    });
    let answer: Result<AttestAnswer, _> = thief.post("/v1/devices/attest", &statement).await;
    assert_eq!(code_of(answer), RefusalCode::EvidenceSignature);
}

#[tokio::test]
async fn a_portal_that_believes_nobody_knows_no_level() {
    let portal = portal().await;
    let phone = portal.phone().await;
    let chain = Maker::new().chain(&Said::default(), &phone.public());
    assert_eq!(attest(&phone, chain).await.unwrap(), 0);
    assert!(!portal.audit().await.contains(&"device-attested".to_owned()));
}
