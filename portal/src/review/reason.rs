//! Why an application comes back: the manual's reasons, no free text (requirements MR-05, MR-06).

use quanshengshi_rules::language::Language;

use crate::accounts::AccountKind;

/// A reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// 手机号: not the one on file.
    Mobile,
    /// 姓名, or 法人姓名.
    PersonName,
    /// 证件号码, or 身份证号码.
    DocumentNumber,
    /// 有效期.
    Validity,
    /// The pictures cannot be read. The manual does not name it; without it a reviewer could
    /// only guess.
    Unreadable,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 5] = [
        Self::Mobile,
        Self::PersonName,
        Self::DocumentNumber,
        Self::Validity,
        Self::Unreadable,
    ];

    /// What may be said of an application of a kind.
    pub const fn of(kind: AccountKind) -> &'static [Self] {
        match kind {
            AccountKind::Personal => &[
                Self::PersonName,
                Self::DocumentNumber,
                Self::Validity,
                Self::Unreadable,
            ],
            AccountKind::Legal => &[
                Self::Mobile,
                Self::PersonName,
                Self::DocumentNumber,
                Self::Unreadable,
            ],
        }
    }

    /// The word in forms and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mobile => "mobile",
            Self::PersonName => "person_name",
            Self::DocumentNumber => "document_number",
            Self::Validity => "validity",
            Self::Unreadable => "unreadable",
        }
    }

    /// The words for a person.
    pub fn label(self, language: Language) -> &'static str {
        match self {
            Self::Mobile => language.pick("手机号", "mobile number"),
            Self::PersonName => language.pick("姓名", "name"),
            Self::DocumentNumber => language.pick("证件号码", "document number"),
            Self::Validity => language.pick("有效期", "validity"),
            Self::Unreadable => language.pick("照片看不清", "unreadable pictures"),
        }
    }

    /// Reasons as a column holds them.
    pub fn written(reasons: &[Self]) -> String {
        let words: Vec<&str> = reasons.iter().map(|reason| reason.word()).collect();
        words.join(" ")
    }

    /// The reasons of a column.
    pub fn read(written: &str) -> Vec<Self> {
        let known = |word| Self::ALL.into_iter().find(|reason| reason.word() == word);
        written.split(' ').filter_map(known).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Reason;
    use crate::accounts::AccountKind;

    #[test]
    fn mr_05_mr_06_each_kind_has_the_manuals_reasons() {
        use Reason::{DocumentNumber, Mobile, PersonName, Unreadable, Validity};
        assert_eq!(
            Reason::of(AccountKind::Personal),
            [PersonName, DocumentNumber, Validity, Unreadable]
        );
        assert_eq!(
            Reason::of(AccountKind::Legal),
            [Mobile, PersonName, DocumentNumber, Unreadable]
        );
        assert_eq!(Reason::read(&Reason::written(&Reason::ALL)), Reason::ALL);
        assert!(Reason::read("").is_empty());
    }
}
