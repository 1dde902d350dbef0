//! How long failed sign-ins make one wait (requirement LG-09).
//!
//! Failures are counted by account and network, so that a stranger's failures are the stranger's.
//! Many strangers at once slow the whole account down, but only for networks from which nobody
//! signed in before, for a minute at most, and never for a code by message: the owner gets in.

use rusqlite::{Connection, OptionalExtension, params};

use crate::store::StoreError;

/// What version 2 adds: from where an account was opened.
pub const SCHEMA_2: &str = "
CREATE TABLE sign_in_networks (
    name TEXT NOT NULL,
    network TEXT NOT NULL,
    last_at_ms INTEGER NOT NULL,
    PRIMARY KEY (name, network)
) STRICT;
CREATE INDEX sign_in_failures_by_network ON sign_in_failures (network, last_at_ms);
";

/// Failures within this time count together, milliseconds.
pub const WINDOW_MS: u64 = 15 * 60_000;
/// So many failures cost nothing.
const FREE_FAILURES: u32 = 5;
/// The longest wait; a password alone never locks for good.
const LONGEST_WAIT_MS: u64 = 900_000;
/// So many failures from other networks cost an account nothing.
const FREE_OF_OTHERS: u32 = 20;
/// The longest wait that others can bring about.
const LONGEST_OF_OTHERS_MS: u64 = 60_000;
/// How long a network is remembered from which an account was opened, milliseconds.
const NETWORK_LIFE_MS: u64 = 90 * 86_400_000;
/// How long failures are kept, milliseconds.
const KEPT_MS: u64 = 86_400_000;

/// Who knocks: all that a wait hangs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knock {
    /// The account, or what was typed where there is none.
    pub name: String,
    /// The network it comes from.
    pub network: String,
    /// Whether a code by message is shown, which no stranger has.
    pub by_message: bool,
}

impl Knock {
    /// Codes by message are counted apart: guesses at a password do not bar them.
    fn counted_as(&self) -> String {
        if self.by_message {
            format!("message {}", self.name)
        } else {
            self.name.clone()
        }
    }
}

/// The wait after a number of failures in a row, milliseconds: none for the first four, then one
/// second, doubling up to 15 minutes.
pub fn wait_ms(failures: u32) -> u64 {
    grown(failures, FREE_FAILURES, LONGEST_WAIT_MS)
}

/// The wait after a number of failures of others, milliseconds.
pub fn wait_of_others_ms(failures: u32) -> u64 {
    grown(failures, FREE_OF_OTHERS, LONGEST_OF_OTHERS_MS)
}

fn grown(failures: u32, free: u32, longest: u64) -> u64 {
    failures.checked_sub(free).map_or(0, |more| {
        1000_u64
            .checked_shl(more.min(20))
            .map_or(longest, |wait| wait.min(longest))
    })
}

/// Takes one try: counts it as failed before it is judged, so that many at once count as many.
/// Gives the milliseconds to wait when the try may not be made.
///
/// # Errors
/// The storage's.
pub fn take_try(
    connection: &Connection,
    knock: &Knock,
    now_ms: u64,
) -> Result<Result<(), u64>, StoreError> {
    let name = knock.counted_as();
    let found: Option<(u32, i64)> = connection
        .query_row(
            "SELECT failures, last_at_ms FROM sign_in_failures WHERE name = ?1 AND network = ?2",
            [&name, &knock.network],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let (failures, last_at_ms) =
        found.map_or((0, 0), |(failures, last)| (failures, last.unsigned_abs()));
    let since = now_ms.saturating_sub(last_at_ms);
    let failures = if since >= WINDOW_MS { 0 } else { failures };
    let own = wait_ms(failures).saturating_sub(since);
    let wait = own.max(of_others(connection, knock, now_ms)?);
    if wait > 0 {
        return Ok(Err(wait));
    }
    connection.execute(
        "DELETE FROM sign_in_failures WHERE last_at_ms < ?1",
        [column(now_ms.saturating_sub(KEPT_MS))],
    )?;
    connection.execute(
        "INSERT INTO sign_in_failures VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (name, network) DO UPDATE SET failures = ?3, last_at_ms = ?4",
        params![name, knock.network, failures + 1, column(now_ms)],
    )?;
    Ok(Ok(()))
}

/// The wait that failures from other networks bring about.
fn of_others(connection: &Connection, knock: &Knock, now_ms: u64) -> Result<u64, StoreError> {
    let known: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM sign_in_networks \
         WHERE name = ?1 AND network = ?2 AND last_at_ms > ?3)",
        params![
            knock.name,
            knock.network,
            column(now_ms.saturating_sub(NETWORK_LIFE_MS))
        ],
        |row| row.get(0),
    )?;
    if known || knock.by_message {
        return Ok(0);
    }
    let (failures, last): (u32, i64) = connection.query_row(
        "SELECT coalesce(sum(failures), 0), coalesce(max(last_at_ms), 0) FROM sign_in_failures \
         WHERE name = ?1 AND network <> ?2 AND last_at_ms > ?3",
        params![
            knock.name,
            knock.network,
            column(now_ms.saturating_sub(WINDOW_MS))
        ],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let since = now_ms.saturating_sub(last.unsigned_abs());
    Ok(wait_of_others_ms(failures).saturating_sub(since))
}

/// Forgets the failures after a sign-in that went well, and remembers the network.
///
/// # Errors
/// The storage's.
pub fn clear(connection: &Connection, knock: &Knock, now_ms: u64) -> Result<(), StoreError> {
    connection.execute(
        "DELETE FROM sign_in_failures WHERE name = ?1 AND network = ?2",
        [&knock.counted_as(), &knock.network],
    )?;
    connection.execute(
        "DELETE FROM sign_in_networks WHERE last_at_ms < ?1",
        [column(now_ms.saturating_sub(NETWORK_LIFE_MS))],
    )?;
    connection.execute(
        "INSERT OR REPLACE INTO sign_in_networks VALUES (?1, ?2, ?3)",
        params![knock.name, knock.network, column(now_ms)],
    )?;
    Ok(())
}

/// Failures of the last 15 minutes of a network, whomever it tried.
///
/// # Errors
/// The storage's.
pub fn failures_of_network(
    connection: &Connection,
    network: &str,
    now_ms: u64,
) -> Result<u32, StoreError> {
    let after = column(now_ms.saturating_sub(WINDOW_MS));
    Ok(connection.query_row(
        "SELECT coalesce(sum(failures), 0) FROM sign_in_failures \
         WHERE network = ?1 AND last_at_ms > ?2",
        params![network, after],
        |row| row.get(0),
    )?)
}

/// Failures of the last 15 minutes at an account, wherever they came from.
///
/// # Errors
/// The storage's.
pub fn failures_at(connection: &Connection, name: &str, now_ms: u64) -> Result<u32, StoreError> {
    let after = column(now_ms.saturating_sub(WINDOW_MS));
    Ok(connection.query_row(
        "SELECT coalesce(sum(failures), 0) FROM sign_in_failures \
         WHERE name = ?1 AND last_at_ms > ?2",
        params![name, after],
        |row| row.get(0),
    )?)
}

fn column(at_ms: u64) -> i64 {
    i64::try_from(at_ms).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
