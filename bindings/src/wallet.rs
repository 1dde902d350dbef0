//! The kept certificates at the crossing.

use std::sync::Arc;

use quanshengshi_handset::wallet::flow::Wallet as Core;
use quanshengshi_handset::wallet::show::{Listed, Shown};
use quanshengshi_handset::wallet::standing::{Freshness, Standing};
use quanshengshi_rules::language::Language;

use crate::cancel::{CancelToken, until_cancelled};
use crate::error::QssError;
use crate::handset::task_id;

/// The certificates kept on this phone.
#[derive(Debug, uniffi::Object)]
pub struct Wallet {
    core: Core,
    language: Language,
}

/// One line of the wallet.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct WalletLine {
    /// The identifier to show or forget it by.
    pub certificate: String,
    /// What stands on top of the face.
    pub name: String,
    /// The number people quote.
    pub number: String,
    /// The first holder's name.
    pub holder: String,
    /// The issuer's name.
    pub issuer: String,
    /// Portal time of the last confirmation, milliseconds since 1970.
    pub as_of_ms: u64,
    /// Whether the certificate is invented.
    pub sample: bool,
}

/// A certificate as it is shown, verified again just now.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ShownCertificate {
    /// The identifier.
    pub certificate: String,
    /// What stands on top of the face.
    pub name: String,
    /// The number people quote.
    pub number: String,
    /// The holders' names.
    pub holders: Vec<String>,
    /// The issuer's name.
    pub issuer: String,
    /// The first day it holds, `yyyy-mm-dd`.
    pub valid_from: String,
    /// The last day it holds; none for one without end.
    pub valid_to: Option<String>,
    /// Whether it may be relied on, as of the last confirmation.
    pub holds: bool,
    /// The word for that.
    pub standing: String,
    /// How fresh the confirmation is.
    pub freshness: CopyFreshness,
    /// The line that must stand with every offline copy.
    pub mark: String,
    /// Portal time of the last confirmation, milliseconds since 1970.
    pub as_of_ms: u64,
    /// Whether the certificate is invented.
    pub sample: bool,
    /// The first page as a PNG.
    pub page_png: Vec<u8>,
    /// Pages of the face.
    pub pages: u32,
}

/// How fresh the last confirmation of a copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum CopyFreshness {
    /// Confirmed a short while ago.
    Confirmed,
    /// Refresh it; it still counts as confirmed.
    RefreshDue,
    /// Not confirmed for long: say so.
    Unconfirmed,
}

impl From<Listed> for WalletLine {
    fn from(listed: Listed) -> Self {
        let summary = listed.summary;
        Self {
            certificate: listed.certificate,
            name: summary.name,
            number: summary.number,
            holder: summary.holder,
            issuer: summary.issuer,
            as_of_ms: summary.as_of_ms,
            sample: summary.sample,
        }
    }
}

impl Wallet {
    pub(crate) fn new(core: Core, language: Language) -> Self {
        Self { core, language }
    }

    fn shown(&self, shown: Shown) -> ShownCertificate {
        let (record, judged) = (shown.record, shown.judged);
        ShownCertificate {
            certificate: record.id.to_string(),
            name: record.name,
            number: record.number,
            holders: record
                .holders
                .into_iter()
                .map(|holder| holder.name)
                .collect(),
            issuer: record.issuer.name,
            valid_from: record.validity.from.to_string(),
            valid_to: record.validity.to.map(|to| to.to_string()),
            holds: judged.standing == Standing::Holds,
            standing: judged.standing.text(self.language),
            freshness: match judged.freshness {
                Freshness::Confirmed => CopyFreshness::Confirmed,
                Freshness::RefreshDue => CopyFreshness::RefreshDue,
                Freshness::Unconfirmed => CopyFreshness::Unconfirmed,
            },
            mark: judged.mark(self.language),
            as_of_ms: judged.as_of_ms,
            sample: record.sample,
            page_png: shown.page_png,
            pages: shown.pages,
        }
    }
}

#[uniffi::export]
impl Wallet {
    /// The kept certificates, the one kept last first. Needs no network.
    ///
    /// # Errors
    /// `VaultReset`, `Internal`.
    pub fn list(&self) -> Result<Vec<WalletLine>, QssError> {
        Ok(self.core.list()?.into_iter().map(Into::into).collect())
    }

    /// Opens, verifies and draws a certificate at `px_per_mm` pixels a millimetre (8 is good for a
    /// phone). Needs no network; call it away from the thread that draws.
    ///
    /// # Errors
    /// `FetchAgain` for one that is not kept or no longer what was signed, `VaultReset`.
    pub fn show(&self, certificate: &str, px_per_mm: f32) -> Result<ShownCertificate, QssError> {
        Ok(self.shown(self.core.show(certificate, px_per_mm)?))
    }

    /// Removes a certificate from this phone; there being none is success.
    ///
    /// # Errors
    /// `DiskFull`, `VaultReset`, `Internal`.
    pub fn forget(&self, certificate: &str) -> Result<(), QssError> {
        Ok(self.core.forget(certificate)?)
    }

    /// Wipes all certificates with the key that opens them. Blocks, and asks the keystore.
    ///
    /// # Errors
    /// `UnlockDevice`, `Internal`; can be repeated.
    pub fn forget_all(&self) -> Result<(), QssError> {
        Ok(self.core.forget_all()?)
    }
}

#[uniffi::export(async_runtime = "tokio")]
impl Wallet {
    /// Fetches the certificates of an approved task; gives their identifiers. May be repeated.
    ///
    /// # Errors
    /// `TryAgain`, `NewTask`, `Refused`, `DiskFull`, `FetchAgain`.
    pub async fn fetch(
        &self,
        task: String,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<Vec<String>, QssError> {
        until_cancelled(cancel, self.core.fetch(task_id(&task)?)).await
    }

    /// Asks the portal whether the kept certificates still hold; gives how many were confirmed.
    ///
    /// # Errors
    /// `TryAgain`, `Refused`, `DiskFull`.
    pub async fn refresh(&self, cancel: Option<Arc<CancelToken>>) -> Result<u32, QssError> {
        let confirmed = until_cancelled(cancel, self.core.refresh()).await?;
        Ok(u32::try_from(confirmed).unwrap_or(u32::MAX))
    }
}
