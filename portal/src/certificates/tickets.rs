//! Tickets: an approval, once, for five minutes, in one PC session (requirement US-05, M11).

use std::sync::Arc;

use quanshengshi_protocol::ids::{Digest, TaskId};
use quanshengshi_protocol::ticket::{TICKET_LIFE_MS, TicketError, TicketScope};
use rusqlite::{OptionalExtension, params};

use crate::accounts::AccountId;
use crate::clock::Clock;
use crate::notices::notice::Notice;
use crate::notices::queue_for_account;
use crate::signing::portal_keys::PortalKeys;
use crate::store::{Store, StoreError};

/// The tables of this room. A ticket is stored by its digest; its number is the copy's.
pub const SCHEMA: &str = "
CREATE TABLE tickets (
    number INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,
    task BLOB NOT NULL,
    certificate TEXT NOT NULL,
    account INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    download INTEGER NOT NULL,
    made_at_ms INTEGER NOT NULL,
    used_at_ms INTEGER
) STRICT;
";

/// What an approved task gives out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The approved task.
    pub task: TaskId,
    /// The certificate's identifier.
    pub certificate: String,
    /// Whose account.
    pub account: AccountId,
    /// What the copy is for.
    pub purpose: String,
    /// Whether a file may be taken, or only looked at.
    pub download: bool,
}

/// A ticket that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenTicket {
    /// What it opens.
    pub grant: Grant,
    /// The copy's number, as it is written on it.
    pub number: String,
    /// When it was made, milliseconds since 1970.
    pub made_at_ms: u64,
}

impl OpenTicket {
    /// Milliseconds it still lives.
    pub fn left_ms(&self, now_ms: u64) -> u64 {
        (self.made_at_ms + TICKET_LIFE_MS).saturating_sub(now_ms)
    }
}

/// Why a ticket opens nothing.
#[derive(Debug, thiserror::Error)]
pub enum TicketFault {
    /// Not a ticket of this session.
    #[error("not a ticket of this session")]
    Foreign,
    /// Its five minutes are over.
    #[error("the ticket has expired")]
    Expired,
    /// The file was taken.
    #[error("the ticket was used")]
    Used,
    /// The storage failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for TicketFault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// All tickets.
#[derive(Debug, Clone)]
pub struct Tickets {
    store: Store,
    clock: Arc<dyn Clock>,
    keys: Arc<PortalKeys>,
}

impl Tickets {
    /// Over a storage and the portal's keys.
    pub fn new(store: Store, clock: Arc<dyn Clock>, keys: Arc<PortalKeys>) -> Self {
        Self { store, clock, keys }
    }

    /// Makes the ticket of an approval for a session.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// A ticket nobody knows may remain.
    pub async fn issue(&self, grant: Grant, session: Digest) -> Result<String, TicketFault> {
        let now_ms = self.clock.now_ms();
        let written = self.keys.tickets.derive_ticket(&TicketScope {
            task: grant.task,
            certificate: grant.certificate.clone(),
            session,
            expires_at_ms: now_ms + TICKET_LIFE_MS,
        });
        let digest = Digest::of(written.as_bytes());
        self.store
            .write(move |transaction| {
                transaction.execute(
                    "INSERT INTO tickets (digest, task, certificate, account, purpose, \
                     download, made_at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    params![
                        digest.as_bytes(),
                        grant.task.as_bytes(),
                        grant.certificate,
                        grant.account.0,
                        grant.purpose,
                        grant.download,
                        i64::try_from(now_ms).unwrap_or(i64::MAX)
                    ],
                )?;
                Ok::<_, TicketFault>(())
            })
            .await?;
        Ok(written)
    }

    /// Looks at what a ticket opens, without using it.
    ///
    /// # Errors
    /// [`TicketFault::Foreign`], [`TicketFault::Expired`].
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn open(&self, written: &str, session: Digest) -> Result<OpenTicket, TicketFault> {
        let digest = Digest::of(written.as_bytes());
        let found = self
            .store
            .read(move |connection| {
                let sql = "SELECT number, task, certificate, account, purpose, download, \
                           made_at_ms FROM tickets WHERE digest = ?1";
                let found = connection.query_row(sql, [digest.as_bytes()], |row| {
                    Ok(OpenTicket {
                        number: format!("{:04}", row.get::<_, i64>(0)?),
                        grant: Grant {
                            task: TaskId::from_bytes(row.get(1)?),
                            certificate: row.get(2)?,
                            account: AccountId(row.get(3)?),
                            purpose: row.get(4)?,
                            download: row.get(5)?,
                        },
                        made_at_ms: row.get::<_, i64>(6)?.unsigned_abs(),
                    })
                });
                Ok::<_, TicketFault>(found.optional()?)
            })
            .await?;
        let ticket = found.ok_or(TicketFault::Foreign)?;
        let now_ms = self.clock.now_ms();
        self.keys
            .tickets
            .check(
                written,
                ticket.grant.task,
                &ticket.grant.certificate,
                session,
                now_ms,
            )
            .map_err(|fault| match fault {
                TicketError::Foreign => TicketFault::Foreign,
                TicketError::Expired => TicketFault::Expired,
            })?;
        Ok(ticket)
    }

    /// Every ticket of a task as it was written, in the order it was made. Only the session it was made for can have it written again.
    ///
    /// # Errors
    /// [`TicketFault::Foreign`] when there is none for this session, [`TicketFault::Expired`].
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn of_task(
        &self,
        task: TaskId,
        session: Digest,
    ) -> Result<Vec<(String, OpenTicket)>, TicketFault> {
        let found = self
            .store
            .read(move |connection| {
                let sql = "SELECT certificate, made_at_ms FROM tickets \
                           WHERE task = ?1 ORDER BY number";
                let mut statement = connection.prepare_cached(sql)?;
                let rows = statement.query_map([task.as_bytes()], |row| {
                    Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
                })?;
                Ok::<_, TicketFault>(rows.collect::<Result<Vec<(String, u64)>, _>>()?)
            })
            .await?;
        let mut tickets = Vec::with_capacity(found.len());
        for (certificate, made_at_ms) in found {
            let written = self.keys.tickets.derive_ticket(&TicketScope {
                task,
                certificate,
                session,
                expires_at_ms: made_at_ms + TICKET_LIFE_MS,
            });
            let open = self.open(&written, session).await?;
            tickets.push((written, open));
        }
        if tickets.is_empty() {
            return Err(TicketFault::Foreign);
        }
        Ok(tickets)
    }

    /// Uses a ticket up, and tells the account's number (requirement SM-05).
    ///
    /// # Errors
    /// [`TicketFault::Used`] the second time; as [`Tickets::open`].
    ///
    /// # Cancellation
    /// It may be used up.
    pub async fn spend(&self, written: &str, session: Digest) -> Result<OpenTicket, TicketFault> {
        let ticket = self.open(written, session).await?;
        let digest = Digest::of(written.as_bytes());
        let (account, now_ms) = (ticket.grant.account, self.clock.now_ms());
        let now = i64::try_from(now_ms).unwrap_or(i64::MAX);
        self.store
            .write(move |transaction| {
                let used = transaction.execute(
                    "UPDATE tickets SET used_at_ms = ?2 \
                     WHERE digest = ?1 AND used_at_ms IS NULL",
                    params![digest.as_bytes(), now],
                )?;
                if used != 1 {
                    return Err(TicketFault::Used);
                }
                let downloaded = &Notice::CertificateDownloaded;
                queue_for_account(transaction, now_ms, account, downloaded)?;
                Ok(())
            })
            .await?;
        Ok(ticket)
    }
}
