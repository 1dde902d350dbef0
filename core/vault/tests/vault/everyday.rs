use std::sync::Arc;
use std::thread;

use quanshengshi_vault::error::VaultError;
use quanshengshi_vault::record::Record;
use quanshengshi_vault::vault::Vault;

use crate::support::{Home, Known, OWNER};

#[test]
fn a_record_comes_back_whole_after_the_vault_was_closed() {
    let home = Home::new();
    let (large, border) = (vec![1; 200_000], vec![2; 65_536]);
    let files: [(&str, &[u8]); 3] = [("照面.ofd", &large), ("empty", b""), ("border", &border)];
    let record = Record {
        summary: "营业执照".as_bytes(),
        body: b"body",
        files: &files,
    };
    home.open().put("证照-1", record).unwrap();
    let vault = home.open();
    let opened = vault.read("证照-1").unwrap();
    assert_eq!(opened.summary.as_slice(), "营业执照".as_bytes());
    assert_eq!(opened.body.as_slice(), b"body");
    assert_eq!(opened.files, ["照面.ofd", "empty", "border"]);
    assert_eq!((opened.version, opened.sequence), (1, 1));
    for (name, bytes) in files {
        assert_eq!(vault.read_file("证照-1", name).unwrap().as_slice(), bytes);
    }
    let report = vault.check().unwrap();
    assert!(report.is_sound());
    assert_eq!((report.rows, report.files), (1, 3));
}

#[test]
fn an_empty_record_comes_back() {
    let home = Home::new();
    let vault = home.open();
    vault
        .put(
            "id",
            Record {
                summary: b"",
                body: b"",
                files: &[],
            },
        )
        .unwrap();
    let opened = vault.read("id").unwrap();
    assert!(opened.summary.is_empty() && opened.body.is_empty() && opened.files.is_empty());
}

#[test]
fn a_record_put_again_replaces_the_old_one_with_its_files() {
    let home = Home::new();
    let vault = home.open();
    Known::new(4, 1).put(&vault).unwrap();
    Known::new(4, 2).put(&vault).unwrap();
    assert!(Known::new(4, 2).is_in(&vault).unwrap());
    assert_eq!(vault.read("id-4").unwrap().version, 2);
    assert_eq!(
        std::fs::read_dir(home.folder().join("files"))
            .unwrap()
            .count(),
        1
    );
    assert_eq!(vault.list(10).unwrap().len(), 1);
    assert!(vault.check().unwrap().is_sound());
}

#[test]
fn the_list_is_newest_first_and_as_long_as_asked() {
    let home = Home::new();
    let vault = home.open();
    assert!(vault.list(10).unwrap().is_empty());
    for number in 1..=5 {
        Known::new(number, 1).put(&vault).unwrap();
    }
    Known::new(2, 2).put(&vault).unwrap();
    let ids = |newest| {
        vault
            .list(newest)
            .unwrap()
            .into_iter()
            .map(|entry| entry.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(10), ["id-2", "id-5", "id-4", "id-3", "id-1"]);
    assert_eq!(ids(2), ["id-2", "id-5"]);
    assert_eq!(vault.list(1).unwrap()[0].summary.as_slice(), b"summary 2 2");
    assert_eq!(vault.list(1).unwrap()[0].sequence, 6);
    assert_eq!(vault.changes().unwrap(), 6);
}

#[test]
fn what_is_not_there_is_not_found_and_forgotten_without_complaint() {
    let home = Home::new();
    let vault = home.open();
    assert!(matches!(vault.read("id"), Err(VaultError::NotFound)));
    assert!(matches!(
        vault.read_file("id", "file"),
        Err(VaultError::NotFound)
    ));
    vault.forget("id").unwrap();
    Known::new(4, 1).put(&vault).unwrap();
    assert!(matches!(
        vault.read_file("id-4", "other"),
        Err(VaultError::NotFound)
    ));
}

#[test]
fn a_forgotten_record_is_gone_from_the_database_its_journal_and_the_files() {
    let home = Home::new();
    let vault = home.open();
    Known::new(4, 1).put(&vault).unwrap();
    Known::new(8, 1).put(&vault).unwrap();
    let sealed: Vec<u8> = {
        // The sealed body of record 4 as it lies on the disk, read from a copy.
        let copy = home.path("copy");
        crate::support::copy_folder(&home.folder(), &copy);
        let connection = rusqlite::Connection::open(copy.join("vault.db")).unwrap();
        connection
            .query_row("SELECT y FROM a WHERE s = 1", [], |row| row.get(0))
            .unwrap()
    };
    let on_disk = || {
        let files = crate::support::snapshot(&home.folder());
        files
            .values()
            .any(|bytes| bytes.windows(64).any(|part| part == &sealed[12..76]))
    };
    assert!(on_disk());
    vault.forget("id-4").unwrap();
    assert!(!on_disk());
    assert!(matches!(vault.read("id-4"), Err(VaultError::NotFound)));
    assert!(Known::new(8, 1).is_in(&vault).unwrap());
    assert_eq!(
        std::fs::read_dir(home.folder().join("files"))
            .unwrap()
            .count(),
        1
    );
    assert!(vault.check().unwrap().is_sound());
}

#[test]
fn a_folder_has_one_vault_at_a_time() {
    let home = Home::new();
    let vault = home.open();
    assert!(matches!(home.try_open(), Err(VaultError::InUse)));
    let reset = Vault::reset(&home.folder(), OWNER, home.keystore().as_ref());
    assert!(matches!(reset, Err(VaultError::InUse)));
    Known::new(1, 1).put(&vault).unwrap();
    drop(vault);
    assert!(Known::new(1, 1).is_in(&home.open()).unwrap());
}

#[test]
fn threads_share_one_vault() {
    let home = Home::new();
    let vault = Arc::new(home.open());
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let vault = vault.clone();
            thread::spawn(move || {
                for number in 0..10 {
                    Known::new(writer * 10 + number, 1).put(&vault).unwrap();
                    vault.list(5).unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    assert!((0..40).all(|number| Known::new(number, 1).is_in(&vault).unwrap()));
    assert!(vault.check().unwrap().is_sound());
}
