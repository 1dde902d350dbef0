//! Which devices act for this phone's people, as the portal knows it (requirement US-07).

use quanshengshi_protocol::device::{
    DeviceAsk, DeviceEntry, DeviceList, DeviceRequest, DeviceRevocation,
};
use quanshengshi_protocol::ids::{DeviceId, Nonce};
use quanshengshi_protocol::statement::{Signed, Statement as _};

use crate::device::DeviceError;
use crate::handset::Handset;
use crate::randomness::make_random;

/// The devices that act for the accounts this one acted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownDevices {
    /// This device's own name.
    pub this: DeviceId,
    /// One entry a device and account, the one that acted last first.
    pub entries: Vec<DeviceEntry>,
    /// Portal time at which it was true, milliseconds since 1970.
    pub as_of_ms: u64,
}

impl Handset {
    /// Asks the portal for the devices; enrols the phone if need be.
    ///
    /// # Errors
    /// [`DeviceError`] by variant.
    ///
    /// # Cancellation
    /// May be dropped at any await and repeated.
    pub async fn devices(&self) -> Result<KnownDevices, DeviceError> {
        self.obeying(self.ask_devices()).await
    }

    /// Hears from the portal whether this device may go on, and obeys when it may not: for the
    /// start of the app. A phone that was never enrolled asks nothing.
    ///
    /// # Errors
    /// [`DeviceError`] by variant; `DEVICE_REVOKED` after everything was wiped.
    ///
    /// # Cancellation
    /// May be dropped at any await and repeated.
    pub async fn check_in(&self) -> Result<(), DeviceError> {
        if self.inner.device.known().await?.is_none() {
            return Ok(());
        }
        self.devices().await.map(drop)
    }

    /// Disables another device of [`KnownDevices::entries`]: it is refused from now on, and wipes what it
    /// keeps when it hears so. True when it was in use until now; twice is the same as once. It cannot
    /// be undone; that device may enrol anew with its person's face.
    ///
    /// # Errors
    /// [`DeviceError`] by variant; `REQUEST_MALFORMED` for a device that acts for none of this one's
    /// accounts, and for this one itself, which leaves by [`Handset::sign_out`].
    ///
    /// # Cancellation
    /// May be dropped at any await and repeated.
    pub async fn disable(&self, target: DeviceId) -> Result<bool, DeviceError> {
        self.obeying(self.ask_to_disable(target)).await
    }

    async fn ask_to_disable(&self, target: DeviceId) -> Result<bool, DeviceError> {
        let device = &self.inner.device;
        let request = DeviceRevocation {
            device: device.enrolled().await?,
            target,
            nonce: Nonce::from_bytes(make_random()?),
        };
        let signed = device.signer.sign(&request).await?;
        Ok(device.portal.revoke(&signed).await?.revoked)
    }

    async fn ask_devices(&self) -> Result<KnownDevices, DeviceError> {
        let device = &self.inner.device;
        let this = device.enrolled().await?;
        let request: Signed<DeviceRequest> = self.device_request(this, DeviceAsk::List).await?;
        let answer: Signed<DeviceList> = device.portal.devices(&request).await?;
        let list = device.portal_keys.verify(&answer)?;
        let asked = DeviceRequest::parse(request.bytes())?;
        if list.nonce != asked.nonce {
            return Err(DeviceError::Foreign);
        }
        Ok(KnownDevices {
            this,
            entries: list.entries,
            as_of_ms: list.as_of_ms,
        })
    }
}
