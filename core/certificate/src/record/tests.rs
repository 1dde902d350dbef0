use proptest::prelude::*;

use super::calendar::Moment;
use super::status::State;
use super::*;

pub(crate) fn item(key: &str, label_zh: &str, label_en: &str, value: &str) -> FaceItem {
    FaceItem {
        key: key.to_owned(),
        label_zh: label_zh.to_owned(),
        label_en: label_en.to_owned(),
        value: value.to_owned(),
    }
}

/// The licence of an invented enterprise: person, enterprise, authority and codes do not exist.
pub(crate) fn licence() -> CertificateRecord {
    CertificateRecord {
        name: "营业执照".to_owned(),
        type_name: "营业执照".to_owned(),
        number: "YL2026-000398".to_owned(),
        id: CertificateId::derive(
            "11100000000013338W001",
            "11230000002411014Q",
            "20260001234",
            1,
        )
        .unwrap(),
        issuer: Issuer {
            name: "哈尔滨市示例登记机关".to_owned(),
            code: "11230000002411014Q".to_owned(),
        },
        issue_date: "2024-05-20".parse().unwrap(),
        holders: vec![Holder {
            name: "北疆云杉科技（哈尔滨）有限公司".to_owned(),
            code: "91230102MA1BX7H221".to_owned(),
            code_type: HolderCodeType::CreditCode,
        }],
        validity: Validity {
            from: "2021-03-08".parse().unwrap(),
            to: None,
        },
        status: Status {
            state: State::Valid,
            as_of: "2026-11-23T09:31:00+08:00".parse().unwrap(),
        },
        items: vec![
            item("QYLX", "类型", "Type", "有限责任公司（自然人投资或控股）"),
            item("FDDBR", "法定代表人", "Legal representative", "林知远"),
            item("ZCZB", "注册资本", "Registered capital", "叁佰万元整"),
            item("CLRQ", "成立日期", "Established", "2021年03月08日"),
            item(
                "ZS",
                "住所",
                "Address",
                "黑龙江省哈尔滨市道里区北疆示例街18号",
            ),
            item(
                "JYFW",
                "经营范围",
                "Business scope",
                "软件开发；技术服务、技术开发、技术咨询、技术转让、技术推广；互联网数据服务；\
                 计算机系统集成；电子设备销售。（依法须经批准的项目，经相关部门批准后方可开展经营活动）",
            ),
        ],
        previous: None,
        sample: true,
    }
}

#[test]
fn the_stored_form_is_frozen() {
    let mut record = licence();
    record.items.truncate(1);
    let bytes = record.to_bytes().unwrap();
    assert_eq!(
        String::from_utf8(bytes.clone()).unwrap(),
        concat!(
            r#"{"version":1,"record":{"name":"营业执照","type_name":"营业执照","number":"YL2026-000398","#,
            r#""id":"1.2.156.3005.2.11100000000013338W001.11230000002411014Q.20260001234.001.K","#,
            r#""issuer":{"name":"哈尔滨市示例登记机关","code":"11230000002411014Q"},"#,
            r#""issue_date":"2024-05-20","holders":[{"name":"北疆云杉科技（哈尔滨）有限公司","#,
            r#""code":"91230102MA1BX7H221","code_type":"credit_code"}],"#,
            r#""validity":{"from":"2021-03-08","to":null},"#,
            r#""status":{"state":"valid","as_of":"2026-11-23T09:31:00+08:00"},"#,
            r#""items":[{"key":"QYLX","label_zh":"类型","label_en":"Type","#,
            r#""value":"有限责任公司（自然人投资或控股）"}],"previous":null,"sample":true}}"#,
        )
    );
    assert_eq!(CertificateRecord::from_bytes(&bytes).unwrap(), record);
}

#[test]
fn rarer_parts_are_read_back() {
    let mut record = licence();
    record.status.state = State::Other("迁移中".to_owned());
    record.holders[0].code_type = HolderCodeType::Other {
        code: "414".to_owned(),
        name: "普通护照".to_owned(),
    };
    record.validity.to = Some("2031-03-07".parse().unwrap());
    record.previous = Some(record.id.clone());
    let bytes = record.to_bytes().unwrap();
    assert_eq!(CertificateRecord::from_bytes(&bytes).unwrap(), record);
}

#[test]
fn a_newer_version_and_unknown_fields_are_refused() {
    let text = String::from_utf8(licence().to_bytes().unwrap()).unwrap();
    let newer = text.replacen("\"version\":1", "\"version\":2", 1);
    assert!(matches!(
        CertificateRecord::from_bytes(newer.as_bytes()),
        Err(RecordError::Version(2))
    ));
    let more = text.replacen("\"sample\":true", "\"sample\":true,\"extra\":1", 1);
    assert!(matches!(
        CertificateRecord::from_bytes(more.as_bytes()),
        Err(RecordError::Json(_))
    ));
    let long = vec![b' '; MAX_RECORD_BYTES + 1];
    assert!(matches!(
        CertificateRecord::from_bytes(&long),
        Err(RecordError::TooLong(_))
    ));
}

#[test]
fn fields_that_must_hold_are_checked_both_ways() {
    type Spoil = fn(&mut CertificateRecord);
    let cases: [(&str, Spoil); 7] = [
        ("name", |r| r.name.clear()),
        ("number", |r| r.number = " ".to_owned()),
        ("holders", |r| r.holders.clear()),
        ("holder", |r| r.holders[0].code.clear()),
        ("validity", |r| {
            r.validity.to = Some("2020-01-01".parse().unwrap());
        }),
        ("item", |r| r.items[0].key = "kz".to_owned()),
        ("item", |r| r.items[0].value = "x".repeat(MAX_TEXT + 1)),
    ];
    for (field, spoil) in cases {
        let mut record = licence();
        spoil(&mut record);
        assert!(matches!(record.to_bytes(), Err(RecordError::Field(name)) if name == field));
        let stored = Stored {
            version: RECORD_VERSION,
            record: &record,
        };
        let bytes = serde_json::to_vec(&stored).unwrap();
        assert!(
            matches!(CertificateRecord::from_bytes(&bytes), Err(RecordError::Field(name)) if name == field)
        );
    }
}

#[test]
fn validity_counts_both_days() {
    let day = |text: &str| text.parse::<Date>().unwrap();
    let validity = Validity {
        from: day("2021-03-08"),
        to: Some(day("2021-03-09")),
    };
    let covered: Vec<bool> = ["2021-03-07", "2021-03-08", "2021-03-09", "2021-03-10"]
        .into_iter()
        .map(|text| validity.covers(day(text)))
        .collect();
    assert_eq!(covered, [false, true, true, false]);
    assert!(
        Validity {
            to: None,
            ..validity
        }
        .covers(day("9999-12-31"))
    );
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = CertificateRecord::from_bytes(&bytes);
    }

    #[test]
    fn records_are_read_back(name in "\\PC{1,20}", value in "\\PC{1,80}", seconds in 0u64..4_000_000_000) {
        let mut record = licence();
        record.name = format!("证{name}");
        record.items[0].value = format!("{value}。");
        record.status.as_of = Moment::from_unix_seconds(seconds).unwrap();
        let bytes = record.to_bytes().unwrap();
        prop_assert_eq!(CertificateRecord::from_bytes(&bytes).unwrap(), record);
    }
}
