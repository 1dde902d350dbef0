//! The seal that a real authority hands to a portal.

use std::path::{Path, PathBuf};

use quanshengshi_certificate::seal::anchor::KeyCertificate;
use quanshengshi_certificate::seal::sealing::SealingError;
use quanshengshi_certificate::seal::sealing::authority::{Authority, KeyPair};
use quanshengshi_certificate::seal::sealing::sealer::Sealer;

use crate::seals::SealError;

/// The largest file of an authority, in bytes; a list of a large authority has some megabytes.
const LARGEST: u64 = 32 * 1024 * 1024;

/// The files of an authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenSeal {
    /// The seal that its maker signed: `SESeal` of GB/T 38540, DER.
    pub seal: PathBuf,
    /// The key that may use it: PKCS#8, PEM or DER, not encrypted; readable by the portal only.
    pub key: PathBuf,
    /// The key's certificate, PEM or DER.
    pub certificate: PathBuf,
    /// The roots that maker and signer hang on, PEM or DER.
    pub roots: PathBuf,
    /// The authority's revocation list, read again at every question; none when it has none.
    pub revoked: Option<PathBuf>,
}

impl GivenSeal {
    pub(super) fn sealer(&self) -> Result<Sealer, SealError> {
        let unfit = |path: &Path| {
            let path = path.to_owned();
            move |source: SealingError| SealError::Unfit { path, source }
        };
        let pair = KeyPair::from_pkcs8(&read(&self.key)?).map_err(unfit(&self.key))?;
        let certificate = read(&self.certificate)?;
        let signer = Authority::from_certificate(pair, &certificate);
        let signer = signer.map_err(unfit(&self.certificate))?;
        Sealer::from_seal(signer, &read(&self.seal)?).map_err(unfit(&self.seal))
    }

    pub(super) fn roots(&self) -> Result<Vec<KeyCertificate>, SealError> {
        let roots = KeyCertificate::parse_all(&read(&self.roots)?);
        roots.map_err(|source| SealError::Anchor {
            path: self.roots.clone(),
            source,
        })
    }
}

pub(super) fn read(path: &Path) -> Result<Vec<u8>, SealError> {
    let failed = |source| SealError::File {
        path: path.to_owned(),
        source,
    };
    let length = std::fs::metadata(path).map_err(failed)?.len();
    if length > LARGEST {
        return Err(failed(std::io::Error::other("the file is too large")));
    }
    std::fs::read(path).map_err(failed)
}
