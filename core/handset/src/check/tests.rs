use proptest::prelude::*;
use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::date::Date;

use super::{CheckKind, Checked, check};

fn today() -> Date {
    Date::new(2026, 11, 23).unwrap()
}

fn checked(kind: &str, typed: &str) -> Checked {
    check(CheckKind::from_word(kind).unwrap(), typed, today())
}

fn is_right(kind: &str, typed: &str, normal: &str) {
    assert_eq!(
        checked(kind, typed).outcome.as_deref(),
        Ok(normal),
        "{kind}"
    );
}

fn is_wrong(kind: &str, typed: &str, code: Code) {
    let outcome = checked(kind, typed).outcome;
    assert_eq!(outcome.map_err(|broken| broken.code), Err(code), "{typed}");
}

#[test]
fn pr_02_each_kind_has_its_own_rules() {
    is_right("resident-id", " 11010519491231002x", "11010519491231002X");
    is_right(
        "social-security",
        "230102199003070015",
        "230102199003070015",
    );
    is_right("passport", "e12345678", "E12345678");
    is_right("hk-macao-permit", "H12345678", "H12345678");
    is_right("taiwan-permit", "12345678", "12345678");
    is_right("foreigner-card", "KAZ110090123105", "KAZ110090123105");
    is_right("mobile", "+86 138-0013-8000", "13800138000");
    is_right("person-name", "阿不都\u{2022}热合曼", "阿不都·热合曼");
    is_right(
        "organisation-name",
        "样例（哈尔滨）有限公司",
        "样例(哈尔滨)有限公司",
    );
    is_wrong("resident-id", "440308199901101513", Code::RegIdChecksum);
    is_wrong("passport", "SE1234567", Code::RegDocKindWrong);
    is_wrong("mobile", "0451-82345678", Code::RegMobileLandline);
    assert_eq!(CheckKind::from_word("officer-card"), None);
}

#[test]
fn lr_16_a_code_tells_its_class_or_why_it_has_none() {
    let class = |code| {
        let checked = checked("credit-code", code);
        assert!(checked.outcome.is_ok(), "{code}");
        (checked.class, checked.warnings)
    };
    assert_eq!(class("91230102MA1B2C3D8J"), (Some("enterprise"), vec![]));
    assert_eq!(
        class("N2230123MF1234567H"),
        (Some("social_organisation"), vec![])
    );
    assert_eq!(
        class("93230102MA3C4D5E7B"),
        (None, vec![Code::EntPrefixUnsupported])
    );
    assert_eq!(
        class("91110108MA01ABCD5T"),
        (None, vec![Code::EntOutOfProvince])
    );
    is_wrong("credit-code", "91330106MA27Y4U47Y", Code::UsccChecksum);
}

#[test]
fn identifiers_of_both_ways_of_counting_pass_and_faults_are_named() {
    let standard = "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U";
    is_right("certificate-id", standard, standard);
    let variant = "1.2.156.3005.2.11100000000013661B006.113700000045046442.209FA4E88F9E4C878F3E9BED2CE7EA49.001.M";
    assert_eq!(
        checked("certificate-id", variant).warnings,
        [Code::IdentCheckVariant]
    );
    is_wrong("certificate-id", "1.2.3", Code::IdentRoot);
    is_wrong(
        "certificate-id",
        &standard.replace(".U", ".V"),
        Code::IdentCheck,
    );
    is_wrong(
        "certificate-id",
        &standard.replace(".001.", ".1."),
        Code::IdentVersion,
    );
}

proptest! {
    /// Whatever is accepted is accepted again in its normal form, and is that form.
    #[test]
    fn a_normal_form_is_its_own_normal_form(text in "\\PC{0,24}", digits in "[0-9]{17}[0-9X]") {
        for (word, kind) in CheckKind::ALL {
            for typed in [&text, &digits] {
                if let Ok(normal) = check(kind, typed, today()).outcome {
                    let again = check(kind, &normal, today()).outcome;
                    prop_assert_eq!(again, Ok(normal), "{} {}", word, typed);
                }
            }
        }
    }
}
