//! What a page sees of a task.

use quanshengshi_protocol::ids::TaskId;
use quanshengshi_protocol::invitation::{Invitation, STEP_MS};
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::{TaskKind, TaskObject};

use crate::accounts::AccountId;
use crate::devices::refusal::Fault;
use crate::tasks::open::code_key;
use crate::tasks::row::TaskRow;
use crate::tasks::work::Tools;

/// A task as its page sees it at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskView {
    /// Its name.
    pub id: TaskId,
    /// What it is about.
    pub kind: TaskKind,
    /// The account it is for.
    pub account: AccountId,
    /// Where it stands.
    pub state: TaskState,
    /// Why it ended, when it ended badly.
    pub reason: Option<RefusalCode>,
    /// The certificates asked for.
    pub objects: Vec<TaskObject>,
    /// What the copy is for.
    pub purpose: String,
    /// The whole text of the QR code at this moment, while the task waits for a phone.
    pub code: Option<String>,
    /// Digits to type instead of scanning, while the task waits for a phone; [`view`] leaves them
    /// to [`crate::tasks::desk::TaskDesk::view`].
    pub typed_code: Option<String>,
    /// Milliseconds until the text of the code is another one; 0 without a code.
    pub code_ends_in_ms: u64,
    /// Milliseconds until the present state ends by itself; 0 when it is final.
    pub state_ends_in_ms: u64,
    /// Attempts that are left, the present one included.
    pub attempts_left: u8,
}

/// The view of a task whose time limits were applied.
///
/// # Errors
/// A fault of the keys, or [`Fault::Damaged`].
pub fn view(tools: &Tools, row: &TaskRow, now_ms: u64) -> Result<TaskView, Fault> {
    let agreed = row.agreed()?;
    let age_ms = now_ms.saturating_sub(row.created_at_ms);
    let (code, code_ends_in_ms) = if row.state == TaskState::Created {
        let code = code_key(tools, row)?.derive_code(row.id, age_ms / STEP_MS);
        let text = Invitation::written(&tools.origin, &code);
        (Some(text), STEP_MS - age_ms % STEP_MS)
    } else {
        (None, 0)
    };
    let begun = row.attempt.saturating_sub(1);
    Ok(TaskView {
        id: row.id,
        kind: row.kind,
        account: row.account,
        state: row.state,
        reason: row.reason,
        objects: agreed.objects,
        purpose: agreed.purpose,
        code,
        typed_code: None,
        code_ends_in_ms,
        state_ends_in_ms: if row.state.is_final() {
            0
        } else {
            row.wait_ends_at_ms.saturating_sub(now_ms)
        },
        attempts_left: if row.state.is_final() {
            0
        } else {
            tools.limits.attempts.saturating_sub(begun)
        },
    })
}
