//! End-to-end journeys that see only what a host sees.
//!
//! The portal runs as the program it ships as; the phone is the bindings; the PC is a browser or
//! plain HTTP. [`ground`] starts them, [`phone`] is a phone in a person's hand, [`wire`] cuts the
//! line between them, [`provider`] is the national portal, [`pages`] looks at every page there is,
//! [`qss`] asks the desktop program. The journeys themselves stand in `tests/`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::print_stdout,
    reason = "a journey whose ground does not stand has failed"
)]

pub mod ground;
pub mod pages;
pub mod phone;
pub mod provider;
pub mod qss;
pub mod wire;
