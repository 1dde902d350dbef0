//! Recorded persons: frames in a folder, played back with their times.

pub mod clip;
pub mod closer;
pub mod performer;
