//! Calls to the systems of others: the registers and the SMS gateway, over HTTP.
//!
//! Every call has a time limit, a size limit and a typed end. [`fault::OutsideFault`] tells
//! **down**, **slow** and **wrong answer** apart for the log; none of them is ever taken for "not
//! found" (requirement MS-07). A system that fails again and again is left alone for a while
//! ([`breaker`]), so that a page says so at once instead of after five seconds.

pub mod breaker;
pub mod client;
pub mod fault;
pub mod settings;

#[cfg(test)]
mod tests;
