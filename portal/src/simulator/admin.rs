//! What a test or a person at a demo may look at and switch.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};

use crate::simulator::Simulator;
use crate::simulator::fault::{Interface, Playing};
use crate::simulator::interfaces::say;

/// What each interface plays, and how often it was called.
pub async fn interfaces(State(sim): State<Simulator>) -> Response {
    let playing = sim.with(|state| state.playing);
    let all: Map<String, Value> = Interface::ALL
        .iter()
        .map(|interface| {
            let now = json!(playing[*interface as usize]);
            (interface.name().to_owned(), now)
        })
        .collect();
    say(StatusCode::OK, &Value::Object(all))
}

/// Switches the fault of one interface, and says what it plays now.
pub async fn set_fault(
    State(sim): State<Simulator>,
    Path(interface): Path<String>,
    body: Bytes,
) -> Response {
    let known = Interface::ALL
        .into_iter()
        .find(|known| known.name() == interface);
    let Some(interface) = known else {
        return say(
            StatusCode::NOT_FOUND,
            &json!({ "error": "no_such_interface" }),
        );
    };
    match serde_json::from_slice::<Playing>(&body) {
        Err(error) => refused(&error.to_string()),
        Ok(asked) => {
            let now = sim.with(|state| {
                let playing = &mut state.playing[interface as usize];
                *playing = Playing {
                    calls: playing.calls,
                    ..asked
                };
                *playing
            });
            say(StatusCode::OK, &json!(now))
        }
    }
}

/// The messages that were taken, newest first.
pub async fn messages(State(sim): State<Simulator>) -> Response {
    let mut messages = sim.with(|state| state.messages.clone());
    messages.reverse();
    say(StatusCode::OK, &Value::Array(messages))
}

/// Adds or replaces records, all or none; a filing that was changed is there at once.
pub async fn add_records(State(sim): State<Simulator>, body: Bytes) -> Response {
    if let Err(error) = sim.with(|state| state.records.add(&body)) {
        return refused(&error.to_string());
    }
    let counts = sim.with(|state| {
        json!({
            "persons": state.records.persons.len(),
            "enterprises": state.records.enterprises.len(),
        })
    });
    say(StatusCode::OK, &counts)
}

fn refused(why: &str) -> Response {
    let body = json!({ "error": "bad_request", "why": why });
    say(StatusCode::BAD_REQUEST, &body)
}
