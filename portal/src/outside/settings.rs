//! Where the outside systems are, and what proves us to them and them to us.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use reqwest::header::HeaderValue;
use reqwest::{Client, Url, redirect};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

use crate::outside::client::{OutsideClient, Patience};

/// The addresses of the outside systems; a system without one is stood in for.
#[derive(Debug, Clone, Default)]
pub struct OutsideSettings {
    /// Base address of the population register.
    pub population: Option<String>,
    /// Base address of the market regulator's register.
    pub market: Option<String>,
    /// Base address of the SMS gateway.
    pub sms: Option<String>,
    /// File with the bearer token that proves the portal to them.
    pub token: Option<PathBuf>,
    /// PEM file with the roots their certificates hang on; needed for `https`.
    pub roots: Option<PathBuf>,
}

/// Why an outside system cannot be called at all.
#[derive(Debug, thiserror::Error)]
pub enum OutsideError {
    /// Not an address of the kind that is needed.
    #[error(
        "{0} is no base address: https://host/path is needed, or http:// to this machine itself"
    )]
    Address(String),
    /// An `https` address, and nothing to check its certificate by.
    #[error("{0} needs --gateway-roots: the file with the roots its certificate hangs on")]
    RootsMissing(String),
    /// The roots cannot be used.
    #[error("the roots {0} are no PEM certificates")]
    Roots(PathBuf),
    /// A file cannot be read.
    #[error("{path} cannot be read: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file of the token holds none.
    #[error("the token file {0} must hold one line of visible ASCII")]
    Token(PathBuf),
    /// No client can be made.
    #[error("no HTTP client can be made")]
    Client,
}

impl OutsideSettings {
    /// A client of the system with a name for the log, at a base address.
    ///
    /// # Errors
    /// [`OutsideError`] by variant.
    pub fn client(
        &self,
        name: &'static str,
        base: &str,
        patience: Patience,
    ) -> Result<OutsideClient, OutsideError> {
        let address = || OutsideError::Address(base.to_owned());
        let url = Url::parse(base).map_err(|_| address())?;
        let local = matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
        let plain = url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        // A token and people's numbers never cross a network in the clear.
        let sealed = url.scheme() == "https" || (url.scheme() == "http" && local);
        if !plain || !sealed {
            return Err(address());
        }
        if url.scheme() == "https" && self.roots.is_none() {
            return Err(OutsideError::RootsMissing(base.to_owned()));
        }
        let token = self.token.as_deref().map(token).transpose()?;
        let http = Client::builder()
            .tls_backend_preconfigured(self.tls()?)
            .redirect(redirect::Policy::none())
            // A proxy of the environment would see whom the portal asks about.
            .no_proxy()
            .connect_timeout(patience.connect)
            .build()
            .map_err(|_| OutsideError::Client)?;
        let base = base.trim_end_matches('/').to_owned();
        Ok(OutsideClient::new(name, http, base, token, patience))
    }

    fn tls(&self) -> Result<ClientConfig, OutsideError> {
        let mut roots = RootCertStore::empty();
        if let Some(path) = &self.roots {
            let bytes = read(path)?;
            for root in CertificateDer::pem_slice_iter(&bytes) {
                let known = root.ok().and_then(|root| roots.add(root).ok());
                known.ok_or_else(|| OutsideError::Roots(path.clone()))?;
            }
            if roots.is_empty() {
                return Err(OutsideError::Roots(path.clone()));
            }
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let versions = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| OutsideError::Client)?;
        Ok(versions.with_root_certificates(roots).with_no_client_auth())
    }
}

fn read(path: &Path) -> Result<Vec<u8>, OutsideError> {
    std::fs::read(path).map_err(|source| OutsideError::Read {
        path: path.to_owned(),
        source,
    })
}

/// The header that carries the token; it never shows in debug output.
fn token(path: &Path) -> Result<HeaderValue, OutsideError> {
    let wrong = || OutsideError::Token(path.to_owned());
    let text = String::from_utf8(read(path)?).map_err(|_| wrong())?;
    let token = text.trim();
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(wrong());
    }
    let mut value = HeaderValue::from_str(&format!("Bearer {token}")).map_err(|_| wrong())?;
    value.set_sensitive(true);
    Ok(value)
}
