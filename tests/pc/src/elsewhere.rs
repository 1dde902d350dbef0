//! Another site than the portal, by plain HTTP: whoever signs a person in for it.

use std::collections::BTreeMap;

use reqwest::{Client, Method, StatusCode, Url, header};

use crate::markup::encode_form;
use crate::plain::{PlainError, client};

/// The most redirections of one step.
const MOST_STEPS: usize = 10;

/// Where a step on another site ends.
#[derive(Debug, Clone)]
pub struct Landing {
    /// The address.
    pub address: Url,
    /// The page; empty when the address is the portal's, which was not asked.
    pub markup: String,
}

/// A browser without script on another site: it keeps that site's cookies.
#[derive(Debug)]
pub struct Elsewhere {
    client: Client,
    home: String,
    cookies: BTreeMap<String, String>,
}

impl Elsewhere {
    /// Believes what hangs on this root, PEM; `home` is the portal, where it stops.
    ///
    /// # Errors
    /// [`PlainError::Root`], [`PlainError::Net`].
    pub fn open(root_pem: &str, home: &str) -> Result<Self, PlainError> {
        Ok(Self {
            client: client(root_pem)?,
            home: home.to_owned(),
            cookies: BTreeMap::new(),
        })
    }

    /// Opens an address, or sends a form there when there are fields, and follows redirections
    /// until there is a page or the portal is next.
    ///
    /// # Errors
    /// [`PlainError::Net`]; [`PlainError::Missing`] when it goes in circles or to no address.
    pub async fn walk(
        &mut self,
        address: &str,
        fields: Option<&[(&str, &str)]>,
    ) -> Result<Landing, PlainError> {
        let lost = || PlainError::Missing {
            what: "a page of the other site".to_owned(),
            status: StatusCode::FOUND,
            page: address.to_owned(),
        };
        let mut at = Url::parse(address).map_err(|_| lost())?;
        let mut body = fields.map(encode_form);
        for _ in 0..MOST_STEPS {
            if at.as_str().starts_with(&self.home) {
                return Ok(Landing {
                    address: at,
                    markup: String::new(),
                });
            }
            let method = if body.is_some() {
                Method::POST
            } else {
                Method::GET
            };
            let cookies: Vec<_> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            let mut request = self
                .client
                .request(method, at.clone())
                .header(header::COOKIE, cookies.join("; "));
            if let Some(body) = body.take() {
                request = request
                    .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .body(body);
            }
            let response = request.send().await?;
            for line in response.headers().get_all(header::SET_COOKIE) {
                let pair = line.to_str().ok().and_then(|line| line.split(';').next());
                if let Some((name, value)) = pair.and_then(|pair| pair.split_once('=')) {
                    self.cookies.insert(name.to_owned(), value.to_owned());
                }
            }
            let location = response.headers().get(header::LOCATION);
            let Some(next) = location.and_then(|next| next.to_str().ok()) else {
                return Ok(Landing {
                    address: at,
                    markup: response.text().await?,
                });
            };
            at = at.join(next).map_err(|_| lost())?;
        }
        Err(lost())
    }
}
