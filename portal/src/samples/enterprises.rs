//! The invented enterprises of the market register, and their certificates.

use quanshengshi_certificate::identifier::CertificateId;
use quanshengshi_certificate::record::calendar::{Date, Moment};
use quanshengshi_certificate::record::status::{State, Status};
use quanshengshi_certificate::record::{
    CertificateRecord, FaceItem, Holder, HolderCodeType, Issuer, Validity,
};

use crate::certificates::CertificateError;
use crate::samples::people::{
    BAI_SONGNIAN, HAN_XIAOCHUAN, JIANG_YUNFAN, LIN_ZHIWEI, SamplePerson, ZHOU_XUEQING,
};

/// An enterprise of the samples.
#[derive(Debug, Clone, Copy)]
pub struct SampleEnterprise {
    /// Its unified social credit code.
    pub code: &'static str,
    /// Its name as registered.
    pub name: &'static str,
    /// Its legal representative.
    pub representative: SamplePerson,
    /// The representative's number as it is filed.
    pub filed_number: &'static str,
    /// The filed contact number.
    pub contact: &'static str,
    /// Whether it is in business.
    pub active: bool,
}

impl SampleEnterprise {
    /// Its type in the register's words.
    pub fn kind(&self) -> &'static str {
        if self.code.starts_with("92") {
            "个体工商户"
        } else if self.code.starts_with('9') {
            "有限责任公司(自然人独资)"
        } else {
            ""
        }
    }
}

/// The demo's enterprise.
pub const CLOUD_SPRUCE: SampleEnterprise = SampleEnterprise {
    code: "91230102MA1B2C3D8J",
    name: "北疆云杉科技（哈尔滨）有限公司",
    representative: LIN_ZHIWEI,
    filed_number: LIN_ZHIWEI.number,
    contact: "13904510037",
    active: true,
};

/// The other citizen's enterprise.
pub const RIVER_SAIL: SampleEnterprise = SampleEnterprise {
    code: "91230109MA1WHN150K",
    name: "江帆冰雪文化(哈尔滨)有限公司",
    representative: JIANG_YUNFAN,
    filed_number: JIANG_YUNFAN.number,
    contact: "13804510086",
    active: true,
};

/// A landline is filed (requirement MS-04).
pub const LANDLINE: SampleEnterprise = SampleEnterprise {
    code: "91230111MA1DREG75K",
    name: "松年寒地农业有限公司",
    representative: BAI_SONGNIAN,
    filed_number: BAI_SONGNIAN.number,
    contact: "0451-84550018",
    active: true,
};

/// The representative is filed under a 15-digit number (requirement MS-05).
pub const FIFTEEN_DIGITS: SampleEnterprise = SampleEnterprise {
    code: "92230102MA1GTHB59J",
    name: "道里区雪青小吃店",
    representative: ZHOU_XUEQING,
    filed_number: "230102700102001",
    contact: "13704510055",
    active: true,
};

/// No number is filed; its representative is filed by a passport (requirements LR-04, MS-02).
pub const NOTHING_FILED: SampleEnterprise = SampleEnterprise {
    code: "91230103MA1Q7W2E5Y",
    name: "晓川冻土勘察有限公司",
    representative: HAN_XIAOCHUAN,
    filed_number: HAN_XIAOCHUAN.number,
    contact: "",
    active: true,
};

/// Struck off (requirement MS-08).
pub const STRUCK_OFF: SampleEnterprise = SampleEnterprise {
    code: "91230104MA1K8H3N4K",
    name: "旧渡口运输有限公司",
    representative: JIANG_YUNFAN,
    filed_number: JIANG_YUNFAN.number,
    contact: "13804510086",
    active: false,
};

/// A social organisation: its number is typed, none is filed (requirement LR-12).
pub const SNOWFIELD_VOLUNTEERS: SampleEnterprise = SampleEnterprise {
    code: "52230100MJY123458D",
    name: "雪原志愿服务中心",
    representative: JIANG_YUNFAN,
    filed_number: JIANG_YUNFAN.number,
    contact: "",
    active: true,
};

/// A public institution (requirement LR-12).
pub const TUNDRA_INSTITUTE: SampleEnterprise = SampleEnterprise {
    code: "12230000414002014N",
    name: "北疆示例研究院",
    representative: LIN_ZHIWEI,
    filed_number: LIN_ZHIWEI.number,
    contact: "",
    active: true,
};

/// All enterprises.
pub const ALL: [SampleEnterprise; 8] = [
    CLOUD_SPRUCE,
    RIVER_SAIL,
    LANDLINE,
    FIFTEEN_DIGITS,
    NOTHING_FILED,
    STRUCK_OFF,
    SNOWFIELD_VOLUNTEERS,
    TUNDRA_INSTITUTE,
];

/// Who defines the types and issues the certificates of the samples.
const AUTHORITY: &str = "11230000002411014Q";

struct Sketch {
    holder: SampleEnterprise,
    kind: &'static str,
    type_code: &'static str,
    number: &'static str,
    serial: &'static str,
    issuer: &'static str,
    issued: &'static str,
    to: Option<&'static str>,
    state: State,
    items: Vec<(&'static str, &'static str, &'static str, String)>,
}

/// The certificates with their holders' codes; `as_of` is when the status was confirmed.
///
/// # Errors
/// [`CertificateError`] when a sketch is no record.
pub fn records(as_of: Moment) -> Result<Vec<(String, CertificateRecord)>, CertificateError> {
    let licence =
        |holder: SampleEnterprise, number, serial, issued, kind: &str, scope: &str| Sketch {
            holder,
            kind: "营业执照",
            type_code: "11100000000013338W001",
            number,
            serial,
            issuer: "哈尔滨市示例登记机关",
            issued,
            to: None,
            state: State::Valid,
            items: vec![
                ("QYLX", "类型", "Type", kind.to_owned()),
                (
                    "FDDBR",
                    "法定代表人",
                    "Legal representative",
                    holder.representative.name.to_owned(),
                ),
                (
                    "ZCZB",
                    "注册资本",
                    "Registered capital",
                    "叁佰万元整".to_owned(),
                ),
                (
                    "ZS",
                    "住所",
                    "Address",
                    "黑龙江省哈尔滨市道里区北疆示例街18号".to_owned(),
                ),
                ("JYFW", "经营范围", "Business scope", scope.to_owned()),
            ],
        };
    let sketches = [
        licence(
            CLOUD_SPRUCE,
            "YL2026-000398",
            "20260000398",
            "2024-05-20",
            "有限责任公司（自然人独资）",
            "软件开发；技术服务；食品销售。",
        ),
        Sketch {
            holder: CLOUD_SPRUCE,
            kind: "食品经营许可证",
            type_code: "11100000MB0341032Y002",
            number: "JY12301020026118",
            serial: "JY12301020026118",
            issuer: "道里区示例审批局",
            issued: "2024-06-18",
            to: Some("2029-06-17"),
            state: State::Valid,
            items: vec![
                (
                    "FZR",
                    "法定代表人",
                    "Legal representative",
                    LIN_ZHIWEI.name.to_owned(),
                ),
                (
                    "ZTYT",
                    "主体业态",
                    "Line of business",
                    "食品销售经营者".to_owned(),
                ),
                ("JYXM", "经营项目", "Items", "预包装食品销售".to_owned()),
                (
                    "JYCS",
                    "经营场所",
                    "Premises",
                    "哈尔滨市道里区北疆示例街18号".to_owned(),
                ),
            ],
        },
        Sketch {
            holder: CLOUD_SPRUCE,
            kind: "道路运输经营许可证",
            type_code: "11100000000013338W003",
            number: "230102001234",
            serial: "20210001234",
            issuer: "道里区示例审批局",
            issued: "2021-08-02",
            to: Some("2025-08-01"),
            state: State::Lapsed,
            items: vec![("JYFW", "经营范围", "Scope", "普通货运".to_owned())],
        },
        licence(
            RIVER_SAIL,
            "YL2026-000412",
            "20260000412",
            "2025-11-03",
            "有限责任公司（自然人独资）",
            "冰雪文化活动策划；工艺品销售。",
        ),
    ];
    sketches
        .into_iter()
        .map(|sketch| Ok((sketch.holder.code.to_owned(), record(sketch, as_of)?)))
        .collect()
}

fn record(sketch: Sketch, as_of: Moment) -> Result<CertificateRecord, CertificateError> {
    let day = |text: &str| text.parse::<Date>().map_err(|_| CertificateError::Time);
    let id = CertificateId::derive(sketch.type_code, AUTHORITY, sketch.serial, 1)
        .map_err(|_| CertificateError::NotFound)?;
    Ok(CertificateRecord {
        name: sketch.kind.to_owned(),
        type_name: sketch.kind.to_owned(),
        number: sketch.number.to_owned(),
        id,
        issuer: Issuer {
            name: sketch.issuer.to_owned(),
            code: AUTHORITY.to_owned(),
        },
        issue_date: day(sketch.issued)?,
        holders: vec![Holder {
            name: sketch.holder.name.to_owned(),
            code: sketch.holder.code.to_owned(),
            code_type: HolderCodeType::CreditCode,
        }],
        validity: Validity {
            from: day(sketch.issued)?,
            to: sketch.to.map(day).transpose()?,
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
                value,
            })
            .collect(),
        previous: None,
        sample: true,
    })
}
