//! The one door to the portal: HTTPS, typed answers, typed errors, patience with bad networks.
//!
//! [`trust`] says which portal is believed, [`pacing`] how long to wait and when to try again,
//! [`client`] sends one request, `api` gives each call of the phone's interface its types,
//! [`download`] fetches a file through cuts. What comes back is bounded in size and foreign until
//! the flows verified its signature.

pub(crate) mod api;
pub mod client;
pub mod download;
pub mod error;
pub mod pacing;
pub mod trust;

#[cfg(test)]
pub(crate) mod test_portal;
#[cfg(test)]
mod tests;
