//! Sessions of the desk: another cookie, another table, shorter than those of applicants.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use quanshengshi_protocol::ids::{Digest, Nonce};
use ring::hmac;
use rusqlite::{OptionalExtension as _, params};

use crate::clock::Clock;
use crate::random::Random;
use crate::review::reviewer::{Reviewer, by_id};
use crate::review::{ReviewError, signed};
use crate::store::Store;

/// Milliseconds a session lives without a request.
pub const IDLE_MS: u64 = 15 * 60_000;
/// Milliseconds a session lives at all.
pub const LIFE_MS: u64 = 8 * 3_600_000;

const FORM_LABEL: &[u8] = b"HLJDESK1\0";

/// A living session of the desk.
#[derive(Debug, Clone)]
pub struct DeskSession {
    secret: Nonce,
    digest: Digest,
    /// Who is signed in.
    pub reviewer: Option<Reviewer>,
}

impl DeskSession {
    /// The value of the cookie.
    pub fn cookie(&self) -> String {
        self.secret.to_string()
    }

    /// The token that every form of this session carries.
    pub fn form_token(&self) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.secret.as_bytes());
        URL_SAFE_NO_PAD.encode(hmac::sign(&key, FORM_LABEL).as_ref())
    }

    /// Whether a form came from a page of this session, compared in constant time.
    pub fn holds_form(&self, token: &str) -> bool {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.secret.as_bytes());
        URL_SAFE_NO_PAD
            .decode(token)
            .is_ok_and(|tag| hmac::verify(&key, FORM_LABEL, &tag).is_ok())
    }
}

/// All sessions of the desk.
#[derive(Debug, Clone)]
pub struct DeskSessions {
    store: Store,
    clock: Arc<dyn Clock>,
    random: Random,
}

impl DeskSessions {
    /// Over a storage.
    pub fn new(store: Store, clock: Arc<dyn Clock>, random: Random) -> Self {
        Self {
            store,
            clock,
            random,
        }
    }

    /// A new session, in place of an older one: for the sign-in's form without a reviewer, and
    /// under a new secret for whoever signed in.
    ///
    /// # Errors
    /// [`ReviewError::Random`], the storage's.
    ///
    /// # Cancellation
    /// Harmless: nobody knows the secret; the older one may be dead.
    pub async fn open(
        &self,
        reviewer: Option<Reviewer>,
        instead_of: Option<&DeskSession>,
    ) -> Result<DeskSession, ReviewError> {
        let secret = Nonce::from_bytes(self.random.make_bytes()?);
        let digest = Digest::of(secret.as_bytes());
        let id = reviewer.as_ref().map(|reviewer| reviewer.id.0);
        let old = instead_of.map(|session| session.digest);
        let now_ms = self.clock.now_ms();
        self.store
            .write(move |transaction| {
                let dead = signed(now_ms.saturating_sub(LIFE_MS));
                transaction.execute("DELETE FROM desk_sessions WHERE made_at_ms < ?1", [dead])?;
                if let Some(old) = old {
                    let sql = "DELETE FROM desk_sessions WHERE digest = ?1";
                    transaction.execute(sql, [old.as_bytes()])?;
                }
                transaction.execute(
                    "INSERT INTO desk_sessions VALUES (?1, ?2, ?3, ?3)",
                    params![digest.as_bytes(), id, signed(now_ms)],
                )?;
                Ok::<_, ReviewError>(())
            })
            .await?;
        Ok(DeskSession {
            secret,
            digest,
            reviewer,
        })
    }

    /// The living session of a cookie; a foreign or dead one is no session.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn find(&self, cookie: &str) -> Result<Option<DeskSession>, ReviewError> {
        let Ok(secret) = Nonce::parse(cookie) else {
            return Ok(None);
        };
        let digest = Digest::of(secret.as_bytes());
        let now_ms = self.clock.now_ms();
        let found = self
            .store
            .read(move |connection| {
                let sql = "SELECT reviewer, seen_at_ms FROM desk_sessions \
                           WHERE digest = ?1 AND made_at_ms > ?2 AND seen_at_ms > ?3";
                let values = params![
                    digest.as_bytes(),
                    signed(now_ms.saturating_sub(LIFE_MS)),
                    signed(now_ms.saturating_sub(IDLE_MS))
                ];
                let read = |row: &rusqlite::Row<'_>| {
                    Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, i64>(1)?))
                };
                let Some((id, seen)) = connection.query_row(sql, values, read).optional()? else {
                    return Ok(None);
                };
                let reviewer = match id {
                    Some(id) => by_id(connection, id)?,
                    None => None,
                };
                Ok::<_, ReviewError>(Some((reviewer, seen.unsigned_abs())))
            })
            .await?;
        let Some((reviewer, seen)) = found else {
            return Ok(None);
        };
        if now_ms.saturating_sub(seen) >= 60_000 {
            self.store
                .write(move |transaction| {
                    transaction.execute(
                        "UPDATE desk_sessions SET seen_at_ms = ?2 WHERE digest = ?1",
                        params![digest.as_bytes(), signed(now_ms)],
                    )?;
                    Ok::<_, ReviewError>(())
                })
                .await?;
        }
        Ok(Some(DeskSession {
            secret,
            digest,
            reviewer,
        }))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// It ends once it was queued.
    pub async fn close(&self, session: &DeskSession) -> Result<(), ReviewError> {
        let digest = session.digest;
        self.store
            .write(move |transaction| {
                let sql = "DELETE FROM desk_sessions WHERE digest = ?1";
                transaction.execute(sql, [digest.as_bytes()])?;
                Ok(())
            })
            .await
    }
}
