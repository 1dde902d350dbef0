//! What must survive when the app is killed in the middle of a task.
//!
//! No frames and nothing of the face: the code and nonce that make a claim repeatable, the
//! portal's receipt so that the person can be shown again what is asked, and the name of the
//! evidence that was sent. An entry is in the sealed state before the message it belongs to is
//! sent.

use quanshengshi_protocol::canonical::{CanonicalError, Reader, Writer};
use quanshengshi_protocol::ids::{EvidenceId, Nonce, TaskId};
use quanshengshi_protocol::invitation::Code;
use quanshengshi_protocol::receipt::ClaimReceipt;
use quanshengshi_protocol::statement::Signed;

/// One open task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// The code that was scanned.
    pub code: Code,
    /// The nonce of the claim.
    pub claim_nonce: Nonce,
    /// The portal's answer to the claim, verified before it was written.
    pub receipt: Option<Signed<ClaimReceipt>>,
    /// The evidence sent last.
    pub evidence: Option<EvidenceId>,
}

impl JournalEntry {
    /// The task.
    pub fn task(&self) -> TaskId {
        self.code.task
    }

    /// The stored form: `1` code, `2` claim nonce, `3` receipt, `4` its signature, `5` evidence;
    /// what is not there is empty.
    pub fn to_bytes(&self) -> Vec<u8> {
        let receipt = self.receipt.as_ref();
        Writer::default()
            .text(1, &self.code.written())
            .bytes(2, self.claim_nonce.as_bytes())
            .bytes(3, receipt.map_or(&[], Signed::bytes))
            .bytes(4, receipt.map_or(&[], Signed::signature))
            .bytes(
                5,
                self.evidence
                    .as_ref()
                    .map_or(&[][..], |id| id.as_bytes().as_slice()),
            )
            .finish()
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// [`CanonicalError`] for anything but the one form.
    pub fn parse(bytes: &[u8]) -> Result<Self, CanonicalError> {
        let mut body = Reader::new(bytes)?;
        let code = Code::parse(&body.text(1)?).map_err(|_| CanonicalError::Value { tag: 1 })?;
        let claim_nonce = Nonce::from_bytes(body.array(2)?);
        let (statement, signature) = (body.bytes(3)?, body.bytes(4)?);
        let evidence = match body.bytes(5)? {
            [] => None,
            id => Some(EvidenceId::from_bytes(
                id.try_into()
                    .map_err(|_| CanonicalError::Value { tag: 5 })?,
            )),
        };
        body.finish()?;
        let receipt = (!statement.is_empty())
            .then(|| Signed::from_parts(statement.to_vec(), signature.to_vec()));
        if receipt.is_none() && !signature.is_empty() {
            return Err(CanonicalError::Value { tag: 4 });
        }
        Ok(Self {
            code,
            claim_nonce,
            receipt,
            evidence,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use quanshengshi_protocol::ids::Digest;
    use quanshengshi_protocol::invitation::InvitationKey;

    fn entry(receipt: bool, evidence: bool) -> JournalEntry {
        let key = InvitationKey::from_bytes(&[3; 32]);
        JournalEntry {
            code: key.derive_code(TaskId::from_bytes([1; 16]), 4),
            claim_nonce: Nonce::from_bytes([2; 32]),
            receipt: receipt.then(|| Signed::from_parts(b"statement".to_vec(), vec![9; 64])),
            evidence: evidence.then(|| EvidenceId::from_bytes([5; 16])),
        }
    }

    #[test]
    fn the_stored_form_is_frozen_and_read_back() {
        let frozen = [
            (
                entry(false, false),
                "SqaNZ8RqMQ3J9x247i5_bw06Xh1RLP4a1vpJ75qgSIw",
            ),
            (
                entry(true, false),
                "DsMzH8BNR66xZ7a8uguDkLKr-l5CPvTzf2V69UPr1Kc",
            ),
            (
                entry(true, true),
                "sOFUJ7pRbR7jqM1M3AAlLEppupr4cfPbZG0gIOPs8x4",
            ),
        ];
        for (entry, digest) in frozen {
            let bytes = entry.to_bytes();
            assert_eq!(JournalEntry::parse(&bytes).unwrap(), entry);
            assert_eq!(Digest::of(&bytes).to_string(), digest);
        }
    }

    #[test]
    fn a_signature_without_a_receipt_is_refused() {
        let mut entry = entry(true, false);
        entry.receipt = Some(Signed::from_parts(Vec::new(), vec![9; 64]));
        assert!(JournalEntry::parse(&entry.to_bytes()).is_err());
    }

    proptest! {
        #[test]
        fn junk_never_panics(junk: Vec<u8>) {
            let _ = JournalEntry::parse(&junk);
        }
    }
}
