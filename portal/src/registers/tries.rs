//! How often the registers are asked about one person or enterprise, and from one network.
//!
//! An answer is one word, but whoever may ask without end guesses a birthday or a date of issue
//! in an afternoon (A19). Every question is counted before it is asked, about somebody and from
//! one network together, so that a stranger elsewhere cannot use up a person's questions.

use quanshengshi_protocol::ids::Digest;
use rusqlite::{Connection, OptionalExtension as _, params};

/// The table of this room.
pub const SCHEMA: &str = "
CREATE TABLE register_tries (
    about BLOB NOT NULL,
    tried_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX register_tries_by_about ON register_tries (about, tried_at_ms);
";

/// Questions about one document or enterprise from one network in an hour.
pub const MOST_ABOUT: i64 = 20;
/// Questions about one document or enterprise from everywhere, and all questions from one network,
/// in an hour; an office has many desks.
pub const MOST_AT_ALL: i64 = 200;
const HOUR_MS: u64 = 3_600_000;

/// Counts a question about a document number or credit code, or says how many milliseconds it
/// must wait.
///
/// # Errors
/// The storage's.
pub fn take(
    connection: &Connection,
    about: &str,
    network: &str,
    now_ms: u64,
) -> Result<Option<u64>, rusqlite::Error> {
    let now = i64::try_from(now_ms).unwrap_or(i64::MAX);
    let since = now.saturating_sub_unsigned(HOUR_MS);
    connection.execute(
        "DELETE FROM register_tries WHERE tried_at_ms <= ?1",
        [since],
    )?;
    let keys = [
        (format!("both\0{about}\0{network}"), MOST_ABOUT),
        (format!("about\0{about}"), MOST_AT_ALL),
        (format!("from\0{network}"), MOST_AT_ALL),
    ]
    .map(|(key, most)| (Digest::of(key.as_bytes()), most));
    for (key, most) in &keys {
        let sql = "SELECT tried_at_ms FROM register_tries WHERE about = ?1 \
                   ORDER BY tried_at_ms DESC LIMIT 1 OFFSET ?2";
        let oldest: Option<i64> = connection
            .query_row(sql, params![key.as_bytes(), most - 1], |row| row.get(0))
            .optional()?;
        if let Some(oldest) = oldest {
            let free_at = oldest.unsigned_abs().saturating_add(HOUR_MS);
            return Ok(Some(free_at.saturating_sub(now_ms)));
        }
    }
    for (key, _) in &keys {
        connection.execute(
            "INSERT INTO register_tries VALUES (?1, ?2)",
            params![key.as_bytes(), now],
        )?;
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::{HOUR_MS, MOST_ABOUT, SCHEMA, take};

    #[test]
    fn questions_about_one_person_end_and_begin_again_after_an_hour() {
        let connection = Connection::open_in_memory().expect("opens");
        connection.execute_batch(SCHEMA).expect("a table");
        let ask = |about: &str, now: u64| take(&connection, about, "n", now).expect("counts");
        let start = 10 * HOUR_MS;
        for at in 0..MOST_ABOUT.unsigned_abs() {
            assert_eq!(ask("p", start + at), None);
        }
        assert_eq!(ask("p", start + 1_000), Some(HOUR_MS - 1_000));
        assert_eq!(ask("q", start + 1_000), None, "somebody else");
        let elsewhere = take(&connection, "p", "m", start + 1_000).expect("counts");
        assert_eq!(elsewhere, None, "a stranger has not used it up");
        assert_eq!(ask("p", start + HOUR_MS), None, "an hour later");
    }
}
