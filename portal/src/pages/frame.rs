//! What surrounds every page: head, strip, bar and foot.

use quanshengshi_rules::complaint::code::Code;
use quanshengshi_rules::language::Language;

use crate::pages::icons::{ICONS, Icons};
use crate::pages::preferences::Preferences;
use crate::pages::said::Said;
use crate::texts::Texts;
use crate::texts::space::SpaceTexts;

/// The menu under the name of whoever is signed in.
#[derive(Debug, Clone)]
pub struct UserMenu {
    /// The name.
    pub label: String,
    /// The account's number, masked.
    pub number: String,
    /// Whether it is a person's own account.
    pub personal: bool,
}

/// The values of the layout.
#[derive(Debug)]
pub struct Frame {
    /// The texts.
    pub t: &'static Texts,
    /// The texts of the menu under the name.
    pub m: &'static SpaceTexts,
    /// The icons.
    pub i: &'static Icons,
    /// The language.
    pub language: Language,
    /// Its tag.
    pub lang: &'static str,
    /// The tag of the other language.
    pub other_lang: &'static str,
    /// Text at 125 %.
    pub large: bool,
    /// High contrast.
    pub high_contrast: bool,
    /// This page in the other language.
    pub language_link: String,
    /// This page in the other text size.
    pub text_link: String,
    /// This page in the other contrast.
    pub contrast_link: String,
    /// The entry of the navigation.
    pub at: &'static str,
    /// Who is signed in.
    pub user: Option<UserMenu>,
    /// The token of forms.
    pub form_token: String,
    /// Whether invented people are loaded.
    pub sample: bool,
    /// What to tell a browser these pages were not made for (requirement PR-11); else nothing.
    pub compat: Option<&'static str>,
    /// What the page before wants to be said.
    pub said: Option<Said>,
}

impl Frame {
    /// The language, by value, as templates need it.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The frame of a page.
    pub fn new(
        preferences: Preferences,
        path: &str,
        at: &'static str,
        user: Option<UserMenu>,
        form_token: String,
        sample: bool,
    ) -> Self {
        let language = preferences.language;
        let link = |word: &str, on: bool, yes: &str, no: &str| {
            let and = if path.contains('?') { '&' } else { '?' };
            format!("{path}{and}{word}={}", if on { no } else { yes })
        };
        Self {
            t: Texts::of(language),
            m: SpaceTexts::of(language),
            i: &ICONS,
            language,
            lang: language.tag(),
            other_lang: match language {
                Language::Zh => Language::En.tag(),
                Language::En => Language::Zh.tag(),
            },
            large: preferences.large,
            high_contrast: preferences.high_contrast,
            language_link: link("lang", language == Language::En, "en", "zh"),
            text_link: link("text", preferences.large, "large", "usual"),
            contrast_link: link("contrast", preferences.high_contrast, "high", "usual"),
            at,
            user,
            form_token,
            sample,
            compat: None,
            said: None,
        }
    }

    /// The same frame with the remark for a browser these pages were not made for.
    #[must_use]
    pub fn with_compat(mut self, old_browser: bool) -> Self {
        self.compat = old_browser.then(|| Code::PcBrowserCompat.text(self.language));
        self
    }
}
