//! The two commands of the README: `cargo demo` and `cargo verify`.
//!
//! This program has no dependency, so it stands within seconds and can show what it does while
//! everything else is built.
#![expect(
    clippy::print_stdout,
    reason = "a command line tells what it does on standard output"
)]

mod android_package;
mod crossing;
mod demo;
mod files;
mod golden;
mod ios_package;
mod needs;
mod run;
mod verify;

use std::process::ExitCode;

const USAGE: &str = "\
cargo demo [--keep]      build and walk the main job; --keep leaves the portal running
cargo verify [--quick]   format, lints, docs, tests, journeys; --quick without browser and JVM
cargo verify --apk       assemble, sign and check the Android package of what verify compiled last
cargo verify --setup-swift   make the chroot in which the Swift of ios/ is built and tested
cargo run -p quanshengshi-tooling -- golden [--renew]   compare (or keep) what generated Kotlin and Swift declare
cargo run -p quanshengshi-tooling -- ios-package   lay out the Swift package for Xcode below target
cargo run -p quanshengshi-tooling -- android-package FOLDER   make a Maven repository with the kit for Kotlin
cargo run -p quanshengshi-tooling -- crossing   measure what a call and a camera frame cost from the JVM";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let held = match words.as_slice() {
        ["demo", rest @ ..] if rest.iter().all(|word| *word == "--keep") => demo::demo(rest),
        ["verify"] => verify::verify(verify::Depth::Full),
        ["verify", "--quick"] => verify::verify(verify::Depth::Quick),
        ["verify", "--apk"] => verify::apk_alone(),
        ["verify", "--setup-swift"] => verify::swift::set_up(),
        ["ios-package"] => ios_package::run(),
        ["android-package", out] => android_package::run(out),
        ["crossing"] => crossing::run(),
        ["golden"] => golden::check(),
        ["golden", "--renew"] => golden::renew(),
        ["--help" | "-h" | "help"] | ["demo" | "verify", "--help" | "-h"] => {
            println!("{USAGE}");
            true
        }
        _ => {
            println!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    if held {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
