//! Why a step in the browser did not work.

/// What went wrong at the PC.
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    /// Chromium or its driver is not on this machine, or did not start.
    #[error("{program} did not start")]
    Start {
        /// The program.
        program: &'static str,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The driver did not answer in time.
    #[error("the driver of the browser did not answer")]
    Silent,
    /// The session could not be opened.
    #[error("no browser session")]
    Session(#[from] fantoccini::error::NewSessionError),
    /// A command failed.
    #[error("{doing}: {source}")]
    Command {
        /// What was tried.
        doing: String,
        /// What the driver said.
        #[source]
        source: fantoccini::error::CmdError,
    },
    /// Something did not appear in time.
    #[error("{what} did not appear; the page says: {page}")]
    Missing {
        /// What was waited for.
        what: String,
        /// The title and the first words of the page.
        page: String,
    },
    /// A picture of the page is not a picture.
    #[error("a picture from the browser cannot be read")]
    Picture(#[from] quanshengshi_frame::still::StillError),
    /// The driver answered something else.
    #[error("the driver of the browser gave no {0}")]
    Answer(&'static str),
    /// No hole for the piece was found.
    #[error("the puzzle's hole was not found")]
    Puzzle,
    /// A file was not downloaded in time.
    #[error("no file was downloaded")]
    Download,
}
