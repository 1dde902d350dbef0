use std::sync::Arc;

use quanshengshi_protocol::ids::Digest;

use super::limits::HOUR_MS;
use super::outbox::SampleGateway;
use super::{PAUSE_MS, Purpose, Recipient, Sms, SmsError, SmsGateway};
use crate::clock::SteppedClock;
use crate::random::Random;
use crate::store::Store;

struct Room {
    sms: Sms,
    gateway: SampleGateway,
    clock: SteppedClock,
    _folder: tempfile::TempDir,
}

fn room() -> Room {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("portal.sqlite3")).expect("opens");
    let clock = SteppedClock::at(1_795_397_460_000);
    let gateway = SampleGateway::new(store.clone(), Arc::new(clock.clone()));
    let port = Arc::new(gateway.clone());
    Room {
        sms: Sms::new(store, Arc::new(clock.clone()), Random::default(), port).expect("a key"),
        gateway,
        clock,
        _folder: folder,
    }
}

fn to(purpose: Purpose, mobile: &str) -> Recipient {
    Recipient {
        purpose,
        mobile: mobile.to_owned(),
        session: Digest::of(b"session"),
    }
}

async fn newest(gateway: &SampleGateway) -> String {
    let outbox = gateway.outbox().await.expect("reads");
    let text = &outbox.first().expect("a message").text;
    text.chars().filter(char::is_ascii_digit).take(6).collect()
}

#[tokio::test]
async fn sm_01_a_code_is_spent_once_and_for_one_purpose() {
    let Room {
        sms,
        gateway,
        _folder,
        ..
    } = room();
    let here = || to(Purpose::Registration, "13904510037");
    sms.send_code(here(), "10.0.0.*").await.expect("sends");
    let code = newest(&gateway).await;
    let elsewhere = sms
        .check_code(to(Purpose::SignIn, "13904510037"), &code)
        .await;
    assert!(matches!(elsewhere, Err(SmsError::Expired)));
    sms.check_code(here(), &code).await.expect("checks");
    sms.spend_code(here(), &code).await.expect("still there");
    assert!(matches!(
        sms.spend_code(here(), &code).await,
        Err(SmsError::Expired)
    ));
}

#[tokio::test]
async fn sm_01_five_wrong_tries_kill_a_code() {
    let Room {
        sms,
        gateway,
        _folder,
        ..
    } = room();
    let here = || to(Purpose::Registration, "13904510037");
    sms.send_code(here(), "10.0.0.*").await.expect("sends");
    let code = newest(&gateway).await;
    let wrong = if code == "000000" { "111111" } else { "000000" };
    for _ in 0..5 {
        assert!(matches!(
            sms.check_code(here(), wrong).await,
            Err(SmsError::Wrong)
        ));
    }
    assert!(matches!(
        sms.check_code(here(), &code).await,
        Err(SmsError::Expired)
    ));
}

#[tokio::test]
async fn sm_01_one_a_minute_and_five_an_hour_for_a_number() {
    let Room {
        sms,
        clock,
        _folder,
        ..
    } = room();
    let here = || to(Purpose::Registration, "13904510037");
    for _ in 0..5 {
        sms.send_code(here(), "10.0.0.*").await.expect("sends");
        let soon = sms.send_code(here(), "10.0.0.*").await;
        assert!(
            matches!(soon, Err(SmsError::TooOften { wait_ms: PAUSE_MS })),
            "{soon:?}"
        );
        clock.advance(PAUSE_MS);
    }
    let wait = HOUR_MS - 5 * PAUSE_MS;
    let sixth = sms.send_code(here(), "10.0.0.*").await;
    assert!(
        matches!(sixth, Err(SmsError::TooOften { wait_ms }) if wait_ms == wait),
        "{sixth:?}"
    );
    sms.send_code(to(Purpose::Registration, "13804510086"), "10.0.0.*")
        .await
        .expect("another number");
}

#[tokio::test]
async fn sm_01_twenty_an_hour_for_a_network() {
    let Room { sms, _folder, .. } = room();
    for at in 0..20 {
        let mobile = format!("139045100{at:02}");
        sms.send_code(to(Purpose::SignIn, &mobile), "10.0.0.*")
            .await
            .expect("sends");
    }
    let more = sms
        .send_code(to(Purpose::SignIn, "13804510086"), "10.0.0.*")
        .await;
    assert!(matches!(more, Err(SmsError::TooOften { .. })));
    sms.send_code(to(Purpose::SignIn, "13804510086"), "10.0.1.*")
        .await
        .expect("another network");
}

/// A gateway that ends as it is told to, and keeps what it was given.
#[derive(Debug, Default)]
struct Told {
    end: std::sync::Mutex<Option<SmsError>>,
    texts: std::sync::Mutex<Vec<String>>,
}

impl Told {
    fn next(&self, end: Option<SmsError>) {
        *self.end.lock().expect("held") = end;
    }

    fn newest(&self) -> String {
        let texts = self.texts.lock().expect("held");
        let text = texts.last().expect("a message");
        text.chars().filter(char::is_ascii_digit).take(6).collect()
    }
}

#[async_trait::async_trait]
impl SmsGateway for Told {
    async fn send(&self, _: &str, text: &str) -> Result<(), SmsError> {
        self.texts.lock().expect("held").push(text.to_owned());
        self.end.lock().expect("held").take().map_or(Ok(()), Err)
    }
}

fn told() -> (Sms, Arc<Told>, SteppedClock, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("portal.sqlite3")).expect("opens");
    let clock = SteppedClock::at(1_795_397_460_000);
    let gateway = Arc::new(Told::default());
    let port = Arc::clone(&gateway) as Arc<dyn SmsGateway>;
    let sms = Sms::new(store, Arc::new(clock.clone()), Random::default(), port);
    (sms.expect("a key"), gateway, clock, folder)
}

#[tokio::test]
async fn sm_01_a_message_that_was_not_taken_costs_no_pause_and_opens_nothing() {
    let (sms, gateway, clock, _folder) = told();
    let here = || to(Purpose::Registration, "13904510037");
    sms.send_code(here(), "10.0.0.*").await.expect("sends");
    let first = gateway.newest();
    clock.advance(PAUSE_MS);
    // Two, for the wrong tries with lost codes count against the living one.
    for _ in 0..2 {
        gateway.next(Some(SmsError::Gateway));
        let refused = sms.send_code(here(), "10.0.0.*").await;
        assert!(matches!(refused, Err(SmsError::Gateway)), "{refused:?}");
        let lost = gateway.newest();
        if lost != first {
            let tried = sms.check_code(here(), &lost).await;
            assert!(matches!(tried, Err(SmsError::Wrong)), "{tried:?}");
        }
    }
    sms.check_code(here(), &first).await.expect("still alive");
    sms.send_code(here(), "10.0.0.*").await.expect("no pause");
    let second = gateway.newest();
    if second != first {
        let old = sms.check_code(here(), &first).await;
        assert!(matches!(old, Err(SmsError::Wrong)), "{old:?}");
    }
    sms.spend_code(here(), &second).await.expect("alive");
}

#[tokio::test]
async fn sm_01_messages_nobody_is_sure_of_count_for_the_hour_only() {
    let (sms, gateway, _clock, _folder) = told();
    let here = || to(Purpose::Registration, "13904510037");
    for _ in 0..5 {
        gateway.next(Some(SmsError::Unsure));
        let unsure = sms.send_code(here(), "10.0.0.*").await;
        assert!(matches!(unsure, Err(SmsError::Gateway)), "{unsure:?}");
        let code = gateway.newest();
        let tried = sms.check_code(here(), &code).await;
        assert!(matches!(tried, Err(SmsError::Expired)), "not alive");
    }
    let sixth = sms.send_code(here(), "10.0.0.*").await;
    assert!(
        matches!(sixth, Err(SmsError::TooOften { wait_ms: HOUR_MS })),
        "{sixth:?}"
    );
}

mod gateway {
    use std::time::Duration;

    use serde_json::json;

    use crate::outside::client::Patience;
    use crate::outside::settings::OutsideSettings;
    use crate::random::Random;
    use crate::simulator::tests::Running;
    use crate::sms::http::HttpGateway;
    use crate::sms::{SmsError, SmsGateway as _};

    /// A gateway of its own each time, so that no failure before makes it rest.
    fn gateway(running: &Running) -> HttpGateway {
        let patience = Patience {
            connect: Duration::from_millis(500),
            whole: Duration::from_millis(700),
        };
        let client = OutsideSettings::default().client("test", &running.base("sms"), patience);
        HttpGateway::new(client.expect("a client"), Random::default())
    }

    #[tokio::test]
    async fn sm_01_the_real_gateway_takes_a_message_once() {
        let running = Running::start(None).await;
        gateway(&running).ready().await.expect("ready");
        let sent = gateway(&running).send("13904510037", "样例").await;
        sent.expect("takes");
        let (_, messages) = running.say("GET", "/admin/messages", &json!(null)).await;
        assert_eq!(messages[0]["text"], "样例");
        assert_eq!(messages.as_array().map(Vec::len), Some(1));
        let sent = gateway(&running).send("12", "样例").await;
        assert!(matches!(sent, Err(SmsError::Gateway)), "{sent:?}");
    }

    #[tokio::test]
    async fn sm_01_a_message_is_never_repeated_and_every_fault_is_typed() {
        let running = Running::start(None).await;
        let cases = [
            (json!({"fault": "down"}), true),
            (json!({"fault": "drop"}), true),
            (json!({"fault": "slow", "ms": 3000}), false),
            (json!({"fault": "broken_json"}), false),
            (json!({"fault": "wrong_shape"}), false),
            (json!({"fault": "wrong_record"}), false),
            (json!({"fault": "foreign_not_found"}), false),
        ];
        for (fault, refused) in cases {
            running.play("sms", &fault).await;
            let before = running.calls("sms").await;
            let sent = gateway(&running).send("13904510037", "样例").await;
            assert!(
                match &sent {
                    Err(SmsError::Gateway) => refused,
                    Err(SmsError::Unsure) => !refused,
                    _ => false,
                },
                "{fault}: {sent:?}"
            );
            assert_eq!(running.calls("sms").await, before + 1, "{fault}");
        }
    }
}
