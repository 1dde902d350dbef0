use quanshengshi_rules::credit_code::CreditCode;
use quanshengshi_rules::date::Date;
use quanshengshi_rules::document::kind::DocumentKind;
use quanshengshi_rules::document::number::DocumentNumber;
use quanshengshi_rules::organisation_name::OrganisationName;
use quanshengshi_rules::person_name::PersonName;

use super::{enterprises, people};

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

#[test]
fn every_record_is_marked_as_a_sample() {
    let as_of = "2026-11-23T09:31:00+08:00".parse().expect("a moment");
    let records = enterprises::records(as_of).expect("records");
    assert_eq!(records.len(), 4);
    for (_, record) in records {
        record.check().expect("a record");
        assert!(record.sample);
    }
}
