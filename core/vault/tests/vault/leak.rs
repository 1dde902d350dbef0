use std::path::Path;

use quanshengshi_vault::record::Record;

use crate::support::{Home, snapshot};

const MARKERS: [&str; 6] = [
    "owner-1",
    "证照-LEAK-ID",
    "张三丰LEAK",
    "LEAK-SUMMARY",
    "LEAK-BODY",
    "LEAK-FILE",
];

/// Markers found in the bytes or the names of any file under `folder`.
fn found_in(folder: &Path) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for (path, bytes) in snapshot(folder) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        for marker in MARKERS {
            let in_bytes = bytes
                .windows(marker.len())
                .any(|part| part == marker.as_bytes());
            if in_bytes || name.contains(marker) {
                found.push((marker, name.clone()));
            }
        }
    }
    found
}

#[test]
fn nothing_readable_is_on_the_disk_while_the_vault_is_open_or_closed() {
    let home = Home::new();
    // Keys and marks lie in the same home; they must tell nothing either.
    let vault = home.open_anchored().unwrap();
    let file = "LEAK-FILE".repeat(20_000);
    for edition in 0..30 {
        let summary = format!("LEAK-SUMMARY 张三丰LEAK {edition}");
        let body = format!("LEAK-BODY 张三丰LEAK {edition}").repeat(60);
        let files: [(&str, &[u8]); 1] = [("LEAK-FILE.ofd", file.as_bytes())];
        let record = Record {
            summary: summary.as_bytes(),
            body: body.as_bytes(),
            files: &files,
        };
        vault
            .put(&format!("证照-LEAK-ID-{}", edition % 7), record)
            .unwrap();
    }
    vault.forget("证照-LEAK-ID-3").unwrap();
    vault.list(10).unwrap();
    vault
        .put(
            "证照-LEAK-ID-9",
            Record {
                summary: b"LEAK-SUMMARY",
                body: b"LEAK-BODY",
                files: &[],
            },
        )
        .unwrap();
    let journal = home.folder().join("vault.db-wal");
    assert!(
        std::fs::metadata(journal).unwrap().len() > 0,
        "the journal has to be searched too"
    );
    assert_eq!(found_in(home.root()), []);
    drop(vault);
    assert_eq!(found_in(home.root()), []);
}

#[test]
fn the_search_finds_markers_in_a_plain_database() {
    let home = Home::new();
    let path = home.path("plain");
    std::fs::create_dir(&path).unwrap();
    let connection = rusqlite::Connection::open(path.join("plain.db")).unwrap();
    connection
        .execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t(v)")
        .unwrap();
    for marker in MARKERS {
        connection
            .execute("INSERT INTO t VALUES(?1)", [marker])
            .unwrap();
    }
    let found = found_in(&path);
    for marker in MARKERS {
        assert!(found.iter().any(|(which, _)| *which == marker), "{marker}");
    }
}
