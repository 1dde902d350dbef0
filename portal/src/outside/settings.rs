//! Where the outside systems are, and what proves us to them and them to us.

use std::path::PathBuf;

use reqwest::Url;

use crate::outbound::{OutboundError, bearer, check_address, client};
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
    /// PEM file with the roots their certificates hang on; else the system's roots.
    pub roots: Option<PathBuf>,
}

impl OutsideSettings {
    /// A client of the system with a name for the log, at a base address.
    ///
    /// # Errors
    /// [`OutboundError`] by variant.
    pub fn client(
        &self,
        name: &'static str,
        base: &str,
        patience: Patience,
    ) -> Result<OutsideClient, OutboundError> {
        check_address(base)?;
        // Paths are put behind a base address, so nothing may follow its own.
        let ends_with_path =
            Url::parse(base).is_ok_and(|url| url.query().is_none() && url.fragment().is_none());
        if !ends_with_path {
            return Err(OutboundError::Address(base.to_owned()));
        }
        let token = self.token.as_deref().map(bearer).transpose()?;
        let http = client(self.roots.as_deref())?
            .connect_timeout(patience.connect)
            .build()?;
        let base = base.trim_end_matches('/').to_owned();
        Ok(OutsideClient::new(name, http, base, token, patience))
    }
}
