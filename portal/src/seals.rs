//! The electronic seal (电子印章) of this portal's copies, and what others need to check it.
//!
//! A real authority gives the portal three files: a seal that its seal maker signed, the key that may
//! use it, and the key's certificate; root and maker keys never come near a portal. A sample site has a
//! [`test_authority`] of its own instead, in one file beside its database. Without either, copies
//! carry no seal and the pages say so.
//!
//! Nothing starts that would not hold: a probe is sealed and verified against the roots first.

pub mod given;
pub mod test_authority;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanshengshi_certificate::ofd::write::dressing::{Dressing, SealMark, SealPlace};
use quanshengshi_certificate::ofd::write::notice::CopyNotice;
use quanshengshi_certificate::ofd::write::seal_face::write_seal_picture;
use quanshengshi_certificate::ofd::write::{WriteError, write_face};
use quanshengshi_certificate::record::CertificateRecord;
use quanshengshi_certificate::record::calendar::Moment;
use quanshengshi_certificate::seal::anchor::{AnchorError, KeyCertificate, RevocationList, Trust};
use quanshengshi_certificate::seal::reason::Reason;
use quanshengshi_certificate::seal::sealing::SealingError;
use quanshengshi_certificate::seal::sealing::sealer::Sealer;
use quanshengshi_certificate::seal::verify::{Verdict, verify_seals};
use quanshengshi_rules::language::Language;

use crate::certificates::CertificateError;
use crate::random::RandomError;
use crate::seals::given::GivenSeal;
use crate::seals::test_authority::TestAuthority;

/// Why copies cannot be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// A file cannot be read or written.
    #[error("{path} cannot be read or written: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file of the test authority is not in its form.
    #[error("{0} is no file of a test authority")]
    Damaged(PathBuf),
    /// A root or a revocation list cannot be read.
    #[error("{path}: {source}")]
    Anchor {
        /// The file.
        path: PathBuf,
        /// Why.
        source: AnchorError,
    },
    /// A key, a certificate or a seal does not fit.
    #[error("{path}: {source}")]
    Unfit {
        /// The file.
        path: PathBuf,
        /// Why.
        source: SealingError,
    },
    /// A key, a certificate or a seal cannot be made.
    #[error(transparent)]
    Sealing(#[from] SealingError),
    /// The picture of the seal, or the probe, cannot be drawn.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// What this seal stamps would not be trusted by those who trust the roots.
    #[error("files with this seal would not be trusted: {}", words(.0))]
    Untrusted(Vec<Reason>),
    /// The portal's time is outside the calendar.
    #[error("the portal's time is outside the calendar")]
    Time,
    /// The system has no randomness.
    #[error(transparent)]
    Random(#[from] RandomError),
}

fn words(reasons: &[Reason]) -> String {
    let said = reasons.iter().map(|reason| reason.text(Language::En));
    said.collect::<Vec<_>>().join(" ")
}

/// The seal of a portal. Clones are one seal.
#[derive(Debug, Clone)]
pub struct Seals(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    sealer: Sealer,
    name: String,
    signer: String,
    roots: Vec<KeyCertificate>,
    revocations: Revocations,
}

/// Where the revocation list comes from.
#[derive(Debug)]
enum Revocations {
    /// The authority hands out none.
    None,
    /// The authority puts it there, and a newer one now and then.
    File(PathBuf),
    /// The test authority signs it.
    Test(TestAuthority),
}

impl Seals {
    /// Uses the seal of a real authority.
    ///
    /// # Errors
    /// [`SealError`] by what does not fit, [`SealError::Untrusted`] when its files would not hold.
    pub fn of_authority(given: &GivenSeal, font: &[u8], now_ms: u64) -> Result<Self, SealError> {
        let revocations = match &given.revoked {
            Some(file) => Revocations::File(file.clone()),
            None => Revocations::None,
        };
        Self::checked(given.sealer()?, given.roots()?, revocations, font, now_ms)
    }

    /// Uses the test authority of a sample site; its file is made at the first start.
    ///
    /// # Errors
    /// [`SealError`] when the file cannot be used.
    pub fn of_sample(file: &Path, font: &[u8], now_ms: u64) -> Result<Self, SealError> {
        let authority = TestAuthority::open(file, now_ms)?;
        let sealer = authority.sealer(font)?;
        let root = authority.root()?;
        Self::checked(
            sealer,
            vec![root],
            Revocations::Test(authority),
            font,
            now_ms,
        )
    }

    fn checked(
        sealer: Sealer,
        roots: Vec<KeyCertificate>,
        revocations: Revocations,
        font: &[u8],
        now_ms: u64,
    ) -> Result<Self, SealError> {
        let (name, signer) = sealer.names()?;
        let seals = Self(Arc::new(Parts {
            sealer,
            name,
            signer,
            roots,
            revocations,
        }));
        let made_on = moment(now_ms)?.date();
        // Any page will do; this one needs no record.
        let probe = write_seal_picture("样例", "样例", made_on, font)?;
        let probe = seals.0.sealer.seal(&probe, &[], seconds(now_ms))?;
        let trust = Trust {
            roots: seals.0.roots.clone(),
            revocations: seals.revocations(now_ms)?.into_iter().collect(),
            now_s: seconds(now_ms),
        };
        let report = verify_seals(&probe, &trust);
        match report.verdict {
            Verdict::IntactTrusted => Ok(seals),
            _ => Err(SealError::Untrusted(report.reasons)),
        }
    }

    /// The seal's name.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Writes a copy with room for the seal, and seals it at a portal time.
    ///
    /// # Errors
    /// [`CertificateError::Write`], [`CertificateError::Seal`], [`CertificateError::Time`].
    pub fn write_sealed(
        &self,
        record: &CertificateRecord,
        notice: &CopyNotice,
        dressing: &Dressing<'_>,
        font: &[u8],
        now_ms: u64,
    ) -> Result<Vec<u8>, CertificateError> {
        let mark = SealMark {
            name: self.0.name.clone(),
            signer: self.0.signer.clone(),
            at: moment(now_ms).map_err(|_| CertificateError::Time)?,
        };
        let dressing = Dressing {
            seal: SealPlace::Sealed(&mark),
            ..*dressing
        };
        let face = write_face(record, notice, &dressing, font)?;
        let sealed = self
            .0
            .sealer
            .seal(&face.ofd, &[face.stamp], seconds(now_ms));
        sealed.map_err(|error| CertificateError::Seal(error.into()))
    }

    /// The roots that files of this seal hang on, PEM.
    pub fn roots_pem(&self) -> String {
        self.0.roots.iter().map(KeyCertificate::to_pem).collect()
    }

    /// The revocation list as it is now; none where the authority hands out none.
    ///
    /// # Errors
    /// [`SealError::File`], [`SealError::Anchor`].
    pub fn revocations(&self, now_ms: u64) -> Result<Option<RevocationList>, SealError> {
        match &self.0.revocations {
            Revocations::None => Ok(None),
            Revocations::Test(authority) => authority.revocations(now_ms).map(Some),
            Revocations::File(path) => {
                let bytes = given::read(path)?;
                let list = RevocationList::parse(&bytes);
                list.map(Some).map_err(|source| SealError::Anchor {
                    path: path.clone(),
                    source,
                })
            }
        }
    }
}

fn moment(now_ms: u64) -> Result<Moment, SealError> {
    Moment::from_unix_seconds(now_ms / 1000).map_err(|_| SealError::Time)
}

fn seconds(now_ms: u64) -> i64 {
    i64::try_from(now_ms / 1000).unwrap_or(i64::MAX)
}
