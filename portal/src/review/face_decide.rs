//! What people say of a face, and what follows from it (protocol 5.8, decision record 43).

use quanshengshi_protocol::ids::TaskId;
use quanshengshi_protocol::transaction::Transaction as Agreed;
use rusqlite::{OptionalExtension as _, Transaction, params};

use crate::accounts::{AccountError, AccountId, mark_real_name_in};
use crate::audit::chain::append;
use crate::audit::entry::{Actor, AuditEntry, AuditEvent};
use crate::devices::uses;
use crate::notices::notice::Notice;
use crate::notices::queue_for_account;
use crate::review::application::State;
use crate::review::decide::{Opinion, follow, may_decide};
use crate::review::face_case::{account_kind, left_to_people, said, stands};
use crate::review::reviewer::Reviewer;
use crate::review::sweep::APPEAL_MS;
use crate::review::{Review, ReviewError, signed};
use crate::tasks::row::TaskRow;

/// Milliseconds in which an approval by people may be used for certificates. Its person has to
/// read a message and sign in first; five minutes, as at the PC, would be none.
pub const USABLE_MS: u64 = 24 * 3_600_000;

/// A decision as a reviewer sends it.
#[derive(Debug, Clone, Copy)]
pub struct FaceDecision {
    /// Which task.
    pub task: TaskId,
    /// Where it stood when the reviewer looked: a decision about something else is refused.
    pub seen: State,
    /// Whether it is the living person of the register's photo.
    pub approves: bool,
}

/// How people decided about a task of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaceOutcome {
    /// The task.
    pub task: TaskId,
    /// Whether they said yes.
    pub approved: bool,
    /// Whether its certificates can be opened now.
    pub usable: bool,
}

impl Review {
    /// Takes a decision about a face. What follows from it — the account, the message, the audit
    /// — happens with it or not at all.
    ///
    /// # Errors
    /// [`ReviewError::Unknown`]; [`ReviewError::Moved`] when it no longer stands where it was
    /// seen; [`ReviewError::NotYours`] by role, or the second time; [`ReviewError::Taken`] when
    /// the account is gone; the storage's.
    ///
    /// # Cancellation
    /// It is taken once it was queued.
    pub async fn decide_face(
        &self,
        reviewer: Reviewer,
        decision: FaceDecision,
    ) -> Result<State, ReviewError> {
        let now_ms = self.clock.now_ms();
        self.store
            .write(move |transaction| decide(transaction, now_ms, &reviewer, decision))
            .await
    }

    /// Uses an approval by people for the certificates of its task, once and within a day.
    ///
    /// # Errors
    /// [`ReviewError::Unknown`] for another account's, [`ReviewError::Moved`] when there is
    /// nothing to use any more, the storage's.
    ///
    /// # Cancellation
    /// It may be used up.
    pub async fn use_face_approval(
        &self,
        account: AccountId,
        task: TaskId,
    ) -> Result<(TaskRow, Agreed), ReviewError> {
        let now_ms = self.clock.now_ms();
        self.store
            .write(move |transaction| {
                let row = left_to_people(transaction, task)?;
                if row.account != account || !row.kind.opens_certificates() {
                    return Err(ReviewError::Unknown);
                }
                let used = transaction.execute(
                    "UPDATE face_outcomes SET used_at_ms = ?2 WHERE task = ?1 AND approved = 1 \
                     AND used_at_ms IS NULL AND ended_at_ms > ?3",
                    params![
                        task.as_bytes(),
                        signed(now_ms),
                        signed(now_ms.saturating_sub(USABLE_MS))
                    ],
                )?;
                if used != 1 {
                    return Err(ReviewError::Moved);
                }
                let entry = AuditEntry {
                    task: Some(task),
                    transaction: Some(row.txn_hash),
                    ..AuditEntry::new(Actor::Page, AuditEvent::Closed)
                };
                append(transaction, now_ms, &entry)?;
                let agreed = row.agreed()?;
                Ok((row, agreed))
            })
            .await
    }

    /// How people decided about the tasks of an account.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn face_outcomes(&self, account: AccountId) -> Result<Vec<FaceOutcome>, ReviewError> {
        let usable_from = signed(self.clock.now_ms().saturating_sub(USABLE_MS));
        self.store
            .read(move |connection| {
                let sql = "SELECT face_outcomes.task, approved, \
                           approved = 1 AND task.kind IN (3, 4) AND used_at_ms IS NULL \
                           AND ended_at_ms > ?2 \
                           FROM face_outcomes JOIN task ON task.id = face_outcomes.task \
                           WHERE task.account = ?1";
                let mut statement = connection.prepare_cached(sql)?;
                let rows = statement.query_map([account.0, usable_from], |row| {
                    Ok(FaceOutcome {
                        task: TaskId::from_bytes(row.get(0)?),
                        approved: row.get(1)?,
                        usable: row.get(2)?,
                    })
                })?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .await
    }
}

fn decide(
    transaction: &Transaction<'_>,
    now_ms: u64,
    reviewer: &Reviewer,
    decision: FaceDecision,
) -> Result<State, ReviewError> {
    let row = left_to_people(transaction, decision.task)?;
    let earlier = said(transaction, row.id)?;
    if earlier.iter().any(|said| said.reviewer == reviewer.id) {
        return Err(ReviewError::NotYours);
    }
    let state = stands(transaction, &row, &earlier)?;
    if state != decision.seen {
        return Err(ReviewError::Moved);
    }
    if !may_decide(reviewer, state, &earlier) {
        return Err(ReviewError::NotYours);
    }
    let opinion = if decision.approves {
        Opinion::Approve
    } else {
        Opinion::Return(Vec::new())
    };
    let kind = account_kind(transaction, &row)?;
    let (next, _) = follow(kind, state, &earlier, &opinion);
    transaction.execute(
        "INSERT INTO face_decisions VALUES (?1, ?2, ?3, ?4)",
        params![
            row.id.as_bytes(),
            reviewer.id.0,
            decision.approves,
            signed(now_ms)
        ],
    )?;
    let entry = AuditEntry {
        task: Some(row.id),
        transaction: Some(row.txn_hash),
        reviewer: Some(reviewer.id.0),
        decision: if decision.approves {
            "approve"
        } else {
            "return"
        },
        ..AuditEntry::new(Actor::Reviewer, AuditEvent::FaceCaseDecided)
    };
    append(transaction, now_ms, &entry)?;
    if !next.is_open() {
        end(transaction, now_ms, &row, next == State::Approved)?;
    }
    Ok(next)
}

fn end(
    transaction: &Transaction<'_>,
    now_ms: u64,
    row: &TaskRow,
    approved: bool,
) -> Result<(), ReviewError> {
    transaction.execute(
        "INSERT INTO face_outcomes (task, approved, ended_at_ms) VALUES (?1, ?2, ?3)",
        params![row.id.as_bytes(), approved, signed(now_ms)],
    )?;
    // As for applications: kept for the time of an appeal, then gone (protocol 5.10).
    transaction.execute(
        "UPDATE evidence SET pictures_end_at_ms = ?2 \
         WHERE task = ?1 AND submission_sealed IS NOT NULL",
        params![row.id.as_bytes(), signed(now_ms + APPEAL_MS)],
    )?;
    if approved {
        if !row.kind.opens_certificates() {
            mark_real_name_in(transaction, row.account).map_err(|error| match error {
                AccountError::Unknown => ReviewError::Taken,
                other => other.into(),
            })?;
            let entry = AuditEntry {
                task: Some(row.id),
                ..AuditEntry::new(Actor::Portal, AuditEvent::RealName)
            };
            append(transaction, now_ms, &entry)?;
        }
        if let Some(device) = row.device {
            uses::note(transaction, now_ms, row.account, device)?;
        }
    }
    let notice = match (approved, row.kind.opens_certificates()) {
        (false, _) => Notice::FaceRefused,
        (true, false) => Notice::FaceRealName,
        (true, true) => Notice::FaceCertificates,
    };
    queue_for_account(transaction, now_ms, row.account, &notice)?;
    Ok(())
}

/// Whether people still have to look at a task of an account: it is kept as long.
///
/// # Errors
/// The storage's.
pub fn waits_for_people(
    connection: &rusqlite::Connection,
    account: AccountId,
) -> rusqlite::Result<bool> {
    let sql = format!("SELECT 1 FROM accounts WHERE id = ?1 AND {UNDER_REVIEW}");
    let found: Option<i64> = connection
        .prepare_cached(&sql)?
        .query_row([account.0], |row| row.get(0))
        .optional()?;
    Ok(found.is_some())
}

/// The condition on a row of `accounts` for [`waits_for_people`].
pub const UNDER_REVIEW: &str = "EXISTS (SELECT 1 FROM task WHERE task.account = accounts.id \
     AND task.state = 'review' AND NOT EXISTS \
     (SELECT 1 FROM face_outcomes WHERE face_outcomes.task = task.id))";
