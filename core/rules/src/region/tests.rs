use proptest::prelude::*;

use super::*;

#[test]
fn every_row_of_the_tables_is_read_and_sorted() {
    assert_eq!(
        TREE.len(),
        include_str!("../../data/heilongjiang.tsv").lines().count()
    );
    assert!(TREE.is_sorted_by(|a, b| a.code < b.code));
    assert!(
        KNOWN.is_sorted_by(|a, b| a < b),
        "a historic code exists today"
    );
    for code in KNOWN.iter() {
        assert!(code.len() == 6 && code.starts_with("23"), "{code}");
        assert!(code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
    }
    assert!(PROVINCES.is_sorted());
}

#[test]
fn pr_13_the_tree_has_thirteen_prefectures_and_each_has_counties() {
    let names: Vec<_> = prefectures()
        .map(|region| region.name(Language::Zh))
        .collect();
    assert_eq!(
        names,
        [
            "哈尔滨市",
            "齐齐哈尔市",
            "鸡西市",
            "鹤岗市",
            "双鸭山市",
            "大庆市",
            "伊春市",
            "佳木斯市",
            "七台河市",
            "牡丹江市",
            "黑河市",
            "绥化市",
            "大兴安岭地区"
        ]
    );
    let counties: usize = prefectures()
        .map(|region| counties_of(region.code()).count())
        .sum();
    assert_eq!(counties + 13 + 1, TREE.len());
    assert!(prefectures().all(|region| counties_of(region.code()).count() >= 4));
    assert_eq!(counties_of("230000").count(), 0);
    assert_eq!(counties_of("110100").count(), 0);
}

#[test]
fn pr_13_a_region_knows_its_names_and_what_is_above_it() {
    let daoli = find("230102").unwrap();
    assert_eq!(daoli.full_name(Language::Zh), "黑龙江省哈尔滨市道里区");
    assert_eq!(
        daoli.full_name(Language::En),
        "Daoli District, Harbin, Heilongjiang"
    );
    assert_eq!(
        (daoli.level(), daoli.prefecture_code().as_str()),
        (Level::County, "230100")
    );
    let harbin = find("230100").unwrap();
    assert_eq!(harbin.full_name(Language::Zh), "黑龙江省哈尔滨市");
    let province = province().unwrap();
    assert_eq!(province.full_name(Language::Zh), "黑龙江省");
    assert_eq!(province.level(), Level::Province);
}

#[test]
fn pr_13_another_province_is_told_to_choose_heilongjiang() {
    for (typed, outcome) in [
        ("230000", Ok("230000")),
        (" 230102 ", Ok("230102")),
        ("110101", Err(Code::RegRegionNotHlj)),
        ("440300", Err(Code::RegRegionNotHlj)),
        ("230105", Err(Code::RegRegionUnknown)),
        ("990000", Err(Code::RegRegionUnknown)),
        ("11", Err(Code::RegRegionUnknown)),
        ("", Err(Code::RegRegionUnknown)),
    ] {
        let read = Region::parse(typed)
            .map(Region::code)
            .map_err(|error| (error.code, error.field));
        assert_eq!(
            read,
            outcome.map_err(|code| (code, Field::Region)),
            "{typed}"
        );
    }
}

#[test]
fn historic_places_of_heilongjiang_are_known_and_invented_ones_are_not() {
    for code in [
        "230102", "232701", "232702", "232321", "232126", "239001", "239011", "232627", "230105",
        "230716", "230101",
    ] {
        assert_eq!(acquaintance(code), Acquaintance::Known, "{code}");
    }
    for code in ["239999", "230199", "232799", "2301", "23"] {
        assert_eq!(acquaintance(code), Acquaintance::UnknownPlace, "{code}");
    }
    // Elsewhere there is no table to be held against.
    assert_eq!(acquaintance("119999"), Acquaintance::Known);
    for code in ["990000", "830000", "", "2", "身份证号"] {
        assert_eq!(acquaintance(code), Acquaintance::UnknownProvince, "{code}");
    }
}

proptest! {
    #[test]
    fn any_text_is_a_region_or_a_typed_error_and_a_region_reads_as_itself(
        text in "\\PC{0,8}", code in "23[0-9]{4}",
    ) {
        let _ = acquaintance(&text);
        for typed in [text, code] {
            if let Ok(region) = Region::parse(&typed) {
                prop_assert_eq!(Region::parse(region.code()), Ok(region));
                prop_assert_eq!(acquaintance(region.code()), Acquaintance::Known);
            }
        }
    }
}
