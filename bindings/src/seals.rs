//! Whether the seals of a certificate's file hold: judged on this device, without a network.

use quanshengshi_certificate::seal::reason::Reason;
use quanshengshi_certificate::seal::verify::{SealReport as Core, Signer, Verdict};
use quanshengshi_handset::seals::SealTrust;
use quanshengshi_rules::language::Language;

use crate::config::TextLanguage;
use crate::error::QssError;

/// The whole answer about a file's seals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum SealVerdict {
    /// Every seal holds, and anchors of the host stand behind all of them.
    IntactTrusted,
    /// Every seal holds; who stands behind one of them is not known here.
    IntactUnknownIssuer,
    /// A seal is there and does not hold: never show the file as good.
    Broken,
    /// The file has no seal.
    Unsigned,
}

/// Why a verdict is not better.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SealReason {
    /// The code, such as `CONTENT_CHANGED`.
    pub code: String,
    /// The sentence for the person.
    pub text: String,
}

/// Who signed, as the file says; believable only as far as the verdict goes.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SealSigner {
    /// The subject of the signer's key certificate.
    pub name: String,
    /// The seal's name; none for a plain digital signature.
    pub seal_name: Option<String>,
    /// The seal's identifier.
    pub seal_id: Option<String>,
    /// When, seconds since 1970; none when the signature says nothing.
    pub at_s: Option<i64>,
    /// Identifiers of the pages it is stamped on.
    pub pages: Vec<String>,
}

/// What was found out about a file's seals.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SealReport {
    /// The verdict.
    pub verdict: SealVerdict,
    /// Its word for logs and machines, such as `intact_trusted`.
    pub word: String,
    /// Its words for the person.
    pub text: String,
    /// Why it is not better, each reason once.
    pub reasons: Vec<SealReason>,
    /// Parts of the file that no intact seal covers: what they show is not sealed.
    pub uncovered: Vec<String>,
    /// What to say about them; none when there is no seal or all is covered.
    pub uncovered_text: Option<String>,
    /// Who signed.
    pub signers: Vec<SealSigner>,
}

/// What a file of trust is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum SealAnchor {
    /// Root certificates.
    Roots,
    /// A revocation list.
    RevocationList,
}

/// Judges the seals of an OFD as of `now_ms`, milliseconds since 1970. `roots` are files of X.509
/// certificates, `revocations` revocation lists, all in DER or PEM. A file that is no OFD is `Broken`.
///
/// # Errors
/// `Internal` with `SEAL_ROOT` or `SEAL_REVOCATION_LIST`.
#[uniffi::export]
pub fn verify_seals(
    file: &[u8],
    roots: Vec<Vec<u8>>,
    revocations: Vec<Vec<u8>>,
    now_ms: u64,
    language: TextLanguage,
) -> Result<SealReport, QssError> {
    let mut trust = SealTrust::default();
    for root in &roots {
        trust.trust(root)?;
    }
    for list in &revocations {
        trust.revoke(list)?;
    }
    Ok(SealReport::of(trust.judge(file, now_ms), language.into()))
}

/// The names in a file of trust: the subjects of its certificates, or the issuer of the list. For
/// saying which of several files cannot be read.
///
/// # Errors
/// `Internal` with `SEAL_ROOT` or `SEAL_REVOCATION_LIST`.
#[uniffi::export]
pub fn seal_anchor_names(file: &[u8], kind: SealAnchor) -> Result<Vec<String>, QssError> {
    let mut trust = SealTrust::default();
    Ok(match kind {
        SealAnchor::Roots => trust.trust(file)?,
        SealAnchor::RevocationList => vec![trust.revoke(file)?],
    })
}

impl SealReport {
    pub(crate) fn of(report: Core, language: Language) -> Self {
        let reason = |reason: Reason| SealReason {
            code: reason.as_str().to_owned(),
            text: reason.text(language).to_owned(),
        };
        Self {
            verdict: report.verdict.into(),
            word: report.verdict.as_str().to_owned(),
            text: report.verdict.text(language).to_owned(),
            uncovered_text: report.uncovered_text(language),
            reasons: report.reasons.into_iter().map(reason).collect(),
            uncovered: report.uncovered,
            signers: report.signers.into_iter().map(SealSigner::of).collect(),
        }
    }
}

impl SealSigner {
    fn of(signer: Signer) -> Self {
        let (seal_name, seal_id) = signer.seal.unzip();
        Self {
            name: signer.name,
            seal_name,
            seal_id,
            at_s: signer.at_s,
            pages: signer.stamps.into_iter().map(|stamp| stamp.page).collect(),
        }
    }
}

impl From<Verdict> for SealVerdict {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::IntactTrusted => Self::IntactTrusted,
            Verdict::IntactUnknownIssuer => Self::IntactUnknownIssuer,
            Verdict::Broken => Self::Broken,
            Verdict::Unsigned => Self::Unsigned,
        }
    }
}
