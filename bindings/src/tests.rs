//! What a host relies on at the crossing; the flows are tested where they live.

use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use quanshengshi_protocol::ids::TaskId;
use quanshengshi_protocol::invitation::{Invitation, InvitationKey};
use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};

use crate::cancel::CancelToken;
use crate::config::{HandsetConfig, HostPlatform, TextLanguage};
use crate::error::QssError;
use crate::frame::{FrameFormat, FrameLayout, FrameRotation};
use crate::handset::Handset;
use crate::keeping::KeptState;
use crate::scanner::Scanner;
use crate::software::{open_software_handset, reset_software_handset};

const ORIGIN: &str = "https://portal.example";

type Case = (fn(&mut HandsetConfig), &'static str);

/// A trust anchor of an invented authority whose key is thrown away.
fn root_pem() -> String {
    let mut authority = CertificateParams::new(Vec::<String>::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    authority.self_signed(&key).unwrap().pem()
}

fn config(folder: &Path, portal: &str) -> HandsetConfig {
    HandsetConfig {
        data_folder: folder.join("data").to_string_lossy().into_owned(),
        portal_origin: portal.to_owned(),
        trusted_origins: vec![ORIGIN.to_owned()],
        roots_pem: root_pem(),
        seal_roots_pem: String::new(),
        pins: Vec::new(),
        portal_keys: Vec::new(),
        platform: HostPlatform::Desktop,
        app_version: "0.1.0".to_owned(),
        language: TextLanguage::Zh,
    }
}

fn open(folder: &Path, portal: &str) -> Result<Arc<Handset>, QssError> {
    open_software_handset(&config(folder, portal), &folder.join("keys"))
}

fn code() -> String {
    let key = InvitationKey::from_bytes(&[3; 32]);
    Invitation::written(ORIGIN, &key.derive_code(TaskId::from_bytes([1; 16]), 4))
}

#[test]
fn sc_01_sc_04_a_scanned_text_is_an_invitation_or_says_why_not() {
    let folder = tempfile::tempdir().unwrap();
    let handset = open(folder.path(), ORIGIN).unwrap();
    let invitation = handset.read_code(&code()).unwrap();
    assert_eq!(
        invitation.task_id(),
        TaskId::from_bytes([1; 16]).to_string()
    );
    for (text, expected) in [
        ("WIFI:S:net;;", "QR_NOT_OURS"),
        ("https://portal.example/app", "QR_IS_DOWNLOAD_LINK"),
        ("https://portal.example/q/1.x", "QR_TAMPERED"),
    ] {
        let error = handset.read_code(text).unwrap_err();
        assert!(matches!(&error, QssError::ScanAgain { code } if code == expected));
    }
}

#[test]
fn a_handset_is_open_once_and_can_be_reset() {
    let folder = tempfile::tempdir().unwrap();
    let handset = open(folder.path(), ORIGIN).unwrap();
    let error = open(folder.path(), ORIGIN).unwrap_err();
    assert!(matches!(&error, QssError::TryAgain { code, .. } if code == "VAULT_IN_USE"));
    drop(handset);
    reset_software_handset(&folder.path().join("data"), &folder.path().join("keys")).unwrap();
    assert!(
        open(folder.path(), ORIGIN)
            .unwrap()
            .wallet()
            .list()
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn an_older_data_folder_is_refused_and_what_is_kept_can_be_checked() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let handset = open(folder.path(), ORIGIN).unwrap();
    let older = std::fs::read(data.join("wallet/vault.db")).unwrap();
    let envelope = std::fs::read(data.join("wallet/envelope")).unwrap();
    handset.wallet().forget_all().unwrap();
    let found = handset.check_kept(true, None).await.unwrap();
    assert_eq!(
        found,
        KeptState::Sound {
            certificates: 0,
            files: 0
        }
    );
    assert!(!handset.mend_kept().await.unwrap().unnamed);
    drop(handset);
    // Another wallet's files under this one's name: the key tells them apart before the anchor does.
    std::fs::write(data.join("wallet/vault.db"), older).unwrap();
    std::fs::write(data.join("wallet/envelope"), envelope).unwrap();
    let error = open(folder.path(), ORIGIN).unwrap_err();
    assert!(matches!(&error, QssError::VaultReset { .. }), "{error:?}");
}

#[test]
fn settings_that_cannot_be_used_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys");
    let cases: [Case; 5] = [
        (|config| config.pins = vec!["x".to_owned()], "CONFIG_PINS"),
        (
            |config| config.portal_keys = vec![String::new()],
            "CONFIG_PORTAL_KEYS",
        ),
        (
            |config| config.portal_origin = "http://portal.example".to_owned(),
            "CONFIG",
        ),
        (|config| config.roots_pem = String::new(), "CONFIG"),
        (
            |config| config.seal_roots_pem = "none".to_owned(),
            "SEAL_ROOT",
        ),
    ];
    for (change, expected) in cases {
        let mut config = config(folder.path(), ORIGIN);
        change(&mut config);
        let error = open_software_handset(&config, &keys).unwrap_err();
        assert!(matches!(&error, QssError::Internal { code } if code == expected));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_ends_a_call_that_waits_for_the_portal() {
    // Accepts connections and never says a word.
    let mute = TcpListener::bind("127.0.0.1:0").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let portal = format!("https://{}", mute.local_addr().unwrap());
    let handset = open(folder.path(), &portal).unwrap();
    let invitation = handset.read_code(&code()).unwrap();
    let token = CancelToken::new();
    let waiting = tokio::spawn({
        let (handset, token) = (Arc::clone(&handset), Arc::clone(&token));
        async move { handset.claim(invitation, Some(token)).await.map(|_| ()) }
    });
    tokio::task::spawn_blocking(move || mute.accept().map(|_| mute).unwrap())
        .await
        .unwrap();
    token.cancel();
    let ended = tokio::time::timeout(Duration::from_secs(4), waiting).await;
    let error = ended.unwrap().unwrap().unwrap_err();
    assert!(matches!(error, QssError::Cancelled { .. }), "{error:?}");
    let again = handset.enrol(Some(token)).await.unwrap_err();
    assert!(
        matches!(again, QssError::Cancelled { .. }),
        "a token stays cancelled"
    );
}

#[test]
fn bytes_that_do_not_fit_their_layout_are_refused() {
    let layout = FrameLayout {
        width: 4,
        height: 4,
        stride: 12,
        format: FrameFormat::Rgb8,
        rotation: FrameRotation::Upright,
        mirrored: false,
    };
    let scanner = Scanner::new();
    assert!(scanner.offer(&[0; 48], layout, 0).unwrap().is_empty());
    let error = scanner.offer(&[0; 47], layout, 0).unwrap_err();
    assert_eq!(error.code(), "FRAME_SHAPE");
}
