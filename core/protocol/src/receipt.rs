//! The portal's answer to a claim: what is asked, signed.

use crate::canonical::{CanonicalError, Reader, Writer};
use crate::ids::{DeviceId, Nonce};
use crate::statement::Statement;
use crate::transaction::Transaction;

/// A claim receipt, signed by the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimReceipt {
    /// What is asked.
    pub transaction: Transaction,
    /// The device that holds the task now.
    pub device: DeviceId,
    /// The claim's nonce.
    pub claim_nonce: Nonce,
    /// Version of the face notice that must be agreed to.
    pub notice_version: u32,
    /// Portal time, milliseconds since 1970.
    pub issued_at_ms: u64,
    /// Portal time until which the person may read and answer.
    pub expires_at_ms: u64,
}

impl Statement for ClaimReceipt {
    const LABEL: &'static str = "HLJRCPT1";

    fn write(&self, body: Writer) -> Writer {
        body.bytes(1, &self.transaction.signing_bytes())
            .bytes(2, self.device.as_bytes())
            .bytes(3, self.claim_nonce.as_bytes())
            .number(4, self.notice_version.into())
            .number(5, self.issued_at_ms)
            .number(6, self.expires_at_ms)
    }

    fn read(body: &mut Reader<'_>) -> Result<Self, CanonicalError> {
        Ok(Self {
            transaction: Transaction::parse(body.bytes(1)?)
                .map_err(|_| CanonicalError::Value { tag: 1 })?,
            device: DeviceId::from_bytes(body.array(2)?),
            claim_nonce: Nonce::from_bytes(body.array(3)?),
            notice_version: body.small(4)?,
            issued_at_ms: body.number(5)?,
            expires_at_ms: body.number(6)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::tests::holds;
    use crate::transaction::tests::sample;

    #[test]
    fn its_bytes_are_frozen() {
        let receipt = ClaimReceipt {
            transaction: sample(),
            device: DeviceId::from_bytes([1; 16]),
            claim_nonce: Nonce::from_bytes([2; 32]),
            notice_version: 1,
            issued_at_ms: 1_790_000_000_000,
            expires_at_ms: 1_790_000_120_000,
        };
        holds(&receipt, "kS0T3CEqn3QfUkaNkHxZh4OJsLcRwf66ej9WzgGWiTI");
    }
}
