//! A seal in the hand of its signer.

use super::authority::Authority;
use super::shapes::{bits, ia5, octets, sequence, small, time, utf8};
use super::stamped::Stamped;
use super::{SealingError, stamped};
use crate::seal::sm;
use crate::seal::verify::Stamp;

/// `1.2.156.10197.1.501`, encoded.
const SM2_WITH_SM3: [u8; 10] = [0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x83, 0x75];
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

    pub(in crate::seal) fn with_picture(
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
