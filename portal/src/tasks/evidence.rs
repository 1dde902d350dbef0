//! Evidence arrives (M7): the same bytes once, for the open challenge, never seen before.

use quanshengshi_protocol::challenge::Challenge;
use quanshengshi_protocol::evidence::{EvidenceHeader, Submission};
use quanshengshi_protocol::ids::{ChallengeId, Digest, EvidenceId};
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Statement as _;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::wire::EvidenceAnswer;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::audit::entry::{Actor, AuditEntry, AuditEvent};
use crate::devices::columns::to_column;
use crate::devices::device::usable;
use crate::devices::refusal::Fault;
use crate::tasks::challenge;
use crate::tasks::decision::{decide, kept_answer};
use crate::tasks::open::document;
use crate::tasks::row::TaskRow;
use crate::tasks::work::Work;
use quanshengshi_appraisal::finding::Finding;

/// Evidence whose signature was verified.
#[derive(Debug)]
pub struct Received {
    /// Its header.
    pub header: EvidenceHeader,
    /// The header and the pictures.
    pub submission: Submission,
    /// Names these bytes without the signature.
    pub request: Digest,
    /// What was found of it without looking at a picture, if it does not hold.
    pub flaw: Option<RefusalCode>,
}

impl Received {
    /// Names what was received. The signature is left out: a keystore signs the same header
    /// differently each time.
    pub fn derive_request(submission: &Submission) -> Digest {
        let mut named = submission.header.bytes().to_vec();
        for picture in &submission.pictures {
            named.extend_from_slice(Digest::of(picture).as_bytes());
        }
        Digest::of(&named)
    }
}

/// What to do with evidence that arrived.
#[derive(Debug)]
pub enum Begun {
    /// It was decided before, or at once.
    Answered(Box<EvidenceAnswer>),
    /// It is to be judged, against the photo of the person with this document.
    Judge {
        /// The challenge it answers.
        challenge: Box<Challenge>,
        /// The task.
        task: Box<TaskRow>,
        /// Number of the person's document.
        document: String,
    },
}

/// Takes evidence in. The same bytes a second time are not taken in again.
///
/// # Errors
/// `IDEMPOTENCY_CONFLICT` for other bytes under the same name, `TASK_UNKNOWN`, `TXN_MISMATCH`,
/// `EVIDENCE_CHALLENGE_USED`, the refusal of a task that is elsewhere; or a fault of storage or
/// keys. All of them leave the task as it was.
pub fn begin(work: &mut Work<'_>, received: &Received) -> Result<Begun, Fault> {
    let header = &received.header;
    let device = usable(work.tx, header.device)?.id;
    let mut row = work.held(header.task, device)?;
    match known_request(work.tx, header.id)? {
        Some(request) if request != received.request => {
            return Err(RefusalCode::IdempotencyConflict.into());
        }
        Some(_) => return again(work, row, header),
        None => {}
    }
    if header.transaction != row.txn_hash {
        return Err(RefusalCode::TxnMismatch.into());
    }
    let open = challenge::open(work.tx, &row)?;
    let lapsed = work.now_ms >= row.wait_ends_at_ms;
    let Some(challenge) =
        open.filter(|open| !lapsed && open.id == header.challenge && open.nonce == header.nonce)
    else {
        let elsewhere = row.state != TaskState::Challenged && row.state != TaskState::Submitted;
        return Err(if elsewhere && row.state.is_final() {
            row.refusal().into()
        } else {
            RefusalCode::EvidenceChallengeUsed.into()
        });
    };
    let appraisal_ms = work.tools.limits.appraisal_ms;
    work.turn(&mut row, TaskState::Submitted, appraisal_ms)?;
    let flaw = match received.flaw {
        Some(flaw) => Some(flaw),
        None => seen_before(work, header)?,
    };
    store(work, received, flaw.is_none())?;
    let entry = Work::about(&row, Actor::Phone, AuditEvent::Submitted);
    let header_hash = Some(Digest::of(received.submission.header.bytes()));
    work.record(&AuditEntry {
        evidence: header_hash,
        ..entry
    })?;
    if let Some(flaw) = flaw {
        if forged(flaw) {
            work.record(&AuditEntry {
                evidence: header_hash,
                reason: Some(flaw),
                ..Work::about(&row, Actor::Portal, AuditEvent::Forged)
            })?;
        }
        let answer = decide(work, &mut row, header.id, Finding::Retry(flaw), "form")?;
        return Ok(Begun::Answered(Box::new(answer)));
    }
    judge(work, row, challenge)
}

/// Whether a flaw can hardly be an accident: a security event.
fn forged(flaw: RefusalCode) -> bool {
    matches!(
        flaw,
        RefusalCode::EvidenceDigest
            | RefusalCode::EvidenceMalformed
            | RefusalCode::EvidenceReplayed
    )
}

fn judge(work: &Work<'_>, row: TaskRow, challenge: Challenge) -> Result<Begun, Fault> {
    Ok(Begun::Judge {
        challenge: Box::new(challenge),
        document: document(work.tools, &row)?,
        task: Box::new(row),
    })
}

/// The same evidence again: its answer, or, when it was never answered, the same judgement.
fn again(work: &mut Work<'_>, row: TaskRow, header: &EvidenceHeader) -> Result<Begun, Fault> {
    if let Some(answer) = kept_answer(work.tx, header.id)? {
        return Ok(Begun::Answered(Box::new(answer)));
    }
    if row.state != TaskState::Submitted {
        return Err(row.refusal().into());
    }
    let challenge = stated_challenge(work.tx, header.challenge)?
        .ok_or(Fault::Damaged("challenge of evidence"))?;
    judge(work, row, challenge)
}

/// The challenge of a name.
///
/// # Errors
/// [`Fault::Store`], [`Fault::Damaged`].
pub fn stated_challenge(
    connection: &Connection,
    id: ChallengeId,
) -> Result<Option<Challenge>, Fault> {
    let bytes: Option<Vec<u8>> = connection
        .prepare_cached("SELECT statement FROM challenge WHERE id = ?1")?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()?;
    bytes
        .map(|bytes| Challenge::parse(&bytes).map_err(|_| Fault::Damaged("challenge")))
        .transpose()
}

fn known_request(connection: &Connection, id: EvidenceId) -> Result<Option<Digest>, Fault> {
    let known: Option<[u8; 32]> = connection
        .prepare_cached("SELECT request FROM evidence WHERE id = ?1")?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()?;
    Ok(known.map(Digest::from_bytes))
}

fn store(work: &Work<'_>, received: &Received, keep_pictures: bool) -> Result<(), Fault> {
    let header = &received.header;
    let sealed = if keep_pictures {
        let plain = received.submission.to_bytes();
        let sealing = &work.tools.keys.sealing;
        Some(sealing.seal("evidence.submission", header.id.as_bytes(), &plain)?)
    } else {
        None
    };
    work.tx
        .prepare_cached(
            "INSERT INTO evidence (id, task, challenge, request, header_hash, submission_sealed, \
             received_at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            header.id.as_bytes(),
            header.task.as_bytes(),
            header.challenge.as_bytes(),
            received.request.as_bytes(),
            Digest::of(received.submission.header.bytes()).as_bytes(),
            sealed,
            to_column(work.now_ms),
        ])?;
    Ok(())
}

/// Writes down what must never come a second time; `EVIDENCE_REPLAYED` when it did (A8).
///
/// What counts are the pictures and the frames they were made of. Not every frame: a covered lens
/// gives honest people equal ones.
fn seen_before(work: &Work<'_>, header: &EvidenceHeader) -> Result<Option<RefusalCode>, Fault> {
    let mut insert = work.tx.prepare_cached(
        "INSERT OR IGNORE INTO seen_picture (digest, evidence, seen_at_ms) VALUES (?1, ?2, ?3)",
    )?;
    let mut digests: Vec<Digest> = header
        .marks()
        .flat_map(|mark| {
            let frame = header.links.get(mark.frame as usize);
            std::iter::once(mark.digest).chain(frame.map(|link| link.digest))
        })
        .collect();
    digests.sort_unstable();
    digests.dedup();
    let mut seen = false;
    for digest in digests {
        let values = params![
            digest.as_bytes(),
            header.id.as_bytes(),
            to_column(work.now_ms)
        ];
        seen |= insert.execute(values)? == 0;
    }
    Ok(seen.then_some(RefusalCode::EvidenceReplayed))
}
