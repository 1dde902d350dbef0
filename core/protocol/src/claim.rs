//! The phone says: I scanned this code (M3).

use crate::canonical::{CanonicalError, Reader, Writer};
use crate::ids::{DeviceId, Nonce};
use crate::invitation::Code;
use crate::statement::Statement;

/// A claim, signed by the device. The nonce makes it repeatable: the same bytes get the same
/// answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The scanned code.
    pub code: Code,
    /// Who claims.
    pub device: DeviceId,
    /// Fresh for each claim; stands again in the receipt.
    pub nonce: Nonce,
    /// Version of the app.
    pub app_version: String,
}

impl Statement for Claim {
    const LABEL: &'static str = "HLJCLAIM1";

    fn write(&self, body: Writer) -> Writer {
        body.text(1, &self.code.written())
            .bytes(2, self.device.as_bytes())
            .bytes(3, self.nonce.as_bytes())
            .text(4, &self.app_version)
    }

    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
        Ok(Self {
            code: Code::parse(&body.text(1)?).map_err(|_| CanonicalError::Value { tag: 1 })?,
            device: DeviceId::from_bytes(body.array(2)?),
            nonce: Nonce::from_bytes(body.array(3)?),
            app_version: body.text(4)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::TaskId;
    use crate::invitation::InvitationKey;
    use crate::statement::tests::holds;

    #[test]
    fn its_bytes_are_frozen() {
        let key = InvitationKey::from_bytes(&[3; 32]);
        let claim = Claim {
            code: key.derive_code(TaskId::from_bytes([1; 16]), 4),
            device: DeviceId::from_bytes([2; 16]),
            nonce: Nonce::from_bytes([5; 32]),
            app_version: "0.1.0".to_owned(),
        };
        holds(&claim, "HTPlIzf_sva6pl80m0QRFe900GqLyyPeo7w6NMOl47A");
    }
}
