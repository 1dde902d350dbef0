//! What a step of the ladder makes of a grey picture.

pub mod half;
pub mod inverted;
pub mod sharp;
