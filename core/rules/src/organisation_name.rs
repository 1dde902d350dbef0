//! Names of enterprises and other bodies (domain rules 2.7, requirements LR-02 and LR-14).

use crate::complaint::code::Code;
use crate::complaint::field::Field;
use crate::complaint::{Parsed, RuleError};
use crate::normalise;

const FIELD: Field = Field::OrganisationName;

/// A checked name with English brackets; everything else as on the licence.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OrganisationName(String);

impl OrganisationName {
    /// Reads a name as typed. Full-width brackets are changed to `()`, and a warning says so.
    ///
    /// # Errors
    /// `ORG_NAME_BRACKET` with the position of any other bracket, `ORG_NAME_FORMAT` for control
    /// or private-use characters and outside 2 to 100 characters.
    pub fn parse(typed: &str) -> Result<Parsed<Self>, RuleError> {
        let text = normalise::trimmed(typed);
        let odd = text
            .chars()
            .position(|sign| "【】〔〕[]［］「」『』{}".contains(sign));
        if let Some(at) = odd {
            return Err(RuleError::new(Code::OrgNameBracket, FIELD).at(at + 1));
        }
        let unreadable = text.chars().position(|sign| {
            sign.is_control() || matches!(u32::from(sign), 0xE000..=0xF8FF | 0xF0000..=0x10_FFFF)
        });
        if let Some(at) = unreadable {
            return Err(RuleError::new(Code::OrgNameFormat, FIELD).at(at + 1));
        }
        if !(2..=100).contains(&text.chars().count()) {
            return Err(RuleError::new(Code::OrgNameFormat, FIELD));
        }
        let name = folded(&text);
        let converted = name != text;
        let mut parsed = Parsed::plain(Self(name));
        if converted {
            parsed.warn(Code::OrgNameBracketConverted, FIELD);
        }
        Ok(parsed)
    }

    /// The name with English brackets.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a register means the same name; registers often hold full-width brackets.
    pub fn matches(&self, registered: &str) -> bool {
        self.0 == folded(&normalise::trimmed(registered))
    }
}

fn folded(name: &str) -> String {
    name.replace('（', "(").replace('）', ")")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lr_14_full_width_brackets_are_changed_and_the_person_is_told() {
        let parsed = OrganisationName::parse(" 松雪（哈尔滨）食品有限公司").unwrap();
        assert_eq!(parsed.value.as_str(), "松雪(哈尔滨)食品有限公司");
        let codes: Vec<_> = parsed.warnings.iter().map(|warning| warning.code).collect();
        assert_eq!(codes, [Code::OrgNameBracketConverted]);
        assert!(parsed.value.matches("松雪（哈尔滨）食品有限公司"));
        assert!(parsed.value.matches("松雪(哈尔滨）食品有限公司"));
        assert!(!parsed.value.matches("松雪哈尔滨食品有限公司"));
    }

    #[test]
    fn lr_14_other_brackets_are_named_at_their_place() {
        for name in ["松雪【哈尔滨】", "松雪〔哈尔滨〕", "松雪[哈尔滨]"] {
            let error = OrganisationName::parse(name).unwrap_err();
            assert_eq!(
                (error.code, error.position),
                (Code::OrgNameBracket, Some(3))
            );
        }
    }

    #[test]
    fn lr_02_everything_else_is_kept() {
        let parsed = OrganisationName::parse("ＡＢ·松雪 Café 食品厂").unwrap();
        assert_eq!(parsed.value.as_str(), "ＡＢ·松雪 Café 食品厂");
        assert!(parsed.warnings.is_empty());
        for typed in ["", "松", "松\u{7}雪"] {
            let error = OrganisationName::parse(typed).unwrap_err();
            assert_eq!(error.code, Code::OrgNameFormat);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_name_or_a_typed_error(text in "\\PC{0,110}") {
            if let Ok(parsed) = OrganisationName::parse(&text) {
                prop_assert!(parsed.value.matches(&text));
            }
        }
    }
}
