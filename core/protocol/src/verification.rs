//! A short-lived code that lets somebody else check a certificate (certificates.md 3.4).

use crate::canonical::{CanonicalError, Reader, Writer};
use crate::ids::{DeviceId, Nonce, VerificationId};
use crate::statement::Statement;

/// The path of the page that answers a code.
pub const VERIFY_PATH: &str = "/verify/";

/// A phone asks for a code of a certificate it keeps, signed by the device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerificationRequest {
    /// Who asks.
    pub device: DeviceId,
    /// Identifier as written.
    pub certificate: String,
    /// Fresh for each code; stands again in the answer.
    pub nonce: Nonce,
}

impl Statement for VerificationRequest {
    const LABEL: &'static str = "HLJVERREQ1";

    fn write(&self, body: Writer) -> Writer {
        body.bytes(1, self.device.as_bytes())
            .text(2, &self.certificate)
            .bytes(3, self.nonce.as_bytes())
    }

    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
        Ok(Self {
            device: DeviceId::from_bytes(body.array(1)?),
            certificate: body.text(2)?,
            nonce: Nonce::from_bytes(body.array(3)?),
        })
    }
}

/// A code, signed by the portal. It names no certificate to whoever sees it: only the portal knows
/// which one it opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerificationGrant {
    /// The code.
    pub code: VerificationId,
    /// The certificate it opens.
    pub certificate: String,
    /// The request's nonce.
    pub nonce: Nonce,
    /// Portal time of issue, milliseconds since 1970.
    pub issued_at_ms: u64,
    /// Portal time after which it opens nothing, milliseconds since 1970.
    pub expires_at_ms: u64,
}

impl VerificationGrant {
    /// The address to show as a QR code.
    pub fn address(&self, origin: &str) -> String {
        format!("{origin}{VERIFY_PATH}{}", self.code)
    }
}

impl Statement for VerificationGrant {
    const LABEL: &'static str = "HLJVER1";

    fn write(&self, body: Writer) -> Writer {
        body.bytes(1, self.code.as_bytes())
            .text(2, &self.certificate)
            .bytes(3, self.nonce.as_bytes())
            .number(4, self.issued_at_ms)
            .number(5, self.expires_at_ms)
    }

    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
        Ok(Self {
            code: VerificationId::from_bytes(body.array(1)?),
            certificate: body.text(2)?,
            nonce: Nonce::from_bytes(body.array(3)?),
            issued_at_ms: body.number(4)?,
            expires_at_ms: body.number(5)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::tests::holds;

    #[test]
    fn the_bytes_of_request_and_code_are_frozen() {
        let request = VerificationRequest {
            device: DeviceId::from_bytes([1; 16]),
            certificate: "1.2.156.3005.2.x".to_owned(),
            nonce: Nonce::from_bytes([2; 32]),
        };
        holds(&request, "3qrrqLV4bt5ueGyaaR9as4IkznWKJkSbdRgMskNlyeY");
        let grant = VerificationGrant {
            code: VerificationId::from_bytes([3; 16]),
            certificate: request.certificate,
            nonce: request.nonce,
            issued_at_ms: 4,
            expires_at_ms: 5,
        };
        holds(&grant, "It29ivIFAi1D6XyuOS6LNQFisk0fRu2Rj_HcuZ4SFmc");
        assert_eq!(
            grant.address("https://portal.example"),
            "https://portal.example/verify/AwMDAwMDAwMDAwMDAwMDAw"
        );
    }
}
