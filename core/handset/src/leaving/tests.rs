use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use quanshengshi_protocol::consent::Decision;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_vault::keystore::{Keystore, KeystoreError};
use quanshengshi_vault::software_keystore::SoftwareKeystore;
use zeroize::Zeroizing;

use crate::confirm::error::ConfirmError;
use crate::confirm::scripted_portal::{Scene, invitation, ports, prepared, scene};
use crate::failure::sorted::{Failure, NextStep};
use crate::handset::Handset;
use crate::leaving::WIPING;

async fn used() -> Scene {
    let scene = scene(|_| ());
    scene.handset.claim(&invitation()).await.unwrap();
    scene.handset.confirm(&prepared()).await.unwrap();
    assert_eq!(scene.handset.activity().await.unwrap().len(), 1);
    assert_eq!(scene.handset.people().await.unwrap().len(), 1);
    scene
}

async fn holds_nothing(handset: &Handset) {
    assert!(handset.activity().await.unwrap().is_empty());
    assert!(handset.people().await.unwrap().is_empty());
    assert!(handset.open_tasks().await.unwrap().is_empty());
    assert!(handset.wallet().list().unwrap().is_empty());
    assert_eq!(handset.inner.device.known().await.unwrap(), None);
}

#[tokio::test]
async fn us_07_a_revoked_device_wipes_itself_and_says_so() {
    let scene = used().await;
    let install = scene.handset.inner.device.state.install().await.unwrap();
    scene.script.lock().unwrap().refuse_claims = vec![RefusalCode::DeviceRevoked];
    let error = scene.handset.claim(&invitation()).await.unwrap_err();
    let failure = Failure::from(error);
    assert_eq!(
        (failure.next, failure.code.as_str()),
        (NextStep::Wiped, "DEVICE_REVOKED")
    );
    holds_nothing(&scene.handset).await;
    // It may start anew, as another installation.
    scene.handset.claim(&invitation()).await.unwrap();
    let again = scene.handset.inner.device.state.install().await.unwrap();
    assert_ne!(install, again);
}

#[tokio::test]
async fn us_07_signing_out_wipes_offline_and_twice_is_the_same_as_once() {
    let Scene {
        handset,
        script: _script,
        settings,
        folder,
        _portal: portal,
    } = used().await;
    drop(portal);
    assert!(!handset.sign_out().await.unwrap().told);
    holds_nothing(&handset).await;
    assert!(!handset.sign_out().await.unwrap().told);
    drop(handset);
    let opened = Handset::open(settings, ports(folder.path())).unwrap();
    holds_nothing(&opened).await;
}

#[tokio::test]
async fn us_07_a_wipe_that_was_cut_anywhere_is_finished_at_the_next_start() {
    for keys_gone in [false, true] {
        let Scene {
            handset,
            script: _script,
            settings,
            folder,
            _portal,
        } = used().await;
        drop(handset);
        std::fs::write(settings.data_folder.join(WIPING), []).unwrap();
        if keys_gone {
            // Cut after the keys were destroyed: nothing there can be opened any more.
            std::fs::remove_dir_all(folder.path().join("keys")).unwrap();
        }
        let opened = Handset::open(settings.clone(), ports(folder.path())).unwrap();
        holds_nothing(&opened).await;
        assert!(!settings.data_folder.join(WIPING).exists());
    }
}

/// A keystore that is locked when it is told to be.
struct Locking {
    inner: SoftwareKeystore,
    locked: AtomicBool,
}

impl Keystore for Locking {
    fn seal(&self, purpose: &str, plain: &[u8]) -> Result<Vec<u8>, KeystoreError> {
        if self.locked.load(Ordering::SeqCst) {
            return Err(KeystoreError::Locked);
        }
        self.inner.seal(purpose, plain)
    }

    fn open_sealed(
        &self,
        purpose: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeystoreError> {
        self.inner.open_sealed(purpose, sealed)
    }

    fn destroy(&self, purpose: &str) -> Result<(), KeystoreError> {
        if self.locked.load(Ordering::SeqCst) {
            return Err(KeystoreError::Locked);
        }
        self.inner.destroy(purpose)
    }
}

#[tokio::test]
async fn us_07_a_locked_keystore_delays_the_wipe_and_loses_nothing_of_it() {
    let first = scene(|_| ());
    let Scene {
        handset,
        script,
        settings,
        folder,
        _portal,
    } = first;
    drop(handset);
    let keystore = Arc::new(Locking {
        inner: SoftwareKeystore::open(&folder.path().join("keys")).unwrap(),
        locked: AtomicBool::new(false),
    });
    let mut ports = ports(folder.path());
    ports.keystore = Arc::<Locking>::clone(&keystore);
    let handset = Handset::open(settings, ports).unwrap();
    handset.claim(&invitation()).await.unwrap();
    script.lock().unwrap().refuse_claims =
        vec![RefusalCode::DeviceRevoked, RefusalCode::DeviceRevoked];
    keystore.locked.store(true, Ordering::SeqCst);
    let error = handset.claim(&invitation()).await.unwrap_err();
    assert!(matches!(error, ConfirmError::Portal(_)), "{error:?}");
    assert!(handset.inner.device.portal.said_revoked());
    keystore.locked.store(false, Ordering::SeqCst);
    handset.claim(&invitation()).await.unwrap_err();
    holds_nothing(&handset).await;
    assert!(!handset.inner.device.portal.said_revoked());
}

#[tokio::test]
async fn declining_is_told_in_the_log_and_not_me_as_such() {
    for (decision, words) in [(Decision::NotMe, "已报告"), (Decision::Decline, "拒绝")] {
        let scene = scene(|_| ());
        let claimed = scene.handset.claim(&invitation()).await.unwrap();
        scene.handset.answer(&claimed, decision).await.unwrap();
        let log = scene.handset.activity().await.unwrap();
        let text = log[0]
            .ending
            .text(quanshengshi_rules::language::Language::Zh);
        assert!(text.contains(words), "{text}");
    }
}
