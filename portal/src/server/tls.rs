//! The server's own certificate for machines without a real one.
//!
//! A small authority of its own signs a leaf for localhost. Phones and tests trust `ca.pem` by
//! name; nothing is put into any system's store. Files that exist are used as they are.

use std::path::{Path, PathBuf};

use axum_server::tls_rustls::RustlsConfig;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};

/// Why there is no certificate.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read or written.
    #[error("the file {path} cannot be used: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The certificate could not be made.
    #[error("no certificate can be made: {0}")]
    Make(#[from] rcgen::Error),
    /// The files hold no usable certificate and key.
    #[error("the certificate in {path} cannot be used: {source}")]
    Unusable {
        /// The certificate's file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// Where certificate and key lie.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// The authority's certificate: what a client is to trust.
    pub ca: PathBuf,
    /// The server's certificate.
    pub certificate: PathBuf,
    /// The server's key, readable by its owner only.
    pub key: PathBuf,
}

/// The files of a folder; made when one of them is missing.
///
/// # Errors
/// [`TlsError::File`], [`TlsError::Make`].
pub fn files(folder: &Path) -> Result<TlsFiles, TlsError> {
    let files = TlsFiles {
        ca: folder.join("ca.pem"),
        certificate: folder.join("cert.pem"),
        key: folder.join("key.pem"),
    };
    let all = [&files.ca, &files.certificate, &files.key];
    if all.iter().all(|path| path.is_file()) {
        return Ok(files);
    }
    std::fs::create_dir_all(folder).map_err(|source| TlsError::File {
        path: folder.to_owned(),
        source,
    })?;
    let made = make()?;
    write(&files.ca, &made.ca)?;
    write(&files.certificate, &made.certificate)?;
    write(&files.key, &made.key)?;
    Ok(files)
}

struct Made {
    ca: String,
    certificate: String,
    key: String,
}

fn make() -> Result<Made, TlsError> {
    let mut authority = CertificateParams::new(Vec::new())?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    authority
        .distinguished_name
        .push(DnType::CommonName, "Quanshengshi portal, local authority");
    let authority_key = KeyPair::generate()?;
    let ca = authority.self_signed(&authority_key)?;
    let issuer = Issuer::new(authority, authority_key);

    let names = ["localhost", "127.0.0.1"].map(str::to_owned);
    let mut leaf = CertificateParams::new(names)?;
    leaf.distinguished_name
        .push(DnType::CommonName, "localhost");
    leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    leaf.use_authority_key_identifier_extension = true;
    let key = KeyPair::generate()?;
    let certificate = leaf.signed_by(&key, &issuer)?;
    Ok(Made {
        ca: ca.pem(),
        certificate: format!("{}{}", certificate.pem(), ca.pem()),
        key: key.serialize_pem(),
    })
}

fn write(path: &Path, text: &str) -> Result<(), TlsError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = || std::io::Write::write_all(&mut options.open(path)?, text.as_bytes());
    written().map_err(|source| TlsError::File {
        path: path.to_owned(),
        source,
    })
}

/// The server's side of TLS 1.2 and 1.3, by ring.
///
/// # Errors
/// [`TlsError::Unusable`].
///
/// # Cancellation
/// Harmless.
pub async fn config(files: &TlsFiles) -> Result<RustlsConfig, TlsError> {
    // Another part of the process may have chosen the same provider already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    RustlsConfig::from_pem_file(&files.certificate, &files.key)
        .await
        .map_err(|source| TlsError::Unusable {
            path: files.certificate.clone(),
            source,
        })
}
