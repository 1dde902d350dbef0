//! The four common kinds: every field on the page, room for the seal, frozen bytes.

use std::path::Path;

use super::*;
use crate::identifier::CertificateId;
use crate::ofd::draw::draw_page;
use crate::ofd::read::Ofd;
use crate::ofd::write::dressing::{Dressing, Face, SealMark, SealPlace};
use crate::ofd::write::tests::{notice, sha256};
use crate::ofd::write::write_face;
use crate::record::tests::{item, licence};
use crate::record::{Holder, HolderCodeType, Validity};

/// The portal's font: the fixture of the other tests has only their signs.
fn font() -> Vec<u8> {
    let font = "../../portal/fonts/NotoSerifCJKsc-Certificate.otf";
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(font)).unwrap()
}

fn portrait() -> Vec<u8> {
    let photo = "../../tests/fixtures/people/p01/id_photo.jpg";
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(photo)).unwrap()
}

fn person(kind: &str, items: &[(&str, &str, &str)]) -> CertificateRecord {
    CertificateRecord {
        name: kind.to_owned(),
        type_name: kind.to_owned(),
        number: "YL23010026".to_owned(),
        id: CertificateId::derive(
            "11100000717804402H006",
            "11230000002411014Q",
            "YL23010026",
            1,
        )
        .unwrap(),
        holders: vec![Holder {
            name: "林知微".to_owned(),
            code: "230102199003078321".to_owned(),
            code_type: HolderCodeType::CitizenId,
        }],
        validity: Validity {
            from: "2016-03-07".parse().unwrap(),
            to: Some("2036-03-07".parse().unwrap()),
        },
        items: items
            .iter()
            .map(|(key, label, value)| item(key, label, label, value))
            .collect(),
        ..licence()
    }
}

fn record(kind: Kind) -> CertificateRecord {
    match kind {
        Kind::BusinessLicence => licence(),
        Kind::FoodPermit => CertificateRecord {
            name: "食品经营许可证".to_owned(),
            type_name: "食品经营许可证".to_owned(),
            number: "JY12301020026118".to_owned(),
            items: vec![
                item("FZR", "法定代表人", "Representative", "林知远"),
                item(
                    "ZS",
                    "住所",
                    "Address",
                    "黑龙江省哈尔滨市道里区北疆示例街18号",
                ),
                item(
                    "JYCS",
                    "经营场所",
                    "Premises",
                    "哈尔滨市道里区北疆示例街18号",
                ),
                item("ZTYT", "主体业态", "Line", "食品销售经营者"),
                item("JYXM", "经营项目", "Items", "预包装食品销售，散装食品销售"),
            ],
            ..licence()
        },
        Kind::IdentityCard => person(
            "居民身份证",
            &[
                ("XB", "性别", "女"),
                ("MZ", "民族", "汉"),
                (
                    "ZZ",
                    "住址",
                    "黑龙江省哈尔滨市道里区北疆示例街18号3单元502室",
                ),
            ],
        ),
        Kind::SocialSecurityCard => person("社会保障卡", &[("KLB", "卡类别", "第三代社会保障卡")]),
        Kind::General => CertificateRecord {
            type_name: "公共场所卫生许可证".to_owned(),
            ..licence()
        },
    }
}

const KINDS: [Kind; 5] = [
    Kind::BusinessLicence,
    Kind::FoodPermit,
    Kind::IdentityCard,
    Kind::SocialSecurityCard,
    Kind::General,
];

fn written(record: &CertificateRecord) -> Face {
    let portrait = portrait();
    let mark = SealMark {
        name: "样例专用章".to_owned(),
        signer: "样例登记机关".to_owned(),
        at: "2026-11-23T09:31:00+08:00".parse().unwrap(),
    };
    let dressing = Dressing {
        portrait: Some(&portrait),
        code: None,
        seal: SealPlace::Sealed(&mark),
    };
    write_face(record, &notice(), &dressing, &font()).unwrap()
}

#[test]
fn every_kind_shows_its_fields_and_leaves_nothing_out() {
    for kind in KINDS {
        let record = record(kind);
        assert_eq!(Kind::of(&record), kind);
        let face = written(&record);
        let ofd = Ofd::open(&face.ofd).unwrap();
        let page = ofd.page(0).unwrap();
        assert!(page.left_out.is_empty(), "{kind:?}: {:?}", page.left_out);
        let whole = page.text().replace('\n', "");
        let holder = &record.holders[0];
        let id = record.id.to_string();
        let mut wanted = vec![
            &record.name,
            &holder.name,
            &holder.code,
            &record.issuer.name,
            &id,
        ];
        wanted.extend(record.items.iter().map(|item| &item.value));
        wanted.extend(record.items.iter().map(|item| &item.label_zh));
        for text in wanted {
            assert!(whole.contains(text), "{kind:?}: {text} is not in {whole}");
        }
        assert!(whole.contains("样例 · 虚构主体，无法律效力"), "{kind:?}");
        assert_eq!(ofd.custom("ZZBS"), Some(id.as_str()));
        assert_eq!(ofd.custom("ZZQZMC"), Some("样例专用章"));
        let picture = draw_page(&ofd, 0, 2.0).unwrap();
        assert!(
            picture.left_out.is_empty(),
            "{kind:?}: {:?}",
            picture.left_out
        );
        // The seal lies on the page.
        let [left, top, width, height] = face.stamp.boundary;
        assert!(left > 0.0 && top > 0.0, "{kind:?}");
        assert!(
            left + width <= kind.size().0 && top + height <= kind.size().1,
            "{kind:?}"
        );
    }
}

#[test]
fn the_bytes_of_every_kind_are_frozen() {
    let frozen = [
        "1abfb16596a92b7b0eed52e0f9fb688d9531924d9dfbff0ddd7d427b5317060b",
        "4536f750edc4b6d3680886871ff5f0964ec09fa1ac5ab2a4662c5b6d96196d9f",
        "3bb6ee11a9bc177a17983d582e2fed4dda8fbc294db8aa4833fd06350e0a3d29",
        "8830b8fe968db067ce00bd7388e7b7754af20d45a00a1733900b521c3276e8e5",
        "10b0681a48d6d5cfc07a099057a665a978174d7355b0aa36f73b5a0ca612c568",
    ];
    let written = KINDS.map(|kind| sha256(&written(&record(kind)).ofd));
    assert_eq!(written, frozen);
}

#[test]
fn a_portrait_that_is_none_is_refused_where_it_is_drawn() {
    let dressing = Dressing {
        portrait: Some(b"no picture"),
        ..Dressing::default()
    };
    let write = |kind| write_face(&record(kind), &notice(), &dressing, &font());
    assert!(matches!(
        write(Kind::IdentityCard),
        Err(WriteError::Portrait)
    ));
    assert!(write(Kind::BusinessLicence).is_ok());
}

#[test]
fn long_values_shrink_and_too_long_ones_are_refused() {
    for kind in [Kind::BusinessLicence, Kind::IdentityCard] {
        let mut record = record(kind);
        record.items[1].value =
            "技术服务、".repeat(if kind == Kind::IdentityCard { 16 } else { 60 });
        let face = written(&record);
        let page = Ofd::open(&face.ofd).unwrap().page(0).unwrap();
        assert!(
            page.text()
                .replace('\n', "")
                .contains(&record.items[1].value),
            "{kind:?}"
        );
        record.items[1].value = "技术服务、".repeat(270);
        let refused = write_face(&record, &notice(), &Dressing::default(), &font());
        assert!(matches!(refused, Err(WriteError::Overflow)), "{kind:?}");
    }
}

/// `QSS_KEEP_KINDS=FOLDER` keeps the files and pictures for people to look at.
#[test]
fn every_kind_is_sealed_and_drawn_whole() {
    use crate::ofd::write::seal_face::write_seal_picture;
    use crate::seal::sealing::authority::{Authority, KeyPair, KeyUse, Subject};
    use crate::seal::sealing::sealer::{SealFace, Sealer};
    let kept = std::env::var_os("QSS_KEEP_KINDS").map(std::path::PathBuf::from);
    let subject = Subject {
        name: "CN=R,C=CN",
        serial: 1,
        valid_s: (1_700_000_000, 2_000_000_000),
        key_use: KeyUse::Authority,
    };
    let root = Authority::new_root(KeyPair::from_secret(&[1; 32]).unwrap(), &subject).unwrap();
    let made_on = "2026-11-23".parse().unwrap();
    let name = "黑龙江政务服务网样例专用章";
    let picture = write_seal_picture(name, "样例", made_on, &font()).unwrap();
    let seal = SealFace {
        id: "1",
        name,
        picture: &picture,
        size_mm: (40, 40),
        valid_s: (1_700_000_000, 2_000_000_000),
    };
    let sealer = Sealer::with_picture(&root, root.clone(), &seal, "OFD");
    for kind in KINDS {
        let face = written(&record(kind));
        let file = sealer
            .seal(&face.ofd, &[face.stamp], 1_795_397_460)
            .unwrap();
        let drawn = draw_page(&Ofd::open(&file).unwrap(), 0, 8.0).unwrap();
        assert!(drawn.left_out.is_empty(), "{kind:?}: {:?}", drawn.left_out);
        if let Some(out) = &kept {
            std::fs::write(out.join(format!("{kind:?}.ofd")), &file).unwrap();
            std::fs::write(out.join(format!("{kind:?}.png")), drawn.to_png().unwrap()).unwrap();
        }
    }
}
