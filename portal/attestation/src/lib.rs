//! Whether the maker of a phone vouches for its device key: Android key attestation, judged without a
//! network (record 55). Every byte comes from a phone that may lie, up to the signatures.
//!
//! | room | gives |
//! |---|---|
//! | [`trust`] | whom the portal believes: roots, its own app, what was revoked |
//! | [`vouch`] | the judgement: a [`level::Level`], or a [`doubt::Doubt`] |
//! | `certificate`, `chain` | certificates read, and each signed by the next up to a root |
//! | `description` | what the secure hardware says about a key |
//! | `application` | which app asked for the key |
//! | [`status`] | the makers' list of keys that leaked |

mod application;
mod certificate;
mod chain;
mod description;
pub mod doubt;
pub mod level;
pub mod status;
pub mod trust;
pub mod vouch;

#[cfg(any(test, feature = "made"))]
pub mod made;
