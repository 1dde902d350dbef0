//! A portal that answers as the protocol says, except where a test twists it.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use quanshengshi_protocol::attestation::DeviceAttestation;
use quanshengshi_protocol::challenge::{CaptureLimits, Challenge, PromptStep};
use quanshengshi_protocol::claim::Claim;
use quanshengshi_protocol::consent::{Consent, Decision};
use quanshengshi_protocol::enrolment::{DeviceGrant, Enrolment, Platform};
use quanshengshi_protocol::ids::{ChallengeId, DeviceId, Digest, EvidenceId, Nonce, TaskId};
use quanshengshi_protocol::invitation::{Invitation, InvitationKey};
use quanshengshi_protocol::outcome::{Outcome, Verdict};
use quanshengshi_protocol::prompt::Prompt;
use quanshengshi_protocol::receipt::ClaimReceipt;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::{Signed, Statement};
use quanshengshi_protocol::transaction::{PcContext, TaskKind, Transaction};
use quanshengshi_protocol::wire::{
    AttestAnswer, ConsentAnswer, EvidenceAnswer, NonceAnswer, RefusalAnswer, StateAnswer,
};
use quanshengshi_vault::software_keystore::SoftwareKeystore;

use crate::confirm::deadline::Deadline;
use crate::confirm::submit::{Answers, Prepared};
use crate::handset::{Handset, HandsetSettings, Ports};
use crate::portal_client::test_portal::{Authority, PortalKey, TestPortal, settings};
use crate::ports::{Clock, SystemClock};
use crate::software_keys::SoftwareKeys;

pub(crate) const TASK: TaskId = TaskId::from_bytes([1; 16]);
pub(crate) const DEVICE: DeviceId = DeviceId::from_bytes([6; 16]);
pub(crate) const EVIDENCE: EvidenceId = EvidenceId::from_bytes([8; 16]);

pub(crate) type Twist<S> = Option<fn(&mut S)>;

/// A portal that answers as the protocol says, except where a test twists it.
pub(crate) struct Script {
    pub(crate) key: PortalKey,
    pub(crate) receipt: Twist<ClaimReceipt>,
    pub(crate) challenge: Twist<Challenge>,
    pub(crate) outcome: Twist<Outcome>,
    pub(crate) verdict: Verdict,
    /// Refusals that stand before the next answers to claims.
    pub(crate) refuse_claims: Vec<RefusalCode>,
    /// How long the first claim waits with its answer.
    pub(crate) hold_claim: Option<Duration>,
    pub(crate) enrolments: Vec<Enrolment>,
    pub(crate) attestations: Vec<DeviceAttestation>,
    /// What chains are answered with instead.
    pub(crate) refuse_attestation: Option<axum::http::StatusCode>,
    pub(crate) claims: Vec<Bytes>,
    pub(crate) consents: Vec<Bytes>,
    pub(crate) submissions: Vec<Bytes>,
    pub(crate) variants: Vec<Bytes>,
}

pub(crate) type Shared = Arc<Mutex<Script>>;

pub(crate) fn script() -> Shared {
    Arc::new(Mutex::new(Script {
        key: PortalKey::make(),
        receipt: None,
        challenge: None,
        outcome: None,
        verdict: Verdict::Approved,
        refuse_claims: Vec::new(),
        hold_claim: None,
        enrolments: Vec::new(),
        attestations: Vec::new(),
        refuse_attestation: None,
        claims: Vec::new(),
        consents: Vec::new(),
        submissions: Vec::new(),
        variants: Vec::new(),
    }))
}

/// An invented task.
pub(crate) fn transaction() -> Transaction {
    Transaction {
        task: TASK,
        kind: TaskKind::RealNameLegal,
        account: "北疆云杉科技(哈尔滨)有限公司".to_owned(),
        account_number: "9123**********3D8J".to_owned(),
        subject: "林*远".to_owned(),
        subject_document: "**************0015".to_owned(),
        subject_key: Digest::from_bytes([2; 32]),
        objects: Vec::new(),
        purpose: String::new(),
        mobile: "138****1234".to_owned(),
        pc: PcContext::default(),
        created_at_ms: 1,
    }
}

pub(crate) fn challenge(attempt: u8) -> Challenge {
    Challenge {
        id: ChallengeId::from_bytes([attempt; 16]),
        task: TASK,
        device: DEVICE,
        nonce: Nonce::from_bytes([attempt; 32]),
        transaction: transaction().digest(),
        steps: vec![PromptStep {
            prompt: Prompt::Nod,
            window_ms: 6_000,
        }],
        total_ms: 60_000,
        attempt,
        attempts: 3,
        limits: CaptureLimits::default(),
        issued_at_ms: 1_000,
        expires_at_ms: 91_000,
    }
}

impl Script {
    fn signed_challenge(&self, attempt: u8) -> Signed<Challenge> {
        let mut challenge = challenge(attempt);
        if let Some(twist) = self.challenge {
            twist(&mut challenge);
        }
        self.key.sign(&challenge)
    }

    fn signed_outcome(&self) -> Signed<Outcome> {
        let mut outcome = Outcome {
            task: TASK,
            evidence: EVIDENCE,
            transaction: transaction().digest(),
            verdict: self.verdict,
            attempts_left: 2,
            decided_at_ms: 5,
        };
        if let Some(twist) = self.outcome {
            twist(&mut outcome);
        }
        self.key.sign(&outcome)
    }
}

/// Reads a signed body without a key: the script plays the portal, not its checks.
pub(crate) fn body<S: Statement>(bytes: &[u8]) -> S {
    let signed: Signed<S> = serde_json::from_slice(bytes).unwrap();
    S::parse(signed.bytes()).unwrap()
}

async fn nonces() -> Json<NonceAnswer> {
    Json(NonceAnswer {
        nonce: Nonce::from_bytes([9; 32]),
    })
}

async fn devices(State(script): State<Shared>, bytes: Bytes) -> Json<Signed<DeviceGrant>> {
    let enrolment: Enrolment = body(&bytes);
    let mut script = script.lock().unwrap();
    let grant = DeviceGrant {
        device: DEVICE,
        install: enrolment.install,
        key: enrolment.key,
        granted_at_ms: 1,
    };
    script.enrolments.push(enrolment);
    Json(script.key.sign(&grant))
}

async fn attest(
    State(script): State<Shared>,
    bytes: Bytes,
) -> Result<Json<AttestAnswer>, axum::http::StatusCode> {
    let mut script = script.lock().unwrap();
    script.attestations.push(body(&bytes));
    match script.refuse_attestation {
        Some(status) => Err(status),
        None => Ok(Json(AttestAnswer { level: 1 })),
    }
}

async fn claims(
    State(script): State<Shared>,
    bytes: Bytes,
) -> Result<Json<Signed<ClaimReceipt>>, (axum::http::StatusCode, Json<RefusalAnswer>)> {
    let claim: Claim = body(&bytes);
    let (answer, hold) = {
        let mut script = script.lock().unwrap();
        script.claims.push(bytes);
        if let Some(code) = script.refuse_claims.pop() {
            let status = axum::http::StatusCode::CONFLICT;
            return Err((status, Json(RefusalAnswer::new(code))));
        }
        let mut receipt = ClaimReceipt {
            transaction: transaction(),
            device: claim.device,
            claim_nonce: claim.nonce,
            notice_version: 1,
            issued_at_ms: 1_000,
            expires_at_ms: 121_000,
        };
        if let Some(twist) = script.receipt {
            twist(&mut receipt);
        }
        (script.key.sign(&receipt), script.hold_claim.take())
    };
    if let Some(hold) = hold {
        tokio::time::sleep(hold).await;
    }
    Ok(Json(answer))
}

async fn consents(State(script): State<Shared>, bytes: Bytes) -> Json<ConsentAnswer> {
    let consent: Consent = body(&bytes);
    let mut script = script.lock().unwrap();
    script.consents.push(bytes);
    let agreed = consent.decision == Decision::AgreeWithFace;
    Json(ConsentAnswer {
        challenge: agreed.then(|| script.signed_challenge(1)),
    })
}

async fn variants(State(script): State<Shared>, bytes: Bytes) -> Json<ConsentAnswer> {
    let mut script = script.lock().unwrap();
    script.variants.push(bytes);
    Json(ConsentAnswer {
        challenge: Some(script.signed_challenge(1)),
    })
}

async fn evidence(State(script): State<Shared>, bytes: Bytes) -> Json<EvidenceAnswer> {
    let mut script = script.lock().unwrap();
    script.submissions.push(bytes);
    let retry = matches!(script.verdict, Verdict::Retry(_));
    Json(EvidenceAnswer {
        outcome: script.signed_outcome(),
        challenge: retry.then(|| script.signed_challenge(2)),
    })
}

async fn state(State(script): State<Shared>) -> Json<StateAnswer> {
    let script = script.lock().unwrap();
    Json(StateAnswer {
        state: "challenged".to_owned(),
        outcome: None,
        challenge: Some(script.signed_challenge(2)),
    })
}

pub(crate) struct Scene {
    pub(crate) handset: Handset,
    pub(crate) script: Shared,
    pub(crate) settings: HandsetSettings,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) _portal: TestPortal,
}

pub(crate) fn ports(folder: &Path) -> Ports {
    let keys = folder.join("keys");
    Ports {
        keys: Arc::new(SoftwareKeys::open(&keys).unwrap()),
        keystore: Arc::new(SoftwareKeystore::open(&keys).unwrap()),
        anchor: None,
        clock: Arc::new(SystemClock::new()),
    }
}

pub(crate) fn scene(change: impl FnOnce(&mut Script)) -> Scene {
    let script = script();
    change(&mut script.lock().unwrap());
    let router = Router::new()
        .route("/v1/nonces", post(nonces))
        .route("/v1/devices", post(devices))
        .route("/v1/devices/attest", post(attest))
        .route("/v1/claims", post(claims))
        .route("/v1/tasks/{task}/consent", post(consents))
        .route("/v1/tasks/{task}/variant", post(variants))
        .route("/v1/tasks/{task}/evidence", post(evidence))
        .route("/v1/tasks/{task}/state", post(state))
        .with_state(Arc::clone(&script));
    let authority = Authority::make();
    let portal = TestPortal::start(&authority, router);
    let folder = tempfile::tempdir().unwrap();
    let settings = HandsetSettings {
        data_folder: folder.path().join("data"),
        portal: settings(&authority, portal.address),
        trusted_origins: vec!["https://portal.example".to_owned()],
        portal_keys: vec![script.lock().unwrap().key.public()],
        seal_roots_pem: String::new(),
        platform: Platform::Desktop,
        app_version: "0.1.0".to_owned(),
    };
    let handset = Handset::open(settings.clone(), ports(folder.path())).unwrap();
    Scene {
        handset,
        script,
        settings,
        folder,
        _portal: portal,
    }
}

pub(crate) fn invitation() -> Invitation {
    Invitation {
        origin: "https://portal.example".to_owned(),
        code: InvitationKey::from_bytes(&[3; 32]).derive_code(TASK, 4),
    }
}

/// A clock that stands at its zero.
struct Zero;

impl Clock for Zero {
    fn monotonic_ms(&self) -> u64 {
        0
    }

    fn wall_ms(&self) -> u64 {
        0
    }
}

pub(crate) fn prepared() -> Prepared {
    Prepared {
        id: EVIDENCE,
        bytes: b"evidence".to_vec(),
        deadline: Deadline::starting_now(&Zero, 0, 3_600_000),
        answers: Answers {
            task: TASK,
            device: DEVICE,
            transaction: transaction().digest(),
            attempt: 1,
        },
    }
}
