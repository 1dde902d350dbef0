//! The two languages every text exists in.

/// A language of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Chinese, the language of the portal.
    #[default]
    Zh,
    /// English, by the switch in the page's strip.
    En,
}

impl Language {
    /// The value of the `lang` attribute and of the language cookie.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The one of two things, mostly texts, that is in this language.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}
