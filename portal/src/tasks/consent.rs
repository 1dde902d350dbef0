//! The person's answer (M4): agree, decline, or "not me".

use quanshengshi_protocol::consent::{Consent, Decision};
use quanshengshi_protocol::ids::{DeviceId, Digest};
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::wire::ConsentAnswer;
use rusqlite::params;

use crate::audit::entry::{Actor, AuditEntry, AuditEvent};
use crate::devices::answers::{keep, kept};
use crate::devices::columns::{from_column, to_column};
use crate::devices::device::usable;
use crate::devices::refusal::{Fault, Refusal};
use crate::tasks::challenge::issue;
use crate::tasks::limits::NOTICE_VERSION;
use crate::tasks::row::TaskRow;
use crate::tasks::work::Work;

/// Milliseconds of a day, over which failed attempts are counted.
const DAY_MS: u64 = 86_400_000;

/// Takes the answer of a person whose device's signature was verified.
///
/// # Errors
/// `TASK_UNKNOWN`, `TXN_MISMATCH`, `CONSENT_REQUIRED` (the task stays as it is),
/// `SUBJECT_LIMIT` (the task goes to review), the refusal of a task that is elsewhere; or a fault
/// of storage or keys.
pub fn consent(
    work: &mut Work<'_>,
    consent: &Consent,
    request: Digest,
) -> Result<ConsentAnswer, Fault> {
    if let Some(answer) = kept(work.tx, request)? {
        return Ok(answer);
    }
    let device = usable(work.tx, consent.device)?.id;
    let mut row = work.held(consent.task, device)?;
    if consent.transaction != row.txn_hash {
        return Err(RefusalCode::TxnMismatch.into());
    }
    let challenge = match consent.decision {
        Decision::NotMe => {
            reject(work, &mut row, AuditEvent::NotMe)?;
            None
        }
        Decision::Decline => {
            reject(work, &mut row, AuditEvent::Declined)?;
            None
        }
        _ if row.state != TaskState::Claimed => return Err(row.refusal().into()),
        Decision::AgreeWithFace if consent.notice_version == NOTICE_VERSION => {
            agree(work, &mut row)?;
            within_limits(work, &mut row, device)?;
            Some(issue(work, &mut row)?)
        }
        Decision::AgreeWithFace | Decision::AgreeWithoutFace => {
            let reason = RefusalCode::ConsentRequired;
            work.record(&AuditEntry {
                reason: Some(reason),
                ..Work::about(&row, Actor::Phone, AuditEvent::FaceRefused)
            })?;
            return Err(reason.into());
        }
    };
    let answer = ConsentAnswer { challenge };
    let until = row.ends_at_ms + work.tools.limits.afterwards_ms;
    keep(work.tx, request, &answer, until)?;
    Ok(answer)
}

fn reject(work: &mut Work<'_>, row: &mut TaskRow, event: AuditEvent) -> Result<(), Fault> {
    if row.state.may_become(TaskState::Rejected) {
        work.end(row, TaskState::Rejected, Some(RefusalCode::TaskRejected))?;
        work.audit(row, Actor::Phone, event)
    } else {
        Err(row.refusal().into())
    }
}

fn agree(work: &mut Work<'_>, row: &mut TaskRow) -> Result<(), Fault> {
    let wait_ms = work.tools.limits.agreed_ms;
    work.turn(row, TaskState::Consented, wait_ms)?;
    let notice = format!("notice {NOTICE_VERSION}");
    work.record(&AuditEntry {
        decision: row.state.word(),
        policy: &notice,
        ..Work::about(row, Actor::Phone, AuditEvent::Consented)
    })
}

/// Sends a task to review when its person failed too often lately. The person on this device is
/// counted first, so that a stranger who fails on purpose does not lock out the person (A17).
fn within_limits(work: &mut Work<'_>, row: &mut TaskRow, device: DeviceId) -> Result<(), Fault> {
    let failures = Failures::count(work, row.subject, device)?;
    let Some(free_at_ms) = failures.free_at_ms(work) else {
        return Ok(());
    };
    let code = RefusalCode::SubjectLimit;
    work.end(row, TaskState::Review, Some(code))?;
    work.audit(row, Actor::Portal, AuditEvent::Decided)?;
    Err(Fault::Refused(Refusal {
        code,
        retry_after_ms: Some(free_at_ms.saturating_sub(work.now_ms)),
    }))
}

/// How often a person failed within a day.
#[derive(Debug, Clone, Copy)]
pub struct Failures {
    on_device: u32,
    of_subject: u32,
    first_at_ms: u64,
}

impl Failures {
    /// Counts.
    ///
    /// # Errors
    /// [`Fault::Store`].
    pub fn count(work: &Work<'_>, subject: Digest, device: DeviceId) -> Result<Self, Fault> {
        let since = to_column(work.now_ms.saturating_sub(DAY_MS));
        let counted = work
            .tx
            .prepare_cached(
                "SELECT count(*), coalesce(sum(device = ?2), 0), coalesce(min(failed_at_ms), 0) \
                 FROM face_failure WHERE subject = ?1 AND failed_at_ms > ?3",
            )?
            .query_row(
                params![subject.as_bytes(), device.as_bytes(), since],
                |row| {
                    Ok(Self {
                        of_subject: row.get(0)?,
                        on_device: row.get(1)?,
                        first_at_ms: from_column(row.get(2)?),
                    })
                },
            )?;
        Ok(counted)
    }

    /// Writes another failure down.
    ///
    /// # Errors
    /// [`Fault::Store`].
    pub fn add(work: &Work<'_>, subject: Digest, device: DeviceId) -> Result<(), Fault> {
        work.tx
            .prepare_cached(
                "INSERT INTO face_failure (subject, device, failed_at_ms) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![
                subject.as_bytes(),
                device.as_bytes(),
                to_column(work.now_ms)
            ])?;
        Ok(())
    }

    /// When a limit that is reached ends, milliseconds since 1970; none when none is reached.
    pub fn free_at_ms(&self, work: &Work<'_>) -> Option<u64> {
        let limits = &work.tools.limits;
        let reached = self.on_device >= limits.failures_on_device
            || self.of_subject >= limits.failures_of_subject;
        reached.then_some(self.first_at_ms + DAY_MS)
    }
}
