//! Phones for tests, of this crate and of the portal: chains as makers of phones make them.
#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "for tests alone; what cannot be made here has failed"
)]

use quanshengshi_protocol::attestation::KEY_CHALLENGE;
use quanshengshi_protocol::keys::PublicKey;
use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, DnType, IsCa, Issuer, KeyPair,
    PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384, PublicKeyData, SerialNumber,
    SignatureAlgorithm, date_time_ymd,
};

use crate::status::Revoked;
use crate::trust::{App, Trust};

/// 2026-11-30.
pub const NOW_S: u64 = 1_796_000_000;
pub const PACKAGE: &str = "cn.quanshengshi.app";
pub const SIGNER: [u8; 32] = [7; 32];
const DESCRIPTION: [u64; 10] = [1, 3, 6, 1, 4, 1, 11129, 2, 1, 17];

/// DER of a tag and its content.
pub fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    tlv(&[tag], content)
}

fn tlv(tag: &[u8], content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut bytes = tag.to_vec();
    match length {
        0..0x80 => bytes.push(u8::try_from(length).unwrap()),
        0x80..0x100 => bytes.extend([0x81, u8::try_from(length).unwrap()]),
        _ => {
            bytes.push(0x82);
            bytes.extend(u16::try_from(length).unwrap().to_be_bytes());
        }
    }
    bytes.extend_from_slice(content);
    bytes
}

/// An explicit field of an `AuthorizationList`.
pub fn field(number: u16, inner: &[u8]) -> Vec<u8> {
    if number < 31 {
        return tlv(&[0xa0 + u8::try_from(number).unwrap()], inner);
    }
    let high = 0x80 + u8::try_from(number >> 7).unwrap();
    let low = u8::try_from(number & 0x7f).unwrap();
    tlv(&[0xbf, high, low], inner)
}

pub fn integer(value: u32) -> Vec<u8> {
    let mut bytes = value.to_be_bytes().to_vec();
    while bytes.len() > 1 && bytes[0] == 0 && bytes[1] < 0x80 {
        bytes.remove(0);
    }
    if bytes[0] >= 0x80 {
        bytes.insert(0, 0);
    }
    der(0x02, &bytes)
}

/// What the hardware of a phone says; a good phone unless something is changed.
#[derive(Clone)]
pub struct Said {
    pub level: u8,
    pub key_level: u8,
    pub challenge: Vec<u8>,
    pub purposes: Vec<u32>,
    pub asks_nobody: bool,
    pub origin: Option<u32>,
    pub locked: u8,
    pub boot: u8,
    pub patch: u32,
    pub packages: Vec<&'static str>,
    pub signers: Vec<[u8; 32]>,
}

impl Default for Said {
    fn default() -> Self {
        Self {
            level: 1,
            key_level: 1,
            challenge: KEY_CHALLENGE.to_vec(),
            purposes: vec![2],
            asks_nobody: false,
            origin: Some(0),
            locked: 0xff,
            boot: 0,
            patch: 202_606,
            packages: vec![PACKAGE],
            signers: vec![SIGNER],
        }
    }
}

impl Said {
    pub fn extension(&self) -> Vec<u8> {
        let purposes: Vec<u8> = self.purposes.iter().copied().flat_map(integer).collect();
        let mut hardware = vec![field(1, &der(0x31, &purposes)), field(2, &integer(3))];
        hardware.push(field(3, &integer(256)));
        hardware.push(field(10, &integer(1)));
        if self.asks_nobody {
            hardware.push(field(503, &der(0x05, &[])));
        } else {
            hardware.push(field(504, &integer(2)));
        }
        if let Some(origin) = self.origin {
            hardware.push(field(702, &integer(origin)));
        }
        let boot = [
            der(0x04, &[9; 32]),
            der(0x01, &[self.locked]),
            der(0x0a, &[self.boot]),
            der(0x04, &[8; 32]),
        ];
        hardware.push(field(704, &der(0x30, &boot.concat())));
        hardware.push(field(706, &integer(self.patch)));
        let package = |name: &&str| der(0x30, &[der(0x04, name.as_bytes()), integer(1)].concat());
        let packages: Vec<u8> = self.packages.iter().flat_map(package).collect();
        let signers: Vec<u8> = self.signers.iter().flat_map(|one| der(0x04, one)).collect();
        let application = der(0x30, &[der(0x31, &packages), der(0x31, &signers)].concat());
        let software = [
            field(701, &integer(1_700_000)),
            field(709, &der(0x04, &application)),
        ];
        let parts = [
            integer(300),
            der(0x0a, &[self.level]),
            integer(300),
            der(0x0a, &[self.key_level]),
            der(0x04, &self.challenge),
            der(0x04, &[]),
            der(0x30, &software.concat()),
            der(0x30, &hardware.concat()),
        ];
        der(0x30, &parts.concat())
    }
}

/// A key that lies in a phone.
struct Kept<'a>(&'a PublicKey);

impl PublicKeyData for Kept<'_> {
    fn der_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &PKCS_ECDSA_P256_SHA256
    }
}

/// A maker of phones.
pub struct Maker {
    root: (CertificateParams, KeyPair),
    batch: (CertificateParams, KeyPair),
}

fn authority(name: &str, serial: u8) -> CertificateParams {
    let mut params = dated(name, serial);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

fn dated(name: &str, serial: u8) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.serial_number = Some(SerialNumber::from_slice(&[serial]));
    (params.not_before, params.not_after) = (date_time_ymd(1970, 1, 1), date_time_ymd(2048, 1, 1));
    params
}

impl Maker {
    #[expect(clippy::new_without_default, reason = "a maker is made by chance")]
    pub fn new() -> Self {
        Self {
            root: (
                authority("root", 1),
                KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384).unwrap(),
            ),
            batch: (
                authority("batch", 2),
                KeyPair::generate_for(&PKCS_ECDSA_P384_SHA384).unwrap(),
            ),
        }
    }

    pub fn root_pem(&self) -> String {
        self.root.0.self_signed(&self.root.1).unwrap().pem()
    }

    /// What a portal believes that knows this maker.
    pub fn trust(&self, revoked: Revoked, oldest_patch: Option<u32>) -> Trust {
        let app = App {
            package: PACKAGE.to_owned(),
            signers: vec![[1; 32], SIGNER],
        };
        Trust::new(&self.root_pem(), app, revoked, oldest_patch).unwrap()
    }

    /// The chain of a key.
    pub fn chain(&self, said: &Said, key: &PublicKey) -> Vec<Vec<u8>> {
        self.chain_with(said, key, |_| ())
    }

    /// The chain of a new key, and the key.
    pub fn phone(&self, said: &Said) -> (Vec<Vec<u8>>, PublicKey) {
        let key = public(&new_key());
        (self.chain(said, &key), key)
    }

    /// As [`Self::chain`], with the key's certificate changed.
    pub fn chain_with(
        &self,
        said: &Said,
        key: &PublicKey,
        change: impl FnOnce(&mut CertificateParams),
    ) -> Vec<Vec<u8>> {
        let mut params = dated("Android Keystore Key", 3);
        params.custom_extensions = vec![CustomExtension::from_oid_content(
            &DESCRIPTION,
            said.extension(),
        )];
        change(&mut params);
        let root = Issuer::from_params(&self.root.0, &self.root.1);
        let batch = Issuer::from_params(&self.batch.0, &self.batch.1);
        let chain = [
            params.signed_by(&Kept(key), &batch).unwrap(),
            self.batch.0.signed_by(&self.batch.1, &root).unwrap(),
            self.root.0.self_signed(&self.root.1).unwrap(),
        ];
        chain.map(|one| one.der().to_vec()).to_vec()
    }
}

/// A certificate that an attested key made by itself, before the chain of that key.
pub fn forged(maker: &Maker, said: &Said) -> (Vec<Vec<u8>>, PublicKey) {
    let (key, own) = (new_key(), new_key());
    let chain = maker.chain_with(&Said::default(), &public(&key), |params| {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    });
    let mut params = dated("Android Keystore Key", 4);
    params.custom_extensions = vec![CustomExtension::from_oid_content(
        &DESCRIPTION,
        said.extension(),
    )];
    let issuer_params = authority("Android Keystore Key", 3);
    let issuer = Issuer::from_params(&issuer_params, &key);
    let leaf = params.signed_by(&own, &issuer).unwrap().der().to_vec();
    ([vec![leaf], chain].concat(), public(&own))
}

fn new_key() -> KeyPair {
    KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap()
}

/// The key as a device states it.
fn public(key: &KeyPair) -> PublicKey {
    PublicKey::from_bytes(key.public_key_raw()).unwrap()
}
