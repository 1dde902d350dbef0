//! What a person chose for this phone. Nothing here is secret.

use std::fs;
use std::path::Path;

use quanshengshi::config::TextLanguage;
use serde::{Deserialize, Serialize};

/// The file in the phone's folder.
const FILE: &str = "window.json";

/// The choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    /// Whether texts are in English.
    pub(crate) english: bool,
    /// Whether texts are a quarter larger.
    pub(crate) large_text: bool,
}

impl Settings {
    /// The language of the texts.
    pub(crate) fn language(self) -> TextLanguage {
        if self.english {
            TextLanguage::En
        } else {
            TextLanguage::Zh
        }
    }

    /// What was kept; the defaults at the first time, or when somebody spoilt the file.
    pub(crate) fn read(folder: &Path) -> Self {
        let text = fs::read_to_string(folder.join(FILE)).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Keeps them.
    pub(crate) fn write(self, folder: &Path) -> std::io::Result<()> {
        fs::write(folder.join(FILE), serde_json::to_string(&self)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_kept_and_a_spoilt_file_gives_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Settings::read(folder.path()), Settings::default());
        let chosen = Settings {
            english: true,
            large_text: true,
        };
        chosen.write(folder.path()).unwrap();
        assert_eq!(Settings::read(folder.path()), chosen);
        fs::write(folder.path().join(FILE), "{").unwrap();
        assert_eq!(Settings::read(folder.path()), Settings::default());
    }
}
