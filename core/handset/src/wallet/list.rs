//! Listing and forgetting; none of it needs a network.

use quanshengshi_vault::error::VaultError;

use crate::wallet::error::WalletError;
use crate::wallet::flow::Wallet;
use crate::wallet::kept::verify_kept;
use crate::wallet::standing::{Basis, Judged};
use crate::wallet::summary::Summary;

/// The most certificates of a list.
const MOST_LISTED: usize = 1000;

/// One line of the wallet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The identifier to show or forget it by.
    pub certificate: String,
    /// What the line says.
    pub summary: Summary,
    /// Whether it may be relied on, and how fresh that is.
    pub judged: Judged,
    /// The kept certificate that took its place, when there is one.
    pub successor: Option<String>,
}

impl Wallet {
    /// The kept certificates, the one kept last first.
    ///
    /// # Errors
    /// [`WalletError::Vault`], [`WalletError::Malformed`].
    pub fn list(&self) -> Result<Vec<Listed>, WalletError> {
        let entries = self
            .inner
            .wallet
            .with(|vault| Ok(vault.list(MOST_LISTED)?))?;
        let clock = self.inner.clock.as_ref();
        let mut lines = entries
            .into_iter()
            .map(|entry| {
                let summary = match Summary::parse(&entry.summary) {
                    Ok(summary) => summary,
                    Err(_) => self.old_summary(&entry.id, &entry.summary)?,
                };
                Ok(Listed {
                    judged: Judged::of(&Basis::of_summary(&summary), clock),
                    summary,
                    certificate: entry.id,
                    successor: None,
                })
            })
            .collect::<Result<Vec<_>, WalletError>>()?;
        let followed: Vec<(String, String)> = lines
            .iter()
            .filter(|line| !line.summary.previous.is_empty())
            .map(|line| (line.summary.previous.clone(), line.certificate.clone()))
            .collect();
        for line in &mut lines {
            let next = followed.iter().find(|(old, _)| *old == line.certificate);
            line.successor = next.map(|(_, new)| new.clone());
        }
        Ok(lines)
    }

    /// The line of a certificate that an older app kept: made anew of the certificate itself.
    fn old_summary(&self, certificate: &str, bytes: &[u8]) -> Result<Summary, WalletError> {
        Summary::check_old(bytes)?;
        let keys = &self.inner.device.portal_keys;
        self.inner.wallet.with(|vault| {
            let opened = vault.read(certificate).map_err(not_kept)?;
            Ok(Summary::of(&verify_kept(keys, certificate, &opened.body)?))
        })
    }

    /// Removes a certificate from this phone; there being none is success.
    ///
    /// # Errors
    /// [`WalletError::Vault`].
    pub fn forget(&self, certificate: &str) -> Result<(), WalletError> {
        self.inner
            .wallet
            .with(|vault| Ok(vault.forget(certificate)?))
    }

    /// Wipes all certificates with the key that opens them. Blocks, and asks the keystore. The
    /// phone stays enrolled.
    ///
    /// # Errors
    /// [`WalletError::Vault`]; can be repeated.
    pub fn forget_all(&self) -> Result<(), WalletError> {
        Ok(self.inner.wallet.forget_all()?)
    }
}

pub(crate) fn not_kept(error: VaultError) -> WalletError {
    match error {
        VaultError::NotFound => WalletError::NotKept,
        other => WalletError::Vault(other),
    }
}
