//! Certificate record and identifier; OFD written, read, drawn, and its seals judged.
//!
//! Rooms: [`identifier`] (证照标识, GB/T 36904), [`record`] (what a register says about one
//! certificate), [`ofd`] (the GB/T 33190 file: written by the portal, opened and drawn by everyone),
//! [`seal`] (whether its seals hold), [`pdf`] (what a PDF says of itself).
//!
//! The crate does no I/O and reads no clock: fonts, pictures, anchors and times are handed in.

pub mod identifier;
pub mod ofd;
pub mod pdf;
pub mod record;
pub mod seal;
