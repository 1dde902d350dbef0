use proptest::prelude::*;

use super::*;
use crate::seal::reason::Reason;
use crate::seal::verify::{SealReport, Verdict, verify_seals};

const PAGE: &str = "Doc_0/Pages/Page_0/Content.xml";
const SIGNATURE: &str = "Doc_0/Signs/Sign_0/Signature.xml";
const VALUE: &str = "Doc_0/Signs/Sign_0/SignedValue.dat";

fn is(report: &SealReport, verdict: Verdict, reasons: &[Reason]) {
    assert_eq!(
        (report.verdict, report.reasons.as_slice()),
        (verdict, reasons),
        "{report:?}"
    );
}

#[test]
fn a_sealed_copy_is_intact_and_trusted() {
    let cast = cast();
    let file = sealed(&cast);
    let report = verify_seals(&file, &trust_in(&cast.root));
    is(&report, Verdict::IntactTrusted, &[]);
    assert_eq!(report.uncovered, Vec::<String>::new());
    let [signer] = report.signers.as_slice() else {
        panic!("{report:?}")
    };
    assert!(signer.name.contains("样例登记机关"), "{}", signer.name);
    assert_eq!(signer.at_s, Some(SIGNED_S));
    assert_eq!(signer.stamps, [stamp()]);
    let seal = ("样例登记机关电子专用章".to_owned(), "SAMPLE0001".to_owned());
    assert_eq!(signer.seal, Some(seal));
    assert_eq!(file, sealed(&cast), "equal input, equal bytes");
}

#[test]
fn every_change_shows() {
    let cast = cast();
    let file = sealed(&cast);
    let trust = trust_in(&cast.root);
    let broken = |file: &[u8], reason| is(&verify_seals(file, &trust), Verdict::Broken, &[reason]);

    let text = |bytes| Some(replaced(bytes, "北疆云杉", "北疆云衫"));
    broken(&altered(&file, PAGE, text), Reason::ContentChanged);
    broken(&altered(&file, PAGE, |_| None), Reason::ReferenceMissing);
    let font = |mut bytes: Vec<u8>| {
        *bytes.last_mut().unwrap() ^= 1;
        Some(bytes)
    };
    broken(
        &altered(&file, "Doc_0/Res/face.otf", font),
        Reason::ContentChanged,
    );
    let moved = |bytes| Some(replaced(bytes, "150 215", "20 215"));
    broken(
        &altered(&file, SIGNATURE, moved),
        Reason::SignatureFileChanged,
    );
    let spaced = |bytes| Some(replaced(bytes, "</ofd:SignedInfo>", " </ofd:SignedInfo>"));
    broken(
        &altered(&file, SIGNATURE, spaced),
        Reason::SignatureFileChanged,
    );
    let method = |bytes| Some(replaced(bytes, "1.2.156.10197.1.401", "MD5"));
    broken(
        &altered(&file, SIGNATURE, method),
        Reason::DigestMethodUnknown,
    );
    broken(
        &altered(&file, SIGNATURE, |_| None),
        Reason::SignatureUnreadable,
    );
    broken(
        &altered(&file, VALUE, |_| None),
        Reason::SignedValueUnreadable,
    );
    broken(
        &altered(&file, VALUE, |_| Some(vec![0x30, 0])),
        Reason::SignerKeyAbsent,
    );
    let last = |mut bytes: Vec<u8>| {
        *bytes.last_mut().unwrap() ^= 1;
        Some(bytes)
    };
    broken(&altered(&file, VALUE, last), Reason::SignerSignatureWrong);
    let listing = "Doc_0/Signs/Signatures.xml";
    broken(&altered(&file, listing, |_| None), Reason::ListUnreadable);
    broken(b"no zip at all", Reason::NotAnOfd);
}

#[test]
fn a_removed_signature_is_unsigned_and_never_intact() {
    let cast = cast();
    let without = |bytes| {
        let list = "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>";
        Some(replaced(bytes, list, ""))
    };
    let file = altered(&sealed(&cast), "OFD.xml", without);
    let report = verify_seals(&file, &trust_in(&cast.root));
    is(&report, Verdict::Unsigned, &[]);
    let all = Archive::open(&file).unwrap().names().count();
    assert_eq!(report.uncovered.len(), all);
}

#[test]
fn an_added_file_is_named() {
    let cast = cast();
    let file = altered(&sealed(&cast), "Doc_0/Annots/more.xml", |_| {
        Some(b"<a/>".to_vec())
    });
    let report = verify_seals(&file, &trust_in(&cast.root));
    is(&report, Verdict::IntactTrusted, &[]);
    assert_eq!(report.uncovered, ["Doc_0/Annots/more.xml"]);
}

#[test]
fn a_seal_is_only_as_good_as_its_makers() {
    let cast = cast();
    let trust = trust_in(&cast.root);
    let picture = picture();
    let seal_by = |maker: &Authority, signer: &Authority, at_s, face: &SealFace<'_>| {
        let sealer = Sealer::new(maker, signer.clone(), face);
        let file = sealer.seal(&sample(), &[stamp()], at_s).unwrap();
        verify_seals(&file, &trust)
    };
    let face = face(&picture);
    let (maker, signer) = (&cast.maker, &cast.signer);

    let late = i64::try_from(END_S).unwrap();
    is(
        &seal_by(maker, signer, late, &face),
        Verdict::Broken,
        &[Reason::SignedInFuture],
    );
    let short = SealFace {
        valid_s: (SIGNED_S + 1, SIGNED_S + 2),
        ..face.clone()
    };
    is(
        &seal_by(maker, signer, SIGNED_S, &short),
        Verdict::Broken,
        &[Reason::SealOutsideValidity],
    );

    let unknown = Verdict::IntactUnknownIssuer;
    let stranger = subject("CN=别的根,C=CN", 1, KeyUse::Authority);
    let stranger = Authority::new_root(pair(9), &stranger).unwrap();
    let theirs = stranger
        .issue(
            pair(3),
            &subject("CN=样例登记机关,O=样例省,C=CN", 3, KeyUse::Signing),
        )
        .unwrap();
    is(
        &seal_by(maker, &theirs, SIGNED_S, &face),
        unknown,
        &[Reason::SignerIssuerUnknown],
    );
    is(
        &seal_by(&theirs, signer, SIGNED_S, &face),
        unknown,
        &[Reason::MakerIssuerUnknown],
    );

    // A signer is no authority: what it issues is worth nothing.
    let by_leaf = cast
        .maker
        .issue(pair(4), &subject("CN=叶子签发", 4, KeyUse::Signing))
        .unwrap();
    is(
        &seal_by(maker, &by_leaf, SIGNED_S, &face),
        unknown,
        &[Reason::SignerIssuerUnknown],
    );

    let expired = Subject {
        valid_s: (START_S, START_S + 60),
        ..subject("CN=过期签章人", 5, KeyUse::Signing)
    };
    let expired = cast.root.issue(pair(5), &expired).unwrap();
    is(
        &seal_by(maker, &expired, SIGNED_S, &face),
        unknown,
        &[Reason::SignerOutsideValidity],
    );
    let authority = subject("CN=只能签发", 6, KeyUse::Authority);
    let authority = cast.root.issue(pair(6), &authority).unwrap();
    is(
        &seal_by(maker, &authority, SIGNED_S, &face),
        unknown,
        &[Reason::SignerUsage],
    );

    // One authority between the signer and the anchor.
    let below = authority
        .issue(pair(7), &subject("CN=下级签章人", 7, KeyUse::Signing))
        .unwrap();
    let mut wider = trust.clone();
    let sealer = Sealer::new(maker, below, &face);
    let file = sealer.seal(&sample(), &[stamp()], SIGNED_S).unwrap();
    is(
        &verify_seals(&file, &wider),
        unknown,
        &[Reason::SignerIssuerUnknown],
    );
    wider
        .roots
        .push(KeyCertificate::parse(authority.certificate()).unwrap());
    is(&verify_seals(&file, &wider), Verdict::IntactTrusted, &[]);
}

#[test]
fn what_is_sealed_is_not_sealed_again() {
    let cast = cast();
    let sealer = Sealer::new(&cast.maker, cast.signer.clone(), &face(&picture()));
    assert!(sealer.seal(&sealed(&cast), &[], SIGNED_S).is_err());
    assert!(sealer.seal(b"no zip", &[], SIGNED_S).is_err());
    assert!(KeyPair::from_secret(&[0; 32]).is_err());
    assert!(KeyPair::from_secret(&[0xFF; 32]).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_flipped_bit_of_the_signed_value_never_passes(at in any::<prop::sample::Index>(), bit in 0_u8..8) {
        let cast = cast();
        let file = altered(&sealed(&cast), VALUE, |mut bytes| {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            Some(bytes)
        });
        let report = verify_seals(&file, &trust_in(&cast.root));
        prop_assert_eq!(report.verdict, Verdict::Broken, "{:?}", report);
    }

    #[test]
    fn arbitrary_bytes_in_its_place_never_pass(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let cast = cast();
        let file = altered(&sealed(&cast), VALUE, |_| Some(bytes));
        prop_assert_eq!(verify_seals(&file, &trust_in(&cast.root)).verdict, Verdict::Broken);
    }
}
