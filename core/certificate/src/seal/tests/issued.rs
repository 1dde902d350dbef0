//! Keys and seals of real authorities, revocation lists, and faces with room for a seal.

use super::*;
use crate::ofd::draw::draw_page;
use crate::ofd::read::Ofd;
use crate::ofd::write::dressing::{Dressing, SealMark, SealPlace};
use crate::ofd::write::seal_face::write_seal_picture;
use crate::ofd::write::tests::{FONT, notice};
use crate::ofd::write::write_face;
use crate::record::tests::licence;
use crate::seal::anchor::RevocationList;
use crate::seal::reason::Reason;
use crate::seal::sealing::SealingError;
use crate::seal::sealing::revocation::Revoked;
use crate::seal::verify::{Verdict, verify_seals};

/// Serial number of the signer of [`cast`].
const SIGNER: u64 = 3;
const DAY_S: i64 = 86_400;

fn list(by: &Authority, entries: &[(u64, i64)]) -> RevocationList {
    let revoked = Revoked {
        number: 300,
        made_at_s: NOW_S,
        next_at_s: NOW_S + 30 * DAY_S,
        entries,
    };
    RevocationList::parse(&by.sign_revocations(&revoked).unwrap()).unwrap()
}

#[test]
fn a_signer_who_was_revoked_before_signing_seals_nothing() {
    let cast = cast();
    let file = sealed(&cast);
    let root = KeyCertificate::parse(cast.root.certificate()).unwrap();
    let with = |lists: Vec<RevocationList>| {
        let trust = Trust {
            revocations: lists,
            ..trust_in(&cast.root)
        };
        let report = verify_seals(&file, &trust);
        (report.verdict, report.reasons)
    };
    let trusted = (Verdict::IntactTrusted, Vec::new());
    assert_eq!(with(vec![list(&cast.root, &[])]), trusted);
    assert_eq!(with(vec![list(&cast.root, &[(77, 0)])]), trusted);
    let before = list(&cast.root, &[(77, 0), (SIGNER, SIGNED_S - DAY_S)]);
    assert!(before.is_by(&root));
    assert_eq!((before.made_at_s(), before.name()), (NOW_S, root.name()));
    let revoked = (Verdict::Broken, vec![Reason::SignerRevoked]);
    assert_eq!(with(vec![before.clone()]), revoked);
    let maker = (Verdict::Broken, vec![Reason::MakerRevoked]);
    assert_eq!(with(vec![list(&cast.root, &[(2, 0)])]), maker);
    // What was sealed before the day stays good; a list by nobody trusted says nothing.
    let after = list(&cast.root, &[(SIGNER, SIGNED_S + DAY_S)]);
    assert_eq!(with(vec![after]), trusted);
    let stranger = subject("CN=样例根,O=样例省,C=CN", 1, KeyUse::Authority);
    let stranger = Authority::new_root(pair(9), &stranger).unwrap();
    let forged = list(&stranger, &[(SIGNER, 0)]);
    assert!(!forged.is_by(&root));
    assert_eq!(with(vec![forged]), trusted);
    assert!(
        !list(&cast.signer, &[]).is_by(&KeyCertificate::parse(cast.signer.certificate()).unwrap())
    );
}

#[test]
fn a_seal_somebody_else_made_is_used_only_by_its_signer() {
    let cast = cast();
    let own = Sealer::new(&cast.maker, cast.signer.clone(), &face(&picture()));
    let seal = own.seal_der().to_vec();
    let signer = Authority::from_certificate(pair(3), cast.signer.certificate()).unwrap();
    let other = Sealer::from_seal(signer, &seal).unwrap();
    let file = other.seal(&sample(), &[stamp()], SIGNED_S).unwrap();
    assert_eq!(file, own.seal(&sample(), &[stamp()], SIGNED_S).unwrap());
    let names = other.names().unwrap();
    assert_eq!(
        names,
        (
            "样例登记机关电子专用章".to_owned(),
            "样例登记机关".to_owned()
        )
    );
    assert_eq!(
        other.valid_s().unwrap(),
        (START_S.cast_signed(), END_S.cast_signed())
    );

    let wrong_key = Authority::from_certificate(pair(4), cast.signer.certificate());
    assert!(matches!(wrong_key, Err(SealingError::KeyCertificate)));
    let not_listed = Sealer::from_seal(cast.root.clone(), &seal);
    assert!(matches!(not_listed, Err(SealingError::Seal)));
    let mut forged = seal.clone();
    *forged.last_mut().unwrap() ^= 1;
    let forged = Sealer::from_seal(cast.signer.clone(), &forged);
    assert!(matches!(forged, Err(SealingError::Seal)));
    let junk = Sealer::from_seal(cast.signer.clone(), b"seal");
    assert!(matches!(junk, Err(SealingError::Seal)));
}

#[test]
fn a_key_is_read_from_pkcs8() {
    let secret = sm2::SecretKey::from_slice(&[3; 32]).unwrap();
    let der = sm2::pkcs8::EncodePrivateKey::to_pkcs8_der(&secret).unwrap();
    let read = KeyPair::from_pkcs8(der.as_bytes()).unwrap();
    assert_eq!(read.sign(b"x"), pair(3).sign(b"x"));
    assert!(matches!(
        KeyPair::from_pkcs8(b"-----BEGIN X-----"),
        Err(SealingError::Secret)
    ));
}

#[test]
fn a_face_with_room_for_its_seal_is_sealed_there() {
    let cast = cast();
    let made_on = "2026-06-01".parse().unwrap();
    let seal = write_seal_picture("样例登记机关", "样例", made_on, FONT).unwrap();
    assert_eq!(
        seal,
        write_seal_picture("样例登记机关", "样例", made_on, FONT).unwrap()
    );
    let sealer = Sealer::with_picture(&cast.maker, cast.signer.clone(), &face(&seal), "OFD");
    let (name, signer) = sealer.names().unwrap();
    let mark = SealMark {
        name,
        signer,
        at: "2026-06-01T08:00:00+08:00".parse().unwrap(),
    };
    let dressing = Dressing {
        seal: SealPlace::Sealed(&mark),
        ..Dressing::default()
    };
    // A kind without a layout of its own: the fixture's font has no other signs.
    let mut record = licence();
    record.type_name = "许可证".to_owned();
    let written = write_face(&record, &notice(), &dressing, FONT).unwrap();
    let file = sealer
        .seal(&written.ofd, std::slice::from_ref(&written.stamp), SIGNED_S)
        .unwrap();
    let report = verify_seals(&file, &trust_in(&cast.root));
    assert_eq!(report.verdict, Verdict::IntactTrusted);
    assert_eq!(report.uncovered, Vec::<String>::new());
    let ofd = Ofd::open(&file).unwrap();
    assert_eq!(ofd.custom("ZZQZMC"), Some("样例登记机关电子专用章"));
    assert_eq!(ofd.custom("ZZQZR"), Some("样例登记机关"));
    assert_eq!(ofd.custom("ZZQZSJ"), Some("2026-06-01T08:00:00+08:00"));
    let picture = draw_page(&ofd, 0, 4.0).unwrap();
    assert!(picture.left_out.is_empty(), "{:?}", picture.left_out);
    let [left, top, width, height] = written.stamp.boundary;
    let width_px = usize::try_from(picture.width).unwrap();
    let mm = |px: usize| f32::from(u16::try_from(px).unwrap()) / 4.0;
    let red_in = |[left, top, width, height]: [f32; 4]| {
        let pixels = picture.rgba.chunks_exact(4).enumerate();
        let inside = pixels.filter(|(at, _)| {
            let (x, y) = (mm(at % width_px) - left, mm(at / width_px) - top);
            (0.0..width).contains(&x) && (0.0..height).contains(&y)
        });
        let reds = inside.filter(|(_, p)| p[0] > 150 && p[1] < 110 && p[2] < 110);
        reds.count()
    };
    assert!(red_in([left, top, width, height]) > 1500);
    assert_eq!(red_in([20.0, top, 60.0, height]), 0, "nowhere else");
}
