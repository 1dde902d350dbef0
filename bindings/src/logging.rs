//! Lines of log for whoever looks for a fault: what was asked of the portal and how it ended, and every failure
//! that crossed. No line holds a name, a number of a document, a picture, a code or an identifier of a task.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use log::{Level, LevelFilter, Metadata, Record};
use quanshengshi_handset::logged::LOGGED;

/// Lines that wait for the host; further ones are lost, and counted.
const WAITING: usize = 1024;

/// How grave a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum LogLevel {
    /// Something that should not happen.
    Error,
    /// A failure that was told to the host.
    Warn,
    /// What is done once in a while.
    Info,
    /// Every request.
    Debug,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LogLine {
    /// How grave it is.
    pub level: LogLevel,
    /// Where it comes from: `portal`, `failure`, `log`.
    pub room: String,
    /// The words, in English.
    pub text: String,
}

/// Takes lines of log.
#[uniffi::export(with_foreign)]
pub trait HostLog: Send + Sync {
    /// Takes one, on a thread that does nothing else: a slow host holds up no call.
    fn line(&self, line: LogLine);
}

/// Gives lines up to `most` to `sink`, in the place of the sink before; none ends it. A host that takes lines more
/// slowly than they come loses some and hears how many. In a Rust host that has a logger of its own
/// nothing is given.
#[uniffi::export]
pub fn log_to(sink: Option<Arc<dyn HostLog>>, most: LogLevel) {
    let there = sink.is_some();
    let sinks = LOGGER.get_or_init(start);
    *sinks.sink.lock().unwrap_or_else(PoisonError::into_inner) = sink;
    log::set_max_level(if there { most.into() } else { LevelFilter::Off });
}

/// Waits until every line is handed on, a second at most: for a program that ends.
pub fn settle() {
    let Some(shared) = LOGGER.get() else { return };
    for _ in 0..200 {
        if shared.waiting.load(Ordering::Acquire) == 0 {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

static LOGGER: OnceLock<Arc<Lines>> = OnceLock::new();

/// What the logger and its thread share.
struct Lines {
    sink: Mutex<Option<Arc<dyn HostLog>>>,
    lost: AtomicUsize,
    /// Lines that were written and not yet handed on.
    waiting: AtomicUsize,
}

/// The end that the core writes to.
struct Writer {
    lines: SyncSender<LogLine>,
    shared: Arc<Lines>,
}

fn start() -> Arc<Lines> {
    let (lines, waiting) = sync_channel(WAITING);
    let shared = Arc::new(Lines {
        sink: Mutex::new(None),
        lost: AtomicUsize::new(0),
        waiting: AtomicUsize::new(0),
    });
    let read = Arc::clone(&shared);
    let thread = std::thread::Builder::new().name("log".to_owned());
    // Without a thread, or beside another logger, there is no log and everything else goes on.
    if thread.spawn(move || hand_on(&waiting, &read)).is_ok() {
        let shared = Arc::clone(&shared);
        let _ = log::set_boxed_logger(Box::new(Writer { lines, shared }));
    }
    shared
}

fn hand_on(waiting: &Receiver<LogLine>, shared: &Lines) {
    for line in waiting {
        hand_over(line, shared);
        shared.waiting.fetch_sub(1, Ordering::AcqRel);
    }
}

fn hand_over(line: LogLine, shared: &Lines) {
    let held = shared.sink.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(sink) = held.clone() else { return };
    drop(held);
    let lost = shared.lost.swap(0, Ordering::Relaxed);
    let lost = (lost > 0).then(|| LogLine {
        level: LogLevel::Warn,
        room: "log".to_owned(),
        text: format!("{lost} lines were lost"),
    });
    for line in lost.into_iter().chain([line]) {
        // What the host throws ends its line, not the log.
        let _ = catch_unwind(AssertUnwindSafe(|| sink.line(line)));
    }
}

impl log::Log for Writer {
    /// Libraries below write addresses and headers: theirs are left out.
    fn enabled(&self, about: &Metadata<'_>) -> bool {
        LOGGED.contains(&about.target())
    }

    fn log(&self, record: &Record<'_>) {
        if !self.enabled(record.metadata()) {
            return;
        }
        let line = LogLine {
            level: record.level().into(),
            room: record.target().to_owned(),
            text: record.args().to_string(),
        };
        self.shared.waiting.fetch_add(1, Ordering::AcqRel);
        if self.lines.try_send(line).is_err() {
            self.shared.waiting.fetch_sub(1, Ordering::AcqRel);
            self.shared.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn flush(&self) {}
}

impl From<Level> for LogLevel {
    fn from(level: Level) -> Self {
        match level {
            Level::Error => Self::Error,
            Level::Warn => Self::Warn,
            Level::Info => Self::Info,
            Level::Debug | Level::Trace => Self::Debug,
        }
    }
}

impl From<LogLevel> for LevelFilter {
    fn from(level: LogLevel) -> Self {
        match level {
            LogLevel::Error => Self::Error,
            LogLevel::Warn => Self::Warn,
            LogLevel::Info => Self::Info,
            LogLevel::Debug => Self::Debug,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::viewer::CertificateFile;

    /// Keeps lines and the threads they came on; throws at one, and is slow when told to be.
    #[derive(Default)]
    struct Kept {
        lines: Mutex<Vec<(LogLine, Option<String>)>>,
        slow: bool,
    }

    impl HostLog for Kept {
        fn line(&self, line: LogLine) {
            assert_ne!(line.text, "thrown at", "a host that throws");
            if self.slow {
                std::thread::sleep(Duration::from_millis(2));
            }
            let thread = std::thread::current().name().map(str::to_owned);
            self.lines.lock().unwrap().push((line, thread));
        }
    }

    impl Kept {
        /// Waits for a line.
        fn wait(&self, fits: impl Fn(&LogLine) -> bool) -> (LogLine, Option<String>) {
            let end = Instant::now() + Duration::from_mins(1);
            while Instant::now() < end {
                let lines = self.lines.lock().unwrap();
                if let Some(found) = lines.iter().find(|(line, _)| fits(line)) {
                    return found.clone();
                }
                drop(lines);
                std::thread::sleep(Duration::from_millis(5));
            }
            panic!("the line never came");
        }
    }

    /// One test: there is one log a process.
    #[test]
    fn failures_come_on_a_thread_of_their_own_and_a_slow_host_holds_up_nothing() {
        let kept = Arc::new(Kept::default());
        log_to(Some(kept.clone()), LogLevel::Info);
        assert!(CertificateFile::open(b"no certificate").is_err());
        let (line, thread) = kept.wait(|line| line.text.contains("FILE_UNREADABLE"));
        assert_eq!(
            (line.level, line.room.as_str()),
            (LogLevel::Warn, "failure")
        );
        assert_eq!(thread.as_deref(), Some("log"));

        log::warn!(target: "failure", "thrown at");
        log::warn!(target: "hyper", "of a library");
        log::debug!(target: "portal", "too fine");
        log::info!(target: "portal", "after it");
        kept.wait(|line| line.text == "after it");
        let lines = kept.lines.lock().unwrap();
        assert!(
            lines
                .iter()
                .all(|(line, _)| !["of a library", "too fine"].contains(&line.text.as_str()))
        );
        drop(lines);

        let slow = Arc::new(Kept {
            slow: true,
            ..Kept::default()
        });
        log_to(Some(slow.clone()), LogLevel::Info);
        for number in 0..4 * WAITING {
            log::info!(target: "portal", "line {number}");
        }
        slow.wait(|line| line.room == "log" && line.text.ends_with("lines were lost"));

        log_to(None, LogLevel::Debug);
        assert_eq!(log::max_level(), LevelFilter::Off);
    }
}
