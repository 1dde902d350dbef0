use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::*;

/// The day the vectors were made for; their good seals are from June.
const AT: &str = "2026-11-24";

/// The shared vectors; `None`, said in a line, when they are not beside the checkout.
fn vectors() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/certificates");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: the certificate vectors are not beside the checkout");
    None
}

fn asked(file: &Path, roots: &[PathBuf], at: Option<&str>) -> Result<Value, VerifyError> {
    let question = Question {
        file: Some(file),
        roots,
        revoked: &[],
        at,
    };
    Ok(serde_json::from_str(&question.answer(true)?)?)
}

/// Verdict and first reason of every shared file; what is not named here has no seal.
fn expected() -> BTreeMap<&'static str, (&'static str, &'static [&'static str])> {
    let unknown: &[&str] = &["SIGNER_ISSUER_UNKNOWN", "MAKER_ISSUER_UNKNOWN"];
    let trusted: (&str, &[&str]) = ("intact_trusted", &[]);
    BTreeMap::from([
        ("generated/good", trusted),
        ("generated/t_extra_unreferenced_file", trusted),
        ("generated/t_content_text", ("broken", &["CONTENT_CHANGED"])),
        ("generated/t_duplicate_entry", ("broken", &["NOT_AN_OFD"])),
        (
            "generated/t_reference_dropped",
            ("broken", &["SIGNATURE_FILE_CHANGED"]),
        ),
        (
            "generated/t_stamp_moved",
            ("broken", &["SIGNATURE_FILE_CHANGED"]),
        ),
        (
            "generated/wrong_sm2_id",
            ("broken", &["SIGNER_SIGNATURE_WRONG"]),
        ),
        (
            "generated/seal_forged",
            ("broken", &["SEAL_SIGNATURE_WRONG"]),
        ),
        (
            "generated/signer_expired",
            ("intact_unknown_issuer", &["SIGNER_OUTSIDE_VALIDITY"]),
        ),
        (
            "generated/issued_by_leaf",
            ("intact_unknown_issuer", &["SIGNER_ISSUER_UNKNOWN"]),
        ),
        ("generated/rogue_root", ("intact_unknown_issuer", unknown)),
        ("ofdrw_samples/1", ("intact_unknown_issuer", unknown)),
        ("ofdrw_samples/999", ("intact_unknown_issuer", unknown)),
        (
            "ofdrw_samples/V4RideRight",
            ("intact_unknown_issuer", unknown),
        ),
        (
            "ofdrw_samples/allprotected",
            ("intact_unknown_issuer", unknown),
        ),
        (
            "ofdrw_samples/DigitalSign",
            ("broken", &["SIGNER_KEY_ABSENT"]),
        ),
        ("ofdrw_samples/n", ("broken", &["SIGNED_VALUE_UNREADABLE"])),
        ("ofdrw_samples/zsbk", ("broken", &["CONTENT_CHANGED"])),
        // Made from the good one; what was added or blown up refuses the whole container.
        ("hostile/h_deep_nesting", ("broken", &["CONTENT_CHANGED"])),
        ("hostile/h_huge_page_box", ("broken", &["CONTENT_CHANGED"])),
        ("hostile/h_xxe", ("broken", &["CONTENT_CHANGED"])),
        ("hostile/h_path_traversal", ("broken", &["NOT_AN_OFD"])),
        ("hostile/h_zip_bomb_content", ("broken", &["NOT_AN_OFD"])),
    ])
}

#[test]
fn every_shared_file_gets_its_exact_verdict() {
    let Some(folder) = vectors() else { return };
    let expected = expected();
    let roots = [folder.join("generated/root.cer")];
    let mut seen = 0;
    for part in ["generated", "hostile", "ofdrw_samples"] {
        for entry in fs::read_dir(folder.join(part)).expect("a folder") {
            let file = entry.expect("an entry").path();
            if file.extension().is_none_or(|kind| kind != "ofd") {
                continue;
            }
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            let name = format!("{part}/{stem}");
            let answer = asked(&file, &roots, Some(AT)).expect("a verdict");
            let (verdict, reasons) = expected
                .get(name.as_str())
                .copied()
                .unwrap_or(("unsigned", &[]));
            assert_eq!(answer["verdict"], verdict, "{name}: {answer}");
            assert_eq!(answer["reasons"], json!(reasons), "{name}");
            seen += usize::from(expected.contains_key(name.as_str()));
        }
    }
    assert_eq!(seen, expected.len(), "every file that is named is there");
}

#[test]
fn the_answer_has_exactly_these_keys() {
    let Some(folder) = vectors() else { return };
    let root = [folder.join("generated/root.cer")];
    let file = folder.join("generated/t_extra_unreferenced_file.ofd");
    assert_eq!(
        asked(&file, &root, Some(AT)).expect("a verdict"),
        json!({
            "verdict": "intact_trusted",
            "reasons": [],
            "uncovered": ["Doc_0/Annots/evil.xml"],
            "signers": [{
                "name": "C=CN,O=Sample Province,CN=Sample Gov Service",
                "seal": "样例省政务服务样例专用章",
                "seal_id": "SAMPLE1009",
                "at": "2026-06-01T08:00:00+08:00",
                "pages": ["1"],
            }],
        })
    );
}

#[test]
fn the_time_of_the_verdict_and_the_roots_decide() {
    let Some(folder) = vectors() else { return };
    let good = folder.join("generated/good.ofd");
    let generated = |name: &str| folder.join("generated").join(name);
    let verdict = |roots: &[PathBuf], at| asked(&good, roots, Some(at)).expect("a verdict");
    let root = [generated("root.cer")];
    let before = verdict(&root, "2026-05-01");
    assert_eq!(before["reasons"], json!(["SIGNED_IN_FUTURE"]));
    assert_eq!(verdict(&[], AT)["verdict"], "intact_unknown_issuer");
    // Whoever trusts the two leaves themselves needs no root.
    let leaves = [generated("signer.cer"), generated("maker.cer")];
    assert_eq!(verdict(&leaves, AT)["verdict"], "intact_trusted");
    // `--root A FILE`: the file may come last.
    let last = [generated("root.cer"), good.clone()];
    let question = Question {
        file: None,
        roots: &last,
        revoked: &[],
        at: Some(AT),
    };
    let said = question.answer(false).expect("a verdict");
    assert!(said.starts_with("电子印章有效（intact_trusted）"), "{said}");
    assert!(said.contains("样例省政务服务样例专用章"), "{said}");
}

#[test]
fn what_cannot_be_read_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("junk.ofd");
    fs::write(&file, b"no zip at all").expect("a file");
    let answer = asked(&file, &[], None).expect("a verdict");
    assert_eq!(answer["verdict"], "broken");
    assert_eq!(answer["reasons"], json!(["NOT_AN_OFD"]));

    let said = |file: &Path, roots: &[PathBuf], at| {
        asked(file, roots, at).expect_err("no verdict").to_string()
    };
    let missing = folder.path().join("missing.ofd");
    assert!(said(&missing, &[], None).contains("missing.ofd cannot be read"));
    let junk = [file.clone()];
    assert!(said(&file, &junk, None).contains("junk.ofd is no X.509 certificate"));
    assert!(said(&file, &[], Some("soon")).starts_with("--at soon is no time"));
    let nothing = Question {
        file: None,
        roots: &[],
        revoked: &junk,
        at: None,
    };
    assert!(matches!(nothing.answer(true), Err(VerifyError::NoFile)));
    let question = Question {
        file: Some(&file),
        ..nothing
    };
    assert!(matches!(
        question.answer(true),
        Err(VerifyError::RevocationList(_))
    ));
}
