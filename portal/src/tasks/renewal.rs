//! One living code for each account that waits for its face (requirement PR-18).
//!
//! A real-name task takes the place of the ones before it that no phone has claimed, whichever PC
//! session opened them: an old picture of the screen opens nothing. A page that is loaded again
//! is told by whether its task was shown before.

use std::sync::Arc;

use quanshengshi_protocol::ids::{Digest, TaskId};
use quanshengshi_protocol::transaction::TaskKind;
use rusqlite::{OptionalExtension as _, params};

use crate::accounts::AccountId;
use crate::audit::entry::Actor;
use crate::devices::columns::to_column;
use crate::devices::refusal::Fault;
use crate::tasks::desk::TaskDesk;
use crate::tasks::open::{NewTask, give_up, open};
use crate::tasks::row::TaskRow;
use crate::tasks::work::Work;

/// The table of this room.
pub const SCHEMA: &str = "
CREATE TABLE task_shown (
    task BLOB PRIMARY KEY REFERENCES task (id),
    shown_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

impl TaskDesk {
    /// Opens a real-name task; the unclaimed ones of the same account are given up.
    ///
    /// # Errors
    /// As [`TaskDesk::open`].
    ///
    /// # Cancellation
    /// As [`TaskDesk::open`].
    pub async fn open_real_name(self: &Arc<Self>, new: NewTask) -> Result<TaskId, Fault> {
        self.write(move |work| open_real_name(work, new)).await
    }

    /// Whether a task's page is shown for the first time; from here on it was.
    ///
    /// # Errors
    /// A fault of the storage.
    ///
    /// # Cancellation
    /// It may count as shown.
    pub async fn is_first_showing(self: &Arc<Self>, id: TaskId) -> Result<bool, Fault> {
        self.write(move |work| {
            let sql = "INSERT OR IGNORE INTO task_shown VALUES (?1, ?2)";
            let values = params![id.as_bytes(), to_column(work.now_ms)];
            Ok(work.tx.execute(sql, values)? == 1)
        })
        .await
    }

    /// The newest real-name task of an account in a session.
    ///
    /// # Errors
    /// A fault of the storage.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn newest_real_name(
        &self,
        account: AccountId,
        session: Digest,
    ) -> Result<Option<TaskId>, Fault> {
        self.store
            .read(move |connection| {
                let sql = "SELECT id FROM task WHERE account = ?1 AND session = ?2 \
                           AND kind IN (?3, ?4) ORDER BY rowid DESC LIMIT 1";
                let [personal, legal] = REAL_NAME.map(TaskKind::code);
                let values = params![account.0, session.as_bytes(), personal, legal];
                let found: Option<[u8; 16]> = connection
                    .query_row(sql, values, |row| row.get(0))
                    .optional()?;
                Ok::<_, Fault>(found.map(TaskId::from_bytes))
            })
            .await
    }
}

const REAL_NAME: [TaskKind; 2] = [TaskKind::RealNamePersonal, TaskKind::RealNameLegal];

fn open_real_name(work: &mut Work<'_>, new: NewTask) -> Result<TaskId, Fault> {
    let account = new.account;
    let id = open(work, new)?;
    let [personal, legal] = REAL_NAME.map(TaskKind::code);
    let waiting = TaskRow::select(
        work.tx,
        "SELECT * FROM task WHERE account = ?1 AND kind IN (?2, ?3) AND state = 'created' \
         AND id <> ?4",
        params![account.0, personal, legal, id.as_bytes()],
    )?;
    for mut row in waiting {
        give_up(work, &mut row, Actor::Page)?;
    }
    Ok(id)
}
