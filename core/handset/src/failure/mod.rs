//! What a host is told when something fails: [`sorted`] what to do, [`code`] why.

pub mod code;
pub mod sorted;
