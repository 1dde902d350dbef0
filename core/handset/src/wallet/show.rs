//! Listing, showing and forgetting; none of it needs a network.

use quanshengshi_certificate::ofd::draw::draw_page;
use quanshengshi_certificate::ofd::read::Ofd;
use quanshengshi_certificate::record::CertificateRecord;
use quanshengshi_certificate::seal::verify::{SealReport, Verdict};
use quanshengshi_rules::language::Language;
use quanshengshi_vault::error::VaultError;

use crate::wallet::error::WalletError;
use crate::wallet::flow::Wallet;
use crate::wallet::kept::{OFD, verify_file, verify_kept};
use crate::wallet::standing::{Basis, Judged, Standing};
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

/// A certificate as it is shown. Only comes out of a copy that was verified again just now.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The record.
    pub record: CertificateRecord,
    /// Whether it may be relied on, and how fresh that is.
    pub judged: Judged,
    /// Whether its seal holds, judged just now with the newest revocation lists there are.
    pub seal: SealReport,
    /// The first page as a PNG.
    pub page_png: Vec<u8>,
    /// Pages of the face.
    pub pages: u32,
}

impl Shown {
    /// Whether the copy may be shown as good: it holds, and its seal is not broken.
    pub fn holds(&self) -> bool {
        self.judged.standing == Standing::Holds && self.seal.verdict != Verdict::Broken
    }

    /// What covers the page: that its seal is broken before everything else.
    pub fn banner(&self, language: Language) -> Option<String> {
        if self.seal.verdict == Verdict::Broken {
            return Some(self.seal.verdict.text(language).to_owned());
        }
        self.judged.banner(language)
    }
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

    /// Opens, verifies and draws a certificate; `px_per_mm` pixels a millimetre.
    ///
    /// # Errors
    /// [`WalletError::NotKept`]; [`WalletError::Forged`], [`WalletError::Identifier`] or
    /// [`WalletError::Digest`] for a copy that is no longer what the portal signed; otherwise by
    /// variant.
    pub fn show(&self, certificate: &str, px_per_mm: f32) -> Result<Shown, WalletError> {
        let keys = &self.inner.device.portal_keys;
        let (copy, face) = self.inner.wallet.with(|vault| {
            let opened = vault.read(certificate).map_err(not_kept)?;
            let copy = verify_kept(keys, certificate, &opened.body)?;
            let file = copy
                .files
                .iter()
                .find(|file| file.media_type == OFD)
                .ok_or(WalletError::NoFace)?;
            let bytes = vault.read_file(certificate, &file.name)?;
            verify_file(file, &bytes)?;
            Ok((copy, bytes))
        })?;
        let judged = Judged::of(&Basis::of_copy(&copy), self.inner.clock.as_ref());
        // The device's clock is not trusted to be later than what the portal signed.
        let now_ms = self.inner.clock.wall_ms().max(judged.as_of_ms);
        let seal = self.inner.seals.judge(&face, now_ms);
        let ofd = Ofd::open(&face)?.judged(&seal);
        let page = draw_page(&ofd, 0, px_per_mm)?;
        Ok(Shown {
            judged,
            seal,
            record: copy.record,
            page_png: page.to_png()?,
            pages: u32::try_from(ofd.page_count()).unwrap_or(u32::MAX),
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
