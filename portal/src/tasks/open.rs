//! A page opens a task, gives it up, uses its approval.

use quanshengshi_protocol::ids::{Digest, TaskId};
use quanshengshi_protocol::invitation::InvitationKey;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Statement as _;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::{
    MOST_OBJECTS, PcContext, TaskKind, TaskObject, Transaction,
};
use rusqlite::params;

use crate::accounts::AccountId;
use crate::audit::entry::{Actor, AuditEvent};
use crate::devices::columns::to_column;
use crate::devices::refusal::{Fault, Refusal};
use crate::tasks::row::TaskRow;
use crate::tasks::typed;
use crate::tasks::work::{Tools, Work};

/// A minute, over which new tasks of a session are counted.
const MINUTE_MS: u64 = 60_000;

/// What a page asks for. The texts are masked already: they travel to the phone.
#[derive(Debug, Clone)]
pub struct NewTask {
    /// What it is about.
    pub kind: TaskKind,
    /// The account it is for.
    pub account: AccountId,
    /// Digest of the PC session's secret.
    pub session: Digest,
    /// The enterprise's name, or the person's masked name.
    pub account_label: String,
    /// The account's number, masked.
    pub account_number_masked: String,
    /// Whose face is asked for, masked.
    pub subject_label: String,
    /// That person's document number, masked.
    pub subject_document_masked: String,
    /// That person's document number as the register knows it. It never leaves the portal.
    pub subject_document: String,
    /// The certificates asked for.
    pub objects: Vec<TaskObject>,
    /// What the copy is for; empty when nothing is copied.
    pub purpose: String,
    /// The mobile number bound to the account, masked; empty when none is.
    pub mobile_masked: String,
    /// Where the request comes from.
    pub pc: PcContext,
}

/// Opens a task.
///
/// # Errors
/// `DEVICE_LIMIT` when the session opens too many, `REQUEST_MALFORMED` when certificates are
/// asked for without naming one, or a fault of storage or keys.
pub fn open(work: &mut Work<'_>, new: NewTask) -> Result<TaskId, Fault> {
    let named = (1..=MOST_OBJECTS).contains(&new.objects.len());
    if new.kind.opens_certificates() != named {
        return Err(RefusalCode::RequestMalformed.into());
    }
    let since = to_column(work.now_ms.saturating_sub(MINUTE_MS));
    let opened: u32 = work
        .tx
        .prepare_cached("SELECT count(*) FROM task WHERE session = ?1 AND created_at_ms > ?2")?
        .query_row(params![new.session.as_bytes(), since], |row| row.get(0))?;
    if opened >= work.tools.limits.opened_per_minute {
        return Err(Fault::Refused(Refusal {
            code: RefusalCode::DeviceLimit,
            retry_after_ms: Some(MINUTE_MS),
        }));
    }
    let row = make(work.tools, work.now_ms, new)?;
    row.insert(work.tx)?;
    typed::make(work, &row)?;
    work.audit(&row, Actor::Page, AuditEvent::Opened)?;
    Ok(row.id)
}

fn make(tools: &Tools, now_ms: u64, new: NewTask) -> Result<TaskRow, Fault> {
    let id = TaskId::from_bytes(tools.random.make_bytes()?);
    let subject = tools.keys.derive_subject(&new.subject_document);
    let agreed = Transaction {
        task: id,
        kind: new.kind,
        account: new.account_label,
        account_number: new.account_number_masked,
        subject: new.subject_label,
        subject_document: new.subject_document_masked,
        subject_key: subject,
        objects: new.objects,
        purpose: new.purpose,
        mobile: new.mobile_masked,
        pc: new.pc,
        created_at_ms: now_ms,
    };
    let txn = agreed.signing_bytes();
    let sealing = &tools.keys.sealing;
    let code_key: [u8; 32] = tools.random.make_bytes()?;
    let ends_at_ms = now_ms.saturating_add(tools.limits.code_ms);
    Ok(TaskRow {
        id,
        kind: new.kind,
        account: new.account,
        session: new.session,
        state: TaskState::Created,
        reason: None,
        txn_hash: Digest::of(&txn),
        txn,
        subject,
        document_sealed: sealing.seal(
            "task.document",
            id.as_bytes(),
            new.subject_document.as_bytes(),
        )?,
        code_key_sealed: sealing.seal("task.code_key", id.as_bytes(), &code_key)?,
        created_at_ms: now_ms,
        wait_ends_at_ms: ends_at_ms,
        ends_at_ms,
        device: None,
        attempt: 0,
        approved_at_ms: None,
    })
}

/// The key of a task's code.
///
/// # Errors
/// A fault of the keys.
pub fn code_key(tools: &Tools, row: &TaskRow) -> Result<InvitationKey, Fault> {
    let bytes =
        tools
            .keys
            .sealing
            .open_sealed("task.code_key", row.id.as_bytes(), &row.code_key_sealed)?;
    let bytes = bytes.try_into().map_err(|_| Fault::Damaged("code key"))?;
    Ok(InvitationKey::from_bytes(&bytes))
}

/// The document number of the person whose face a task asks for.
///
/// # Errors
/// A fault of the keys.
pub fn document(tools: &Tools, row: &TaskRow) -> Result<String, Fault> {
    let bytes =
        tools
            .keys
            .sealing
            .open_sealed("task.document", row.id.as_bytes(), &row.document_sealed)?;
    String::from_utf8(bytes).map_err(|_| Fault::Damaged("document"))
}

/// The page gives a task up.
///
/// # Errors
/// `TASK_UNKNOWN` for another session's, `TASK_STATE` when it is judged or over.
pub fn cancel(work: &mut Work<'_>, id: TaskId, session: Digest) -> Result<(), Fault> {
    let mut row = work.of_session(id, session)?;
    if row.state == TaskState::Cancelled {
        return Ok(());
    }
    give_up(work, &mut row, Actor::Page)
}

/// Gives a task up.
///
/// # Errors
/// `TASK_STATE` when it is judged or over.
pub fn give_up(work: &mut Work<'_>, row: &mut TaskRow, actor: Actor) -> Result<(), Fault> {
    work.end(row, TaskState::Cancelled, Some(RefusalCode::TaskCancelled))?;
    work.audit(row, actor, AuditEvent::Cancelled)
}

/// The page used the approval: it opens nothing more. Doing it twice is the same as once.
///
/// # Errors
/// `TASK_UNKNOWN` for another session's, or the refusal of a task that is not approved.
pub fn close(work: &mut Work<'_>, id: TaskId, session: Digest) -> Result<(), Fault> {
    let mut row = work.of_session(id, session)?;
    match row.state {
        TaskState::Closed => Ok(()),
        TaskState::Approved => {
            work.end(&mut row, TaskState::Closed, None)?;
            work.audit(&row, Actor::Page, AuditEvent::Closed)
        }
        _ => Err(row.refusal().into()),
    }
}

/// The PC session got a new secret (A5): its tasks go with it.
///
/// # Errors
/// `TASK_UNKNOWN` for another session's, or a fault of the storage.
pub fn rebind(work: &mut Work<'_>, id: TaskId, from: Digest, to: Digest) -> Result<(), Fault> {
    let row = work.of_session(id, from)?;
    work.tx
        .prepare_cached("UPDATE task SET session = ?1 WHERE id = ?2")?
        .execute(params![to.as_bytes(), row.id.as_bytes()])?;
    Ok(())
}
