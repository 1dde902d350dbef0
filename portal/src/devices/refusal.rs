//! What a phone is told when something is not done.

use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::StatementError;

use crate::random::RandomError;
use crate::signing::SigningError;
use crate::store::StoreError;

/// A refusal of the protocol's table. What was written before it stays written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// The code of the table.
    pub code: RefusalCode,
    /// Milliseconds after which trying again makes sense.
    pub retry_after_ms: Option<u64>,
}

impl From<RefusalCode> for Refusal {
    fn from(code: RefusalCode) -> Self {
        Self {
            code,
            retry_after_ms: None,
        }
    }
}

/// Why a step was not done.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The protocol says no.
    #[error("refused with {}", .0.code.code())]
    Refused(Refusal),
    /// The storage did not answer; everything of the step is undone.
    #[error("the storage did not answer")]
    Store(#[from] StoreError),
    /// A key could not be used.
    #[error("a key could not be used")]
    Signing(#[from] SigningError),
    /// A stored value is not what this portal writes.
    #[error("the stored {0} is damaged")]
    Damaged(&'static str),
    /// Another room could not do its part.
    #[error("a part of the portal failed: {0}")]
    Room(String),
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<RefusalCode> for Fault {
    fn from(code: RefusalCode) -> Self {
        Self::Refused(code.into())
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<RandomError> for Fault {
    fn from(error: RandomError) -> Self {
        Self::Signing(error.into())
    }
}

impl From<StatementError> for Fault {
    /// A signature that does not hold is told apart from bytes that are no statement.
    fn from(error: StatementError) -> Self {
        match error {
            StatementError::Signature(_) => RefusalCode::EvidenceSignature.into(),
            StatementError::Label | StatementError::Body(_) => RefusalCode::RequestMalformed.into(),
        }
    }
}
