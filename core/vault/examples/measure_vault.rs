//! Measures a vault: `cargo run -p quanshengshi-vault --example measure_vault -- ROWS`.
//!
//! Prints one line a figure: best and median of the runs. Times depend on the disk and on what else runs;
//! compare figures of one run with each other.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool for a person at a desk"
)]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use quanshengshi_vault::record::Record;
use quanshengshi_vault::software_keystore::SoftwareKeystore;
use quanshengshi_vault::vault::Vault;

fn main() {
    let rows: usize = std::env::args()
        .nth(1)
        .map_or(1_000, |rows| rows.parse().unwrap());
    let folder = std::env::temp_dir().join(format!("vault-measure-{}", std::process::id()));
    let open = || {
        let keystore = Arc::new(SoftwareKeystore::open(&folder.join("keys")).unwrap());
        Vault::open(&folder.join("vault"), "owner", keystore).unwrap()
    };
    let file_50_kib = vec![7; 50 << 10];
    let file_5_mib = vec![9; 5 << 20];
    let body = [3; 2_048];
    let plain = Record {
        summary: &[1; 140],
        body: &body,
        files: &[],
    };

    let vault = open();
    let start = Instant::now();
    for number in 0..rows {
        vault.put(&format!("id-{number}"), plain).unwrap();
    }
    let fill_ms = start.elapsed().as_secs_f64() * 1e3;
    println!("filled {rows} rows of 2 KiB one by one in {fill_ms:.0} ms");
    drop(vault);
    let on_disk = size(&folder.join("vault"));
    println!(
        "on disk {:.2} MB, {:.2} of the plain bytes",
        mega(on_disk),
        { ratio(on_disk, rows * (140 + body.len())) }
    );

    measure("open (key, database, orphans)", 9, |_| drop(open()));
    measure("open and list 50", 9, |_| {
        assert!(open().list(50).unwrap().len() <= 50);
    });
    let vault = open();
    measure("list 50 again", 50, |_| drop(vault.list(50).unwrap()));
    measure("read 2 KiB", 100, |run| {
        drop(vault.read(&format!("id-{}", run * 37 % rows)).unwrap());
    });
    measure("durable put, 2 KiB", 200, |run| {
        vault.put(&format!("new-{run}"), plain).unwrap();
    });
    measure("durable put with a file of 50 KiB", 50, |run| {
        let files: [(&str, &[u8]); 1] = [("file", &file_50_kib)];
        vault
            .put(
                &format!("file-{run}"),
                Record {
                    files: &files,
                    ..plain
                },
            )
            .unwrap();
    });
    measure("read a file of 50 KiB", 50, |run| {
        drop(vault.read_file(&format!("file-{run}"), "file").unwrap());
    });
    let files: [(&str, &[u8]); 1] = [("file", &file_5_mib)];
    vault
        .put(
            "large",
            Record {
                files: &files,
                ..plain
            },
        )
        .unwrap();
    measure("read a file of 5 MiB", 9, |_| {
        drop(vault.read_file("large", "file").unwrap());
    });
    measure("full check", 3, |_| {
        assert!(vault.check().unwrap().is_sound());
    });
    drop(vault);
    std::fs::remove_dir_all(&folder).unwrap();
}

fn measure(what: &str, runs: usize, mut act: impl FnMut(usize)) {
    let mut times: Vec<f64> = (0..runs)
        .map(|run| {
            let start = Instant::now();
            act(run);
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!(
        "{what}: best {:.3} ms, median {:.3} ms, {runs} runs",
        times[0],
        times[runs / 2]
    );
}

fn size(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| {
            let metadata = entry.metadata().unwrap();
            if metadata.is_dir() {
                size(&entry.path())
            } else {
                usize::try_from(metadata.len()).unwrap()
            }
        })
        .sum()
}

#[expect(clippy::cast_precision_loss, reason = "a size for a person to read")]
fn mega(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

#[expect(clippy::cast_precision_loss, reason = "a ratio for a person to read")]
fn ratio(one: usize, other: usize) -> f64 {
    one as f64 / other as f64
}
