//! Speed as ratios against peers in the same run, in CPU time of the thread.
//!
//! `cargo run --release --package quanshengshi-bench [-- scan|rules|networks]`
#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

mod clock;
mod networks;
mod rules;
mod scan;

fn main() {
    let asked = std::env::args().nth(1).unwrap_or_default();
    let table = match asked.as_str() {
        "" | "scan" => scan::table(),
        "rules" => rules::table(),
        "networks" => networks::table(),
        _ => {
            println!("quanshengshi-bench [scan|rules|networks]");
            std::process::exit(2);
        }
    };
    println!("{}", clock::load());
    println!("{table}");
}
