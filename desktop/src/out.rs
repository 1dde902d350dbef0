//! Standard output: the one place where commands answer.
//!
//! When nobody reads any more (`qss … | head`), the program ends there without a word, as other Unix
//! programs do. It ends by unwinding, so that whatever was begun is put away: the demo's portal and
//! browser, an open wallet. `println!` is refused by the workspace's lints.

use std::any::Any;
use std::fmt::Display;
use std::io::{ErrorKind, Write, stdout};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process::ExitCode;

/// What shells show of a program that ended because nobody read it: 128 and the number of SIGPIPE.
const NOBODY_READS: u8 = 141;

/// Carried from where nothing could be written to [`run`].
struct Ended(ExitCode);

/// Writes a line. Does not come back when it cannot be written: [`run`] ends the program.
pub(crate) fn line(text: impl Display) {
    held(writeln!(stdout().lock(), "{text}"));
}

/// Writes bytes as they are, and all of them; like [`line()`] otherwise.
pub(crate) fn bytes(bytes: &[u8]) {
    let mut out = stdout().lock();
    held(out.write_all(bytes).and_then(|()| out.flush()));
}

/// What was written to standard output, if it could be; like [`line()`] otherwise.
pub(crate) fn held<T>(written: std::io::Result<T>) -> T {
    match written {
        Ok(done) => done,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => end(ExitCode::from(NOBODY_READS)),
        Err(error) => {
            eprintln!("qss: standard output: {error}");
            end(ExitCode::FAILURE)
        }
    }
}

/// Ends the program without the message of a panic.
fn end(code: ExitCode) -> ! {
    resume_unwind(Box::new(Ended(code)) as Box<dyn Any + Send>)
}

/// Runs the program; what it ends with.
pub(crate) fn run(program: impl FnOnce() -> ExitCode) -> ExitCode {
    // Nothing is looked at after an unwinding that is told apart here: the program is over.
    match catch_unwind(AssertUnwindSafe(program)) {
        Ok(code) => code,
        Err(reason) => match reason.downcast::<Ended>() {
            Ok(ended) => ended.0,
            Err(reason) => resume_unwind(reason),
        },
    }
}
