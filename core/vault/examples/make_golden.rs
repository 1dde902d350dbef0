//! Writes a small vault of this release's format, to be kept for ever beside the tests:
//! `cargo run -p quanshengshi-vault --example make_golden -- FOLDER`.
//!
//! `closed` was closed in order, `killed` still has its journal. `tests/vault/golden.rs` knows what is in
//! them. Run it once a format, never again over a folder that was released.
#![expect(clippy::unwrap_used, reason = "a tool for a person at a desk")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanshengshi_vault::record::Record;
use quanshengshi_vault::software_keystore::SoftwareKeystore;
use quanshengshi_vault::vault::Vault;

fn main() {
    let target = PathBuf::from(std::env::args().nth(1).unwrap());
    write(&target.join("closed"), None);
    write(
        &target.join("working"),
        Some(&target.join("killed").join("vault")),
    );
    fs::rename(
        target.join("working").join("keys"),
        target.join("killed").join("keys"),
    )
    .unwrap();
    fs::remove_dir_all(target.join("working")).unwrap();
}

/// Fills a vault; copies its folder to `open_copy` before it is closed.
fn write(home: &Path, open_copy: Option<&Path>) {
    let keystore = Arc::new(SoftwareKeystore::open(&home.join("keys")).unwrap());
    let vault = Vault::open(&home.join("vault"), "golden", keystore).unwrap();
    let file: Vec<u8> = (0..=250).cycle().take(66_000).collect();
    for number in 1..=4_u8 {
        let files: [(&str, &[u8]); 2] = [("照面.ofd", &file), ("small", &[number; 5])];
        let summary = format!("summary {number}");
        let record = Record {
            summary: summary.as_bytes(),
            body: &vec![number; 300 * usize::from(number)],
            files: match number {
                1 => &files,
                2 => &files[1..],
                _ => &[],
            },
        };
        vault.put(&format!("证照-{number}"), record).unwrap();
    }
    let again = Record {
        summary: b"summary 3, edition 2",
        body: b"again",
        files: &[],
    };
    vault.put("证照-3", again).unwrap();
    vault.forget("证照-4").unwrap();
    let last = Record {
        summary: b"summary 5",
        body: b"the last one",
        files: &[],
    };
    vault.put("证照-5", last).unwrap();
    if let Some(copy) = open_copy {
        copy_folder(&home.join("vault"), copy);
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
