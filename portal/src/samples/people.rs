//! The invented people of the population register.

/// A person of the samples.
#[derive(Debug, Clone, Copy)]
pub struct SamplePerson {
    /// The name.
    pub name: &'static str,
    /// Kind of the document.
    pub kind: &'static str,
    /// Its number.
    pub number: &'static str,
    /// First day of validity.
    pub valid_from: &'static str,
    /// Last day of validity.
    pub valid_to: &'static str,
    /// The photo on file.
    pub photo: Option<&'static [u8]>,
}

/// The citizen with the face p01: legal representative of the first enterprise.
pub const LIN_ZHIWEI: SamplePerson = SamplePerson {
    name: "林知微",
    kind: "resident_id",
    number: "230102199705180024",
    valid_from: "2023-06-12",
    valid_to: "2043-06-12",
    photo: Some(include_bytes!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tests/fixtures/people/p01/id_photo.jpg"
    ))),
};

/// The citizen with the face p09: legal representative of another enterprise.
pub const JIANG_YUNFAN: SamplePerson = SamplePerson {
    name: "江云帆",
    kind: "resident_id",
    number: "230104200403090013",
    valid_from: "2022-07-04",
    valid_to: "2032-07-04",
    photo: Some(include_bytes!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tests/fixtures/people/p09/id_photo.jpg"
    ))),
};

/// A citizen of whom the register holds no photo (requirement SC-08).
pub const BAI_SONGNIAN: SamplePerson = SamplePerson {
    name: "白松年",
    kind: "resident_id",
    number: "230103198507110035",
    valid_from: "2019-02-25",
    valid_to: "2039-02-25",
    photo: None,
};

/// A citizen with a long-term card.
pub const ZHOU_XUEQING: SamplePerson = SamplePerson {
    name: "周雪青",
    kind: "resident_id",
    number: "230102197001020015",
    valid_from: "2018-01-09",
    valid_to: "9999-12-31",
    photo: None,
};

const fn without_photo(
    name: &'static str,
    kind: &'static str,
    number: &'static str,
    valid_from: &'static str,
    valid_to: &'static str,
) -> SamplePerson {
    SamplePerson {
        name,
        kind,
        number,
        valid_from,
        valid_to,
        photo: None,
    }
}

/// A citizen with a passport; also the representative of an enterprise, filed by it (LR-04).
pub const HAN_XIAOCHUAN: SamplePerson =
    without_photo("韩晓川", "ordinary_passport", "E31415926", "", "");

/// A resident of Macao with a travel permit.
pub const HO_MENGTIN: SamplePerson =
    without_photo("何梦田", "hong_kong_macao_permit", "M27182818", "", "");

/// A resident of Taiwan with a travel permit.
pub const CHEN_YUSHAN: SamplePerson = without_photo("陈雨杉", "taiwan_permit", "16180339", "", "");

/// A foreigner with a permanent residence card.
pub const ANNA_SEVEROVA: SamplePerson = without_photo(
    "SEVEROVA ANNA",
    "foreign_permanent_resident",
    "92315619850607123X",
    "",
    "",
);

/// A citizen whose number was given in a district that is long abolished.
pub const DU_HECHUN: SamplePerson = without_photo(
    "杜鹤春",
    "resident_id",
    "232126196002290023",
    "2012-03-01",
    "9999-12-31",
);

/// Everybody.
pub const ALL: [SamplePerson; 9] = [
    LIN_ZHIWEI,
    JIANG_YUNFAN,
    BAI_SONGNIAN,
    ZHOU_XUEQING,
    HAN_XIAOCHUAN,
    HO_MENGTIN,
    CHEN_YUSHAN,
    ANNA_SEVEROVA,
    DU_HECHUN,
];
