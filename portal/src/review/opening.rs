//! Who may hand in: a session in which an automatic check has failed (requirements PR-16, LR-17,
//! MR-01; decision record 13).

use quanshengshi_protocol::ids::Digest;
use rusqlite::params;

use crate::accounts::AccountKind;
use crate::review::{Review, ReviewError, signed};
use crate::sessions;

impl Review {
    /// Opens the way to people for a session: its automatic check has just failed. Doing it
    /// twice is the same as once.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// It is open once it was queued.
    pub async fn allow(&self, session: Digest, kind: AccountKind) -> Result<(), ReviewError> {
        let now_ms = self.clock.now_ms();
        self.store
            .write(move |transaction| {
                let dead = signed(now_ms.saturating_sub(sessions::LIFE_MS));
                transaction.execute("DELETE FROM review_openings WHERE at_ms < ?1", [dead])?;
                transaction.execute(
                    "INSERT OR REPLACE INTO review_openings VALUES (?1, ?2, ?3)",
                    params![session.as_bytes(), kind.word(), signed(now_ms)],
                )?;
                Ok(())
            })
            .await
    }

    /// Whether the way is open for a session.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn is_allowed(
        &self,
        session: Digest,
        kind: AccountKind,
    ) -> Result<bool, ReviewError> {
        self.store
            .read(move |connection| {
                let sql = "SELECT count(*) FROM review_openings WHERE session = ?1 AND kind = ?2";
                let count: i64 =
                    connection.query_row(sql, params![session.as_bytes(), kind.word()], |row| {
                        row.get(0)
                    })?;
                Ok(count > 0)
            })
            .await
    }
}
