//! Runs the three networks on numbers of the command line; see `without_networks`.
#![expect(clippy::print_stdout, reason = "a program for whoever measures")]

use std::process::ExitCode;

use quanshengshi_face::network::Networks;

fn main() -> ExitCode {
    let numbers = std::env::args().filter_map(|word| word.parse().ok());
    let numbers: Vec<f32> = numbers.collect();
    for (_, runner) in Networks::load().each() {
        println!("{:?}", runner.run(&numbers));
    }
    ExitCode::SUCCESS
}
