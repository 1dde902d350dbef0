//! One sentence that is carried over a redirect and shown above the next page.
//!
//! Only words of a fixed set travel in the address, never a text: nobody can make a page of ours
//! say what it does not say.

use axum::http::Uri;
use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::language::Language;

/// What is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// The session ended by itself.
    SessionExpired,
    /// The password was changed.
    PasswordChanged,
}

impl Said {
    const ALL: [Self; 2] = [Self::SessionExpired, Self::PasswordChanged];

    /// The word in the address, after `said=`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::SessionExpired => "expired",
            Self::PasswordChanged => "password",
        }
    }

    /// What an address asks to be said.
    pub fn of(uri: &Uri) -> Option<Self> {
        let query = uri.query()?;
        let word = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("said="))?;
        Self::ALL.into_iter().find(|said| said.word() == word)
    }

    /// The sentence.
    pub fn text(self, language: Language) -> &'static str {
        match self {
            Self::SessionExpired => Code::AuthSessionExpired.text(language),
            Self::PasswordChanged => language.pick(
                "密码已修改。这个账号在别处的登录都已退出。",
                "The password was changed. Every other session of the account has ended.",
            ),
        }
    }

    /// Whether it is good news.
    pub fn is_good(self) -> bool {
        self == Self::PasswordChanged
    }
}

#[cfg(test)]
mod tests {
    use super::{Said, Uri};

    #[test]
    fn only_words_of_the_set_are_said() {
        let of = |text: &str| Said::of(&text.parse::<Uri>().expect("an address"));
        for said in Said::ALL {
            assert_eq!(of(&format!("/a?b=c&said={}", said.word())), Some(said));
        }
        for path in ["/a", "/a?said=", "/a?said=%3Cb%3E", "/a?xsaid=expired"] {
            assert_eq!(of(path), None, "{path}");
        }
    }
}
