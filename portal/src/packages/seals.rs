//! What phones judge the seals of their copies with.

use quanshengshi_certificate::seal::anchor::RevocationList;
use quanshengshi_protocol::wire::SealsAnswer;

use crate::devices::refusal::Fault;
use crate::tasks::desk::TaskDesk;

impl TaskDesk {
    /// The roots and the newest revocation list; empty when copies carry no seal.
    ///
    /// # Errors
    /// A fault when the authority's list cannot be read.
    pub fn seals(&self) -> Result<SealsAnswer, Fault> {
        let Some(seals) = self.certificates.seals() else {
            return Ok(SealsAnswer::default());
        };
        let list = seals.revocations(self.clock.now_ms());
        let list = list.map_err(|error| Fault::Room(error.to_string()))?;
        Ok(SealsAnswer {
            roots_pem: seals.roots_pem(),
            revoked_pem: list.iter().map(RevocationList::to_pem).collect(),
        })
    }
}
