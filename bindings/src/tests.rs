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
use crate::frame::{
    FrameChroma, FrameFormat, FrameLayout, FrameMatrix, FrameRange, FrameRotation, PlanesLayout,
};
use crate::handset::Handset;
use crate::keeping::KeptState;
use crate::scanner::Scanner;
use crate::software::{open_software_handset, reset_software_handset};
use crate::texts::face_notice;

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

/// The brightness of a code in video range, lying on its side, its rows longer than the picture.
fn lying(text: &str) -> (Vec<u8>, u32, u32) {
    let code = qrcode::QrCode::new(text).unwrap();
    let (modules, pixels, quiet) = (code.width(), 6, 4);
    let side = (modules + 2 * quiet) * pixels;
    let stride = side + 16;
    let mut luma = vec![235; stride * side];
    for (y, row) in luma.chunks_mut(stride).enumerate() {
        for (x, value) in row.iter_mut().take(side).enumerate() {
            // A quarter turn clockwise makes it upright: a stored column is an upright row.
            let (right, down) = ((side - 1 - y) / pixels, x / pixels);
            let inside = |at: usize| at.checked_sub(quiet).filter(|at| *at < modules);
            if let (Some(right), Some(down)) = (inside(right), inside(down))
                && code[(right, down)] == qrcode::Color::Dark
            {
                *value = 16;
            }
        }
    }
    let length = |pixels: usize| u32::try_from(pixels).unwrap();
    (luma, length(side), length(stride))
}

#[test]
fn a_frame_in_planes_is_looked_at_within_a_budget() {
    let (luma, side, stride) = lying(&code());
    let layout = PlanesLayout {
        width: side,
        height: side,
        luma_stride: stride,
        chroma_stride: side,
        chroma: FrameChroma::Alternating,
        range: FrameRange::Video,
        matrix: FrameMatrix::Bt601,
        rotation: FrameRotation::Clockwise90,
        mirrored: false,
    };
    let colours = vec![128; (side * side.div_ceil(2)) as usize];
    let scanner = Scanner::new();
    let glance = scanner.look_planes(&luma, &colours, &[], layout, 0, 2_000);
    let glance = glance.unwrap();
    assert_eq!(glance.codes.len(), 1, "{glance:?}");
    assert_eq!(glance.codes[0].text, code());
    assert_eq!((glance.guidance, glance.step.is_some()), (None, true));
    let top_left = glance.codes[0].corners[0];
    assert!(top_left.x < 40.0 && top_left.y < 40.0, "{top_left:?}");
    let nothing = vec![235; luma.len()];
    let glance = scanner.look_planes(&nothing, &colours, &[], layout, 40, 25);
    assert!(glance.unwrap().guidance.is_some());
    let error = scanner.look_planes(&luma, &colours[1..], &[], layout, 80, 25);
    assert_eq!(error.unwrap_err().code(), "FRAME_SHAPE");
}

#[test]
fn a_notice_without_words_is_never_agreed_to() {
    let notice = face_notice(1, TextLanguage::En).unwrap();
    assert_eq!((notice.version, notice.parts.len()), (1, 4));
    let error = face_notice(2, TextLanguage::Zh).unwrap_err();
    assert!(matches!(&error, QssError::Refused { code } if code == "APP_TOO_OLD"));
}
