//! Whether the seals of an OFD hold, judged on this device against anchors the host trusts.
//!
//! [`SealTrust`] is what a verdict rests on besides the file: root certificates and revocation lists.
//! Reading them once is the price of judging many files. `keeper` holds those of the handset.

pub(crate) mod keeper;

use quanshengshi_certificate::seal::anchor::{AnchorError, KeyCertificate, RevocationList, Trust};
use quanshengshi_certificate::seal::verify::{SealReport, verify_seals};

use crate::failure::code::OwnCode;
use crate::failure::sorted::Failure;

/// Anchors and revocation lists, read.
#[derive(Debug, Clone, Default)]
pub struct SealTrust {
    roots: Vec<KeyCertificate>,
    revocations: Vec<RevocationList>,
}

impl SealTrust {
    /// Trusts every certificate of a file, DER or PEM; gives their names.
    ///
    /// # Errors
    /// [`AnchorError::KeyCertificate`]; nothing of the file is trusted then.
    pub fn trust(&mut self, file: &[u8]) -> Result<Vec<String>, AnchorError> {
        let roots = KeyCertificate::parse_all(file)?;
        let names = roots.iter().map(|root| root.name().to_owned()).collect();
        self.roots.extend(roots);
        Ok(names)
    }

    /// Takes a revocation list, DER or PEM; gives its issuer's name. One by no authority of a file
    /// counts for nothing.
    ///
    /// # Errors
    /// [`AnchorError::RevocationList`].
    pub fn revoke(&mut self, list: &[u8]) -> Result<String, AnchorError> {
        let list = RevocationList::parse(list)?;
        let name = list.name().to_owned();
        self.revocations.push(list);
        Ok(name)
    }

    /// Takes a list if an anchor signed it and none as new is there; whether it was taken.
    pub(crate) fn renew(&mut self, list: RevocationList) -> bool {
        let known = self.revocations.iter().position(|old| list.is_beside(old));
        let newer = known.is_none_or(|at| list.replaces(&self.revocations[at]));
        if !newer || !self.roots.iter().any(|root| list.is_by(root)) {
            return false;
        }
        self.revocations.retain(|old| !list.is_beside(old));
        self.revocations.push(list);
        true
    }

    /// The revocation lists, PEM.
    pub(crate) fn revocations_pem(&self) -> String {
        self.revocations
            .iter()
            .map(RevocationList::to_pem)
            .collect()
    }

    /// Judges the seals of an OFD as of `now_ms`, milliseconds since 1970. Needs no network.
    pub fn judge(&self, ofd: &[u8], now_ms: u64) -> SealReport {
        let trust = Trust {
            roots: self.roots.clone(),
            revocations: self.revocations.clone(),
            now_s: i64::try_from(now_ms / 1000).unwrap_or(i64::MAX),
        };
        verify_seals(ofd, &trust)
    }
}

impl From<AnchorError> for Failure {
    fn from(error: AnchorError) -> Self {
        Self::internal(match error {
            AnchorError::KeyCertificate => OwnCode::SealRoot,
            AnchorError::RevocationList => OwnCode::SealList,
        })
    }
}
