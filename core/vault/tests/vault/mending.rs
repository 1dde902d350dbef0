//! Checks in steps, repairs, and files read piece by piece.

use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom};

use quanshengshi_vault::check::Finding;
use quanshengshi_vault::error::Part;
use quanshengshi_vault::record::Record;
use quanshengshi_vault::vault::Vault;
use rusqlite::Connection;

use crate::support::{Home, Known};

fn filled(records: u64) -> Home {
    let home = Home::new();
    let vault = home.open();
    for number in 0..records {
        Known::new(number, 1).put(&vault).unwrap();
    }
    drop(vault);
    home
}

fn edit(home: &Home, sql: &str) {
    let connection = Connection::open(home.folder().join("vault.db")).unwrap();
    connection.execute_batch(sql).unwrap();
}

#[test]
fn a_replaced_broken_row_leaves_a_head_that_counts() {
    for broken in [
        "x = zeroblob(300)",
        "y = zeroblob(300)",
        "v = 9",
        "x = x'00', y = x'00'",
    ] {
        let home = filled(10);
        edit(&home, &format!("UPDATE a SET {broken} WHERE s = 2"));
        let vault = home.open();
        assert!(!vault.check().unwrap().is_sound());
        Known::new(1, 2).put(&vault).unwrap();
        let report = vault.check().unwrap();
        assert!(report.is_sound(), "{broken}: {report:?}");
    }
}

#[test]
fn replacing_a_broken_row_hides_no_other_loss() {
    // The trap: the share of the broken row must not swallow the share of a missing one.
    let home = filled(10);
    edit(
        &home,
        "UPDATE a SET y = zeroblob(300) WHERE s = 2;
         UPDATE d SET t = (SELECT t FROM d WHERE s = 3) WHERE s = 2;
         DELETE FROM a WHERE s = 3; DELETE FROM d WHERE s = 3;",
    );
    let vault = home.open();
    Known::new(1, 2).put(&vault).unwrap();
    assert!(
        vault
            .check()
            .unwrap()
            .findings
            .contains(&Finding::RowsNotAsCounted)
    );
}

#[test]
fn a_repair_takes_out_what_is_broken_and_says_what() {
    let home = filled(12);
    edit(
        &home,
        "UPDATE a SET y = zeroblob(300) WHERE s = 2; UPDATE a SET x = zeroblob(300) WHERE s = 3;
         DELETE FROM a WHERE s = 4;
         INSERT INTO a SELECT 99, zeroblob(32), v, x, y FROM a WHERE s = 6;
         DELETE FROM c WHERE s = 9; INSERT INTO c VALUES(77, zeroblob(16));",
    );
    let file = {
        let vault = home.open();
        let files = std::fs::read_dir(home.folder().join("files")).unwrap();
        let newest = files.map(|file| file.unwrap().path()).max().unwrap();
        drop(vault);
        newest
    };
    std::fs::write(&file, b"cut").unwrap();
    let vault = home.open();
    let report = vault.check().unwrap();
    for finding in [
        Finding::Row {
            sequence: 2,
            part: Part::Body,
        },
        Finding::Row {
            sequence: 3,
            part: Part::Summary,
        },
        Finding::RowsNotAsCounted,
        Finding::FileNames,
    ] {
        assert!(report.findings.contains(&finding), "{report:?}");
    }
    assert!(report.ids.contains(&"id-1".to_owned()));
    let repaired = vault.repair().unwrap();
    assert_eq!((repaired.removed, repaired.missing), (4, 1));
    assert!(!repaired.uncounted);
    assert!(repaired.ids.contains(&"id-1".to_owned()) && repaired.ids.len() == 2);
    let after = vault.check().unwrap();
    assert!(after.is_sound(), "{after:?}");
    assert_eq!(after.rows, 8);
    drop(vault);
    let vault = home.open();
    assert!(vault.repair().unwrap().is_nothing());
    let lost = |number: u64| vault.read(&format!("id-{number}")).is_err();
    assert_eq!((0..12).filter(|&number| lost(number)).count(), 4);
    assert!((0..12).all(|number| lost(number) || Known::new(number, 1).is_in(&vault).unwrap()));
}

#[test]
fn other_calls_come_between_the_steps_of_a_check_and_do_not_upset_it() {
    let home = filled(200);
    let vault = home.open();
    let mut checking = vault.begin_check();
    let mut steps = 0;
    while !vault.step(&mut checking).unwrap() {
        steps += 1;
        // One row already seen is replaced, one is forgotten, a new one comes.
        Known::new(steps * 4, 2).put(&vault).unwrap();
        vault.forget(&format!("id-{}", steps * 4 + 1)).unwrap();
        Known::new(1_000 + steps, 1).put(&vault).unwrap();
        assert!(steps < 100);
    }
    assert!(steps > 2);
    assert!(checking.report().is_sound(), "{:?}", checking.report());
    assert!(vault.step(&mut checking).unwrap(), "done stays done");
}

#[test]
fn a_check_in_steps_finds_what_a_whole_one_finds() {
    let home = filled(100);
    edit(&home, "DELETE FROM a WHERE s = 90");
    let vault = home.open();
    let mut checking = vault.begin_check();
    while !vault.step(&mut checking).unwrap() {}
    assert_eq!(checking.report().findings, [Finding::RowsNotAsCounted]);
    // Also when the vault was changed meanwhile.
    let mut checking = vault.begin_check();
    assert!(!vault.step(&mut checking).unwrap());
    Known::new(5, 2).put(&vault).unwrap();
    while !vault.step(&mut checking).unwrap() {}
    assert_eq!(checking.report().findings, [Finding::RowsNotAsCounted]);
}

#[test]
fn a_check_of_a_wiped_vault_begins_again() {
    let home = filled(100);
    let vault = home.open();
    let mut checking = vault.begin_check();
    assert!(!vault.step(&mut checking).unwrap());
    vault.forget_all().unwrap();
    let vault = home.open();
    while !vault.step(&mut checking).unwrap() {}
    assert!(checking.report().is_sound());
    assert_eq!(checking.report().rows, 0);
}

fn with_file(bytes: &[u8]) -> (Home, Vault) {
    let home = Home::new();
    let vault = home.open();
    let record = Record {
        summary: b"",
        body: b"",
        files: &[("file", bytes)],
    };
    vault.put("id", record).unwrap();
    (home, vault)
}

#[test]
fn a_file_is_read_piece_by_piece_from_any_place() {
    for length in [0, 1, 65_535, 65_536, 65_537, 300_000] {
        let bytes: Vec<u8> = (0..=250).cycle().take(length).collect();
        let (_home, vault) = with_file(&bytes);
        let mut reader = vault.open_file("id", "file").unwrap();
        assert_eq!(reader.plain_bytes(), length as u64);
        let mut whole = Vec::new();
        reader.read_to_end(&mut whole).unwrap();
        assert_eq!(whole, bytes);
        for from in [0, length / 2, length.saturating_sub(3), length, length + 9] {
            reader.seek(SeekFrom::Start(from as u64)).unwrap();
            let mut rest = Vec::new();
            reader.read_to_end(&mut rest).unwrap();
            assert_eq!(rest, bytes[from.min(length)..]);
        }
        if length > 3 {
            reader.seek(SeekFrom::End(-3)).unwrap();
            let mut last = [0; 3];
            reader.read_exact(&mut last).unwrap();
            assert_eq!(last, bytes[length - 3..]);
        }
        assert!(reader.seek(SeekFrom::Current(-1_000_000)).is_err());
    }
}

#[test]
fn a_reader_gives_no_wrong_byte_and_serves_to_the_end_when_the_record_goes() {
    let bytes: Vec<u8> = (0..=250).cycle().take(200_000).collect();
    let (home, vault) = with_file(&bytes);
    let mut reader = vault.open_file("id", "file").unwrap();
    vault.forget("id").unwrap();
    let mut whole = Vec::new();
    reader.read_to_end(&mut whole).unwrap();
    assert_eq!(whole, bytes);

    let (other, vault) = with_file(&bytes);
    drop(home);
    let mut files = std::fs::read_dir(other.folder().join("files")).unwrap();
    let path = files.next().unwrap().unwrap().path();
    let mut sealed = std::fs::read(&path).unwrap();
    sealed[70_000] ^= 1;
    std::fs::write(&path, &sealed).unwrap();
    let mut reader = vault.open_file("id", "file").unwrap();
    let mut first = vec![0; 65_536];
    reader.read_exact(&mut first).unwrap();
    assert_eq!(first, bytes[..65_536]);
    let error = reader.read(&mut first).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidData);
    sealed.pop();
    std::fs::write(&path, &sealed).unwrap();
    assert!(vault.open_file("id", "file").is_err());
}
