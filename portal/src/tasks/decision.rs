//! What a finding does to a task (M9), and the answer for the phone.

use quanshengshi_protocol::ids::{DeviceId, Digest, EvidenceId};
use quanshengshi_protocol::outcome::{Outcome, Verdict};
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::TaskKind;
use quanshengshi_protocol::wire::EvidenceAnswer;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::accounts::mark_real_name_in;
use crate::audit::entry::{Actor, AuditEntry, AuditEvent};
use crate::devices::columns::to_column;
use crate::devices::refusal::Fault;
use crate::devices::uses;
use crate::notices::notice::Notice;
use crate::notices::queue_for_account;
use crate::tasks::challenge::issue;
use crate::tasks::consent::Failures;
use crate::tasks::row::TaskRow;
use crate::tasks::work::Work;
use quanshengshi_appraisal::finding::Finding;

/// Decides about evidence and keeps the answer. A finding that comes after the task's time for
/// appraisals is over changes nothing any more: people decide.
///
/// # Errors
/// A fault of storage, keys or accounts; then nothing was decided.
pub fn decide(
    work: &mut Work<'_>,
    row: &mut TaskRow,
    evidence: EvidenceId,
    finding: Finding,
    policy: &str,
) -> Result<EvidenceAnswer, Fault> {
    if let Some(answer) = kept_answer(work.tx, evidence)? {
        return Ok(answer);
    }
    let device = row.device.ok_or(RefusalCode::TaskState)?;
    let mut challenge = None;
    let verdict = if row.state == TaskState::Submitted {
        match finding {
            Finding::Approved(_) => approve(work, row)?,
            Finding::Review(reason) => {
                work.end(row, TaskState::Review, Some(reason))?;
                Verdict::Review(reason)
            }
            Finding::Retry(reason) => {
                let verdict = fail(work, row, device, reason)?;
                if matches!(verdict, Verdict::Retry(_)) {
                    challenge = Some(issue(work, row)?);
                }
                verdict
            }
        }
    } else {
        Verdict::Review(row.refusal())
    };
    let attempts_left = match verdict {
        Verdict::Retry(_) => work.tools.limits.attempts.saturating_sub(row.attempt - 1),
        _ => 0,
    };
    let outcome = work.tools.keys.signer.sign(&Outcome {
        task: row.id,
        evidence,
        transaction: row.txn_hash,
        verdict,
        attempts_left,
        decided_at_ms: work.now_ms,
    })?;
    let answer = EvidenceAnswer { outcome, challenge };
    keep_decision(work, evidence, verdict, &answer)?;
    let band = match finding {
        Finding::Approved(band) => band.word(),
        Finding::Retry(_) | Finding::Review(_) => "",
    };
    let policy = [policy, band].join(" ");
    work.record(&AuditEntry {
        evidence: header_hash(work.tx, evidence)?,
        decision: row.state.word(),
        reason: verdict.reason(),
        policy: policy.trim_end(),
        ..Work::about(row, Actor::Portal, AuditEvent::Decided)
    })?;
    Ok(answer)
}

fn approve(work: &mut Work<'_>, row: &mut TaskRow) -> Result<Verdict, Fault> {
    row.approved_at_ms = Some(work.now_ms);
    let approval_ms = work.tools.limits.approval_ms;
    work.turn(row, TaskState::Approved, approval_ms)?;
    tell_of_new_device(work, row)?;
    if let Some(device) = row.device {
        uses::note(work.tx, work.now_ms, row.account, device)?;
    }
    if matches!(
        row.kind,
        TaskKind::RealNamePersonal | TaskKind::RealNameLegal
    ) {
        mark_real_name_in(work.tx, row.account).map_err(|error| Fault::Room(error.to_string()))?;
        work.audit(row, Actor::Portal, AuditEvent::RealName)?;
    }
    Ok(Verdict::Approved)
}

/// Tells the account's number when a phone confirms for it for the first time (requirement SM-05).
fn tell_of_new_device(work: &Work<'_>, row: &TaskRow) -> Result<(), Fault> {
    let Some(device) = row.device else {
        return Ok(());
    };
    let before: i64 = work
        .tx
        .prepare_cached(
            "SELECT count(*) FROM task WHERE device = ?1 AND account = ?2 AND id <> ?3 \
             AND approved_at_ms IS NOT NULL",
        )?
        .query_row(
            params![device.as_bytes(), row.account.0, row.id.as_bytes()],
            |found| found.get(0),
        )?;
    if before == 0 {
        queue_for_account(work.tx, work.now_ms, row.account, &Notice::DeviceEnrolled)?;
    }
    Ok(())
}

/// A failed attempt: another one, or the end of the task. A change of the legal representative
/// is no failure of the face and leaves nothing to try again.
fn fail(
    work: &mut Work<'_>,
    row: &mut TaskRow,
    device: DeviceId,
    reason: RefusalCode,
) -> Result<Verdict, Fault> {
    let changed = reason == RefusalCode::LegalRepChanged;
    if !changed {
        Failures::add(work, row.subject, device)?;
    }
    let limited = Failures::count(work, row.subject, device)?
        .free_at_ms(work)
        .is_some();
    let last = changed || limited || row.attempt >= work.tools.limits.attempts;
    if last || work.now_ms >= row.ends_at_ms {
        work.end(row, TaskState::Failed, Some(reason))?;
        Ok(Verdict::Failed(reason))
    } else {
        Ok(Verdict::Retry(reason))
    }
}

/// Keeps the answer, and the pictures only as long as the decision needs them (protocol 5.10):
/// approved, not at all; failed, a day; review, until people have decided.
fn keep_decision(
    work: &Work<'_>,
    evidence: EvidenceId,
    verdict: Verdict,
    answer: &EvidenceAnswer,
) -> Result<(), Fault> {
    let text = serde_json::to_string(answer).map_err(|_| Fault::Damaged("answer"))?;
    let failed_until = work.now_ms + work.tools.limits.failed_pictures_ms;
    let pictures_end_at_ms = match verdict {
        Verdict::Retry(_) | Verdict::Failed(_) => Some(to_column(failed_until)),
        Verdict::Approved | Verdict::Review(_) => None,
    };
    work.tx
        .prepare_cached(
            "UPDATE evidence SET answer = ?1, decided_at_ms = ?2, pictures_end_at_ms = ?3, \
             submission_sealed = CASE WHEN ?4 THEN NULL ELSE submission_sealed END \
             WHERE id = ?5 AND answer IS NULL",
        )?
        .execute(params![
            text,
            to_column(work.now_ms),
            pictures_end_at_ms,
            verdict == Verdict::Approved,
            evidence.as_bytes(),
        ])?;
    Ok(())
}

/// The answer that was given to evidence.
///
/// # Errors
/// [`Fault::Store`], [`Fault::Damaged`].
pub fn kept_answer(
    connection: &Connection,
    evidence: EvidenceId,
) -> Result<Option<EvidenceAnswer>, Fault> {
    let text: Option<Option<String>> = connection
        .prepare_cached("SELECT answer FROM evidence WHERE id = ?1")?
        .query_row([evidence.as_bytes()], |row| row.get(0))
        .optional()?;
    parse(text.flatten())
}

/// The last answer of a task.
///
/// # Errors
/// [`Fault::Store`], [`Fault::Damaged`].
pub fn last_answer(
    connection: &Connection,
    row: &TaskRow,
) -> Result<Option<EvidenceAnswer>, Fault> {
    let text: Option<String> = connection
        .prepare_cached(
            "SELECT answer FROM evidence WHERE task = ?1 AND answer IS NOT NULL \
             ORDER BY received_at_ms DESC, rowid DESC LIMIT 1",
        )?
        .query_row([row.id.as_bytes()], |row| row.get(0))
        .optional()?;
    parse(text)
}

fn parse(text: Option<String>) -> Result<Option<EvidenceAnswer>, Fault> {
    text.map(|text| serde_json::from_str(&text).map_err(|_| Fault::Damaged("answer")))
        .transpose()
}

fn header_hash(connection: &Connection, evidence: EvidenceId) -> Result<Option<Digest>, Fault> {
    let hash: Option<[u8; 32]> = connection
        .prepare_cached("SELECT header_hash FROM evidence WHERE id = ?1")?
        .query_row([evidence.as_bytes()], |row| row.get(0))
        .optional()?;
    Ok(hash.map(Digest::from_bytes))
}
