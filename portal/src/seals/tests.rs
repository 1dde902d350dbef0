use std::fs;

use quanshengshi_certificate::seal::sealing::authority::{Authority, KeyPair, KeyUse, Subject};
use quanshengshi_certificate::seal::sealing::sealer::SealFace;
use quanshengshi_certificate::seal::verify::SealReport;

use super::*;
use crate::certificates::copies::{CopyFor, notice_for};
use crate::samples::certificates::records;

/// 2026-11-24 in Beijing.
const NOW_MS: u64 = 1_795_500_000_000;
const DAY_MS: u64 = 86_400_000;
const FONT: &[u8] = include_bytes!("../../fonts/NotoSerifCJKsc-Certificate.otf");

fn sealed(seals: &Seals, now_ms: u64) -> Vec<u8> {
    let as_of = Moment::from_unix_seconds(now_ms / 1000).expect("a moment");
    let (_, record) = records(as_of).expect("records").remove(0);
    let copy = CopyFor::Use {
        purpose: "投标".to_owned(),
        asked_by: "林*远".to_owned(),
        number: "0417".to_owned(),
    };
    let notice = notice_for(copy, now_ms).expect("a notice");
    seals
        .write_sealed(&record, &notice, &Dressing::default(), FONT, now_ms)
        .expect("a sealed copy")
}

fn judged(file: &[u8], seals: &Seals, now_ms: u64) -> SealReport {
    let trust = Trust {
        roots: KeyCertificate::parse_all(seals.roots_pem().as_bytes()).expect("roots"),
        revocations: seals
            .revocations(now_ms)
            .expect("a list")
            .into_iter()
            .collect(),
        now_s: seconds(now_ms),
    };
    verify_seals(file, &trust)
}

#[test]
fn a_sample_site_makes_its_authority_once_and_for_itself_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = test_authority::file_beside(&folder.path().join("portal.sqlite3"));
    let seals = Seals::of_sample(&file, FONT, NOW_MS).expect("a seal");
    assert_eq!(file, folder.path().join("portal.seal-authority.json"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&file).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let copy = sealed(&seals, NOW_MS);
    let report = judged(&copy, &seals, NOW_MS);
    assert_eq!(report.verdict, Verdict::IntactTrusted, "{report:?}");
    assert_eq!(report.uncovered, Vec::<String>::new());
    assert_eq!(
        report.signers[0].seal.as_ref().map(|seal| seal.0.as_str()),
        Some(seals.name())
    );

    let again = Seals::of_sample(&file, FONT, NOW_MS + DAY_MS).expect("a seal");
    assert_eq!(again.roots_pem(), seals.roots_pem());
    assert_eq!(sealed(&again, NOW_MS), copy, "equal files, equal bytes");
    let names = fs::read_dir(folder.path()).expect("the folder").count();
    assert_eq!(names, 1, "nothing unfinished is left");

    let other = Seals::of_sample(&folder.path().join("b.json"), FONT, NOW_MS).expect("a seal");
    assert_eq!(
        judged(&copy, &other, NOW_MS).verdict,
        Verdict::IntactUnknownIssuer
    );

    fs::write(&file, "{}").expect("written");
    let damaged = Seals::of_sample(&file, FONT, NOW_MS).expect_err("no seal");
    assert!(matches!(damaged, SealError::Damaged(path) if path == file));
    assert_eq!(
        fs::read_to_string(&file).expect("the file"),
        "{}",
        "and it is left alone"
    );
}

#[test]
fn a_renewed_signer_seals_on_and_the_old_one_does_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("portal.seal-authority.json");
    let old = Seals::of_sample(&file, FONT, NOW_MS).expect("a seal");
    let before = sealed(&old, NOW_MS);
    assert_eq!(
        TestAuthority::renew(&file, NOW_MS + DAY_MS).expect("renewed"),
        100
    );
    let later_ms = NOW_MS + 2 * DAY_MS;
    let new = Seals::of_sample(&file, FONT, later_ms).expect("a seal");
    assert_eq!(
        judged(&before, &new, later_ms).verdict,
        Verdict::IntactTrusted
    );
    assert_eq!(
        judged(&sealed(&new, later_ms), &new, later_ms).verdict,
        Verdict::IntactTrusted
    );
    let stolen = judged(&sealed(&old, later_ms), &new, later_ms);
    assert_eq!(
        (stolen.verdict, stolen.reasons),
        (Verdict::Broken, vec![Reason::SignerRevoked])
    );
}

/// The files of an authority in a folder; the signer's certificate ends at `until_s`.
fn authority_files(folder: &Path, until_s: u64) -> GivenSeal {
    let pair = |number: u8| KeyPair::from_secret(&[number; 32]).expect("a key");
    let subject = |name, serial, key_use| Subject {
        name,
        serial,
        valid_s: (1_700_000_000, until_s),
        key_use,
    };
    let root = subject("CN=R,C=CN", 1, KeyUse::Authority);
    let root = Authority::new_root(pair(1), &root).expect("a root");
    let maker = root
        .issue(pair(2), &subject("CN=M,C=CN", 2, KeyUse::Signing))
        .expect("a maker");
    let signer = root
        .issue(pair(3), &subject("CN=S,C=CN", 3, KeyUse::Signing))
        .expect("a signer");
    let face = SealFace {
        id: "1",
        name: "某市专用章",
        picture: b"picture",
        size_mm: (40, 40),
        valid_s: (1_700_000_000, 1_900_000_000),
    };
    let seal = Sealer::new(&maker, signer.clone(), &face);
    // PKCS#8 of the secret 03…03, as `openssl pkcs8 -topk8 -nocrypt` writes it.
    let key = [
        &b"\x30\x41\x02\x01\x00\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x81\x1c\xcf\x55\x01\x82\x2d\x04\x27\x30\x25\x02\x01\x01\x04\x20"[..],
        &[3; 32],
    ]
    .concat();
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).expect("written");
        path
    };
    GivenSeal {
        seal: put("seal.esl", seal.seal_der()),
        key: put("signer.key", &key),
        certificate: put("signer.cer", signer.certificate()),
        roots: put("root.cer", root.certificate()),
        revoked: None,
    }
}

#[test]
fn the_files_of_a_real_authority_are_used_or_refused_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let given = authority_files(folder.path(), 1_900_000_000);
    let seals = Seals::of_authority(&given, FONT, NOW_MS).expect("a seal");
    assert_eq!(seals.name(), "某市专用章");
    let report = judged(&sealed(&seals, NOW_MS), &seals, NOW_MS);
    assert_eq!(report.verdict, Verdict::IntactTrusted, "{report:?}");
    assert!(seals.revocations(NOW_MS).expect("none").is_none());

    let refused = |given: &GivenSeal| {
        let error = Seals::of_authority(given, FONT, NOW_MS).expect_err("no seal");
        error.to_string()
    };
    let missing = GivenSeal {
        key: folder.path().join("no.key"),
        ..given.clone()
    };
    assert!(refused(&missing).contains("no.key cannot be read"));
    let swapped = GivenSeal {
        certificate: given.roots.clone(),
        ..given.clone()
    };
    assert!(refused(&swapped).contains("root.cer: the key certificate is unreadable or not of"));
    let no_seal = GivenSeal {
        seal: given.roots.clone(),
        ..given.clone()
    };
    assert!(refused(&no_seal).contains("the seal is unreadable"));
    let wrong_root = GivenSeal {
        roots: given.certificate.clone(),
        ..given.clone()
    };
    assert!(refused(&wrong_root).starts_with("files with this seal would not be trusted"));
    let listed = GivenSeal {
        revoked: Some(given.roots.clone()),
        ..given
    };
    assert!(refused(&listed).contains("not a readable revocation list"));
    let over = authority_files(folder.path(), 1_795_000_000);
    assert!(refused(&over).contains("was not valid at signing"));
}
