//! The person's answer, signed by the device (M4).

use crate::canonical::{CanonicalError, Reader, Writer};
use crate::ids::{DeviceId, Digest, TaskId};
use crate::statement::Statement;

/// What the person chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    /// It is me, and I agree separately that my face is processed for this task.
    AgreeWithFace,
    /// It is me, but I do not agree that my face is processed.
    AgreeWithoutFace,
    /// It is not me: a security event.
    NotMe,
    /// I changed my mind.
    Decline,
}

impl Decision {
    /// Every decision.
    pub const ALL: [Self; 4] = [
        Self::AgreeWithFace,
        Self::AgreeWithoutFace,
        Self::NotMe,
        Self::Decline,
    ];

    /// The number in signed bytes.
    pub const fn code(self) -> u8 {
        match self {
            Self::AgreeWithFace => 1,
            Self::AgreeWithoutFace => 2,
            Self::NotMe => 3,
            Self::Decline => 4,
        }
    }

    /// The decision of a number.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|item| item.code() == code)
    }
}

/// A consent, bound to the digest of exactly what was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// The task.
    pub task: TaskId,
    /// The device.
    pub device: DeviceId,
    /// Digest of the transaction shown.
    pub transaction: Digest,
    /// What the person chose.
    pub decision: Decision,
    /// Version of the face notice shown.
    pub notice_version: u32,
}

impl Statement for Consent {
    const LABEL: &'static str = "HLJCONSENT1";

    fn write(&self, body: Writer) -> Writer {
        body.bytes(1, self.task.as_bytes())
            .bytes(2, self.device.as_bytes())
            .bytes(3, self.transaction.as_bytes())
            .number(4, self.decision.code().into())
            .number(5, self.notice_version.into())
    }

    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
        Ok(Self {
            task: TaskId::from_bytes(body.array(1)?),
            device: DeviceId::from_bytes(body.array(2)?),
            transaction: Digest::from_bytes(body.array(3)?),
            decision: Decision::from_code(body.small(4)?)
                .ok_or(CanonicalError::Value { tag: 4 })?,
            notice_version: body.small(5)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::tests::holds;

    #[test]
    fn its_bytes_are_frozen() {
        let consent = Consent {
            task: TaskId::from_bytes([1; 16]),
            device: DeviceId::from_bytes([2; 16]),
            transaction: Digest::from_bytes([3; 32]),
            decision: Decision::AgreeWithFace,
            notice_version: 1,
        };
        holds(&consent, "vzUAYSVD-mSWJyBiPnGmKJu9K5EwxKkWcePpYhte_Jg");
        assert_eq!(Decision::ALL.map(Decision::code), [1, 2, 3, 4]);
    }
}
