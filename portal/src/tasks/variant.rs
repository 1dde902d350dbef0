//! A person asks for other acts (protocol 5.8).
//!
//! It costs no attempt, but may be done three times a task only: each new challenge is another
//! draw, and an attacker with a film of one act would draw until it is asked for. A challenge
//! without the head shows no depth, so the appraisal hands it to people; nothing here passes it.

use quanshengshi_protocol::challenge::Challenge;
use quanshengshi_protocol::ids::{DeviceId, Digest, TaskId};
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::variant::{Variant, VariantRequest};
use quanshengshi_protocol::wire::ConsentAnswer;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::audit::entry::{Actor, AuditEvent};
use crate::devices::answers::{keep, kept};
use crate::devices::device::usable;
use crate::devices::refusal::Fault;
use crate::tasks::challenge::{reissue, signed};
use crate::tasks::row::TaskRow;
use crate::tasks::work::Work;

/// What version 2 adds.
pub const SCHEMA_2: &str = "
CREATE TABLE task_variant (
  task BLOB PRIMARY KEY REFERENCES task (id),
  variant INTEGER NOT NULL,
  changes INTEGER NOT NULL
) STRICT;
";

/// Changes of one task.
const MOST_CHANGES: u32 = 3;
/// Milliseconds that a whole task gets besides when its person needs longer (protocol 5.7).
const LONGER_MS: u64 = 300_000;

/// Which acts a task may ask for.
///
/// # Errors
/// [`Fault::Store`], [`Fault::Damaged`].
pub fn of(connection: &Connection, task: TaskId) -> Result<Variant, Fault> {
    Ok(found(connection, task)?.map_or(Variant::Usual, |(variant, _)| variant))
}

fn found(connection: &Connection, task: TaskId) -> Result<Option<(Variant, u32)>, Fault> {
    let found: Option<(u8, u32)> = connection
        .prepare_cached("SELECT variant, changes FROM task_variant WHERE task = ?1")?
        .query_row([task.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    found
        .map(|(code, changes)| {
            let variant = Variant::from_code(code).ok_or(Fault::Damaged("variant"))?;
            Ok((variant, changes))
        })
        .transpose()
}

/// Takes a wish for other acts of a device whose signature was verified. Before the answer to the
/// task it is noted; while a challenge waits, another one takes its place.
///
/// # Errors
/// `TASK_UNKNOWN`, `VARIANT_LIMIT`, the refusal of a task that is elsewhere; or a fault of storage
/// or keys.
pub fn change(
    work: &mut Work<'_>,
    wish: &VariantRequest,
    request: Digest,
) -> Result<ConsentAnswer, Fault> {
    if let Some(answer) = kept(work.tx, request)? {
        return Ok(answer);
    }
    let device: DeviceId = usable(work.tx, wish.device)?.id;
    let mut row = work.held(wish.task, device)?;
    if !matches!(row.state, TaskState::Claimed | TaskState::Challenged) {
        return Err(row.refusal().into());
    }
    let (before, changes) = found(work.tx, row.id)?.unwrap_or((Variant::Usual, 0));
    let challenge = if before == wish.variant {
        // Nothing new is drawn for the same wish.
        waiting(work, &row)?
    } else {
        if changes >= MOST_CHANGES {
            return Err(RefusalCode::VariantLimit.into());
        }
        note(work, &mut row, wish.variant, before, changes)?;
        if row.state == TaskState::Challenged {
            Some(reissue(work, &mut row)?)
        } else {
            None
        }
    };
    let answer = ConsentAnswer { challenge };
    let until = row.ends_at_ms + work.tools.limits.afterwards_ms;
    keep(work.tx, request, &answer, until)?;
    Ok(answer)
}

fn waiting(work: &Work<'_>, row: &TaskRow) -> Result<Option<Signed<Challenge>>, Fault> {
    if row.state == TaskState::Challenged {
        signed(work.tx, row.id, row.attempt)
    } else {
        Ok(None)
    }
}

fn note(
    work: &mut Work<'_>,
    row: &mut TaskRow,
    variant: Variant,
    before: Variant,
    changes: u32,
) -> Result<(), Fault> {
    work.tx
        .prepare_cached("INSERT OR REPLACE INTO task_variant VALUES (?1, ?2, ?3)")?
        .execute(params![row.id.as_bytes(), variant.code(), changes + 1])?;
    if variant.is_unhurried() && !before.is_unhurried() && changes == 0 {
        let old = row.clone();
        row.ends_at_ms += LONGER_MS;
        row.update(work.tx, &old)?;
    }
    work.audit(row, Actor::Phone, AuditEvent::VariantAsked)
}
