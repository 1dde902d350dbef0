//! Sign-ins that are under way at the national portal.

use quanshengshi_protocol::ids::Digest;
use rusqlite::{OptionalExtension, Transaction, params};

use crate::accounts::AccountKind;
use crate::national::NationalError;
use crate::store::Store;

/// The tables of this room. The state is kept as its digest: who reads the database cannot come
/// back in somebody's place.
pub const SCHEMA: &str = "
CREATE TABLE national_requests (
    state BLOB PRIMARY KEY,
    session BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('personal', 'legal')),
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    network TEXT NOT NULL,
    made_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX national_requests_by_time ON national_requests (made_at_ms);
";

/// Milliseconds a person has at the provider.
pub const LIFE_MS: u64 = 600_000;
/// Sign-ins of one network within [`LIFE_MS`].
const MOST_PER_NETWORK: i64 = 60;

/// What is kept of a sign-in until the person comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Whose account is asked for.
    pub kind: AccountKind,
    /// The nonce the ID token must hold.
    pub nonce: String,
    /// The secret behind the PKCE challenge.
    pub verifier: String,
}

/// Where and when a request is made.
#[derive(Debug, Clone)]
pub struct Place {
    /// The PC's session.
    pub session: Digest,
    /// Its network.
    pub network: String,
    /// Portal time.
    pub now_ms: u64,
}

/// Keeps a request.
///
/// # Errors
/// [`NationalError::TooMany`], or the storage's.
///
/// # Cancellation
/// It may be kept; it ends by itself.
pub async fn keep(
    store: &Store,
    place: Place,
    state: &str,
    request: Request,
) -> Result<(), NationalError> {
    let state = Digest::of(state.as_bytes());
    store
        .write(move |transaction| {
            sweep(transaction, place.now_ms)?;
            let sql = "SELECT count(*) FROM national_requests WHERE network = ?1";
            let open: i64 = transaction.query_row(sql, [&place.network], |row| row.get(0))?;
            if open >= MOST_PER_NETWORK {
                return Err(NationalError::TooMany);
            }
            transaction.execute(
                "INSERT INTO national_requests VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    state.as_bytes(),
                    place.session.as_bytes(),
                    request.kind.word(),
                    request.nonce,
                    request.verifier,
                    place.network,
                    i64::try_from(place.now_ms).unwrap_or(i64::MAX),
                ],
            )?;
            Ok(())
        })
        .await
}

/// Takes the request of a state out, if it is this session's; nobody gets it a second time.
///
/// # Errors
/// [`NationalError::State`] for a foreign, used, unknown or old one, or the storage's.
///
/// # Cancellation
/// It is used up once it was queued.
pub async fn take(
    store: &Store,
    session: Digest,
    state: &str,
    now_ms: u64,
) -> Result<Request, NationalError> {
    let state = Digest::of(state.as_bytes());
    store
        .write(move |transaction| {
            sweep(transaction, now_ms)?;
            let found = transaction
                .query_row(
                    "DELETE FROM national_requests WHERE state = ?1 AND session = ?2 \
                     RETURNING kind, nonce, verifier",
                    params![state.as_bytes(), session.as_bytes()],
                    |row| {
                        let kind: String = row.get(0)?;
                        Ok(Request {
                            kind: AccountKind::from_word(&kind).unwrap_or(AccountKind::Personal),
                            nonce: row.get(1)?,
                            verifier: row.get(2)?,
                        })
                    },
                )
                .optional()?;
            found.ok_or(NationalError::State)
        })
        .await
}

fn sweep(transaction: &Transaction<'_>, now_ms: u64) -> Result<(), NationalError> {
    let old = i64::try_from(now_ms.saturating_sub(LIFE_MS)).unwrap_or(i64::MAX);
    transaction.execute("DELETE FROM national_requests WHERE made_at_ms < ?1", [old])?;
    Ok(())
}
