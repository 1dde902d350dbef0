//! Lists of revoked key certificates (RFC 5280 clause 5), signed by their authority.

use der::Encode;
use x509_cert::serial_number::SerialNumber;

use super::SealingError;
use super::authority::Authority;
use super::sealer::SM2_WITH_SM3;
use super::shapes::{bits, octets, sequence, small, x509_time};
use crate::seal::encode::element;

/// `2.5.29.20`, encoded: the number of the list.
const CRL_NUMBER: [u8; 5] = [0x06, 0x03, 0x55, 0x1D, 0x14];
/// The second version, written as 1.
const VERSION: u8 = 1;

/// What a list is to say.
#[derive(Debug, Clone)]
pub struct Revoked<'a> {
    /// A number larger than that of every earlier list of this authority.
    pub number: u64,
    /// When the list is true, seconds since 1970.
    pub made_at_s: i64,
    /// When the next one is there at the latest.
    pub next_at_s: i64,
    /// Serial numbers, and since when each is revoked, seconds since 1970.
    pub entries: &'a [(u64, i64)],
}

impl Authority {
    /// Signs a list, DER.
    ///
    /// # Errors
    /// [`SealingError::Name`] for a number that cannot be written.
    pub fn sign_revocations(&self, revoked: &Revoked<'_>) -> Result<Vec<u8>, SealingError> {
        let number = |value: u64| {
            let written: der::Result<Vec<u8>> =
                SerialNumber::<x509_cert::certificate::Rfc5280>::from(value).to_der();
            written.map_err(|_| SealingError::Name)
        };
        let algorithm = sequence(&[&SM2_WITH_SM3]);
        let entries = revoked
            .entries
            .iter()
            .map(|(serial, since_s)| Ok(sequence(&[&number(*serial)?, &x509_time(*since_s)])))
            .collect::<Result<Vec<_>, SealingError>>()?;
        // A list of nothing is left out, not written empty.
        let entries = if entries.is_empty() {
            Vec::new()
        } else {
            element(0x30, &entries.concat())
        };
        let list_number = sequence(&[&CRL_NUMBER, &octets(&number(revoked.number)?)]);
        let extensions = element(0xA0, &sequence(&[&list_number]));
        let to_be_signed = sequence(&[
            &small(VERSION),
            &algorithm,
            &self.name_der()?,
            &x509_time(revoked.made_at_s),
            &x509_time(revoked.next_at_s),
            &entries,
            &extensions,
        ]);
        let signature = bits(&self.pair.sign(&to_be_signed));
        Ok(sequence(&[&to_be_signed, &algorithm, &signature]))
    }
}
