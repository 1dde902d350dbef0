//! Answers that are kept, so that the same signed bytes get the same answer.
//!
//! A request is named by the digest of its signed bytes without the signature: a keystore signs
//! the same statement differently each time.

use quanshengshi_protocol::ids::Digest;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::devices::columns::to_column;
use crate::devices::refusal::Fault;

/// The answer that was given to a request.
///
/// # Errors
/// [`Fault::Store`], or [`Fault::Damaged`] when it is not such an answer.
pub fn kept<A: DeserializeOwned>(
    connection: &Connection,
    request: Digest,
) -> Result<Option<A>, Fault> {
    let text: Option<String> = connection
        .prepare_cached("SELECT answer FROM kept_answer WHERE request = ?1")?
        .query_row([request.as_bytes()], |row| row.get(0))
        .optional()?;
    text.map(|text| serde_json::from_str(&text).map_err(|_| Fault::Damaged("answer")))
        .transpose()
}

/// Keeps the answer to a request until a time, milliseconds since 1970.
///
/// # Errors
/// [`Fault::Store`]; also when the request already has an answer.
pub fn keep<A: Serialize>(
    transaction: &Transaction<'_>,
    request: Digest,
    answer: &A,
    ends_at_ms: u64,
) -> Result<(), Fault> {
    let text = serde_json::to_string(answer).map_err(|_| Fault::Damaged("answer"))?;
    transaction
        .prepare_cached(
            "INSERT INTO kept_answer (request, answer, ends_at_ms) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![request.as_bytes(), text, to_column(ends_at_ms)])?;
    Ok(())
}

/// Forgets answers and nonces whose time is over.
///
/// # Errors
/// [`Fault::Store`].
pub fn forget_old(transaction: &Transaction<'_>, now_ms: u64) -> Result<(), Fault> {
    let now = to_column(now_ms);
    transaction.execute("DELETE FROM kept_answer WHERE ends_at_ms <= ?1", [now])?;
    transaction.execute("DELETE FROM used_nonce WHERE ends_at_ms <= ?1", [now])?;
    Ok(())
}
