//! Writing the chain and checking it.

use quanshengshi_protocol::canonical::Writer;
use quanshengshi_protocol::ids::Digest;
use quanshengshi_protocol::refusal::RefusalCode;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};

use crate::audit::entry::AuditEntry;

/// The hash before the first entry.
const GENESIS: [u8; 32] = [0; 32];

/// The last entry of a chain that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditHead {
    /// Its number; 0 when there is none yet.
    pub seq: i64,
    /// Its hash, which stands for everything before it too.
    pub hash: Digest,
}

/// Why the audit cannot be believed.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The database said no.
    #[error("the database said no")]
    Sqlite(#[from] rusqlite::Error),
    /// An entry was changed, left out, or put in.
    #[error("the chain breaks at entry {seq}")]
    Broken {
        /// The first entry that does not follow.
        seq: i64,
    },
}

/// One stored entry, as it is hashed.
struct Stored {
    seq: i64,
    prev: [u8; 32],
    hash: [u8; 32],
    time_ms: i64,
    actor: String,
    event: String,
    task: Option<Vec<u8>>,
    txn: Option<Vec<u8>>,
    evidence: Option<Vec<u8>>,
    device: Option<Vec<u8>>,
    decision: String,
    reason: String,
    policy: String,
    application: Option<i64>,
    reviewer: Option<i64>,
}

impl Stored {
    fn derive_hash(&self) -> Digest {
        let optional = |bytes: &Option<Vec<u8>>| bytes.clone().unwrap_or_default();
        let body = Writer::default()
            .number(1, self.seq.unsigned_abs())
            .bytes(2, &self.prev)
            .number(3, self.time_ms.unsigned_abs())
            .text(4, &self.actor)
            .text(5, &self.event)
            .bytes(6, &optional(&self.task))
            .bytes(7, &optional(&self.txn))
            .bytes(8, &optional(&self.evidence))
            .bytes(9, &optional(&self.device))
            .text(10, &self.decision)
            .text(11, &self.reason)
            .text(12, &self.policy);
        // Left out where there is none: entries from before these columns stay as they are.
        let body = match self.application {
            Some(id) => body.number(13, id.unsigned_abs()),
            None => body,
        };
        let body = match self.reviewer {
            Some(id) => body.number(14, id.unsigned_abs()),
            None => body,
        };
        Digest::of(&[b"HLJAUDIT1\0\x01", &body.finish()[..]].concat())
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get("seq")?,
            prev: row.get("prev")?,
            hash: row.get("hash")?,
            time_ms: row.get("time_ms")?,
            actor: row.get("actor")?,
            event: row.get("event")?,
            task: row.get("task")?,
            txn: row.get("txn")?,
            evidence: row.get("evidence")?,
            device: row.get("device")?,
            decision: row.get("decision")?,
            reason: row.get("reason")?,
            policy: row.get("policy")?,
            application: row.get("application")?,
            reviewer: row.get("reviewer")?,
        })
    }
}

/// Adds an entry inside the transaction of what it tells about. `now_ms` is portal time.
///
/// # Errors
/// What the database says; the whole transaction must then be undone.
pub fn append(
    transaction: &Transaction<'_>,
    now_ms: u64,
    entry: &AuditEntry<'_>,
) -> rusqlite::Result<()> {
    let last = head(transaction)?;
    let mut stored = Stored {
        seq: last.seq + 1,
        prev: *last.hash.as_bytes(),
        hash: GENESIS,
        time_ms: i64::try_from(now_ms).unwrap_or(i64::MAX),
        actor: entry.actor.word().to_owned(),
        event: entry.event.word().to_owned(),
        task: entry.task.map(|id| id.as_bytes().to_vec()),
        txn: entry.transaction.map(|id| id.as_bytes().to_vec()),
        evidence: entry.evidence.map(|id| id.as_bytes().to_vec()),
        device: entry.device.map(|id| id.as_bytes().to_vec()),
        decision: entry.decision.to_owned(),
        reason: entry.reason.map_or("", RefusalCode::code).to_owned(),
        policy: entry.policy.to_owned(),
        application: entry.application,
        reviewer: entry.reviewer,
    };
    stored.hash = *stored.derive_hash().as_bytes();
    transaction
        .prepare_cached(
            "INSERT INTO audit (seq, prev, hash, time_ms, actor, event, task, txn, evidence, \
             device, decision, reason, policy, application, reviewer) \
             VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)",
        )?
        .execute(params![
            stored.seq,
            stored.prev,
            stored.hash,
            stored.time_ms,
            stored.actor,
            stored.event,
            stored.task,
            stored.txn,
            stored.evidence,
            stored.device,
            stored.decision,
            stored.reason,
            stored.policy,
            stored.application,
            stored.reviewer,
        ])?;
    Ok(())
}

/// The last entry, unchecked.
///
/// # Errors
/// What the database says.
pub fn head(connection: &Connection) -> rusqlite::Result<AuditHead> {
    let last = connection
        .prepare_cached("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (seq, hash) = last.unwrap_or((0, GENESIS));
    Ok(AuditHead {
        seq,
        hash: Digest::from_bytes(hash),
    })
}

/// Checks every entry against the one before it, and gives the last.
///
/// # Errors
/// [`AuditError::Broken`] at the first entry that does not follow.
pub fn verify_chain(connection: &Connection) -> Result<AuditHead, AuditError> {
    let mut entries = connection.prepare("SELECT * FROM audit ORDER BY seq")?;
    let mut last = AuditHead {
        seq: 0,
        hash: Digest::from_bytes(GENESIS),
    };
    for entry in entries.query_map([], Stored::read)? {
        let entry = entry?;
        let hash = entry.derive_hash();
        let follows = entry.seq == last.seq + 1 && entry.prev == *last.hash.as_bytes();
        if !follows || entry.hash != *hash.as_bytes() {
            return Err(AuditError::Broken { seq: entry.seq });
        }
        last = AuditHead {
            seq: entry.seq,
            hash,
        };
    }
    Ok(last)
}
