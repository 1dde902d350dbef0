//! What the passing of time does to a task.

use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::states::TaskState;

use crate::audit::entry::{Actor, AuditEvent};
use crate::devices::refusal::Fault;
use crate::tasks::row::TaskRow;
use crate::tasks::work::Work;

/// What time has done to a task that was not yet told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lapse {
    /// Its wait, or the whole task, is over.
    Expired,
    /// Its challenge is over: the attempt is lost, not the task.
    Attempt,
    /// Its appraisal took too long: people decide.
    Appraisal,
}

/// What time has done to this task, if anything.
pub fn lapse(row: &TaskRow, now_ms: u64) -> Option<Lapse> {
    let waited = now_ms >= row.wait_ends_at_ms;
    match row.state {
        TaskState::Created | TaskState::Approved => waited.then_some(Lapse::Expired),
        TaskState::Claimed | TaskState::Consented => {
            (waited || now_ms >= row.ends_at_ms).then_some(Lapse::Expired)
        }
        TaskState::Challenged if now_ms >= row.ends_at_ms => Some(Lapse::Expired),
        TaskState::Challenged => waited.then_some(Lapse::Attempt),
        TaskState::Submitted => waited.then_some(Lapse::Appraisal),
        TaskState::Closed
        | TaskState::Rejected
        | TaskState::Expired
        | TaskState::Failed
        | TaskState::Cancelled
        | TaskState::Review => None,
    }
}

/// Whether a lapse ends the task; a lost attempt does so only when it was the last.
pub fn ends_task(row: &TaskRow, lapse: Lapse, attempts: u8) -> bool {
    lapse != Lapse::Attempt || row.attempt >= attempts
}

/// Writes down what time has done. A lost attempt that is not the last leaves the state: the next
/// challenge is made when the phone asks, so that its time begins then.
///
/// # Errors
/// A fault of the storage.
pub fn settle(work: &mut Work<'_>, row: &mut TaskRow) -> Result<(), Fault> {
    let Some(lapse) = lapse(row, work.now_ms) else {
        return Ok(());
    };
    if !ends_task(row, lapse, work.tools.limits.attempts) {
        return Ok(());
    }
    let (next, reason, event) = match lapse {
        Lapse::Expired => (
            TaskState::Expired,
            RefusalCode::TaskExpired,
            AuditEvent::Expired,
        ),
        Lapse::Attempt => (
            TaskState::Failed,
            RefusalCode::LivenessTimeout,
            AuditEvent::AttemptLost,
        ),
        Lapse::Appraisal => (
            TaskState::Review,
            RefusalCode::ServerBusy,
            AuditEvent::Decided,
        ),
    };
    work.end(row, next, Some(reason))?;
    work.audit(row, Actor::Portal, event)
}
