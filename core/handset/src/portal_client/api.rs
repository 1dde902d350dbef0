//! The calls of the phone's interface (table in `quanshengshi_protocol::wire`).
//!
//! Every call may be repeated: a nonce is only wasted, an enrolment is known by its installation,
//! a claim by its nonce, a consent by its task, evidence by its idempotency key, and the others
//! only read.

use quanshengshi_protocol::attestation::DeviceAttestation;
use quanshengshi_protocol::challenge::Challenge;
use quanshengshi_protocol::claim::Claim;
use quanshengshi_protocol::consent::Consent;
use quanshengshi_protocol::device::{DeviceList, DeviceRequest, DeviceRevocation};
use quanshengshi_protocol::enrolment::{DeviceGrant, Enrolment};
use quanshengshi_protocol::ids::{EvidenceId, Nonce, TaskId};
use quanshengshi_protocol::package::Package;
use quanshengshi_protocol::receipt::ClaimReceipt;
use quanshengshi_protocol::statement::Signed;
use quanshengshi_protocol::status::{StatusList, StatusRequest, TaskRequest};
use quanshengshi_protocol::typed::TypedCode;
use quanshengshi_protocol::variant::VariantRequest;
use quanshengshi_protocol::verification::{VerificationGrant, VerificationRequest};
use quanshengshi_protocol::wire::{
    AttestAnswer, ConsentAnswer, EvidenceAnswer, LeaveAnswer, NonceAnswer, RevokeAnswer,
    SealsAnswer, StateAnswer, TypedAnswer,
};
use reqwest::header::HeaderName;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::portal_client::client::{Body, PortalClient};
use crate::portal_client::error::PortalError;
use crate::portal_client::pacing::Patience;

impl PortalClient {
    pub(crate) async fn make_nonce(&self) -> Result<Nonce, PortalError> {
        let answer: NonceAnswer = self
            .call("/v1/nonces", Body::None, &[], Patience::CALL)
            .await?;
        Ok(answer.nonce)
    }

    pub(crate) async fn enrol(
        &self,
        enrolment: &Signed<Enrolment>,
    ) -> Result<Signed<DeviceGrant>, PortalError> {
        self.ask("/v1/devices", enrolment).await
    }

    pub(crate) async fn claim(
        &self,
        claim: &Signed<Claim>,
    ) -> Result<Signed<ClaimReceipt>, PortalError> {
        self.ask("/v1/claims", claim).await
    }

    pub(crate) async fn typed(&self, typed: &Signed<TypedCode>) -> Result<String, PortalError> {
        let answer: TypedAnswer = self.ask("/v1/typed", typed).await?;
        Ok(answer.code)
    }

    pub(crate) async fn consent(
        &self,
        task: TaskId,
        consent: &Signed<Consent>,
    ) -> Result<Option<Signed<Challenge>>, PortalError> {
        let answer: ConsentAnswer = self
            .ask(&format!("/v1/tasks/{task}/consent"), consent)
            .await?;
        Ok(answer.challenge)
    }

    pub(crate) async fn submit(
        &self,
        task: TaskId,
        evidence: EvidenceId,
        submission: &[u8],
    ) -> Result<EvidenceAnswer, PortalError> {
        let key = HeaderName::from_static("idempotency-key");
        self.call(
            &format!("/v1/tasks/{task}/evidence"),
            Body::Bytes(submission.to_vec()),
            &[(key, evidence.to_string())],
            Patience::EVIDENCE,
        )
        .await
    }

    pub(crate) async fn state(
        &self,
        task: TaskId,
        request: &Signed<TaskRequest>,
    ) -> Result<StateAnswer, PortalError> {
        self.ask(&format!("/v1/tasks/{task}/state"), request).await
    }

    pub(crate) async fn package(
        &self,
        task: TaskId,
        request: &Signed<TaskRequest>,
    ) -> Result<Signed<Package>, PortalError> {
        self.ask(&format!("/v1/tasks/{task}/package"), request)
            .await
    }

    pub(crate) async fn variant(
        &self,
        task: TaskId,
        request: &Signed<VariantRequest>,
    ) -> Result<Option<Signed<Challenge>>, PortalError> {
        let answer: ConsentAnswer = self
            .ask(&format!("/v1/tasks/{task}/variant"), request)
            .await?;
        Ok(answer.challenge)
    }

    pub(crate) async fn verification(
        &self,
        request: &Signed<VerificationRequest>,
    ) -> Result<Signed<VerificationGrant>, PortalError> {
        self.ask("/v1/verification", request).await
    }

    pub(crate) async fn attest(
        &self,
        statement: &Signed<DeviceAttestation>,
    ) -> Result<AttestAnswer, PortalError> {
        self.ask("/v1/devices/attest", statement).await
    }

    pub(crate) async fn devices(
        &self,
        request: &Signed<DeviceRequest>,
    ) -> Result<Signed<DeviceList>, PortalError> {
        self.ask("/v1/devices/list", request).await
    }

    pub(crate) async fn leave(
        &self,
        request: &Signed<DeviceRequest>,
    ) -> Result<LeaveAnswer, PortalError> {
        self.ask("/v1/devices/leave", request).await
    }

    pub(crate) async fn revoke(
        &self,
        request: &Signed<DeviceRevocation>,
    ) -> Result<RevokeAnswer, PortalError> {
        self.ask("/v1/devices/revoke", request).await
    }

    pub(crate) async fn status(
        &self,
        request: &Signed<StatusRequest>,
    ) -> Result<Signed<StatusList>, PortalError> {
        self.ask("/v1/status", request).await
    }

    pub(crate) async fn seals(&self) -> Result<SealsAnswer, PortalError> {
        self.call("/v1/seals", Body::None, &[], Patience::CALL)
            .await
    }

    async fn ask<A: DeserializeOwned>(
        &self,
        path: &str,
        question: &impl Serialize,
    ) -> Result<A, PortalError> {
        let body = Body::Json(json(question)?);
        self.call(path, body, &[], Patience::CALL).await
    }

    async fn call<A: DeserializeOwned>(
        &self,
        path: &str,
        body: Body,
        headers: &[(HeaderName, String)],
        patience: Patience,
    ) -> Result<A, PortalError> {
        let answer = self
            .repeat(|| self.post(path, body.clone(), headers, patience))
            .await?;
        serde_json::from_slice(&answer).map_err(|_| PortalError::Malformed {
            what: "body of an answer",
        })
    }
}

/// A statement as the body of a request.
pub(crate) fn json(question: &impl Serialize) -> Result<Vec<u8>, PortalError> {
    serde_json::to_vec(question).map_err(|_| PortalError::Malformed {
        what: "body of a call",
    })
}
