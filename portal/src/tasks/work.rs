//! A write in progress: the transaction, the time, and the events to tell once it is synced.

use std::sync::Arc;

use quanshengshi_protocol::ids::{DeviceId, Digest, TaskId};
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::states::TaskState;
use rusqlite::Transaction;

use crate::audit::chain::append;
use crate::audit::entry::{Actor, AuditEntry, AuditEvent};
use crate::devices::refusal::Fault;
use crate::events::{TaskChange, TaskEvent};
use crate::random::Random;
use crate::signing::portal_keys::PortalKeys;
use crate::tasks::lapse::settle;
use crate::tasks::limits::Limits;
use crate::tasks::row::TaskRow;

/// What every step needs.
#[derive(Debug)]
pub struct Tools {
    /// The portal's keys.
    pub keys: Arc<PortalKeys>,
    /// The portal's randomness.
    pub random: Random,
    /// The limits in force.
    pub limits: Limits,
    /// The portal's address as it stands in codes, such as `https://www.zwfw.hlj.gov.cn`.
    pub origin: String,
}

/// A write in progress.
#[derive(Debug)]
pub struct Work<'a> {
    /// The transaction everything of the step runs in.
    pub tx: &'a Transaction<'a>,
    /// Portal time of the step.
    pub now_ms: u64,
    /// What every step needs.
    pub tools: &'a Tools,
    /// What to tell once the write is synced.
    pub events: Vec<TaskEvent>,
}

impl<'a> Work<'a> {
    /// Begins.
    pub fn new(tx: &'a Transaction<'a>, now_ms: u64, tools: &'a Tools) -> Self {
        Self {
            tx,
            now_ms,
            tools,
            events: Vec::new(),
        }
    }

    /// The task, with its time limits applied.
    ///
    /// # Errors
    /// `TASK_UNKNOWN`, or a fault of the storage.
    pub fn task(&mut self, id: TaskId) -> Result<TaskRow, Fault> {
        let mut row = TaskRow::find(self.tx, id)?.ok_or(RefusalCode::TaskUnknown)?;
        settle(self, &mut row)?;
        Ok(row)
    }

    /// The task, if this device holds it; to every other device it does not exist.
    ///
    /// # Errors
    /// `TASK_UNKNOWN`, or a fault of the storage.
    pub fn held(&mut self, id: TaskId, device: DeviceId) -> Result<TaskRow, Fault> {
        let row = self.task(id)?;
        if row.device == Some(device) {
            Ok(row)
        } else {
            Err(RefusalCode::TaskUnknown.into())
        }
    }

    /// The task, if it was opened by this PC session.
    ///
    /// # Errors
    /// `TASK_UNKNOWN`, or a fault of the storage.
    pub fn of_session(&mut self, id: TaskId, session: Digest) -> Result<TaskRow, Fault> {
        let row = self.task(id)?;
        if row.session == session {
            Ok(row)
        } else {
            Err(RefusalCode::TaskUnknown.into())
        }
    }

    /// Turns a task to its next state, which lasts `wait_ms`, if it still stands where the row
    /// says. The row must carry every other change already.
    ///
    /// # Errors
    /// `TASK_STATE` when the step does not follow, or a fault of the storage.
    pub fn turn(&mut self, row: &mut TaskRow, next: TaskState, wait_ms: u64) -> Result<(), Fault> {
        if !row.state.may_become(next) {
            return Err(RefusalCode::TaskState.into());
        }
        let before = TaskRow::find(self.tx, row.id)?.ok_or(RefusalCode::TaskUnknown)?;
        if before.state != row.state {
            return Err(RefusalCode::TaskState.into());
        }
        row.state = next;
        row.wait_ends_at_ms = self.now_ms.saturating_add(wait_ms);
        row.update(self.tx, &before)?;
        self.tell(row.id, TaskChange::State(next));
        Ok(())
    }

    /// Ends a task.
    ///
    /// # Errors
    /// As [`Work::turn`].
    pub fn end(
        &mut self,
        row: &mut TaskRow,
        next: TaskState,
        reason: Option<RefusalCode>,
    ) -> Result<(), Fault> {
        row.reason = reason;
        self.turn(row, next, 0)
    }

    /// Tells the waiting page once the write is synced.
    pub fn tell(&mut self, task: TaskId, change: TaskChange) {
        self.events.push(TaskEvent { task, change });
    }

    /// Writes an entry about a task into the audit.
    ///
    /// # Errors
    /// [`Fault::Store`].
    pub fn audit(&self, row: &TaskRow, actor: Actor, event: AuditEvent) -> Result<(), Fault> {
        self.record(&AuditEntry {
            reason: row.reason,
            decision: row.state.word(),
            ..Self::about(row, actor, event)
        })
    }

    /// An entry about a task, to be completed and given to [`Work::record`].
    pub fn about<'b>(row: &TaskRow, actor: Actor, event: AuditEvent) -> AuditEntry<'b> {
        AuditEntry {
            task: Some(row.id),
            transaction: Some(row.txn_hash),
            device: row.device,
            ..AuditEntry::new(actor, event)
        }
    }

    /// Writes an entry into the audit.
    ///
    /// # Errors
    /// [`Fault::Store`].
    pub fn record(&self, entry: &AuditEntry<'_>) -> Result<(), Fault> {
        Ok(append(self.tx, self.now_ms, entry)?)
    }
}
