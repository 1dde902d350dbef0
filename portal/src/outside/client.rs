//! One question, one bounded answer.

use std::io::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Client, Method};
use serde::de::DeserializeOwned;
use tokio::time::{sleep, timeout};

use crate::outside::breaker::Breaker;
use crate::outside::fault::OutsideFault;

/// The pause before a question is asked a second time.
const BEFORE_AGAIN: Duration = Duration::from_millis(100);
const JSON: &str = "application/json";

/// How long a system may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Until a connection stands.
    pub connect: Duration,
    /// Until the whole answer is there, a second try included.
    pub whole: Duration,
}

impl Default for Patience {
    /// Two seconds to connect, five for everything: a person waits at the form.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(2),
            whole: Duration::from_secs(5),
        }
    }
}

/// What is asked.
#[derive(Debug)]
pub struct Question {
    method: Method,
    path: &'static str,
    body: Option<String>,
    longest: usize,
    repeatable: bool,
}

impl Question {
    /// A question that changes nothing, so it may be asked twice. What is asked about stands in
    /// the body: addresses end up in logs, and numbers of people must not.
    pub fn query(path: &'static str, body: &serde_json::Value, longest: usize) -> Self {
        Self {
            method: Method::POST,
            path,
            body: Some(body.to_string()),
            longest,
            repeatable: true,
        }
    }

    /// Something handed over, once.
    pub fn hand_over(path: &'static str, body: &serde_json::Value, longest: usize) -> Self {
        Self {
            repeatable: false,
            ..Self::query(path, body, longest)
        }
    }

    /// A look at something that has no name.
    pub const fn look(path: &'static str, longest: usize) -> Self {
        Self {
            method: Method::GET,
            path,
            body: None,
            longest,
            repeatable: true,
        }
    }
}

/// An answer with a status that may be meant: success, or 404.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Whether the status was 404.
    pub not_found: bool,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// Reads the body of a success as JSON. A 404 is no success.
    ///
    /// # Errors
    /// [`OutsideFault::Malformed`] for anything that is not JSON or lacks a field.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, OutsideFault> {
        if self.not_found {
            return Err(OutsideFault::malformed("a bare 404"));
        }
        self.json_of_any()
    }

    /// Reads the body as JSON, also that of a 404.
    ///
    /// # Errors
    /// [`OutsideFault::Malformed`] for anything that is not JSON or lacks a field.
    pub fn json_of_any<T: DeserializeOwned>(&self) -> Result<T, OutsideFault> {
        serde_json::from_slice(&self.body).map_err(|error| {
            OutsideFault::malformed(if error.is_data() {
                "a field is missing or of another type"
            } else {
                "not JSON"
            })
        })
    }
}

/// A client of one system. Clones share connections and the memory of failures.
#[derive(Debug, Clone)]
pub struct OutsideClient {
    name: &'static str,
    http: Client,
    base: String,
    token: Option<HeaderValue>,
    patience: Patience,
    breaker: Arc<Breaker>,
}

impl OutsideClient {
    /// Over a client and a base address without a slash at its end.
    pub fn new(
        name: &'static str,
        http: Client,
        base: String,
        token: Option<HeaderValue>,
        patience: Patience,
    ) -> Self {
        Self {
            name,
            http,
            base,
            token,
            patience,
            breaker: Arc::default(),
        }
    }

    /// Asks, and reads the answer. A question that may be repeated is asked once more when the
    /// first try found nobody.
    ///
    /// # Errors
    /// [`OutsideFault`] by variant, those of `read` included; each is logged by its kind.
    ///
    /// # Cancellation
    /// The question may have been taken.
    pub async fn ask<T>(
        &self,
        question: Question,
        read: impl FnOnce(&Reply) -> Result<T, OutsideFault>,
    ) -> Result<T, OutsideFault> {
        let began = Instant::now();
        if !self.breaker.may_call(began) {
            return Err(OutsideFault::Down);
        }
        let work = async {
            match self.once(&question).await {
                Err(OutsideFault::Down) if question.repeatable => {
                    sleep(BEFORE_AGAIN).await;
                    self.once(&question).await
                }
                first => first,
            }
        };
        let replied = timeout(self.patience.whole, work).await;
        let replied = replied.unwrap_or(Err(OutsideFault::Slow));
        let answer = replied.and_then(|reply| read(&reply));
        match &answer {
            Err(OutsideFault::Down | OutsideFault::Slow) => self.breaker.failed(Instant::now()),
            Ok(_) | Err(OutsideFault::Malformed { .. }) => self.breaker.answered(),
        }
        if let Err(fault) = &answer {
            let (name, kind, path) = (self.name, fault.kind(), question.path);
            let ms = began.elapsed().as_millis();
            let _ = writeln!(std::io::stderr(), "{name} {kind} {path} {ms} ms: {fault}");
        }
        answer
    }

    async fn once(&self, question: &Question) -> Result<Reply, OutsideFault> {
        let address = format!("{}{}", self.base, question.path);
        let mut request = self
            .http
            .request(question.method.clone(), address)
            .header(ACCEPT, JSON);
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, token.clone());
        }
        if let Some(body) = &question.body {
            request = request.header(CONTENT_TYPE, JSON).body(body.clone());
        }
        let mut response = request.send().await.map_err(sorted)?;
        let not_found = match response.status().as_u16() {
            200..=299 => false,
            404 => true,
            408 | 504 => return Err(OutsideFault::Slow),
            429 | 500..=599 => return Err(OutsideFault::Down),
            401 | 403 => return Err(OutsideFault::malformed("our token is refused")),
            _ => return Err(OutsideFault::malformed("status")),
        };
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(sorted)? {
            if body.len() + chunk.len() > question.longest {
                return Err(OutsideFault::malformed("too long"));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply { not_found, body })
    }
}

/// A host that lets nobody connect is down, however long it took to find out.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the error ends here; its text may name an address"
)]
fn sorted(error: reqwest::Error) -> OutsideFault {
    if error.is_timeout() && !error.is_connect() {
        OutsideFault::Slow
    } else {
        OutsideFault::Down
    }
}
