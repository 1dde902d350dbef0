//! The wallet: certificates fetched after an approval, kept sealed, shown offline.
//!
//! In: package signature → record and identifier → file length and digest → the file opens → the
//! vault. Out: the vault → package signature, record and digest again → drawing. `store` is
//! the vault of certificates, [`kept`] what lies in it and how it is verified again,
//! [`standing`] what may be said about a copy without asking the portal.

pub mod error;
pub mod fetch;
pub mod flow;
pub mod kept;
pub mod refresh;
pub mod show;
pub mod standing;
pub(crate) mod store;
#[cfg(test)]
mod tests;
