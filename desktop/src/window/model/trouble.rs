//! Something is in the way: what to say, and what the person can do. There is always something to do.

use quanshengshi::config::TextLanguage;
use quanshengshi::error::QssError;
use quanshengshi::texts::code_text;

use crate::window::model::order::Order;
use crate::window::texts::Say;

/// A button of a trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Remedy {
    Retry,
    Scan,
    TypeDigits,
    OtherWays,
    Unlock,
    Reset,
    ForgetCopy,
    OfflineCopies,
    OtherFile,
    Home,
}

impl Remedy {
    /// Its words.
    pub(crate) fn say(self) -> Say {
        match self {
            Self::Retry => Say::Retry,
            Self::Scan => Say::ScanAgain,
            Self::TypeDigits => Say::TypeInstead,
            Self::OtherWays => Say::OtherWays,
            Self::Unlock => Say::Unlock,
            Self::Reset => Say::Reset,
            Self::ForgetCopy => Say::ForgetCopy,
            Self::OfflineCopies => Say::OfflineCopies,
            Self::OtherFile => Say::OtherFile,
            Self::Home => Say::Home,
        }
    }
}

/// What stands on the screen of a failed call.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Trouble {
    /// For the support.
    pub(crate) code: String,
    pub(crate) text: String,
    /// The first one is the filled button.
    pub(crate) remedies: Vec<Remedy>,
    /// What failed, for [`Remedy::Retry`].
    pub(crate) again: Option<Order>,
}

impl Trouble {
    /// The trouble of a failed call.
    pub(crate) fn of(error: &QssError, language: TextLanguage, again: Option<Order>) -> Self {
        let known = code_text(error.code(), language).filter(|text| !text.is_empty());
        let unknown = || Say::UnknownTrouble.text(language).to_owned();
        let mut remedies = remedies(error).to_vec();
        if again.is_none() {
            remedies.retain(|remedy| !matches!(remedy, Remedy::Retry | Remedy::Unlock));
        }
        if remedies.is_empty() {
            remedies.push(Remedy::Home);
        }
        Self {
            code: error.code().to_owned(),
            text: known.unwrap_or_else(unknown),
            remedies,
            again,
        }
    }
}

/// Whether a call failed because nobody answered: what is kept can still be shown.
pub(crate) fn is_offline(error: &QssError) -> bool {
    matches!(error, QssError::TryAgain { .. })
}

fn remedies(error: &QssError) -> &'static [Remedy] {
    match error {
        QssError::ScanAgain { .. } => &[Remedy::Scan, Remedy::TypeDigits],
        QssError::NewTask { .. } | QssError::Refused { .. } => &[Remedy::Home],
        QssError::NewAttempt { .. } => &[Remedy::Retry, Remedy::OtherWays],
        QssError::TryAgain { .. } => &[Remedy::Retry, Remedy::OfflineCopies],
        QssError::OtherWay { .. } => &[Remedy::OtherWays, Remedy::Home],
        QssError::UnlockDevice { .. } => &[Remedy::Unlock, Remedy::Home],
        QssError::VaultReset { .. } => &[Remedy::Reset, Remedy::Home],
        QssError::Wiped { .. } => &[Remedy::Scan, Remedy::Home],
        QssError::FetchAgain { .. } => &[Remedy::ForgetCopy, Remedy::Home],
        QssError::DiskFull { .. } | QssError::Cancelled { .. } | QssError::Internal { .. } => {
            &[Remedy::Retry, Remedy::Home]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trouble_speaks_and_has_a_way_on() {
        let code = || "NO_SUCH_CODE".to_owned();
        let errors = [
            QssError::ScanAgain { code: code() },
            QssError::NewTask { code: code() },
            QssError::NewAttempt { code: code() },
            QssError::TryAgain {
                code: code(),
                after_ms: 1,
            },
            QssError::OtherWay {
                code: code(),
                after_ms: None,
            },
            QssError::Refused { code: code() },
            QssError::UnlockDevice { code: code() },
            QssError::VaultReset { code: code() },
            QssError::Wiped { code: code() },
            QssError::DiskFull { code: code() },
            QssError::FetchAgain { code: code() },
            QssError::Cancelled { code: code() },
            QssError::Internal { code: code() },
        ];
        for error in errors {
            for again in [None, Some(Order::Home)] {
                let trouble = Trouble::of(&error, TextLanguage::Zh, again.clone());
                assert_eq!(trouble.text, "出了点问题，请再试一次");
                assert!(!trouble.remedies.is_empty(), "{error:?}");
                let retries = trouble.remedies.contains(&Remedy::Retry);
                assert!(
                    !retries || again.is_some(),
                    "nothing to do again: {error:?}"
                );
            }
        }
    }

    #[test]
    fn a_lost_network_offers_the_offline_copies() {
        let error = QssError::TryAgain {
            code: "NET_UNREACHABLE".to_owned(),
            after_ms: 1,
        };
        assert!(is_offline(&error));
        let trouble = Trouble::of(&error, TextLanguage::En, Some(Order::Log));
        assert_eq!(trouble.remedies, [Remedy::Retry, Remedy::OfflineCopies]);
    }
}
