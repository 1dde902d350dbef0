use proptest::prelude::*;
use rcgen::date_time_ymd;

use super::*;
use crate::made::{Maker, NOW_S, PACKAGE, SIGNER, Said, forged};
use crate::status::Revoked;
use crate::trust::{App, TrustError, signer};

fn judged(change: impl FnOnce(&mut Said)) -> Result<Level, Doubt> {
    let maker = Maker::new();
    let mut said = Said::default();
    change(&mut said);
    let (chain, key) = maker.phone(&said);
    let trust = maker.trust(Revoked::default(), Some(202_601));
    vouch(&trust, &chain, &key, NOW_S)
}

#[test]
fn a_key_in_hardware_is_told_from_one_in_a_chip() {
    assert_eq!(judged(|_| ()), Ok(Level::Hardware));
    let chip = judged(|said| (said.level, said.key_level) = (2, 2));
    assert_eq!(chip, Ok(Level::Chip));
    let mixed = judged(|said| said.level = 2);
    assert_eq!(mixed, Ok(Level::Hardware));
}

#[test]
fn each_sign_of_another_key_phone_or_app_is_named() {
    type Change = fn(&mut Said);
    let cases: [(Change, Doubt); 15] = [
        (|said| said.level = 0, Doubt::Software),
        (|said| said.key_level = 0, Doubt::Software),
        (|said| said.origin = Some(2), Doubt::Software),
        (|said| said.origin = None, Doubt::Software),
        (|said| said.challenge = vec![1], Doubt::Purpose),
        (|said| said.purposes = vec![2, 7], Doubt::Purpose),
        (|said| said.purposes = vec![], Doubt::Purpose),
        (|said| said.asks_nobody = true, Doubt::Unprotected),
        (|said| said.locked = 0, Doubt::System),
        (|said| said.boot = 2, Doubt::System),
        (|said| said.patch = 202_512, Doubt::Old),
        (|said| said.packages = vec!["cn.other"], Doubt::App),
        (|said| said.packages = vec![PACKAGE, "cn.other"], Doubt::App),
        (|said| said.signers = vec![[9; 32]], Doubt::App),
        (|said| said.signers = vec![SIGNER, [9; 32]], Doubt::App),
    ];
    for (at, (change, doubt)) in cases.into_iter().enumerate() {
        assert_eq!(judged(change), Err(doubt), "case {at}");
    }
}

#[test]
fn a_chain_is_as_good_as_each_of_its_links() {
    let maker = Maker::new();
    let trust = maker.trust(Revoked::default(), None);
    let (chain, key) = maker.phone(&Said::default());
    let judge = |chain: &[Vec<u8>]| vouch(&trust, chain, &key, NOW_S);
    assert_eq!(judge(&chain), Ok(Level::Hardware));
    assert_eq!(judge(&chain[..1]), Err(Doubt::Length));
    assert_eq!(judge(&[]), Err(Doubt::Length));
    assert_eq!(judge(&chain[..2]), Err(Doubt::Root));
    let skipped = [chain[0].clone(), chain[2].clone()];
    assert_eq!(judge(&skipped), Err(Doubt::Broken));
    let long = vec![chain[2].clone(); 7];
    assert_eq!(judge(&long), Err(Doubt::Length));

    let (_, other) = Maker::new().phone(&Said::default());
    let other = vouch(&trust, &chain, &other, NOW_S);
    assert_eq!(other, Err(Doubt::OtherKey));
    let stranger = Maker::new().trust(Revoked::default(), None);
    let unknown = vouch(&stranger, &chain, &key, NOW_S);
    assert_eq!(unknown, Err(Doubt::Root));
    // 2049, when all of it has run out.
    assert_eq!(vouch(&trust, &chain, &key, 2_493_000_000), Err(Doubt::Time));

    let leaked = Revoked::parse(r#"{"entries": {"2": {"status": "SUSPENDED"}}}"#).unwrap();
    let revoked = vouch(&maker.trust(leaked, None), &chain, &key, NOW_S);
    assert_eq!(revoked, Err(Doubt::Revoked));
}

#[test]
fn an_attested_key_cannot_make_certificates_of_its_own() {
    let maker = Maker::new();
    let trust = maker.trust(Revoked::default(), None);
    let (chain, key) = forged(&maker, &Said::default());
    let judged = vouch(&trust, &chain, &key, NOW_S);
    assert_eq!(judged, Err(Doubt::Description));
    // And a key that is no authority signs none.
    let (mut chain, _) = maker.phone(&Said::default());
    chain.insert(0, chain[0].clone());
    assert_eq!(vouch(&trust, &chain, &key, NOW_S), Err(Doubt::Broken));
}

#[test]
fn a_certificate_that_says_nothing_of_hardware_vouches_for_nothing() {
    let maker = Maker::new();
    let trust = maker.trust(Revoked::default(), None);
    let (_, key) = maker.phone(&Said::default());
    let chain = maker.chain_with(&Said::default(), &key, |params| {
        params.custom_extensions.clear();
    });
    let judged = vouch(&trust, &chain, &key, NOW_S);
    assert_eq!(judged, Err(Doubt::Description));
    let chain = maker.chain_with(&Said::default(), &key, |params| {
        params.not_after = date_time_ymd(2020, 1, 1);
    });
    let judged = vouch(&trust, &chain, &key, NOW_S);
    assert_eq!(judged, Err(Doubt::Time));
}

#[test]
fn what_nothing_can_be_judged_by_is_told_at_the_start() {
    let app = || App {
        package: PACKAGE.to_owned(),
        signers: vec![SIGNER],
    };
    let new = |pem: &str, app, month| Trust::new(pem, app, Revoked::default(), month).map(|_| ());
    assert_eq!(new("", app(), None), Err(TrustError::Roots));
    // Google's files have lines of 76 signs.
    let signs: String = Maker::new()
        .root_pem()
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    let (first, second) = signs.split_at(76);
    let wide =
        format!("#\n-----BEGIN CERTIFICATE-----\r\n{first}\r\n{second}\n-----END CERTIFICATE-----");
    assert_eq!(new(&wide, app(), None), Ok(()));
    let cut = "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n";
    assert_eq!(new(cut, app(), None), Err(TrustError::Roots));
    let pem = Maker::new().root_pem();
    let nobody = App {
        signers: Vec::new(),
        ..app()
    };
    assert_eq!(new(&pem, nobody, None), Err(TrustError::Signers));
    assert_eq!(new(&pem, app(), Some(2026)), Err(TrustError::Month));
    assert_eq!(new(&pem, app(), Some(202_613)), Err(TrustError::Month));
    assert_eq!(new(&pem, app(), Some(202_612)), Ok(()));
}

#[test]
fn a_signer_is_read_as_the_tools_print_it() {
    let mut bytes = [0xab; 32];
    bytes[31] = 0x0c;
    let plain = format!("{}0c", "ab".repeat(31));
    let colons = format!("{}0C", "AB:".repeat(31));
    assert_eq!(signer(&plain), Ok(bytes));
    assert_eq!(signer(&colons), Ok(bytes));
    for wrong in [
        "",
        "ab",
        &plain[1..],
        &format!("{plain}0"),
        &plain.replace('c', "g"),
    ] {
        assert_eq!(signer(wrong), Err(TrustError::Digest), "{wrong}");
    }
}

proptest! {
    #[test]
    fn junk_is_no_chain_and_never_panics(chain: Vec<Vec<u8>>) {
        let maker = Maker::new();
        let trust = maker.trust(Revoked::default(), None);
        let (_, key) = maker.phone(&Said::default());
        prop_assert!(vouch(&trust, &chain, &key, NOW_S).is_err());
    }

    #[test]
    fn a_changed_byte_is_never_believed(link in 0_usize..3, at: proptest::sample::Index, bit in 0_u8..8) {
        let maker = Maker::new();
        let trust = maker.trust(Revoked::default(), None);
        let (mut chain, key) = maker.phone(&Said::default());
        let at = at.index(chain[link].len());
        chain[link][at] ^= 1 << bit;
        // The root is believed for its key; what else its certificate says is signed by itself alone.
        let found = vouch(&trust, &chain, &key, NOW_S);
        prop_assert!(link == 2 || found.is_err());
    }

    #[test]
    fn junk_in_place_of_what_the_hardware_says_never_panics(
        at: proptest::sample::Index,
        cut: proptest::sample::Index,
        byte: u8,
    ) {
        let mut bytes = Said::default().extension();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        bytes.truncate(cut.index(bytes.len()));
        if let Some(read) = Description::read(&bytes) {
            let _ = read.software.application.as_deref().map(Application::read);
        }
    }
}
