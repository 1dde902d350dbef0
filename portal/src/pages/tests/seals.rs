//! Issue 5, issuing: what is downloaded is sealed, and anybody can check it with what is served.

use axum::http::StatusCode;
use quanshengshi_certificate::seal::anchor::{KeyCertificate, RevocationList, Trust};
use quanshengshi_certificate::seal::verify::{Verdict, verify_seals};

use super::{Browser, Portal};
use crate::clock::Clock as _;

/// The file is intact and trusted by whoever trusts the root that the portal serves.
pub(super) async fn assert_sealed(portal: &Portal, browser: &mut Browser, file: &[u8]) {
    let root = browser.get("/seals/root.pem").await;
    let list = browser.get("/seals/revoked.crl").await;
    assert_eq!(list.headers["content-type"], "application/pkix-crl");
    let trust = Trust {
        roots: KeyCertificate::parse_all(&root.bytes).expect("roots"),
        revocations: vec![RevocationList::parse(&list.bytes).expect("a list")],
        now_s: (portal.clock.now_ms() / 1000).cast_signed(),
    };
    assert!(trust.revocations[0].is_by(&trust.roots[0]));
    let report = verify_seals(file, &trust);
    assert_eq!(report.verdict, Verdict::IntactTrusted, "{report:?}");
    assert_eq!(report.uncovered, Vec::<String>::new());
}

#[tokio::test]
async fn a_sample_site_serves_its_root_and_its_phones_get_the_same() {
    let portal = Portal::open().await;
    let mut browser = portal.browser();
    let root = browser.get("/seals/root.pem").await;
    assert_eq!(
        root.headers["content-disposition"],
        "attachment; filename=\"root.pem\""
    );
    let told = portal.app.tasks.seals().expect("an answer");
    assert_eq!(told.roots_pem, root.text());
    assert_eq!(told.revoked_pem.len(), 1);
}

#[tokio::test]
async fn a_site_without_a_seal_says_so() {
    let portal = Portal::open_with(|settings, _| settings.sample = false).await;
    let mut browser = portal.browser();
    for path in ["/seals/root.pem", "/seals/revoked.crl"] {
        assert_eq!(
            browser.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let told = portal.app.tasks.seals().expect("an answer");
    assert_eq!(
        (told.roots_pem, told.revoked_pem),
        (String::new(), Vec::new())
    );
}
