//! Speed as ratios against peers in the same run, in CPU time of the thread.
//!
//! `cargo run --release --package quanshengshi-bench
//! [-- scan [[--sequences] FOLDER…]|rules|networks|certificates|face FOLDER]`; the vault's is a program of its own, `qss-bench-vault`.
#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "counts and sizes of a benchmark"
)]

mod certificates;
mod clock;
mod face;
mod networks;
mod rules;
mod scan;

fn main() {
    let asked = std::env::args().nth(1).unwrap_or_default();
    let table = match asked.as_str() {
        "" | "scan" => scan::table(&std::env::args().skip(2).collect::<Vec<_>>()),
        "rules" => rules::table(),
        "networks" => networks(),
        "face" => face(),
        "certificates" => certificates::table(),
        _ => {
            println!(
                "quanshengshi-bench [scan [[--sequences] FOLDER…]|rules|networks|certificates|face FOLDER [cues|sheet FILE|stress [live|attack [WORD [MOST]]]]]"
            );
            std::process::exit(2);
        }
    };
    println!("{}", clock::load());
    println!("{table}");
}

/// The tables, or what a process of theirs answers.
fn networks() -> String {
    let engine = std::env::args().nth(2).unwrap_or_default();
    match networks::loading::here(&engine) {
        None => networks::table(),
        Some(told) => {
            println!("{}", told.map_or_else(|error| error, |ms| ms.to_string()));
            std::process::exit(0);
        }
    }
}

/// The face table of the folder that was named.
fn face() -> String {
    let folder = std::env::args().nth(2).unwrap_or_default();
    let word = std::env::args().nth(3).unwrap_or_default();
    if let Some(file) = std::env::args().nth(4).filter(|_| word == "sheet") {
        return sheet(&folder, &file);
    }
    if word == "stress" {
        let most = std::env::args().nth(6).and_then(|most| most.parse().ok());
        let choice = face::stress::Chosen {
            label: std::env::args().nth(4).unwrap_or_default(),
            only: std::env::args().nth(5).unwrap_or_default(),
            most: most.unwrap_or(usize::MAX),
        };
        return match face::stress::table(std::path::Path::new(&folder), &choice) {
            Ok(table) => table,
            Err(error) => {
                println!("qss-bench face: {error}");
                std::process::exit(1);
            }
        };
    }
    let cues = word == "cues";
    match face::table(std::path::Path::new(&folder), cues) {
        Ok(table) => table,
        Err(error) => {
            println!("qss-bench face: {error}");
            std::process::exit(1);
        }
    }
}

/// Writes the contact sheet of a folder; the names of its rows.
fn sheet(folder: &str, file: &str) -> String {
    match face::sheet::sheet(std::path::Path::new(folder)) {
        Ok((jpeg, names)) => match std::fs::write(file, jpeg) {
            Ok(()) => names.join("\n"),
            Err(error) => format!("qss-bench face: {file}: {error}"),
        },
        Err(error) => format!("qss-bench face: {error}"),
    }
}
