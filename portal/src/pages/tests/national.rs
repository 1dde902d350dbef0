//! Signing in with a national account, against a provider whose tokens a test writes: what a real
//! one never sends. The journey `national` walks against a real one.

use std::sync::{Arc, Mutex};

use axum::Json;
use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};

use super::{Answer, Browser, Portal, START_MS};
use crate::accounts::{Account, AccountKind, AccountState, Proof};
use crate::national::NationalSettings;

const CODE: &str = "91230102MA1B2C3D8J";
/// A change to the claims.
type Spoil = fn(&mut Value);
/// The same, with the seconds of now.
type SpoilAt = fn(&mut Value, u64);

const CLIENT: &str = "hlj-portal";

struct Key {
    pair: EcdsaKeyPair,
    name: &'static str,
}

impl Key {
    fn make(name: &'static str) -> Self {
        let (kind, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
        let bytes = EcdsaKeyPair::generate_pkcs8(kind, &random).expect("makes");
        let pair = EcdsaKeyPair::from_pkcs8(kind, bytes.as_ref(), &random).expect("reads");
        Self { pair, name }
    }

    fn public(&self) -> Value {
        let point = self.pair.public_key().as_ref();
        json!({
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.name,
            "x": URL_SAFE_NO_PAD.encode(&point[1..33]),
            "y": URL_SAFE_NO_PAD.encode(&point[33..]),
        })
    }

    fn sign(&self, algorithm: &str, claims: &Value) -> String {
        let header = json!({ "alg": algorithm, "kid": self.name });
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let text = format!("{}.{}", part(&header), part(claims));
        if algorithm == "none" {
            return format!("{text}.");
        }
        let signed = self.pair.sign(&SystemRandom::new(), text.as_bytes());
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(signed.expect("signs")))
    }
}

/// A provider that says what it is told to say.
#[derive(Clone)]
struct Provider {
    issuer: String,
    keys: Arc<Mutex<Vec<Value>>>,
    token: Arc<Mutex<String>>,
    asked: Arc<Mutex<String>>,
}

impl Provider {
    async fn start(key: &Key) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("listens");
        let address = listener.local_addr().expect("an address");
        let provider = Self {
            issuer: format!("http://{address}"),
            keys: Arc::new(Mutex::new(vec![key.public()])),
            token: Arc::default(),
            asked: Arc::default(),
        };
        let (metadata, keys, token) = (provider.clone(), provider.clone(), provider.clone());
        let routes =
            Router::new()
                .route(
                    "/.well-known/openid-configuration",
                    get(move || async move { Json(metadata.metadata()) }),
                )
                .route(
                    "/jwks",
                    get(move || async move {
                        Json(json!({ "keys": *keys.keys.lock().expect("held") }))
                    }),
                )
                .route(
                    "/token",
                    post(move |body: String| async move {
                        *token.asked.lock().expect("held") = body;
                        let id_token = token.token.lock().expect("held").clone();
                        if id_token.is_empty() {
                            let said = json!({ "error": "invalid_grant" });
                            return (StatusCode::BAD_REQUEST, Json(said));
                        }
                        let said = json!({
                            "access_token": "a", "token_type": "Bearer", "id_token": id_token,
                        });
                        (StatusCode::OK, Json(said))
                    }),
                );
        tokio::spawn(async move { axum::serve(listener, routes).await });
        provider
    }

    fn metadata(&self) -> Value {
        let at = |path: &str| format!("{}{path}", self.issuer);
        json!({
            "issuer": self.issuer,
            "authorization_endpoint": at("/auth"),
            "token_endpoint": at("/token"),
            "jwks_uri": at("/jwks"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
        })
    }

    async fn portal(&self) -> Portal {
        let issuer = self.issuer.clone();
        Portal::open_with(move |settings, folder| {
            let secret = folder.join("secret");
            std::fs::write(&secret, "a secret").expect("writes");
            settings.national = Some(NationalSettings {
                issuer,
                client: CLIENT.to_owned(),
                secret,
                root: None,
            });
        })
        .await
    }

    fn claims(&self, nonce: &str) -> Value {
        let now = START_MS / 1000;
        json!({
            "iss": self.issuer, "aud": CLIENT, "sub": "cn-1", "nonce": nonce,
            "iat": now, "exp": now + 300,
            "name": "林知微", "level": 4,
            "document_kind": "resident_id", "document_number": "230102199705180024",
            "mobile": "13904510037",
            "credit_code": CODE, "organisation_name": "北疆云杉科技（哈尔滨）有限公司",
            "role": "legal_representative",
        })
    }

    fn say(&self, token: String) {
        *self.token.lock().expect("held") = token;
    }
}

/// What the portal asked the provider for.
struct Asked {
    state: String,
    nonce: String,
    address: String,
}

async fn start(browser: &mut Browser, kind: &str) -> Asked {
    let answer = browser.get(&format!("/login/national?kind={kind}")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let address = answer.location().to_owned();
    let value = |name: &str| {
        let (_, rest) = address.split_once(&format!("{name}=")).expect(name);
        rest.split('&').next().expect("a value").to_owned()
    };
    Asked {
        state: value("state"),
        nonce: value("nonce"),
        address: address.clone(),
    }
}

async fn back(browser: &mut Browser, state: &str) -> Answer {
    let path = format!("/login/national/back?code=c&state={state}");
    browser.get(&path).await
}

async fn account(portal: &Portal) -> Option<Account> {
    let found = portal.app.accounts.by_name(AccountKind::Legal, CODE).await;
    found.expect("reads")
}

/// A whole sign-in with the claims a test changes.
async fn sign_in(
    provider: &Provider,
    key: &Key,
    browser: &mut Browser,
    change: impl FnOnce(&mut Value),
) -> Answer {
    let asked = start(browser, "legal").await;
    let mut claims = provider.claims(&asked.nonce);
    change(&mut claims);
    provider.say(key.sign("ES256", &claims));
    back(browser, &asked.state).await
}

fn assert_code(answer: &Answer, code: &str) {
    let text = answer.text();
    assert!(text.contains(&format!("data-code=\"{code}\"")), "{text}");
    assert!(text.contains("href=\"/login"), "there is a way on");
}

#[tokio::test]
async fn np_01_np_03_the_first_sign_in_makes_an_account_and_the_second_joins_it() {
    let key = Key::make("a");
    let provider = Provider::start(&key).await;
    let portal = provider.portal().await;
    let mut browser = portal.browser();
    let asked = start(&mut browser, "legal").await;
    for part in [
        "response_type=code",
        "code_challenge_method=S256",
        "scope=openid+person+organisation",
        "redirect_uri=https%3A%2F%2F127.0.0.1%3A8443%2Flogin%2Fnational%2Fback",
    ] {
        assert!(asked.address.contains(part), "{part}: {}", asked.address);
    }
    let before = browser.cookies["__Host-qss"].clone();
    let answer = sign_in(&provider, &key, &mut browser, |_| {}).await;
    assert_eq!(answer.location(), "/space", "{}", answer.text());
    assert_ne!(browser.cookies["__Host-qss"], before, "a new secret");
    assert!(
        provider
            .asked
            .lock()
            .expect("held")
            .contains("code_verifier="),
        "PKCE"
    );
    assert_eq!(browser.get("/space").await.status, StatusCode::OK);
    let made = account(&portal).await.expect("an account");
    assert_eq!(
        (made.state, made.proof, made.mobile.as_str()),
        (AccountState::Active, Proof::National, "13904510037")
    );
    let mut other = portal.browser();
    let answer = sign_in(&provider, &key, &mut other, |_| {}).await;
    assert_eq!(answer.location(), "/space");
    assert_eq!(account(&portal).await.expect("one").id, made.id);
}

#[tokio::test]
async fn np_01_state_is_bound_to_the_session_and_used_once() {
    let key = Key::make("a");
    let provider = Provider::start(&key).await;
    let portal = provider.portal().await;
    let mut browser = portal.browser();
    let asked = start(&mut browser, "legal").await;
    provider.say(key.sign("ES256", &provider.claims(&asked.nonce)));
    let mut stranger = portal.browser();
    start(&mut stranger, "legal").await;
    assert_code(&back(&mut stranger, &asked.state).await, "FED_STATE");
    assert_code(
        &back(&mut portal.browser(), &asked.state).await,
        "FED_STATE",
    );
    assert_code(&back(&mut browser, "tampered").await, "FED_STATE");
    let other = format!(
        "/login/national/back?code=c&state={}&iss=https://other.example",
        start(&mut browser, "legal").await.state
    );
    assert_code(&browser.get(&other).await, "FED_STATE");
    assert!(account(&portal).await.is_none());
    let answer = back(&mut browser, &asked.state).await;
    assert_eq!(answer.location(), "/space", "{}", answer.text());
    assert_code(&back(&mut browser, &asked.state).await, "FED_STATE");
    let late = start(&mut browser, "legal").await;
    portal.clock.advance(600_001);
    assert_code(&back(&mut browser, &late.state).await, "FED_STATE");
    provider.say(String::new());
    let refused = start(&mut browser, "legal").await;
    assert_code(&back(&mut browser, &refused.state).await, "FED_STATE");
}

#[tokio::test]
async fn np_01_a_person_who_declines_gets_ways_on() {
    let key = Key::make("a");
    let provider = Provider::start(&key).await;
    let portal = provider.portal().await;
    let mut browser = portal.browser();
    let asked = start(&mut browser, "legal").await;
    let path = format!(
        "/login/national/back?error=access_denied&state={}",
        asked.state
    );
    let answer = browser.get(&path).await;
    assert_code(&answer, "FED_DENIED");
    assert!(answer.text().contains("/login/national?kind=legal"));
}

#[tokio::test]
async fn np_01_a_forged_token_makes_no_account() {
    let (key, other) = (Key::make("a"), Key::make("a"));
    let provider = Provider::start(&key).await;
    let portal = provider.portal().await;
    let mut browser = portal.browser();
    let now = START_MS / 1000;
    let cases: [(&str, SpoilAt); 7] = [
        ("nonce", |it, _| it["nonce"] = "another".into()),
        ("no nonce", |it, _| it["nonce"] = Value::Null),
        ("expired", |it, now| it["exp"] = (now - 1).into()),
        ("made long ago", |it, now| it["iat"] = (now - 601).into()),
        ("made later", |it, now| it["iat"] = (now + 61).into()),
        ("for others", |it, _| it["aud"] = "somebody-else".into()),
        ("of others", |it, _| {
            it["iss"] = "https://other.example".into();
        }),
    ];
    for (what, spoil) in cases {
        let answer = sign_in(&provider, &key, &mut browser, |it| spoil(it, now)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{what}");
        assert_code(&answer, "FED_NONCE");
    }
    let answer = sign_in(&provider, &other, &mut browser, |_| {}).await;
    assert_code(&answer, "FED_NONCE");
    let asked = start(&mut browser, "legal").await;
    provider.say(key.sign("none", &provider.claims(&asked.nonce)));
    assert_code(&back(&mut browser, &asked.state).await, "FED_NONCE");
    assert!(account(&portal).await.is_none());
    assert_eq!(browser.get("/space").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn np_01_ill_formed_claims_are_refused_and_not_stored() {
    let key = Key::make("a");
    let provider = Provider::start(&key).await;
    let portal = provider.portal().await;
    let mut browser = portal.browser();
    let cases: [Spoil; 5] = [
        |it| it["credit_code"] = "91230102MA1B2C3D8X".into(),
        |it| it["document_number"] = "".into(),
        |it| it["role"] = "owner".into(),
        |it| it["level"] = "high".into(),
        |it| it["name"] = Value::Null,
    ];
    for spoil in cases {
        let answer = sign_in(&provider, &key, &mut browser, spoil).await;
        assert_code(&answer, "FED_NONCE");
    }
    assert!(account(&portal).await.is_none());
}

#[tokio::test]
async fn np_01_a_new_key_of_the_provider_is_fetched() {
    let (old, new) = (Key::make("a"), Key::make("b"));
    let provider = Provider::start(&old).await;
    let portal = provider.portal().await;
    let mut browser = portal.browser();
    start(&mut browser, "legal").await;
    *provider.keys.lock().expect("held") = vec![new.public()];
    let answer = sign_in(&provider, &new, &mut browser, |_| {}).await;
    assert_code(&answer, "FED_NONCE");
    portal.clock.advance(60_000);
    let answer = sign_in(&provider, &new, &mut browser, |_| {}).await;
    assert_eq!(answer.location(), "/space", "{}", answer.text());
}

#[tokio::test]
async fn np_02_an_enterprise_of_another_province_is_accepted() {
    let key = Key::make("a");
    let provider = Provider::start(&key).await;
    let portal = provider.portal().await;
    let mut browser = portal.browser();
    let answer = sign_in(&provider, &key, &mut browser, |it| {
        it["credit_code"] = "91310115MA1K4ELW2U".into();
    })
    .await;
    assert_eq!(answer.location(), "/space", "{}", answer.text());
}

#[tokio::test]
async fn np_03_a_low_level_waits_for_the_face() {
    let key = Key::make("a");
    let provider = Provider::start(&key).await;
    let portal = provider.portal().await;
    let mut browser = portal.browser();
    for _ in 0..2 {
        // The same subject comes back to the account it made.
        let answer = sign_in(&provider, &key, &mut browser, |it| it["level"] = 2.into()).await;
        assert_code(&answer, "FED_LEVEL_LOW");
        assert_eq!(browser.get("/space").await.status, StatusCode::SEE_OTHER);
        let token = answer.token();
        let fields = [("form_token", token.as_str()), ("kind", "real_name")];
        let task = browser.post("/pc/tasks", &fields).await;
        let page = browser.get(task.location()).await;
        assert!(page.text().contains("data-qr="), "{}", page.text());
    }
    let waiting = account(&portal).await.expect("an account");
    assert_eq!(waiting.state, AccountState::Pending);
    let mut other = portal.browser();
    let answer = sign_in(&provider, &key, &mut other, |it| {
        it["level"] = 2.into();
        it["sub"] = "cn-2".into();
    })
    .await;
    assert_code(&answer, "FED_LEVEL_LOW");
    assert!(
        !answer.text().contains("name=\"kind\""),
        "not their account"
    );
    let answer = sign_in(&provider, &key, &mut browser, |_| {}).await;
    assert_eq!(answer.location(), "/space", "a higher level opens it");
    assert_ne!(account(&portal).await.expect("one").id, waiting.id);
}

#[tokio::test]
async fn np_03_a_low_level_opens_no_account_of_somebody_else() {
    let key = Key::make("a");
    let provider = Provider::start(&key).await;
    let portal = provider.portal().await;
    portal.active(CODE, "13904510037").await;
    let mut browser = portal.browser();
    for level in [json!(1), Value::Null] {
        let answer = sign_in(&provider, &key, &mut browser, |it| it["level"] = level).await;
        assert_code(&answer, "FED_LEVEL_LOW");
        assert_eq!(browser.get("/space").await.status, StatusCode::SEE_OTHER);
    }
    let answer = sign_in(&provider, &key, &mut browser, |_| {}).await;
    assert_eq!(answer.location(), "/space", "a proven person joins it");
}

#[tokio::test]
async fn el_06_an_operator_joins_by_the_national_portal_and_registers_nothing() {
    let key = Key::make("a");
    let provider = Provider::start(&key).await;
    let portal = provider.portal().await;
    let mut browser = portal.browser();
    let operator = |it: &mut Value| it["role"] = "operator".into();
    let answer = sign_in(&provider, &key, &mut browser, operator).await;
    assert_code(&answer, "ROLE_NOT_ALLOWED");
    portal.active(CODE, "13904510037").await;
    let answer = sign_in(&provider, &key, &mut browser, operator).await;
    assert_eq!(answer.location(), "/space");
}

#[tokio::test]
async fn np_01_a_person_signs_in_to_an_account_of_their_own() {
    let key = Key::make("a");
    let provider = Provider::start(&key).await;
    let portal = provider.portal().await;
    let mut browser = portal.browser();
    let asked = start(&mut browser, "personal").await;
    assert!(!asked.address.contains("organisation"));
    provider.say(key.sign("ES256", &provider.claims(&asked.nonce)));
    let answer = back(&mut browser, &asked.state).await;
    assert_eq!(answer.location(), "/space", "{}", answer.text());
    let number = "230102199705180024";
    let found = portal.app.accounts.by_name(AccountKind::Personal, number);
    let found = found.await.expect("reads").expect("an account");
    assert_eq!(found.proof, Proof::National);
}

#[tokio::test]
async fn np_01_a_provider_that_is_down_says_so_and_nothing_is_lost() {
    let key = Key::make("a");
    let mut provider = Provider::start(&key).await;
    provider.issuer = "http://127.0.0.1:9".to_owned();
    let portal = provider.portal().await;
    let answer = portal.browser().get("/login/national?kind=legal").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_code(&answer, "FED_UNAVAILABLE");
}

#[tokio::test]
async fn lg_06_a_site_without_the_national_portal_says_so_with_ways_on() {
    let portal = Portal::open().await;
    for kind in ["personal", "legal", "nobody"] {
        let path = format!("/login/national?kind={kind}");
        let answer = portal.browser().get(&path).await;
        assert_code(&answer, "NOT_CONNECTED");
        assert!(answer.text().contains("没有接通国家政务服务平台"));
    }
}
