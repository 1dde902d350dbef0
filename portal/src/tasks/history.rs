//! What happened for an account, for its person to read (protocol 5.9: the right of access).

use quanshengshi_protocol::enrolment::Platform;
use quanshengshi_protocol::ids::TaskId;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::transaction::{PcContext, TaskKind};
use rusqlite::{OptionalExtension as _, params};

use crate::accounts::AccountId;
use crate::devices::refusal::Fault;
use crate::tasks::desk::TaskDesk;
use crate::tasks::row::TaskRow;

/// One task of the past, or one that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastTask {
    /// Its name.
    pub id: TaskId,
    /// What it was about.
    pub kind: TaskKind,
    /// Where it stands or how it ended.
    pub state: TaskState,
    /// Why, when it ended badly.
    pub reason: Option<RefusalCode>,
    /// Names of the certificates asked for.
    pub certificates: Vec<String>,
    /// What the copy was for.
    pub purpose: String,
    /// Where the request came from.
    pub pc: PcContext,
    /// What ran the phone that claimed it, when one did.
    pub phone: Option<Platform>,
    /// Portal time of creation, milliseconds since 1970.
    pub created_at_ms: u64,
}

impl TaskDesk {
    /// The newest tasks of an account, at most `most`.
    ///
    /// # Errors
    /// A fault of the storage, or [`Fault::Damaged`].
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn history(&self, account: AccountId, most: u32) -> Result<Vec<PastTask>, Fault> {
        self.store
            .read(move |connection| {
                let rows = TaskRow::select(
                    connection,
                    "SELECT * FROM task WHERE account = ?1 ORDER BY created_at_ms DESC LIMIT ?2",
                    params![account.0, most],
                )?;
                let mut platform = connection
                    .prepare_cached("SELECT platform FROM device WHERE id = ?1")
                    .map_err(Fault::from)?;
                let mut past = Vec::with_capacity(rows.len());
                for row in rows {
                    let agreed = row.agreed()?;
                    let code: Option<u8> = match row.device {
                        Some(device) => platform
                            .query_row([device.as_bytes()], |row| row.get(0))
                            .optional()?,
                        None => None,
                    };
                    past.push(PastTask {
                        id: row.id,
                        kind: row.kind,
                        state: row.state,
                        reason: row.reason,
                        certificates: agreed.objects.into_iter().map(|one| one.name).collect(),
                        purpose: agreed.purpose,
                        pc: agreed.pc,
                        phone: code.and_then(Platform::from_code),
                        created_at_ms: row.created_at_ms,
                    });
                }
                Ok(past)
            })
            .await
    }
}
