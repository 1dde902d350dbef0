//! Sending a person to the national portal, and believing what comes back with them.

use std::time::{Duration, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::core::{CoreAuthenticationFlow, CoreErrorResponseType, CoreJwsSigningAlgorithm};
use openidconnect::{
    AuthorizationCode, ClaimsVerificationError, CsrfToken, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, RequestTokenError, Scope, SignatureVerificationError, TokenResponse as _,
};
use quanshengshi_protocol::ids::Digest;
use quanshengshi_rules::date::Date;

use crate::accounts::AccountKind;
use crate::national::NationalError;
use crate::national::claims::NationalPerson;
use crate::national::provider::{National, NationalClient, NationalTokens, why};
use crate::national::requests::{self, Place, Request};
use crate::random::RandomError;

/// The most milliseconds between the making of an ID token and its arrival.
const OLDEST_TOKEN_MS: u64 = 600_000;
/// By how much the provider's clock may be ahead of ours, milliseconds.
const AHEAD_MS: u64 = 60_000;
/// What we accept ID tokens signed by; `none` and shared secrets are not among them.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 3] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
];

/// What the provider sends along when a person comes back.
#[derive(Debug, Clone, Default)]
pub struct Return {
    /// The code to exchange.
    pub code: String,
    /// Our state.
    pub state: String,
    /// Why there is no code.
    pub error: String,
    /// The issuer, where the provider says it (RFC 9207).
    pub issuer: String,
}

impl National {
    /// The provider's address for a person who wants to sign in to an account of a kind.
    ///
    /// # Errors
    /// [`NationalError::Unavailable`], [`NationalError::TooMany`], or a fault of ours.
    ///
    /// # Cancellation
    /// A request may be kept; it ends by itself.
    pub async fn begin(
        &self,
        session: Digest,
        network: &str,
        kind: AccountKind,
    ) -> Result<String, NationalError> {
        let client = self.client().await?;
        let (state, nonce, verifier) = (self.secret()?, self.secret()?, self.secret()?);
        let challenge =
            PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.clone()));
        let (for_state, for_nonce) = (state.clone(), nonce.clone());
        let mut asking = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(for_state),
                move || Nonce::new(for_nonce),
            )
            .add_scope(Scope::new("person".to_owned()))
            .set_pkce_challenge(challenge);
        if kind == AccountKind::Legal {
            asking = asking.add_scope(Scope::new("organisation".to_owned()));
        }
        let (address, _, _) = asking.url();
        let place = Place {
            session,
            network: network.to_owned(),
            now_ms: self.clock.now_ms(),
        };
        let request = Request {
            kind,
            nonce,
            verifier,
        };
        requests::keep(&self.store, place, &state, request).await?;
        Ok(address.into())
    }

    /// What the provider vouches for when a person comes back; the request is used up.
    ///
    /// # Errors
    /// [`NationalError`] by variant.
    ///
    /// # Cancellation
    /// The request is used up: the person starts again.
    pub async fn finish(
        &self,
        session: Digest,
        back: Return,
    ) -> Result<NationalPerson, NationalError> {
        let now_ms = self.clock.now_ms();
        let request = requests::take(&self.store, session, &back.state, now_ms).await?;
        // An answer of another provider, sent to us by somebody in between (RFC 9207).
        if !back.issuer.is_empty() && back.issuer != self.issuer() {
            return Err(NationalError::State);
        }
        match back.error.as_str() {
            "" => {}
            "access_denied" => return Err(NationalError::Denied),
            _ => return Err(NationalError::Unavailable("it sent an error".to_owned())),
        }
        let client = self.client().await?;
        let verifier = PkceCodeVerifier::new(request.verifier);
        let tokens = self.exchange(&client, back.code, verifier).await?;
        let nonce = Nonce::new(request.nonce);
        match self.read(&client, &tokens, &nonce, request.kind) {
            Err(Unread::UnknownKey) => {
                let client = self.client_anew().await?;
                self.read(&client, &tokens, &nonce, request.kind)
                    .map_err(NationalError::from)
            }
            other => other.map_err(NationalError::from),
        }
    }

    async fn exchange(
        &self,
        client: &NationalClient,
        code: String,
        verifier: PkceCodeVerifier,
    ) -> Result<NationalTokens, NationalError> {
        let unusable = |error: &dyn std::error::Error| NationalError::Unavailable(why(error));
        client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| unusable(&error))?
            .set_pkce_verifier(verifier)
            .request_async(&self.http)
            .await
            .map_err(|error| match &error {
                // A code that is used, old or somebody else's: start again.
                RequestTokenError::ServerResponse(said)
                    if *said.error() == CoreErrorResponseType::InvalidGrant =>
                {
                    NationalError::State
                }
                // What it says may quote the answer, which holds what nobody should log.
                RequestTokenError::Parse(_, _) => {
                    NationalError::Unverified("no token response".to_owned())
                }
                other => unusable(other),
            })
    }

    fn read(
        &self,
        client: &NationalClient,
        tokens: &NationalTokens,
        nonce: &Nonce,
        kind: AccountKind,
    ) -> Result<NationalPerson, Unread> {
        let now_ms = self.clock.now_ms();
        let now = UNIX_EPOCH + Duration::from_millis(now_ms);
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs(ALGORITHMS)
            .set_time_fn(move || now.into())
            .set_issue_time_verifier_fn(move |made| {
                let made_ms = made.timestamp_millis().unsigned_abs();
                let fits = made_ms <= now_ms + AHEAD_MS && now_ms <= made_ms + OLDEST_TOKEN_MS;
                fits.then_some(())
                    .ok_or("made too long ago, or later".to_owned())
            });
        let token = tokens
            .id_token()
            .ok_or(Unread::Unverified("there is none"))?;
        let claims = token
            .claims(&verifier, nonce)
            .map_err(|error| Unread::of(&error))?;
        let name = claims.name().and_then(|names| names.get(None));
        let person = NationalPerson::read(
            claims.subject(),
            name.map(|name| name.as_str()),
            claims.additional_claims(),
            kind,
            Date::in_china(now_ms),
        );
        person.map_err(|fault| Unread::Claims(fault.into()))
    }

    fn secret(&self) -> Result<String, RandomError> {
        let bytes: [u8; 32] = self.random.make_bytes()?;
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }
}

/// Why an ID token says nothing.
enum Unread {
    /// Signed by a key that may be new.
    UnknownKey,
    /// Not to be believed.
    Unverified(&'static str),
    /// To be believed, and impossible.
    Claims(NationalError),
}

impl Unread {
    fn of(error: &ClaimsVerificationError) -> Self {
        use ClaimsVerificationError as Wrong;
        match error {
            Wrong::SignatureVerification(SignatureVerificationError::NoMatchingKey) => {
                Self::UnknownKey
            }
            Wrong::SignatureVerification(_) => Self::Unverified("wrong signature"),
            Wrong::Expired(_) => Self::Unverified("expired"),
            Wrong::InvalidAudience(_) => Self::Unverified("for somebody else"),
            Wrong::InvalidIssuer(_) => Self::Unverified("of somebody else"),
            Wrong::InvalidNonce(_) => Self::Unverified("wrong nonce"),
            _ => Self::Unverified("not acceptable"),
        }
    }
}

impl From<Unread> for NationalError {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::UnknownKey => Self::Unverified("signed by an unknown key".to_owned()),
            Unread::Unverified(why) => Self::Unverified(why.to_owned()),
            Unread::Claims(error) => error,
        }
    }
}
