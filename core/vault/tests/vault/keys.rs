use std::fs;

use quanshengshi_vault::error::{Part, VaultError};
use quanshengshi_vault::keystore::Keystore as _;
use quanshengshi_vault::software_keystore::SoftwareKeystore;
use quanshengshi_vault::vault::Vault;

use crate::support::{Home, Known, OWNER, snapshot};

const PURPOSE: &str = "hlj-qss/vault/v1/owner-1";

fn filled() -> Home {
    let home = Home::new();
    let vault = home.open();
    for number in 1..=8 {
        Known::new(number, 1).put(&vault).unwrap();
    }
    drop(vault);
    home
}

fn only_the_lock_is_left(home: &Home) -> bool {
    snapshot(&home.folder())
        .into_keys()
        .eq([home.folder().join("lock")])
}

#[test]
fn another_keystore_s_key_is_a_wrong_key_not_damage() {
    let home = filled();
    let before = snapshot(&home.folder());
    let other = SoftwareKeystore::open(&home.path("other keys")).unwrap();
    other.seal(PURPOSE, b"makes a key").unwrap();
    let opened = Vault::open(&home.folder(), OWNER, std::sync::Arc::new(other));
    assert!(matches!(opened, Err(VaultError::WrongKey)), "{opened:?}");
    assert_eq!(snapshot(&home.folder()), before);
}

#[test]
fn another_owner_cannot_open_the_vault() {
    let home = filled();
    let keystore = home.keystore();
    keystore
        .seal("hlj-qss/vault/v1/owner-2", b"makes a key")
        .unwrap();
    let opened = Vault::open(&home.folder(), "owner-2", keystore);
    assert!(matches!(opened, Err(VaultError::WrongKey)), "{opened:?}");
}

#[test]
fn an_envelope_of_another_vault_of_the_same_owner_is_a_wrong_key() {
    let home = filled();
    drop(home.try_open_at(&home.path("second")).unwrap());
    fs::copy(
        home.path("second").join("envelope"),
        home.folder().join("envelope"),
    )
    .unwrap();
    assert!(matches!(home.try_open(), Err(VaultError::WrongKey)));
}

#[test]
fn a_tampered_envelope_is_damage_and_a_re_digested_one_a_wrong_key() {
    let home = filled();
    let path = home.folder().join("envelope");
    let whole = fs::read(&path).unwrap();
    for position in 0..whole.len() {
        let mut changed = whole.clone();
        changed[position] ^= 0x10;
        fs::write(&path, &changed).unwrap();
        let opened = home.try_open();
        let damaged = matches!(
            opened,
            Err(VaultError::Damaged {
                what: Part::Envelope
            })
        );
        assert!(damaged, "byte {position}: {opened:?}");
    }
    let mut sealed = whole[14..whole.len() - 32].to_vec();
    sealed[20] ^= 1;
    let forged = quanshengshi_vault::envelope::Envelope::new(sealed)
        .unwrap()
        .to_bytes();
    fs::write(&path, forged).unwrap();
    assert!(matches!(home.try_open(), Err(VaultError::WrongKey)));
    fs::write(&path, whole).unwrap();
    assert!(Known::new(1, 1).is_in(&home.open()).unwrap());
}

#[test]
fn a_damaged_canary_or_head_is_damage_not_a_wrong_key() {
    for (key, part) in [(1, Part::Head), (2, Part::Canary)] {
        let home = filled();
        let connection = rusqlite::Connection::open(home.folder().join("vault.db")).unwrap();
        connection
            .execute("UPDATE b SET v = zeroblob(80) WHERE k = ?1", [key])
            .unwrap();
        drop(connection);
        let opened = home.try_open();
        assert!(
            matches!(opened, Err(VaultError::Damaged { what }) if what == part),
            "{opened:?}"
        );
    }
}

#[test]
fn a_vault_whose_key_is_gone_says_so_keeps_everything_and_starts_anew_after_a_reset() {
    let home = filled();
    let before = snapshot(&home.folder());
    home.keystore().destroy(PURPOSE).unwrap();
    for _ in 0..2 {
        assert!(matches!(home.try_open(), Err(VaultError::KeyGone)));
        assert_eq!(snapshot(&home.folder()), before);
    }
    Vault::reset(&home.folder(), OWNER, home.keystore().as_ref()).unwrap();
    assert!(only_the_lock_is_left(&home));
    let vault = home.open();
    assert!(vault.list(10).unwrap().is_empty());
    Known::new(4, 2).put(&vault).unwrap();
    assert!(Known::new(4, 2).is_in(&vault).unwrap());
}

#[test]
fn a_vault_whose_envelope_is_gone_says_so_and_keeps_everything() {
    let home = filled();
    fs::remove_file(home.folder().join("envelope")).unwrap();
    let before = snapshot(&home.folder());
    assert!(matches!(home.try_open(), Err(VaultError::KeyGone)));
    assert_eq!(snapshot(&home.folder()), before);
}

#[test]
fn an_envelope_without_its_database_is_damage_not_an_empty_vault() {
    let home = filled();
    fs::remove_file(home.folder().join("vault.db")).unwrap();
    let opened = home.try_open();
    assert!(
        matches!(
            opened,
            Err(VaultError::Damaged {
                what: Part::Database
            })
        ),
        "{opened:?}"
    );
}

#[test]
fn forgetting_all_leaves_nothing_and_no_key() {
    let home = filled();
    let envelope = fs::read(home.folder().join("envelope")).unwrap();
    let vault = home.open();
    vault.forget_all().unwrap();
    assert!(only_the_lock_is_left(&home));
    let sealed_root = &envelope[14..envelope.len() - 32];
    assert!(home.keystore().open_sealed(PURPOSE, sealed_root).is_err());
    assert!(home.open().list(10).unwrap().is_empty());
}

#[test]
fn a_wipe_cut_after_any_step_is_completed_by_the_next() {
    let remove = |home: &Home, name: &str| {
        let path = home.folder().join(name);
        if path.exists() {
            fs::remove_file(path).unwrap();
        }
    };
    for cut_after in 0..=3 {
        let home = filled();
        if cut_after >= 1 {
            home.keystore().destroy(PURPOSE).unwrap();
        }
        if cut_after >= 2 {
            remove(&home, "envelope");
        }
        if cut_after >= 3 {
            remove(&home, "vault.db");
        }
        for _ in 0..2 {
            Vault::reset(&home.folder(), OWNER, home.keystore().as_ref()).unwrap();
            assert!(only_the_lock_is_left(&home));
        }
        assert!(home.open().list(10).unwrap().is_empty());
    }
}

#[test]
fn a_making_cut_before_the_envelope_is_made_anew() {
    let home = Home::new();
    drop(home.open());
    fs::remove_file(home.folder().join("envelope")).unwrap();
    fs::write(home.folder().join("vault.tmp"), b"half a database").unwrap();
    fs::write(home.folder().join("vault.tmp-journal"), b"half a journal").unwrap();
    let vault = home.open();
    Known::new(1, 1).put(&vault).unwrap();
    drop(vault);
    assert!(Known::new(1, 1).is_in(&home.open()).unwrap());
}
