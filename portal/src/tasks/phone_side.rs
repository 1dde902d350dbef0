//! What phones call about tasks.

use std::sync::Arc;

use quanshengshi_protocol::claim::Claim;
use quanshengshi_protocol::consent::Consent;
use quanshengshi_protocol::enrolment::{DeviceGrant, Enrolment};
use quanshengshi_protocol::ids::{Digest, TaskId};
use quanshengshi_protocol::receipt::ClaimReceipt;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::states::TaskState;
use quanshengshi_protocol::status::TaskRequest;
use quanshengshi_protocol::typed::TypedCode;
use quanshengshi_protocol::variant::VariantRequest;
use quanshengshi_protocol::wire::{ConsentAnswer, NonceAnswer, StateAnswer, TypedAnswer};
use rusqlite::Connection;

use crate::audit::entry::{Actor, AuditEntry, AuditEvent};
use crate::devices::device::{Device, usable};
use crate::devices::enrolment::enrol;
use crate::devices::refusal::Fault;
use crate::devices::signer::DeviceStatement;
use crate::tasks::challenge::{renew, signed as signed_challenge};
use crate::tasks::claim::claim;
use crate::tasks::consent::consent;
use crate::tasks::decision::last_answer;
use crate::tasks::desk::TaskDesk;
use crate::tasks::lapse::lapse;
use crate::tasks::row::TaskRow;
use crate::tasks::typed::resolve;
use crate::tasks::variant::change;

impl TaskDesk {
    /// A nonce for an enrolment; five minutes, once.
    ///
    /// # Errors
    /// A fault of the keys.
    pub fn make_nonce(&self) -> Result<NonceAnswer, Fault> {
        let keys = &self.tools.keys;
        let nonce = keys.make_nonce(&self.tools.random, self.clock.now_ms())?;
        Ok(NonceAnswer { nonce })
    }

    /// Enrols a phone (M0).
    ///
    /// # Errors
    /// As [`enrol`], and `EVIDENCE_SIGNATURE` when the key did not sign.
    ///
    /// # Cancellation
    /// May be repeated with the same bytes.
    pub async fn enrol(
        self: &Arc<Self>,
        signed: Signed<Enrolment>,
    ) -> Result<Signed<DeviceGrant>, Fault> {
        let enrolment = signed.verify_with::<Fault>(|stated| Ok(stated.key))?;
        let request = Digest::of(signed.bytes());
        self.write(move |work| {
            let (keys, random) = (&work.tools.keys, &work.tools.random);
            enrol(work.tx, work.now_ms, keys, random, &enrolment, request)
        })
        .await
    }

    /// Claims the task of a code (M3).
    ///
    /// # Errors
    /// As [`claim`] and [`TaskDesk::authenticate`].
    ///
    /// # Cancellation
    /// May be repeated with the same bytes.
    pub async fn claim(
        self: &Arc<Self>,
        signed: Signed<Claim>,
    ) -> Result<Signed<ClaimReceipt>, Fault> {
        let stated = self.authenticate(&signed).await?;
        let request = Digest::of(signed.bytes());
        self.write(move |work| claim(work, &stated, request)).await
    }

    /// Takes the person's answer (M4).
    ///
    /// # Errors
    /// As [`consent`] and [`TaskDesk::authenticate`].
    ///
    /// # Cancellation
    /// May be repeated with the same bytes.
    pub async fn consent(
        self: &Arc<Self>,
        task: TaskId,
        signed: Signed<Consent>,
    ) -> Result<ConsentAnswer, Fault> {
        let stated = self.authenticate(&signed).await?;
        same_task(task, stated.task)?;
        let request = Digest::of(signed.bytes());
        self.write(move |work| consent(work, &stated, request))
            .await
    }

    /// Where the task stands. When time took the challenge that was out, the next one is issued.
    ///
    /// # Errors
    /// `TASK_UNKNOWN` to every device but the one that holds it; as [`TaskDesk::authenticate`].
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn state(
        self: &Arc<Self>,
        task: TaskId,
        signed: Signed<TaskRequest>,
    ) -> Result<StateAnswer, Fault> {
        let stated = self.authenticate(&signed).await?;
        same_task(task, stated.task)?;
        let device = stated.device;
        let found = self
            .store
            .read(move |connection| {
                let row = TaskRow::find(connection, task)?;
                let row = row.filter(|row| row.device == Some(device));
                let row = row.ok_or(RefusalCode::TaskUnknown)?;
                let answer = state_answer(connection, &row)?;
                Ok::<_, Fault>((row, answer))
            })
            .await?;
        let (row, answer) = found;
        if lapse(&row, self.clock.now_ms()).is_none() {
            return Ok(answer);
        }
        self.write(move |work| {
            let mut row = work.held(task, device)?;
            renew(work, &mut row)?;
            state_answer(work.tx, &row)
        })
        .await
    }

    /// The code that the picture of typed digits shows now.
    ///
    /// # Errors
    /// As [`resolve`] and [`TaskDesk::authenticate`].
    ///
    /// # Cancellation
    /// May be repeated; each one is a try.
    pub async fn typed(self: &Arc<Self>, signed: Signed<TypedCode>) -> Result<TypedAnswer, Fault> {
        let stated = self.authenticate(&signed).await?;
        self.write(move |work| resolve(work, &stated)).await
    }

    /// Takes a wish for other acts; the new challenge when one waits (protocol 5.8).
    ///
    /// # Errors
    /// As [`change`] and [`TaskDesk::authenticate`].
    ///
    /// # Cancellation
    /// May be repeated with the same bytes.
    pub async fn change_variant(
        self: &Arc<Self>,
        task: TaskId,
        signed: Signed<VariantRequest>,
    ) -> Result<ConsentAnswer, Fault> {
        let stated = self.authenticate(&signed).await?;
        same_task(task, stated.task)?;
        let request = Digest::of(signed.bytes());
        self.write(move |work| change(work, &stated, request)).await
    }

    /// Reads a statement of a device, if that device signed it and may still do so. A signature
    /// that does not hold is written into the audit and changes nothing else.
    ///
    /// # Errors
    /// `REQUEST_MALFORMED`, `DEVICE_UNKNOWN`, `DEVICE_REVOKED`, `EVIDENCE_SIGNATURE`, or a fault
    /// of the storage.
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn authenticate<S>(self: &Arc<Self>, signed: &Signed<S>) -> Result<S, Fault>
    where
        S: DeviceStatement + Send,
    {
        Ok(self.authenticate_device(signed).await?.0)
    }

    /// As [`TaskDesk::authenticate`], and the device that signed it.
    ///
    /// # Errors
    /// As [`TaskDesk::authenticate`].
    ///
    /// # Cancellation
    /// Harmless.
    pub async fn authenticate_device<S>(
        self: &Arc<Self>,
        signed: &Signed<S>,
    ) -> Result<(S, Device), Fault>
    where
        S: DeviceStatement + Send,
    {
        let stated = S::parse(signed.bytes())?;
        let (device, task) = (stated.device(), stated.task());
        let known = self
            .store
            .read(move |connection| usable(connection, device))
            .await?;
        let Err(error) = signed.verify(&known.key) else {
            return Ok((stated, known));
        };
        self.write(move |work| {
            work.record(&AuditEntry {
                task,
                device: Some(device),
                reason: Some(RefusalCode::EvidenceSignature),
                ..AuditEntry::new(Actor::Phone, AuditEvent::Forged)
            })
        })
        .await?;
        Err(error.into())
    }
}

/// The task of the address must be the one that was signed.
///
/// # Errors
/// `REQUEST_MALFORMED`.
pub(crate) fn same_task(address: TaskId, signed: TaskId) -> Result<(), Fault> {
    if address == signed {
        Ok(())
    } else {
        Err(RefusalCode::RequestMalformed.into())
    }
}

fn state_answer(connection: &Connection, row: &TaskRow) -> Result<StateAnswer, Fault> {
    let challenge = if row.state == TaskState::Challenged {
        signed_challenge(connection, row.id, row.attempt)?
    } else {
        None
    };
    Ok(StateAnswer {
        state: row.state.word().to_owned(),
        outcome: last_answer(connection, row)?.map(|answer| answer.outcome),
        challenge,
    })
}
