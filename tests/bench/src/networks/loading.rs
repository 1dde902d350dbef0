//! Loading the networks, each time in a process of its own: what a process touched once is there the
//! next time, and a single first time says more about the machine's moment than about an engine.

use std::process::Command;

use super::Engine as _;
use super::ours::Ours;
use super::peers::Peers;
use super::rten::Rten;
use crate::clock::median;

/// Processes an engine.
const STARTS: usize = 9;

/// CPU milliseconds of loading all three, the median of the processes.
pub(super) fn median_ms(engine: &str) -> Result<f64, String> {
    let times: Result<Vec<f64>, String> = (0..STARTS).map(|_| once(engine)).collect();
    Ok(median(times?))
}

fn once(engine: &str) -> Result<f64, String> {
    if !["ours", "rten"].contains(&engine) {
        return Ok(Peers::start(engine)?.load_ms());
    }
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let told = Command::new(program).args(["networks", engine]).output();
    let told = told.map_err(|error| error.to_string())?.stdout;
    let told = String::from_utf8_lossy(&told);
    told.trim()
        .parse()
        .map_err(|_| format!("{engine} said {told}"))
}

/// What a process of [`median_ms`] answers; none for an engine that is no process of this program.
pub(crate) fn here(engine: &str) -> Option<Result<f64, String>> {
    match engine {
        "ours" => Some(Ok(Ours::load().load_ms())),
        "rten" => Some(Rten::load().map(|rten| rten.load_ms())),
        _ => None,
    }
}
