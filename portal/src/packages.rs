//! The signed offline package of a phone (M12), and the status of what it keeps (M13).
//!
//! Only the phone that claimed an approved download gets a package, for the approval's time and
//! ten minutes more. It is built when it is first asked for and stays the same until then: the
//! answer to a repeated question, and the files for a download that was cut. [`verification`] makes
//! the codes by which somebody else checks a certificate that a phone shows, [`seals`] gives what their
//! seals are judged with.

pub mod build;
pub mod files;
pub mod seals;
pub mod status;
pub mod verification;

/// Milliseconds after which the phone should ask for the status again.
pub const REFRESH_AFTER_MS: u64 = 24 * 3_600_000;
/// Milliseconds after which a copy is shown as “状态未核验” (US-06).
pub const VALID_OFFLINE_MS: u64 = 30 * 24 * 3_600_000;
