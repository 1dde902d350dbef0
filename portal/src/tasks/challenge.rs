//! The liveness challenge (M5): random prompts, none twice in a row.

use quanshengshi_protocol::challenge::{CaptureLimits, Challenge, PromptStep};
use quanshengshi_protocol::ids::{ChallengeId, Nonce, TaskId};
use quanshengshi_protocol::prompt::Prompt;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::{Signed, Statement as _};
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::variant::Variant;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::audit::entry::{Actor, AuditEvent};
use crate::devices::refusal::Fault;
use crate::random::{Random, RandomError};
use crate::tasks::lapse::{Lapse, lapse};
use crate::tasks::limits::Further;
use crate::tasks::row::TaskRow;
use crate::tasks::variant;
use crate::tasks::work::Work;

/// Issues the next challenge of a task and turns the task to it.
///
/// # Errors
/// `TASK_STATE` when no challenge may follow, or a fault of storage or keys.
pub fn issue(work: &mut Work<'_>, row: &mut TaskRow) -> Result<Signed<Challenge>, Fault> {
    row.attempt += 1;
    let challenge_ms = wait_ms(work, row)?;
    work.turn(row, TaskState::Challenged, challenge_ms)?;
    sign(work, row)
}

/// Puts another challenge in the place of the one that waits: the same attempt, other acts. No
/// evidence can name the old one, because the task still waits for it.
///
/// # Errors
/// `TASK_STATE` when somebody else was first, or a fault of storage or keys.
pub fn reissue(work: &mut Work<'_>, row: &mut TaskRow) -> Result<Signed<Challenge>, Fault> {
    let before = row.clone();
    row.wait_ends_at_ms = work.now_ms + wait_ms(work, row)?;
    row.update(work.tx, &before)?;
    work.tx
        .prepare_cached("DELETE FROM challenge WHERE task = ?1 AND attempt = ?2")?
        .execute(params![row.id.as_bytes(), row.attempt])?;
    sign(work, row)
}

/// How long a challenge of this task waits: twice as long for whoever needs longer.
fn wait_ms(work: &Work<'_>, row: &TaskRow) -> Result<u64, Fault> {
    let usual = work.tools.limits.challenge_ms;
    let longer = variant::of(work.tx, row.id)?.is_unhurried();
    Ok(if longer { usual * 2 } else { usual })
}

/// Issues the next challenge when time took the one that was out: the state stays, the attempt
/// rises. Without a lapse there is nothing to do.
///
/// # Errors
/// `TASK_STATE` when somebody else was first, or a fault of storage or keys.
pub fn renew(work: &mut Work<'_>, row: &mut TaskRow) -> Result<(), Fault> {
    if lapse(row, work.now_ms) != Some(Lapse::Attempt) {
        return Ok(());
    }
    work.audit(row, Actor::Portal, AuditEvent::AttemptLost)?;
    let before = row.clone();
    row.attempt += 1;
    row.wait_ends_at_ms = work.now_ms + wait_ms(work, row)?;
    row.update(work.tx, &before)?;
    sign(work, row)?;
    Ok(())
}

fn sign(work: &Work<'_>, row: &TaskRow) -> Result<Signed<Challenge>, Fault> {
    let limits = &work.tools.limits;
    let variant = variant::of(work.tx, row.id)?;
    let slower = if variant.is_unhurried() { 2 } else { 1 };
    let challenge = Challenge {
        id: ChallengeId::from_bytes(work.tools.random.make_bytes()?),
        task: row.id,
        device: row.device.ok_or(RefusalCode::TaskState)?,
        nonce: Nonce::from_bytes(work.tools.random.make_bytes()?),
        transaction: row.txn_hash,
        steps: make_prompts(&work.tools.random, variant, limits.prompts, limits.further)?
            .into_iter()
            .map(|prompt| PromptStep {
                prompt,
                window_ms: slower
                    * if prompt.is_extra() {
                        limits.extra_ms
                    } else {
                        limits.prompt_ms
                    },
            })
            .collect(),
        total_ms: limits.capture_ms * slower,
        attempt: row.attempt,
        attempts: limits.attempts,
        limits: CaptureLimits::default(),
        issued_at_ms: work.now_ms,
        expires_at_ms: row.wait_ends_at_ms.min(row.ends_at_ms),
    };
    let signed = work.tools.keys.signer.sign(&challenge)?;
    work.tx
        .prepare_cached(
            "INSERT INTO challenge (id, task, attempt, statement, signature) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            challenge.id.as_bytes(),
            row.id.as_bytes(),
            row.attempt,
            signed.bytes(),
            signed.signature(),
        ])?;
    work.audit(row, Actor::Portal, AuditEvent::Challenged)?;
    Ok(signed)
}

/// Prompts in random order, none twice in a row, with a turn of the head among them: nothing else
/// shows depth, so the appraisal could not pass a challenge without one. Each such order is
/// equally likely: 106 of four movements, 296 with coming closer among them. A variant leaves acts
/// out; the one without the head is a single act that people will look at. A blink comes on top, at
/// a random place, where nothing was left out: who cannot blink loses nothing by leaving it out.
///
/// # Errors
/// [`RandomError`].
pub fn make_prompts(
    random: &Random,
    variant: Variant,
    count: u8,
    further: Further,
) -> Result<Vec<Prompt>, RandomError> {
    let mut allowed: Vec<Prompt> = match variant {
        Variant::Usual => Prompt::MOVEMENTS.to_vec(),
        Variant::NoHead => return Ok(vec![Prompt::OpenMouth]),
        Variant::NoMouth => vec![Prompt::TurnLeft, Prompt::TurnRight, Prompt::Nod],
        Variant::Seated | Variant::Helper => {
            vec![Prompt::TurnLeft, Prompt::TurnRight, Prompt::OpenMouth]
        }
    };
    // Whoever sits still, or is filmed by somebody else, cannot come closer.
    if further.closer && matches!(variant, Variant::Usual | Variant::NoMouth) {
        allowed.push(Prompt::ComeCloser);
    }
    let mut prompts = loop {
        let prompts = draw(random, &allowed, count)?;
        if count == 0 || prompts.iter().any(|prompt| prompt.is_turn()) {
            break prompts;
        }
    };
    if further.blink && variant == Variant::Usual {
        let places = u32::from(count) + 1;
        prompts.insert(random.make_below(places)? as usize, Prompt::Blink);
    }
    Ok(prompts)
}

fn draw(random: &Random, allowed: &[Prompt], count: u8) -> Result<Vec<Prompt>, RandomError> {
    let mut prompts: Vec<Prompt> = Vec::with_capacity(count.into());
    for _ in 0..count {
        let free: Vec<Prompt> = allowed
            .iter()
            .copied()
            .filter(|prompt| prompts.last() != Some(prompt))
            .collect();
        let bound = u32::try_from(free.len()).map_err(|_| RandomError)?;
        let drawn = random.make_below(bound)? as usize;
        prompts.extend(free.get(drawn));
    }
    Ok(prompts)
}

/// The challenge of an attempt, as it was signed.
///
/// # Errors
/// [`Fault::Store`].
pub fn signed(
    connection: &Connection,
    task: TaskId,
    attempt: u8,
) -> Result<Option<Signed<Challenge>>, Fault> {
    let found: Option<(Vec<u8>, Vec<u8>)> = connection
        .prepare_cached(
            "SELECT statement, signature FROM challenge WHERE task = ?1 AND attempt = ?2",
        )?
        .query_row(params![task.as_bytes(), attempt], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    Ok(found.map(|(statement, signature)| Signed::from_parts(statement, signature)))
}

/// The challenge that waits for evidence, if one does.
///
/// # Errors
/// [`Fault::Store`], [`Fault::Damaged`].
pub fn open(connection: &Connection, row: &TaskRow) -> Result<Option<Challenge>, Fault> {
    if row.state != TaskState::Challenged {
        return Ok(None);
    }
    let signed = signed(connection, row.id, row.attempt)?;
    signed
        .map(|signed| Challenge::parse(signed.bytes()).map_err(|_| Fault::Damaged("challenge")))
        .transpose()
}
