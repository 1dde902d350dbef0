//! The OFD file (GB/T 33190-2016): a zip with XML pages in millimetres.
//!
//! [`mod@write`] makes the one-page face of a certificate, [`read`] opens files of anybody within fixed
//! [`limits`], [`draw`] turns a page into pixels, [`words`]
//! tells what stands where.

pub mod draw;
mod font;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
pub mod limits;
pub mod read;
mod typeset;
pub mod words;
pub mod write;
