//! One action in a process of its own; its figures go to standard output, one a line.

use std::path::Path;
use std::time::Instant;

use super::store::{BODY, SUMMARY, open};
use crate::clock::median;

/// Beside the rows: 200 files of 50 KiB.
const SMALL_FILES: usize = 200;
/// And 10 of 5 MiB.
const LARGE_FILES: usize = 10;

/// What the arguments `STORE ACTION FOLDER NUMBER` say.
pub(crate) fn act(arguments: &[String]) {
    let [kind, action, folder, number] = arguments else {
        return;
    };
    let folder = Path::new(folder);
    let number: usize = number.parse().unwrap();
    match action.as_str() {
        "fill" => fill(kind, folder, number),
        "idle" => say("idle", peak_mb()),
        "open" => opening(kind, folder),
        "read" => reading(kind, folder, number),
        "stream" => streaming(kind, folder),
        "put" => putting(kind, folder),
        "puts" => {
            let mut store = open(kind, folder);
            for at in 0..number {
                store.put(&format!("traced-{at}"), None);
            }
        }
        _ => {
            let mut store = open(kind, folder);
            let start = Instant::now();
            assert!(store.check());
            say("check", ms(start));
        }
    }
}

fn fill(kind: &str, folder: &Path, rows: usize) {
    let mut store = open(kind, folder);
    let ids: Vec<String> = (0..rows).map(|row| format!("id-{row}")).collect();
    store.fill(&ids);
    let (small, large) = (vec![7; 50 << 10], vec![9; 5 << 20]);
    for at in 0..SMALL_FILES {
        store.put(&format!("small-{at}"), Some(&small));
    }
    for at in 0..LARGE_FILES {
        store.put(&format!("large-{at}"), Some(&large));
    }
    let records = (rows + SMALL_FILES + LARGE_FILES) * (SUMMARY.len() + BODY.len());
    let files = SMALL_FILES * small.len() + LARGE_FILES * large.len();
    #[expect(clippy::cast_precision_loss, reason = "a size for a person to read")]
    say("plain", (records + files) as f64);
}

fn opening(kind: &str, folder: &Path) {
    let start = Instant::now();
    let store = open(kind, folder);
    say("open", ms(start));
    let start = Instant::now();
    assert!(store.list(50) > 0);
    say("list", ms(start));
    say("again", repeated(20, |_| assert!(store.list(50) > 0)));
}

fn reading(kind: &str, folder: &Path, rows: usize) {
    let store = open(kind, folder);
    store.list(50);
    let one = |at: usize| {
        let id = format!("id-{}", at * 7_919 % rows);
        assert_eq!(store.read(&id), BODY.len());
    };
    say("read", repeated(200, one));
    say(
        "read_50k",
        repeated(100, |at| {
            store.read_file(&format!("small-{at}"));
        }),
    );
    say(
        "read_5m",
        repeated(9, |at| {
            store.read_file(&format!("large-{at}"));
        }),
    );
    say("memory", peak_mb());
}

fn streaming(kind: &str, folder: &Path) {
    let store = open(kind, folder);
    if store.stream_file("large-3").is_some() {
        say("stream", peak_mb());
    }
}

fn putting(kind: &str, folder: &Path) {
    let mut store = open(kind, folder);
    let file = vec![5; 50 << 10];
    say(
        "put",
        repeated(200, |at| store.put(&format!("put-{at}"), None)),
    );
    say(
        "put_50k",
        repeated(50, |at| store.put(&format!("put-file-{at}"), Some(&file))),
    );
}

fn repeated(runs: usize, mut work: impl FnMut(usize)) -> f64 {
    let times = (0..runs).map(|run| {
        let start = Instant::now();
        work(run);
        ms(start)
    });
    median(times.collect())
}

fn ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}

/// The most memory this process ever had, in MB, by the kernel's count.
fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next());
    kib.and_then(|kib| kib.parse::<f64>().ok()).unwrap_or(0.0) / 1e3 * 1.024
}

fn say(name: &str, value: f64) {
    println!("{name} {value}");
}
