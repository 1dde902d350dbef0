//! The handset's own anchors, and the newest revocation lists it has seen.
//!
//! Anchors come with the app. Lists come from the portal at every fetch and refresh, and are kept in
//! the sealed state: an old list never takes the place of a newer one, a list that no anchor signed
//! is not taken at all.

use std::sync::{PoisonError, RwLock};

use quanshengshi_certificate::seal::anchor::{AnchorError, RevocationList};
use quanshengshi_certificate::seal::verify::SealReport;
use quanshengshi_vault::error::VaultError;

use crate::portal_client::client::PortalClient;
use crate::seals::SealTrust;
use crate::state::{StateError, StateStore};

/// The most revocation lists of one answer.
const MOST_LISTS: usize = 16;

/// What this handset judges seals with.
#[derive(Debug)]
pub(crate) struct SealKeeper {
    trust: RwLock<SealTrust>,
}

impl SealKeeper {
    /// Trusts the roots of the app; an empty text is none.
    pub(crate) fn new(roots_pem: &str) -> Result<Self, AnchorError> {
        let mut trust = SealTrust::default();
        if !roots_pem.trim().is_empty() {
            trust.trust(roots_pem.as_bytes())?;
        }
        Ok(Self {
            trust: RwLock::new(trust),
        })
    }

    /// Takes up the lists that were kept. Blocks.
    pub(crate) fn recall(&self, state: &StateStore) -> Result<(), VaultError> {
        let kept = state.revocations()?;
        // A list that cannot be read any more is fetched anew with the next refresh.
        self.renew(RevocationList::parse_all(&kept).unwrap_or_default());
        Ok(())
    }

    /// Asks the portal for newer lists and keeps them. A portal that cannot be asked, or an older
    /// one that has none, changes nothing: seals are judged with the lists there are.
    pub(crate) async fn refresh(
        &self,
        portal: &PortalClient,
        state: &StateStore,
    ) -> Result<(), StateError> {
        let Ok(answer) = portal.seals().await else {
            return Ok(());
        };
        let lists = answer.revoked_pem.into_iter().take(MOST_LISTS);
        let lists = lists.filter_map(|list| RevocationList::parse(list.as_bytes()).ok());
        if self.renew(lists.collect()) {
            let pem = self.read().revocations_pem();
            state.put_revocations(pem).await?;
        }
        Ok(())
    }

    /// Judges a file as of `now_ms`, milliseconds since 1970.
    pub(crate) fn judge(&self, ofd: &[u8], now_ms: u64) -> SealReport {
        self.read().judge(ofd, now_ms)
    }

    fn renew(&self, lists: Vec<RevocationList>) -> bool {
        let mut trust = self.trust.write().unwrap_or_else(PoisonError::into_inner);
        lists
            .into_iter()
            .fold(false, |any, list| trust.renew(list) | any)
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, SealTrust> {
        self.trust.read().unwrap_or_else(PoisonError::into_inner)
    }
}
