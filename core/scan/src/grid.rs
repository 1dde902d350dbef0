//! The second way to read a code: grey values on a fitted grid instead of a black and white picture.

mod equaliser;
mod fit;
mod format;
pub(crate) mod merged;
mod padding;
mod patch;
mod repair;
pub(crate) mod rescue;
mod soft;
mod spread;
mod symbol;
mod words;
