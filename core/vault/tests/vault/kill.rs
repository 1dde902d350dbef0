use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::support::{Home, Known, Numbers, trials};

/// In everyday tests.
const KILLS: usize = 40;
const WRITER: &str = "QSS_VAULT_TEST_WRITER";

/// The child: puts record after record and acknowledges each on its standard output, until killed.
fn write_until_killed(home: &Home, first: u64) -> ! {
    let vault = home.open_anchored().unwrap();
    let mut numbers = Numbers(first);
    let mut out = std::io::stdout();
    for edition in first.. {
        let known = Known::new(numbers.next() % 12, edition);
        known.put(&vault).unwrap();
        // Line breaks on both sides keep the acknowledgement apart from the test runner's own words.
        write!(out, "\nack {} {edition}\n", known.id).unwrap();
        out.flush().unwrap();
    }
    unreachable!()
}

#[test]
fn every_acknowledged_record_survives_a_kill_at_any_moment() {
    if let Some(argument) = env::var_os(WRITER) {
        let argument = argument.into_string().unwrap();
        let (first, path) = argument.split_once(' ').unwrap();
        write_until_killed(&Home::at(path), first.parse().unwrap());
    }
    let home = Home::new();
    let mut numbers = Numbers(5);
    let mut acknowledged: BTreeMap<u64, u64> = BTreeMap::new();
    let mut next = 1;
    let (mut acknowledgements, mut ahead, mut left_over) = (0, 0, 0);
    let kills = trials(KILLS);
    for _ in 0..kills {
        let mut child = Command::new(env::current_exe().unwrap())
            .args([
                "--exact",
                "kill::every_acknowledged_record_survives_a_kill_at_any_moment",
            ])
            .args(["--nocapture", "--test-threads=1"])
            .env(WRITER, format!("{next} {}", home.root().display()))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let reader = thread::spawn(move || {
            let lines = output.lines().map_while(Result::ok);
            lines
                .filter_map(|line| parse_acknowledgement(&line))
                .collect::<Vec<_>>()
        });
        thread::sleep(Duration::from_millis(15 + numbers.next() % 120));
        child.kill().unwrap();
        child.wait().unwrap();
        for (number, edition) in reader.join().unwrap() {
            acknowledged.insert(number, edition);
            next = next.max(edition + 1);
            acknowledgements += 1;
        }
        let files = home.folder().join("files");
        let unfinished = |path: &std::path::Path| path.extension().is_some_and(|e| e == "tmp");
        if files.exists() {
            let entries = fs::read_dir(&files).unwrap();
            left_over += entries
                .filter(|entry| unfinished(&entry.as_ref().unwrap().path()))
                .count();
        }

        // The mark outside never runs ahead: no kill may look like an older folder.
        let vault = home.open_anchored().unwrap();
        for number in 0..12 {
            let promised = acknowledged.get(&number).copied();
            // The kill may have come between the commit and the acknowledgement of one more.
            let found = [Some(next), promised]
                .into_iter()
                .flatten()
                .find(|&edition| Known::new(number, edition).is_in(&vault).unwrap_or(false));
            if promised.is_some() {
                assert!(
                    found.is_some(),
                    "record {number} of edition {promised:?} is lost"
                );
            }
            if found == Some(next) {
                acknowledged.insert(number, next);
                ahead += 1;
            }
        }
        next += 1;
        let report = vault.check().unwrap();
        assert!(report.is_sound(), "{report:?}");
        assert_eq!(report.rows, acknowledged.len() as u64);
        assert_eq!(fs::read_dir(&files).unwrap().count() as u64, report.files);
    }
    println!(
        "{kills} kills, {acknowledgements} acknowledged, 0 lost, {ahead} committed and not yet \
         acknowledged, {left_over} unfinished files collected"
    );
    assert!(acknowledgements > 0, "the child never came to write");
}

fn parse_acknowledgement(line: &str) -> Option<(u64, u64)> {
    let (number, edition) = line.strip_prefix("ack id-")?.split_once(' ')?;
    Some((number.parse().ok()?, edition.parse().ok()?))
}
