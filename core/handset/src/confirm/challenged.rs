//! A challenge that may be answered (M5).

use quanshengshi_protocol::challenge::Challenge;
use quanshengshi_protocol::ids::{DeviceId, Digest, TaskId};
use quanshengshi_protocol::statement::{Signed, Statement};

use crate::confirm::claimed::Claimed;
use crate::confirm::deadline::Deadline;
use crate::confirm::error::{ConfirmError, Part};
use crate::handset::Handset;

/// A challenge of the portal for this device, task and transaction. Used by one submission; a
/// capture that failed on the phone may be begun again while time is left.
#[derive(Debug, Clone)]
pub struct Challenged {
    challenge: Challenge,
    deadline: Deadline,
}

impl Challenged {
    /// What to do, in which order, in which time.
    pub fn challenge(&self) -> &Challenge {
        &self.challenge
    }

    /// How long the portal waits for evidence.
    pub fn deadline(&self) -> Deadline {
        self.deadline
    }

    /// The task.
    pub fn task(&self) -> TaskId {
        self.challenge.task
    }
}

/// What a challenge must be tied to.
pub(crate) struct Expected {
    pub(crate) task: TaskId,
    pub(crate) device: DeviceId,
    pub(crate) transaction: Digest,
    /// The lowest attempt that can still be open.
    pub(crate) attempt: u8,
}

impl Handset {
    pub(crate) fn check_challenge(
        &self,
        answer: &Signed<Challenge>,
        claimed: &Claimed,
        attempt: u8,
    ) -> Result<Challenged, ConfirmError> {
        let expected = Expected {
            task: claimed.task(),
            device: claimed.device(),
            transaction: claimed.transaction().digest(),
            attempt,
        };
        self.check_challenge_of(answer, &expected)
    }

    /// Believes a challenge only if the portal signed it for this device, task, transaction and
    /// attempt.
    pub(crate) fn check_challenge_of(
        &self,
        answer: &Signed<Challenge>,
        expected: &Expected,
    ) -> Result<Challenged, ConfirmError> {
        let challenge = self.inner.device.portal_keys.verify(answer)?;
        let foreign = |part| Err(ConfirmError::Foreign(part));
        if challenge.device != expected.device {
            return foreign(Part::Device);
        }
        if challenge.task != expected.task {
            return foreign(Part::Task);
        }
        if challenge.transaction != expected.transaction {
            return foreign(Part::Transaction);
        }
        let attempts = expected.attempt..=challenge.attempts;
        if challenge.steps.is_empty() || !attempts.contains(&challenge.attempt) {
            return foreign(Part::Challenge);
        }
        let clock = self.inner.clock.as_ref();
        Ok(Challenged {
            deadline: Deadline::starting_now(
                clock,
                challenge.issued_at_ms,
                challenge.expires_at_ms,
            ),
            challenge,
        })
    }
}
