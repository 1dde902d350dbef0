use proptest::prelude::*;

use super::*;
use crate::complaint::Warning;

fn today() -> Date {
    Date::new(2026, 11, 23).unwrap()
}

fn refused(number: &str) -> (Code, Option<usize>) {
    let error = ResidentId::parse(number, today()).unwrap_err();
    (error.code, error.position)
}

#[test]
fn pr_04_valid_numbers_of_the_vectors_pass_without_remark() {
    for number in [
        "11010519491231002X",
        "360426199101010071",
        "34052419800101001X",
        "440308199901101512",
        "110101199003078670",
        "500154199804106120",
        "330105197810270025",
        "110101197810270029",
        "110101190001010014",
        "230102199003070015",
        "230103198512150023",
        "230602197001010033",
        "232701199912310045",
        "230102200002290046",
    ] {
        let parsed = ResidentId::parse(number, today()).unwrap();
        assert_eq!(parsed.value.as_str(), number);
        assert!(parsed.warnings.is_empty(), "{number}");
    }
}

#[test]
fn pr_04_historic_and_abolished_regions_pass() {
    for number in [
        "44040119580101000X",
        "140120197901010008",
        "441282198101011230",
        "411082198901010002",
        "232321195501010019",
        "232126196002290023",
        "239001197206150039",
    ] {
        assert!(ResidentId::parse(number, today()).is_ok(), "{number}");
    }
}

#[test]
fn pr_04_an_unknown_place_in_a_known_province_is_only_a_warning() {
    let parsed = ResidentId::parse("239999199003070016", today()).unwrap();
    let warning = Warning {
        code: Code::RegIdRegionUnknown,
        field: Field::DocumentNumber,
    };
    assert_eq!(parsed.warnings, [warning]);
}

#[test]
fn pr_04_a_wrong_check_character_is_named_at_its_place() {
    for number in [
        "440308199901101513",
        "11010119900307867X",
        "111111199901101512",
    ] {
        assert_eq!(refused(number), (Code::RegIdChecksum, Some(18)), "{number}");
    }
}

#[test]
fn pr_04_a_wrong_date_is_told_before_a_wrong_check_character() {
    for number in [
        "440308199902301512",
        "230102199902301518",
        "230102199002290016",
        "230102209903070017",
    ] {
        assert_eq!(refused(number), (Code::RegIdBirthdate, Some(7)), "{number}");
    }
}

#[test]
fn pr_04_an_unknown_province_is_refused() {
    assert_eq!(refused("990426199112010074"), (Code::RegIdRegion, Some(1)));
}

#[test]
fn pr_04_length_signs_and_old_numbers_have_their_own_codes() {
    assert_eq!(refused("1101051949123100"), (Code::RegIdLength, None));
    assert_eq!(refused(""), (Code::RegIdLength, None));
    assert_eq!(
        refused("110105194912310O2X"),
        (Code::RegIdCharset, Some(16))
    );
    assert_eq!(refused("11010519X91231002X"), (Code::RegIdCharset, Some(9)));
    assert_eq!(
        refused("身10105194912310021"),
        (Code::RegIdCharset, Some(1))
    );
    assert_eq!(refused("110105491231002"), (Code::RegId15Digit, None));
}

#[test]
fn pr_04_typed_forms_are_normalised() {
    for typed in [
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
    ] {
        let parsed = ResidentId::parse(typed, today()).unwrap();
        assert_eq!(parsed.value.as_str(), "11010519491231002X");
    }
}

#[test]
fn pr_02_numbers_of_other_documents_are_told_apart() {
    assert_eq!(refused("810000199408230021").0, Code::RegDocUnsupported);
    assert_eq!(refused("830000199201300022").0, Code::RegDocUnsupported);
    assert_eq!(refused("911398199012310021").0, Code::RegDocKindWrong);
    assert_eq!(refused("92315619850607123X").0, Code::RegDocKindWrong);
}

#[test]
fn an_old_number_upgrades_to_the_new_one_except_for_centenarians() {
    for (old, new) in [
        ("110105491231002", "11010519491231002X"),
        ("610104620927690", "610104196209276908"),
    ] {
        let parsed = ResidentId::from_15_digits(old, today()).unwrap();
        assert_eq!(parsed.value.as_str(), new);
    }
    let centenarian = ResidentId::from_15_digits("110105491231996", today()).unwrap_err();
    assert_eq!(centenarian.code, Code::RegId15Digit);
}

#[test]
fn birth_sex_and_mask_come_out_of_the_number() {
    let number = ResidentId::parse("230102199003070015", today())
        .unwrap()
        .value;
    assert_eq!(number.birth(), Date::new(1990, 3, 7).unwrap());
    assert_eq!(number.sex(), Sex::Male);
    assert_eq!(number.masked(), "2301**********0015");
    let other = ResidentId::parse("230103198512150023", today()).unwrap();
    assert_eq!(other.value.sex(), Sex::Female);
}

proptest! {
    #[test]
    fn any_text_is_an_id_number_or_a_typed_error(text in "\\PC{0,24}") {
        let _ = ResidentId::parse(&text, today());
        let _ = ResidentId::from_15_digits(&text, today());
    }

    #[test]
    fn a_number_with_a_computed_check_passes_and_any_single_digit_change_fails(
        birth in 1850u16..2026, month in 1u8..=12, day in 1u8..=28, sequence in 0u16..1000, at in 0usize..17, add in 1u8..10,
    ) {
        let digits = format!("230102{birth}{month:02}{day:02}{sequence:03}");
        let number = format!("{digits}{}", check_sign(&digits).unwrap());
        prop_assert!(ResidentId::parse(&number, today()).is_ok());
        let mut changed = number.into_bytes();
        changed[at] = b'0' + (changed[at] - b'0' + add) % 10;
        prop_assert!(ResidentId::parse(&String::from_utf8(changed).unwrap(), today()).is_err());
    }
}
