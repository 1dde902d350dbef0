//! Tidying: what time has ended is written down, what is no longer needed is deleted.

use rusqlite::params;

use crate::devices::answers::forget_old;
use crate::devices::columns::to_column;
use crate::devices::refusal::Fault;
use crate::tasks::lapse::settle;
use crate::tasks::row::TaskRow;
use crate::tasks::typed::TRIES_MS;
use crate::tasks::work::Work;

/// The most tasks settled in one go.
const MOST: i64 = 500;
/// A day, over which failures count and pages are remembered.
const DAY_MS: u64 = 86_400_000;

/// Tidies once.
///
/// # Errors
/// A fault of the storage.
pub fn sweep(work: &mut Work<'_>) -> Result<(), Fault> {
    let now = to_column(work.now_ms);
    let due = TaskRow::select(
        work.tx,
        "SELECT * FROM task WHERE state IN ('created', 'claimed', 'consented', 'challenged', \
         'submitted', 'approved') AND (wait_ends_at_ms <= ?1 OR ends_at_ms <= ?1) LIMIT ?2",
        params![now, MOST],
    )?;
    for mut row in due {
        settle(work, &mut row)?;
    }
    forget_old(work.tx, work.now_ms)?;
    let limits = &work.tools.limits;
    let before = |age_ms: u64| to_column(work.now_ms.saturating_sub(age_ms));
    work.tx.execute(
        "UPDATE evidence SET submission_sealed = NULL, pictures_end_at_ms = NULL \
         WHERE pictures_end_at_ms <= ?1",
        [now],
    )?;
    let old = [
        (
            "DELETE FROM package_file WHERE task IN (SELECT task FROM package WHERE ends_at_ms <= ?1)",
            now,
        ),
        ("DELETE FROM package WHERE ends_at_ms <= ?1", now),
        (
            "DELETE FROM seen_picture WHERE seen_at_ms <= ?1",
            before(limits.seen_ms),
        ),
        (
            "DELETE FROM still_likeness WHERE seen_at_ms <= ?1",
            before(limits.seen_ms),
        ),
        (
            "DELETE FROM face_failure WHERE failed_at_ms <= ?1",
            before(DAY_MS),
        ),
        (
            "DELETE FROM task_shown WHERE shown_at_ms <= ?1",
            before(DAY_MS),
        ),
        (
            "DELETE FROM claim_try WHERE tried_at_ms <= ?1",
            before(limits.claims_ms),
        ),
    ];
    let old = old.into_iter().chain([
        ("DELETE FROM verification WHERE ends_at_ms <= ?1", now),
        (
            "DELETE FROM typed_code WHERE ends_at_ms <= ?1",
            before(TRIES_MS),
        ),
        (
            "DELETE FROM typed_try WHERE tried_at_ms <= ?1",
            before(TRIES_MS),
        ),
    ]);
    for (sql, until) in old {
        work.tx.execute(sql, [until])?;
    }
    Ok(())
}
