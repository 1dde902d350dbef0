//! The states of enterprises and persons, by the registers' own words.

/// The registered state of an enterprise (requirement MS-08).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RegisteredState {
    /// 存续: in business.
    InBusiness,
    /// 注销: ended by its own wish.
    Deregistered,
    /// 吊销: its licence was taken away.
    Revoked,
    /// 撤销: its registration was undone.
    Annulled,
    /// 迁出: registered elsewhere by now.
    MovedOut,
    /// 异常: listed as operating abnormally.
    Abnormal,
}

impl RegisteredState {
    /// All states.
    pub const ALL: [Self; 6] = [
        Self::InBusiness,
        Self::Deregistered,
        Self::Revoked,
        Self::Annulled,
        Self::MovedOut,
        Self::Abnormal,
    ];

    /// The register's word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::InBusiness => "存续",
            Self::Deregistered => "注销",
            Self::Revoked => "吊销",
            Self::Annulled => "撤销",
            Self::MovedOut => "迁出",
            Self::Abnormal => "异常",
        }
    }

    /// Reads the register's word; nothing for any other one.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether an enterprise in this state may act.
    pub const fn is_active(self) -> bool {
        matches!(self, Self::InBusiness)
    }
}

/// Whether a person lives, as far as the register knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PersonStatus {
    /// Nothing else is on file.
    Normal,
    /// Their death is on file.
    Deceased,
}

impl PersonStatus {
    /// The register's word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Deceased => "deceased",
        }
    }

    /// Reads the register's word; nothing for any other one.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Normal, Self::Deceased]
            .into_iter()
            .find(|status| status.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::{PersonStatus, RegisteredState};

    #[test]
    fn ms_08_only_an_enterprise_in_business_is_active() {
        for state in RegisteredState::ALL {
            assert_eq!(RegisteredState::parse(state.word()), Some(state));
            assert_eq!(state.is_active(), state.word() == "存续");
        }
        for other in ["", "存续 ", "active", "注销中"] {
            assert_eq!(RegisteredState::parse(other), None, "{other}");
        }
        for status in [PersonStatus::Normal, PersonStatus::Deceased] {
            assert_eq!(PersonStatus::parse(status.word()), Some(status));
        }
    }
}
