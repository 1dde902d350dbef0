//! Speed as ratios against peers in the same run, in CPU time of the thread.
//!
//! `cargo run --release --package quanshengshi-bench`
#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

mod clock;
mod scan;

fn main() {
    println!("{}", clock::load());
    println!("{}", scan::table());
}
