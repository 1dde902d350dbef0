//! A task that this phone claimed: what is asked, and the person's answer to it (M3, M4).

use std::sync::{Mutex, PoisonError};

use quanshengshi_protocol::claim::Claim;
use quanshengshi_protocol::consent::{Consent, Decision};
use quanshengshi_protocol::ids::{DeviceId, Nonce, TaskId};
use quanshengshi_protocol::invitation::{Code, Invitation};
use quanshengshi_protocol::receipt::ClaimReceipt;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::{Signed, Statement};
use quanshengshi_protocol::transaction::{ConsentText, Transaction};
use quanshengshi_protocol::typed::{TypedCode, TypedDigits};
use quanshengshi_rules::language::Language;

use crate::confirm::challenged::Challenged;
use crate::confirm::deadline::Deadline;
use crate::confirm::error::{ConfirmError, Part};
use crate::handset::Handset;
use crate::journal::JournalEntry;
use crate::people::OtherPerson;
use crate::portal_client::error::PortalError;
use crate::randomness::make_random;

/// A claimed task. Only comes out of a receipt that the portal signed for this device and claim.
#[derive(Debug)]
pub struct Claimed {
    receipt: ClaimReceipt,
    deadline: Deadline,
    other: Option<OtherPerson>,
    /// The signed answer, kept so that a repeated call sends the same bytes.
    consent: Mutex<Option<(Decision, Signed<Consent>)>>,
}

/// What followed from the person's answer.
#[derive(Debug)]
pub enum Answered {
    /// The person agreed: now the face.
    Challenged(Challenged),
    /// The person did not agree; the task has ended or goes on without a face elsewhere.
    Ended,
}

impl Claimed {
    /// What is asked.
    pub fn transaction(&self) -> &Transaction {
        &self.receipt.transaction
    }

    /// The text to show, made of exactly the fields that are signed.
    pub fn consent_text(&self, language: Language) -> ConsentText {
        self.receipt.transaction.consent_text(language)
    }

    /// Version of the face notice to show.
    pub fn notice_version(&self) -> u32 {
        self.receipt.notice_version
    }

    /// How long the portal waits for the answer.
    pub fn deadline(&self) -> Deadline {
        self.deadline
    }

    /// That the task is about somebody else than this phone's people (requirement SC-03).
    pub fn other_person(&self) -> Option<&OtherPerson> {
        self.other.as_ref()
    }

    /// The task.
    pub fn task(&self) -> TaskId {
        self.receipt.transaction.task
    }

    pub(crate) fn device(&self) -> DeviceId {
        self.receipt.device
    }
}

impl Handset {
    /// Claims the task of a scanned code for this phone; enrols the phone if need be.
    ///
    /// # Errors
    /// [`ConfirmError::Portal`] with the refusals of an expired, altered or used code;
    /// [`ConfirmError::Forged`] or [`ConfirmError::Foreign`] for a receipt that is not this
    /// portal's for this claim; otherwise by variant.
    ///
    /// # Cancellation
    /// May be dropped at any await and repeated with the same invitation: the claim keeps its
    /// nonce, and the portal answers the same claim the same.
    pub async fn claim(&self, invitation: &Invitation) -> Result<Claimed, ConfirmError> {
        self.obeying(Box::pin(self.claim_code(invitation.code)))
            .await
    }

    /// Claims the task whose nine digits were typed, for cameras that fail.
    ///
    /// # Errors
    /// [`ConfirmError::Portal`] with `TYPED_CODE_WRONG` for digits that no page shows now, and with
    /// `DEVICE_LIMIT` after too many tries; otherwise as [`Handset::claim`].
    ///
    /// # Cancellation
    /// May be dropped at any await and repeated; each call is another try.
    pub async fn claim_typed(&self, digits: &TypedDigits) -> Result<Claimed, ConfirmError> {
        let claim = async {
            let code = self.resolve(digits).await?;
            self.claim_code(code).await
        };
        self.obeying(Box::pin(claim)).await
    }

    async fn resolve(&self, digits: &TypedDigits) -> Result<Code, ConfirmError> {
        let device = &self.inner.device;
        let typed = TypedCode {
            digits: digits.clone(),
            device: device.enrolled().await?,
            nonce: Nonce::from_bytes(make_random()?),
        };
        let signed = device.signer.sign(&typed).await?;
        let written = device.portal.typed(&signed).await?;
        let what = "code of typed digits";
        Ok(Code::parse(&written).map_err(|_| PortalError::Malformed { what })?)
    }

    pub(crate) async fn claim_code(&self, code: Code) -> Result<Claimed, ConfirmError> {
        match self.claim_once(code).await {
            Err(ConfirmError::Portal(PortalError::Refused {
                code: RefusalCode::DeviceUnknown,
                ..
            })) => {
                self.inner.device.forget_grant().await?;
                self.claim_once(code).await
            }
            other => other,
        }
    }

    async fn claim_once(&self, code: Code) -> Result<Claimed, ConfirmError> {
        let device = &self.inner.device;
        let id = device.enrolled().await?;
        let mut entry = match device.state.task(code.task).await? {
            Some(entry) if entry.code == code => entry,
            _ => JournalEntry {
                code,
                claim_nonce: Nonce::from_bytes(make_random()?),
                receipt: None,
                evidence: None,
            },
        };
        device.state.put_task(entry.clone()).await?;
        let claim = Claim {
            code: entry.code,
            device: id,
            nonce: entry.claim_nonce,
            app_version: device.app_version.clone(),
        };
        let signed = device.signer.sign(&claim).await?;
        let answer = match device.portal.claim(&signed).await {
            Err(error @ (PortalError::Refused { .. } | PortalError::RefusedUnknown { .. })) => {
                if entry.receipt.is_none() {
                    device.state.forget_task(entry.task()).await?;
                }
                return Err(error.into());
            }
            other => other?,
        };
        let claimed = self.check_receipt(&answer, &entry, id).await?;
        entry.receipt = Some(answer.clone());
        device.state.put_task(entry).await?;
        device.state.log_claim(claimed.task(), answer).await?;
        Ok(claimed)
    }

    /// Believes a receipt only if the portal signed it for this device, claim and task.
    pub(crate) async fn check_receipt(
        &self,
        answer: &Signed<ClaimReceipt>,
        entry: &JournalEntry,
        device: DeviceId,
    ) -> Result<Claimed, ConfirmError> {
        let receipt = self.inner.device.portal_keys.verify(answer)?;
        if receipt.device != device {
            return Err(ConfirmError::Foreign(Part::Device));
        }
        if receipt.claim_nonce != entry.claim_nonce {
            return Err(ConfirmError::Foreign(Part::Nonce));
        }
        if receipt.transaction.task != entry.task() {
            return Err(ConfirmError::Foreign(Part::Task));
        }
        let state = &self.inner.device.state;
        let other = state.other_person(&receipt.transaction).await?;
        let clock = self.inner.clock.as_ref();
        Ok(Claimed {
            other,
            deadline: Deadline::starting_now(clock, receipt.issued_at_ms, receipt.expires_at_ms),
            receipt,
            consent: Mutex::new(None),
        })
    }

    /// Sends the person's answer, bound to exactly what was shown.
    ///
    /// # Errors
    /// [`ConfirmError::OtherPerson`] for an agreement to open certificates of somebody else than
    /// this phone's people; nothing is sent.
    /// [`ConfirmError::Portal`] with `CONSENT_REQUIRED` for an agreement without the face;
    /// [`ConfirmError::Forged`] or [`ConfirmError::Foreign`] for a challenge that is not this
    /// portal's for this task; otherwise by variant.
    ///
    /// # Cancellation
    /// May be dropped at any await and repeated with the same decision: the same bytes are sent.
    pub async fn answer(
        &self,
        claimed: &Claimed,
        decision: Decision,
    ) -> Result<Answered, ConfirmError> {
        let agrees = matches!(
            decision,
            Decision::AgreeWithFace | Decision::AgreeWithoutFace
        );
        if agrees && claimed.other.as_ref().is_some_and(|other| !other.may_go_on) {
            return Err(ConfirmError::OtherPerson);
        }
        self.obeying(self.send_answer(claimed, decision)).await
    }

    async fn send_answer(
        &self,
        claimed: &Claimed,
        decision: Decision,
    ) -> Result<Answered, ConfirmError> {
        let device = &self.inner.device;
        let signed = self.signed_consent(claimed, decision).await?;
        match device.portal.consent(claimed.task(), &signed).await {
            Ok(Some(challenge)) if decision == Decision::AgreeWithFace => Ok(Answered::Challenged(
                self.check_challenge(&challenge, claimed, 1)?,
            )),
            Ok(_) if decision == Decision::AgreeWithFace => {
                Err(ConfirmError::Foreign(Part::Challenge))
            }
            Ok(_) => {
                device.state.log_decision(claimed.task(), decision).await?;
                device.state.forget_task(claimed.task()).await?;
                Ok(Answered::Ended)
            }
            // The answer to an earlier try may have been lost: then the challenge is waiting.
            Err(PortalError::Refused {
                code: RefusalCode::TaskState,
                retry_after_ms,
            }) => match self.waiting_challenge(claimed).await? {
                Some(challenged) => Ok(Answered::Challenged(challenged)),
                None => Err(ConfirmError::Portal(PortalError::Refused {
                    code: RefusalCode::TaskState,
                    retry_after_ms,
                })),
            },
            Err(error) => Err(error.into()),
        }
    }

    async fn waiting_challenge(
        &self,
        claimed: &Claimed,
    ) -> Result<Option<Challenged>, ConfirmError> {
        let device = &self.inner.device;
        let request = device.request(claimed.task()).await?;
        let answer = device.portal.state(claimed.task(), &request).await?;
        answer
            .challenge
            .map(|challenge| self.check_challenge(&challenge, claimed, 1))
            .transpose()
    }

    async fn signed_consent(
        &self,
        claimed: &Claimed,
        decision: Decision,
    ) -> Result<Signed<Consent>, ConfirmError> {
        let kept = || {
            claimed
                .consent
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        if let Some((given, signed)) = kept().as_ref()
            && *given == decision
        {
            return Ok(signed.clone());
        }
        let consent = Consent {
            task: claimed.task(),
            device: claimed.device(),
            transaction: claimed.transaction().digest(),
            decision,
            notice_version: claimed.notice_version(),
        };
        let signed = self.inner.device.signer.sign(&consent).await?;
        *kept() = Some((decision, signed.clone()));
        Ok(signed)
    }
}
