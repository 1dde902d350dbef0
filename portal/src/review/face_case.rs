//! Confirmations by face that the portal left to people (protocol 5.8): the list, a case, its
//! pictures.

use quanshengshi_protocol::evidence::{EvidenceHeader, Submission};
use quanshengshi_protocol::ids::{EvidenceId, TaskId};
use quanshengshi_protocol::prompt::Prompt;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::TaskKind;
use quanshengshi_rules::working_days;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::accounts::AccountKind;
use crate::audit::chain::append;
use crate::audit::entry::{Actor, AuditEntry, AuditEvent};
use crate::review::application::State;
use crate::review::decide::{Said, may_decide};
use crate::review::reviewer::{Reviewer, ReviewerId, Role};
use crate::review::{Review, ReviewError};
use crate::tasks::row::TaskRow;

/// The tables of this room: what each reviewer said, and how it ended.
pub const SCHEMA: &str = "
CREATE TABLE face_decisions (
    task BLOB NOT NULL REFERENCES task (id),
    reviewer INTEGER NOT NULL REFERENCES reviewers (id),
    approves INTEGER NOT NULL,
    decided_at_ms INTEGER NOT NULL,
    PRIMARY KEY (task, reviewer)
) STRICT, WITHOUT ROWID;
CREATE TABLE face_outcomes (
    task BLOB PRIMARY KEY REFERENCES task (id),
    approved INTEGER NOT NULL,
    ended_at_ms INTEGER NOT NULL,
    used_at_ms INTEGER
) STRICT, WITHOUT ROWID;
";

/// The most rows of the list.
const MOST: u32 = 200;

/// Which tasks wait for people: not those of accounts that are gone, nor of accounts that have
/// proven their person since.
const WAITING: &str = "FROM task JOIN accounts ON accounts.id = task.account \
     WHERE task.state = 'review' AND accounts.state <> 'expired' \
     AND (task.kind NOT IN (?1, ?2) OR accounts.state = 'pending') \
     AND NOT EXISTS (SELECT 1 FROM face_outcomes WHERE face_outcomes.task = task.id)";

/// A confirmation by face that was left to people.
#[derive(Debug, Clone)]
pub struct FaceCase {
    /// The task as it ended.
    pub task: TaskRow,
    /// When somebody should have looked, milliseconds since 1970.
    pub due_at_ms: u64,
    /// Where the looking stands.
    pub state: State,
    /// Whether the one who looks may decide it.
    pub may_decide: bool,
    /// What the two before a senior said; empty for those who should look for themselves.
    pub opinions: Vec<bool>,
    /// What the kept pictures show, in their order; empty when there are none.
    pub pictures: Vec<Shown>,
}

/// What a picture of the capture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The face before the first prompt.
    Neutral,
    /// The largest movement of a prompt.
    Peak(Prompt),
    /// On the way to it or back.
    Strip(Prompt),
}

/// The name reviewers use: the first signs of the task's.
pub fn short_number(task: TaskId) -> String {
    let [a, b, c, d, ..] = *task.as_bytes();
    format!("{:08X}", u32::from_be_bytes([a, b, c, d]))
}

/// When a case that has waited since a moment should have been looked at.
pub fn due_at_ms(since_ms: u64) -> u64 {
    working_days::due_at_ms(since_ms).at_ms
}

impl Review {
    /// The confirmations that wait for people, the oldest first.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn face_cases(&self) -> Result<Vec<TaskRow>, ReviewError> {
        self.store
            .read(|connection| {
                // A task that ended waits for nothing: its wait ended when it did.
                let sql =
                    format!("SELECT task.* {WAITING} ORDER BY task.wait_ends_at_ms LIMIT {MOST}");
                let kinds = [TaskKind::RealNamePersonal, TaskKind::RealNameLegal];
                let kinds = kinds.map(TaskKind::code);
                Ok(TaskRow::select(connection, &sql, kinds)?)
            })
            .await
    }

    /// A case, and an entry in the audit that it and its pictures were looked at.
    ///
    /// # Errors
    /// [`ReviewError::Unknown`] for a task that was not left to people, the storage's.
    ///
    /// # Cancellation
    /// The entry may be written.
    pub async fn look_at_face(
        &self,
        reviewer: Reviewer,
        task: TaskId,
    ) -> Result<FaceCase, ReviewError> {
        let now_ms = self.clock.now_ms();
        let kept = self.submission(task).await?;
        let pictures = kept.map(|(header, _)| shown(&header)).unwrap_or_default();
        self.store
            .write(move |transaction| {
                let row = left_to_people(transaction, task)?;
                let entry = AuditEntry {
                    task: Some(task),
                    reviewer: Some(reviewer.id.0),
                    ..AuditEntry::new(Actor::Reviewer, AuditEvent::FaceCaseRead)
                };
                append(transaction, now_ms, &entry)?;
                let earlier = said(transaction, task)?;
                let state = stands(transaction, &row, &earlier)?;
                let knows = reviewer.role == Role::Auditor
                    || state == State::Senior && reviewer.role == Role::Senior
                    || !state.is_open();
                Ok(FaceCase {
                    due_at_ms: due_at_ms(row.wait_ends_at_ms),
                    may_decide: may_decide(&reviewer, state, &earlier),
                    opinions: earlier
                        .iter()
                        .filter(|_| knows)
                        .map(|said| said.approves)
                        .collect(),
                    task: row,
                    state,
                    pictures,
                })
            })
            .await
    }

    /// A picture of a capture, as the phone sent it.
    ///
    /// # Errors
    /// [`ReviewError::Unknown`] when there is none, or none any more, [`ReviewError::Sealing`],
    /// the storage's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn face_picture(&self, task: TaskId, at: usize) -> Result<Vec<u8>, ReviewError> {
        let look = move |connection: &Connection| left_to_people(connection, task).map(|_| ());
        self.store.read(look).await?;
        let (_, mut pictures) = self.submission(task).await?.ok_or(ReviewError::Unknown)?;
        if at >= pictures.len() {
            return Err(ReviewError::Unknown);
        }
        Ok(pictures.swap_remove(at))
    }

    /// The last evidence of a task whose pictures are still kept.
    async fn submission(
        &self,
        task: TaskId,
    ) -> Result<Option<(EvidenceHeader, Vec<Vec<u8>>)>, ReviewError> {
        let found: Option<([u8; 16], Vec<u8>)> = self
            .store
            .read(move |connection| {
                let sql = "SELECT id, submission_sealed FROM evidence \
                           WHERE task = ?1 AND submission_sealed IS NOT NULL \
                           ORDER BY received_at_ms DESC, rowid DESC LIMIT 1";
                let row = connection
                    .query_row(sql, [task.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)));
                Ok::<_, ReviewError>(row.optional()?)
            })
            .await?;
        let Some((id, sealed)) = found else {
            return Ok(None);
        };
        let id = EvidenceId::from_bytes(id);
        let sealing = &self.keys.sealing;
        let plain = sealing.open_sealed("evidence.submission", id.as_bytes(), &sealed)?;
        let submission = Submission::parse(&plain).map_err(|_| ReviewError::Damaged)?;
        // Its signature was verified before it was kept.
        let header = quanshengshi_protocol::statement::Statement::parse(submission.header.bytes())
            .map_err(|_| ReviewError::Damaged)?;
        Ok(Some((header, submission.pictures)))
    }
}

fn shown(header: &EvidenceHeader) -> Vec<Shown> {
    let prompts = header.spans.iter().flat_map(|span| {
        std::iter::once(Shown::Peak(span.prompt))
            .chain(span.strip.iter().map(|_| Shown::Strip(span.prompt)))
    });
    std::iter::once(Shown::Neutral).chain(prompts).collect()
}

/// The task, if it was left to people.
pub(super) fn left_to_people(
    connection: &Connection,
    task: TaskId,
) -> Result<TaskRow, ReviewError> {
    TaskRow::find(connection, task)?
        .filter(|row| row.state == TaskState::Review)
        .ok_or(ReviewError::Unknown)
}

/// What was said of a case, in its order.
pub(super) fn said(connection: &Connection, task: TaskId) -> Result<Vec<Said>, ReviewError> {
    let sql = "SELECT reviewer, approves FROM face_decisions \
               WHERE task = ?1 ORDER BY decided_at_ms, reviewer";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([task.as_bytes()], |row| {
        Ok(Said {
            reviewer: ReviewerId(row.get(0)?),
            approves: row.get(1)?,
            reasons: Vec::new(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Where the looking stands: the states of applications, with the same rules.
pub(super) fn stands(
    connection: &Connection,
    row: &TaskRow,
    earlier: &[Said],
) -> Result<State, ReviewError> {
    let sql = "SELECT approved FROM face_outcomes WHERE task = ?1";
    let ended: Option<bool> = connection
        .prepare_cached(sql)?
        .query_row([row.id.as_bytes()], |row| row.get(0))
        .optional()?;
    Ok(match (ended, earlier.len()) {
        (Some(true), _) => State::Approved,
        (Some(false), _) => State::Returned,
        (None, 0) => State::Submitted,
        (None, 1) => State::Second,
        (None, _) => State::Senior,
    })
}

/// Whose account a task is for.
pub(super) fn account_kind(
    connection: &Connection,
    row: &TaskRow,
) -> Result<AccountKind, ReviewError> {
    let word: Option<String> = connection
        .prepare_cached("SELECT kind FROM accounts WHERE id = ?1")?
        .query_row(params![row.account.0], |row| row.get(0))
        .optional()?;
    word.and_then(|word| AccountKind::from_word(&word))
        .ok_or(ReviewError::Unknown)
}
