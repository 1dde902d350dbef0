//! A task as it is stored.

use quanshengshi_protocol::ids::{DeviceId, Digest, TaskId};
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Statement as _;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::{TaskKind, Transaction as Agreed};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};

use crate::accounts::AccountId;
use crate::devices::columns::{from_column, to_column};
use crate::devices::refusal::Fault;

/// A stored task.
#[derive(Debug, Clone)]
pub struct TaskRow {
    /// Its name.
    pub id: TaskId,
    /// What it is about.
    pub kind: TaskKind,
    /// The account it is for.
    pub account: AccountId,
    /// Digest of the PC session's secret.
    pub session: Digest,
    /// Where it stands.
    pub state: TaskState,
    /// Why it ended, when it ended badly.
    pub reason: Option<RefusalCode>,
    /// The canonical bytes of what is agreed to.
    pub txn: Vec<u8>,
    /// Their digest.
    pub txn_hash: Digest,
    /// Names the person whose face is asked for.
    pub subject: Digest,
    /// That person's document number, sealed.
    pub document_sealed: Vec<u8>,
    /// The key of its code, sealed.
    pub code_key_sealed: Vec<u8>,
    /// Portal time of creation.
    pub created_at_ms: u64,
    /// Portal time at which the present state ends.
    pub wait_ends_at_ms: u64,
    /// Portal time at which the whole task ends.
    pub ends_at_ms: u64,
    /// The phone that claimed it.
    pub device: Option<DeviceId>,
    /// The present attempt, from 1; 0 before the first.
    pub attempt: u8,
    /// Portal time of the approval.
    pub approved_at_ms: Option<u64>,
}

impl TaskRow {
    /// The task of a name.
    ///
    /// # Errors
    /// [`Fault::Store`] or [`Fault::Damaged`].
    pub fn find(connection: &Connection, id: TaskId) -> Result<Option<Self>, Fault> {
        let found = connection
            .prepare_cached("SELECT * FROM task WHERE id = ?1")?
            .query_row([id.as_bytes()], |row| Ok(Self::read(row)))
            .optional()?;
        found.transpose()
    }

    /// The tasks a query names; its columns are those of the table.
    ///
    /// # Errors
    /// [`Fault::Store`] or [`Fault::Damaged`].
    pub fn select(
        connection: &Connection,
        sql: &str,
        values: impl rusqlite::Params,
    ) -> Result<Vec<Self>, Fault> {
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map(values, |row| Ok(Self::read(row)))?;
        let mut tasks = Vec::new();
        for row in rows {
            tasks.push(row??);
        }
        Ok(tasks)
    }

    fn read(row: &Row<'_>) -> Result<Self, Fault> {
        let state: String = row.get("state")?;
        let reason: String = row.get("reason")?;
        let device: Option<[u8; 16]> = row.get("device")?;
        let approved: Option<i64> = row.get("approved_at_ms")?;
        let time = |column: &str| row.get(column).map(from_column);
        Ok(Self {
            id: TaskId::from_bytes(row.get("id")?),
            kind: TaskKind::from_code(row.get("kind")?).ok_or(Fault::Damaged("task kind"))?,
            account: AccountId(row.get("account")?),
            session: Digest::from_bytes(row.get("session")?),
            state: TaskState::from_word(&state).ok_or(Fault::Damaged("task state"))?,
            reason: RefusalCode::from_code(&reason),
            txn: row.get("txn")?,
            txn_hash: Digest::from_bytes(row.get("txn_hash")?),
            subject: Digest::from_bytes(row.get("subject")?),
            document_sealed: row.get("document_sealed")?,
            code_key_sealed: row.get("code_key_sealed")?,
            created_at_ms: time("created_at_ms")?,
            wait_ends_at_ms: time("wait_ends_at_ms")?,
            ends_at_ms: time("ends_at_ms")?,
            device: device.map(DeviceId::from_bytes),
            attempt: row.get("attempt")?,
            approved_at_ms: approved.map(from_column),
        })
    }

    /// Stores a new task.
    ///
    /// # Errors
    /// [`Fault::Store`].
    pub fn insert(&self, transaction: &Transaction<'_>) -> Result<(), Fault> {
        transaction
            .prepare_cached(
                "INSERT INTO task (id, kind, account, session, state, reason, txn, txn_hash, \
                 subject, document_sealed, code_key_sealed, created_at_ms, wait_ends_at_ms, \
                 ends_at_ms, device, attempt, approved_at_ms) VALUES (?1, ?2, ?3, ?4, ?5, '', \
                 ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, NULL, 0, NULL)",
            )?
            .execute(params![
                self.id.as_bytes(),
                self.kind.code(),
                self.account.0,
                self.session.as_bytes(),
                self.state.word(),
                self.txn,
                self.txn_hash.as_bytes(),
                self.subject.as_bytes(),
                self.document_sealed,
                self.code_key_sealed,
                to_column(self.created_at_ms),
                to_column(self.wait_ends_at_ms),
                to_column(self.ends_at_ms),
            ])?;
        Ok(())
    }

    /// Stores what may change, if the task still stands where `before` says.
    ///
    /// # Errors
    /// `TASK_STATE` when somebody else was first, [`Fault::Store`].
    pub fn update(&self, transaction: &Transaction<'_>, before: &Self) -> Result<(), Fault> {
        let changed = transaction
            .prepare_cached(
                "UPDATE task SET state = ?1, reason = ?2, wait_ends_at_ms = ?3, ends_at_ms = ?4, \
                 device = ?5, attempt = ?6, approved_at_ms = ?7 \
                 WHERE id = ?8 AND state = ?9 AND attempt = ?10",
            )?
            .execute(params![
                self.state.word(),
                self.reason.map_or("", RefusalCode::code),
                to_column(self.wait_ends_at_ms),
                to_column(self.ends_at_ms),
                self.device.map(|device| *device.as_bytes()),
                self.attempt,
                self.approved_at_ms.map(to_column),
                self.id.as_bytes(),
                before.state.word(),
                before.attempt,
            ])?;
        if changed == 1 {
            Ok(())
        } else {
            Err(RefusalCode::TaskState.into())
        }
    }

    /// What is agreed to.
    ///
    /// # Errors
    /// [`Fault::Damaged`].
    pub fn agreed(&self) -> Result<Agreed, Fault> {
        Agreed::parse(&self.txn).map_err(|_| Fault::Damaged("transaction"))
    }

    /// The refusal of a step that the present state does not allow.
    pub fn refusal(&self) -> RefusalCode {
        match self.state {
            TaskState::Expired => RefusalCode::TaskExpired,
            TaskState::Cancelled => RefusalCode::TaskCancelled,
            TaskState::Rejected => RefusalCode::TaskRejected,
            TaskState::Failed | TaskState::Review => self.reason.unwrap_or(RefusalCode::TaskState),
            _ => RefusalCode::TaskState,
        }
    }
}
