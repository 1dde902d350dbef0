use quanshengshi_protocol::enrolment::DeviceGrant;
use quanshengshi_protocol::ids::{DeviceId, InstallId, Nonce};

use super::SigningError;
use super::portal_keys::{NONCE_LIFE_MS, PortalKeys};
use super::sealing::SealingKey;
use crate::random::Random;

#[test]
fn the_keys_are_made_once_and_for_their_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let first = PortalKeys::open(folder.path()).unwrap();
    let again = PortalKeys::open(folder.path()).unwrap();
    assert_eq!(first.signer.public_key(), again.signer.public_key());
    assert_eq!(first.derive_subject("x"), again.derive_subject("x"));
    let sealed = first.sealing.seal("column", b"row", b"plain").unwrap();
    let opened = again.sealing.open_sealed("column", b"row", &sealed);
    assert_eq!(opened.unwrap(), b"plain");
    let mut files = 0;
    for file in std::fs::read_dir(folder.path()).unwrap() {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = file.unwrap().metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        files += 1;
    }
    assert_eq!(files, 6, "nothing unfinished is left behind");
}

#[test]
fn the_code_of_a_copy_is_its_own_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let keys = PortalKeys::open(folder.path()).unwrap();
    let code = keys.derive_copy_code("1.2.156", "0042", 1);
    let again = PortalKeys::open(folder.path()).unwrap();
    assert_eq!(again.derive_copy_code("1.2.156", "0042", 1), code);
    for (certificate, number, made_at_ms) in [
        ("1.2.157", "0042", 1),
        ("1.2.156", "0043", 1),
        ("1.2.156", "0042", 2),
    ] {
        assert_ne!(keys.derive_copy_code(certificate, number, made_at_ms), code);
    }
    let other = tempfile::tempdir().unwrap();
    let other = PortalKeys::open(other.path()).unwrap();
    assert_ne!(other.derive_copy_code("1.2.156", "0042", 1), code);
}

#[test]
fn a_damaged_key_file_stops_the_start_and_stays() {
    for name in ["portal-signing.p8", "sealing.key"] {
        let folder = tempfile::tempdir().unwrap();
        PortalKeys::open(folder.path()).unwrap();
        std::fs::write(folder.path().join(name), b"short").unwrap();
        let opened = PortalKeys::open(folder.path());
        assert!(matches!(opened, Err(SigningError::Damaged(file)) if file == name));
        assert_eq!(
            std::fs::read(folder.path().join(name)).unwrap(),
            b"short",
            "a key is never replaced"
        );
    }
}

#[test]
fn what_the_portal_signs_holds_under_its_public_key() {
    let folder = tempfile::tempdir().unwrap();
    let keys = PortalKeys::open(folder.path()).unwrap();
    let grant = DeviceGrant {
        device: DeviceId::from_bytes([1; 16]),
        install: InstallId::from_bytes([2; 16]),
        key: keys.signer.public_key(),
        granted_at_ms: 3,
    };
    for _ in 0..20 {
        let signed = keys.signer.sign(&grant).unwrap();
        assert_eq!(signed.verify(&keys.signer.public_key()).unwrap(), grant);
    }
}

#[test]
fn a_sealed_value_opens_in_its_place_only() {
    let key = SealingKey::from_bytes(&[7; 32]).unwrap();
    let sealed = key.seal("key", b"row 1", b"secret").unwrap();
    assert!(matches!(
        key.open_sealed("key", b"row 2", &sealed),
        Err(SigningError::Sealed)
    ));
    assert!(matches!(
        key.open_sealed("document", b"row 1", &sealed),
        Err(SigningError::Sealed)
    ));
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert!(key.open_sealed("key", b"row 1", &changed).is_err(), "{at}");
    }
    assert!(key.open_sealed("key", b"row 1", &sealed[..11]).is_err());
}

#[test]
fn a_nonce_holds_five_minutes_and_only_here() {
    let folder = tempfile::tempdir().unwrap();
    let keys = PortalKeys::open(folder.path()).unwrap();
    let nonce = keys.make_nonce(&Random::default(), 1_000).unwrap();
    let end = 1_000 + NONCE_LIFE_MS;
    assert_eq!(keys.nonce_end(&nonce, end - 1), Some(end));
    assert_eq!(keys.nonce_end(&nonce, end), None);
    for at in 0..32 {
        let mut bytes = *nonce.as_bytes();
        bytes[at] ^= 1;
        assert_eq!(keys.nonce_end(&Nonce::from_bytes(bytes), 1_000), None);
    }
}
