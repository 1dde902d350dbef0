//! Settings that must not start a portal.

use super::client::Patience;
use super::settings::OutsideSettings;
use crate::outbound::OutboundError;

fn settings() -> OutsideSettings {
    OutsideSettings::default()
}

#[test]
fn only_https_or_this_machine_may_be_asked() {
    for wrong in [
        "",
        "market.example",
        "ftp://127.0.0.1/",
        "http://market.example/v1",
        "http://10.0.0.8:9000",
        "https://user@market.example/",
        "https://market.example/?a=1",
        "https://market.example/#a",
    ] {
        let refused = settings().client("market", wrong, Patience::default());
        assert!(
            matches!(refused, Err(OutboundError::Address(_))),
            "{wrong}: {refused:?}"
        );
    }
    for right in [
        "http://127.0.0.1:9",
        "http://[::1]:9/a/",
        "http://localhost",
    ] {
        settings()
            .client("market", right, Patience::default())
            .expect(right);
    }
}

#[test]
fn the_files_of_the_settings_are_read_at_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("missing");
    let client = |settings: OutsideSettings| {
        settings.client("market", "https://market.example/v1", Patience::default())
    };
    let roots = OutsideSettings {
        roots: Some(missing.clone()),
        ..settings()
    };
    assert!(matches!(client(roots), Err(OutboundError::Root { .. })));
    let token = OutsideSettings {
        token: Some(missing),
        ..settings()
    };
    assert!(matches!(client(token), Err(OutboundError::Read { .. })));
    client(settings()).expect("the system's roots");
}
