//! Evidence signed, sent and answered (M7, M9).

use std::time::Duration;

use quanshengshi_protocol::evidence::Submission;
use quanshengshi_protocol::ids::{DeviceId, Digest, EvidenceId, TaskId};
use quanshengshi_protocol::outcome::{Outcome, Verdict};
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::transaction::Transaction;
use quanshengshi_protocol::wire::EvidenceAnswer;

use crate::confirm::capture::Captured;
use crate::confirm::challenged::{Challenged, Expected};
use crate::confirm::deadline::Deadline;
use crate::confirm::error::{ConfirmError, Part};
use crate::handset::Handset;
use crate::randomness::make_random;

/// How long a judgement may take that began just before its challenge ended (protocol 5.7).
const JUDGEMENT: Duration = Duration::from_mins(1);

/// Signed evidence, ready to be sent and sent again: the same name and the same bytes each time.
#[derive(Debug)]
pub struct Prepared {
    pub(crate) id: EvidenceId,
    pub(crate) bytes: Vec<u8>,
    /// Until when the portal takes it: it is not kept for later.
    pub(crate) deadline: Deadline,
    pub(crate) answers: Answers,
}

/// What the answer to evidence must be tied to.
#[derive(Debug)]
pub(crate) struct Answers {
    pub(crate) task: TaskId,
    pub(crate) device: DeviceId,
    pub(crate) transaction: Digest,
    pub(crate) attempt: u8,
}

impl Prepared {
    /// The task.
    pub fn task(&self) -> TaskId {
        self.answers.task
    }
}

/// The portal's verdict, verified.
#[derive(Debug)]
pub enum Appraised {
    /// The PC may go on.
    Approved,
    /// Not this time.
    Retry {
        /// Why.
        reason: RefusalCode,
        /// Attempts left.
        attempts_left: u8,
        /// The next challenge.
        challenged: Challenged,
    },
    /// No attempts are left.
    Failed {
        /// Why.
        reason: RefusalCode,
    },
    /// People decide; neither refused nor approved.
    Review {
        /// Why.
        reason: RefusalCode,
    },
}

impl Handset {
    /// Names and signs the evidence of a capture; nothing is sent.
    ///
    /// # Errors
    /// [`ConfirmError::Sign`], [`ConfirmError::State`], [`ConfirmError::Randomness`].
    ///
    /// # Cancellation
    /// May be dropped and repeated; an unsent name is of no consequence.
    pub async fn prepare(&self, captured: &Captured) -> Result<Prepared, ConfirmError> {
        let device = &self.inner.device;
        let id = EvidenceId::from_bytes(make_random()?);
        let header = captured.evidence.header(id, captured.camera);
        let signed = device.signer.sign(&header).await?;
        let submission = Submission {
            header: signed,
            pictures: captured.evidence.pictures().to_vec(),
        };
        let mut entry = device
            .state
            .task(header.task)
            .await?
            .ok_or(ConfirmError::UnknownTask)?;
        entry.evidence = Some(id);
        device.state.put_task(entry).await?;
        Ok(Prepared {
            id,
            bytes: submission.to_bytes(),
            deadline: captured.challenged.deadline(),
            answers: Answers {
                task: header.task,
                device: header.device,
                transaction: header.transaction,
                attempt: captured.challenged.challenge().attempt,
            },
        })
    }

    /// Sends the evidence and gives the portal's verdict.
    ///
    /// # Errors
    /// [`ConfirmError::ChallengeOver`] when the challenge's time is over: evidence never waits for a
    /// network past it (requirement SC-10); what became of an earlier sending, [`Handset::resume`]
    /// tells.
    /// [`ConfirmError::Portal`] when there is no answer or the evidence is refused as such;
    /// [`ConfirmError::Forged`] or [`ConfirmError::Foreign`] for a verdict that is not this
    /// portal's on exactly this evidence.
    ///
    /// # Cancellation
    /// May be dropped at any await and repeated: the same name and bytes are sent, and the portal
    /// judges once.
    pub async fn confirm(&self, prepared: &Prepared) -> Result<Appraised, ConfirmError> {
        self.obeying(Box::pin(self.send_evidence(prepared))).await
    }

    async fn send_evidence(&self, prepared: &Prepared) -> Result<Appraised, ConfirmError> {
        let device = &self.inner.device;
        let left_ms = prepared.deadline.remaining_ms(self.inner.clock.as_ref());
        if left_ms == 0 {
            return Err(ConfirmError::ChallengeOver);
        }
        // Tries again while the network is down, but not past the challenge; a judgement that is
        // under way then gets the time it needs.
        let sending = device
            .portal
            .submit(prepared.task(), prepared.id, &prepared.bytes);
        let within = Duration::from_millis(left_ms) + JUDGEMENT;
        let Ok(answer) = tokio::time::timeout(within, sending).await else {
            return Err(ConfirmError::ChallengeOver);
        };
        let answer = answer?;
        let (appraised, outcome) = self.check_answer(&answer, prepared)?;
        let entry = device.state.task(outcome.task).await?;
        let receipt = entry.and_then(|entry| device.portal_keys.verify(&entry.receipt?).ok());
        if let Some(receipt) = &receipt {
            self.note_outcome(&receipt.transaction, &outcome, answer.outcome)
                .await?;
        }
        self.close_if_ended(&outcome).await?;
        Ok(appraised)
    }

    /// Keeps the portal's word in the log, and who was accepted.
    pub(crate) async fn note_outcome(
        &self,
        transaction: &Transaction,
        outcome: &Outcome,
        signed: Signed<Outcome>,
    ) -> Result<(), ConfirmError> {
        let state = &self.inner.device.state;
        state
            .log_outcome(outcome.task, outcome.verdict, signed)
            .await?;
        if outcome.verdict == Verdict::Approved {
            state
                .note_person(transaction, outcome.decided_at_ms)
                .await?;
        }
        Ok(())
    }

    fn check_answer(
        &self,
        answer: &EvidenceAnswer,
        prepared: &Prepared,
    ) -> Result<(Appraised, Outcome), ConfirmError> {
        let Answers {
            task,
            device,
            transaction,
            attempt,
        } = prepared.answers;
        let outcome = self.check_outcome(&answer.outcome, task, transaction)?;
        if outcome.evidence != prepared.id {
            return Err(ConfirmError::Foreign(Part::Evidence));
        }
        let appraised = match (outcome.verdict, &answer.challenge) {
            (Verdict::Approved, _) => Appraised::Approved,
            (Verdict::Failed(reason), _) => Appraised::Failed { reason },
            (Verdict::Review(reason), _) => Appraised::Review { reason },
            (Verdict::Retry(_), None) => return Err(ConfirmError::Foreign(Part::Challenge)),
            (Verdict::Retry(reason), Some(challenge)) => {
                let expected = Expected {
                    task,
                    device,
                    transaction,
                    attempt: attempt.saturating_add(1),
                };
                Appraised::Retry {
                    reason,
                    attempts_left: outcome.attempts_left,
                    challenged: self.check_challenge_of(challenge, &expected)?,
                }
            }
        };
        Ok((appraised, outcome))
    }

    /// Believes an outcome only if the portal signed it for this task and transaction.
    pub(crate) fn check_outcome(
        &self,
        answer: &Signed<Outcome>,
        task: TaskId,
        transaction: Digest,
    ) -> Result<Outcome, ConfirmError> {
        let outcome = self.inner.device.portal_keys.verify(answer)?;
        if outcome.task != task {
            return Err(ConfirmError::Foreign(Part::Task));
        }
        if outcome.transaction != transaction {
            return Err(ConfirmError::Foreign(Part::Transaction));
        }
        Ok(outcome)
    }

    /// Forgets a task that is over. One that opened certificates stays until its package was
    /// fetched.
    async fn close_if_ended(&self, outcome: &Outcome) -> Result<(), ConfirmError> {
        let device = &self.inner.device;
        let over = match outcome.verdict {
            Verdict::Retry(_) => false,
            Verdict::Failed(_) | Verdict::Review(_) => true,
            Verdict::Approved => {
                let entry = device.state.task(outcome.task).await?;
                let receipt =
                    entry.and_then(|entry| device.portal_keys.verify(&entry.receipt?).ok());
                !receipt.is_some_and(|receipt| receipt.transaction.kind.opens_certificates())
            }
        };
        if over {
            device.state.forget_task(outcome.task).await?;
        }
        Ok(())
    }
}
