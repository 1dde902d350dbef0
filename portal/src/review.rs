//! Manual review: what a person hands in when the automatic check says no (requirements MR-01 to
//! MR-09).
//!
//! | room | gives |
//! |---|---|
//! | [`application`], [`reason`] | what was handed in, where it stands, why it came back |
//! | [`opening`] | who may hand in: a session in which an automatic check failed |
//! | [`material`] | pictures: read, redrawn, sealed; a draft until they are handed in |
//! | [`submit`] | handing in, once a person or code at a time |
//! | [`decide`] | one reviewer for a person, two for an enterprise, a senior where they differ |
//! | [`desk`] | what the reviewers see |
//! | [`face_case`], [`face_decide`] | faces about which the portal had doubts: what people see and say |
//! | [`sweep`] | escalating what is late, deleting what is over |
//! | [`reviewer`], [`desk_session`] | reviewers, their roles and sessions: nobody of these is an account |
//!
//! States go forward only, each by one conditional update:
//! `submitted → (enterprise: second → (they differ: senior →)) approved | returned`. While an
//! application is open it holds its account name and mobile number; either end frees them.

pub mod application;
pub mod decide;
pub mod desk;
pub mod desk_session;
pub mod face_case;
pub mod face_decide;
pub mod material;
pub mod opening;
pub mod reason;
pub mod reviewer;
pub mod schema;
pub mod submit;
pub mod sweep;

use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::accounts::AccountError;
use crate::accounts::password::Passwords;
use crate::clock::Clock;
use crate::devices::refusal::Fault;
use crate::random::{Random, RandomError};
use crate::signing::SigningError;
use crate::signing::portal_keys::PortalKeys;
use crate::store::{Store, StoreError};

pub use schema::SCHEMA;

/// Pictures that are decoded at one time: each may take a hundred megabytes.
const PICTURES_AT_ONCE: usize = 2;

/// Why a step of a review was not done.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    /// No such application, for whoever asks.
    #[error("no such application")]
    Unknown,
    /// It no longer stands where the asker saw it: somebody else was first.
    #[error("somebody else was first")]
    Moved,
    /// This reviewer has decided it already, or may not decide it now.
    #[error("this reviewer may not decide it")]
    NotYours,
    /// A return without a reason, or with one that does not belong to the kind.
    #[error("a return needs its reasons")]
    Reasons,
    /// Its account name or number was taken meanwhile.
    #[error("the account name or number was taken meanwhile")]
    Taken,
    /// A stored value is not what this portal writes.
    #[error("a stored value is damaged")]
    Damaged,
    /// A task could not be read.
    #[error(transparent)]
    Task(#[from] Fault),
    /// A password could not be hashed.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// A picture could not be sealed or opened.
    #[error(transparent)]
    Sealing(#[from] SigningError),
    /// No randomness.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// The storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for ReviewError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// All reviews. Clones are one.
#[derive(Debug, Clone)]
pub struct Review {
    store: Store,
    clock: Arc<dyn Clock>,
    random: Random,
    keys: Arc<PortalKeys>,
    passwords: Passwords,
    pictures: Arc<Semaphore>,
}

impl Review {
    /// Over a storage and the portal's keys.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        keys: Arc<PortalKeys>,
        passwords: Passwords,
    ) -> Self {
        Self {
            store,
            clock,
            random: Random::default(),
            keys,
            passwords,
            pictures: Arc::new(Semaphore::new(PICTURES_AT_ONCE)),
        }
    }
}

/// Portal time as a column holds it.
fn signed(at_ms: u64) -> i64 {
    i64::try_from(at_ms).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
