//! What a hostile file may make the judge do.

use super::*;
use crate::ofd::limits::MAX_SIGNATURES;
use crate::seal::chain::{self, Broken};
use crate::seal::reason::Reason;
use crate::seal::verify::{Verdict, verify_seals};

#[test]
fn authorities_that_vouch_for_each_other_end_the_search() {
    // All of one name and key: each is signed by every other, and there are 40^5 paths of five.
    let key = || pair(9);
    let authority = |serial| {
        let subject = subject("CN=甲,C=CN", serial, KeyUse::Authority);
        Authority::new_root(key(), &subject).unwrap()
    };
    let others: Vec<KeyCertificate> = (1..=40)
        .map(|serial| KeyCertificate::parse(authority(serial).certificate()).unwrap())
        .collect();
    let leaf = authority(1).issue(pair(3), &subject("CN=乙,C=CN", 99, KeyUse::Signing));
    let leaf = KeyCertificate::parse(leaf.unwrap().certificate()).unwrap();
    let mut trust = trust_in(&cast().root);
    let check = |trust: &Trust| chain::check(&leaf, &others, trust, SIGNED_S);
    assert_eq!(check(&trust), Err(Broken::IssuerUnknown));
    // They hide no anchor that stands behind the signer itself.
    trust.roots.push(others[20].clone());
    assert_eq!(check(&trust), Ok(()));
}

#[test]
fn a_list_of_more_signatures_than_anybody_makes_is_not_judged() {
    let cast = cast();
    let listed = |count: usize| {
        let change = |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes).unwrap();
            let start = text.find("<ofd:Signature ").unwrap();
            let end = start + text[start..].find("/>").unwrap() + 2;
            let again = text[start..end].repeat(count);
            Some([&text[..start], &again, &text[end..]].concat().into_bytes())
        };
        let file = altered(&sealed(&cast), "Doc_0/Signs/Signatures.xml", change);
        let report = verify_seals(&file, &trust_in(&cast.root));
        (report.verdict, report.reasons)
    };
    assert_eq!(listed(3), (Verdict::IntactTrusted, vec![]));
    let refused = (Verdict::Broken, vec![Reason::ListUnreadable]);
    assert_eq!(listed(MAX_SIGNATURES + 1), refused);
}
