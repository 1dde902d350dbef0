//! What `with_networks` is held against: the same program without a network.
//!
//! `cargo build --release -p quanshengshi-face --example with_networks --example without_networks`;
//! the difference of their sizes is code and weights of the three networks.
#![expect(clippy::print_stdout, reason = "a program for whoever measures")]

use std::process::ExitCode;

fn main() -> ExitCode {
    let numbers = std::env::args().filter_map(|word| word.parse().ok());
    let numbers: Vec<f32> = numbers.collect();
    println!("{numbers:?}");
    ExitCode::SUCCESS
}
