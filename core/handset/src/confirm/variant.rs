//! Other acts for whoever cannot do the usual ones (protocol 5.8).

use quanshengshi_protocol::ids::Nonce;
use quanshengshi_protocol::variant::{Variant, VariantRequest};

use crate::confirm::challenged::Challenged;
use crate::confirm::claimed::Claimed;
use crate::confirm::error::ConfirmError;
use crate::handset::Handset;
use crate::randomness::make_random;

impl Handset {
    /// Asks the portal for other acts. Before the answer to the task the wish is noted; while a
    /// challenge waits, another one takes its place and is given back. Costs no attempt.
    ///
    /// # Errors
    /// [`ConfirmError::Portal`] with `VARIANT_LIMIT` after too many changes; otherwise as
    /// [`Handset::answer`].
    ///
    /// # Cancellation
    /// May be dropped at any await and repeated: the same wish draws nothing new.
    pub async fn change_variant(
        &self,
        claimed: &Claimed,
        variant: Variant,
    ) -> Result<Option<Challenged>, ConfirmError> {
        self.obeying(self.ask_variant(claimed, variant)).await
    }

    async fn ask_variant(
        &self,
        claimed: &Claimed,
        variant: Variant,
    ) -> Result<Option<Challenged>, ConfirmError> {
        let device = &self.inner.device;
        let wish = VariantRequest {
            task: claimed.task(),
            device: claimed.device(),
            variant,
            nonce: Nonce::from_bytes(make_random()?),
        };
        let signed = device.signer.sign(&wish).await?;
        let answer = device.portal.variant(claimed.task(), &signed).await?;
        answer
            .map(|challenge| self.check_challenge(&challenge, claimed, 1))
            .transpose()
    }
}
