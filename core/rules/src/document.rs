//! Documents a person can register with (requirement PR-02, LR-04).

pub mod foreign;
pub mod kind;
mod nationality;
pub mod number;
pub mod resident_id;
pub mod travel;
