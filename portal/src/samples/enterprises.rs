//! The invented enterprises of the market register.

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
