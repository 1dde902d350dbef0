//! The `OpenAPI` file against what is served: every path, every documented status, every field.

use quanshengshi_rules::document::kind::DocumentKind;
use serde_json::{Value, json};

use super::Running;
use crate::registers::state::RegisteredState;
use crate::simulator::paths;

fn file() -> Value {
    serde_json::from_str(include_str!("../../../openapi/registers.json")).expect("JSON")
}

/// A call that must end with a documented status.
struct Call {
    method: &'static str,
    path: &'static str,
    body: Value,
    status: u16,
}

fn call(method: &'static str, path: &'static str, body: Value, status: u16) -> Call {
    Call {
        method,
        path,
        body,
        status,
    }
}

fn calls() -> Vec<Call> {
    let person = |number: &str| json!({ "document_number": number });
    let enterprise = |code: &str| json!({ "credit_code": code });
    let message = json!({ "id": "1", "mobile": "13904510037", "text": "样例" });
    let more: Value = serde_json::from_str(super::MORE).expect("JSON");
    vec![
        call("POST", paths::PERSON, person("230102199705180024"), 200),
        call("POST", paths::PERSON, person("1"), 404),
        call("POST", paths::PERSON, json!({ "number": 1 }), 400),
        call("POST", paths::PHOTO, person("230102199705180024"), 200),
        call("POST", paths::PHOTO, person("230103198507110035"), 404),
        call("POST", paths::PHOTO, json!([]), 400),
        call(
            "POST",
            paths::ENTERPRISE,
            enterprise("91230102MA1B2C3D8J"),
            200,
        ),
        call("POST", paths::ENTERPRISE, enterprise("1"), 404),
        call("POST", paths::ENTERPRISE, json!(null), 400),
        call("POST", paths::MESSAGES, message, 200),
        call("POST", paths::MESSAGES, json!({ "id": "1" }), 400),
        call("GET", paths::STATUS, json!(null), 200),
        call("GET", paths::INTERFACES, json!(null), 200),
        call("PUT", "/admin/faults/sms", json!({ "fault": "none" }), 200),
        call("PUT", "/admin/faults/sms", json!({ "fault": "slow" }), 400),
        call("PUT", "/admin/faults/post", json!({ "fault": "none" }), 404),
        call("GET", paths::SENT, json!(null), 200),
        call("POST", paths::RECORDS, more, 200),
        call("POST", paths::RECORDS, json!({ "people": [] }), 400),
    ]
}

/// The documented path of a called one.
fn documented(path: &str) -> &str {
    if path.starts_with("/admin/faults/") {
        paths::FAULTS
    } else {
        path
    }
}

#[tokio::test]
async fn ms_01_what_is_served_is_what_the_file_says() {
    let (file, running) = (file(), Running::start(None).await);
    for call in calls() {
        let operation = &file["paths"][documented(call.path)][call.method.to_lowercase()];
        let at = format!("{} {} {}", call.method, call.path, call.status);
        let (status, body) = running.say(call.method, call.path, &call.body).await;
        assert_eq!(status, call.status, "{at}: {body}");
        let answer = &operation["responses"][status.to_string()]["content"];
        let schema = &answer["application/json"]["schema"];
        assert!(schema.is_object(), "{at} is not documented");
        check(&file, schema, &body, &at);
        let asked = &operation["requestBody"]["content"]["application/json"]["schema"];
        if status == 200 && asked.is_object() {
            check(&file, asked, &call.body, &format!("{at}, the request"));
        }
    }
    for interface in ["population", "market", "sms"] {
        running.play(interface, &json!({ "fault": "down" })).await;
    }
    for path in [
        paths::PERSON,
        paths::PHOTO,
        paths::ENTERPRISE,
        paths::MESSAGES,
    ] {
        let (status, body) = running.say("POST", path, &json!({})).await;
        assert_eq!(status, 503, "{path}");
        let answer = &file["paths"][path]["post"]["responses"]["503"]["content"];
        check(&file, &answer["application/json"]["schema"], &body, path);
    }
}

#[test]
fn ms_01_the_file_and_the_program_name_the_same_paths() {
    let file = file();
    let paths_of_file = file["paths"].as_object().expect("paths");
    let mut named: Vec<&str> = paths_of_file.keys().map(String::as_str).collect();
    let mut served = paths::ALL.to_vec();
    named.sort_unstable();
    served.sort_unstable();
    assert_eq!(named, served);
    let called: Vec<&str> = calls().iter().map(|call| documented(call.path)).collect();
    for path in served {
        assert!(called.contains(&path), "{path} is never called here");
    }
}

#[test]
fn ms_01_the_states_and_kinds_of_the_file_are_those_of_the_portal() {
    let file = file();
    let schemas = &file["components"]["schemas"];
    let states = RegisteredState::ALL.map(RegisteredState::word);
    let named = &schemas["Enterprise"]["properties"]["registered_state"]["enum"];
    assert_eq!(named, &json!(states));
    let kinds = DocumentKind::ALL.map(DocumentKind::as_str);
    let named = &schemas["Person"]["properties"]["document_kind"]["enum"];
    assert_eq!(named, &json!(kinds));
}

/// Holds a value against the part of JSON Schema that the file uses.
fn check(file: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix("#/").expect("a local name");
        let target = file.pointer(&format!("/{name}")).expect(name);
        return check(file, target, value, at);
    }
    let types = match &schema["type"] {
        Value::Array(types) => types.clone(),
        one => vec![one.clone()],
    };
    let fits = types.iter().any(|name| match name.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_u64() || value.is_i64(),
        Some("null") => value.is_null(),
        other => panic!("{at}: a type {other:?} in the file"),
    });
    assert!(fits, "{at}: {value} is no {types:?}");
    if let Some(allowed) = schema["enum"].as_array() {
        assert!(allowed.contains(value), "{at}: {value} is no {allowed:?}");
    }
    for item in value.as_array().into_iter().flatten() {
        check(file, &schema["items"], item, &format!("{at}[]"));
    }
    if let Some(fields) = value.as_object() {
        for name in schema["required"].as_array().into_iter().flatten() {
            let name = name.as_str().expect("a name");
            assert!(fields.contains_key(name), "{at}: {name} is missing");
        }
        for (name, field) in fields {
            let known = &schema["properties"][name];
            assert!(known.is_object(), "{at}: {name} is not documented");
            check(file, known, field, &format!("{at}.{name}"));
        }
    }
}
