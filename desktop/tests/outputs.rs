//! What is written where: `qss … | head` ends without a word when nobody reads the answer any more, and the log is asked for.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    reason = "a program that cannot be started has failed"
)]

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// What shells show of a program that SIGPIPE ended.
const NOBODY_READS: i32 = 141;

/// Runs the program with an output nobody reads, or with `out`.
fn run(words: &[&str], question: &str, out: Option<Stdio>) -> Output {
    let closed = || {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        Stdio::from(writer)
    };
    let mut started = Command::new(env!("CARGO_BIN_EXE_qss"))
        .args(words)
        .stdin(Stdio::piped())
        .stdout(out.unwrap_or_else(closed))
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut asked = started.stdin.take().unwrap();
    match asked.write_all(question.as_bytes()) {
        // Who reads no question may have ended before it was asked.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        written => written.unwrap(),
    }
    drop(asked);
    started.wait_with_output().unwrap()
}

#[test]
fn every_command_ends_quietly_when_nobody_reads() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures");
    let file = fixtures.join("certificates/sample.ofd");
    let file = file.to_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("page.png");
    let picture = picture.to_str().unwrap();
    let commands: [&[&str]; 9] = [
        &["check"],
        &["scan", file],
        &["completions", "bash"],
        &["manpage"],
        &["certificate", "verify", file],
        &["certificate", "show", file],
        &["certificate", "show", file, "--json"],
        &[
            "certificate",
            "draw",
            file,
            "--scale",
            "1",
            "--out",
            picture,
        ],
        &["--help"],
    ];
    for words in commands {
        let ended = run(words, "mobile\t13800138000\n", None);
        let said = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(said, "", "{words:?}");
        // Help is written by the reader of the arguments, which takes no notice.
        let expected = if words == ["--help"] { 0 } else { NOBODY_READS };
        assert_eq!(ended.status.code(), Some(expected), "{words:?}");
    }
    // The work was done before nobody heard of it.
    assert!(Path::new(picture).exists());
}

#[test]
fn failures_are_logged_when_the_environment_asks_for_it() {
    let no_certificate = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let asked = |wish: Option<&str>| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_qss"));
        program.args(["certificate", "show"]).arg(&no_certificate);
        if let Some(wish) = wish {
            program.env("QSS_LOG", wish);
        }
        String::from_utf8(program.output().unwrap().stderr).unwrap()
    };
    assert!(!asked(None).contains("failure:"));
    let said = asked(Some("warn"));
    assert!(said.contains("Warn failure: FILE_UNREADABLE"), "{said}");
    assert!(asked(Some("loud")).contains("QSS_LOG is error, warn, info or debug, not loud"));
}

#[test]
#[cfg(target_os = "linux")]
fn an_answer_that_finds_no_room_is_told() {
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let ended = run(&["manpage"], "", Some(full.into()));
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(said.contains("standard output"), "{said}");
    assert_eq!(ended.status.code(), Some(1));
}
