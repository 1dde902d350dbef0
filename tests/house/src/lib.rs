//! The law of the house, read from the manifests and the sources.
//!
//! [`plan`] is the one table: which room may see which, and through which door an outside crate
//! comes in. [`manifest`] and [`source`] read what is really there; the tests beside them fail on
//! an edge that is not in the table. [`requirements`] holds the rows of the manual against the names
//! of the tests. [`words`] compares the tables of texts, [`colours`] the two lists of colours.

pub mod colours;
pub mod manifest;
pub mod plan;
pub mod requirements;
pub mod source;
pub mod words;
