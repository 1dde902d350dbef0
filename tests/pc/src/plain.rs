//! The ways of the manual by plain HTTP, for machines without a browser: the same pages, the same
//! forms, no script.

use std::sync::Mutex;

use quanshengshi_frame::still::decode;
use reqwest::{Client, Method, Response, StatusCode, header, redirect};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

use crate::form::{EnterpriseForm, PersonalForm};
use crate::markup::{attribute, hidden, href};
use crate::puzzle::{do_work, find_square, hand_track};
use crate::walks::first_code;

/// Why a step by HTTP did not work.
#[derive(Debug, thiserror::Error)]
pub enum PlainError {
    /// The certificate that the portal's TLS hangs on cannot be read.
    #[error("the portal's root certificate cannot be used")]
    Root,
    /// No connection, or no answer.
    #[error("no answer from the portal")]
    Net(#[from] reqwest::Error),
    /// The page is not what the step needs.
    #[error("{what} is not on the page ({status}): {page}")]
    Missing {
        /// What was looked for.
        what: String,
        /// The HTTP status.
        status: StatusCode,
        /// The page's words.
        page: String,
    },
    /// The puzzle could not be solved.
    #[error("the puzzle could not be solved")]
    Puzzle,
}

/// A page as it came.
#[derive(Debug, Clone)]
pub struct PlainPage {
    /// The HTTP status.
    pub status: StatusCode,
    /// Where it stands, after redirections.
    pub path: String,
    /// Its markup.
    pub markup: String,
    /// Its headers.
    pub headers: header::HeaderMap,
}

impl PlainPage {
    fn need(&self, what: &str, found: Option<String>) -> Result<String, PlainError> {
        found.ok_or_else(|| PlainError::Missing {
            what: what.to_owned(),
            status: self.status,
            page: crate::markup::words(&self.markup)
                .chars()
                .take(400)
                .collect(),
        })
    }

    /// The value of an attribute that stands once, such as `data-task`.
    ///
    /// # Errors
    /// [`PlainError::Missing`].
    pub fn attribute(&self, name: &str) -> Result<String, PlainError> {
        self.need(name, attribute(&self.markup, name))
    }

    /// The value of a hidden input.
    ///
    /// # Errors
    /// [`PlainError::Missing`].
    pub fn hidden(&self, name: &str) -> Result<String, PlainError> {
        self.need(name, hidden(&self.markup, name))
    }
}

fn tls(roots: RootCertStore) -> Result<ClientConfig, PlainError> {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| PlainError::Root)?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

/// A client for programs on this machine, without TLS.
pub(crate) fn local_client() -> Result<Client, PlainError> {
    let tls = tls(RootCertStore::empty())?;
    Ok(Client::builder()
        .tls_backend_preconfigured(tls)
        .no_proxy()
        .build()?)
}

/// How the plain PC calls itself.
const USER_AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 plain";

/// A client that believes what hangs on this root and follows no redirections.
pub(crate) fn client(root_pem: &str) -> Result<Client, PlainError> {
    client_as(root_pem, USER_AGENT)
}

fn client_as(root_pem: &str, agent: &str) -> Result<Client, PlainError> {
    let mut roots = RootCertStore::empty();
    for root in CertificateDer::pem_slice_iter(root_pem.as_bytes()) {
        roots
            .add(root.map_err(|_| PlainError::Root)?)
            .map_err(|_| PlainError::Root)?;
    }
    Ok(Client::builder()
        .tls_backend_preconfigured(tls(roots)?)
        .redirect(redirect::Policy::none())
        .user_agent(agent)
        .build()?)
}

/// A PC without a browser: one cookie, one portal.
#[derive(Debug)]
pub struct PlainPc {
    client: Client,
    origin: String,
    cookie: Mutex<Option<String>>,
}

impl PlainPc {
    /// Believes the portal whose TLS hangs on this root, PEM.
    ///
    /// # Errors
    /// [`PlainError::Root`], [`PlainError::Net`].
    pub fn open(origin: &str, root_pem: &str) -> Result<Self, PlainError> {
        Self::open_as(origin, root_pem, USER_AGENT)
    }

    /// The same, under the name of another browser.
    ///
    /// # Errors
    /// [`PlainError::Root`], [`PlainError::Net`].
    pub fn open_as(origin: &str, root_pem: &str, agent: &str) -> Result<Self, PlainError> {
        let client = client_as(root_pem, agent)?;
        Ok(Self {
            client,
            origin: origin.to_owned(),
            cookie: Mutex::new(None),
        })
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Result<Response, PlainError> {
        let mut request = self
            .client
            .request(method.clone(), format!("{}{path}", self.origin));
        let cookie = self
            .cookie
            .lock()
            .map(|cookie| cookie.clone())
            .unwrap_or_default();
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if method == Method::POST {
            request = request
                .header(header::ORIGIN, &self.origin)
                .header("Sec-Fetch-Site", "same-origin")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(crate::markup::encode_form(fields));
        }
        let response = request.send().await?;
        for value in response.headers().get_all(header::SET_COOKIE) {
            let pair = value.to_str().ok().and_then(|text| text.split(';').next());
            if let (Some(pair), Ok(mut cookie)) = (pair, self.cookie.lock())
                && pair.starts_with("__Host-")
            {
                *cookie = Some(pair.to_owned());
            }
        }
        Ok(response)
    }

    /// Sends a form, or fetches a page when there are no fields, and follows redirections.
    ///
    /// # Errors
    /// [`PlainError::Net`].
    pub async fn page(
        &self,
        path: &str,
        fields: Option<&[(&str, &str)]>,
    ) -> Result<PlainPage, PlainError> {
        let method = if fields.is_some() {
            Method::POST
        } else {
            Method::GET
        };
        let mut response = self.send(method, path, fields.unwrap_or_default()).await?;
        let mut at = path.to_owned();
        for _ in 0..5 {
            let location = response.headers().get(header::LOCATION);
            let Some(next) = location.and_then(|value| value.to_str().ok()) else {
                break;
            };
            at = next.strip_prefix(&self.origin).unwrap_or(next).to_owned();
            response = self.send(Method::GET, &at, &[]).await?;
        }
        let (status, headers) = (response.status(), response.headers().clone());
        Ok(PlainPage {
            status,
            path: at,
            markup: response.text().await?,
            headers,
        })
    }

    /// Where a page of ours sends the browser, when that is another site.
    ///
    /// # Errors
    /// [`PlainError::Net`], [`PlainError::Missing`] when it sends it nowhere.
    pub async fn away(&self, path: &str) -> Result<String, PlainError> {
        let response = self.send(Method::GET, path, &[]).await?;
        let location = response.headers().get(header::LOCATION);
        let location = location.and_then(|value| value.to_str().ok());
        location
            .map(str::to_owned)
            .ok_or_else(|| PlainError::Missing {
                what: "another site".to_owned(),
                status: response.status(),
                page: String::new(),
            })
    }

    /// The bytes behind a path.
    ///
    /// # Errors
    /// [`PlainError::Net`], [`PlainError::Missing`] for anything but success.
    pub async fn bytes(&self, path: &str) -> Result<Vec<u8>, PlainError> {
        let response = self.send(Method::GET, path, &[]).await?;
        let status = response.status();
        if !status.is_success() {
            let page = response.text().await?;
            return Err(PlainError::Missing {
                what: path.to_owned(),
                status,
                page,
            });
        }
        Ok(response.bytes().await?.to_vec())
    }

    /// Registers an enterprise; the page with the two codes.
    ///
    /// # Errors
    /// [`PlainError`] by variant.
    pub async fn register_enterprise(
        &self,
        form: &EnterpriseForm,
    ) -> Result<PlainPage, PlainError> {
        let mut fields = vec![("document_kind", "resident_id")];
        fields.extend(form.fields());
        self.register("/register/enterprise", fields).await
    }

    /// Registers a person; the page with the two codes.
    ///
    /// # Errors
    /// [`PlainError`] by variant.
    pub async fn register_person(&self, form: &PersonalForm) -> Result<PlainPage, PlainError> {
        self.register("/register/personal", form.fields()).await
    }

    async fn register(
        &self,
        path: &str,
        mut fields: Vec<(&str, &str)>,
    ) -> Result<PlainPage, PlainError> {
        let token = self.page(path, None).await?.hidden("form_token")?;
        fields.push(("form_token", token.as_str()));
        let mut asking = fields.clone();
        asking.push(("act", "code"));
        let said = self.page(path, Some(&asking)).await?;
        let outbox = self.page("/sample/outbox", None).await?;
        let message = crate::markup::inner(&outbox.markup, "data-text");
        let code = outbox.need("the code", message.as_deref().and_then(first_code));
        let code = code.map_err(|_| PlainError::Missing {
            what: "a short message".to_owned(),
            status: said.status,
            page: crate::markup::words(&said.markup)
                .chars()
                .take(600)
                .collect(),
        })?;
        fields.extend([
            ("sms_code", code.as_str()),
            ("consent", "yes"),
            ("act", "register"),
        ]);
        let page = self.page(path, Some(&fields)).await?;
        page.attribute("data-task")?;
        Ok(page)
    }

    /// Signs in, solving the slider from its picture.
    ///
    /// # Errors
    /// [`PlainError`] by variant.
    pub async fn sign_in(&self, account: &str, password: &str) -> Result<PlainPage, PlainError> {
        let page = self.page("/login", None).await?;
        let (token, puzzle) = (page.hidden("form_token")?, page.hidden("puzzle")?);
        let picture = self
            .bytes(&format!("/slider/{puzzle}/landscape.png"))
            .await?;
        let picture = decode(&picture).map_err(|_| PlainError::Puzzle)?;
        let square = find_square(&picture).map_err(|_| PlainError::Puzzle)?;
        let place = (square * 400.0).round() as u32;
        let bits = page.attribute("data-bits")?;
        let bits = bits.parse().map_err(|_| PlainError::Puzzle)?;
        let name = puzzle.clone();
        let work = tokio::task::spawn_blocking(move || do_work(&name, bits)).await;
        let work = work.map_err(|_| PlainError::Puzzle)?;
        // A person holds the piece a moment before letting go.
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        let (place, track) = (place.to_string(), hand_track(place));
        let fields = [
            ("form_token", token.as_str()),
            ("kind", "legal"),
            ("account", account),
            ("password", password),
            ("puzzle", &puzzle),
            ("slider", &place),
            ("track", &track),
            ("work", &work),
            ("act", "sign_in"),
        ];
        self.page("/login", Some(&fields)).await
    }

    /// The identifier of the certificate whose row says this name.
    ///
    /// # Errors
    /// [`PlainError`] by variant.
    pub async fn find_certificate(&self, name: &str) -> Result<String, PlainError> {
        let page = self.page("/space/certificates", None).await?;
        let mut rows = page.markup.split("data-certificate=\"").skip(1);
        let row = rows.find(|row| row.split("</li>").next().unwrap_or("").contains(name));
        page.need(
            name,
            row.and_then(|row| row.split('"').next()).map(str::to_owned),
        )
    }

    /// Asks for a download or a view; the page that waits for the phone.
    ///
    /// # Errors
    /// [`PlainError`] by variant.
    pub async fn ask(
        &self,
        kind: &str,
        certificate: &str,
        purpose: &str,
    ) -> Result<PlainPage, PlainError> {
        let page = self.page("/space/certificates", None).await?;
        let token = page.hidden("form_token")?;
        let fields = [
            ("form_token", token.as_str()),
            ("kind", kind),
            ("certificate", certificate),
            ("purpose", purpose),
        ];
        let page = self.page("/pc/tasks", Some(&fields)).await?;
        page.attribute("data-task")?;
        Ok(page)
    }

    /// Goes on after the phone's approval: the page with the copy.
    ///
    /// # Errors
    /// [`PlainError`] by variant.
    pub async fn go_on(&self, waiting: &PlainPage) -> Result<PlainPage, PlainError> {
        let page = self.page(&waiting.path, None).await?;
        let form = page
            .markup
            .split("<form")
            .find(|form| form.contains("id=\"done\""));
        let form = page.need("the button that goes on", form.map(str::to_owned))?;
        let action = page.need("its address", attribute(&form, "action"))?;
        let token = page.need("its token", hidden(&form, "form_token"))?;
        let task = page.need("its task", hidden(&form, "task"))?;
        self.page(&action, Some(&[("form_token", &token), ("task", &task)]))
            .await
    }

    /// Takes the file of a copy's page.
    ///
    /// # Errors
    /// [`PlainError`] by variant.
    pub async fn download(&self, copy: &PlainPage) -> Result<Vec<u8>, PlainError> {
        let path = copy.need("the file", href(&copy.markup, "get-file"))?;
        self.bytes(&path).await
    }
}
