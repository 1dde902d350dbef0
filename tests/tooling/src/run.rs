//! Running a command and reading what it says.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// The top of the workspace.
pub(crate) fn top() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    here.canonicalize().unwrap_or(here)
}

/// A command at the top of the workspace.
pub(crate) fn command(line: &[&str]) -> Command {
    let mut words = line.iter();
    let program = words.next().copied().unwrap_or("true");
    // `cargo` of the toolchain that runs this program, not of whatever stands in PATH.
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = Command::new(if program == "cargo" { &cargo } else { program });
    command.args(words).current_dir(top()).stdin(Stdio::null());
    // Where everything is built once, what would help to build it again only costs.
    if std::env::var("CI").is_ok_and(|value| value == "true") {
        command.env("CARGO_INCREMENTAL", "0");
    }
    // What cargo sets for this program would leak into the builds it starts.
    for (name, _) in std::env::vars() {
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a command with its output on ours; whether it ended well.
pub(crate) fn held(line: &[&str]) -> bool {
    command(line).status().is_ok_and(|status| status.success())
}

/// Runs a command quietly; whether it ended well.
pub(crate) fn held_quietly(line: &[&str]) -> bool {
    let mut command = command(line);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// What a run of tests said.
#[derive(Debug, Default)]
pub(crate) struct Said {
    /// Whether the command ended well.
    pub(crate) well: bool,
    /// Every line of standard output.
    pub(crate) lines: Vec<String>,
}

/// Runs a command, passes on the lines that `shown` picks, and keeps all of them.
pub(crate) fn read(mut command: Command, shown: impl Fn(&str) -> bool) -> Said {
    let mut said = Said::default();
    let Ok(mut child) = command.stdout(Stdio::piped()).spawn() else {
        return said;
    };
    if let Some(out) = child.stdout.take() {
        for line in BufReader::new(out).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line).into_owned();
            if shown(&line) {
                println!("{line}");
            }
            said.lines.push(line);
        }
    }
    said.well = child.wait().is_ok_and(|status| status.success());
    said
}

/// Prints a heading, does the work, prints its time.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> T) -> T {
    println!("── {name}");
    let start = Instant::now();
    let result = work();
    println!("   {name}: {:.1} s", start.elapsed().as_secs_f32());
    result
}
