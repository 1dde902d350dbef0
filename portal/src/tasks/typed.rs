//! The nine digits under the picture, for cameras that fail (protocol 5.5).
//!
//! A task gets a set of digits for each two minutes its code is shown. Whoever types one gets the
//! code that the picture shows at that moment, and claims as if it had been scanned. Nine digits can
//! be guessed more easily than a code: a device has five tries in ten minutes, and a guessed task
//! still asks for the right face.

use quanshengshi_protocol::ids::{DeviceId, TaskId};
use quanshengshi_protocol::invitation::STEP_MS;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::typed::{DIGITS, TYPED_LIFE_MS, TypedCode};
use quanshengshi_protocol::wire::TypedAnswer;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::devices::columns::{from_column, to_column};
use crate::devices::device::usable;
use crate::devices::refusal::{Fault, Refusal};
use crate::tasks::open::code_key;
use crate::tasks::row::TaskRow;
use crate::tasks::work::Work;

/// What version 2 adds.
pub const SCHEMA_2: &str = "
CREATE TABLE typed_code (
  task BLOB NOT NULL REFERENCES task (id),
  digits TEXT NOT NULL,
  begins_at_ms INTEGER NOT NULL,
  ends_at_ms INTEGER NOT NULL,
  PRIMARY KEY (task, begins_at_ms)
) STRICT;
CREATE INDEX typed_code_digits ON typed_code (digits, ends_at_ms);
CREATE TABLE typed_try (
  device BLOB NOT NULL,
  tried_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX typed_try_device ON typed_try (device, tried_at_ms);
";

/// Milliseconds that digits are still taken after the page shows the next ones.
const GRACE_MS: u64 = 9_000;
/// Tries of a device in [`TRIES_MS`].
const MOST_TRIES: u32 = 5;
/// Over which tries are counted.
pub const TRIES_MS: u64 = 600_000;

/// Gives a new task its digits, a set for each two minutes.
///
/// # Errors
/// A fault of storage or randomness.
pub fn make(work: &Work<'_>, row: &TaskRow) -> Result<(), Fault> {
    let mut insert = work
        .tx
        .prepare_cached("INSERT INTO typed_code VALUES (?1, ?2, ?3, ?4)")?;
    let mut begins_at_ms = row.created_at_ms;
    while begins_at_ms < row.wait_ends_at_ms {
        let ends_at_ms = begins_at_ms + TYPED_LIFE_MS;
        insert.execute(params![
            row.id.as_bytes(),
            work.tools.random.make_digits(DIGITS)?,
            to_column(begins_at_ms),
            to_column(ends_at_ms)
        ])?;
        begins_at_ms = ends_at_ms;
    }
    Ok(())
}

/// The digits of a task now.
///
/// # Errors
/// [`Fault::Store`].
pub fn digits(connection: &Connection, task: TaskId, now_ms: u64) -> Result<Option<String>, Fault> {
    Ok(connection
        .prepare_cached(
            "SELECT digits FROM typed_code \
             WHERE task = ?1 AND begins_at_ms <= ?2 AND ends_at_ms > ?2",
        )?
        .query_row(params![task.as_bytes(), to_column(now_ms)], |row| {
            row.get(0)
        })
        .optional()?)
}

/// The code that the picture of the typed digits shows now.
///
/// # Errors
/// `TYPED_CODE_WRONG` for digits that no waiting page shows, `DEVICE_LIMIT`; or a fault of storage
/// or keys.
pub fn resolve(work: &mut Work<'_>, typed: &TypedCode) -> Result<TypedAnswer, Fault> {
    let device = usable(work.tx, typed.device)?.id;
    count(work, device)?;
    let found = TaskRow::select(
        work.tx,
        "SELECT task.* FROM task JOIN typed_code ON typed_code.task = task.id \
         WHERE typed_code.digits = ?1 AND typed_code.begins_at_ms <= ?2 \
         AND typed_code.ends_at_ms > ?3 AND task.state = 'created' AND task.wait_ends_at_ms > ?2",
        params![
            typed.digits.as_str(),
            to_column(work.now_ms),
            to_column(work.now_ms.saturating_sub(GRACE_MS))
        ],
    )?;
    // Two tasks with the same digits at the same time are nobody's: one in a billion types again.
    let [row] = found.as_slice() else {
        return Err(RefusalCode::TypedCodeWrong.into());
    };
    let step = work.now_ms.saturating_sub(row.created_at_ms) / STEP_MS;
    let code = code_key(work.tools, row)?.derive_code(row.id, step);
    Ok(TypedAnswer {
        code: code.written(),
    })
}

fn count(work: &Work<'_>, device: DeviceId) -> Result<(), Fault> {
    let since = to_column(work.now_ms.saturating_sub(TRIES_MS));
    let (tries, first): (u32, Option<i64>) = work
        .tx
        .prepare_cached(
            "SELECT count(*), min(tried_at_ms) FROM typed_try \
             WHERE device = ?1 AND tried_at_ms > ?2",
        )?
        .query_row(params![device.as_bytes(), since], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    if tries >= MOST_TRIES {
        let free_at_ms = first.map_or(0, from_column) + TRIES_MS;
        return Err(Fault::Refused(Refusal {
            code: RefusalCode::DeviceLimit,
            retry_after_ms: Some(free_at_ms.saturating_sub(work.now_ms)),
        }));
    }
    work.tx
        .prepare_cached("INSERT INTO typed_try VALUES (?1, ?2)")?
        .execute(params![device.as_bytes(), to_column(work.now_ms)])?;
    Ok(())
}
