//! The invented certificates of enterprises and persons, one in every state a list can show.
//!
//! Days that make a state are counted from the day of loading, so that a portal shows the same
//! whenever it is started.

use quanshengshi_certificate::identifier::CertificateId;
use quanshengshi_certificate::record::calendar::{Date, Moment};
use quanshengshi_certificate::record::status::{State, Status};
use quanshengshi_certificate::record::{
    CertificateRecord, FaceItem, Holder, HolderCodeType, Issuer, Validity,
};

use crate::certificates::CertificateError;
use crate::samples::enterprises::{CLOUD_SPRUCE, RIVER_SAIL, SampleEnterprise};
use crate::samples::people::{LIN_ZHIWEI, SamplePerson};

/// Who defines the types and issues the certificates of the samples.
const AUTHORITY: &str = "11230000002411014Q";
const LICENCE_TYPE: &str = "11100000000013338W001";
const FOOD_TYPE: &str = "11100000MB0341032Y002";
const TRANSPORT_TYPE: &str = "11100000000013338W003";
const HYGIENE_TYPE: &str = "11100000000013610M004";
const LABOUR_TYPE: &str = "11100000717804402H005";
const CARD_TYPE: &str = "11100000717804402H006";
const IDENTITY_TYPE: &str = "11100000000013127D009";
const HEALTH_TYPE: &str = "11100000000013610M007";

/// A day of the calendar, or one counted from the day of loading.
#[derive(Debug, Clone, Copy)]
enum Day {
    On(&'static str),
    Before(u64),
    After(u64),
}

impl Day {
    fn date(self, today: Date) -> Result<Date, CertificateError> {
        use quanshengshi_rules::date::Date as Counted;
        let counted = || Counted::new(today.year(), today.month(), today.day())?.day_number();
        let number = match self {
            Self::On(text) => return text.parse().map_err(|_| CertificateError::Time),
            Self::Before(days) => counted().and_then(|number| number.checked_sub(days)),
            Self::After(days) => counted().and_then(|number| number.checked_add(days)),
        };
        let day = number
            .and_then(Counted::from_day_number)
            .ok_or(CertificateError::Time)?;
        Date::new(day.year(), day.month(), day.day()).map_err(|_| CertificateError::Time)
    }
}

/// An item of a face: key, both labels, value.
type Item = (&'static str, &'static str, &'static str, &'static str);

struct Sketch {
    holder: Holder,
    kind: &'static str,
    type_code: &'static str,
    number: &'static str,
    serial: &'static str,
    issuer: &'static str,
    issued: Day,
    to: Option<Day>,
    state: State,
    items: Vec<Item>,
    previous_serial: Option<&'static str>,
}

/// The certificates with their holders' codes; `as_of` is when the status was confirmed.
///
/// # Errors
/// [`CertificateError`] when a sketch is no record.
pub fn records(as_of: Moment) -> Result<Vec<(String, CertificateRecord)>, CertificateError> {
    let sketches = licences()
        .into_iter()
        .chain(permits())
        .chain(ended_permits())
        .chain(of_persons());
    sketches
        .map(|sketch| Ok((sketch.holder.code.clone(), record(sketch, as_of)?)))
        .collect()
}

fn licences() -> [Sketch; 2] {
    let licence = |enterprise: SampleEnterprise, number, serial, issued, scope| Sketch {
        kind: "营业执照",
        type_code: LICENCE_TYPE,
        number,
        serial,
        issuer: "哈尔滨市示例登记机关",
        issued: Day::On(issued),
        items: vec![
            ("QYLX", "类型", "Type", "有限责任公司（自然人独资）"),
            (
                "FDDBR",
                "法定代表人",
                "Legal representative",
                enterprise.representative.name,
            ),
            ("ZCZB", "注册资本", "Registered capital", "叁佰万元整"),
            (
                "ZS",
                "住所",
                "Address",
                "黑龙江省哈尔滨市道里区北疆示例街18号",
            ),
            ("JYFW", "经营范围", "Business scope", scope),
        ],
        ..of_enterprise(enterprise)
    };
    [
        licence(
            CLOUD_SPRUCE,
            "YL2026-000398",
            "20260000398",
            "2024-05-20",
            "软件开发；技术服务；食品销售。",
        ),
        licence(
            RIVER_SAIL,
            "YL2026-000412",
            "20260000412",
            "2025-11-03",
            "冰雪文化活动策划；工艺品销售。",
        ),
    ]
}

/// What holds: for years, and for some weeks.
fn permits() -> [Sketch; 2] {
    [
        Sketch {
            kind: "食品经营许可证",
            type_code: FOOD_TYPE,
            number: "JY12301020026118",
            serial: "JY12301020026118",
            issued: Day::On("2024-06-18"),
            to: Some(Day::After(3 * 365)),
            items: vec![
                ("FZR", "法定代表人", "Legal representative", LIN_ZHIWEI.name),
                ("ZTYT", "主体业态", "Line of business", "食品销售经营者"),
                ("JYXM", "经营项目", "Items", "预包装食品销售"),
                (
                    "JYCS",
                    "经营场所",
                    "Premises",
                    "哈尔滨市道里区北疆示例街18号",
                ),
            ],
            ..of_enterprise(CLOUD_SPRUCE)
        },
        Sketch {
            kind: "公共场所卫生许可证",
            type_code: HYGIENE_TYPE,
            number: "哈里卫公证字2022第0417号",
            serial: "20220000417",
            issuer: "道里区示例卫生健康局",
            issued: Day::Before(4 * 365 - 25),
            to: Some(Day::After(25)),
            items: vec![
                ("DZ", "地址", "Address", "哈尔滨市道里区北疆示例街18号"),
                ("XKXM", "许可项目", "Permitted", "商场"),
            ],
            ..of_enterprise(CLOUD_SPRUCE)
        },
    ]
}

/// What holds no more, or not now: lapsed, over, suspended, and revoked with the one that took
/// its place.
fn ended_permits() -> [Sketch; 5] {
    let transport = |number, serial, issued, to| Sketch {
        kind: "道路运输经营许可证",
        type_code: TRANSPORT_TYPE,
        number,
        serial,
        issued,
        to: Some(to),
        items: vec![("JYFW", "经营范围", "Scope", "普通货运")],
        ..of_enterprise(CLOUD_SPRUCE)
    };
    let labour = |number, serial| Sketch {
        kind: "劳务派遣经营许可证",
        type_code: LABOUR_TYPE,
        number,
        serial,
        issuer: "哈尔滨市示例人社局",
        items: vec![("XKSX", "许可经营事项", "Permitted", "劳务派遣")],
        ..of_enterprise(CLOUD_SPRUCE)
    };
    [
        Sketch {
            state: State::Lapsed,
            ..transport(
                "230102001234",
                "20210001234",
                Day::On("2021-08-02"),
                Day::On("2025-08-01"),
            )
        },
        Sketch {
            kind: "户外广告设置许可证",
            ..transport(
                "哈里城广2023第0088号",
                "20230000088",
                Day::Before(2 * 365 + 40),
                Day::Before(40),
            )
        },
        Sketch {
            kind: "危险化学品经营许可证",
            type_code: "11100000MB0341032Y008",
            number: "黑哈危化经字000216",
            serial: "20240000216",
            issued: Day::Before(500),
            to: Some(Day::After(595)),
            state: State::Suspended,
            items: vec![("XKFW", "许可范围", "Scope", "酒精零售（不带储存设施）")],
            ..of_enterprise(CLOUD_SPRUCE)
        },
        Sketch {
            issued: Day::Before(900),
            to: Some(Day::After(195)),
            state: State::Revoked,
            ..labour("2301022024001", "20240230001")
        },
        Sketch {
            issued: Day::Before(120),
            to: Some(Day::After(975)),
            previous_serial: Some("20240230001"),
            ..labour("2301022026007", "20260230007")
        },
    ]
}

fn of_persons() -> [Sketch; 3] {
    [
        Sketch {
            kind: "居民身份证",
            type_code: IDENTITY_TYPE,
            number: "YL23010097",
            serial: "YL23010097",
            issuer: "哈尔滨市示例公安局",
            issued: Day::On(LIN_ZHIWEI.valid_from),
            to: Some(Day::On(LIN_ZHIWEI.valid_to)),
            items: vec![
                ("XB", "性别", "Sex", "女"),
                ("MZ", "民族", "Nationality", "汉"),
                (
                    "ZZ",
                    "住址",
                    "Address",
                    "黑龙江省哈尔滨市道里区北疆示例街18号3单元502室",
                ),
            ],
            ..of_person(LIN_ZHIWEI)
        },
        Sketch {
            kind: "社会保障卡",
            type_code: CARD_TYPE,
            number: "YL23010026",
            serial: "YL23010026",
            issuer: "哈尔滨市示例人社局",
            issued: Day::On("2023-07-01"),
            to: Some(Day::After(6 * 365)),
            items: vec![("KLB", "卡类别", "Kind of card", "第三代社会保障卡")],
            ..of_person(LIN_ZHIWEI)
        },
        Sketch {
            kind: "食品从业人员健康证明",
            type_code: HEALTH_TYPE,
            number: "哈健2026字第004219号",
            serial: "2026004219",
            issuer: "道里区示例疾控中心",
            issued: Day::Before(360),
            to: Some(Day::After(5)),
            items: vec![
                ("GZLB", "从业类别", "Line of work", "食品销售"),
                ("TJJL", "体检结论", "Finding", "合格"),
            ],
            ..of_person(LIN_ZHIWEI)
        },
    ]
}

fn of_enterprise(enterprise: SampleEnterprise) -> Sketch {
    sketch(Holder {
        name: enterprise.name.to_owned(),
        code: enterprise.code.to_owned(),
        code_type: HolderCodeType::CreditCode,
    })
}

fn of_person(person: SamplePerson) -> Sketch {
    sketch(Holder {
        name: person.name.to_owned(),
        code: person.number.to_owned(),
        code_type: HolderCodeType::CitizenId,
    })
}

/// A sketch of which everything but the holder is still to be said.
fn sketch(holder: Holder) -> Sketch {
    Sketch {
        holder,
        kind: "",
        type_code: "",
        number: "",
        serial: "",
        issuer: "道里区示例审批局",
        issued: Day::Before(0),
        to: None,
        state: State::Valid,
        items: Vec::new(),
        previous_serial: None,
    }
}

fn record(sketch: Sketch, as_of: Moment) -> Result<CertificateRecord, CertificateError> {
    let identifier = |serial: &str| {
        CertificateId::derive(sketch.type_code, AUTHORITY, serial, 1)
            .map_err(|_| CertificateError::NotFound)
    };
    let today = as_of.date();
    let issued = sketch.issued.date(today)?;
    Ok(CertificateRecord {
        id: identifier(sketch.serial)?,
        previous: sketch.previous_serial.map(identifier).transpose()?,
        name: sketch.kind.to_owned(),
        type_name: sketch.kind.to_owned(),
        number: sketch.number.to_owned(),
        issuer: Issuer {
            name: sketch.issuer.to_owned(),
            code: AUTHORITY.to_owned(),
        },
        issue_date: issued,
        holders: vec![sketch.holder],
        validity: Validity {
            from: issued,
            to: sketch.to.map(|day| day.date(today)).transpose()?,
        },
        status: Status {
            state: sketch.state,
            as_of,
        },
        items: sketch
            .items
            .into_iter()
            .map(|(key, label_zh, label_en, value)| FaceItem {
                key: key.to_owned(),
                label_zh: label_zh.to_owned(),
                label_en: label_en.to_owned(),
                value: value.to_owned(),
            })
            .collect(),
        sample: true,
    })
}
