//! The shapes our sealer does not write: V1, V5, GB/T 35275 and a bare signature.

use super::*;
use crate::seal::encode::element;
use crate::seal::reason::Reason;
use crate::seal::sealing::shapes::{bits, ia5, octets, sequence, small, time, utf8};
use crate::seal::sm;
use crate::seal::verify::{Verdict, verify_seals};

const SIGNATURE: &str = "Doc_0/Signs/Sign_0/Signature.xml";
const VALUE: &str = "Doc_0/Signs/Sign_0/SignedValue.dat";
const SM2_WITH_SM3: [u8; 10] = [0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x83, 0x75];

/// A sealed file whose signed value is another one over the same `Signature.xml`.
fn with_value(cast: &Cast, make: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let file = sealed(cast);
    let signature = Archive::open(&file).unwrap().read(SIGNATURE).unwrap();
    altered(&file, VALUE, |_| Some(make(&signature)))
}

fn verdict(cast: &Cast, file: &[u8]) -> (Verdict, Vec<Reason>) {
    let report = verify_seals(file, &trust_in(&cast.root));
    (report.verdict, report.reasons)
}

fn property(cast: &Cast, parts: [Vec<u8>; 2]) -> Vec<u8> {
    let [kind, list_kind] = parts;
    let (start, end) = (time(START_S.cast_signed()), time(END_S.cast_signed()));
    let list = sequence(&[&octets(cast.signer.certificate())]);
    sequence(&[
        &kind,
        &utf8("样例章"),
        &list_kind,
        &list,
        &start,
        &start,
        &end,
    ])
}

fn info(property: &[u8]) -> Vec<u8> {
    let header = sequence(&[&ia5("ES"), &small(1), &ia5("VENDOR")]);
    let picture = sequence(&[&ia5("PNG"), &octets(&picture()), &small(40), &small(40)]);
    sequence(&[&header, &ia5("SEAL1"), property, &picture])
}

#[test]
fn a_seal_of_the_first_shape_holds() {
    let cast = cast();
    let first = |signature: &[u8], maker: &Authority| {
        let maker_certificate = octets(maker.certificate());
        let info = info(&property(&cast, [small(1), Vec::new()]));
        let signed = sequence(&[&info, &maker_certificate, &SM2_WITH_SM3]);
        let sign_info = sequence(&[
            &maker_certificate,
            &SM2_WITH_SM3,
            &bits(&cast.maker.pair.sign(&signed)),
        ]);
        let to_be_signed = sequence(&[
            &small(1),
            &sequence(&[&info, &sign_info]),
            &bits(&time(SIGNED_S)),
            &bits(&sm::digest(signature)),
            &ia5("/Doc_0/Signs/Sign_0/Signature.xml"),
            &octets(cast.signer.certificate()),
            &SM2_WITH_SM3,
        ]);
        sequence(&[&to_be_signed, &bits(&cast.signer.pair.sign(&to_be_signed))])
    };
    let file = with_value(&cast, |signature| first(signature, &cast.maker));
    assert_eq!(verdict(&cast, &file), (Verdict::IntactTrusted, vec![]));
    let file = with_value(&cast, |signature| first(signature, &cast.signer));
    assert_eq!(
        verdict(&cast, &file),
        (Verdict::Broken, vec![Reason::SealSignatureWrong])
    );
}

#[test]
fn a_seal_of_the_fifth_shape_with_timestamps_and_digests_holds() {
    let cast = cast();
    let fifth = |signature: &[u8], listed: [u8; 32]| {
        let entry = sequence(&[&ia5("SM3"), &octets(&listed)]);
        let (start, end) = (time(START_S.cast_signed()), time(END_S.cast_signed()));
        let property = sequence(&[
            &small(1),
            &utf8("样例章"),
            &small(2),
            &sequence(&[&entry]),
            &start,
            &start,
            &end,
        ]);
        let stamp = element(0xA0, &bits(b"a timestamp token, not judged here"));
        let info = info(&property);
        let seal = sequence(&[
            &info,
            &octets(cast.maker.certificate()),
            &SM2_WITH_SM3,
            &bits(&cast.maker.pair.sign(&info)),
            &stamp,
        ]);
        let to_be_signed = sequence(&[
            &small(5),
            &seal,
            &time(SIGNED_S),
            &bits(&sm::digest(signature)),
            &ia5("/Doc_0/Signs/Sign_0/Signature.xml"),
            &element(0xA0, &sequence(&[])),
        ]);
        sequence(&[
            &to_be_signed,
            &octets(cast.signer.certificate()),
            &SM2_WITH_SM3,
            &bits(&cast.signer.pair.sign(&to_be_signed)),
            &stamp,
        ])
    };
    let digest = sm::digest(cast.signer.certificate());
    let file = with_value(&cast, |signature| fifth(signature, digest));
    assert_eq!(verdict(&cast, &file), (Verdict::IntactTrusted, vec![]));
    let file = with_value(&cast, |signature| fifth(signature, [0; 32]));
    assert_eq!(
        verdict(&cast, &file),
        (Verdict::Broken, vec![Reason::SignerNotInSeal])
    );
}

#[test]
fn a_signature_without_a_seal_holds() {
    let cast = cast();
    let signed_data = |signature: &[u8], signed_by: &Authority| {
        let certificate = crate::seal::asn1::Element::whole(cast.signer.certificate());
        let to_be_signed = certificate.unwrap().sequence().unwrap()[0]
            .sequence()
            .unwrap();
        let (serial, issuer) = (to_be_signed[1].raw, to_be_signed[3].raw);
        let content = sm::digest(signature);
        let data = element(
            0x06,
            &[0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x06, 0x01, 0x04, 0x02, 0x01],
        );
        let wrapped = sequence(&[&data, &element(0xA0, &octets(&content))]);
        let digests = element(0x31, &[]);
        let signer = sequence(&[
            &small(1),
            &sequence(&[issuer, serial]),
            &sequence(&[]),
            &sequence(&[]),
            &octets(&signed_by.pair.sign(&content)),
        ]);
        let body = sequence(&[
            &small(1),
            &digests,
            &wrapped,
            &element(0xA0, cast.signer.certificate()),
            &element(0x31, &signer),
        ]);
        let kind = element(
            0x06,
            &[0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x06, 0x01, 0x04, 0x02, 0x02],
        );
        sequence(&[&kind, &element(0xA0, &body)])
    };
    let file = with_value(&cast, |signature| signed_data(signature, &cast.signer));
    assert_eq!(verdict(&cast, &file), (Verdict::IntactTrusted, vec![]));
    let file = with_value(&cast, |signature| signed_data(signature, &cast.maker));
    assert_eq!(
        verdict(&cast, &file),
        (Verdict::Broken, vec![Reason::SignerSignatureWrong])
    );
    let file = with_value(&cast, |_| signed_data(b"another file", &cast.signer));
    assert_eq!(
        verdict(&cast, &file),
        (Verdict::Broken, vec![Reason::SignatureFileChanged])
    );
}

#[test]
fn a_bare_signature_needs_a_key_the_caller_trusts() {
    let cast = cast();
    let file = with_value(&cast, |signature| cast.signer.pair.sign(signature));
    assert_eq!(
        verdict(&cast, &file),
        (Verdict::Broken, vec![Reason::SignerKeyAbsent])
    );
    let mut trust = trust_in(&cast.root);
    trust
        .roots
        .push(KeyCertificate::parse(cast.signer.certificate()).unwrap());
    assert_eq!(verify_seals(&file, &trust).verdict, Verdict::IntactTrusted);
}
