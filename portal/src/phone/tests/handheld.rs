//! A phone as the interface sees it: a key, an installation, and signed statements.

use axum::Router;
use quanshengshi_face::network::Networks;
use quanshengshi_protocol::chain::{ChainLink, FrameChain};
use quanshengshi_protocol::challenge::Challenge;
use quanshengshi_protocol::claim::Claim;
use quanshengshi_protocol::consent::{Consent, Decision};
use quanshengshi_protocol::enrolment::{DeviceGrant, Enrolment, Platform};
use quanshengshi_protocol::evidence::{EvidenceHeader, PictureMark, PromptSpan, Submission};
use quanshengshi_protocol::ids::{DeviceId, Digest, EvidenceId, InstallId, Nonce, TaskId};
use quanshengshi_protocol::invitation::Invitation;
use quanshengshi_protocol::keys::{PublicKey, Signature};
use quanshengshi_protocol::outcome::Outcome;
use quanshengshi_protocol::receipt::ClaimReceipt;
use quanshengshi_protocol::statement::{Signed, Statement};
use quanshengshi_protocol::status::TaskRequest;
use quanshengshi_protocol::wire::{
    ConsentAnswer, EvidenceAnswer, NonceAnswer, RefusalAnswer, StateAnswer,
};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::bench::ORIGIN;
use super::http::post;
use crate::random::Random;

/// A phone with a key of its own.
pub(crate) struct Phone {
    pub(crate) router: Router,
    pub(crate) portal: PublicKey,
    pub(crate) install: InstallId,
    pub(crate) device: DeviceId,
    origin: &'static str,
    pair: EcdsaKeyPair,
}

impl Phone {
    pub(crate) fn new(router: Router, portal: PublicKey) -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let der = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        Self {
            router,
            portal,
            install: InstallId::from_bytes(random_bytes()),
            device: DeviceId::from_bytes([0; 16]),
            origin: ORIGIN,
            pair: EcdsaKeyPair::from_pkcs8(algorithm, der.as_ref(), &random).unwrap(),
        }
    }

    /// The same phone, of a portal at another address.
    pub(crate) fn of(self, origin: &'static str) -> Self {
        Self { origin, ..self }
    }

    pub(crate) fn public(&self) -> PublicKey {
        PublicKey::from_bytes(self.pair.public_key().as_ref()).unwrap()
    }

    pub(crate) fn sign<S: Statement>(&self, statement: &S) -> Signed<S> {
        let raw = self
            .pair
            .sign(&SystemRandom::new(), &statement.signing_bytes())
            .unwrap();
        Signed::new(statement, &Signature::from_fixed(raw.as_ref()).unwrap())
    }

    pub(crate) async fn post<T: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        body: &T,
    ) -> Result<A, RefusalAnswer> {
        let body = serde_json::to_vec(body).unwrap();
        post(&self.router, path, body, &[]).await.read()
    }

    pub(crate) async fn enrolment(&self) -> Enrolment {
        let nonce: NonceAnswer = self.post("/v1/nonces", &()).await.unwrap();
        Enrolment {
            install: self.install,
            key: self.public(),
            platform: Platform::Desktop,
            app_version: "0.1.0".to_owned(),
            nonce: nonce.nonce,
        }
    }

    pub(crate) async fn enrol(&mut self) -> DeviceGrant {
        let signed = self.sign(&self.enrolment().await);
        let grant: Signed<DeviceGrant> = self.post("/v1/devices", &signed).await.unwrap();
        let grant = grant.verify(&self.portal).unwrap();
        self.device = grant.device;
        grant
    }

    pub(crate) fn claim_of(&self, text: &str) -> Claim {
        let invitation = Invitation::parse(text, &[self.origin.to_owned()]).unwrap();
        Claim {
            code: invitation.code,
            device: self.device,
            nonce: Nonce::from_bytes(random_bytes()),
            app_version: "0.1.0".to_owned(),
        }
    }

    pub(crate) async fn send_claim(&self, claim: &Claim) -> Result<ClaimReceipt, RefusalAnswer> {
        let signed: Result<Signed<ClaimReceipt>, _> =
            self.post("/v1/claims", &self.sign(claim)).await;
        signed.map(|signed| signed.verify(&self.portal).expect("signed by the portal"))
    }

    pub(crate) async fn claim(&self, text: &str) -> Result<ClaimReceipt, RefusalAnswer> {
        self.send_claim(&self.claim_of(text)).await
    }

    pub(crate) fn consent_of(&self, receipt: &ClaimReceipt, decision: Decision) -> Consent {
        Consent {
            task: receipt.transaction.task,
            device: self.device,
            transaction: receipt.transaction.digest(),
            decision,
            notice_version: receipt.notice_version,
        }
    }

    pub(crate) async fn consent(&self, consent: &Consent) -> Result<ConsentAnswer, RefusalAnswer> {
        let path = format!("/v1/tasks/{}/consent", consent.task);
        self.post(&path, &self.sign(consent)).await
    }

    pub(crate) async fn agree(&self, receipt: &ClaimReceipt) -> Challenge {
        let consent = self.consent_of(receipt, Decision::AgreeWithFace);
        let answer = self.consent(&consent).await.unwrap();
        self.challenge(answer.challenge)
    }

    pub(crate) fn challenge(&self, signed: Option<Signed<Challenge>>) -> Challenge {
        signed
            .expect("a challenge")
            .verify(&self.portal)
            .expect("signed by the portal")
    }

    pub(crate) fn outcome(&self, answer: &EvidenceAnswer) -> Outcome {
        answer
            .outcome
            .verify(&self.portal)
            .expect("signed by the portal")
    }

    pub(crate) fn request(&self, task: TaskId) -> TaskRequest {
        TaskRequest {
            task,
            device: self.device,
            nonce: Nonce::from_bytes(random_bytes()),
        }
    }

    pub(crate) async fn state(&self, task: TaskId) -> Result<StateAnswer, RefusalAnswer> {
        let path = format!("/v1/tasks/{task}/state");
        self.post(&path, &self.sign(&self.request(task))).await
    }

    /// Evidence that answers a challenge in every way that can be checked without pictures.
    pub(crate) fn evidence(&self, challenge: &Challenge) -> Submission {
        let (header, pictures) = answer_to(challenge);
        Submission {
            header: self.sign(&header),
            pictures,
        }
    }

    pub(crate) async fn submit(
        &self,
        submission: &Submission,
    ) -> Result<EvidenceAnswer, RefusalAnswer> {
        let header = EvidenceHeader::parse(submission.header.bytes()).unwrap();
        self.submit_as(submission, header.id).await
    }

    pub(crate) async fn submit_as(
        &self,
        submission: &Submission,
        key: EvidenceId,
    ) -> Result<EvidenceAnswer, RefusalAnswer> {
        let header = EvidenceHeader::parse(submission.header.bytes()).unwrap();
        let path = format!("/v1/tasks/{}/evidence", header.task);
        let headers = [("idempotency-key", key.to_string())];
        let headers = headers
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        post(&self.router, &path, submission.to_bytes(), &headers)
            .await
            .read()
    }
}

pub(crate) fn random_bytes<const N: usize>() -> [u8; N] {
    Random::default().make_bytes().unwrap()
}

/// A header and pictures nobody has seen before, three small frames a prompt.
pub(crate) fn answer_to(challenge: &Challenge) -> (EvidenceHeader, Vec<Vec<u8>>) {
    let seed: [u8; 8] = random_bytes();
    let mut pictures = Vec::new();
    let mut picture = |frame: u32, kind: &str| {
        let bytes = format!("{seed:?} {kind} {frame}").into_bytes();
        let digest = Digest::of(&bytes);
        pictures.push(bytes);
        PictureMark { frame, digest }
    };
    let neutral = picture(0, "neutral");
    let mut frame = 1;
    let mut spans = Vec::new();
    for step in &challenge.steps {
        let time = |frame: u32| u64::from(frame) * 100;
        spans.push(PromptSpan {
            prompt: step.prompt,
            start_ms: time(frame),
            peak_ms: time(frame + 1),
            end_ms: time(frame + 2),
            peak: picture(frame + 1, "peak"),
            strip: (frame..frame + 3).map(|at| picture(at, "strip")).collect(),
        });
        frame += 3;
    }
    let links: Vec<ChainLink> = (0..=frame)
        .map(|at| ChainLink {
            t_ms: u64::from(at) * 100,
            digest: Digest::of(format!("{seed:?} {at}").as_bytes()),
        })
        .collect();
    let header = EvidenceHeader {
        id: EvidenceId::from_bytes(random_bytes()),
        task: challenge.task,
        challenge: challenge.id,
        nonce: challenge.nonce,
        transaction: challenge.transaction,
        device: challenge.device,
        networks: Networks::digests().to_vec(),
        neutral,
        spans,
        chain_head: FrameChain::over(&challenge.nonce, &challenge.id, &links).head(),
        links,
        camera: quanshengshi_protocol::camera::Camera::Front,
    };
    (header, pictures)
}
