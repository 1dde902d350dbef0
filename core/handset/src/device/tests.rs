use std::sync::Arc;

use axum::http::StatusCode;

use super::*;
use crate::confirm::scripted_portal::{DEVICE, Scene, ports, scene};
use crate::handset::{Handset, Ports};
use crate::ports::{DeviceKeyError, DeviceKeys};
use crate::software_keys::SoftwareKeys;

/// A phone's keystore, as far as its maker vouches for it.
struct Vouched(SoftwareKeys, Result<Vec<Vec<u8>>, DeviceKeyError>);

impl DeviceKeys for Vouched {
    fn public_key(&self) -> Result<Vec<u8>, DeviceKeyError> {
        self.0.public_key()
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, DeviceKeyError> {
        self.0.sign(message)
    }

    fn attestation(&self) -> Result<Vec<Vec<u8>>, DeviceKeyError> {
        self.1.clone()
    }
}

/// The scene's portal, and a handset whose keystore says this of its key.
fn told(chain: Result<Vec<Vec<u8>>, DeviceKeyError>) -> (Scene, Handset) {
    let scene = scene(|_| ());
    let software = SoftwareKeys::open(&scene.folder.path().join("keys")).unwrap();
    let ports = Ports {
        keys: Arc::new(Vouched(software, chain)),
        ..ports(scene.folder.path())
    };
    let mut settings = scene.settings.clone();
    settings.data_folder = scene.folder.path().join("vouched");
    (scene, Handset::open(settings, ports).unwrap())
}

fn chain() -> Vec<Vec<u8>> {
    vec![vec![1; 700], vec![2; 500], vec![3; 1300]]
}

#[tokio::test]
async fn what_the_platform_says_of_the_key_is_handed_in_with_the_enrolment() {
    let (scene, handset) = told(Ok(chain()));
    assert_eq!(handset.inner.device.enrolled().await.unwrap(), DEVICE);
    handset.inner.device.enrolled().await.unwrap();
    let heard = scene.script.lock().unwrap().attestations.clone();
    assert_eq!(heard.len(), 1, "once an enrolment");
    assert_eq!((heard[0].device, &heard[0].chain), (DEVICE, &chain()));
}

#[tokio::test]
async fn a_phone_for_which_nobody_vouches_enrols_all_the_same() {
    let too_long = vec![vec![0; MOST_CERTIFICATE_BYTES + 1]; 2];
    let too_many = vec![vec![0; 9]; MOST_CERTIFICATES + 1];
    let failed = Err(DeviceKeyError::Other("not there".to_owned()));
    for said in [Ok(Vec::new()), Ok(too_long), Ok(too_many), failed] {
        let (scene, handset) = told(said);
        assert_eq!(handset.inner.device.enrolled().await.unwrap(), DEVICE);
        assert!(scene.script.lock().unwrap().attestations.is_empty());
    }
}

#[tokio::test]
async fn a_locked_phone_is_unlocked_first() {
    let (scene, handset) = told(Err(DeviceKeyError::Locked));
    let error = handset.inner.device.enrolled().await.unwrap_err();
    let locked = SignError::Key(DeviceKeyError::Locked);
    assert!(matches!(error, DeviceError::Sign(found) if found == locked));
    assert!(scene.script.lock().unwrap().attestations.is_empty());
}

#[tokio::test]
async fn an_older_portal_is_entered_and_a_busy_one_is_asked_again() {
    let (scene, handset) = told(Ok(chain()));
    let say = |status| scene.script.lock().unwrap().refuse_attestation = Some(status);
    say(StatusCode::SERVICE_UNAVAILABLE);
    let error = handset.inner.device.enrolled().await.unwrap_err();
    assert!(matches!(error, DeviceError::Portal(error) if error.is_passing()));
    assert_eq!(handset.inner.device.known().await.unwrap(), None);
    say(StatusCode::NOT_FOUND);
    assert_eq!(handset.inner.device.enrolled().await.unwrap(), DEVICE);
    let heard = scene.script.lock().unwrap().attestations.clone();
    assert!(heard.len() > 1 && heard.iter().all(|one| one.chain == chain()));
}
