//! Nothing is kept that was not verified, nothing shown that was not verified again.

mod pages;
mod seals;
mod shelf;
mod stored;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use proptest::prelude::*;
use quanshengshi_certificate::identifier::CertificateId;
use quanshengshi_certificate::ofd::write::notice::CopyNotice;
use quanshengshi_certificate::ofd::write::write_ofd;
use quanshengshi_certificate::record::status::{State as RecordState, Status};
use quanshengshi_certificate::record::{
    CertificateRecord, Holder, HolderCodeType, Issuer, Validity,
};
use quanshengshi_protocol::canonical::Writer;
use quanshengshi_protocol::enrolment::{DeviceGrant, Enrolment, Platform};
use quanshengshi_protocol::ids::{DeviceId, Digest, Nonce, TaskId};
use quanshengshi_protocol::package::{Package, PackageFile, PackageItem};
use quanshengshi_protocol::statement::{Signed, Statement};
use quanshengshi_protocol::status::{StatusEntry, StatusList, StatusRequest};
use quanshengshi_protocol::wire::{NonceAnswer, SealsAnswer};
use quanshengshi_rules::language::Language;
use quanshengshi_vault::record::Record;
use quanshengshi_vault::software_keystore::SoftwareKeystore;
use quanshengshi_vault::vault::Vault;

use crate::handset::{Handset, HandsetSettings, Ports};
use crate::portal_client::download::DownloadError;
use crate::portal_client::test_portal::{Authority, PortalKey, TestPortal, settings};
use crate::ports::Clock;
use crate::software_keys::SoftwareKeys;
use crate::wallet::error::WalletError;
use crate::wallet::expiry::ExpiryNotice;
use crate::wallet::kept::KeptBody;
use crate::wallet::open::OpenCertificate;
use crate::wallet::standing::{Freshness, Standing};
use crate::wallet::summary::Summary;

const TASK: TaskId = TaskId::from_bytes([1; 16]);
const DEVICE: DeviceId = DeviceId::from_bytes([6; 16]);
/// 2026-11-23 in Beijing.
const NOW_MS: u64 = 1_795_397_400_000;
const DAY_MS: u64 = 86_400_000;

/// A licence of an invented enterprise.
fn record() -> CertificateRecord {
    CertificateRecord {
        name: "营业执照".to_owned(),
        type_name: "营业执照".to_owned(),
        number: "2026001".to_owned(),
        id: CertificateId::derive(
            "11100000000013338W001",
            "11230000002411014Q",
            "20260001234",
            1,
        )
        .unwrap(),
        issuer: Issuer {
            name: "哈尔滨市示例登记机关".to_owned(),
            code: "11230000002411014Q".to_owned(),
        },
        issue_date: "2024-05-20".parse().unwrap(),
        holders: vec![Holder {
            name: "北疆云杉科技（哈尔滨）有限公司".to_owned(),
            code: "91230102MA1BX7H221".to_owned(),
            code_type: HolderCodeType::CreditCode,
        }],
        validity: Validity {
            from: "2021-03-08".parse().unwrap(),
            to: None,
        },
        status: Status {
            state: RecordState::Valid,
            as_of: "2026-11-23T09:31:00+08:00".parse().unwrap(),
        },
        items: Vec::new(),
        previous: None,
        sample: true,
    }
}

fn face() -> Vec<u8> {
    let font = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/fixtures/certificates/face.otf"
    );
    let font = std::fs::read(PathBuf::from(font)).unwrap();
    let notice =
        CopyNotice::for_handset("林*远", "黑龙江政务服务网", record().status.as_of, "000398");
    write_ofd(&record(), &notice, None, &font).unwrap()
}

struct Script {
    key: PortalKey,
    file: Vec<u8>,
    package: Package,
    status: &'static str,
    status_nonce: Option<Nonce>,
    seals: SealsAnswer,
}

type Shared = Arc<Mutex<Script>>;

fn package(file: &[u8]) -> Package {
    Package {
        task: TASK,
        device: DEVICE,
        items: vec![PackageItem {
            certificate: record().id.to_string(),
            record: record().to_bytes().unwrap(),
            files: vec![PackageFile {
                name: "certificate.ofd".to_owned(),
                media_type: "application/ofd".to_owned(),
                length: file.len() as u64,
                digest: Digest::of(file),
            }],
        }],
        as_of_ms: NOW_MS,
        refresh_after_ms: NOW_MS + DAY_MS,
        valid_offline_until_ms: NOW_MS + 30 * DAY_MS,
    }
}

async fn nonces() -> Json<NonceAnswer> {
    Json(NonceAnswer {
        nonce: Nonce::from_bytes([9; 32]),
    })
}

async fn devices(State(script): State<Shared>, bytes: Bytes) -> Json<Signed<DeviceGrant>> {
    let signed: Signed<Enrolment> = serde_json::from_slice(&bytes).unwrap();
    let enrolment = Enrolment::parse(signed.bytes()).unwrap();
    let grant = DeviceGrant {
        device: DEVICE,
        install: enrolment.install,
        key: enrolment.key,
        granted_at_ms: 1,
    };
    Json(script.lock().unwrap().key.sign(&grant))
}

async fn packages(State(script): State<Shared>) -> Json<Signed<Package>> {
    let script = script.lock().unwrap();
    Json(script.key.sign(&script.package))
}

async fn files(State(script): State<Shared>) -> Vec<u8> {
    script.lock().unwrap().file.clone()
}

async fn status(State(script): State<Shared>, bytes: Bytes) -> Json<Signed<StatusList>> {
    let signed: Signed<StatusRequest> = serde_json::from_slice(&bytes).unwrap();
    let request = StatusRequest::parse(signed.bytes()).unwrap();
    let script = script.lock().unwrap();
    let list = StatusList {
        nonce: script.status_nonce.unwrap_or(request.nonce),
        entries: request
            .certificates
            .into_iter()
            .map(|certificate| StatusEntry {
                certificate,
                status: script.status.to_owned(),
            })
            .collect(),
        as_of_ms: NOW_MS + 2 * DAY_MS,
        valid_offline_until_ms: NOW_MS + 32 * DAY_MS,
    };
    Json(script.key.sign(&list))
}

async fn seals(State(script): State<Shared>) -> Json<SealsAnswer> {
    Json(script.lock().unwrap().seals.clone())
}

/// A wall clock that a test moves.
struct Wall(Mutex<u64>);

impl Clock for Wall {
    fn monotonic_ms(&self) -> u64 {
        0
    }

    fn wall_ms(&self) -> u64 {
        *self.0.lock().unwrap()
    }
}

struct Scene {
    handset: Handset,
    script: Shared,
    wall: Arc<Wall>,
    portal: Option<TestPortal>,
    _folder: tempfile::TempDir,
}

impl Scene {
    fn id() -> String {
        record().id.to_string()
    }

    async fn refused(&self) -> WalletError {
        let error = self.handset.wallet().fetch(TASK).await.unwrap_err();
        assert!(self.handset.wallet().list().unwrap().is_empty(), "{error}");
        error
    }
}

fn scene(change: impl FnOnce(&mut Script)) -> Scene {
    scene_trusting("", change)
}

/// A handset that trusts roots for seals, PEM.
fn scene_trusting(seal_roots_pem: &str, change: impl FnOnce(&mut Script)) -> Scene {
    let file = face();
    let script = Arc::new(Mutex::new(Script {
        key: PortalKey::make(),
        package: package(&file),
        file,
        status: "01",
        status_nonce: None,
        seals: SealsAnswer::default(),
    }));
    let portal_key = script.lock().unwrap().key.public();
    change(&mut script.lock().unwrap());
    let router = Router::new()
        .route("/v1/nonces", post(nonces))
        .route("/v1/devices", post(devices))
        .route("/v1/tasks/{task}/package", post(packages))
        .route("/v1/tasks/{task}/files/{digest}", post(files))
        .route("/v1/status", post(status))
        .route("/v1/seals", post(seals))
        .with_state(Arc::clone(&script));
    let authority = Authority::make();
    let portal = TestPortal::start(&authority, router);
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys");
    let wall = Arc::new(Wall(Mutex::new(NOW_MS + 60_000)));
    let settings = HandsetSettings {
        data_folder: folder.path().join("data"),
        portal: settings(&authority, portal.address),
        trusted_origins: Vec::new(),
        portal_keys: vec![portal_key],
        seal_roots_pem: seal_roots_pem.to_owned(),
        platform: Platform::Desktop,
        app_version: "0.1.0".to_owned(),
    };
    let ports = Ports {
        keys: Arc::new(SoftwareKeys::open(&keys).unwrap()),
        keystore: Arc::new(SoftwareKeystore::open(&keys).unwrap()),
        anchor: None,
        clock: Arc::<Wall>::clone(&wall),
    };
    Scene {
        handset: Handset::open(settings, ports).unwrap(),
        script,
        wall,
        portal: Some(portal),
        _folder: folder,
    }
}

#[tokio::test]
async fn a_fetched_certificate_is_shown_with_the_portal_gone() {
    let mut scene = scene(|_| ());
    let wallet = scene.handset.wallet();
    assert_eq!(wallet.fetch(TASK).await.unwrap(), [Scene::id()]);
    scene.portal = None;
    let listed = wallet.list().unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].certificate, Scene::id());
    assert_eq!(listed[0].summary.holder, "北疆云杉科技（哈尔滨）有限公司");
    let shown = wallet.open(&Scene::id()).unwrap();
    assert_eq!(shown.record, record());
    assert_eq!(shown.judged.standing, Standing::Holds);
    assert_eq!(shown.judged.freshness, Freshness::Confirmed);
    assert!(shown.draw(0, 2.0).unwrap().png.starts_with(b"\x89PNG"));
    assert!(shown.judged.mark(Language::Zh).contains("2026-11-23"));
}

#[tokio::test]
async fn what_is_not_this_portals_for_this_device_and_task_is_not_kept() {
    let forged = scene(|script| script.key = PortalKey::make());
    assert!(matches!(forged.refused().await, WalletError::Device(_)));
    let device = scene(|script| script.package.device = DeviceId::from_bytes([7; 16]));
    assert!(matches!(device.refused().await, WalletError::Foreign));
    let task = scene(|script| script.package.task = TaskId::from_bytes([7; 16]));
    assert!(matches!(task.refused().await, WalletError::Foreign));
    let late = scene(|_| ());
    late.handset.enrol().await.unwrap();
    late.script.lock().unwrap().key = PortalKey::make();
    assert!(matches!(late.refused().await, WalletError::Forged(_)));
}

#[tokio::test]
async fn a_record_or_file_that_is_not_the_packages_is_not_kept() {
    let other = scene(|script| {
        script.package.items[0].certificate = "1.2.156.3005.2.x".to_owned();
    });
    assert!(matches!(other.refused().await, WalletError::Identifier));
    let junk = scene(|script| script.package.items[0].record = b"{}".to_vec());
    assert!(matches!(junk.refused().await, WalletError::Record(_)));
    let changed = scene(|script| script.file[100] ^= 1);
    let error = changed.refused().await;
    assert!(
        matches!(error, WalletError::Download(DownloadError::Digest)),
        "{error:?}"
    );
    let broken = scene(|script| {
        script.file = b"not an OFD".to_vec();
        script.package = package(b"not an OFD");
    });
    assert!(matches!(broken.refused().await, WalletError::Open(_)));
    let picture = scene(|script| {
        script.package.items[0].files[0].media_type = "image/png".to_owned();
    });
    assert!(matches!(picture.refused().await, WalletError::NoFace));
}

#[tokio::test]
async fn time_and_a_refresh_change_what_is_said_about_a_copy() {
    let scene = scene(|_| ());
    let wallet = scene.handset.wallet();
    wallet.fetch(TASK).await.unwrap();
    let at = |ms| {
        *scene.wall.0.lock().unwrap() = ms;
        let judged = wallet.open(&Scene::id()).unwrap().judged;
        (judged.freshness, judged.as_of_ms)
    };
    assert_eq!(at(NOW_MS), (Freshness::Confirmed, NOW_MS));
    assert_eq!(at(NOW_MS + 2 * DAY_MS), (Freshness::RefreshDue, NOW_MS));
    assert_eq!(at(NOW_MS + 31 * DAY_MS), (Freshness::Unconfirmed, NOW_MS));
    let mark = wallet.open(&Scene::id()).unwrap().judged.mark(Language::Zh);
    assert!(mark.contains("状态未核验"), "{mark}");

    scene.script.lock().unwrap().status = "02";
    assert_eq!(wallet.refresh().await.unwrap(), 1);
    let fresh_ms = NOW_MS + 2 * DAY_MS;
    assert_eq!(at(NOW_MS + 2 * DAY_MS), (Freshness::Confirmed, fresh_ms));
    let shown = wallet.open(&Scene::id()).unwrap();
    assert_eq!(shown.judged.standing, Standing::Not(RecordState::Suspended));
    assert_eq!(wallet.list().unwrap()[0].summary.as_of_ms, fresh_ms);
    // A clock set back makes no expired copy fresh, and says nothing before the portal's time.
    assert_eq!(at(0), (Freshness::Confirmed, fresh_ms));
}

#[tokio::test]
async fn an_answer_to_another_question_refreshes_nothing() {
    let scene = scene(|_| ());
    let wallet = scene.handset.wallet();
    wallet.fetch(TASK).await.unwrap();
    scene.script.lock().unwrap().status_nonce = Some(Nonce::from_bytes([0; 32]));
    let error = wallet.refresh().await.unwrap_err();
    assert!(matches!(error, WalletError::Foreign), "{error:?}");
    assert_eq!(wallet.list().unwrap()[0].summary.as_of_ms, NOW_MS);
}

#[tokio::test]
async fn what_is_forgotten_is_gone_and_the_wallet_goes_on() {
    let scene = scene(|_| ());
    let wallet = scene.handset.wallet();
    wallet.fetch(TASK).await.unwrap();
    wallet.forget(&Scene::id()).unwrap();
    wallet.forget(&Scene::id()).unwrap();
    let error = wallet.open(&Scene::id()).unwrap_err();
    assert!(matches!(error, WalletError::NotKept), "{error:?}");
    wallet.fetch(TASK).await.unwrap();
    let again = wallet.clone();
    tokio::task::spawn_blocking(move || again.forget_all())
        .await
        .unwrap()
        .unwrap();
    assert!(wallet.list().unwrap().is_empty());
    wallet.fetch(TASK).await.unwrap();
    assert_eq!(wallet.list().unwrap().len(), 1);
}
