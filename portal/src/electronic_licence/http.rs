//! The service over HTTP, as `openapi/electronic-licence.json` describes it.

use std::fmt;

use async_trait::async_trait;
use axum::http::{HeaderValue, Method, Request, Response, StatusCode, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::electronic_licence::{
    ElectronicLicence, LicenceAnswer, LicenceCode, LicenceSettings, LicenceUnavailable,
};
use crate::outbound::{Outbound, OutboundError, bearer, check_address};
use crate::vouched::read::Assertion;

/// The path of the interface under the service's address.
pub const SIGN_INS: &str = "/v1/sign-ins";
/// The most seconds a code may live.
const MOST_SECONDS: u64 = 600;
/// The most bytes of a code's text: what a QR code of a readable size holds.
const MOST_TEXT: usize = 400;

/// The service behind an address.
#[derive(Clone)]
pub struct HttpLicence {
    http: Outbound,
    service: String,
    token: HeaderValue,
}

impl fmt::Debug for HttpLicence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("HttpLicence")
            .field(&self.service)
            .finish()
    }
}

#[derive(Deserialize)]
struct Begun {
    id: String,
    code: String,
    expires_in: u64,
}

#[derive(Deserialize)]
#[serde(tag = "state", content = "assertion", rename_all = "lowercase")]
enum Polled {
    Waiting,
    Confirmed(Box<Assertion>),
    Denied,
    Expired,
}

#[derive(Deserialize)]
struct Refused {
    error: String,
}

impl HttpLicence {
    /// Reads the token and the root; asks nobody yet.
    ///
    /// # Errors
    /// [`OutboundError`].
    pub fn open(settings: &LicenceSettings) -> Result<Self, OutboundError> {
        check_address(&settings.service)?;
        let token = bearer(&settings.token)?;
        Ok(Self {
            http: Outbound::new(settings.root.as_deref())?,
            service: settings.service.trim_end_matches('/').to_owned(),
            token,
        })
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
    ) -> Result<Response<Vec<u8>>, LicenceUnavailable> {
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.service))
            .header(header::AUTHORIZATION, self.token.clone())
            .header(header::ACCEPT, "application/json")
            .body(Vec::new())
            .map_err(|error| LicenceUnavailable(error.to_string()))?;
        let answer = self.http.send(request).await;
        answer.map_err(|silence| LicenceUnavailable(silence.to_string()))
    }
}

fn read<T: DeserializeOwned>(
    answer: &Response<Vec<u8>>,
    status: StatusCode,
) -> Result<T, LicenceUnavailable> {
    if answer.status() != status {
        let said = format!("it answered {}", answer.status());
        return Err(LicenceUnavailable(said));
    }
    // What serde says may quote the answer, which holds what nobody should log.
    serde_json::from_slice(answer.body())
        .map_err(|error| LicenceUnavailable(format!("no answer of ours, {:?}", error.classify())))
}

/// Whether a name can stand in a path as it is.
fn is_plain(id: &str) -> bool {
    (8..=128).contains(&id.len())
        && id
            .bytes()
            .all(|sign| sign.is_ascii_alphanumeric() || b"-_".contains(&sign))
}

#[async_trait]
impl ElectronicLicence for HttpLicence {
    async fn begin(&self) -> Result<LicenceCode, LicenceUnavailable> {
        let answer = self.ask(Method::POST, SIGN_INS).await?;
        let begun: Begun = read(&answer, StatusCode::CREATED)?;
        let text = begun.code.len() <= MOST_TEXT && !begun.code.is_empty();
        let life = (1..=MOST_SECONDS).contains(&begun.expires_in);
        if !is_plain(&begun.id) || !text || !life {
            return Err(LicenceUnavailable("a code nobody can use".to_owned()));
        }
        Ok(LicenceCode {
            id: begun.id,
            text: begun.code,
            life_ms: begun.expires_in * 1000,
        })
    }

    async fn poll(&self, id: &str) -> Result<LicenceAnswer, LicenceUnavailable> {
        let answer = self.ask(Method::GET, &format!("{SIGN_INS}/{id}")).await?;
        if answer.status() == StatusCode::NOT_FOUND {
            // Only the documented body means that it is gone; any other 404 is a wrong address.
            let refused: Refused = read(&answer, StatusCode::NOT_FOUND)?;
            if refused.error == "unknown_sign_in" {
                return Ok(LicenceAnswer::Expired);
            }
            return Err(LicenceUnavailable("it answered 404".to_owned()));
        }
        let polled: Polled = read(&answer, StatusCode::OK)?;
        Ok(match polled {
            Polled::Waiting => LicenceAnswer::Waiting,
            Polled::Confirmed(assertion) => LicenceAnswer::Confirmed(assertion),
            Polled::Denied => LicenceAnswer::Denied,
            Polled::Expired => LicenceAnswer::Expired,
        })
    }
}
