//! A phone claims a task with its code (M3).

use quanshengshi_protocol::claim::Claim;
use quanshengshi_protocol::ids::{DeviceId, Digest};
use quanshengshi_protocol::invitation::{InvitationKey, STEP_MS};
use quanshengshi_protocol::receipt::ClaimReceipt;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::states::TaskState;
use rusqlite::params;

use crate::audit::entry::{Actor, AuditEntry, AuditEvent};
use crate::devices::answers::{keep, kept};
use crate::devices::columns::{from_column, to_column};
use crate::devices::device::usable;
use crate::devices::refusal::{Fault, Refusal};
use crate::events::TaskChange;
use crate::tasks::limits::NOTICE_VERSION;
use crate::tasks::open::{code_key, give_up};
use crate::tasks::row::TaskRow;
use crate::tasks::work::Work;

/// Claims the task of a code for a device whose signature was verified.
///
/// # Errors
/// `QR_EXPIRED` for unknown, altered and expired codes alike; `QR_ALREADY_USED` when another
/// phone was first; `APP_TOO_OLD` for this kind of task; `DEVICE_LIMIT`, `DEVICE_REVOKED`, the refusal of a task that is over; or a
/// fault of storage or keys.
pub fn claim(
    work: &mut Work<'_>,
    claim: &Claim,
    request: Digest,
) -> Result<Signed<ClaimReceipt>, Fault> {
    if let Some(answer) = kept(work.tx, request)? {
        return Ok(answer);
    }
    let device = usable(work.tx, claim.device)?.id;
    count(work, device)?;
    let Some(mut row) = TaskRow::find(work.tx, claim.code.task)? else {
        // The same work as for a task that exists, so that the time tells nothing.
        let nobody = InvitationKey::from_bytes(&work.tools.random.make_bytes()?);
        let _ = nobody.check(&claim.code, 0);
        return Err(RefusalCode::QrExpired.into());
    };
    let step = work.now_ms.saturating_sub(row.created_at_ms) / STEP_MS;
    code_key(work.tools, &row)?
        .check(&claim.code, step)
        .map_err(|_| RefusalCode::QrExpired)?;
    crate::tasks::lapse::settle(work, &mut row)?;
    work.tools
        .limits
        .oldest_app
        .check(row.kind, &claim.app_version)?;
    let ours = row.device == Some(device);
    match row.state {
        TaskState::Created => take(work, &mut row, device)?,
        TaskState::Claimed if ours => {}
        TaskState::Expired if row.device.is_none() => return Err(RefusalCode::QrExpired.into()),
        _ if ours || row.device.is_none() => return Err(row.refusal().into()),
        _ => return Err(second_phone(work, &row, device)?),
    }
    let receipt = work.tools.keys.signer.sign(&ClaimReceipt {
        transaction: row.agreed()?,
        device,
        claim_nonce: claim.nonce,
        notice_version: NOTICE_VERSION,
        issued_at_ms: work.now_ms,
        expires_at_ms: row.wait_ends_at_ms,
    })?;
    let until = row.ends_at_ms + work.tools.limits.afterwards_ms;
    keep(work.tx, request, &receipt, until)?;
    Ok(receipt)
}

fn take(work: &mut Work<'_>, row: &mut TaskRow, device: DeviceId) -> Result<(), Fault> {
    let older = TaskRow::select(
        work.tx,
        "SELECT * FROM task WHERE device = ?1 AND state IN ('claimed', 'consented', 'challenged')",
        [device.as_bytes()],
    )?;
    for mut task in older {
        give_up(work, &mut task, Actor::Phone)?;
    }
    row.device = Some(device);
    row.ends_at_ms = work.now_ms + work.tools.limits.whole_ms;
    let reading_ms = work.tools.limits.reading_ms;
    work.turn(row, TaskState::Claimed, reading_ms)?;
    work.audit(row, Actor::Phone, AuditEvent::Claimed)
}

/// Tells the page that a second phone tried, and gives the refusal for that phone.
fn second_phone(work: &mut Work<'_>, row: &TaskRow, device: DeviceId) -> Result<Fault, Fault> {
    let code = RefusalCode::QrAlreadyUsed;
    work.tell(row.id, TaskChange::SecondPhone);
    work.record(&AuditEntry {
        device: Some(device),
        reason: Some(code),
        ..Work::about(row, Actor::Phone, AuditEvent::SecondPhone)
    })?;
    Ok(code.into())
}

/// Counts a claim of a device against its limit.
fn count(work: &Work<'_>, device: DeviceId) -> Result<(), Fault> {
    let limits = &work.tools.limits;
    let since = to_column(work.now_ms.saturating_sub(limits.claims_ms));
    let (tries, first): (u32, Option<i64>) = work
        .tx
        .prepare_cached(
            "SELECT count(*), min(tried_at_ms) FROM claim_try WHERE device = ?1 AND tried_at_ms > ?2",
        )?
        .query_row(params![device.as_bytes(), since], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    if tries >= limits.claims {
        let free_at_ms = first.map_or(0, from_column) + limits.claims_ms;
        return Err(Fault::Refused(Refusal {
            code: RefusalCode::DeviceLimit,
            retry_after_ms: Some(free_at_ms.saturating_sub(work.now_ms)),
        }));
    }
    work.tx
        .prepare_cached("INSERT INTO claim_try (device, tried_at_ms) VALUES (?1, ?2)")?
        .execute(params![device.as_bytes(), to_column(work.now_ms)])?;
    Ok(())
}
