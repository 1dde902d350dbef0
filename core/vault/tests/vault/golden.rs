//! Vaults of every released format open for ever, and vaults of a later one are left as they are.

use std::fs;
use std::path::{Path, PathBuf};

use quanshengshi_vault::error::VaultError;
use quanshengshi_vault::vault::Vault;
use rusqlite::Connection;

use crate::support::{Home, copy_folder, snapshot};

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// A copy of a golden vault that may be changed.
fn copy_of(format: &str, state: &str) -> Home {
    let home = Home::new();
    copy_folder(&golden().join(format).join(state), home.root());
    home
}

fn open(home: &Home) -> Result<Vault, VaultError> {
    Vault::open(&home.folder(), "golden", home.keystore())
}

/// What `examples/make_golden.rs` wrote.
fn holds_everything(vault: &Vault) {
    let entries = vault.list(10).unwrap();
    let ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["证照-5", "证照-3", "证照-2", "证照-1"]);
    let opened = vault.read("证照-1").unwrap();
    assert_eq!(opened.summary.as_slice(), b"summary 1");
    assert_eq!(opened.body.as_slice(), [1; 300]);
    assert_eq!(opened.files, ["照面.ofd", "small"]);
    let file: Vec<u8> = (0..=250).cycle().take(66_000).collect();
    assert_eq!(*vault.read_file("证照-1", "照面.ofd").unwrap(), file);
    assert_eq!(
        vault.read_file("证照-2", "small").unwrap().as_slice(),
        [2; 5]
    );
    let opened = vault.read("证照-3").unwrap();
    assert_eq!((opened.version, opened.sequence), (2, 5));
    assert_eq!(opened.body.as_slice(), b"again");
    assert!(matches!(vault.read("证照-4"), Err(VaultError::NotFound)));
    assert_eq!(
        vault.read("证照-5").unwrap().body.as_slice(),
        b"the last one"
    );
    assert_eq!(vault.changes().unwrap(), 7);
    let report = vault.check().unwrap();
    assert!(report.is_sound(), "{report:?}");
    assert_eq!((report.rows, report.files), (4, 3));
}

fn format_of(home: &Home) -> i64 {
    let connection = Connection::open(home.folder().join("vault.db")).unwrap();
    connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap()
}

#[test]
fn a_vault_of_every_format_opens_closed_or_killed() {
    for format in ["format-1", "format-2"] {
        for state in ["closed", "killed"] {
            let home = copy_of(format, state);
            let vault = open(&home).unwrap();
            holds_everything(&vault);
            drop(vault);
            assert_eq!(format_of(&home), 2, "{format} {state}");
            // Brought up once, it is an ordinary vault: opened again, written, repaired.
            let vault = open(&home).unwrap();
            holds_everything(&vault);
            assert_eq!(vault.repair().unwrap().removed, 0);
            vault.forget("证照-1").unwrap();
            assert!(vault.check().unwrap().is_sound());
        }
    }
}

#[test]
fn a_full_disk_while_an_old_vault_is_brought_up_leaves_the_old_one() {
    let home = copy_of("format-1", "closed");
    let before = snapshot(&home.folder());
    // A folder in the journal's place: the first write fails.
    let journal = home.folder().join("vault.db-wal");
    fs::create_dir(&journal).unwrap();
    assert!(open(&home).is_err());
    fs::remove_dir(&journal).unwrap();
    assert_eq!(snapshot(&home.folder()), before);
    holds_everything(&open(&home).unwrap());
}

#[test]
fn rows_that_an_old_head_did_not_count_are_still_told_afterwards() {
    let home = copy_of("format-1", "closed");
    let connection = Connection::open(home.folder().join("vault.db")).unwrap();
    connection.execute("DELETE FROM a WHERE s = 2", []).unwrap();
    drop(connection);
    let vault = open(&home).unwrap();
    assert!(!vault.check().unwrap().is_sound());
    let repaired = vault.repair().unwrap();
    assert!(repaired.uncounted && repaired.removed == 0);
    assert!(vault.check().unwrap().is_sound());
}

#[test]
fn a_later_format_is_refused_and_not_a_byte_changes() {
    // In the database itself.
    let home = copy_of("format-2", "closed");
    let later = |home: &Home| {
        let connection = Connection::open(home.folder().join("vault.db")).unwrap();
        connection
            .execute_batch("CREATE TABLE later(x); PRAGMA user_version = 3")
            .unwrap();
        connection
    };
    drop(later(&home));
    refused_unchanged(&home);
    // In the journal only, where a killed later release left it.
    let home = copy_of("format-2", "closed");
    let connection = later(&home);
    let killed = Home::new();
    copy_folder(home.root(), killed.root());
    drop(connection);
    let _ = fs::remove_file(killed.folder().join("vault.db-shm"));
    assert!(
        fs::metadata(killed.folder().join("vault.db-wal"))
            .unwrap()
            .len()
            > 0
    );
    refused_unchanged(&killed);
}

fn refused_unchanged(home: &Home) {
    let before = snapshot(&home.folder());
    let refused = open(home);
    assert!(
        matches!(refused, Err(VaultError::FormatTooNew { found: 3 })),
        "{refused:?}"
    );
    assert_eq!(snapshot(&home.folder()), before);
}
