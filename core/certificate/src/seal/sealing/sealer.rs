//! A seal in the hand of its signer.

use super::authority::Authority;
use super::shapes::{bits, ia5, octets, sequence, small, time, utf8};
use super::stamped::Stamped;
use super::{SealingError, stamped};
use crate::seal::anchor::KeyCertificate;
use crate::seal::verify::Stamp;
use crate::seal::{ses, sm};

/// `1.2.156.10197.1.501`, encoded.
pub(super) const SM2_WITH_SM3: [u8; 10] =
    [0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x83, 0x75];
const SES_VERSION: u8 = 4;
const VENDOR: &str = "QUANSHENGSHI";
/// A seal of an organisation.
const KIND_ORGANISATION: u8 = 1;
const LIST_OF_CERTIFICATES: u8 = 1;

/// What a seal shows and for how long.
#[derive(Debug, Clone)]
pub struct SealFace<'a> {
    /// Its identifier, ASCII.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// A PNG.
    pub picture: &'a [u8],
    /// Its size on paper, in whole millimetres, at most 127.
    pub size_mm: (u8, u8),
    /// From when to when it may be used, seconds since 1970.
    pub valid_s: (i64, i64),
}

/// A seal and the signer who may use it.
#[derive(Debug, Clone)]
pub struct Sealer {
    signer: Authority,
    seal: Vec<u8>,
}

impl Sealer {
    /// Lets `maker` make a seal that only `signer` may use.
    pub fn new(maker: &Authority, signer: Authority, face: &SealFace<'_>) -> Self {
        Self::with_picture(maker, signer, face, "PNG")
    }

    /// Lets `maker` make a seal whose picture is of a kind: `PNG`, `JPG` or `OFD`.
    pub fn with_picture(
        maker: &Authority,
        signer: Authority,
        face: &SealFace<'_>,
        kind: &str,
    ) -> Self {
        let header = sequence(&[&ia5("ES"), &small(SES_VERSION), &ia5(VENDOR)]);
        let allowed = sequence(&[&octets(signer.certificate())]);
        let property = sequence(&[
            &small(KIND_ORGANISATION),
            &utf8(face.name),
            &small(LIST_OF_CERTIFICATES),
            &allowed,
            &time(face.valid_s.0),
            &time(face.valid_s.0),
            &time(face.valid_s.1),
        ]);
        let picture = sequence(&[
            &ia5(kind),
            &octets(face.picture),
            &small(face.size_mm.0),
            &small(face.size_mm.1),
        ]);
        let info = sequence(&[&header, &ia5(face.id), &property, &picture]);
        let signature = maker.pair.sign(&info);
        let certificate = octets(maker.certificate());
        let seal = sequence(&[&info, &certificate, &SM2_WITH_SM3, &bits(&signature)]);
        Self { signer, seal }
    }

    /// A seal that somebody else made for this signer, DER of `SESeal` (GB/T 38540).
    ///
    /// # Errors
    /// [`SealingError::Seal`] when it cannot be read, its maker did not sign it, or this signer is
    /// not in its list.
    pub fn from_seal(signer: Authority, seal: &[u8]) -> Result<Self, SealingError> {
        let read = ses::read_seal(seal).map_err(|_| SealingError::Seal)?;
        let maker = KeyCertificate::parse(read.maker).map_err(|_| SealingError::Seal)?;
        let holds = read.by_sm2
            && sm::holds(&maker.key, &read.covered, read.signature)
            && read.allows(signer.certificate());
        if !holds {
            return Err(SealingError::Seal);
        }
        Ok(Self {
            signer,
            seal: seal.to_vec(),
        })
    }

    /// The seal, DER of `SESeal`.
    pub fn seal_der(&self) -> &[u8] {
        &self.seal
    }

    /// The seal's name and who signs, as the metadata of a file call them.
    ///
    /// # Errors
    /// [`SealingError::Seal`].
    pub fn names(&self) -> Result<(String, String), SealingError> {
        let read = ses::read_seal(&self.seal).map_err(|_| SealingError::Seal)?;
        let signer = KeyCertificate::parse(self.signer.certificate());
        let signer = signer.map_err(|_| SealingError::KeyCertificate)?;
        Ok((read.name.to_owned(), signer.common_name()))
    }

    /// From when to when the seal may be used, seconds since 1970.
    ///
    /// # Errors
    /// [`SealingError::Seal`].
    pub fn valid_s(&self) -> Result<(i64, i64), SealingError> {
        let read = ses::read_seal(&self.seal).map_err(|_| SealingError::Seal)?;
        Ok(read.valid_s)
    }

    /// Stamps a file that carries no signature yet; everything in it is protected.
    ///
    /// # Errors
    /// [`SealingError::Package`] when it is no unsealed OFD, [`SealingError::Zip`].
    pub fn seal(&self, ofd: &[u8], stamps: &[Stamp], at_s: i64) -> Result<Vec<u8>, SealingError> {
        let package = Stamped::new(ofd, &self.seal, stamps, at_s)?;
        let hash = sm::digest(package.signature_file.as_bytes());
        let to_be_signed = sequence(&[
            &small(SES_VERSION),
            &self.seal,
            &time(at_s),
            &bits(&hash),
            &ia5(stamped::SIGNATURE_LOCATION),
        ]);
        let signature = self.signer.pair.sign(&to_be_signed);
        let certificate = octets(self.signer.certificate());
        let value = sequence(&[
            &to_be_signed,
            &certificate,
            &SM2_WITH_SM3,
            &bits(&signature),
        ]);
        package.pack(&value)
    }
}
