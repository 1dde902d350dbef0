use std::sync::Arc;

use quanshengshi_protocol::ids::Digest;

use super::{HOUR_MS, PAUSE_MS, Purpose, Recipient, SampleGateway, Sms, SmsError};
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
