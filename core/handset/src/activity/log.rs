//! What the flows write into the log.

use quanshengshi_protocol::consent::Decision;
use quanshengshi_protocol::ids::TaskId;
use quanshengshi_protocol::outcome::{Outcome, Verdict};
use quanshengshi_protocol::receipt::ClaimReceipt;
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_vault::vault::Vault;

use crate::activity::MOST_ENTRIES;
use crate::activity::entry::{Ending, LogEntry};
use crate::state::{StateError, StateStore, put, read};

const LOG: &str = "log/";

impl StateStore {
    /// Notes that a task was claimed; one that is in the log stays as it is.
    pub(crate) async fn log_claim(
        &self,
        task: TaskId,
        receipt: Signed<ClaimReceipt>,
    ) -> Result<(), StateError> {
        self.on_vault(move |vault| {
            let name = format!("{LOG}{task}");
            if read(vault, &name)?.is_some() {
                return Ok(());
            }
            let entry = LogEntry {
                receipt,
                outcome: None,
                ending: Ending::Open,
                kept: false,
            };
            put(vault, &name, &entry.to_bytes())?;
            for old in names(vault)?.into_iter().skip(MOST_ENTRIES) {
                vault.forget(&old)?;
            }
            Ok(())
        })
        .await
    }

    /// Changes the entry of a task, when there is one.
    async fn change_log(
        &self,
        task: TaskId,
        change: impl FnOnce(&mut LogEntry) + Send + 'static,
    ) -> Result<(), StateError> {
        self.on_vault(move |vault| {
            let name = format!("{LOG}{task}");
            let Some(body) = read(vault, &name)? else {
                return Ok(());
            };
            let before = LogEntry::parse(&body)?;
            let mut entry = before.clone();
            change(&mut entry);
            if entry != before {
                put(vault, &name, &entry.to_bytes())?;
            }
            Ok(())
        })
        .await
    }

    /// Notes what the person answered.
    pub(crate) async fn log_decision(
        &self,
        task: TaskId,
        decision: Decision,
    ) -> Result<(), StateError> {
        let ending = match decision {
            Decision::NotMe => Ending::NotMe,
            Decision::Decline => Ending::Declined,
            Decision::AgreeWithFace | Decision::AgreeWithoutFace => return Ok(()),
        };
        self.change_log(task, move |entry| entry.ending = ending)
            .await
    }

    /// Notes the portal's signed outcome, verified before.
    pub(crate) async fn log_outcome(
        &self,
        task: TaskId,
        verdict: Verdict,
        signed: Signed<Outcome>,
    ) -> Result<(), StateError> {
        self.change_log(task, move |entry| {
            entry.outcome = Some(signed);
            match verdict {
                Verdict::Approved => entry.ending = Ending::Approved,
                Verdict::Retry(_) => {}
                Verdict::Failed(reason) => entry.ending = Ending::Failed(Some(reason)),
                Verdict::Review(reason) => entry.ending = Ending::Review(Some(reason)),
            }
        })
        .await
    }

    /// Notes where the portal says that a task stands. What the person said stays said.
    pub(crate) async fn log_state(
        &self,
        task: TaskId,
        state: TaskState,
        verdict: Option<Verdict>,
    ) -> Result<(), StateError> {
        let Some(ending) = Ending::of_state(state, verdict) else {
            return Ok(());
        };
        self.change_log(task, move |entry| {
            if !matches!(entry.ending, Ending::NotMe | Ending::Declined) {
                entry.ending = ending;
            }
        })
        .await
    }

    /// Notes that the certificates of a task are kept here now.
    pub(crate) async fn log_kept(&self, task: TaskId) -> Result<(), StateError> {
        self.change_log(task, |entry| entry.kept = true).await
    }
}

/// The names of the entries, the one written last first.
pub(crate) fn names(vault: &Vault) -> Result<Vec<String>, StateError> {
    let entries = vault.list(usize::MAX)?;
    let names = entries.into_iter().map(|entry| entry.id);
    Ok(names.filter(|id| id.starts_with(LOG)).collect())
}
