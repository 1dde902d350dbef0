//! Asking the services of other authorities: one client with limits, one TLS stack.
//!
//! No redirections are followed, an answer is read up to a size, and plain HTTP is allowed to this
//! machine only. The answer comes whole or not at all.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderValue, Request, Response};
use reqwest::{Client, ClientBuilder, Url, redirect};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt as _;

/// How long a connection may take.
const CONNECT_WITHIN: Duration = Duration::from_secs(3);
/// How long a whole answer may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(8);
/// The most bytes of an answer.
const MOST_BYTES: usize = 512 * 1024;

/// Why a service cannot be asked at all.
#[derive(Debug, thiserror::Error)]
pub enum OutboundError {
    /// The file with the root that its TLS hangs on.
    #[error("the root certificate {path} cannot be used")]
    Root {
        /// The file.
        path: PathBuf,
    },
    /// A file that cannot be read.
    #[error("{path} cannot be read: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file of a token holds none.
    #[error("the token file {0} must hold one line of visible ASCII")]
    Token(PathBuf),
    /// TLS itself.
    #[error("TLS cannot be set up: {0}")]
    Tls(#[from] rustls::Error),
    /// The client.
    #[error("no client for outgoing requests: {0}")]
    Client(#[from] reqwest::Error),
    /// The address of a service.
    #[error("the address {0} cannot be used: https is needed, http only to this machine")]
    Address(String),
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Silence {
    /// Not reached, cut off or too slow.
    #[error("no answer: {0}")]
    Net(#[from] reqwest::Error),
    /// More than anybody sends.
    #[error("the answer is too long")]
    TooLong,
    /// The request goes where no request may go, or is none.
    #[error("the request cannot be sent: {0}")]
    Request(String),
}

/// A client of other authorities' services. Clones share their connections.
#[derive(Debug, Clone)]
pub struct Outbound(Client);

impl Outbound {
    /// Believes the roots of the system, or the ones of a file, PEM, and no others.
    ///
    /// # Errors
    /// [`OutboundError::Root`], [`OutboundError::Tls`], [`OutboundError::Client`].
    pub fn new(root: Option<&Path>) -> Result<Self, OutboundError> {
        let builder = client(root)?
            .connect_timeout(CONNECT_WITHIN)
            .timeout(ANSWER_WITHIN);
        Ok(Self(builder.build()?))
    }

    /// Sends a request and reads the whole answer, whatever its status.
    ///
    /// # Errors
    /// [`Silence`].
    ///
    /// # Cancellation
    /// The request may have been carried out.
    pub async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Silence> {
        let (parts, body) = request.into_parts();
        let address = parts.uri.to_string();
        check_address(&address).map_err(|error| Silence::Request(error.to_string()))?;
        let mut answer = self
            .0
            .request(parts.method, address)
            .headers(parts.headers)
            .body(body)
            .send()
            .await?;
        let mut read = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            if read.len() + chunk.len() > MOST_BYTES {
                return Err(Silence::TooLong);
            }
            read.extend_from_slice(&chunk);
        }
        let mut response = Response::new(read);
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        Ok(response)
    }
}

/// A client that believes the roots of the system, or the ones of a file, PEM, and no others; its
/// time limits are for whoever builds it.
///
/// # Errors
/// [`OutboundError::Root`], [`OutboundError::Tls`].
pub fn client(root: Option<&Path>) -> Result<ClientBuilder, OutboundError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let tls = match root {
        None => builder.with_platform_verifier()?.with_no_client_auth(),
        Some(path) => builder
            .with_root_certificates(roots(path)?)
            .with_no_client_auth(),
    };
    Ok(Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(redirect::Policy::none())
        // A proxy of the environment would see whom the portal asks about.
        .no_proxy()
        .user_agent(concat!("qss-portal/", env!("CARGO_PKG_VERSION"))))
}

/// The header that carries the bearer token of a file; it never shows in debug output.
///
/// # Errors
/// [`OutboundError::Read`], [`OutboundError::Token`].
pub fn bearer(path: &Path) -> Result<HeaderValue, OutboundError> {
    let wrong = || OutboundError::Token(path.to_owned());
    let bytes = std::fs::read(path).map_err(|source| OutboundError::Read {
        path: path.to_owned(),
        source,
    })?;
    let text = String::from_utf8(bytes).map_err(|_| wrong())?;
    let token = text.trim();
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(wrong());
    }
    let mut value = HeaderValue::from_str(&format!("Bearer {token}")).map_err(|_| wrong())?;
    value.set_sensitive(true);
    Ok(value)
}

/// Whether a service may be asked at an address: over TLS, or on this machine.
///
/// # Errors
/// [`OutboundError::Address`].
pub fn check_address(address: &str) -> Result<(), OutboundError> {
    let url = Url::parse(address).ok();
    let fits = url.is_some_and(|url| match url.scheme() {
        "https" => url.has_host() && url.username().is_empty() && url.password().is_none(),
        "http" => matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost")),
        _ => false,
    });
    fits.then_some(())
        .ok_or_else(|| OutboundError::Address(address.to_owned()))
}

fn roots(path: &Path) -> Result<RootCertStore, OutboundError> {
    let bad = || OutboundError::Root {
        path: path.to_owned(),
    };
    let mut roots = RootCertStore::empty();
    for root in CertificateDer::pem_file_iter(path).map_err(|_| bad())? {
        roots.add(root.map_err(|_| bad())?).map_err(|_| bad())?;
    }
    if roots.is_empty() {
        return Err(bad());
    }
    Ok(roots)
}

#[cfg(test)]
mod tests {
    use super::{Outbound, OutboundError, bearer, check_address};

    #[test]
    fn only_tls_leaves_this_machine() {
        for good in [
            "https://sso.example.gov.cn/oidc",
            "http://127.0.0.1:3000/",
            "http://localhost:1",
        ] {
            assert!(check_address(good).is_ok(), "{good}");
        }
        for bad in [
            "http://sso.example.gov.cn/",
            "https://user@sso.example.gov.cn/",
            "file:///etc/passwd",
            "sso.example.gov.cn",
            "",
        ] {
            assert!(
                matches!(check_address(bad), Err(OutboundError::Address(_))),
                "{bad}"
            );
        }
    }

    #[test]
    fn a_root_that_is_none_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("ca.pem");
        let error = Outbound::new(Some(&path)).expect_err("missing");
        assert!(error.to_string().contains("ca.pem"), "{error}");
        std::fs::write(&path, "no certificate").expect("writes");
        assert!(matches!(
            Outbound::new(Some(&path)),
            Err(OutboundError::Root { .. })
        ));
        Outbound::new(None).expect("the system's roots");
    }

    #[test]
    fn a_token_is_one_line_and_never_shown() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("token");
        assert!(matches!(bearer(&path), Err(OutboundError::Read { .. })));
        for wrong in ["", " \n", "two words", "令牌"] {
            std::fs::write(&path, wrong).expect("writes");
            assert!(
                matches!(bearer(&path), Err(OutboundError::Token(_))),
                "{wrong}"
            );
        }
        std::fs::write(&path, "s3cret-token\n").expect("writes");
        let shown = format!("{:?}", bearer(&path).expect("a token"));
        assert!(!shown.contains("s3cret"), "{shown}");
    }
}
