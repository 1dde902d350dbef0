use std::path::Path;
use std::sync::Arc;

use quanshengshi_vault::record::Record;
use quanshengshi_vault::software_keystore::SoftwareKeystore;

use crate::confirm::scripted_portal::{Scene, invitation, ports, scene};
use crate::failure::sorted::{Failure, NextStep};
use crate::handset::{Handset, HandsetSettings};
use crate::keeping::{KeptCheck, Mended};

/// A phone with a claimed task and some copies in its wallet.
async fn used(copies: usize) -> Scene {
    let scene = scene(|_| ());
    scene.handset.claim(&invitation()).await.unwrap();
    let file = vec![7; 70_000];
    for number in 0..copies {
        scene
            .handset
            .inner
            .wallet
            .with(|vault| {
                let files: [(&str, &[u8]); 1] = [("face.ofd", &file)];
                let record = Record {
                    summary: b"summary",
                    body: b"body",
                    files: &files,
                };
                Ok(vault.put(&format!("certificate-{number}"), record)?)
            })
            .unwrap();
    }
    scene
}

/// Flips a bit in one sealed file of the wallet.
fn break_a_file(settings: &HandsetSettings) {
    let files = settings.data_folder.join("wallet/files");
    let path = std::fs::read_dir(files).unwrap().next().unwrap().unwrap();
    let mut bytes = std::fs::read(path.path()).unwrap();
    bytes[500] ^= 1;
    std::fs::write(path.path(), bytes).unwrap();
}

#[tokio::test]
async fn a_sound_phone_is_checked_once_a_day() {
    let scene = used(3).await;
    let sound = KeptCheck::Sound {
        certificates: 3,
        files: 3,
    };
    assert_eq!(scene.handset.check_kept(false).await.unwrap(), sound);
    assert_eq!(
        scene.handset.check_kept(false).await.unwrap(),
        KeptCheck::NotDue
    );
    assert_eq!(scene.handset.check_kept(true).await.unwrap(), sound);
    assert!(!scene.handset.mend_kept().await.unwrap().unnamed);
}

#[tokio::test]
async fn damage_is_told_by_certificate_and_mended_without_the_others() {
    let scene = used(3).await;
    break_a_file(&scene.settings);
    let told = scene.handset.check_kept(false).await.unwrap();
    let KeptCheck::Damaged { certificates, more } = told else {
        panic!("{told:?}");
    };
    assert_eq!((certificates.len(), more), (1, false));
    // What was found once is found again: only a sound check is good for a day.
    assert_ne!(
        scene.handset.check_kept(false).await.unwrap(),
        KeptCheck::NotDue
    );
    let mended = scene.handset.mend_kept().await.unwrap();
    assert_eq!(
        mended,
        Mended {
            certificates,
            unnamed: false,
            state_lost: false
        }
    );
    let after = scene.handset.check_kept(false).await.unwrap();
    assert_eq!(
        after,
        KeptCheck::Sound {
            certificates: 2,
            files: 2
        }
    );
}

#[tokio::test]
async fn a_check_that_is_dropped_stops_and_hinders_nobody() {
    let scene = used(80).await;
    let check = scene.handset.check_kept(true);
    let short = std::time::Duration::from_millis(1);
    assert!(tokio::time::timeout(short, check).await.is_err());
    // Nothing holds the vaults: a wipe goes through at once, and a check afterwards sees the empty ones.
    scene.handset.sign_out().await.unwrap();
    assert_eq!(
        scene.handset.check_kept(false).await.unwrap(),
        KeptCheck::Sound {
            certificates: 0,
            files: 0
        }
    );
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

#[tokio::test]
async fn a_whole_older_data_folder_is_refused_with_a_way_on() {
    let Scene {
        handset,
        script: _script,
        settings,
        folder,
        _portal,
    } = used(1).await;
    let older = folder.path().join("older");
    drop(handset);
    let anchored = || {
        let keystore = Arc::new(SoftwareKeystore::open(&folder.path().join("keys")).unwrap());
        let mut ports = ports(folder.path());
        ports.anchor = Some(keystore);
        ports
    };
    drop(Handset::open(settings.clone(), anchored()).unwrap());
    copy_folder(&settings.data_folder, &older);
    let handset = Handset::open(settings.clone(), anchored()).unwrap();
    handset.wallet().forget("certificate-0").unwrap();
    drop(handset);
    // The forgotten certificate comes back with the folder.
    std::fs::remove_dir_all(&settings.data_folder).unwrap();
    copy_folder(&older, &settings.data_folder);
    let error = Handset::open(settings.clone(), anchored()).unwrap_err();
    let failure = Failure::from(error);
    assert_eq!(
        (failure.next, failure.code.as_str()),
        (NextStep::VaultReset, "VAULT_ROLLED_BACK")
    );
    let keystore = SoftwareKeystore::open(&folder.path().join("keys")).unwrap();
    Handset::reset(&settings.data_folder, &keystore).unwrap();
    let handset = Handset::open(settings, anchored()).unwrap();
    assert!(handset.wallet().list().unwrap().is_empty());
}
