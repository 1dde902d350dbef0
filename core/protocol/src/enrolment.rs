//! How a phone makes itself known: its key, signed by itself over the portal's nonce (M0).

use crate::canonical::{CanonicalError, Reader, Writer};
use crate::ids::{DeviceId, InstallId, Nonce};
use crate::keys::PublicKey;
use crate::statement::Statement;

/// What runs the core.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Platform {
    /// Android.
    Android,
    /// iOS.
    Ios,
    /// A desktop shell: software keys, for trying out and for tests.
    Desktop,
}

impl Platform {
    /// The number in signed bytes.
    pub const fn code(self) -> u8 {
        match self {
            Self::Android => 1,
            Self::Ios => 2,
            Self::Desktop => 3,
        }
    }

    /// The platform of a number.
    pub fn from_code(code: u8) -> Option<Self> {
        [Self::Android, Self::Ios, Self::Desktop]
            .into_iter()
            .find(|item| item.code() == code)
    }
}

/// The phone's statement, signed by the key it names: proof of possession.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The installation; the same one enrols the same device again.
    pub install: InstallId,
    /// The device key.
    pub key: PublicKey,
    /// What runs the core.
    pub platform: Platform,
    /// Version of the app, such as `0.1.0`.
    pub app_version: String,
    /// The portal's nonce for this enrolment.
    pub nonce: Nonce,
}

impl Statement for Enrolment {
    const LABEL: &'static str = "HLJENROL1";

    fn write(&self, body: Writer) -> Writer {
        body.bytes(1, self.install.as_bytes())
            .bytes(2, self.key.as_bytes())
            .number(3, self.platform.code().into())
            .text(4, &self.app_version)
            .bytes(5, self.nonce.as_bytes())
    }

    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
        Ok(Self {
            install: InstallId::from_bytes(body.array(1)?),
            key: PublicKey::from_bytes(body.bytes(2)?)
                .map_err(|_| CanonicalError::Value { tag: 2 })?,
            platform: Platform::from_code(body.small(3)?)
                .ok_or(CanonicalError::Value { tag: 3 })?,
            app_version: body.text(4)?,
            nonce: Nonce::from_bytes(body.array(5)?),
        })
    }
}

/// The portal's answer, signed by the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceGrant {
    /// The portal's name for the device.
    pub device: DeviceId,
    /// The installation that enrolled.
    pub install: InstallId,
    /// The key that was enrolled.
    pub key: PublicKey,
    /// Portal time, milliseconds since 1970.
    pub granted_at_ms: u64,
}

impl Statement for DeviceGrant {
    const LABEL: &'static str = "HLJDEVICE1";

    fn write(&self, body: Writer) -> Writer {
        body.bytes(1, self.device.as_bytes())
            .bytes(2, self.install.as_bytes())
            .bytes(3, self.key.as_bytes())
            .number(4, self.granted_at_ms)
    }

    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
        Ok(Self {
            device: DeviceId::from_bytes(body.array(1)?),
            install: InstallId::from_bytes(body.array(2)?),
            key: PublicKey::from_bytes(body.bytes(3)?)
                .map_err(|_| CanonicalError::Value { tag: 3 })?,
            granted_at_ms: body.number(4)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::tests::holds;

    fn key() -> PublicKey {
        let mut bytes = [9; 65];
        bytes[0] = 4;
        PublicKey::from_bytes(&bytes).unwrap()
    }

    #[test]
    fn the_bytes_of_enrolment_are_frozen() {
        let enrolment = Enrolment {
            install: InstallId::from_bytes([1; 16]),
            key: key(),
            platform: Platform::Desktop,
            app_version: "0.1.0".to_owned(),
            nonce: Nonce::from_bytes([2; 32]),
        };
        holds(&enrolment, "3Xegt4aomov_S_oqM4RrsGUmctC0m3LpO3ZwsrZDOxM");
    }

    #[test]
    fn the_bytes_of_the_grant_are_frozen() {
        let grant = DeviceGrant {
            device: DeviceId::from_bytes([1; 16]),
            install: InstallId::from_bytes([2; 16]),
            key: key(),
            granted_at_ms: 1_790_000_000_000,
        };
        holds(&grant, "HU0PPdH6XnqKE2XWoW04pBRQFrdTGAGDHZrvJO8F4uk");
    }
}
