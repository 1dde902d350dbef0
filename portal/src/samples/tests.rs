use quanshengshi_rules::credit_code::CreditCode;
use quanshengshi_rules::date::Date;
use quanshengshi_rules::document::kind::DocumentKind;
use quanshengshi_rules::document::number::DocumentNumber;
use quanshengshi_rules::organisation_name::OrganisationName;
use quanshengshi_rules::person_name::PersonName;

use quanshengshi_certificate::ofd::write::dressing::Dressing;
use quanshengshi_certificate::ofd::write::notice::CopyNotice;
use quanshengshi_certificate::ofd::write::write_face;
use quanshengshi_certificate::record::status::State;

use super::certificates::records;
use super::{enterprises, people};
use crate::certificates::standing::Standing;

#[test]
fn every_number_follows_its_rules() {
    let today = Date::new(2026, 11, 23).expect("a day");
    for person in people::ALL {
        let kind = DocumentKind::parse(person.kind).expect(person.name);
        DocumentNumber::parse(kind, person.number, today).expect(person.name);
        PersonName::parse(person.name).expect(person.name);
    }
    for enterprise in enterprises::ALL {
        let code = CreditCode::parse(enterprise.code)
            .expect(enterprise.name)
            .value;
        code.class().expect(enterprise.name);
        OrganisationName::parse(enterprise.name).expect(enterprise.name);
    }
}

const AS_OF: &str = "2026-11-23T09:31:00+08:00";

#[test]
fn every_record_is_marked_as_a_sample_and_is_a_record_whenever_it_is_loaded() {
    for as_of in [
        AS_OF,
        "2028-02-29T00:00:00+08:00",
        "2030-12-31T23:59:59+08:00",
    ] {
        let records = records(as_of.parse().expect("a moment")).expect("records");
        assert_eq!(records.len(), 12);
        for (_, record) in &records {
            record.check().expect(&record.name);
            assert!(record.sample, "{}", record.name);
        }
        let mut names: Vec<_> = records.iter().map(|(_, record)| &record.id).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), records.len(), "each has its own identifier");
    }
}

#[test]
fn us_02_the_first_enterprise_shows_every_standing_and_the_first_person_holds_some() {
    let as_of = AS_OF.parse().expect("a moment");
    let records = records(as_of).expect("records");
    let of = |holder: &'static str| {
        let held = records.iter().filter(move |(code, _)| code == holder);
        held.map(|(_, record)| record)
    };
    let standings: Vec<_> = of(enterprises::CLOUD_SPRUCE.code)
        .map(|record| Standing::of(record, as_of.date()))
        .collect();
    for standing in [Standing::Holds, Standing::Ending(25), Standing::Void] {
        assert!(standings.contains(&standing), "{standing:?}");
    }
    let states: Vec<_> = of(enterprises::CLOUD_SPRUCE.code)
        .map(|record| record.status.state.clone())
        .collect();
    for state in [
        State::Valid,
        State::Suspended,
        State::Lapsed,
        State::Revoked,
    ] {
        assert!(states.contains(&state), "{state:?}");
    }
    let replaced = of(enterprises::CLOUD_SPRUCE.code).filter(|record| record.previous.is_some());
    assert_eq!(replaced.count(), 1);
    assert_eq!(of(people::LIN_ZHIWEI.number).count(), 3);
}

/// The font has every sign of the faces, and every text finds its place.
#[test]
fn us_05_every_certificate_can_be_written() {
    let font = include_bytes!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/fonts/NotoSerifCJKsc-Certificate.otf"
    ));
    let as_of = AS_OF.parse().expect("a moment");
    let notice = CopyNotice::for_handset("林*微", "黑龙江政务服务网（样例）", as_of, "1");
    for (_, record) in records(as_of).expect("records") {
        write_face(&record, &notice, &Dressing::default(), font).expect(&record.name);
    }
}
