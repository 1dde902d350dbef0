//! How often a number and a network may be written to (requirement SM-01).

use rusqlite::{Connection, OptionalExtension, params};

use crate::sms::{PAUSE_MS, SmsError};

pub(super) const HOUR_MS: u64 = 3_600_000;
const MOST_PER_MOBILE: i64 = 5;
const MOST_PER_NETWORK: i64 = 20;

/// Milliseconds to wait before the next message, if any.
///
/// A message of which nobody knows whether it arrived does not hold anybody up for the minute, but
/// it counts for the hour: a gateway that delivers without an answer must not become a way to
/// flood a number.
///
/// # Errors
/// The storage's.
pub fn wait(
    connection: &Connection,
    mobile: &str,
    network: &str,
    now_ms: u64,
) -> Result<Option<u64>, SmsError> {
    // The oldest of the last `most` messages must be `within` ago.
    let limits = [
        ("unsure = 0 AND mobile", mobile, 1, PAUSE_MS),
        ("mobile", mobile, MOST_PER_MOBILE, HOUR_MS),
        ("network", network, MOST_PER_NETWORK, HOUR_MS),
    ];
    for (column, value, most, within) in limits {
        let sql = format!(
            "SELECT sent_at_ms FROM sms_codes WHERE {column} = ?1 \
             ORDER BY sent_at_ms DESC LIMIT 1 OFFSET ?2"
        );
        let found: Option<i64> = connection
            .query_row(&sql, params![value, most - 1], |row| row.get(0))
            .optional()?;
        let free_at = found.map_or(0, |sent| sent.unsigned_abs().saturating_add(within));
        if free_at > now_ms {
            return Ok(Some(free_at - now_ms));
        }
    }
    Ok(None)
}
