//! One request, one bounded answer.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use quanshengshi_protocol::ids::Digest;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::wire::RefusalAnswer;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode, Url, redirect};
use tokio::time::timeout;

use crate::logged::{PORTAL, route};
use crate::portal_client::error::PortalError;
use crate::portal_client::pacing::{Pacing, Patience};
use crate::portal_client::trust::{TrustError, make_tls};

/// The longest answer of a call, in bytes: a package of 32 records with room.
const LONGEST_ANSWER: usize = 16 << 20;
/// The longest refusal read, in bytes.
const LONGEST_REFUSAL: usize = 4 << 10;
const CONNECT: Duration = Duration::from_secs(5);

/// Where the portal is and what proves that it is the one.
#[derive(Debug, Clone)]
pub struct PortalSettings {
    /// Scheme, host and port, such as `https://www.zwfw.hlj.gov.cn`; `https` only.
    pub origin: String,
    /// Trust anchors as PEM, one or more.
    pub roots_pem: String,
    /// SHA-256 of accepted `SubjectPublicKeyInfo`s; empty when any key the roots vouch for may
    /// answer.
    pub pins: Vec<Digest>,
    /// When to try again.
    pub pacing: Pacing,
}

/// Why no client can be made of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The origin is not `https://host[:port]`.
    #[error("the portal's origin is not https://host[:port]")]
    Origin,
    /// The roots or the TLS settings cannot be used.
    #[error(transparent)]
    Trust(#[from] TrustError),
}

/// A client of one portal. Cheap to clone; connections are kept and shared.
#[derive(Debug, Clone)]
pub struct PortalClient {
    http: Client,
    origin: Url,
    pacing: Pacing,
    /// Set when the portal said that this device was revoked, until somebody obeyed.
    revoked: Arc<AtomicBool>,
}

impl PortalClient {
    /// A client; nothing is sent yet.
    ///
    /// # Errors
    /// [`SettingsError`] by variant.
    pub fn new(settings: &PortalSettings) -> Result<Self, SettingsError> {
        let origin = Url::parse(&settings.origin).map_err(|_| SettingsError::Origin)?;
        let bare =
            origin.path() == "/" && origin.query().is_none() && !settings.origin.ends_with('/');
        if origin.scheme() != "https" || !origin.has_host() || !bare {
            return Err(SettingsError::Origin);
        }
        let http = Client::builder()
            .tls_backend_preconfigured(make_tls(&settings.roots_pem, settings.pins.clone())?)
            .https_only(true)
            .redirect(redirect::Policy::none())
            // A proxy of the environment would see names and times, and the portal not the phone.
            .no_proxy()
            .connect_timeout(CONNECT)
            .build()
            .map_err(|_| TrustError::Settings)?;
        Ok(Self {
            http,
            origin,
            pacing: settings.pacing,
            revoked: Arc::default(),
        })
    }

    /// Whether the portal said that this device was revoked.
    pub(crate) fn said_revoked(&self) -> bool {
        self.revoked.load(Ordering::Acquire)
    }

    /// After what follows from it was done.
    pub(crate) fn forget_revoked(&self) {
        self.revoked.store(false, Ordering::Release);
    }

    /// Scheme, host and port of the portal.
    pub(crate) fn origin(&self) -> String {
        self.origin.origin().ascii_serialization()
    }

    pub(crate) fn pacing(&self) -> Pacing {
        self.pacing
    }

    /// Repeats `call` while its error may pass. Only for calls that may be repeated.
    pub(crate) async fn repeat<T, F: Future<Output = Result<T, PortalError>>>(
        &self,
        mut call: impl FnMut() -> F,
    ) -> Result<T, PortalError> {
        let mut failed = 0;
        loop {
            let error = match call().await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            failed += 1;
            match self.pacing.pause_after(failed, &error) {
                Some(pause) => tokio::time::sleep(pause).await,
                None => return Err(error),
            }
        }
    }

    /// Sends one POST and reads the whole answer of a success, at most [`LONGEST_ANSWER`] bytes.
    pub(crate) async fn post(
        &self,
        path: &str,
        body: Body,
        headers: &[(HeaderName, String)],
        patience: Patience,
    ) -> Result<Vec<u8>, PortalError> {
        let work = async {
            let mut response = self.send(path, body, headers, patience).await?;
            read_body(&mut response, LONGEST_ANSWER, patience).await
        };
        match patience.whole {
            Some(whole) => timeout(whole, work)
                .await
                .unwrap_or(Err(PortalError::Timeout)),
            None => work.await,
        }
    }

    /// Sends one POST and gives the head of a success; a refusal is read and typed.
    pub(crate) async fn send(
        &self,
        path: &str,
        body: Body,
        headers: &[(HeaderName, String)],
        patience: Patience,
    ) -> Result<Response, PortalError> {
        let work = async {
            let url = self.origin.join(path).map_err(|_| PortalError::Malformed {
                what: "path of a call",
            })?;
            let mut fields = HeaderMap::new();
            for (name, value) in headers {
                let value = HeaderValue::from_str(value).map_err(|_| PortalError::Malformed {
                    what: "header of a call",
                })?;
                fields.insert(name.clone(), value);
            }
            let request = self.http.post(url).headers(fields);
            let request = match body {
                Body::None => request,
                Body::Json(bytes) => request.header(CONTENT_TYPE, "application/json").body(bytes),
                Body::Bytes(bytes) => request
                    .header(CONTENT_TYPE, "application/octet-stream")
                    .body(bytes),
            };
            let mut response = timeout(patience.answer, request.send())
                .await
                .map_err(|_| PortalError::Timeout)?
                .map_err(|error| PortalError::of(&error))?;
            if response.status().is_success() {
                return Ok(response);
            }
            let error = refusal(&mut response, patience).await;
            if let PortalError::Refused {
                code: RefusalCode::DeviceRevoked,
                ..
            } = error
            {
                self.revoked.store(true, Ordering::Release);
            }
            Err(error)
        };
        let answer = work.await;
        match &answer {
            Ok(response) => {
                log::debug!(target: PORTAL, "{} {}", route(path), response.status().as_u16());
            }
            Err(error) => log::info!(target: PORTAL, "{} {error}", route(path)),
        }
        answer
    }
}

/// The body of a request.
#[derive(Debug, Clone)]
pub(crate) enum Body {
    None,
    Json(Vec<u8>),
    Bytes(Vec<u8>),
}

/// Reads a body of at most `longest` bytes.
pub(crate) async fn read_body(
    response: &mut Response,
    longest: usize,
    patience: Patience,
) -> Result<Vec<u8>, PortalError> {
    let mut bytes = Vec::new();
    while let Some(piece) = read_piece(response, patience).await? {
        if bytes.len() + piece.len() > longest {
            return Err(PortalError::Malformed {
                what: "answer too long",
            });
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// Reads the next piece of a body.
pub(crate) async fn read_piece(
    response: &mut Response,
    patience: Patience,
) -> Result<Option<impl AsRef<[u8]> + std::ops::Deref<Target = [u8]> + use<>>, PortalError> {
    timeout(patience.idle, response.chunk())
        .await
        .map_err(|_| PortalError::Timeout)?
        .map_err(|error| PortalError::of(&error))
}

async fn refusal(response: &mut Response, patience: Patience) -> PortalError {
    let status = response.status();
    let header_ms = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok())
        .map(|seconds| seconds.saturating_mul(1000));
    let body = match read_body(response, LONGEST_REFUSAL, patience).await {
        Ok(body) => body,
        Err(error) if error.is_passing() => return error,
        Err(_) => Vec::new(),
    };
    let answer = serde_json::from_slice::<RefusalAnswer>(&body).ok();
    let retry_after_ms = answer
        .as_ref()
        .and_then(|answer| answer.retry_after_ms)
        .or(header_ms);
    match answer {
        Some(answer) => match answer.refusal() {
            Some(RefusalCode::ServerBusy) => PortalError::Busy { retry_after_ms },
            Some(code) => PortalError::Refused {
                code,
                retry_after_ms,
            },
            None if is_code(&answer.code) => PortalError::RefusedUnknown { code: answer.code },
            None => PortalError::Malformed {
                what: "code of a refusal",
            },
        },
        None if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
            PortalError::Busy { retry_after_ms }
        }
        None => PortalError::Malformed {
            what: "status of an answer",
        },
    }
}

/// Codes are logged and shown: nothing but the alphabet of codes is let through.
fn is_code(code: &str) -> bool {
    (1..=64).contains(&code.len())
        && code
            .bytes()
            .all(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit() || sign == b'_')
}
