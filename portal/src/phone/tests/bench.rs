//! A portal and phones for tests.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
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
use quanshengshi_protocol::outcome::{Outcome, Verdict};
use quanshengshi_protocol::receipt::ClaimReceipt;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::{Signed, Statement};
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::status::TaskRequest;
use quanshengshi_protocol::transaction::{PcContext, TaskKind, TaskObject};
use quanshengshi_protocol::wire::{
    ConsentAnswer, EvidenceAnswer, NonceAnswer, RefusalAnswer, StateAnswer,
};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tower::ServiceExt as _;

use crate::accounts::password::Passwords;
use crate::accounts::registration::NewAccount;
use crate::accounts::{AccountId, AccountKind, Accounts, Proof};
use crate::audit::chain::verify_chain;
use crate::certificates::Certificates;
use crate::clock::{Clock, SteppedClock};
use crate::random::Random;
use crate::registers::Registers;
use crate::registers::sample::SampleRegisters;
use crate::samples;
use crate::samples::enterprises::CLOUD_SPRUCE;
use crate::signing::portal_keys::PortalKeys;
use crate::store::{Store, StoreError};
use crate::tasks::appraise::{Appraise, Case, Judgement};
use crate::tasks::desk::{DeskParts, TaskDesk};
use crate::tasks::likeness::Nearest;
use crate::tasks::limits::Limits;
use crate::tasks::open::NewTask;
use crate::tasks::view::TaskView;
use quanshengshi_appraisal::finding::{Finding, ScoreBand};
use quanshengshi_appraisal::fingerprint::Fingerprint;

pub(super) const ORIGIN: &str = "https://portal.example";
pub(super) const START_MS: u64 = 1_790_000_000_000;
const FONT: &[u8] = include_bytes!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/fonts/NotoSerifCJKsc-Certificate.otf"
));

/// Says what it was told to say, then that the person passed; stands still while it is held.
#[derive(Debug, Default)]
pub(super) struct Double {
    /// What stills look like to it, from now on.
    pub(super) stills: Mutex<Vec<Fingerprint>>,
    /// Bits below which it leaves stills to people: of the same person, of others.
    pub(super) limits: Mutex<[u32; 2]>,
    findings: Mutex<VecDeque<Finding>>,
    held: Mutex<bool>,
    freed: Condvar,
    pub(super) judged: Mutex<Vec<(EvidenceId, bool)>>,
}

impl Double {
    pub(super) fn say(&self, finding: Finding) {
        self.findings.lock().unwrap().push_back(finding);
    }

    pub(super) fn hold(&self, hold: bool) {
        *self.held.lock().unwrap() = hold;
        self.freed.notify_all();
    }

    pub(super) fn judged(&self) -> usize {
        self.judged.lock().unwrap().len()
    }
}

impl Appraise for Double {
    fn appraise(&self, case: Case<'_>) -> Judgement {
        let photo = case.reference_photo.is_some();
        self.judged.lock().unwrap().push((case.header.id, photo));
        let mut held = self.held.lock().unwrap();
        while *held {
            held = self.freed.wait(held).unwrap();
        }
        let said = self.findings.lock().unwrap().pop_front();
        Judgement {
            finding: said.unwrap_or(Finding::Approved(ScoreBand::Clear)),
            stills: self.stills.lock().unwrap().clone(),
        }
    }

    fn likened(&self, finding: Finding, nearest: Nearest) -> Finding {
        let limits = *self.limits.lock().unwrap();
        let seen = [nearest.own, nearest.others]
            .into_iter()
            .zip(limits)
            .any(|(bits, limit)| bits.is_some_and(|bits| bits < limit));
        if seen {
            Finding::Review(RefusalCode::EvidenceReplayed)
        } else {
            finding
        }
    }

    fn policy(&self) -> &'static str {
        "double 1"
    }
}

/// A portal with the samples and one pending enterprise account.
pub(super) struct Portal {
    pub(super) folder: tempfile::TempDir,
    pub(super) store: Store,
    pub(super) clock: SteppedClock,
    pub(super) desk: Arc<TaskDesk>,
    pub(super) double: Arc<Double>,
    pub(super) accounts: Accounts,
    pub(super) account: AccountId,
    pub(super) router: Router,
    pub(super) session: Digest,
}

pub(super) async fn portal() -> Portal {
    portal_with(Limits::default()).await
}

pub(super) async fn portal_with(limits: Limits) -> Portal {
    let folder = tempfile::tempdir().unwrap();
    let clock = SteppedClock::at(START_MS);
    let double = Arc::new(Double::default());
    let store = Store::open(&folder.path().join("portal.sqlite3")).unwrap();
    samples::load(&store, START_MS).await.unwrap();
    let shared: Arc<dyn Clock> = Arc::new(clock.clone());
    let passwords = Passwords::new(Random::default()).unwrap();
    let accounts = Accounts::new(store.clone(), Arc::clone(&shared), passwords);
    let account = accounts.register(new_account()).await.unwrap();
    let desk = open_desk(&folder, &store, shared, &accounts, &double, limits);
    Portal {
        router: crate::phone::router(Arc::clone(&desk)),
        session: Digest::of(b"the page's session"),
        folder,
        store,
        clock,
        desk,
        double,
        accounts,
        account,
    }
}

fn open_desk(
    folder: &tempfile::TempDir,
    store: &Store,
    clock: Arc<dyn Clock>,
    accounts: &Accounts,
    double: &Arc<Double>,
    limits: Limits,
) -> Arc<TaskDesk> {
    let register = Arc::new(SampleRegisters::new(store.clone()));
    TaskDesk::new(DeskParts {
        store: store.clone(),
        clock,
        keys: Arc::new(PortalKeys::open(&folder.path().join("keys")).unwrap()),
        accounts: accounts.clone(),
        certificates: Certificates::new(store.clone(), accounts.clone(), FONT.into()),
        registers: Registers::new(register.clone(), register),
        appraiser: double.clone(),
        origin: ORIGIN.to_owned(),
        limits,
    })
}

fn new_account() -> NewAccount {
    let text = |text: &str| text.to_owned();
    NewAccount {
        kind: AccountKind::Legal,
        name: text(CLOUD_SPRUCE.code),
        organisation: text(CLOUD_SPRUCE.name),
        enterprise_type: text("limited"),
        person_name: text(CLOUD_SPRUCE.representative.name),
        document_kind: text(CLOUD_SPRUCE.representative.kind),
        document_number: text(CLOUD_SPRUCE.representative.number),
        validity: text(""),
        mobile: text("13904510037"),
        region: text("230102"),
        password: Some(text("Yun-shan 2026!")),
        proof: Proof::Face,
        agreement: text("agreement 1"),
    }
}

impl Portal {
    /// The same portal after a restart of its process.
    pub(super) fn restarted(&mut self) {
        self.double = Arc::new(Double::default());
        self.desk = open_desk(
            &self.folder,
            &self.store,
            Arc::new(self.clock.clone()),
            &self.accounts,
            &self.double,
            Limits::default(),
        );
        self.router = crate::phone::router(Arc::clone(&self.desk));
    }

    pub(super) async fn certificates(&self) -> Vec<TaskObject> {
        let account = self.accounts.by_id(self.account).await.unwrap();
        let held = self.desk.certificates.held_by(&account).await.unwrap();
        assert!(!held.is_empty(), "the sample enterprise holds certificates");
        let object = |record: quanshengshi_certificate::record::CertificateRecord| TaskObject {
            certificate: record.id.to_string(),
            name: record.name,
        };
        held.into_iter().map(object).collect()
    }

    pub(super) async fn open(&self, kind: TaskKind) -> TaskId {
        let objects = if kind.opens_certificates() {
            self.certificates().await
        } else {
            Vec::new()
        };
        self.desk.open(self.new_task(kind, objects)).await.unwrap()
    }

    pub(super) fn new_task(&self, kind: TaskKind, objects: Vec<TaskObject>) -> NewTask {
        NewTask {
            kind,
            account: self.account,
            session: self.session,
            account_label: CLOUD_SPRUCE.name.to_owned(),
            account_number_masked: "9123**********3D8J".to_owned(),
            subject_label: "林**".to_owned(),
            subject_document_masked: "**************0024".to_owned(),
            subject_document: CLOUD_SPRUCE.representative.number.to_owned(),
            objects,
            purpose: "银行开户".to_owned(),
            mobile_masked: "139****0037".to_owned(),
            pc: PcContext::default(),
        }
    }

    pub(super) async fn view(&self, task: TaskId) -> TaskView {
        self.desk.view(task, self.session).await.unwrap()
    }

    pub(super) async fn code(&self, task: TaskId) -> String {
        self.view(task).await.code.expect("a code is shown")
    }

    pub(super) fn key(&self) -> PublicKey {
        self.desk.public_key()
    }

    /// The first column of the first row.
    pub(super) async fn number(&self, sql: &'static str) -> i64 {
        self.store
            .read(move |connection| {
                Ok::<_, StoreError>(connection.query_row(sql, [], |row| row.get(0))?)
            })
            .await
            .unwrap()
    }

    /// The audit's events in order; the chain must hold.
    pub(super) async fn audit(&self) -> Vec<String> {
        self.store
            .read(|connection| {
                verify_chain(connection).expect("the chain holds");
                let mut rows = connection.prepare("SELECT event FROM audit ORDER BY seq")?;
                let events = rows.query_map([], |row| row.get(0))?;
                Ok::<_, StoreError>(events.collect::<Result<_, _>>()?)
            })
            .await
            .unwrap()
    }

    /// An enrolled phone.
    pub(super) async fn phone(&self) -> Phone {
        let mut phone = Phone::new(self.router.clone(), self.key());
        phone.enrol().await;
        phone
    }

    /// A phone that holds a task and has its first challenge.
    pub(super) async fn challenged(&self, kind: TaskKind) -> (Phone, TaskId, Challenge) {
        let task = self.open(kind).await;
        let phone = self.phone().await;
        let receipt = phone.claim(&self.code(task).await).await.unwrap();
        let challenge = phone.agree(&receipt).await;
        (phone, task, challenge)
    }

    /// A phone with an approved task.
    pub(super) async fn approved(&self, kind: TaskKind) -> (Phone, TaskId) {
        let (phone, task, challenge) = self.challenged(kind).await;
        let answer = phone.submit(&phone.evidence(&challenge)).await.unwrap();
        assert_eq!(phone.outcome(&answer).verdict, Verdict::Approved);
        (phone, task)
    }

    pub(super) async fn state(&self, task: TaskId) -> TaskState {
        self.view(task).await.state
    }
}

/// What came back over HTTP.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Reply {
    pub(super) fn read<A: DeserializeOwned>(&self) -> Result<A, RefusalAnswer> {
        if self.status.is_success() {
            Ok(serde_json::from_slice(&self.body).expect("the answer of the table"))
        } else {
            Err(serde_json::from_slice(&self.body).expect("a refusal"))
        }
    }
}

pub(super) fn code_of<A: std::fmt::Debug>(answer: Result<A, RefusalAnswer>) -> RefusalCode {
    let refusal = answer.expect_err("a refusal");
    refusal.refusal().expect("a code of the table")
}

pub(super) async fn post(
    router: &Router,
    path: &str,
    body: Vec<u8>,
    headers: &[(&str, &str)],
) -> Reply {
    let mut request = Request::post(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body)).unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    Reply {
        status: parts.status,
        headers: parts.headers,
        body: to_bytes(body, 8 << 20).await.unwrap().to_vec(),
    }
}

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
