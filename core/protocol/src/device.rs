//! What a phone asks about devices: who else acted for its people, that one of these be disabled, and to be
//! forgotten (US-07).

use crate::canonical::{CanonicalError, Reader, Writer};
use crate::enrolment::Platform;
use crate::ids::{DeviceId, Nonce};
use crate::statement::Statement;

/// The most devices of one list.
pub const MOST_DEVICES: usize = 200;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeviceAsk {
    /// Which devices acted for the accounts this one acted for.
    List,
    /// Forget this device: its person signs out. Asked again it is the same as once.
    Leave,
}

impl DeviceAsk {
    /// Every question.
    pub const ALL: [Self; 2] = [Self::List, Self::Leave];

    /// The number in signed bytes.
    pub const fn code(self) -> u8 {
        match self {
            Self::List => 1,
            Self::Leave => 2,
        }
    }

    /// The question of a number.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|item| item.code() == code)
    }
}

/// A question about devices, signed by the device. What is asked stands inside, so that a question
/// cannot be sent to the address of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceRequest {
    /// Who asks.
    pub device: DeviceId,
    /// What is asked.
    pub ask: DeviceAsk,
    /// Fresh for each question; stands again in the answer.
    pub nonce: Nonce,
}

impl Statement for DeviceRequest {
    const LABEL: &'static str = "HLJDEVREQ1";

    fn write(&self, body: Writer) -> Writer {
        body.bytes(1, self.device.as_bytes())
            .number(2, self.ask.code().into())
            .bytes(3, self.nonce.as_bytes())
    }

    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
        Ok(Self {
            device: DeviceId::from_bytes(body.array(1)?),
            ask: DeviceAsk::from_code(body.small(2)?).ok_or(CanonicalError::Value { tag: 2 })?,
            nonce: Nonce::from_bytes(body.array(3)?),
        })
    }
}

/// A phone disables another one, signed by the phone: the one that was lost, or that nobody knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceRevocation {
    /// Who asks.
    pub device: DeviceId,
    /// Which one is to be disabled; never the one that asks, which leaves instead.
    pub target: DeviceId,
    /// Fresh for each question.
    pub nonce: Nonce,
}

impl Statement for DeviceRevocation {
    const LABEL: &'static str = "HLJDEVREV1";

    fn write(&self, body: Writer) -> Writer {
        body.bytes(1, self.device.as_bytes())
            .bytes(2, self.target.as_bytes())
            .bytes(3, self.nonce.as_bytes())
    }

    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
        Ok(Self {
            device: DeviceId::from_bytes(body.array(1)?),
            target: DeviceId::from_bytes(body.array(2)?),
            nonce: Nonce::from_bytes(body.array(3)?),
        })
    }
}

/// One device that acted for an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceEntry {
    /// The portal's name for it.
    pub device: DeviceId,
    /// What runs its core.
    pub platform: Platform,
    /// Version of its app.
    pub app_version: String,
    /// The account it acted for: the enterprise's name, or the person's masked name.
    pub account: String,
    /// Portal time of its first approved act, milliseconds since 1970.
    pub first_at_ms: u64,
    /// Portal time of its last one.
    pub last_at_ms: u64,
}

/// The devices, signed by the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceList {
    /// The question's nonce.
    pub nonce: Nonce,
    /// One entry a device and account, the one that acted last first.
    pub entries: Vec<DeviceEntry>,
    /// Portal time at which it was true, milliseconds since 1970.
    pub as_of_ms: u64,
}

impl Statement for DeviceList {
    const LABEL: &'static str = "HLJDEVLIST1";

    fn write(&self, body: Writer) -> Writer {
        body.bytes(1, self.nonce.as_bytes())
            .list(2, &self.entries, |entry| {
                Writer::default()
                    .bytes(1, entry.device.as_bytes())
                    .number(2, entry.platform.code().into())
                    .text(3, &entry.app_version)
                    .text(4, &entry.account)
                    .number(5, entry.first_at_ms)
                    .number(6, entry.last_at_ms)
                    .finish()
            })
            .number(3, self.as_of_ms)
    }

    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
        Ok(Self {
            nonce: Nonce::from_bytes(body.array(1)?),
            entries: body.list(2, MOST_DEVICES, |bytes| {
                let mut entry = Reader::new(bytes)?;
                let read = DeviceEntry {
                    device: DeviceId::from_bytes(entry.array(1)?),
                    platform: Platform::from_code(entry.small(2)?)
                        .ok_or(CanonicalError::Value { tag: 2 })?,
                    app_version: entry.text(3)?,
                    account: entry.text(4)?,
                    first_at_ms: entry.number(5)?,
                    last_at_ms: entry.number(6)?,
                };
                entry.finish()?;
                Ok(read)
            })?,
            as_of_ms: body.number(3)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::tests::holds;

    #[test]
    fn the_bytes_of_the_question_are_frozen() {
        let request = DeviceRequest {
            device: DeviceId::from_bytes([1; 16]),
            ask: DeviceAsk::List,
            nonce: Nonce::from_bytes([2; 32]),
        };
        holds(&request, "mJb7yQ7-GPkiXObEQNDLPVkrG7AB__nlR5VIchZ3cW4");
        assert_eq!(DeviceAsk::ALL.map(DeviceAsk::code), [1, 2]);
    }

    #[test]
    fn the_bytes_of_the_revocation_are_frozen() {
        let revocation = DeviceRevocation {
            device: DeviceId::from_bytes([1; 16]),
            target: DeviceId::from_bytes([3; 16]),
            nonce: Nonce::from_bytes([2; 32]),
        };
        holds(&revocation, "M5MVtNh4KmvgCVj1s133fZ00dVlnr7zvkLT8LWCbNDk");
    }

    #[test]
    fn the_bytes_of_the_list_are_frozen() {
        let list = DeviceList {
            nonce: Nonce::from_bytes([2; 32]),
            entries: vec![DeviceEntry {
                device: DeviceId::from_bytes([1; 16]),
                platform: Platform::Android,
                app_version: "0.1.0".to_owned(),
                account: "林*远".to_owned(),
                first_at_ms: 3,
                last_at_ms: 4,
            }],
            as_of_ms: 5,
        };
        holds(&list, "Ev1iLcGQ5T-pU2LFjztjnZp4jq2nZRO41cR-PR9XYac");
    }
}
