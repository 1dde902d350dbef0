//! `qss`: the desktop shell of 全省事.
//!
//! Frames come from picture files, from a folder of clips, or from a webcam (feature `camera`).
//! Everything the phone would do goes through the bindings, as in the Kotlin and Swift shells.
#![expect(
    clippy::print_stderr,
    reason = "a command line tells of errors on standard error"
)]

mod arguments;
#[cfg(feature = "demo")]
mod capture;
mod certificate;
mod check;
#[cfg(feature = "camera")]
mod confirm;
mod cpu_time;
#[cfg(feature = "demo")]
mod demo;
mod logging;
mod out;
#[cfg(feature = "pdf")]
mod pdf_page;
mod phone;
mod phone_check;
mod phone_folder;
mod pixels;
mod scan;
mod shell;
mod wallet;
#[cfg(feature = "camera")]
mod webcam;
#[cfg(feature = "window")]
mod window;

use std::process::ExitCode;

use arguments::{Arguments, Order};
#[cfg(not(feature = "window"))]
use clap::CommandFactory as _;
use clap::Parser as _;

fn main() -> ExitCode {
    out::run(answered)
}

fn answered() -> ExitCode {
    let arguments = Arguments::parse();
    logging::begin();
    let code = done(arguments);
    quanshengshi::logging::settle();
    code
}

fn done(arguments: Arguments) -> ExitCode {
    let Some(order) = arguments.order else {
        #[cfg(feature = "window")]
        let opened = window::open(&arguments.window);
        #[cfg(not(feature = "window"))]
        let opened = help();
        return code(opened);
    };
    let done = match order {
        Order::Scan { paths, sequence } => scan::scan(&paths, sequence),
        Order::Check => check::check(),
        Order::Wallet { folder, order } => wallet::run(&folder, &order),
        Order::Certificate { order } => certificate::run(&order),
        Order::Phone { folder, order } => phone::run(&folder, &order),
        Order::Completions { shell } => shell::print(&shell::completions(shell)),
        Order::Manpage => shell::print(&shell::manpage()),
        #[cfg(feature = "camera")]
        Order::Confirm { config, code } => confirm::confirm(&config, code.as_deref()),
        #[cfg(feature = "demo")]
        Order::Capture { sessions, json } => capture::capture(&sessions, json),
        #[cfg(feature = "demo")]
        Order::Demo { keep, people, out } => demo::run(keep, &people, &out),
    };
    code(done)
}

fn code(done: bool) -> ExitCode {
    if done {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// What can be said, and how the window comes in; nothing was asked, so nothing was done.
#[cfg(not(feature = "window"))]
fn help() -> bool {
    let _ = Arguments::command().print_help();
    eprintln!(
        "\nThe phone's screens in a window: cargo run --release -p quanshengshi-desktop --features window"
    );
    false
}
