//! What a step of the ladder makes of a grey picture.

pub(crate) mod blocks;
pub mod crop;
pub mod double;
pub mod half;
pub mod inverted;
pub(crate) mod mean;
pub mod sharp;
pub mod smooth;
