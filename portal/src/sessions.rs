//! PC sessions: a secret in a cookie, its digest in the database.
//!
//! A session exists from the first form on, because every form carries its token. The secret
//! changes whenever its power changes: at sign-in and when an approval is used, so that nobody
//! who planted an earlier cookie profits (attack A5). Who reads the database finds only digests.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use quanshengshi_protocol::ids::{Digest, Nonce};
use ring::hmac;
use rusqlite::{Connection, OptionalExtension, params};

use crate::accounts::AccountId;
use crate::clock::Clock;
use crate::random::{Random, RandomError};
use crate::store::{Store, StoreError};

/// The tables of this room.
pub const SCHEMA: &str = "
CREATE TABLE sessions (
    digest BLOB PRIMARY KEY,
    account INTEGER REFERENCES accounts (id),
    pending INTEGER REFERENCES accounts (id),
    made_at_ms INTEGER NOT NULL,
    seen_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// Milliseconds a session lives without a request.
pub const IDLE_MS: u64 = 30 * 60_000;
/// Milliseconds a session lives at all.
pub const LIFE_MS: u64 = 8 * 3_600_000;
/// How often the last request is written down.
const TOUCH_MS: u64 = 60_000;

/// Why there is no session.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The session changed its secret or ended meanwhile.
    #[error("the session is gone")]
    Gone,
    /// No randomness for a secret.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// The storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for SessionError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// A living session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    secret: Nonce,
    /// Digest of the secret: the session's name in the database and in tasks.
    pub digest: Digest,
    /// Who is signed in.
    pub account: Option<AccountId>,
    /// Which account was just registered here and waits for its face.
    pub pending: Option<AccountId>,
    /// Portal time of sign-in, or of the first form; its life counts from here.
    pub made_at_ms: u64,
}

impl Session {
    /// The value of the cookie.
    pub fn cookie(&self) -> String {
        self.secret.to_string()
    }

    /// The token that every form of this session carries.
    pub fn form_token(&self) -> String {
        self.mark(FORM_LABEL)
    }

    /// Whether a form came from a page of this session, compared in constant time.
    pub fn holds_form(&self, token: &str) -> bool {
        self.holds_mark(FORM_LABEL, token)
    }

    /// A mark that only this session's pages can carry: something the portal found out, handed to
    /// the browser to bring back. It dies with the secret.
    pub fn mark(&self, label: &[u8]) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.secret.as_bytes());
        URL_SAFE_NO_PAD.encode(hmac::sign(&key, label).as_ref())
    }

    /// Whether a mark is this session's for that label, compared in constant time.
    pub fn holds_mark(&self, label: &[u8], mark: &str) -> bool {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.secret.as_bytes());
        URL_SAFE_NO_PAD
            .decode(mark)
            .is_ok_and(|tag| hmac::verify(&key, label, &tag).is_ok())
    }
}

const FORM_LABEL: &[u8] = b"HLJFORM1\0";

/// All sessions.
#[derive(Debug, Clone)]
pub struct Sessions {
    store: Store,
    clock: Arc<dyn Clock>,
    random: Random,
}

impl Sessions {
    /// Over a storage.
    pub fn new(store: Store, clock: Arc<dyn Clock>, random: Random) -> Self {
        Self {
            store,
            clock,
            random,
        }
    }

    /// A new session that may do nothing but fill in forms.
    ///
    /// # Errors
    /// [`SessionError`].
    ///
    /// # Cancellation
    /// Harmless: nobody knows the secret.
    pub async fn open(&self) -> Result<Session, SessionError> {
        let session = self.make(None, None, self.clock.now_ms())?;
        let (digest, now) = (session.digest, self.now());
        self.store
            .write(move |transaction| {
                let dead = now.saturating_sub_unsigned(LIFE_MS);
                transaction.execute("DELETE FROM sessions WHERE made_at_ms < ?1", [dead])?;
                transaction.execute(
                    "INSERT INTO sessions VALUES (?1, NULL, NULL, ?2, ?2)",
                    params![digest.as_bytes(), now],
                )?;
                Ok::<_, SessionError>(())
            })
            .await?;
        Ok(session)
    }

    /// The living session of a cookie.
    ///
    /// # Errors
    /// Only the storage's; a foreign or dead cookie is no session.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn find(&self, cookie: &str) -> Result<Option<Session>, SessionError> {
        let Ok(secret) = Nonce::parse(cookie) else {
            return Ok(None);
        };
        let digest = Digest::of(secret.as_bytes());
        let now = self.clock.now_ms();
        let found = self
            .store
            .read(move |connection| {
                let sql = "SELECT account, pending, made_at_ms, seen_at_ms FROM sessions \
                           WHERE digest = ?1";
                let mut statement = connection.prepare_cached(sql)?;
                let row = statement.query_row([digest.as_bytes()], |row| {
                    let (made, seen): (i64, i64) = (row.get(2)?, row.get(3)?);
                    let (account, pending): (Option<i64>, Option<i64>) = (row.get(0)?, row.get(1)?);
                    Ok((account, pending, made.unsigned_abs(), seen.unsigned_abs()))
                });
                Ok::<_, SessionError>(row.optional()?)
            })
            .await?;
        let Some((account, pending, made, seen)) = found else {
            return Ok(None);
        };
        if now.saturating_sub(made) >= LIFE_MS || now.saturating_sub(seen) >= IDLE_MS {
            return Ok(None);
        }
        if now.saturating_sub(seen) >= TOUCH_MS {
            self.touch(digest).await?;
        }
        Ok(Some(Session {
            secret,
            digest,
            account: account.map(AccountId),
            pending: pending.map(AccountId),
            made_at_ms: made,
        }))
    }

    /// The same session under a new secret, with what it may do from now on. The old secret is
    /// dead.
    ///
    /// # Errors
    /// [`SessionError::Gone`] when somebody else rotated or ended it first.
    ///
    /// # Cancellation
    /// The old secret may be dead without the new one known: the person signs in again.
    pub async fn rotate(
        &self,
        old: &Session,
        account: Option<AccountId>,
        pending: Option<AccountId>,
    ) -> Result<Session, SessionError> {
        // A new life only for somebody new: an approval does not make a session immortal.
        let made_at_ms = if old.account == account {
            old.made_at_ms
        } else {
            self.clock.now_ms()
        };
        let session = self.make(account, pending, made_at_ms)?;
        let made = i64::try_from(made_at_ms).unwrap_or(i64::MAX);
        let (from, to, now) = (old.digest, session.digest, self.now());
        self.store
            .write(move |transaction| {
                let sql = "DELETE FROM sessions WHERE digest = ?1";
                if transaction.execute(sql, [from.as_bytes()])? == 0 {
                    return Err(SessionError::Gone);
                }
                transaction.execute(
                    "INSERT INTO sessions VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![
                        to.as_bytes(),
                        account.map(|id| id.0),
                        pending.map(|id| id.0),
                        made,
                        now
                    ],
                )?;
                Ok::<_, SessionError>(())
            })
            .await?;
        Ok(session)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// It ends once it was queued.
    pub async fn close(&self, digest: Digest) -> Result<(), SessionError> {
        self.store
            .write(move |transaction| {
                let sql = "DELETE FROM sessions WHERE digest = ?1";
                transaction.execute(sql, [digest.as_bytes()])?;
                Ok(())
            })
            .await
    }

    async fn touch(&self, digest: Digest) -> Result<(), SessionError> {
        let now = self.now();
        self.store
            .write(move |transaction| {
                let sql = "UPDATE sessions SET seen_at_ms = ?2 WHERE digest = ?1";
                transaction.execute(sql, params![digest.as_bytes(), now])?;
                Ok(())
            })
            .await
    }

    fn make(
        &self,
        account: Option<AccountId>,
        pending: Option<AccountId>,
        made_at_ms: u64,
    ) -> Result<Session, RandomError> {
        let secret = Nonce::from_bytes(self.random.make_bytes()?);
        Ok(Session {
            digest: Digest::of(secret.as_bytes()),
            secret,
            account,
            pending,
            made_at_ms,
        })
    }

    fn now(&self) -> i64 {
        i64::try_from(self.clock.now_ms()).unwrap_or(i64::MAX)
    }
}

/// Ends every session of an account but one, inside a transaction of another room.
///
/// # Errors
/// The storage's.
pub fn close_others_in(
    connection: &Connection,
    account: AccountId,
    kept: Digest,
) -> Result<(), StoreError> {
    connection.execute(
        "DELETE FROM sessions WHERE (account = ?1 OR pending = ?1) AND digest <> ?2",
        params![account.0, kept.as_bytes()],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests;
