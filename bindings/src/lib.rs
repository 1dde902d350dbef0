//! The facade for Kotlin, Swift and the desktop shell: the only crate that names `uniffi`.
//!
//! Objects wrap what the core gives, one line a method: [`handset`] → [`task`] → [`capture`],
//! [`scanner`], [`wallet`] → [`open`], [`activity`], [`ways`]. Pixels come in as borrowed bytes in sync calls; only what talks to the
//! portal is async, takes a [`cancel`] token (Swift cannot cancel a future) and may be repeated.
//! Every failure is one [`error::QssError`], sorted by what the host should do next; its code has
//! a text in [`texts`]. [`viewer`] opens certificate files of anybody, [`pdf`] tells what stands in a PDF, [`seals`] judges seals,
//! [`check`] judges what somebody types. The host lends its keystores through [`ports`]; [`software`] has them in
//! software for desktops, and takes lines of log through [`logging`].
#![expect(
    clippy::needless_pass_by_value,
    reason = "what crosses is owned by the callee"
)]

pub mod activity;
pub mod cancel;
pub mod capture;
pub mod check;
pub mod config;
pub mod error;
pub mod frame;
pub mod handset;
pub mod keeping;
pub mod logging;
pub mod open;
pub mod pdf;
pub mod ports;
pub mod scanner;
pub mod seals;
pub mod software;
pub mod task;
#[cfg(test)]
mod tests;
pub mod texts;
pub mod viewer;
pub mod wallet;
pub mod ways;

uniffi::setup_scaffolding!();
