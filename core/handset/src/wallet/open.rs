//! Opening a kept certificate: verified once, then its pages are drawn and read as often as wanted.
//! None of it needs a network.

use quanshengshi_certificate::record::CertificateRecord;
use quanshengshi_certificate::seal::verify::{SealReport, Verdict};
use quanshengshi_rules::language::Language;
use zeroize::Zeroizing;

use crate::viewer::{DrawnPage, OpenedFile, PageFacts, PageMatch, ViewError};
use crate::wallet::error::WalletError;
use crate::wallet::flow::Wallet;
use crate::wallet::kept::{OFD, verify_file, verify_kept};
use crate::wallet::list::not_kept;
use crate::wallet::standing::{Basis, Judged, Standing};

/// A kept certificate that was verified when it was opened: package signature, record, digest and
/// seal. Every page comes out of the bytes that were verified then, so no page is less verified than
/// the first. What is said of standing and freshness is as of the opening; open it anew for later.
pub struct OpenCertificate {
    /// The record.
    pub record: CertificateRecord,
    /// Whether it may be relied on, and how fresh that is.
    pub judged: Judged,
    /// Whether its seal holds, judged at the opening with the newest revocation lists there are.
    pub seal: SealReport,
    /// When it was opened, milliseconds since 1970.
    pub(super) opened_ms: u64,
    file: OpenedFile,
    bytes: Zeroizing<Vec<u8>>,
}

impl OpenCertificate {
    /// Whether the copy may be shown as good: it holds, and its seal is not broken.
    pub fn holds(&self) -> bool {
        self.judged.standing == Standing::Holds && self.seal.verdict != Verdict::Broken
    }

    /// What covers every page: that its seal is broken before everything else.
    pub fn banner(&self, language: Language) -> Option<String> {
        if self.seal.verdict == Verdict::Broken {
            return Some(self.seal.verdict.text(language).to_owned());
        }
        self.judged.banner(language)
    }

    /// How many pages the face has; at least one.
    pub fn pages(&self) -> u32 {
        self.file.pages()
    }

    /// Draws a page, counted from 0; `px_per_mm` pixels a millimetre. What no intact seal covers is
    /// grey and hatched.
    ///
    /// # Errors
    /// [`ViewError::Page`] for a page that is not there, [`ViewError::Draw`], [`ViewError::Encode`].
    pub fn draw(&self, page: u32, px_per_mm: f32) -> Result<DrawnPage, ViewError> {
        self.file.draw(page, px_per_mm, None)
    }

    /// Size, words, links and annotations of a page.
    ///
    /// # Errors
    /// [`ViewError::Page`].
    pub fn facts(&self, page: u32) -> Result<PageFacts, ViewError> {
        self.file.facts(page)
    }

    /// Every place of a page where `query` stands, whatever the width and case of its signs.
    ///
    /// # Errors
    /// [`ViewError::Page`].
    pub fn find(&self, page: u32, query: &str) -> Result<Vec<PageMatch>, ViewError> {
        self.file.find(page, query, None)
    }

    /// The file as the portal gave it, sealed, an OFD.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl std::fmt::Debug for OpenCertificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenCertificate").finish_non_exhaustive()
    }
}

impl Wallet {
    /// Opens and verifies a certificate. It stays readable while it is held, whatever becomes of the
    /// wallet meanwhile; let go of it with the screen that shows it.
    ///
    /// # Errors
    /// [`WalletError::NotKept`]; [`WalletError::Forged`], [`WalletError::Identifier`] or
    /// [`WalletError::Digest`] for a copy that is no longer what the portal signed; otherwise by
    /// variant.
    pub fn open(&self, certificate: &str) -> Result<OpenCertificate, WalletError> {
        let keys = &self.inner.device.portal_keys;
        let (copy, bytes) = self.inner.wallet.with(|vault| {
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
        let seal = self.inner.seals.judge(&bytes, now_ms);
        Ok(OpenCertificate {
            file: OpenedFile::open_judged(&bytes, &seal)?,
            record: copy.record,
            judged,
            seal,
            opened_ms: now_ms,
            bytes,
        })
    }
}
