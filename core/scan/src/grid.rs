//! The second way to read a code: grey values on a fitted grid instead of a black and white picture.

mod equaliser;
mod fit;
mod format;
mod patch;
mod repair;
pub(crate) mod rescue;
mod soft;
mod symbol;
mod words;
