//! Who vouches for a device's key: the chain of certificates its hardware gave it (record 55).

use crate::canonical::{CanonicalError, Reader, Writer};
use crate::ids::{DeviceId, Nonce};
use crate::statement::Statement;

/// What the key of a device is made with as its attestation challenge. It only tells a device key from other keys of the
/// same app: that the key is in the phone's hands now is shown by its signature over a fresh nonce.
pub const KEY_CHALLENGE: &[u8] = b"QSS-DEVICE-KEY-1";
/// The most certificates of a chain.
pub const MOST_CERTIFICATES: usize = 6;
/// The most bytes of one certificate.
pub const MOST_CERTIFICATE_BYTES: usize = 4096;

/// A chain, signed by the device's key: nobody hands in the chain of a key that they do not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceAttestation {
    /// The enrolled device.
    pub device: DeviceId,
    /// Android key attestation: certificates in DER, the one of the key first, the root last. Empty when nobody
    /// vouches.
    pub chain: Vec<Vec<u8>>,
    /// Fresh for each statement.
    pub nonce: Nonce,
}

impl Statement for DeviceAttestation {
    const LABEL: &'static str = "HLJATTEST1";

    fn write(&self, body: Writer) -> Writer {
        body.bytes(1, self.device.as_bytes())
            .list(2, &self.chain, Vec::clone)
            .bytes(3, self.nonce.as_bytes())
    }

    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
        Ok(Self {
            device: DeviceId::from_bytes(body.array(1)?),
            chain: body.list(2, MOST_CERTIFICATES, |bytes| {
                if bytes.len() > MOST_CERTIFICATE_BYTES {
                    return Err(CanonicalError::Value { tag: 2 });
                }
                Ok(bytes.to_vec())
            })?,
            nonce: Nonce::from_bytes(body.array(3)?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::tests::holds;

    fn of(chain: Vec<Vec<u8>>) -> DeviceAttestation {
        DeviceAttestation {
            device: DeviceId::from_bytes([1; 16]),
            chain,
            nonce: Nonce::from_bytes([2; 32]),
        }
    }

    #[test]
    fn the_bytes_are_frozen() {
        holds(
            &of(vec![vec![3; 5], vec![4]]),
            "WQgn0NfOsBWShs_1h7dxDTgHXEunNi5KxXn8EHUSko4",
        );
    }

    #[test]
    fn a_chain_that_no_phone_has_is_not_read() {
        for chain in [vec![vec![1]; 7], vec![vec![1; 4097]]] {
            let bytes = of(chain).signing_bytes();
            assert!(DeviceAttestation::parse(&bytes).is_err());
        }
    }
}
