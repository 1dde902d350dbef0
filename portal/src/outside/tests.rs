//! Settings that must not start a portal, and the certificate of an outside system.

use std::path::PathBuf;

use super::client::Patience;
use super::settings::{OutsideError, OutsideSettings};

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
            matches!(refused, Err(OutsideError::Address(_))),
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
fn https_needs_roots_that_are_roots() {
    let base = "https://market.example/v1";
    let client = |settings: &OutsideSettings| settings.client("market", base, Patience::default());
    assert!(matches!(
        client(&settings()),
        Err(OutsideError::RootsMissing(_))
    ));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("roots.pem");
    let with = OutsideSettings {
        roots: Some(path.clone()),
        ..settings()
    };
    assert!(matches!(client(&with), Err(OutsideError::Read { .. })));
    std::fs::write(&path, "nothing").expect("writes");
    assert!(matches!(client(&with), Err(OutsideError::Roots(_))));
}

#[test]
fn a_token_is_one_line_and_never_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("token");
    let with = |path: PathBuf| OutsideSettings {
        token: Some(path),
        ..settings()
    };
    let client = || with(path.clone()).client("sms", "http://127.0.0.1:9", Patience::default());
    assert!(matches!(client(), Err(OutsideError::Read { .. })));
    for wrong in ["", " \n", "two words", "令牌"] {
        std::fs::write(&path, wrong).expect("writes");
        assert!(matches!(client(), Err(OutsideError::Token(_))), "{wrong}");
    }
    std::fs::write(&path, "s3cret-token\n").expect("writes");
    let shown = format!("{:?}", client().expect("a client"));
    assert!(!shown.contains("s3cret"), "{shown}");
}
