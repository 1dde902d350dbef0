use proptest::prelude::*;

use super::*;

fn valid(code: &str) -> CreditCode {
    let parsed = CreditCode::parse(code).unwrap();
    assert!(parsed.warnings.is_empty(), "{code}");
    assert_eq!(parsed.value.as_str(), code);
    parsed.value
}

fn refused(code: &str) -> (Code, Option<usize>) {
    let error = CreditCode::parse(code).unwrap_err();
    assert_eq!(error.field, Field::CreditCode);
    (error.code, error.position)
}

#[test]
fn lr_03_public_codes_of_the_vectors_pass() {
    for code in [
        "91110000600037341L",
        "91350100M000100Y43",
        "92340621MA2PBN1962",
        "91330106MA27Y4U47R",
        "A1110000MA27Y4U477",
        "11100000000013338W",
        "11430000006122244L",
        "11330105002500287C",
        "113700000045030270",
    ] {
        valid(code);
    }
}

#[test]
fn lr_03_a_wrong_check_character_is_named_at_its_place() {
    for code in [
        "91330106MA27Y4U47Y",
        "91330106MA27Y4U46R",
        "A1110000600037341L",
    ] {
        assert_eq!(refused(code), (Code::UsccChecksum, Some(18)), "{code}");
    }
}

#[test]
fn lr_03_each_single_fault_has_its_own_code() {
    assert_eq!(refused("88230102MA1B2C3D8X"), (Code::UsccCategory, Some(2)));
    assert_eq!(refused("91990102MA1B2C3D8A"), (Code::UsccRegion, Some(3)));
    assert_eq!(refused("01230102MA1B2C3D8J"), (Code::UsccDept, Some(1)));
    assert_eq!(refused("91230102MA1B2C3D8"), (Code::UsccLength, None));
    assert_eq!(refused("91230102MAIB2C3D8J"), (Code::UsccCharset, Some(11)));
    assert_eq!(refused("912301A2MA1B2C3D8J"), (Code::UsccCharset, Some(7)));
}

#[test]
fn lr_03_a_failing_inner_check_is_only_a_warning() {
    let parsed = CreditCode::parse("91230102MA1B2C3D9M").unwrap();
    let codes: Vec<_> = parsed.warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(codes, [Code::UsccOrgCheck]);
}

#[test]
fn lr_03_typed_forms_are_normalised() {
    let parsed = CreditCode::parse("９１２３０１０２ ma1b-2c3d8j").unwrap();
    assert_eq!(parsed.value.as_str(), "91230102MA1B2C3D8J");
}

#[test]
fn lr_16_the_beginning_tells_the_kind() {
    use EnterpriseType::{Enterprise, PublicInstitution, SocialOrganisation, SoleTrader};
    for (code, kind) in [
        ("91230102MA1B2C3D8J", Enterprise),
        ("92230103MA2A1B2C6M", SoleTrader),
        ("11230000002411014Q", PublicInstitution),
        ("12230000414002014N", PublicInstitution),
        ("5123000050001234XF", SocialOrganisation),
        ("52230100MJY123458D", SocialOrganisation),
        ("31230000414009996U", SocialOrganisation),
        ("71230100500023452L", SocialOrganisation),
        ("61230000MB0A123421", SocialOrganisation),
        ("N2230123MF1234567H", SocialOrganisation),
    ] {
        assert_eq!(valid(code).class(), Ok(kind), "{code}");
        assert_eq!(valid(code).check_chosen(kind), Ok(()));
    }
}

#[test]
fn lr_16_gaps_of_the_manual_are_valid_codes_with_another_way_on() {
    for code in [
        "93230102MA3C4D5E7B",
        "81230100MC0123450E",
        "132300004140030174",
        "A1230000MB0123457T",
        "Y1230100MB0543216J",
    ] {
        let error = valid(code).class().unwrap_err();
        assert_eq!(error.code, Code::EntPrefixUnsupported, "{code}");
    }
}

#[test]
fn lr_18_enterprises_of_other_provinces_are_sent_to_the_national_portal() {
    for code in ["91110108MA01ABCD5T", "91100000100009993C"] {
        let error = valid(code).class().unwrap_err();
        assert_eq!(error.code, Code::EntOutOfProvince, "{code}");
    }
}

#[test]
fn lr_01_a_chosen_kind_that_differs_from_the_code_is_named() {
    let error = valid("91230102MA1B2C3D8J")
        .check_chosen(EnterpriseType::SoleTrader)
        .unwrap_err();
    assert_eq!(error.code, Code::EntTypePrefixMismatch);
    assert_eq!(error.field, Field::EnterpriseType);
}

proptest! {
    #[test]
    fn any_text_is_a_code_or_a_typed_error(text in "\\PC{0,24}") {
        if let Ok(parsed) = CreditCode::parse(&text) {
            let _ = parsed.value.class();
        }
    }

    #[test]
    fn a_code_with_a_computed_check_passes(tail in "[0-9A-HJ-NP-RTUWXY]{9}") {
        let head = format!("91230102{tail}");
        let code = format!("{head}{}", check_sign(&head).unwrap());
        prop_assert!(CreditCode::parse(&code).is_ok());
    }
}
