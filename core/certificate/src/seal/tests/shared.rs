//! The shared vectors: documents made and sealed by another implementation, and altered by hand.

use std::path::PathBuf;

use super::NOW_S;
use crate::seal::anchor::{KeyCertificate, Trust};
use crate::seal::reason::Reason;
use crate::seal::verify::{SealReport, Verdict, verify_seals};

fn vectors() -> Option<PathBuf> {
    let folder =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/certificates");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: the certificate vectors are not beside the checkout");
    None
}

fn trust(folder: &std::path::Path) -> Trust {
    let root = std::fs::read(folder.join("generated/root.cer")).unwrap();
    Trust {
        roots: vec![KeyCertificate::parse(&root).unwrap()],
        revocations: Vec::new(),
        now_s: NOW_S,
    }
}

fn report(folder: &std::path::Path, name: &str, trust: &Trust) -> SealReport {
    verify_seals(&std::fs::read(folder.join(name)).unwrap(), trust)
}

#[test]
fn generated_documents_get_their_exact_verdict() {
    use Verdict::{Broken, IntactTrusted, IntactUnknownIssuer, Unsigned};
    let Some(folder) = vectors() else { return };
    let trust = trust(&folder);
    let cases: &[(&str, Verdict, &[Reason])] = &[
        ("good", IntactTrusted, &[]),
        ("licence", Unsigned, &[]),
        ("t_content_text", Broken, &[Reason::ContentChanged]),
        ("t_duplicate_entry", Broken, &[Reason::NotAnOfd]),
        ("t_extra_unreferenced_file", IntactTrusted, &[]),
        (
            "t_reference_dropped",
            Broken,
            &[Reason::SignatureFileChanged],
        ),
        ("t_stamp_moved", Broken, &[Reason::SignatureFileChanged]),
        ("wrong_sm2_id", Broken, &[Reason::SignerSignatureWrong]),
        ("seal_forged", Broken, &[Reason::SealSignatureWrong]),
        (
            "signer_expired",
            IntactUnknownIssuer,
            &[Reason::SignerOutsideValidity],
        ),
        (
            "issued_by_leaf",
            IntactUnknownIssuer,
            &[Reason::SignerIssuerUnknown],
        ),
        (
            "rogue_root",
            IntactUnknownIssuer,
            &[Reason::SignerIssuerUnknown, Reason::MakerIssuerUnknown],
        ),
    ];
    for (name, verdict, reasons) in cases {
        let report = report(&folder, &format!("generated/{name}.ofd"), &trust);
        assert_eq!(
            (report.verdict, report.reasons.as_slice()),
            (*verdict, *reasons),
            "{name}"
        );
    }
}

#[test]
fn documents_of_others_get_the_verdict_of_others() {
    use Verdict::{Broken, IntactUnknownIssuer, Unsigned};
    let Some(folder) = vectors() else { return };
    let trust = trust(&folder);
    let unknown: &[Reason] = &[Reason::SignerIssuerUnknown, Reason::MakerIssuerUnknown];
    let cases: &[(&str, Verdict, &[Reason])] = &[
        ("1", IntactUnknownIssuer, unknown),
        ("999", IntactUnknownIssuer, unknown),
        ("V4RideRight", IntactUnknownIssuer, unknown),
        ("allprotected", IntactUnknownIssuer, unknown),
        // A bare signature: the file does not say whose.
        ("DigitalSign", Broken, &[Reason::SignerKeyAbsent]),
        // Its signed value is of no known shape; the other verifiers refuse it as well.
        ("n", Broken, &[Reason::SignedValueUnreadable]),
        ("zsbk", Broken, &[Reason::ContentChanged]),
        ("signout", Unsigned, &[]),
        ("z", Unsigned, &[]),
        ("helloworld", Unsigned, &[]),
    ];
    for (name, verdict, reasons) in cases {
        let report = report(&folder, &format!("ofdrw_samples/{name}.ofd"), &trust);
        assert_eq!(
            (report.verdict, report.reasons.as_slice()),
            (*verdict, *reasons),
            "{name}"
        );
    }
}
