//! The provider as we know it: its metadata and keys, fetched when they are first needed.
//!
//! The portal starts without it and outlives its absence. Metadata and keys are kept for an hour,
//! and fetched anew when a token is signed by a key we do not know: keys change.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata,
    CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AsyncHttpClient, Client, ClientId, ClientSecret, EmptyExtraTokenFields, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IdTokenFields, IssuerUrl, RedirectUrl,
    StandardErrorResponse, StandardTokenResponse,
};
use tokio::sync::Mutex;

use crate::clock::Clock;
use crate::national::claims::NationalClaims;
use crate::national::{NationalError, NationalSettings, NationalSetupError};
use crate::outbound::{Outbound, Silence, check_address};
use crate::random::Random;
use crate::store::Store;

/// Milliseconds metadata and keys are kept.
const FRESH_MS: u64 = 3_600_000;
/// Milliseconds between two fetches because of an unknown key.
const LEAST_REFETCH_MS: u64 = 60_000;
/// Where the provider sends people back to.
pub const BACK: &str = "/login/national/back";

/// The token response with our claims in its ID token.
pub type NationalTokens = StandardTokenResponse<
    IdTokenFields<
        NationalClaims,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

/// The library's client with our claims.
pub type NationalClient = Client<
    NationalClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    NationalTokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What was fetched, and when.
#[derive(Debug, Clone)]
struct Fetched {
    metadata: CoreProviderMetadata,
    at_ms: u64,
}

/// The national portal. Clones are one.
#[derive(Clone)]
pub struct National {
    pub(super) store: Store,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) random: Random,
    pub(super) http: Outbound,
    issuer: IssuerUrl,
    client: ClientId,
    secret: ClientSecret,
    back: RedirectUrl,
    fetched: Arc<Mutex<Option<Fetched>>>,
}

impl fmt::Debug for National {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let issuer = self.issuer.as_str();
        formatter.debug_tuple("National").field(&issuer).finish()
    }
}

/// What a sign-in needs of the portal.
#[derive(Debug, Clone)]
pub struct NationalParts {
    /// The storage.
    pub store: Store,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The random source.
    pub random: Random,
    /// The portal's public address.
    pub origin: String,
}

impl National {
    /// Reads the secret and the root; asks nobody yet.
    ///
    /// # Errors
    /// [`NationalSetupError`].
    pub fn open(
        settings: &NationalSettings,
        parts: NationalParts,
    ) -> Result<Self, NationalSetupError> {
        check_address(&settings.issuer)?;
        let path = &settings.secret;
        let secret =
            std::fs::read_to_string(path).map_err(|source| NationalSetupError::Secret {
                path: path.clone(),
                source,
            })?;
        let secret = secret.trim();
        if secret.is_empty() {
            return Err(NationalSetupError::NoSecret { path: path.clone() });
        }
        let bad = |error: &dyn fmt::Display| NationalSetupError::Issuer(error.to_string());
        Ok(Self {
            store: parts.store,
            clock: parts.clock,
            random: parts.random,
            http: Outbound::new(settings.root.as_deref())?,
            issuer: IssuerUrl::new(settings.issuer.clone()).map_err(|error| bad(&error))?,
            client: ClientId::new(settings.client.clone()),
            secret: ClientSecret::new(secret.to_owned()),
            back: RedirectUrl::new(format!("{}{BACK}", parts.origin))
                .map_err(|error| bad(&error))?,
            fetched: Arc::default(),
        })
    }

    /// The issuer.
    pub fn issuer(&self) -> &str {
        self.issuer.as_str()
    }

    /// The client over metadata that are fresh.
    pub(super) async fn client(&self) -> Result<NationalClient, NationalError> {
        self.client_if_older_than(FRESH_MS).await
    }

    /// The client over metadata fetched just now: a token names a key we do not know.
    pub(super) async fn client_anew(&self) -> Result<NationalClient, NationalError> {
        self.client_if_older_than(LEAST_REFETCH_MS).await
    }

    async fn client_if_older_than(&self, age_ms: u64) -> Result<NationalClient, NationalError> {
        let now_ms = self.clock.now_ms();
        // Held while fetching: many who wait fetch once.
        let mut fetched = self.fetched.lock().await;
        let fresh = fetched
            .as_ref()
            .filter(|fetched| now_ms.saturating_sub(fetched.at_ms) < age_ms);
        let metadata = if let Some(fresh) = fresh {
            fresh.metadata.clone()
        } else {
            let metadata = self.fetch().await?;
            *fetched = Some(Fetched {
                metadata: metadata.clone(),
                at_ms: now_ms,
            });
            metadata
        };
        drop(fetched);
        let client = Client::from_provider_metadata(
            metadata,
            self.client.clone(),
            Some(self.secret.clone()),
        );
        Ok(client.set_redirect_uri(self.back.clone()))
    }

    async fn fetch(&self) -> Result<CoreProviderMetadata, NationalError> {
        CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http)
            .await
            .map_err(|error| NationalError::Unavailable(why(&error)))
    }
}

/// The library asks through our client: one TLS stack, one set of limits.
impl<'c> AsyncHttpClient<'c> for Outbound {
    type Error = Silence;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Silence>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

/// An error with its causes, for the log.
pub(super) fn why(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}
