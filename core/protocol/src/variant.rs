//! Another set of acts, for whoever cannot do the usual one (protocol 5.8).

use crate::canonical::{CanonicalError, Reader, Writer};
use crate::ids::{DeviceId, Nonce, TaskId};
use crate::statement::Statement;

/// Which acts a challenge may ask for. None ever asks for a blink, so `no_blink` of the protocol
/// is the usual set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Variant {
    /// Any act.
    Usual,
    /// Nothing with the head: for whoever cannot turn it. Nothing else shows depth, so the portal
    /// sends such a capture to people.
    NoHead,
    /// Nothing with the mouth.
    NoMouth,
    /// No nod and twice the time: for whoever sits, shakes or needs longer.
    Seated,
    /// As [`Variant::Seated`], with the rear camera in somebody else's hand.
    Helper,
}

impl Variant {
    /// Every variant.
    pub const ALL: [Self; 5] = [
        Self::Usual,
        Self::NoHead,
        Self::NoMouth,
        Self::Seated,
        Self::Helper,
    ];

    /// The number in signed bytes and in the database.
    pub const fn code(self) -> u8 {
        match self {
            Self::Usual => 1,
            Self::NoHead => 2,
            Self::NoMouth => 3,
            Self::Seated => 4,
            Self::Helper => 5,
        }
    }

    /// The variant of a number.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|item| item.code() == code)
    }

    /// Whether the person needs more time for each act.
    pub const fn is_unhurried(self) -> bool {
        matches!(self, Self::Seated | Self::Helper)
    }
}

/// A person asks for other acts, signed by the device that holds the task: before the answer to
/// the task, or while a challenge waits. It costs no attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariantRequest {
    /// The task.
    pub task: TaskId,
    /// The device.
    pub device: DeviceId,
    /// What is wished.
    pub variant: Variant,
    /// Fresh for each wish.
    pub nonce: Nonce,
}

impl Statement for VariantRequest {
    const LABEL: &'static str = "HLJVARIANT1";

    fn write(&self, body: Writer) -> Writer {
        body.bytes(1, self.task.as_bytes())
            .bytes(2, self.device.as_bytes())
            .number(3, self.variant.code().into())
            .bytes(4, self.nonce.as_bytes())
    }

    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
        Ok(Self {
            task: TaskId::from_bytes(body.array(1)?),
            device: DeviceId::from_bytes(body.array(2)?),
            variant: Variant::from_code(body.small(3)?).ok_or(CanonicalError::Value { tag: 3 })?,
            nonce: Nonce::from_bytes(body.array(4)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::tests::holds;

    #[test]
    fn its_bytes_and_codes_are_frozen() {
        let request = VariantRequest {
            task: TaskId::from_bytes([1; 16]),
            device: DeviceId::from_bytes([2; 16]),
            variant: Variant::Seated,
            nonce: Nonce::from_bytes([3; 32]),
        };
        holds(&request, "eUrMjtsWJopkhRLegsJ_zJLwMnKSemdTAlvI0diN_lg");
        assert_eq!(Variant::ALL.map(Variant::code), [1, 2, 3, 4, 5]);
        assert_eq!(Variant::from_code(0), None);
    }
}
