//! The real adapters against the simulator, over a real socket.

use std::sync::Arc;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::http::{HttpMarket, HttpPopulation};
use super::state::{PersonStatus, RegisteredState};
use super::{MarketRegister as _, PopulationRegister as _, RegisterUnavailable, Registers, wire};
use crate::outside::client::{OutsideClient, Patience, Reply};
use crate::outside::fault::OutsideFault;
use crate::outside::settings::OutsideSettings;
use crate::simulator::tests::Running;

const CODE: &str = "91230102MA1B2C3D8J";
const NUMBER: &str = "230102199705180024";

/// Long enough for this machine, short enough for a test.
const PATIENCE: Patience = Patience {
    connect: Duration::from_millis(500),
    whole: Duration::from_millis(1500),
};

fn client(base: &str) -> OutsideClient {
    let settings = OutsideSettings::default();
    settings.client("test", base, PATIENCE).expect("a client")
}

fn market(running: &Running) -> HttpMarket {
    HttpMarket::new(client(&running.base("market")))
}

fn population(running: &Running) -> HttpPopulation {
    HttpPopulation::new(client(&running.base("population")))
}

/// Whether a fault is of the kind that is expected.
type Expected = fn(OutsideFault) -> bool;

fn malformed(fault: OutsideFault) -> bool {
    matches!(fault, OutsideFault::Malformed { .. })
}

#[tokio::test]
async fn ms_01_an_enterprise_is_read_with_all_its_fields() {
    let running = Running::start(None).await;
    let found = market(&running).enterprise(CODE).await.expect("answers");
    let found = found.expect("is there");
    assert_eq!(found.credit_code, CODE);
    assert_eq!(found.name, "北疆云杉科技（哈尔滨）有限公司");
    assert_eq!(found.kind, "有限责任公司(自然人独资)");
    assert_eq!(found.representative.name, "林知微");
    assert_eq!(found.representative.document_kind, "resident_id");
    assert_eq!(found.representative.document_number, NUMBER);
    assert_eq!(found.contact, "13904510037");
    assert_eq!(found.state, RegisteredState::InBusiness);
    assert!(found.active);
}

#[tokio::test]
async fn ms_01_an_enterprise_nobody_had_seen_is_found_and_an_unknown_one_is_not() {
    let running = Running::start(None).await;
    let market = market(&running);
    let found = market.enterprise("91230103MA1E2E2E8J").await;
    assert!(found.expect("answers").is_some());
    let unknown = market.enterprise("91230109MA1WHN150X").await;
    assert_eq!(unknown, Ok(None));
}

#[tokio::test]
async fn pr_08_persons_and_photos_are_read() {
    let running = Running::start(None).await;
    let population = population(&running);
    let found = population.person(NUMBER).await.expect("answers");
    let found = found.expect("is there");
    assert_eq!(
        (found.name.as_str(), found.status),
        ("林知微", PersonStatus::Normal)
    );
    assert_eq!(found.valid_to, "2043-06-12");
    let photo = population.photo(NUMBER).await.expect("answers");
    assert_eq!(photo.as_deref(), crate::samples::people::LIN_ZHIWEI.photo);
    let none = population.photo("230103198507110035").await;
    assert_eq!(none, Ok(None), "no photo on file");
    assert_eq!(population.photo("1").await, Ok(None));
    assert_eq!(population.person("1").await, Ok(None));
}

#[tokio::test]
async fn pr_08_the_dead_register_nothing() {
    let running = Running::start(None).await;
    let population = population(&running);
    let number = "230104199103050049";
    let found = population.person(number).await.expect("answers");
    assert_eq!(found.expect("on file").status, PersonStatus::Deceased);
    let registers = Registers::new(Arc::new(population), Arc::new(market(&running)));
    assert_eq!(registers.person(number).await, Ok(None));
}

#[tokio::test]
async fn ms_07_down_slow_and_wrong_are_told_apart_and_never_not_found() {
    let running = Running::start(None).await;
    let down: Expected = |fault| fault == OutsideFault::Down;
    let slow: Expected = |fault| fault == OutsideFault::Slow;
    let cases = [
        (json!({"fault": "down"}), down),
        (json!({"fault": "drop"}), down),
        (json!({"fault": "slow", "ms": 4000}), slow),
        (json!({"fault": "broken_json"}), malformed as Expected),
        (json!({"fault": "wrong_shape"}), malformed),
        (json!({"fault": "wrong_record"}), malformed),
        (json!({"fault": "foreign_not_found"}), malformed),
    ];
    for (fault, expected) in cases {
        for interface in ["population", "market"] {
            running.play(interface, &fault).await;
        }
        // A known and an unknown number: a fault is a fault for both.
        for code in [CODE, "91230109MA1WHN150X"] {
            let found = market(&running).enterprise(code).await;
            assert!(
                found.as_ref().is_err_and(|found| expected(*found)),
                "{fault}: {found:?}"
            );
        }
        let person = population(&running).person(NUMBER).await;
        assert!(
            person.as_ref().is_err_and(|found| expected(*found)),
            "{fault}: {person:?}"
        );
        let photo = population(&running).photo(NUMBER).await;
        assert!(photo.is_err_and(expected), "{fault}: the photo");
        let registers = Registers::new(Arc::new(population(&running)), Arc::new(market(&running)));
        assert_eq!(registers.enterprise(CODE).await, Err(RegisterUnavailable));
        assert_eq!(
            registers.legal_representative(CODE).await,
            Err(RegisterUnavailable)
        );
    }
    running.play("market", &json!({"fault": "none"})).await;
    assert!(
        market(&running)
            .enterprise(CODE)
            .await
            .expect("up")
            .is_some()
    );
}

#[tokio::test]
async fn ms_07_nobody_listening_is_down() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let found = HttpMarket::new(client(&base)).enterprise(CODE).await;
    assert_eq!(found, Err(OutsideFault::Down));
}

#[tokio::test]
async fn ms_07_a_query_is_repeated_once_when_it_found_nobody() {
    let running = Running::start(None).await;
    running
        .play("market", &json!({"fault": "down", "times": 1}))
        .await;
    let found = market(&running).enterprise(CODE).await;
    assert!(found.expect("the second try").is_some());
    assert_eq!(running.calls("market").await, 2);
    running.play("market", &json!({"fault": "down"})).await;
    let found = market(&running).enterprise(CODE).await;
    assert_eq!(found, Err(OutsideFault::Down));
    assert_eq!(running.calls("market").await, 4, "not a third time");
    running
        .play("market", &json!({"fault": "broken_json"}))
        .await;
    let found = market(&running).enterprise(CODE).await;
    assert!(found.is_err_and(malformed));
    assert_eq!(
        running.calls("market").await,
        5,
        "a wrong answer is not asked for again"
    );
}

#[tokio::test]
async fn ms_07_a_slow_register_costs_no_more_than_the_limit_and_then_rests() {
    let running = Running::start(None).await;
    running
        .play("market", &json!({"fault": "slow", "ms": 60_000}))
        .await;
    let patience = Patience {
        whole: Duration::from_millis(200),
        ..PATIENCE
    };
    let client = OutsideSettings::default().client("test", &running.base("market"), patience);
    let market = HttpMarket::new(client.expect("a client"));
    for _ in 0..crate::outside::breaker::MOST_FAILURES {
        let began = Instant::now();
        assert_eq!(market.enterprise(CODE).await, Err(OutsideFault::Slow));
        assert!(began.elapsed() < Duration::from_secs(2));
    }
    let before = running.calls("market").await;
    assert_eq!(market.enterprise(CODE).await, Err(OutsideFault::Down));
    assert_eq!(running.calls("market").await, before, "it is left alone");
}

#[tokio::test]
async fn ms_07_a_refused_token_is_a_wrong_answer_and_the_right_one_opens() {
    let running = Running::start(Some("s3cret")).await;
    let refused = market(&running).enterprise(CODE).await;
    assert!(refused.is_err_and(malformed));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("token");
    std::fs::write(&path, "s3cret\n").expect("writes");
    let settings = OutsideSettings {
        token: Some(path),
        ..OutsideSettings::default()
    };
    let base = running.base("market") + "/";
    let client = settings.client("test", &base, PATIENCE).expect("a client");
    let found = HttpMarket::new(client).enterprise(CODE).await;
    assert!(found.expect("let in").is_some());
}

#[tokio::test]
async fn ms_08_every_state_but_in_business_is_not_active() {
    let running = Running::start(None).await;
    let market = market(&running);
    for (code, state) in [
        ("91230104MA1F3F3F1K", RegisteredState::Deregistered),
        ("91230106MA1H5H5H9R", RegisteredState::Revoked),
        ("91230107MA1J6J6J41", RegisteredState::Abnormal),
    ] {
        let found = market.enterprise(code).await.expect("answers");
        let found = found.expect("is there");
        assert_eq!((found.state, found.active), (state, false));
    }
}

/// A right answer of the market register.
fn right() -> Value {
    json!({
        "credit_code": CODE, "name": "样例", "type": "", "registered_state": "存续",
        "representative": {"name": "林知微", "document_kind": "resident_id",
                           "document_number": NUMBER},
        "contact": "", "new_field": {"a": [1]},
    })
}

fn reply(not_found: bool, body: &Value) -> Reply {
    Reply {
        not_found,
        body: body.to_string().into_bytes(),
    }
}

#[test]
fn ms_01_every_field_is_needed_and_of_its_type() {
    let read = |body: &Value| wire::enterprise(CODE, &reply(false, body));
    assert!(
        read(&right()).expect("reads").is_some(),
        "unknown fields are passed over"
    );
    let paths = [
        "/credit_code",
        "/name",
        "/type",
        "/registered_state",
        "/representative",
        "/contact",
        "/representative/name",
        "/representative/document_kind",
        "/representative/document_number",
    ];
    for path in paths {
        for wrong in [json!(null), json!(7), json!(["x"]), json!("\u{7}")] {
            let mut body = right();
            *body.pointer_mut(path).expect(path) = wrong.clone();
            assert!(read(&body).is_err_and(malformed), "{path} {wrong}");
        }
        let (parent, name) = path.rsplit_once('/').expect("a path");
        let mut body = right();
        let parent = body.pointer_mut(parent).and_then(Value::as_object_mut);
        parent.expect(path).remove(name);
        assert!(read(&body).is_err_and(malformed), "{path} missing");
    }
}

#[test]
fn ms_07_only_the_documented_404_about_the_same_number_is_not_found() {
    let read = |body: &Value| wire::enterprise(CODE, &reply(true, body));
    let said = json!({"error": "not_found", "credit_code": CODE});
    assert_eq!(read(&said), Ok(None));
    for other in [
        json!({"error": "not_found", "credit_code": "91230109MA1WHN150K"}),
        json!({"error": "not_found"}),
        json!({"error": "no_photo", "credit_code": CODE}),
        json!({"credit_code": CODE}),
        json!({}),
        right(),
    ] {
        assert!(read(&other).is_err_and(malformed), "{other}");
    }
}

#[test]
fn pr_05_an_id_card_without_days_of_validity_is_a_wrong_answer() {
    let person = |from: Value, to: Value, kind: &str| {
        let body = json!({"document_number": "1", "document_kind": kind, "name": "样例",
                          "valid_from": from, "valid_to": to, "status": "normal"});
        wire::person("1", &reply(false, &body))
    };
    let (day, none) = (json!("2016-03-07"), Value::Null);
    assert!(person(day.clone(), json!("9999-12-31"), "resident_id").is_ok());
    assert!(person(none.clone(), none.clone(), "taiwan_permit").is_ok());
    for (from, to) in [(&day, &none), (&none, &day), (&day, &json!("2016-3-7"))] {
        let read = person(from.clone(), to.clone(), "resident_id");
        assert!(read.is_err_and(malformed), "{from} {to}");
    }
}

proptest! {
    #[test]
    fn ms_07_any_bytes_are_an_answer_or_a_typed_fault(
        body in proptest::collection::vec(any::<u8>(), 0..200),
        not_found in any::<bool>(),
    ) {
        let reply = Reply { not_found, body };
        let _ = wire::person(NUMBER, &reply);
        let _ = wire::photo(NUMBER, &reply);
        let _ = wire::enterprise(CODE, &reply);
        let _ = crate::sms::http::receipt("1", &reply);
        let _ = crate::sms::http::status(&reply);
    }

    /// A right answer with some bytes changed: read, or a typed fault; never another enterprise.
    #[test]
    fn ms_07_a_damaged_answer_is_never_another_enterprise(
        at in any::<prop::sample::Index>(), byte in any::<u8>(),
    ) {
        let mut body = right().to_string().into_bytes();
        let at = at.index(body.len());
        body[at] = byte;
        if let Ok(found) = wire::enterprise(CODE, &Reply { not_found: false, body }) {
            prop_assert_eq!(found.expect("no 404").credit_code, CODE);
        }
    }
}
