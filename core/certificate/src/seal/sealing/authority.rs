//! Key pairs and the authorities that vouch for them.

use std::str::FromStr;
use std::time::Duration;

use der::asn1::BitString;
use der::{Decode, Encode};
use sm2::SecretKey;
use sm2::dsa::SigningKey;
use sm2::dsa::signature::Signer as _;
use sm2::pkcs8::DecodePrivateKey as _;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder, CertificateBuilder};
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage, KeyUsages};
use x509_cert::ext::{Extension, ToExtension};
use x509_cert::name::Name;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef};
use x509_cert::time::{Time, Validity};
use zeroize::Zeroizing;

use super::SealingError;
use crate::seal::anchor::KeyCertificate;
use crate::seal::pem;
use crate::seal::sm::DEFAULT_ID;

/// An SM2 key pair. The secret stays in memory; who keeps it over a restart seals it.
#[derive(Clone)]
pub struct KeyPair {
    key: SigningKey,
}

impl std::fmt::Debug for KeyPair {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("KeyPair(..)")
    }
}

impl KeyPair {
    /// From 32 secret random bytes.
    ///
    /// # Errors
    /// [`SealingError::Secret`] for zero or a number not below the order: draw again.
    pub fn from_secret(secret: &[u8; 32]) -> Result<Self, SealingError> {
        let key = SigningKey::from_slice(DEFAULT_ID, secret).map_err(|_| SealingError::Secret)?;
        Ok(Self { key })
    }

    /// From the PKCS#8 private key of an SM2 key, PEM or DER.
    ///
    /// # Errors
    /// [`SealingError::Secret`].
    pub fn from_pkcs8(key: &[u8]) -> Result<Self, SealingError> {
        let mut parts = pem::parts(key, "PRIVATE KEY").ok_or(SealingError::Secret)?;
        let key = Zeroizing::new(parts.pop().ok_or(SealingError::Secret)?);
        let secret = SecretKey::from_pkcs8_der(&key).map_err(|_| SealingError::Secret)?;
        let bytes = Zeroizing::new(<[u8; 32]>::from(secret.to_bytes()));
        Self::from_secret(&bytes)
    }

    /// The public key, `04 ‖ x ‖ y`.
    fn public_point(&self) -> Vec<u8> {
        self.key.verifying_key().to_sec1_bytes().to_vec()
    }

    /// A signature in DER.
    pub(in crate::seal) fn sign(&self, message: &[u8]) -> Vec<u8> {
        let signature: sm2::dsa::Signature = self.key.sign(message);
        signature.to_der().to_vec()
    }
}

/// What a key certificate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyUse {
    /// Issuing others.
    Authority,
    /// Signing seals and documents.
    Signing,
}

/// What a key certificate is to say.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    /// The name as RFC 4514 writes it: `CN=…,O=…,C=CN`.
    pub name: &'a str,
    /// A number no other certificate of this authority has.
    pub serial: u64,
    /// First and last second of validity, since 1970.
    pub valid_s: (u64, u64),
    /// What for.
    pub key_use: KeyUse,
}

/// A key pair with its key certificate.
#[derive(Debug, Clone)]
pub struct Authority {
    pub(in crate::seal) pair: KeyPair,
    name: Name,
    certificate: Vec<u8>,
}

impl Authority {
    /// An anchor: signs its own key certificate.
    ///
    /// # Errors
    /// [`SealingError::Name`].
    pub fn new_root(pair: KeyPair, subject: &Subject<'_>) -> Result<Self, SealingError> {
        let name = parse_name(subject.name)?;
        let certificate = issue(&pair, &name, &pair, subject)?;
        Ok(Self {
            pair,
            name,
            certificate,
        })
    }

    /// Issues a key certificate for another pair; what comes back can sign and, if the subject is
    /// an authority, issue.
    ///
    /// # Errors
    /// [`SealingError::Name`].
    pub fn issue(&self, pair: KeyPair, subject: &Subject<'_>) -> Result<Self, SealingError> {
        let certificate = issue(&self.pair, &self.name, &pair, subject)?;
        Ok(Self {
            name: parse_name(subject.name)?,
            pair,
            certificate,
        })
    }

    /// A key pair with a key certificate that somebody else issued; DER or PEM.
    ///
    /// # Errors
    /// [`SealingError::KeyCertificate`] when it cannot be read or is of another key.
    pub fn from_certificate(pair: KeyPair, certificate: &[u8]) -> Result<Self, SealingError> {
        let unfit = SealingError::KeyCertificate;
        let read = KeyCertificate::parse(certificate).map_err(|_| SealingError::KeyCertificate)?;
        if read.key != pair.public_point() {
            return Err(unfit);
        }
        let name = Name::from_der(&read.subject).map_err(|_| SealingError::KeyCertificate)?;
        Ok(Self {
            pair,
            name,
            certificate: read.raw,
        })
    }

    pub(super) fn name_der(&self) -> Result<Vec<u8>, SealingError> {
        self.name.to_der().map_err(|_| SealingError::Name)
    }

    /// The key certificate, DER.
    pub fn certificate(&self) -> &[u8] {
        &self.certificate
    }
}

fn parse_name(text: &str) -> Result<Name, SealingError> {
    Name::from_str(text).map_err(|_| SealingError::Name)
}

struct SealProfile {
    subject: Name,
    issuer: Name,
    key_use: KeyUse,
}

impl BuilderProfile for SealProfile {
    fn get_issuer(&self, _subject: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        _key: SubjectPublicKeyInfoRef<'_>,
        _issuer_key: SubjectPublicKeyInfoRef<'_>,
        _tbs: &TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        let ca = self.key_use == KeyUse::Authority;
        let uses = if ca {
            KeyUsages::KeyCertSign | KeyUsages::CRLSign
        } else {
            KeyUsages::DigitalSignature | KeyUsages::NonRepudiation
        };
        let constraints = BasicConstraints {
            ca,
            path_len_constraint: None,
        };
        let none = Vec::new();
        Ok(vec![
            constraints.to_extension(&self.subject, &none)?,
            KeyUsage(uses).to_extension(&self.subject, &none)?,
        ])
    }
}

fn issue(
    by: &KeyPair,
    issuer: &Name,
    pair: &KeyPair,
    subject: &Subject<'_>,
) -> Result<Vec<u8>, SealingError> {
    let profile = SealProfile {
        subject: parse_name(subject.name)?,
        issuer: issuer.clone(),
        key_use: subject.key_use,
    };
    let time = |at_s: u64| {
        let moment = der::DateTime::from_unix_duration(Duration::from_secs(at_s));
        moment.map(Time::from).map_err(|_| SealingError::Name)
    };
    let validity = Validity::new(time(subject.valid_s.0)?, time(subject.valid_s.1)?);
    let key = SubjectPublicKeyInfoOwned::from_key(pair.key.verifying_key());
    let key = key.map_err(|_| SealingError::Name)?;
    let serial = SerialNumber::from(subject.serial);
    let build = || -> x509_cert::builder::Result<Vec<u8>> {
        let mut builder = CertificateBuilder::new(profile, serial, validity, key)?;
        let to_be_signed = builder.finalize(&by.key)?;
        let signature = BitString::from_bytes(&by.sign(&to_be_signed))?;
        Ok(builder.assemble(signature, &by.key)?.to_der()?)
    };
    build().map_err(|_| SealingError::Name)
}
