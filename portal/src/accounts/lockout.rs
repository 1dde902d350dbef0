//! How long failed sign-ins make one wait (requirement LG-09).

use rusqlite::{Connection, OptionalExtension, params};

use crate::store::StoreError;

/// Failures within this time count together.
const WINDOW_MS: u64 = 15 * 60_000;
/// So many failures cost nothing.
const FREE_FAILURES: u32 = 5;
/// The longest wait; a password alone never locks for good.
const LONGEST_WAIT_MS: u64 = 900_000;

/// The wait after a number of failures in a row, milliseconds: none for the first four, then one
/// second, doubling up to 15 minutes.
pub fn wait_ms(failures: u32) -> u64 {
    match failures.checked_sub(FREE_FAILURES) {
        None => 0,
        Some(more) => 1000_u64
            .checked_shl(more.min(20))
            .map_or(LONGEST_WAIT_MS, |wait| wait.min(LONGEST_WAIT_MS)),
    }
}

/// Takes one try: counts it as failed before it is judged, so that many at once count as many.
/// Gives the milliseconds to wait when the try may not be made.
///
/// # Errors
/// The storage's.
pub fn take_try(
    connection: &Connection,
    name: &str,
    network: &str,
    now_ms: u64,
) -> Result<Result<(), u64>, StoreError> {
    let found: Option<(u32, i64)> = connection
        .query_row(
            "SELECT failures, last_at_ms FROM sign_in_failures WHERE name = ?1 AND network = ?2",
            [name, network],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let (failures, last_at_ms) =
        found.map_or((0, 0), |(failures, last)| (failures, last.unsigned_abs()));
    let since = now_ms.saturating_sub(last_at_ms);
    let failures = if since >= WINDOW_MS { 0 } else { failures };
    let wait = wait_ms(failures);
    if since < wait {
        return Ok(Err(wait - since));
    }
    connection.execute(
        "INSERT INTO sign_in_failures VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (name, network) DO UPDATE SET failures = ?3, last_at_ms = ?4",
        params![
            name,
            network,
            failures + 1,
            i64::try_from(now_ms).unwrap_or(i64::MAX)
        ],
    )?;
    Ok(Ok(()))
}

/// Forgets the failures after a sign-in that went well.
///
/// # Errors
/// The storage's.
pub fn clear(connection: &Connection, name: &str, network: &str) -> Result<(), StoreError> {
    connection.execute(
        "DELETE FROM sign_in_failures WHERE name = ?1 AND network = ?2",
        [name, network],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::wait_ms;

    #[test]
    fn lg_09_the_wait_grows_and_ends_at_fifteen_minutes() {
        let waits: Vec<u64> = [0, 4, 5, 6, 7, 14, 15, 200].map(wait_ms).to_vec();
        assert_eq!(waits, [0, 0, 1000, 2000, 4000, 512_000, 900_000, 900_000]);
    }
}
