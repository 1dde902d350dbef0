//! What is written into the vault: frozen bytes, lines of older apps, junk.

use super::*;

#[test]
fn the_stored_forms_are_frozen_and_read_back() {
    let body = KeptBody {
        package: Signed::from_parts(b"package".to_vec(), vec![1; 64]),
        status: None,
    };
    let refreshed = KeptBody {
        status: Some(Signed::from_parts(b"status".to_vec(), vec![2; 64])),
        ..body.clone()
    };
    for (body, frozen) in [
        (body, "mNebZTye9PYFV5uW8JBspWUQD0tfMJgS1BKFqKL9euk"),
        (refreshed, "Te7Iflo7qS4l5L1WiloJaI6sjsUNgP2_1rL2nQjO0ZU"),
    ] {
        let bytes = body.to_bytes();
        assert_eq!(KeptBody::parse(&bytes).unwrap(), body);
        assert_eq!(Digest::of(&bytes).to_string(), frozen);
    }
    let summary = Summary {
        name: "营业执照".to_owned(),
        number: "2026001".to_owned(),
        holder: "北疆云杉科技（哈尔滨）有限公司".to_owned(),
        issuer: "哈尔滨市示例登记机关".to_owned(),
        as_of_ms: NOW_MS,
        sample: true,
        subject: Digest::from_bytes([3; 32]),
        validity: Validity {
            from: "2021-03-08".parse().unwrap(),
            to: Some("2031-03-07".parse().unwrap()),
        },
        state: "01".to_owned(),
        refresh_ms: 1,
        until_ms: 2,
        previous: String::new(),
    };
    let bytes = summary.to_bytes();
    assert_eq!(Summary::parse(&bytes).unwrap(), summary);
    assert_eq!(
        Digest::of(&bytes).to_string(),
        "rUXI4ZiUhc4frOb7HYWTXsF1JkyTt2DcEOYF06eb2zQ"
    );
    let old = old_line();
    assert_eq!(
        Digest::of(&old).to_string(),
        "Vl-ftvZeNB98QI4vb-KQZkD4fR9fsw1Oy9o0yby7Uy0",
        "the form of 0.1.0"
    );
    assert!(Summary::parse(&old).is_err());
    Summary::check_old(&old).unwrap();
    assert!(Summary::check_old(&bytes).is_err());
}

/// A line as 0.1.0 stored it.
fn old_line() -> Vec<u8> {
    Writer::default()
        .text(1, "营业执照")
        .text(2, "2026001")
        .text(3, "北疆云杉科技（哈尔滨）有限公司")
        .text(4, "哈尔滨市示例登记机关")
        .number(5, NOW_MS)
        .number(6, 1)
        .finish()
}

#[tokio::test]
async fn a_line_that_an_older_app_kept_is_made_anew() {
    let scene = scene(|_| ());
    let wallet = scene.handset.wallet();
    wallet.fetch(TASK).await.unwrap();
    let new = wallet.list().unwrap();
    let put = |vault: &Vault| {
        let id = Scene::id();
        let opened = vault.read(&id)?;
        let file = vault.read_file(&id, "certificate.ofd")?;
        let record = Record {
            summary: &old_line(),
            body: &opened.body,
            files: &[("certificate.ofd", &file)],
        };
        Ok(vault.put(&id, record)?)
    };
    scene.handset.inner.wallet.with(put).unwrap();
    assert_eq!(wallet.list().unwrap(), new);
}

proptest! {
    #[test]
    fn junk_never_panics(junk: Vec<u8>) {
        let _ = KeptBody::parse(&junk);
        let _ = Summary::parse(&junk);
    }
}
