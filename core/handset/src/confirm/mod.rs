//! The confirm flow: claim → consent → capture → verdict.
//!
//! ```text
//! Handset::read_code ─ Invitation ─ claim ─ Claimed ─ answer ─ Challenged ─ begin_capture ─ Capture
//!                                                        ▲                                   │ finish
//!                                                        └── Retry ── confirm ── Prepared ── prepare
//! ```
//!
//! Each arrow gives a value that only it can make, so no step can be left out. [`resume`] finds
//! the way back in after the app was killed; [`notice`] has the words of the consent; [`walk`] is the flow as a shell holds it.

pub mod capture;
pub mod challenged;
pub mod claimed;
pub mod deadline;
pub mod error;
pub mod notice;
pub mod resume;
#[cfg(test)]
pub(crate) mod scripted_portal;
pub mod submit;
#[cfg(test)]
mod tests;
pub mod variant;
pub mod walk;
