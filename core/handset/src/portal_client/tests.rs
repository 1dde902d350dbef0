//! Trust, refusals, cuts and resumption against a real TLS server.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use quanshengshi_protocol::ids::{DeviceId, Digest, EvidenceId, Nonce, TaskId};
use quanshengshi_protocol::outcome::{Outcome, Verdict};
use quanshengshi_protocol::package::PackageFile;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::status::TaskRequest;
use quanshengshi_protocol::wire::{EvidenceAnswer, NonceAnswer, RefusalAnswer};

use crate::portal_client::client::{PortalClient, SettingsError};
use crate::portal_client::download::DownloadError;
use crate::portal_client::error::PortalError;
use crate::portal_client::test_portal::{
    Authority, CuttingProxy, PortalKey, TestPortal, client, settings,
};
use crate::portal_client::trust::TrustError;

fn nonces() -> Router {
    let answer = || async {
        Json(NonceAnswer {
            nonce: Nonce::from_bytes([7; 32]),
        })
    };
    Router::new().route("/v1/nonces", post(answer))
}

fn answering(status: StatusCode, body: &'static str) -> Router {
    Router::new().route("/v1/nonces", post(move || async move { (status, body) }))
}

#[tokio::test]
async fn the_portal_of_the_given_root_is_believed_and_no_other() {
    let (ours, other) = (Authority::make(), Authority::make());
    let portal = TestPortal::start(&ours, nonces());
    let nonce = client(&ours, portal.address).make_nonce().await.unwrap();
    assert_eq!(nonce, Nonce::from_bytes([7; 32]));
    assert_eq!(
        client(&other, portal.address).make_nonce().await,
        Err(PortalError::Untrusted)
    );
}

#[tokio::test]
async fn a_certificate_for_another_name_is_not_believed() {
    let ours = Authority::make();
    let portal = TestPortal::start(&ours, nonces());
    let mut settings = settings(&ours, portal.address);
    settings.origin = format!("https://localhost:{}", portal.address.port());
    let client = PortalClient::new(&settings).unwrap();
    assert_eq!(client.make_nonce().await, Err(PortalError::Untrusted));
}

#[tokio::test]
async fn a_pin_holds_for_the_leaf_or_its_issuer_and_nothing_else() {
    let (ours, other) = (Authority::make(), Authority::make());
    let portal = TestPortal::start(&ours, nonces());
    for (pins, believed) in [
        (vec![ours.leaf_pin], true),
        (vec![ours.root_pin], true),
        (vec![other.leaf_pin, ours.leaf_pin], true),
        (vec![other.leaf_pin], false),
    ] {
        let mut settings = settings(&ours, portal.address);
        settings.pins = pins;
        let answer = PortalClient::new(&settings).unwrap().make_nonce().await;
        match answer {
            Ok(_) => assert!(believed),
            Err(error) => assert_eq!((error, believed), (PortalError::Untrusted, false)),
        }
    }
}

#[tokio::test]
async fn a_pinned_certificate_that_is_only_attached_counts_for_nothing() {
    let (mut ours, pinned) = (Authority::make(), Authority::make());
    ours.attach(&pinned);
    let portal = TestPortal::start(&ours, nonces());
    let mut settings = settings(&ours, portal.address);
    settings.pins = vec![pinned.leaf_pin];
    let client = PortalClient::new(&settings).unwrap();
    assert_eq!(client.make_nonce().await, Err(PortalError::Untrusted));
}

#[test]
fn settings_that_would_weaken_trust_are_refused() {
    let ours = Authority::make();
    let good = settings(&ours, ([127, 0, 0, 1], 1).into());
    for origin in [
        "http://127.0.0.1",
        "https://127.0.0.1/",
        "https://127.0.0.1/path",
        "portal",
        "",
    ] {
        let mut settings = good.clone();
        settings.origin = origin.to_owned();
        let error = PortalClient::new(&settings).unwrap_err();
        assert_eq!(error, SettingsError::Origin, "{origin}");
    }
    let mut settings = good;
    settings.roots_pem = String::new();
    assert_eq!(
        PortalClient::new(&settings).unwrap_err(),
        SettingsError::Trust(TrustError::Roots)
    );
}

#[tokio::test]
async fn a_portal_that_is_not_there_is_offline() {
    let ours = Authority::make();
    let address = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap()
    };
    assert_eq!(
        client(&ours, address).make_nonce().await,
        Err(PortalError::Offline)
    );
}

#[tokio::test]
async fn refusals_are_typed_and_nothing_of_a_strange_answer_is_let_through() {
    let ours = Authority::make();
    let refused = |code| PortalError::Refused {
        code,
        retry_after_ms: None,
    };
    let malformed = |what| PortalError::Malformed { what };
    let cases = [
        (
            StatusCode::CONFLICT,
            r#"{"code":"QR_ALREADY_USED"}"#,
            refused(RefusalCode::QrAlreadyUsed),
        ),
        (
            StatusCode::BAD_REQUEST,
            r#"{"code":"NEW_THING"}"#,
            PortalError::RefusedUnknown {
                code: "NEW_THING".to_owned(),
            },
        ),
        (
            StatusCode::BAD_REQUEST,
            r#"{"code":"<script>"}"#,
            malformed("code of a refusal"),
        ),
        (
            StatusCode::NOT_FOUND,
            "<html>",
            malformed("status of an answer"),
        ),
        (StatusCode::FOUND, "", malformed("status of an answer")),
        (
            StatusCode::BAD_GATEWAY,
            "<html>",
            PortalError::Busy {
                retry_after_ms: None,
            },
        ),
        (StatusCode::OK, "{}", malformed("body of an answer")),
    ];
    for (status, body, expected) in cases {
        let portal = TestPortal::start(&ours, answering(status, body));
        let answer = client(&ours, portal.address).make_nonce().await;
        assert_eq!(answer, Err(expected), "{status} {body}");
    }
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off() {
    let ours = Authority::make();
    let endless = || async { Bytes::from(vec![b' '; 17 << 20]) };
    let portal = TestPortal::start(&ours, Router::new().route("/v1/nonces", post(endless)));
    assert_eq!(
        client(&ours, portal.address).make_nonce().await,
        Err(PortalError::Malformed {
            what: "answer too long"
        })
    );
}

#[tokio::test]
async fn a_busy_portal_is_asked_again_and_a_refusing_one_is_not() {
    let ours = Authority::make();
    let calls = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&calls);
    let answer = move || {
        let call = counter.fetch_add(1, Ordering::SeqCst);
        async move {
            match call {
                0 => (
                    StatusCode::SERVICE_UNAVAILABLE,
                    Json(RefusalAnswer::new(RefusalCode::ServerBusy)),
                ),
                _ => (
                    StatusCode::CONFLICT,
                    Json(RefusalAnswer::new(RefusalCode::QrExpired)),
                ),
            }
        }
    };
    let portal = TestPortal::start(&ours, Router::new().route("/v1/nonces", post(answer)));
    let answer = client(&ours, portal.address).make_nonce().await;
    assert!(matches!(
        answer,
        Err(PortalError::Refused {
            code: RefusalCode::QrExpired,
            ..
        })
    ));
    assert_eq!(calls.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_lost_verdict_is_asked_for_again_under_the_same_name_with_the_same_bytes() {
    let ours = Authority::make();
    let key = PortalKey::make();
    let seen: Arc<Mutex<HashMap<String, Vec<Bytes>>>> = Arc::default();
    let seen_by_portal = Arc::clone(&seen);
    let outcome = Outcome {
        task: TaskId::from_bytes([1; 16]),
        evidence: EvidenceId::from_bytes([2; 16]),
        transaction: Digest::from_bytes([3; 32]),
        verdict: Verdict::Approved,
        attempts_left: 2,
        decided_at_ms: 1,
    };
    let signed = key.sign(&outcome);
    let appraise = move |headers: HeaderMap, body: Bytes| {
        let name = headers["idempotency-key"].to_str().unwrap().to_owned();
        seen_by_portal
            .lock()
            .unwrap()
            .entry(name)
            .or_default()
            .push(body);
        let answer = EvidenceAnswer {
            outcome: signed.clone(),
            challenge: None,
        };
        async move { Json(answer) }
    };
    let router = Router::new().route("/v1/tasks/{task}/evidence", post(appraise));
    let portal = TestPortal::start(&ours, router);
    // The first answer is cut inside the handshake, the second in the answer itself.
    let proxy = CuttingProxy::start(portal.address, vec![300, 1_150]).await;
    let client = client(&ours, proxy.address);
    let sent = vec![9; 50_000];
    let answer = client
        .submit(outcome.task, outcome.evidence, &sent)
        .await
        .unwrap();
    assert_eq!(answer.outcome.verify(&key.public()).unwrap(), outcome);
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 1, "one name");
    let bodies = &seen[&outcome.evidence.to_string()];
    assert!(bodies.iter().all(|body| body[..] == sent));
    assert_eq!(proxy.connections.load(Ordering::SeqCst), 3);
}

/// A server of one file with ranges, which may be replaced after some requests.
#[derive(Clone)]
struct FileServer {
    versions: Vec<Vec<u8>>,
    requests: Arc<Mutex<Vec<Option<String>>>>,
}

impl FileServer {
    fn new(versions: Vec<Vec<u8>>) -> Self {
        Self {
            versions,
            requests: Arc::default(),
        }
    }

    fn router(&self) -> Router {
        let this = self.clone();
        let answer = move |headers: HeaderMap| {
            let answer = this.answer(&headers);
            async move { answer }
        };
        Router::new().route("/v1/tasks/{task}/files/{digest}", post(answer))
    }

    fn answer(&self, headers: &HeaderMap) -> Response {
        let text = |name| {
            headers
                .get(name)
                .map(|value| value.to_str().unwrap().to_owned())
        };
        let mut requests = self.requests.lock().unwrap();
        let version = requests.len().min(self.versions.len() - 1);
        requests.push(text("range"));
        let file = &self.versions[version];
        let tag = format!("\"{}\"", Digest::of(file));
        let offset = text("range").map(|range| {
            let range = range.strip_prefix("bytes=").unwrap().to_owned();
            range.strip_suffix('-').unwrap().parse::<usize>().unwrap()
        });
        match (offset, text("if-range")) {
            (Some(offset), Some(condition)) if condition == tag => {
                let last = file.len() - 1;
                let range = format!("bytes {offset}-{last}/{}", file.len());
                let head = [("content-range", range), ("etag", tag)];
                (StatusCode::PARTIAL_CONTENT, head, file[offset..].to_vec()).into_response()
            }
            (Some(_), None) => panic!("a range without If-Range mixes two files"),
            _ => ([("etag", tag)], file.clone()).into_response(),
        }
    }
}

fn bytes(seed: u8, length: usize) -> Vec<u8> {
    let mut state = u32::from(seed) + 1;
    (0..length)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        })
        .collect()
}

fn file(content: &[u8]) -> PackageFile {
    PackageFile {
        name: "certificate.ofd".to_owned(),
        media_type: "application/ofd".to_owned(),
        length: content.len() as u64,
        digest: Digest::of(content),
    }
}

fn request() -> (TaskId, Signed<TaskRequest>) {
    let task = TaskId::from_bytes([1; 16]);
    let request = TaskRequest {
        task,
        device: DeviceId::from_bytes([2; 16]),
        nonce: Nonce::from_bytes([3; 32]),
    };
    (task, PortalKey::make().sign(&request))
}

#[tokio::test]
async fn a_file_comes_whole_through_six_cuts_without_sending_a_byte_twice() {
    let ours = Authority::make();
    let content = bytes(1, 1 << 20);
    let server = FileServer::new(vec![content.clone()]);
    let portal = TestPortal::start(&ours, server.router());
    let proxy = CuttingProxy::start(portal.address, vec![150_000; 6]).await;
    let (task, request) = request();
    let got = client(&ours, proxy.address)
        .download(task, &file(&content), &request)
        .await
        .unwrap();
    assert!(*got == content);
    let requests = server.requests.lock().unwrap();
    assert_eq!(requests.len(), 7);
    let offsets: Vec<usize> = requests[1..]
        .iter()
        .map(|range| {
            let range = range.as_ref().unwrap().strip_prefix("bytes=").unwrap();
            range.strip_suffix('-').unwrap().parse().unwrap()
        })
        .collect();
    assert!(offsets.is_sorted() && offsets[0] > 100_000, "{offsets:?}");
}

#[tokio::test]
async fn a_file_replaced_in_mid_download_is_never_mixed() {
    let ours = Authority::make();
    let (old, new) = (bytes(1, 400_000), bytes(2, 400_000));
    for wanted in [&old, &new] {
        // The first request gets the old file, every later one the new.
        let server = FileServer::new(vec![old.clone(), new.clone()]);
        let portal = TestPortal::start(&ours, server.router());
        let proxy = CuttingProxy::start(portal.address, vec![150_000]).await;
        let (task, request) = request();
        let got = client(&ours, proxy.address)
            .download(task, &file(wanted), &request)
            .await;
        assert_eq!(got, Err(DownloadError::Digest));
    }
}

#[tokio::test]
async fn a_wrong_file_and_a_longer_one_are_refused() {
    let ours = Authority::make();
    let content = bytes(1, 50_000);
    let portal = TestPortal::start(&ours, FileServer::new(vec![content.clone()]).router());
    let (task, request) = request();
    let client = client(&ours, portal.address);
    let mut other = file(&content);
    other.digest = Digest::of(b"other");
    assert_eq!(
        client.download(task, &other, &request).await,
        Err(DownloadError::Digest)
    );
    let mut shorter = file(&content);
    shorter.length = 40_000;
    assert_eq!(
        client.download(task, &shorter, &request).await,
        Err(DownloadError::Portal(PortalError::Malformed {
            what: "file too long"
        }))
    );
    let mut huge = file(&content);
    huge.length = u64::MAX;
    assert_eq!(
        client.download(task, &huge, &request).await,
        Err(DownloadError::TooLarge)
    );
}
