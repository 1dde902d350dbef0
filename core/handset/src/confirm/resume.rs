//! The way back into a task after the app was killed.

use quanshengshi_protocol::ids::TaskId;
use quanshengshi_protocol::outcome::{Outcome, Verdict};
use quanshengshi_protocol::statement::Statement;
use quanshengshi_protocol::states::TaskState;

use crate::confirm::challenged::Challenged;
use crate::confirm::claimed::Claimed;
use crate::confirm::error::{ConfirmError, Part};
use crate::handset::Handset;

/// Where an open task stands.
#[derive(Debug)]
pub struct Resumed {
    /// The portal's word for it.
    pub state: TaskState,
    /// What was asked, to be shown again.
    pub claimed: Claimed,
    /// The challenge that waits for evidence, when one does.
    pub challenged: Option<Challenged>,
    /// The verdict on the last evidence, when there is one.
    pub verdict: Option<Verdict>,
}

impl Handset {
    /// The tasks that were begun on this phone and not seen to their end, newest first.
    ///
    /// # Errors
    /// [`ConfirmError::State`].
    pub async fn open_tasks(&self) -> Result<Vec<TaskId>, ConfirmError> {
        Ok(self.inner.device.state.tasks().await?)
    }

    /// Asks the portal where a task stands. A claim whose answer was lost is repeated first.
    ///
    /// # Errors
    /// [`ConfirmError::UnknownTask`] when the journal does not have it; otherwise as
    /// [`Handset::claim`].
    ///
    /// # Cancellation
    /// May be dropped at any await and repeated.
    pub async fn resume(&self, task: TaskId) -> Result<Resumed, ConfirmError> {
        self.obeying(Box::pin(self.ask_state(task))).await
    }

    async fn ask_state(&self, task: TaskId) -> Result<Resumed, ConfirmError> {
        let device = &self.inner.device;
        let entry = device
            .state
            .task(task)
            .await?
            .ok_or(ConfirmError::UnknownTask)?;
        let claimed = match &entry.receipt {
            Some(receipt) => {
                let id = device.enrolled().await?;
                self.check_receipt(receipt, &entry, id).await?
            }
            None => self.claim_code(entry.code).await?,
        };
        let request = device.request(task).await?;
        let answer = device.portal.state(task, &request).await?;
        let state =
            TaskState::from_word(&answer.state).ok_or(ConfirmError::Foreign(Part::State))?;
        let challenged = answer
            .challenge
            .map(|challenge| self.check_challenge(&challenge, &claimed, 1))
            .transpose()?;
        let agreed = claimed.transaction().digest();
        let outcome: Option<Outcome> = answer
            .outcome
            .as_ref()
            .map(|signed| self.check_outcome(signed, task, agreed))
            .transpose()?;
        if let (Some(outcome), Some(signed)) = (&outcome, answer.outcome) {
            self.note_outcome(claimed.transaction(), outcome, signed)
                .await?;
        }
        let verdict = outcome.map(|outcome| outcome.verdict);
        device.state.log_state(task, state, verdict).await?;
        let awaits_package = matches!(state, TaskState::Approved | TaskState::Closed)
            && claimed.transaction().kind.opens_certificates();
        if state.is_final() && !awaits_package {
            device.state.forget_task(task).await?;
        }
        Ok(Resumed {
            state,
            claimed,
            challenged,
            verdict,
        })
    }
}
