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

/// Everybody.
pub const ALL: [SamplePerson; 4] = [LIN_ZHIWEI, JIANG_YUNFAN, BAI_SONGNIAN, ZHOU_XUEQING];
