//! What time does to applications: late ones are marked, pictures are deleted. Nothing is ever
//! decided by time (requirement MR-03).

use rusqlite::params;

use crate::audit::chain::append;
use crate::audit::entry::{Actor, AuditEntry, AuditEvent};
use crate::review::material::DRAFT_LIFE_MS;
use crate::review::submit::OPEN;
use crate::review::{Review, ReviewError, signed};
use crate::sessions;

/// Milliseconds after a decision in which an applicant may appeal, and its pictures are kept.
pub const APPEAL_MS: u64 = 30 * 86_400_000;

impl Review {
    /// Marks what is late and deletes what is over. Writes only when something is.
    ///
    /// # Errors
    /// Only the storage's.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn sweep(&self) -> Result<(), ReviewError> {
        let now_ms = self.clock.now_ms();
        let (now, over) = (signed(now_ms), signed(now_ms.saturating_sub(APPEAL_MS)));
        let stale = signed(now_ms.saturating_sub(DRAFT_LIFE_MS));
        let late = format!(
            "SELECT id FROM review_applications \
             WHERE {OPEN} AND due_at_ms <= ?1 AND escalated_at_ms IS NULL"
        );
        let ended = "SELECT id FROM review_applications \
                     WHERE decided_at_ms <= ?1 AND materials_deleted_at_ms IS NULL";
        let drafts = "SELECT count(*) FROM review_materials \
                      WHERE application IS NULL AND at_ms < ?1";
        let (asked_late, asked_ended) = (late.clone(), ended);
        let idle = self
            .store
            .read(move |connection| {
                let any = |sql: &str, at: i64| connection.prepare_cached(sql)?.exists([at]);
                let stale: i64 = connection.query_row(drafts, [stale], |row| row.get(0))?;
                let idle = !any(&asked_late, now)? && !any(asked_ended, over)? && stale == 0;
                Ok::<_, ReviewError>(idle)
            })
            .await?;
        if idle {
            return Ok(());
        }
        self.store
            .write(move |transaction| {
                let all = |sql: &str, at: i64| {
                    let mut statement = transaction.prepare(sql)?;
                    let rows = statement.query_map([at], |row| row.get::<_, i64>(0))?;
                    rows.collect::<rusqlite::Result<Vec<i64>>>()
                };
                let record = |id, event| {
                    let entry = AuditEntry {
                        application: Some(id),
                        ..AuditEntry::new(Actor::Portal, event)
                    };
                    append(transaction, now_ms, &entry)
                };
                for id in all(&late, now)? {
                    let sql = "UPDATE review_applications SET escalated_at_ms = ?2 WHERE id = ?1";
                    transaction.execute(sql, params![id, now])?;
                    record(id, AuditEvent::ReviewEscalated)?;
                }
                for id in all(ended, over)? {
                    let sql = "DELETE FROM review_materials WHERE application = ?1";
                    transaction.execute(sql, [id])?;
                    let sql = "UPDATE review_applications SET materials_deleted_at_ms = ?2 \
                               WHERE id = ?1";
                    transaction.execute(sql, params![id, now])?;
                    record(id, AuditEvent::ReviewMaterialsDeleted)?;
                }
                transaction.execute(
                    "DELETE FROM review_materials WHERE application IS NULL AND at_ms < ?1",
                    [stale],
                )?;
                let dead = signed(now_ms.saturating_sub(sessions::LIFE_MS));
                transaction.execute("DELETE FROM review_views WHERE at_ms < ?1", [dead])?;
                Ok(())
            })
            .await
    }
}
