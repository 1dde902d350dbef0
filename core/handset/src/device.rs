//! The enrolled device: its key, its name at the portal, its signatures (M0).

use quanshengshi_protocol::attestation::{
    DeviceAttestation, MOST_CERTIFICATE_BYTES, MOST_CERTIFICATES,
};
use quanshengshi_protocol::enrolment::{DeviceGrant, Enrolment, Platform};
use quanshengshi_protocol::ids::{DeviceId, Nonce, TaskId};
use quanshengshi_protocol::statement::{Signed, StatementError};
use quanshengshi_protocol::status::TaskRequest;

use crate::portal_client::client::PortalClient;
use crate::portal_client::error::PortalError;
use crate::portal_keys::PortalKeys;
use crate::randomness::{NoRandomness, make_random};
use crate::signer::{SignError, Signer};
use crate::state::{StateError, StateStore};

/// Why the device is not enrolled.
#[derive(Debug, thiserror::Error)]
pub enum DeviceError {
    /// The portal gave no usable answer, or refused.
    #[error(transparent)]
    Portal(#[from] PortalError),
    /// The device key failed.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// The grant could not be kept.
    #[error(transparent)]
    State(#[from] StateError),
    /// The operating system gave no random bytes.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// The grant is not the portal's.
    #[error("the grant is not the portal's")]
    Forged(#[from] StatementError),
    /// The grant is for another installation or key.
    #[error("the grant is for another device")]
    Foreign,
}

/// The device towards the portal.
#[derive(Clone)]
pub(crate) struct Device {
    pub(crate) portal: PortalClient,
    pub(crate) portal_keys: PortalKeys,
    pub(crate) signer: Signer,
    pub(crate) state: StateStore,
    pub(crate) platform: Platform,
    pub(crate) app_version: String,
}

impl Device {
    /// The portal's name for this device; enrols when there is none for the present key and
    /// portal.
    ///
    /// # Cancellation
    /// May be dropped and repeated: the installation makes enrolment repeatable.
    pub(crate) async fn enrolled(&self) -> Result<DeviceId, DeviceError> {
        match self.known().await? {
            Some(device) => Ok(device),
            None => self.enrol().await,
        }
    }

    /// The kept grant, if it is this portal's and for the present key.
    pub(crate) async fn known(&self) -> Result<Option<DeviceId>, DeviceError> {
        let Some(grant) = self.state.grant().await? else {
            return Ok(None);
        };
        let Ok(grant) = self.portal_keys.verify(&grant) else {
            return Ok(None);
        };
        let key = self.signer.public_key().await?;
        Ok((grant.key == key).then_some(grant.device))
    }

    /// Enrols anew; the same installation and key give the same device.
    pub(crate) async fn enrol(&self) -> Result<DeviceId, DeviceError> {
        let enrolment = Enrolment {
            install: self.state.install().await?,
            key: self.signer.public_key().await?,
            platform: self.platform,
            app_version: self.app_version.clone(),
            nonce: self.portal.make_nonce().await?,
        };
        let signed = self.signer.sign(&enrolment).await?;
        let answer = self.portal.enrol(&signed).await?;
        let grant = self.check(&answer, &enrolment)?;
        // Before the grant is kept: an enrolment that is repeated attests again.
        self.attest(grant.device).await?;
        self.state.put_grant(&answer).await?;
        Ok(grant.device)
    }

    /// Tells the portal who vouches for the key, where somebody does. A portal that does not want to know is no
    /// reason to stay out; one that cannot be reached now is asked again with the enrolment.
    async fn attest(&self, device: DeviceId) -> Result<(), DeviceError> {
        let chain = self.signer.attestation().await?;
        let fits = chain.len() <= MOST_CERTIFICATES
            && chain.iter().all(|one| one.len() <= MOST_CERTIFICATE_BYTES);
        if chain.is_empty() || !fits {
            return Ok(());
        }
        let statement = DeviceAttestation {
            device,
            chain,
            nonce: Nonce::from_bytes(make_random()?),
        };
        let signed = self.signer.sign(&statement).await?;
        match self.portal.attest(&signed).await {
            Err(error) if error.is_passing() => Err(error.into()),
            _ => Ok(()),
        }
    }

    fn check(
        &self,
        answer: &Signed<DeviceGrant>,
        enrolment: &Enrolment,
    ) -> Result<DeviceGrant, DeviceError> {
        let grant = self.portal_keys.verify(answer)?;
        if grant.install != enrolment.install || grant.key != enrolment.key {
            return Err(DeviceError::Foreign);
        }
        Ok(grant)
    }

    /// Drops the grant, after the portal said that it does not know this device.
    pub(crate) async fn forget_grant(&self) -> Result<(), DeviceError> {
        Ok(self.state.forget_grant().await?)
    }

    /// A signed request about a task, fresh.
    pub(crate) async fn request(&self, task: TaskId) -> Result<Signed<TaskRequest>, DeviceError> {
        let request = TaskRequest {
            task,
            device: self.enrolled().await?,
            nonce: Nonce::from_bytes(make_random()?),
        };
        Ok(self.signer.sign(&request).await?)
    }
}

#[cfg(test)]
mod tests;
