//! The wallet: certificates fetched after an approval, kept sealed, shown offline.
//!
//! In: package signature → record and identifier → file length and digest → the file opens → its
//! seal is not broken → the vault. Out: the vault → package signature, record, digest and seal
//! again, once → as many pages as
//! wanted. `store` is the vault of certificates, [`kept`] what lies in it and how it is verified again,
//! [`standing`] what may be said about a copy without asking the portal, [`expiry`] when to say that
//! it ends; [`notes`] what stands on a copy that is handed on; [`subjects`] groups by holder, [`verification`] gets a code for whoever checks.

pub mod error;
pub mod expiry;
pub mod fetch;
pub mod flow;
pub mod kept;
pub mod list;
pub mod notes;
pub mod open;
pub mod refresh;
pub mod standing;
pub(crate) mod store;
pub mod subjects;
pub mod summary;
#[cfg(test)]
mod tests;
pub mod verification;
