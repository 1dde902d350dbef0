//! The three interfaces, each with the fault it plays.

use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use quanshengshi_rules::mobile::Mobile;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::clock::{Clock, SystemClock};
use crate::simulator::Simulator;
use crate::simulator::fault::{Fault, Interface};

/// The most messages that are kept; the oldest go first.
const MOST_MESSAGES: usize = 1000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonQuery {
    document_number: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EnterpriseQuery {
    credit_code: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    id: String,
    mobile: String,
    text: String,
}

/// What an interface says when it plays no fault, or is wrong about whom it was asked.
type Said = (StatusCode, Value);

/// A person by document number.
pub async fn person(State(sim): State<Simulator>, headers: HeaderMap, body: Bytes) -> Response {
    play(&sim, Interface::Population, &headers, |wrong| {
        let asked = read::<PersonQuery>(&body)?.document_number;
        Ok(sim.with(|state| {
            let persons = &state.records.persons;
            let found = if wrong {
                persons.values().find(|one| one.document_number != asked)
            } else {
                persons.get(&asked)
            };
            match found {
                Some(found) => (StatusCode::OK, json!(found)),
                None => nobody("not_found", "document_number", &asked),
            }
        }))
    })
    .await
}

/// The photo of a person.
pub async fn photo(State(sim): State<Simulator>, headers: HeaderMap, body: Bytes) -> Response {
    play(&sim, Interface::Population, &headers, |wrong| {
        let asked = read::<PersonQuery>(&body)?.document_number;
        Ok(sim.with(|state| {
            let persons = &state.records.persons;
            let other = |number: &str| wrong && number != asked;
            let found = persons
                .values()
                .find(|one| one.photo.is_some() && other(&one.document_number));
            match found.or_else(|| persons.get(&asked)) {
                None => nobody("not_found", "document_number", &asked),
                Some(one) => match &one.photo {
                    None => nobody("no_photo", "document_number", &asked),
                    Some(photo) => {
                        let number = &one.document_number;
                        let answer = json!({ "document_number": number, "photo": photo });
                        (StatusCode::OK, answer)
                    }
                },
            }
        }))
    })
    .await
}

/// An enterprise by credit code.
pub async fn enterprise(State(sim): State<Simulator>, headers: HeaderMap, body: Bytes) -> Response {
    play(&sim, Interface::Market, &headers, |wrong| {
        let asked = read::<EnterpriseQuery>(&body)?.credit_code;
        Ok(sim.with(|state| {
            let enterprises = &state.records.enterprises;
            let found = if wrong {
                enterprises.values().find(|one| one.credit_code != asked)
            } else {
                enterprises.get(&asked)
            };
            match found {
                Some(found) => (StatusCode::OK, json!(found)),
                None => nobody("not_found", "credit_code", &asked),
            }
        }))
    })
    .await
}

/// Takes a message; the same identity is taken once.
pub async fn message(State(sim): State<Simulator>, headers: HeaderMap, body: Bytes) -> Response {
    play(&sim, Interface::Sms, &headers, |wrong| {
        let message: Message = read(&body)?;
        if Mobile::parse(&message.mobile).is_err() {
            return Ok((
                StatusCode::OK,
                json!({ "id": message.id, "accepted": false }),
            ));
        }
        sim.with(|state| {
            let kept = &mut state.messages;
            if !kept.iter().any(|one| one["id"] == message.id.as_str()) {
                if kept.len() >= MOST_MESSAGES {
                    kept.remove(0);
                }
                kept.push(json!({
                    "id": message.id,
                    "mobile": message.mobile,
                    "text": message.text,
                    "at_ms": SystemClock.now_ms(),
                }));
            }
        });
        let id = if wrong { "another" } else { &message.id };
        Ok((StatusCode::OK, json!({ "id": id, "accepted": true })))
    })
    .await
}

/// Whether the gateway takes messages.
pub async fn status(State(sim): State<Simulator>, headers: HeaderMap) -> Response {
    play(&sim, Interface::Sms, &headers, |_| {
        Ok((StatusCode::OK, json!({ "ready": true })))
    })
    .await
}

/// An answer in JSON.
pub fn say(status: StatusCode, body: &Value) -> Response {
    raw(status, "application/json", body.to_string())
}

fn raw(status: StatusCode, kind: &'static str, body: String) -> Response {
    (status, [(header::CONTENT_TYPE, kind)], body).into_response()
}

fn nobody(error: &str, field: &str, asked: &str) -> Said {
    (
        StatusCode::NOT_FOUND,
        json!({ "error": error, field: asked }),
    )
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Said> {
    serde_json::from_slice(body)
        .map_err(|_| (StatusCode::BAD_REQUEST, json!({ "error": "bad_request" })))
}

async fn play(
    sim: &Simulator,
    interface: Interface,
    headers: &HeaderMap,
    answer: impl FnOnce(bool) -> Result<Said, Said>,
) -> Response {
    let shown = headers.get(header::AUTHORIZATION);
    if !sim.lets_in(shown.map(axum::http::HeaderValue::as_bytes)) {
        return say(
            StatusCode::UNAUTHORIZED,
            &json!({ "error": "unauthorised" }),
        );
    }
    let fault = sim.with(|state| state.playing[interface as usize].count());
    let right = |wrong| {
        let (status, body) = answer(wrong).unwrap_or_else(|refused| refused);
        say(status, &body)
    };
    match fault {
        Fault::None => right(false),
        Fault::WrongRecord => right(true),
        Fault::Slow { ms } => {
            tokio::time::sleep(Duration::from_millis(ms)).await;
            right(false)
        }
        Fault::Down => say(
            StatusCode::SERVICE_UNAVAILABLE,
            &json!({ "error": "unavailable" }),
        ),
        Fault::BrokenJson => raw(
            StatusCode::OK,
            "application/json",
            "{\"name\":\"北疆".to_owned(),
        ),
        Fault::WrongShape => say(StatusCode::OK, &json!({ "data": [] })),
        Fault::ForeignNotFound => raw(
            StatusCode::NOT_FOUND,
            "text/html",
            "<h1>404 Not Found</h1>".to_owned(),
        ),
        Fault::Drop => {
            let parts = [
                Ok(Bytes::from_static(b"{\"name\":")),
                Err(io::Error::from(io::ErrorKind::ConnectionReset)),
            ];
            let body = Body::from_stream(tokio_stream::iter(parts));
            (StatusCode::OK, body).into_response()
        }
    }
}
