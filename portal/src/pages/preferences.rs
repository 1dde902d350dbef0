//! How a visitor likes to read: language, text size, contrast. Kept in cookies that say nothing
//! else, and written into the page by the server, so that nothing flashes.

use axum::http::{HeaderMap, Uri};
use quanshengshi_rules::language::Language;

/// A year, in seconds.
const YEAR_S: u32 = 31_536_000;

/// A visitor's choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Preferences {
    /// The language.
    pub language: Language,
    /// Text at 125 %.
    pub large: bool,
    /// High contrast.
    pub high_contrast: bool,
}

impl Preferences {
    /// Reads cookies, then the address, whose choice wins; gives the cookies to set for the
    /// latter.
    pub fn read(headers: &HeaderMap, uri: &Uri) -> (Self, Vec<String>) {
        let mut chosen = Self::default();
        for (name, word) in [
            ("qss-lang", "lang"),
            ("qss-text", "text"),
            ("qss-contrast", "contrast"),
        ] {
            if let Some(value) = cookie(headers, name) {
                chosen.choose(word, value);
            }
        }
        let mut cookies = Vec::new();
        for (word, value) in pairs(uri) {
            if let Some(value) = chosen.choose(word, value) {
                cookies.push(format!(
                    "qss-{word}={value}; Path=/; Max-Age={YEAR_S}; Secure; HttpOnly; SameSite=Lax"
                ));
            }
        }
        (chosen, cookies)
    }

    fn choose(&mut self, word: &str, value: &str) -> Option<&'static str> {
        match (word, value) {
            ("lang", "en") => {
                self.language = Language::En;
                Some("en")
            }
            ("lang", "zh") => {
                self.language = Language::Zh;
                Some("zh")
            }
            ("text", "large") => {
                self.large = true;
                Some("large")
            }
            ("text", "usual") => {
                self.large = false;
                Some("usual")
            }
            ("contrast", "high") => {
                self.high_contrast = true;
                Some("high")
            }
            ("contrast", "usual") => {
                self.high_contrast = false;
                Some("usual")
            }
            _ => None,
        }
    }
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(axum::http::header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

/// The pairs of an address's query, as they are written.
pub fn pairs(uri: &Uri) -> impl Iterator<Item = (&str, &str)> {
    uri.query()
        .unwrap_or_default()
        .split('&')
        .filter_map(|pair| pair.split_once('='))
}
