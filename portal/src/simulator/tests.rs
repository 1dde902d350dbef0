//! The simulator over a real socket, and the `OpenAPI` file held against it.

mod openapi;

use serde_json::{Value, json};

use super::Simulator;
use super::records::{Records, RecordsError};

/// A simulator that listens on this machine until it is dropped.
pub(crate) struct Running {
    pub(crate) simulator: Simulator,
    pub(crate) origin: String,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Running {
    /// Knows the samples and what the tests add.
    pub(crate) async fn start(token: Option<&str>) -> Self {
        let mut records = Records::samples();
        records.add(MORE.as_bytes()).expect("records");
        let simulator = Simulator::new(records, token);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("listens");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let router = simulator.router();
        let serve = async move { axum::serve(listener, router).await.expect("serves") };
        Self {
            simulator,
            origin,
            task: tokio::spawn(serve),
        }
    }

    /// The base address of an interface.
    pub(crate) fn base(&self, interface: &str) -> String {
        format!("{}/{interface}", self.origin)
    }

    /// One request, by hand; status and body.
    pub(crate) async fn say(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(no_tls())
            .build()
            .expect("a client");
        let method = reqwest::Method::from_bytes(method.as_bytes()).expect("a method");
        let address = format!("{}{path}", self.origin);
        let request = client.request(method, address).body(body.to_string());
        let answer = request.send().await.expect("answers");
        let status = answer.status().as_u16();
        let text = answer.text().await.expect("a body");
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    /// Lets an interface play a fault.
    pub(crate) async fn play(&self, interface: &str, fault: &Value) {
        let path = format!("/admin/faults/{interface}");
        let (status, _) = self.say("PUT", &path, fault).await;
        assert_eq!(status, 200, "{fault}");
    }

    /// How often an interface was called.
    pub(crate) async fn calls(&self, interface: &str) -> u64 {
        let (_, all) = self.say("GET", "/admin/interfaces", &Value::Null).await;
        all[interface]["calls"].as_u64().expect("a count")
    }
}

fn no_tls() -> rustls::ClientConfig {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}

/// Invented, like everybody here: an enterprise for each state, and a person who died.
pub(crate) const MORE: &str = r#"{
    "persons": [
        {"document_number": "230103198802140034", "document_kind": "resident_id",
         "name": "沈听澜", "valid_from": "2020-05-06", "valid_to": "2040-05-06"},
        {"document_number": "230104199103050049", "document_kind": "resident_id",
         "name": "顾望舒", "valid_from": "2020-05-06", "valid_to": "2040-05-06",
         "status": "deceased"}
    ],
    "enterprises": [
        {"credit_code": "91230103MA1E2E2E8J", "name": "听澜样例造船有限公司",
         "type": "有限责任公司(自然人独资)", "contact": "13904510099",
         "representative": {"name": "沈听澜", "document_kind": "resident_id",
                            "document_number": "230103198802140034"}},
        {"credit_code": "91230104MA1F3F3F1K", "name": "听澜样例旧船有限公司",
         "registered_state": "注销", "contact": "13904510099",
         "representative": {"name": "沈听澜", "document_kind": "resident_id",
                            "document_number": "230103198802140034"}},
        {"credit_code": "91230106MA1H5H5H9R", "name": "听澜样例沉船有限公司",
         "registered_state": "吊销", "contact": "13904510099",
         "representative": {"name": "沈听澜", "document_kind": "resident_id",
                            "document_number": "230103198802140034"}},
        {"credit_code": "91230107MA1J6J6J41", "name": "听澜样例漏船有限公司",
         "registered_state": "异常", "contact": "13904510099",
         "representative": {"name": "沈听澜", "document_kind": "resident_id",
                            "document_number": "230103198802140034"}}
    ]
}"#;

#[test]
fn records_that_a_portal_would_not_take_are_refused_by_their_place() {
    let mut records = Records::samples();
    let before = records.enterprises.len();
    assert!(matches!(
        records.add(b"{\n  \"person\": []}"),
        Err(RecordsError::Form { line: 2, .. })
    ));
    let cases = [
        (
            "\"91230103MA1E2E2E8J\"",
            "\"91230103MA1E2E2E8K\"",
            "enterprise 1",
        ),
        ("\"吊销\"", "\"吊\"", "enterprise 3"),
        ("\"2020-05-06\"", "\"2020.05.06\"", "person 1"),
        ("\"deceased\"", "\"dead\"", "person 2"),
        ("\"沈听澜\"", "\"\"", "person 1"),
    ];
    for (right, wrong, at) in cases {
        let error = records.add(MORE.replacen(right, wrong, 1).as_bytes());
        let said = error.expect_err(wrong).to_string();
        assert!(said.starts_with(at), "{said}");
    }
    assert_eq!(records.enterprises.len(), before, "all or none");
}

#[tokio::test]
async fn ms_03_a_filing_that_was_changed_is_there_at_once() {
    let running = Running::start(None).await;
    let asked = json!({ "credit_code": "91230103MA1E2E2E8J" });
    let path = "/market/enterprises/query";
    let (_, before) = running.say("POST", path, &asked).await;
    assert_eq!(before["contact"], "13904510099");
    let changed: Value =
        serde_json::from_str(&MORE.replace("13904510099", "13904510098")).expect("JSON");
    let (status, _) = running.say("POST", "/admin/records", &changed).await;
    assert_eq!(status, 200);
    let (_, after) = running.say("POST", path, &asked).await;
    assert_eq!(after["contact"], "13904510098");
}

#[tokio::test]
async fn a_caller_without_the_token_learns_nothing() {
    let running = Running::start(Some("right")).await;
    let asked = json!({ "credit_code": "91230103MA1E2E2E8J" });
    let (status, body) = running
        .say("POST", "/market/enterprises/query", &asked)
        .await;
    assert_eq!((status, body), (401, json!({ "error": "unauthorised" })));
    assert!(running.simulator.lets_in(Some(b"Bearer right")));
    assert!(!running.simulator.lets_in(Some(b"Bearer wrong")));
}
