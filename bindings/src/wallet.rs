//! The kept certificates at the crossing.

use std::sync::Arc;

use quanshengshi_handset::wallet::flow::Wallet as Core;
use quanshengshi_handset::wallet::list::Listed;
use quanshengshi_handset::wallet::standing::{Freshness, Standing};
use quanshengshi_handset::wallet::subjects::Subject;
use quanshengshi_protocol::ids::Digest;
use quanshengshi_rules::language::Language;

use crate::cancel::{CancelToken, until_cancelled};
use crate::error::QssError;
use crate::handset::task_id;
use crate::open::OpenCertificate;

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
    /// Names the holder: certificates of one holder have the same.
    pub subject: String,
    /// Whether it may be relied on, as of the last confirmation.
    pub holds: bool,
    /// The word for that.
    pub standing: String,
    /// How fresh the confirmation is.
    pub freshness: CopyFreshness,
    /// The line that must stand with every offline copy.
    pub mark: String,
    /// Days until the last day, negative after it; none without an end.
    pub days_left: Option<i64>,
    /// What to say about its end or its state; none for one that simply holds.
    pub banner: Option<String>,
    /// The kept certificate that took its place.
    pub successor: Option<String>,
}

/// A holder of kept certificates.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SubjectLine {
    /// Names the holder.
    pub subject: String,
    /// The holder's name.
    pub name: String,
    /// How many of its certificates are kept.
    pub certificates: u32,
}

/// A code by which somebody else checks a certificate.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct VerificationLine {
    /// The text of the QR code: the address of the portal's page.
    pub address: String,
    /// Milliseconds until it opens nothing any more; ask for a new one then.
    pub ends_in_ms: u64,
    /// The QR code, a row a text, `1` dark and `0` light, with its quiet zone.
    pub rows: Vec<String>,
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

impl From<Freshness> for CopyFreshness {
    fn from(freshness: Freshness) -> Self {
        match freshness {
            Freshness::Confirmed => Self::Confirmed,
            Freshness::RefreshDue => Self::RefreshDue,
            Freshness::Unconfirmed => Self::Unconfirmed,
        }
    }
}

impl WalletLine {
    fn of(listed: Listed, language: Language) -> Self {
        let (summary, judged) = (listed.summary, listed.judged);
        Self {
            subject: summary.subject.to_string(),
            holds: judged.standing == Standing::Holds,
            standing: judged.standing.text(language),
            freshness: judged.freshness.into(),
            mark: judged.mark(language),
            days_left: judged.days_left,
            banner: judged.banner(language),
            successor: listed.successor,
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

    fn lines(&self, listed: Vec<Listed>) -> Vec<WalletLine> {
        let lines = listed.into_iter();
        lines
            .map(|line| WalletLine::of(line, self.language))
            .collect()
    }
}

#[uniffi::export]
impl Wallet {
    /// The kept certificates, the one kept last first. Needs no network.
    ///
    /// # Errors
    /// `VaultReset`, `Internal`.
    pub fn list(&self) -> Result<Vec<WalletLine>, QssError> {
        Ok(self.lines(self.core.list()?))
    }

    /// The kept certificates whose name, number, holder or issuer holds every word of a text.
    ///
    /// # Errors
    /// `VaultReset`, `Internal`.
    pub fn search(&self, text: &str) -> Result<Vec<WalletLine>, QssError> {
        Ok(self.lines(self.core.search(text)?))
    }

    /// The holders of the kept certificates, in the order of the list.
    ///
    /// # Errors
    /// `VaultReset`, `Internal`.
    pub fn subjects(&self) -> Result<Vec<SubjectLine>, QssError> {
        let subjects = self.core.subjects()?.into_iter();
        let line = |subject: Subject| SubjectLine {
            subject: subject.key.to_string(),
            name: subject.name,
            certificates: u32::try_from(subject.certificates).unwrap_or(u32::MAX),
        };
        Ok(subjects.map(line).collect())
    }

    /// Removes every certificate of one holder; gives how many there were.
    ///
    /// # Errors
    /// `DiskFull`, `VaultReset`, `Internal`.
    pub fn forget_subject(&self, subject: &str) -> Result<u32, QssError> {
        // A name that is none has no certificates.
        let Ok(key) = Digest::parse(subject) else {
            return Ok(0);
        };
        let forgotten = self.core.forget_subject(key)?;
        Ok(u32::try_from(forgotten).unwrap_or(u32::MAX))
    }

    /// Opens and verifies a certificate, for all its pages. Needs no network; call it away from the
    /// thread that draws.
    ///
    /// # Errors
    /// `FetchAgain` for one that is not kept or no longer what was signed, `VaultReset`.
    pub fn open(&self, certificate: &str) -> Result<Arc<OpenCertificate>, QssError> {
        let core = self.core.open(certificate)?;
        Ok(Arc::new(OpenCertificate::new(core, self.language)))
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

    /// A code by which somebody else checks a kept certificate, for three minutes.
    ///
    /// # Errors
    /// `NewTask` for a certificate this phone was not given, `TryAgain`, `Wiped`, `Refused`.
    pub async fn verification_code(
        &self,
        certificate: String,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<VerificationLine, QssError> {
        let code = until_cancelled(cancel, self.core.verification_code(&certificate)).await?;
        Ok(VerificationLine {
            ends_in_ms: self.core.remaining_ms(&code),
            rows: code.rows,
            address: code.address,
        })
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
