//! What the caller trusts: key certificates (X.509, GM/T 0015) and revocation lists.

use der::asn1::ObjectIdentifier;
use der::{Decode, Encode};
use x509_cert::certificate::{CertificateInner, Raw};
use x509_cert::crl::CertificateList;
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage, KeyUsages};

use super::asn1::Element;
use super::{pem, sm};

const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");

/// Bytes that are no key certificate or revocation list we can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnchorError {
    /// Neither DER nor PEM of an X.509 certificate.
    #[error("not a readable X.509 certificate")]
    KeyCertificate,
    /// Not the DER of an X.509 revocation list.
    #[error("not a readable revocation list")]
    RevocationList,
}

/// A key certificate, read once.
#[derive(Debug, Clone)]
pub struct KeyCertificate {
    pub(super) raw: Vec<u8>,
    pub(super) tbs: Vec<u8>,
    pub(super) subject: Vec<u8>,
    pub(super) issuer: Vec<u8>,
    pub(super) serial: Vec<u8>,
    pub(super) not_before_s: i64,
    pub(super) not_after_s: i64,
    pub(super) key: Vec<u8>,
    pub(super) signature: Vec<u8>,
    pub(super) by_sm2: bool,
    pub(super) authority: bool,
    pub(super) usage: Option<KeyUsage>,
    name: String,
}

impl KeyCertificate {
    /// Reads DER or PEM.
    ///
    /// # Errors
    /// [`AnchorError::KeyCertificate`].
    pub fn parse(bytes: &[u8]) -> Result<Self, AnchorError> {
        let mut all = Self::parse_all(bytes)?;
        match (all.pop(), all.is_empty()) {
            (Some(only), true) => Ok(only),
            _ => Err(AnchorError::KeyCertificate),
        }
    }

    /// Reads every certificate of a file: one in DER, or one or more in PEM, whatever stands between
    /// them.
    ///
    /// # Errors
    /// [`AnchorError::KeyCertificate`] when there is none, or one that cannot be read.
    pub fn parse_all(bytes: &[u8]) -> Result<Vec<Self>, AnchorError> {
        let unreadable = AnchorError::KeyCertificate;
        let parts = pem::parts(bytes, "CERTIFICATE").ok_or(unreadable)?;
        let read = parts
            .into_iter()
            .map(|part| Self::from_der(part).ok_or(unreadable));
        read.collect()
    }

    fn from_der(raw: Vec<u8>) -> Option<Self> {
        let read = CertificateInner::<Raw>::from_der(&raw).ok()?;
        let tbs = Element::whole(&raw).ok()?.sequence().ok()?.first()?.raw;
        let inner = read.tbs_certificate();
        let names = |name: &x509_cert::name::Name| name.to_der().ok();
        let extension = |oid: ObjectIdentifier| {
            let mut all = inner.extensions().into_iter().flatten();
            all.find(|extension| extension.extn_id == oid)
                .map(|extension| extension.extn_value.as_bytes())
        };
        let authority = match extension(BASIC_CONSTRAINTS) {
            Some(value) => BasicConstraints::from_der(value).ok()?.ca,
            None => false,
        };
        let usage = match extension(KEY_USAGE) {
            Some(value) => Some(KeyUsage::from_der(value).ok()?),
            None => None,
        };
        let key = inner.subject_public_key_info();
        Some(Self {
            tbs: tbs.to_vec(),
            subject: names(inner.subject())?,
            issuer: names(inner.issuer())?,
            serial: inner.serial_number().as_bytes().to_vec(),
            not_before_s: seconds(inner.validity().not_before),
            not_after_s: seconds(inner.validity().not_after),
            key: key.subject_public_key.as_bytes()?.to_vec(),
            signature: read.signature().as_bytes()?.to_vec(),
            by_sm2: read.signature_algorithm().oid == sm::SM2_WITH_SM3,
            authority,
            usage,
            name: inner.subject().to_string(),
            raw,
        })
    }

    /// The subject as RFC 4514 writes it; what the file says, trusted or not.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The common name of the subject, or the whole name when there is none.
    pub fn common_name(&self) -> String {
        let mut parts = self.name.split(',');
        let common = parts.find_map(|part| part.strip_prefix("CN="));
        common.unwrap_or(&self.name).to_owned()
    }

    /// As it is handed out, PEM.
    pub fn to_pem(&self) -> String {
        pem::written("CERTIFICATE", &self.raw)
    }

    /// Whether `issuer`'s key signed this certificate.
    pub(super) fn is_signed_by(&self, issuer: &Self) -> bool {
        self.by_sm2 && sm::holds(&issuer.key, &self.tbs, &self.signature)
    }

    /// Whether `at_s` lies in its validity.
    pub(super) fn is_valid_at(&self, at_s: i64) -> bool {
        (self.not_before_s..=self.not_after_s).contains(&at_s)
    }

    /// Whether its key may have one of `uses`; a certificate that says nothing allows all.
    pub(super) fn allows(&self, uses: &[KeyUsages]) -> bool {
        self.usage
            .is_none_or(|usage| uses.iter().any(|wanted| usage.0.contains(*wanted)))
    }
}

fn seconds(time: x509_cert::time::Time) -> i64 {
    i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX)
}

/// A revocation list, read once; whether its issuer signed it is checked when it is used.
#[derive(Debug, Clone)]
pub struct RevocationList {
    pub(super) issuer: Vec<u8>,
    raw: Vec<u8>,
    tbs: Vec<u8>,
    signature: Vec<u8>,
    revoked: Vec<(Vec<u8>, i64)>,
    made_at_s: i64,
    name: String,
}

impl RevocationList {
    /// Reads DER or PEM.
    ///
    /// # Errors
    /// [`AnchorError::RevocationList`].
    pub fn parse(bytes: &[u8]) -> Result<Self, AnchorError> {
        let mut all = Self::parse_all(bytes)?;
        match (all.pop(), all.is_empty()) {
            (Some(only), true) => Ok(only),
            _ => Err(AnchorError::RevocationList),
        }
    }

    /// Reads every list of a file: one in DER, or one or more in PEM.
    ///
    /// # Errors
    /// [`AnchorError::RevocationList`] when there is none, or one that cannot be read.
    pub fn parse_all(bytes: &[u8]) -> Result<Vec<Self>, AnchorError> {
        let unreadable = AnchorError::RevocationList;
        let parts = pem::parts(bytes, "X509 CRL").ok_or(unreadable)?;
        let read = parts
            .into_iter()
            .map(|part| Self::from_der(&part).ok_or(unreadable));
        read.collect()
    }

    fn from_der(bytes: &[u8]) -> Option<Self> {
        let read = CertificateList::<Raw>::from_der(bytes).ok()?;
        let tbs = Element::whole(bytes).ok()?.sequence().ok()?.first()?.raw;
        let entries = read.tbs_cert_list.revoked_certificates.iter().flatten();
        let revoked = entries.map(|entry| {
            let since_s = seconds(entry.revocation_date);
            (entry.serial_number.as_bytes().to_vec(), since_s)
        });
        Some(Self {
            issuer: read.tbs_cert_list.issuer.to_der().ok()?,
            tbs: tbs.to_vec(),
            signature: read.signature.as_bytes()?.to_vec(),
            revoked: revoked.collect(),
            made_at_s: seconds(read.tbs_cert_list.this_update),
            name: read.tbs_cert_list.issuer.to_string(),
            raw: bytes.to_vec(),
        })
    }

    /// The issuer as RFC 4514 writes it; what the list says, signed or not.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it takes the place of another: of the same authority, and made later.
    pub fn replaces(&self, other: &Self) -> bool {
        self.issuer == other.issuer && self.made_at_s > other.made_at_s
    }

    /// Whether it is of the same authority as another.
    pub fn is_beside(&self, other: &Self) -> bool {
        self.issuer == other.issuer
    }

    /// When it was made, seconds since 1970, as it says.
    pub fn made_at_s(&self) -> i64 {
        self.made_at_s
    }

    /// Its bytes, DER.
    pub fn as_bytes(&self) -> &[u8] {
        &self.raw
    }

    /// As it is handed out, PEM.
    pub fn to_pem(&self) -> String {
        pem::written("X509 CRL", &self.raw)
    }

    /// Whether it is by an authority that may issue: only then does it count for anything.
    pub fn is_by(&self, authority: &KeyCertificate) -> bool {
        let may_list = authority.authority && authority.allows(&[KeyUsages::CRLSign]);
        may_list && self.issuer == authority.subject && self.is_signed_by(authority)
    }

    fn is_signed_by(&self, issuer: &KeyCertificate) -> bool {
        sm::holds(&issuer.key, &self.tbs, &self.signature)
    }

    /// Whether it is by `issuer` and says that `serial` was revoked at `at_s`.
    pub(super) fn revokes(&self, issuer: &KeyCertificate, serial: &[u8], at_s: i64) -> bool {
        let listed = self
            .revoked
            .iter()
            .any(|(revoked, since_s)| revoked == serial && *since_s <= at_s);
        listed && self.is_signed_by(issuer)
    }
}

/// Everything a verdict may rest on besides the file.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// The anchors.
    pub roots: Vec<KeyCertificate>,
    /// Revocation lists of their authorities; one that none of them signed counts for nothing.
    pub revocations: Vec<RevocationList>,
    /// The time of the verdict, seconds since 1970; a seal from later than this is refused.
    pub now_s: i64,
}
