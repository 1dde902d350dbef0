//! `QSS_LOG=error|warn|info|debug`: lines of the core's log on standard error.

use std::sync::Arc;

use quanshengshi::logging::{HostLog, LogLevel, LogLine, log_to};

/// Writes lines to standard error.
struct Stderr;

impl HostLog for Stderr {
    fn line(&self, line: LogLine) {
        eprintln!("{:?} {}: {}", line.level, line.room, line.text);
    }
}

/// Begins to write lines when the environment asks for it; a word that is no level is told.
pub(crate) fn begin() {
    let Ok(wish) = std::env::var("QSS_LOG") else {
        return;
    };
    let most = match wish.as_str() {
        "error" => LogLevel::Error,
        "warn" => LogLevel::Warn,
        "info" => LogLevel::Info,
        "debug" => LogLevel::Debug,
        _ => {
            eprintln!("QSS_LOG is error, warn, info or debug, not {wish}");
            return;
        }
    };
    log_to(Some(Arc::new(Stderr)), most);
}
