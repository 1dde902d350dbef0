//! A stand-alone program that answers for the outside systems: `qss-portal simulate`.
//!
//! It serves the three interfaces of `openapi/registers.json` over a real socket, so that the
//! portal's real HTTP adapters are what demos and journeys use, and one more ([`admin`]) that
//! makes an interface go down, slow or wrong and shows the messages that were "sent". The program
//! ([`program`]) serves the electronic licence's stand-in beside them. It knows
//! the invented people and enterprises of the samples, and whatever a file adds ([`records`]).
//! It listens on this machine only: whoever may switch faults may also read the messages.

pub mod admin;
pub mod fault;
pub mod interfaces;
pub mod program;
pub mod records;

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::{get, post, put};
use quanshengshi_protocol::ids::Digest;
use serde_json::json;

use crate::simulator::fault::{Interface, Playing};
use crate::simulator::records::Records;

/// The paths it serves, as the `OpenAPI` file names them.
pub mod paths {
    /// A person by document number.
    pub const PERSON: &str = "/population/persons/query";
    /// The photo of a person.
    pub const PHOTO: &str = "/population/persons/photo";
    /// An enterprise by credit code.
    pub const ENTERPRISE: &str = "/market/enterprises/query";
    /// Takes a message.
    pub const MESSAGES: &str = "/sms/messages";
    /// Whether the gateway takes messages.
    pub const STATUS: &str = "/sms/status";
    /// What each interface plays, and how often it was called.
    pub const INTERFACES: &str = "/admin/interfaces";
    /// Switches the fault of one interface.
    pub const FAULTS: &str = "/admin/faults/{interface}";
    /// The messages that were taken.
    pub const SENT: &str = "/admin/messages";
    /// Adds or replaces records.
    pub const RECORDS: &str = "/admin/records";
    /// All of them.
    pub const ALL: [&str; 9] = [
        PERSON, PHOTO, ENTERPRISE, MESSAGES, STATUS, INTERFACES, FAULTS, SENT, RECORDS,
    ];
}

/// The most bytes of a request: records with photos.
const LONGEST_REQUEST: usize = 16 << 20;

/// The systems that are stood in for. Clones are one.
#[derive(Debug, Clone)]
pub struct Simulator(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    /// The digest of the token that callers must show, if any.
    token: Option<Digest>,
    state: Mutex<State>,
}

/// What changes while it runs.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) records: Records,
    pub(crate) playing: [Playing; Interface::ALL.len()],
    pub(crate) messages: Vec<serde_json::Value>,
}

impl Simulator {
    /// With records; callers must show the token when there is one.
    pub fn new(records: Records, token: Option<&str>) -> Self {
        Self(Arc::new(Parts {
            token: token.map(|token| Digest::of(format!("Bearer {token}").as_bytes())),
            state: Mutex::new(State {
                records,
                playing: Default::default(),
                messages: Vec::new(),
            }),
        }))
    }

    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.0.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether a caller shows the token. Digests are compared, so time tells nothing of it.
    pub(crate) fn lets_in(&self, shown: Option<&[u8]>) -> bool {
        let Some(token) = self.0.token else {
            return true;
        };
        shown.is_some_and(|shown| Digest::of(shown) == token)
    }

    /// Everything it serves.
    pub fn router(&self) -> Router {
        Router::new()
            .route(paths::PERSON, post(interfaces::person))
            .route(paths::PHOTO, post(interfaces::photo))
            .route(paths::ENTERPRISE, post(interfaces::enterprise))
            .route(paths::MESSAGES, post(interfaces::message))
            .route(paths::STATUS, get(interfaces::status))
            .route(paths::INTERFACES, get(admin::interfaces))
            .route(paths::FAULTS, put(admin::set_fault))
            .route(paths::SENT, get(admin::messages))
            .route(paths::RECORDS, post(admin::add_records))
            .fallback(|| async {
                interfaces::say(StatusCode::NOT_FOUND, &json!({"error": "no_such_path"}))
            })
            .layer(DefaultBodyLimit::max(LONGEST_REQUEST))
            .with_state(self.clone())
    }
}

#[cfg(test)]
pub(crate) mod tests;
