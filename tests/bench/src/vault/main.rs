//! Keeping: the vault beside a plain SQLite database with the same settings and plain redb, at three sizes.
//!
//! `cargo run --release --package quanshengshi-bench --bin qss-bench-vault [-- ROWS,ROWS…]`
//!
//! A program of its own, so that its memory is that of the store and not of the other benchmarks' code.
//! Every figure comes from a process of its own, the ones called cold after the files left the page cache
//! (`dd … iflag=nocache`). Times are wall times: what a person waits for; the line above says how busy the
//! machine was. fsyncs are counted by strace, where there is one.
#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]
#![expect(
    clippy::unwrap_used,
    reason = "a measurement that cannot be made has nothing to say"
)]

mod child;
#[path = "../clock.rs"]
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "a store is waited for: its times are wall times")
)]
mod clock;
mod peers;
mod store;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use clock::median;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
const STORES: [&str; 3] = ["vault", "plain", "redb"];
/// Cold processes a figure.
const COLD_RUNS: usize = 15;

/// A figure: its name in the children's words, what it is, the goal of the vault.
const FIGURES: [(&str, &str, f64); 14] = [
    ("open", "open and key, cold, ms", 5.0),
    ("list", "first list of 50, cold, ms", 10.0),
    ("again", "list of 50 again, ms", 0.0),
    ("read", "one of 2 KiB, ms", 1.0),
    ("read_50k", "file of 50 KiB, ms", 2.0),
    ("read_5m", "file of 5 MiB, ms", 20.0),
    ("put", "durable put, ms", 5.0),
    ("put_50k", "durable put with 50 KiB, ms", 0.0),
    ("fsyncs", "fsyncs a put", 2.0),
    ("idle", "memory of a process that does nothing, MB", 0.0),
    ("memory", "peak memory, all read, MB", 16.0),
    ("stream", "peak memory, 5 MiB streamed, MB", 6.0),
    ("check", "whole check, ms", 0.0),
    ("overhead", "disk to plain bytes", 1.10),
];

type Figures = BTreeMap<String, f64>;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(("child", rest)) = arguments
        .split_first()
        .map(|(first, rest)| (first.as_str(), rest))
    {
        child::act(rest);
        return;
    }
    let table = table(arguments.first().map_or("", String::as_str));
    println!("{}", clock::load());
    println!("{table}");
}

/// The table. `sizes` is empty, or some numbers of rows with commas between.
fn table(sizes: &str) -> String {
    let asked: Vec<usize> = sizes
        .split(',')
        .filter_map(|size| size.parse().ok())
        .collect();
    let sizes = if asked.is_empty() {
        &SIZES[..]
    } else {
        &asked[..]
    };
    let mut all = BTreeMap::new();
    for store in STORES {
        for &rows in sizes {
            all.insert((store, rows), measure(store, rows));
        }
    }
    let mut text = "| figure | goal |".to_owned();
    for store in STORES {
        for rows in sizes {
            let _ = write!(text, " {store} {rows} |");
        }
        text.push_str(" growth |");
    }
    let columns = 2 + STORES.len() * (sizes.len() + 1);
    let _ = write!(text, "\n|{}\n", "---|".repeat(columns));
    for (name, what, goal) in FIGURES {
        let goal = if goal > 0.0 {
            format!("≤ {goal}")
        } else {
            String::new()
        };
        let _ = write!(text, "| {what} | {goal} |");
        for store in STORES {
            let of = |rows: &usize| all[&(store, *rows)].get(name).copied();
            for rows in sizes {
                match of(rows) {
                    Some(value) => {
                        let _ = write!(text, " {value:.2} |");
                    }
                    None => text.push_str(" - |"),
                }
            }
            let growth = of(&sizes[0]).zip(of(&sizes[sizes.len() - 1]));
            match growth {
                Some((first, last)) if first > 0.0 => {
                    let _ = write!(text, " {:.1} |", last / first);
                }
                _ => text.push_str(" - |"),
            }
        }
        text.push('\n');
    }
    text
}

fn measure(store: &str, rows: usize) -> Figures {
    let folder =
        std::env::temp_dir().join(format!("qss-bench-{}-{store}-{rows}", std::process::id()));
    let mut figures = run(store, "fill", &folder, rows);
    let plain = figures.remove("plain").unwrap_or(1.0);
    figures.insert(
        "overhead".to_owned(),
        bytes_under(&folder.join("store")) / plain,
    );
    let mut cold: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for _ in 0..COLD_RUNS {
        leave_cache(&folder);
        for (name, value) in run(store, "open", &folder, rows) {
            cold.entry(name).or_default().push(value);
        }
    }
    figures.extend(
        cold.into_iter()
            .map(|(name, values)| (name, median(values))),
    );
    figures.extend(run(store, "idle", &folder, rows));
    figures.extend(run(store, "read", &folder, rows));
    figures.extend(run(store, "stream", &folder, rows));
    figures.extend(run(store, "check", &folder, rows));
    let idle = fsyncs(store, &folder, 0);
    let busy = fsyncs(store, &folder, 200);
    if let Some((idle, busy)) = idle.zip(busy) {
        figures.insert("fsyncs".to_owned(), (busy - idle) / 200.0);
    }
    figures.extend(run(store, "put", &folder, rows));
    fs::remove_dir_all(&folder).unwrap();
    figures
}

fn run(store: &str, action: &str, folder: &Path, number: usize) -> Figures {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["child", store, action])
        .arg(folder)
        .arg(number.to_string())
        .output()
        .unwrap();
    assert!(output.status.success(), "{store} {action}");
    let lines = String::from_utf8(output.stdout).unwrap();
    let figures = lines.lines().filter_map(|line| {
        let (name, value) = line.split_once(' ')?;
        Some((name.to_owned(), value.parse().ok()?))
    });
    figures.collect()
}

/// How often a child that puts so many rows waits for the disk.
fn fsyncs(store: &str, folder: &Path, puts: usize) -> Option<f64> {
    let log = folder.join("strace");
    let traced = Command::new("strace")
        .args(["-f", "-qq", "-e", "trace=fsync,fdatasync", "-o"])
        .arg(&log)
        .arg(std::env::current_exe().unwrap())
        .args(["child", store, "puts"])
        .arg(folder)
        .arg(puts.to_string())
        .status();
    if !traced.is_ok_and(|status| status.success()) {
        return None;
    }
    let calls = fs::read_to_string(&log).unwrap();
    let calls = calls.lines().filter(|line| line.contains("sync("));
    Some(f64::from(u32::try_from(calls.count()).unwrap()))
}

fn leave_cache(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            leave_cache(&path);
        } else {
            let input = format!("if={}", path.display());
            let left = Command::new("dd")
                .args([&input, "iflag=nocache", "count=0", "status=none"])
                .status();
            assert!(left.is_ok_and(|status| status.success()));
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a size for a person to read")]
fn bytes_under(folder: &Path) -> f64 {
    let entries = fs::read_dir(folder).unwrap();
    let sizes = entries.map(|entry| {
        let entry = entry.unwrap();
        let metadata = entry.metadata().unwrap();
        if metadata.is_dir() {
            bytes_under(&entry.path())
        } else {
            metadata.len() as f64
        }
    });
    sizes.sum()
}
