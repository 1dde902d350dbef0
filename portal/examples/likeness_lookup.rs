//! How long a look through the index of stills takes, by its rows.
//!
//! `cargo run --release --package quanshengshi-portal --example likeness_lookup`
#![expect(clippy::print_stdout, reason = "a measurement prints its table")]

use std::time::Instant;

use quanshengshi_appraisal::fingerprint::{BYTES, Fingerprint};
use quanshengshi_portal::devices::refusal::Fault;
use quanshengshi_portal::tasks::likeness::{Looked, SCHEMA_4, Wanted, keep, look};
use quanshengshi_protocol::ids::{Digest, EvidenceId, TaskId};
use rusqlite::Connection;

/// Stills of one submission: the neutral one and four peaks.
const STILLS: usize = 5;
const TURNS: usize = 7;

fn main() -> Result<(), Fault> {
    println!("| rows | one look, ms, median of {TURNS} |\n|---|---|");
    let connection = Connection::open_in_memory()?;
    connection.pragma_update(None, "foreign_keys", false)?;
    connection.execute_batch("CREATE TABLE evidence (id BLOB PRIMARY KEY);")?;
    connection.execute_batch(SCHEMA_4)?;
    let mut stored = 0u64;
    for rows in [1_000, 10_000, 100_000] {
        connection.execute_batch("BEGIN")?;
        while stored < rows {
            let name = Digest::of(&stored.to_be_bytes());
            let (id, _) = name.as_bytes().split_at(16);
            let id: [u8; 16] = id.try_into().unwrap_or_default();
            keep(&connection, EvidenceId::from_bytes(id), &wanted(stored), 1)?;
            stored += 1;
        }
        connection.execute_batch("COMMIT")?;
        let new = wanted(u64::MAX);
        let mut times: Vec<f64> = Vec::new();
        for _ in 0..TURNS {
            let start = Instant::now();
            look(&connection, &new, Looked::default())?;
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
        times.sort_by(f64::total_cmp);
        println!("| {rows} | {:.1} |", times[TURNS / 2]);
    }
    Ok(())
}

/// Stills as unlike each other as chance makes them.
fn wanted(number: u64) -> Wanted {
    let still = |at: usize| {
        let digest = Digest::of(&[&number.to_be_bytes()[..], &at.to_be_bytes()].concat());
        let bytes: [u8; BYTES] = *digest.as_bytes();
        Fingerprint::from_bytes(bytes)
    };
    let digest = Digest::of(&number.to_be_bytes());
    let (task, _) = digest.as_bytes().split_at(16);
    Wanted {
        task: TaskId::from_bytes(task.try_into().unwrap_or_default()),
        subject: digest,
        stills: (0..STILLS).map(still).collect(),
    }
}
