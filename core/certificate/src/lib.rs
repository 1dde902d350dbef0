//! Certificate record and identifier, OFD writing, reading and drawing.
//!
//! Rooms: [`identifier`] (证照标识, GB/T 36904), [`record`] (what a register says about one
//! certificate), [`ofd`] (the GB/T 33190 file: written by the portal, opened and drawn by everyone).
//!
//! The crate does no I/O and reads no clock: fonts, pictures and times are handed in. Seals are not
//! verified here: a file that opens and draws says nothing about its origin.

pub mod identifier;
pub mod ofd;
pub mod record;
