//! A whole older folder, seen from a second place.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use quanshengshi_vault::anchor::Anchor;
use quanshengshi_vault::error::{Part, VaultError};
use quanshengshi_vault::keystore::KeystoreError;
use quanshengshi_vault::vault::Vault;

use crate::support::{Home, Known, Numbers, OWNER, copy_folder, snapshot, trials};

fn open(home: &Home) -> Result<Vault, VaultError> {
    home.open_anchored()
}

fn put_back(home: &Home, from: &Path) {
    fs::remove_dir_all(home.folder()).unwrap();
    copy_folder(from, &home.folder());
}

#[test]
fn a_whole_older_folder_is_refused_unchanged_and_a_reset_goes_on() {
    let home = Home::new();
    let older = home.path("older");
    let vault = open(&home).unwrap();
    Known::new(1, 1).put(&vault).unwrap();
    copy_folder(&home.folder(), &older);
    Known::new(1, 2).put(&vault).unwrap();
    vault.forget("id-1").unwrap();
    drop(vault);
    put_back(&home, &older);
    let before = snapshot(&home.folder());
    for _ in 0..2 {
        let error = open(&home).unwrap_err();
        assert!(
            matches!(error, VaultError::RolledBack { missing: Some(2) }),
            "{error:?}"
        );
    }
    // Opened and closed, it may have taken its journal in, and nothing else.
    let after = snapshot(&home.folder());
    let journal = |path: &Path| path.ends_with("vault.db-wal") || path.ends_with("vault.db");
    for (path, bytes) in &before {
        assert!(
            journal(path) || after.get(path) == Some(bytes),
            "{}",
            path.display()
        );
    }
    // Without the second place nothing shows, which is why there is one.
    assert!(home.open().check().unwrap().is_sound());
    Vault::reset(&home.folder(), OWNER, home.keystore().as_ref()).unwrap();
    let vault = open(&home).unwrap();
    assert!(vault.list(10).unwrap().is_empty());
    Known::new(1, 3).put(&vault).unwrap();
    drop(vault);
    assert!(Known::new(1, 3).is_in(&open(&home).unwrap()).unwrap());
}

#[test]
fn a_cut_end_of_the_journal_is_an_older_vault_to_the_anchor() {
    let home = Home::new();
    let vault = open(&home).unwrap();
    for edition in 1..=6 {
        Known::new(1, edition).put(&vault).unwrap();
    }
    let killed = home.path("killed");
    copy_folder(&home.folder(), &killed);
    drop(vault);
    put_back(&home, &killed);
    let journal = home.folder().join("vault.db-wal");
    let length = fs::metadata(&journal).unwrap().len();
    let file = fs::OpenOptions::new().write(true).open(&journal).unwrap();
    file.set_len(length - 100).unwrap();
    let error = open(&home).unwrap_err();
    assert!(
        matches!(error, VaultError::RolledBack { missing: Some(1) }),
        "{error:?}"
    );
}

#[test]
fn a_journal_cut_anywhere_is_refused_or_has_lost_nothing() {
    let home = Home::new();
    let vault = open(&home).unwrap();
    for number in 0..12 {
        Known::new(number, 1).put(&vault).unwrap();
    }
    let killed = home.path("killed");
    copy_folder(&home.folder(), &killed);
    drop(vault);
    let length = fs::metadata(killed.join("vault.db-wal")).unwrap().len();
    let mut numbers = Numbers(7);
    let (mut refused, cuts) = (0, trials(10));
    for _ in 0..cuts {
        put_back(&home, &killed);
        let journal = home.folder().join("vault.db-wal");
        let file = fs::OpenOptions::new().write(true).open(&journal).unwrap();
        let keep = numbers.below(usize::try_from(length).unwrap());
        file.set_len(keep as u64).unwrap();
        match open(&home) {
            Ok(vault) => assert!(
                (0..12).all(|number| Known::new(number, 1).is_in(&vault).unwrap()),
                "cut to {keep} of {length}"
            ),
            Err(VaultError::RolledBack { missing: Some(_) }) => refused += 1,
            Err(other) => panic!("cut to {keep} of {length}: {other:?}"),
        }
    }
    println!("{refused} of {cuts} cuts refused, the others lost nothing");
    assert!(refused > 0);
}

#[test]
fn a_vault_of_before_the_last_reset_is_refused_even_when_its_key_is_still_there() {
    let home = Home::new();
    let older = home.path("older");
    let vault = open(&home).unwrap();
    for edition in 1..=9 {
        Known::new(1, edition).put(&vault).unwrap();
    }
    drop(vault);
    copy_folder(&home.folder(), &older);
    // Somebody removes the folder by hand: the keystore's key stays, another vault comes to be.
    fs::remove_dir_all(home.folder()).unwrap();
    drop(open(&home).unwrap());
    put_back(&home, &older);
    let error = open(&home).unwrap_err();
    assert!(
        matches!(error, VaultError::RolledBack { missing: None }),
        "{error:?}"
    );
}

#[test]
fn a_first_anchor_trusts_the_folder_and_a_lost_mark_is_kept_again() {
    let home = Home::new();
    let vault = home.open();
    Known::new(1, 1).put(&vault).unwrap();
    drop(vault);
    drop(open(&home).unwrap());
    let purpose = format!("hlj-qss/vault/v1/{OWNER}");
    let mark = home.keystore().read(&purpose).unwrap().unwrap();
    assert_eq!(mark[16..], 1_u64.to_be_bytes());
    home.keystore().remove(&purpose).unwrap();
    drop(open(&home).unwrap());
    assert_eq!(home.keystore().read(&purpose).unwrap(), Some(mark));
    home.keystore().keep(&purpose, b"not a mark").unwrap();
    assert!(matches!(
        open(&home),
        Err(VaultError::Damaged { what: Part::Anchor })
    ));
}

#[test]
fn forgetting_everything_removes_the_mark() {
    let home = Home::new();
    let vault = open(&home).unwrap();
    Known::new(1, 1).put(&vault).unwrap();
    vault.forget_all().unwrap();
    let purpose = format!("hlj-qss/vault/v1/{OWNER}");
    assert_eq!(home.keystore().read(&purpose).unwrap(), None);
}

/// A second place that can be out of reach.
#[derive(Default)]
struct Faulty {
    fails: AtomicBool,
    mark: Mutex<Option<Vec<u8>>>,
}

impl Faulty {
    fn ready(&self) -> Result<(), KeystoreError> {
        if self.fails.load(Ordering::Relaxed) {
            return Err(KeystoreError::Locked);
        }
        Ok(())
    }
}

impl Anchor for Faulty {
    fn read(&self, _: &str) -> Result<Option<Vec<u8>>, KeystoreError> {
        self.ready()?;
        Ok(self.mark.lock().unwrap().clone())
    }

    fn keep(&self, _: &str, mark: &[u8]) -> Result<(), KeystoreError> {
        self.ready()?;
        *self.mark.lock().unwrap() = Some(mark.to_vec());
        Ok(())
    }

    fn remove(&self, _: &str) -> Result<(), KeystoreError> {
        self.ready()?;
        *self.mark.lock().unwrap() = None;
        Ok(())
    }
}

#[test]
fn an_anchor_out_of_reach_costs_no_record_and_hears_of_the_next_change() {
    let home = Home::new();
    let anchor = Arc::new(Faulty::default());
    let open = || {
        let anchor = Arc::<Faulty>::clone(&anchor);
        Vault::open_anchored(&home.folder(), OWNER, home.keystore(), anchor)
    };
    let vault = open().unwrap();
    anchor.fails.store(true, Ordering::Relaxed);
    Known::new(1, 1).put(&vault).unwrap();
    drop(vault);
    assert!(matches!(open(), Err(VaultError::Locked)));
    anchor.fails.store(false, Ordering::Relaxed);
    let vault = open().unwrap();
    assert!(Known::new(1, 1).is_in(&vault).unwrap());
    let told = || {
        let mark = anchor.mark.lock().unwrap();
        u64::from_be_bytes(mark.as_ref().unwrap()[16..].try_into().unwrap())
    };
    assert_eq!(told(), 1);
    anchor.fails.store(true, Ordering::Relaxed);
    Known::new(2, 1).put(&vault).unwrap();
    anchor.fails.store(false, Ordering::Relaxed);
    Known::new(3, 1).put(&vault).unwrap();
    assert_eq!(told(), 3);
}
