//! The six kinds of document of the manual.

use crate::complaint::RuleError;
use crate::complaint::code::Code;
use crate::complaint::field::Field;
use crate::language::Language;

/// A kind of document that can be used for registration (requirement PR-02).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// 居民身份证.
    ResidentId,
    /// 社会保障卡.
    SocialSecurityCard,
    /// 普通护照, issued by China.
    OrdinaryPassport,
    /// 港澳居民来往内地通行证.
    HongKongMacaoPermit,
    /// 台湾居民来往大陆通行证.
    TaiwanPermit,
    /// 外国人永久居留证.
    ForeignPermanentResident,
}

impl DocumentKind {
    /// All kinds, in the order of the manual.
    pub const ALL: [Self; 6] = [
        Self::ResidentId,
        Self::SocialSecurityCard,
        Self::OrdinaryPassport,
        Self::HongKongMacaoPermit,
        Self::TaiwanPermit,
        Self::ForeignPermanentResident,
    ];

    /// The name of the kind in forms, messages and storage.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ResidentId => "resident_id",
            Self::SocialSecurityCard => "social_security_card",
            Self::OrdinaryPassport => "ordinary_passport",
            Self::HongKongMacaoPermit => "hong_kong_macao_permit",
            Self::TaiwanPermit => "taiwan_permit",
            Self::ForeignPermanentResident => "foreign_permanent_resident",
        }
    }

    /// The words for the person.
    pub fn label(self, language: Language) -> &'static str {
        match self {
            Self::ResidentId => language.pick("身份证", "Resident ID card"),
            Self::SocialSecurityCard => language.pick("社保卡", "Social security card"),
            Self::OrdinaryPassport => language.pick(
                "普通护照（中国颁发）",
                "Ordinary passport (issued by China)",
            ),
            Self::HongKongMacaoPermit => language.pick(
                "港澳居民来往内地通行证",
                "Mainland travel permit for Hong Kong and Macao residents",
            ),
            Self::TaiwanPermit => language.pick(
                "台湾居民来往大陆通行证",
                "Mainland travel permit for Taiwan residents",
            ),
            Self::ForeignPermanentResident => {
                language.pick("外国人永久居留证", "Foreigner's permanent residence card")
            }
        }
    }

    /// Reads the name of a kind as it stands in a form.
    ///
    /// # Errors
    /// `REG_DOC_UNSUPPORTED` for any other kind.
    pub fn parse(name: &str) -> Result<Self, RuleError> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == name.trim())
            .ok_or_else(|| RuleError::new(Code::RegDocUnsupported, Field::DocumentKind))
    }

    /// Whether the dates on the back are asked for: only the ID card has a term to choose
    /// (requirement LR-06).
    pub fn has_validity_term(self) -> bool {
        self == Self::ResidentId
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pr_02_exactly_six_kinds_are_accepted_and_others_say_what_to_do() {
        for kind in DocumentKind::ALL {
            assert_eq!(DocumentKind::parse(kind.as_str()), Ok(kind));
        }
        let error = DocumentKind::parse("officer_card").unwrap_err();
        assert_eq!(error.code, Code::RegDocUnsupported);
        assert!(error.text(Language::Zh).contains("人工审核"));
    }

    #[test]
    fn lr_06_only_the_id_card_asks_for_a_term() {
        let asking: Vec<_> = DocumentKind::ALL
            .into_iter()
            .filter(|kind| kind.has_validity_term())
            .collect();
        assert_eq!(asking, [DocumentKind::ResidentId]);
    }
}
