//! The four kinds of enterprise of the manual (requirement LR-01).

use crate::complaint::RuleError;
use crate::complaint::code::Code;
use crate::complaint::field::Field;
use crate::language::Language;

/// A kind of enterprise account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EnterpriseType {
    /// 企业法人: codes beginning 9123.
    Enterprise,
    /// 个体工商户: codes beginning 9223.
    SoleTrader,
    /// 社团法人: codes beginning N, 3, 5, 6 or 7.
    SocialOrganisation,
    /// 机关事业单位: codes beginning 1123 or 1223.
    PublicInstitution,
}

impl EnterpriseType {
    /// All kinds, in the order of the form.
    pub const ALL: [Self; 4] = [
        Self::Enterprise,
        Self::SoleTrader,
        Self::SocialOrganisation,
        Self::PublicInstitution,
    ];

    /// The name of the kind in forms, messages and storage.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enterprise => "enterprise",
            Self::SoleTrader => "sole_trader",
            Self::SocialOrganisation => "social_organisation",
            Self::PublicInstitution => "public_institution",
        }
    }

    /// The words for the person.
    pub fn label(self, language: Language) -> &'static str {
        match self {
            Self::Enterprise => language.pick("企业法人", "Enterprise"),
            Self::SoleTrader => language.pick("个体工商户", "Sole trader"),
            Self::SocialOrganisation => language.pick("社团法人", "Social organisation"),
            Self::PublicInstitution => {
                language.pick("机关事业单位", "Government body or public institution")
            }
        }
    }

    /// The hint under the words: how the code of such a body begins (requirement LR-16).
    pub fn prefix_hint(self, language: Language) -> &'static str {
        match self {
            Self::Enterprise => language.pick("代码以 9123 开头", "Code begins 9123"),
            Self::SoleTrader => language.pick("以 9223 开头", "Begins 9223"),
            Self::SocialOrganisation => {
                language.pick("以 N、3、5、6、7 开头", "Begins N, 3, 5, 6 or 7")
            }
            Self::PublicInstitution => language.pick("以 1123、1223 开头", "Begins 1123 or 1223"),
        }
    }

    /// Whether the mobile number must be the one filed with the market regulator
    /// (requirements LR-11 and LR-12).
    pub fn needs_filed_mobile(self) -> bool {
        matches!(self, Self::Enterprise | Self::SoleTrader)
    }

    /// Reads the name of a kind as it stands in a form.
    ///
    /// # Errors
    /// `ENT_TYPE_UNKNOWN` for any other name.
    pub fn parse(name: &str) -> Result<Self, RuleError> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == name.trim())
            .ok_or_else(|| RuleError::new(Code::EntTypeUnknown, Field::EnterpriseType))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lr_01_four_kinds_are_read_by_name() {
        for kind in EnterpriseType::ALL {
            assert_eq!(EnterpriseType::parse(kind.as_str()), Ok(kind));
        }
        let error = EnterpriseType::parse("cooperative").unwrap_err();
        assert_eq!(error.code, Code::EntTypeUnknown);
    }

    #[test]
    fn lr_12_social_and_public_bodies_need_no_filed_mobile() {
        let needing: Vec<_> = EnterpriseType::ALL
            .into_iter()
            .filter(|kind| kind.needs_filed_mobile())
            .collect();
        assert_eq!(
            needing,
            [EnterpriseType::Enterprise, EnterpriseType::SoleTrader]
        );
    }
}
