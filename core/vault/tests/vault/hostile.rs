use std::fs;
use std::path::{Path, PathBuf};

use quanshengshi_vault::check::Finding;
use quanshengshi_vault::error::{Part, VaultError};
use rusqlite::Connection;

use crate::support::{Home, Known, Numbers, copy_folder, trials};

const RECORDS: u64 = 10;

fn filled() -> Home {
    let home = Home::new();
    let vault = home.open();
    for number in 0..RECORDS {
        Known::new(number, 1).put(&vault).unwrap();
    }
    drop(vault);
    home
}

/// What reading everything and a full check make of a folder.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Outcome {
    /// A typed error or a finding.
    Detected,
    /// Everything is there, and the check is content.
    Harmless,
}

/// Reads everything. Wrong bytes, and a missing record that the check does not report, end the test.
fn outcome(home: &Home, folder: &Path, what: &str) -> Outcome {
    let Ok(vault) = home.try_open_at(folder) else {
        return Outcome::Detected;
    };
    let mut detected = false;
    match vault.list(100) {
        Ok(entries) => {
            for entry in &entries {
                let number = entry.id.strip_prefix("id-").unwrap().parse().unwrap();
                assert_eq!(*entry.summary, Known::new(number, 1).summary, "{what}");
            }
            detected |= entries.len() as u64 != RECORDS;
        }
        Err(_) => detected = true,
    }
    for number in 0..RECORDS {
        match Known::new(number, 1).is_in(&vault) {
            Ok(same) => assert!(same, "wrong bytes: {what}"),
            Err(_) => detected = true,
        }
    }
    let sound = vault.check().is_ok_and(|report| report.is_sound());
    // The check in steps is the one that runs in the background: it must see what reading sees.
    let mut checking = vault.begin_check();
    let stepped = loop {
        match vault.step(&mut checking) {
            Ok(false) => {}
            Ok(true) => break checking.report().is_sound(),
            Err(_) => break false,
        }
    };
    assert!(
        !(detected && stepped),
        "reading fails but the check in steps is content: {what}"
    );
    assert!(
        !(detected && sound),
        "reading fails but the check is content: {what}"
    );
    if sound {
        Outcome::Harmless
    } else {
        Outcome::Detected
    }
}

/// Changes one file in a fresh copy of the vault and tells what comes of it.
fn after_edit(home: &Home, name: &Path, edit: impl FnOnce(&mut Vec<u8>), what: &str) -> Outcome {
    let copy = home.path("copy");
    copy_folder(&home.folder(), &copy);
    let path = copy.join(name);
    let mut bytes = fs::read(&path).unwrap();
    edit(&mut bytes);
    fs::write(&path, bytes).unwrap();
    let outcome = outcome(home, &copy, what);
    fs::remove_dir_all(&copy).unwrap();
    outcome
}

fn length(home: &Home, name: &Path) -> usize {
    usize::try_from(fs::metadata(home.folder().join(name)).unwrap().len()).unwrap()
}

fn a_sealed_file(home: &Home) -> PathBuf {
    let mut files = fs::read_dir(home.folder().join("files")).unwrap();
    Path::new("files").join(files.next().unwrap().unwrap().file_name())
}

#[test]
fn a_flipped_bit_in_the_database_never_gives_wrong_bytes() {
    let home = filled();
    let database = Path::new("vault.db");
    let mut numbers = Numbers(1);
    let length = length(&home, database);
    let header = 0..100;
    let anywhere = (0..trials(260))
        .map(|_| numbers.below(length))
        .collect::<Vec<_>>();
    let (mut detected, mut flips) = (0, 0);
    for position in header.chain(anywhere) {
        let bit = numbers.below(8);
        let what = format!("bit {bit} of byte {position}");
        let outcome = after_edit(&home, database, |bytes| bytes[position] ^= 1 << bit, &what);
        detected += u32::from(outcome == Outcome::Detected);
        flips += 1;
    }
    // Unused space holds most of the rest; a test that never meets a row would show nothing.
    assert!(
        detected > 50,
        "only {detected} of {flips} flips met anything"
    );
    println!(
        "{detected} of {flips} flipped bits in the database detected, the others without effect"
    );
}

#[test]
fn a_flipped_bit_in_a_sealed_file_is_detected() {
    let home = filled();
    let file = a_sealed_file(&home);
    let length = length(&home, &file);
    let mut numbers = Numbers(2);
    for _ in 0..trials(40) {
        let position = numbers.below(length);
        let what = format!("byte {position} of a file");
        let outcome = after_edit(&home, &file, |bytes| bytes[position] ^= 1, &what);
        assert_eq!(outcome, Outcome::Detected, "{what}");
    }
}

#[test]
fn a_cut_lengthened_missing_or_swapped_file_is_detected() {
    let home = filled();
    let file = a_sealed_file(&home);
    for keep in [0, 1, 15, 65_552, 65_553, 70_000] {
        let outcome = after_edit(&home, &file, |bytes| bytes.truncate(keep), "cut");
        assert_eq!(outcome, Outcome::Detected, "cut to {keep}");
    }
    assert_eq!(
        after_edit(&home, &file, |bytes| bytes.push(0), "longer"),
        Outcome::Detected
    );
    let mut files: Vec<_> = fs::read_dir(home.folder().join("files"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let other = fs::read(&files[1]).unwrap();
    let first = Path::new("files").join(files[0].file_name().unwrap());
    let swapped = after_edit(&home, &first, |bytes| *bytes = other, "swapped");
    assert_eq!(swapped, Outcome::Detected);
    fs::remove_file(&files[0]).unwrap();
    assert_eq!(outcome(&home, &home.folder(), "missing"), Outcome::Detected);
}

#[test]
fn a_cut_database_and_swapped_pages_are_detected_or_harmless() {
    let home = filled();
    let database = Path::new("vault.db");
    let length = length(&home, database);
    let mut numbers = Numbers(3);
    for _ in 0..trials(15) {
        let keep = numbers.below(length);
        let what = format!("database cut to {keep} bytes");
        let outcome = after_edit(&home, database, |bytes| bytes.truncate(keep), &what);
        assert_eq!(outcome, Outcome::Detected, "{what}");
    }
    let pages = length / 16_384;
    for first in 1..pages {
        for second in first + 1..pages {
            let what = format!("pages {first} and {second} swapped");
            let swap = |bytes: &mut Vec<u8>| {
                let (head, tail) = bytes.split_at_mut(second * 16_384);
                head[first * 16_384..(first + 1) * 16_384].swap_with_slice(&mut tail[..16_384]);
            };
            assert_eq!(
                after_edit(&home, database, swap, &what),
                Outcome::Detected,
                "{what}"
            );
        }
    }
}

#[test]
fn a_damaged_journal_gives_an_earlier_state_that_the_counter_shows_or_an_error() {
    let home = filled();
    let vault = home.open();
    for number in 0..RECORDS {
        Known::new(number, 2).put(&vault).unwrap();
    }
    let acknowledged = vault.changes().unwrap();
    let journal = home.folder().join("vault.db-wal");
    let length = usize::try_from(fs::metadata(&journal).unwrap().len()).unwrap();
    let mut numbers = Numbers(4);
    let mut earlier = 0;
    for _ in 0..trials(40) {
        let copy = home.path("copy");
        copy_folder(&home.folder(), &copy);
        let mut bytes = fs::read(&journal).unwrap();
        bytes[numbers.below(length)] ^= 1;
        fs::write(copy.join("vault.db-wal"), bytes).unwrap();
        if let Ok(vault) = home.try_open_at(&copy) {
            let changes = vault.changes().unwrap();
            earlier += u32::from(changes < acknowledged);
            for number in 0..RECORDS {
                let Ok(opened) = vault.read(&format!("id-{number}")) else {
                    continue;
                };
                let known = Known::new(number, opened.version);
                assert_eq!(
                    (&*opened.body, &*opened.summary),
                    (&known.body, &known.summary)
                );
                assert!(opened.version == 2 || changes < acknowledged);
            }
        }
        fs::remove_dir_all(&copy).unwrap();
    }
    assert!(earlier > 0);
}

/// Runs SQL on the closed vault as someone without the key would, and gives the findings of a check.
fn findings_after(home: &Home, sql: &str) -> Vec<Finding> {
    let connection = Connection::open(home.folder().join("vault.db")).unwrap();
    connection.execute_batch(sql).unwrap();
    drop(connection);
    home.open().check().unwrap().findings
}

#[test]
fn sealed_columns_exchanged_between_rows_do_not_open() {
    let home = filled();
    let findings = findings_after(
        &home,
        "CREATE TEMP TABLE o AS SELECT * FROM a;
         UPDATE a SET x = (SELECT o.x FROM o WHERE o.s = 5 - a.s) WHERE s IN (2, 3);
         UPDATE a SET y = (SELECT o.y FROM o WHERE o.s = 13 - a.s) WHERE s IN (6, 7);",
    );
    for (sequence, part) in [
        (2, Part::Summary),
        (3, Part::Summary),
        (6, Part::Body),
        (7, Part::Body),
    ] {
        assert!(
            findings.contains(&Finding::Row { sequence, part }),
            "{findings:?}"
        );
    }
    let vault = home.open();
    assert!(matches!(
        vault.list(10),
        Err(VaultError::Damaged {
            what: Part::Summary
        })
    ));
    assert!(matches!(
        vault.read("id-5"),
        Err(VaultError::Damaged { what: Part::Body })
    ));
}

#[test]
fn renumbered_rows_do_not_open() {
    let home = filled();
    let findings = findings_after(
        &home,
        "UPDATE a SET s = 99 WHERE s = 2; UPDATE a SET v = 7 WHERE s = 3;",
    );
    for sequence in [99, 3] {
        assert!(findings.contains(&Finding::Row {
            sequence,
            part: Part::Summary
        }));
    }
}

#[test]
fn a_deleted_row_is_counted() {
    let home = filled();
    let findings = findings_after(&home, "DELETE FROM a WHERE s = 2");
    assert_eq!(findings, [Finding::RowsNotAsCounted]);
}

#[test]
fn a_row_put_back_to_its_older_state_is_counted() {
    let home = filled();
    let old = home.path("old.db");
    fs::copy(home.folder().join("vault.db"), &old).unwrap();
    Known::new(1, 2).put(&home.open()).unwrap();
    let findings = findings_after(
        &home,
        &format!(
            "ATTACH '{}' AS old; DELETE FROM a WHERE s = 11;
             INSERT INTO a SELECT * FROM old.a WHERE s = 2;",
            old.display()
        ),
    );
    assert_eq!(findings, [Finding::RowsNotAsCounted]);
}

#[test]
fn a_forgotten_row_put_back_is_counted() {
    let home = filled();
    let old = home.path("old.db");
    fs::copy(home.folder().join("vault.db"), &old).unwrap();
    home.open().forget("id-1").unwrap();
    let sql = format!(
        "ATTACH '{}' AS old; INSERT INTO a SELECT * FROM old.a WHERE s = 2;",
        old.display()
    );
    assert_eq!(findings_after(&home, &sql), [Finding::RowsNotAsCounted]);
}

#[test]
fn a_row_copied_under_another_id_is_counted() {
    let home = filled();
    let sql = "INSERT INTO a SELECT 99, zeroblob(32), v, x, y FROM a WHERE s = 2";
    assert!(findings_after(&home, sql).contains(&Finding::RowsNotAsCounted));
}

#[test]
fn an_older_head_alone_is_counted() {
    let home = filled();
    let old = home.path("old.db");
    fs::copy(home.folder().join("vault.db"), &old).unwrap();
    Known::new(1, 2).put(&home.open()).unwrap();
    let sql = format!(
        "ATTACH '{}' AS old; UPDATE b SET v = (SELECT v FROM old.b WHERE k = 1) WHERE k = 1;",
        old.display()
    );
    assert_eq!(findings_after(&home, &sql), [Finding::RowsNotAsCounted]);
}

#[test]
fn older_pages_put_back_one_by_one_are_detected() {
    let home = filled();
    let older = fs::read(home.folder().join("vault.db")).unwrap();
    let vault = home.open();
    for number in 0..RECORDS {
        // The same contents once more: other sequence numbers, other nonces, nothing else.
        Known::new(number, 1).put(&vault).unwrap();
    }
    drop(vault);
    let pages = older.len() / 16_384;
    let mut detected = 0;
    for page in 1..pages {
        let what = format!("older page {page}");
        let put_back = |bytes: &mut Vec<u8>| {
            let range = page * 16_384..(page + 1) * 16_384;
            if bytes.len() >= range.end {
                bytes[range.clone()].copy_from_slice(&older[range]);
            }
        };
        let outcome = after_edit(&home, Path::new("vault.db"), put_back, &what);
        detected += usize::from(outcome == Outcome::Detected);
    }
    assert!(
        detected >= 3,
        "only {detected} of {pages} older pages met anything"
    );
}

#[test]
fn a_whole_older_folder_shows_in_the_counter_alone() {
    let home = filled();
    let copy = home.path("copy");
    copy_folder(&home.folder(), &copy);
    let vault = home.open();
    Known::new(1, 2).put(&vault).unwrap();
    let vault_before = home.try_open_at(&copy).unwrap();
    assert!(vault_before.check().unwrap().is_sound());
    assert!(vault_before.changes().unwrap() < vault.changes().unwrap());
}

#[test]
fn a_damaged_record_can_be_replaced_and_forgotten() {
    let home = filled();
    findings_after(
        &home,
        "UPDATE a SET x = zeroblob(300), y = zeroblob(300) WHERE s IN (1, 2)",
    );
    let vault = home.open();
    Known::new(0, 2).put(&vault).unwrap();
    assert!(Known::new(0, 2).is_in(&vault).unwrap());
    vault.forget("id-1").unwrap();
    assert!(matches!(vault.read("id-1"), Err(VaultError::NotFound)));
    assert_eq!(vault.list(100).unwrap().len() as u64, RECORDS - 1);
}
