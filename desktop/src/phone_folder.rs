//! A phone on this machine: a folder with its settings, its keys and what it keeps.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use quanshengshi::config::{HandsetConfig, HostPlatform, TextLanguage};
use quanshengshi::error::QssError;
use quanshengshi::handset::Handset;
use quanshengshi::software::open_software_handset;
use serde::{Deserialize, Serialize};

/// The settings file of the folder.
const SETTINGS: &str = "phone.json";

/// What the phone knows of its portal.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PhoneSettings {
    /// The portal's address.
    pub(crate) origin: String,
    /// The trust anchor of its TLS, PEM.
    pub(crate) roots_pem: String,
    /// The key it signs with, base64url.
    pub(crate) portal_key: String,
    /// The roots that seals of its copies hang on, PEM.
    #[serde(default)]
    pub(crate) seal_roots_pem: String,
}

/// Why a folder is no phone.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PhoneError {
    #[error("{0} is no phone's folder: its phone.json cannot be read or written")]
    Settings(PathBuf, #[source] std::io::Error),
    #[error("{0} holds a phone.json of another form")]
    Form(PathBuf, #[source] serde_json::Error),
    #[error("the system gave no threads: {0}")]
    Runtime(#[source] std::io::Error),
    #[error(transparent)]
    Core(#[from] QssError),
}

impl PhoneSettings {
    /// Writes the settings of a new phone.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), PhoneError> {
        let failed = |error| PhoneError::Settings(folder.to_owned(), error);
        fs::create_dir_all(folder).map_err(failed)?;
        let json = serde_json::to_string_pretty(self)
            .map_err(|error| PhoneError::Form(folder.to_owned(), error))?;
        fs::write(folder.join(SETTINGS), json + "\n").map_err(failed)
    }

    /// Reads the settings of a phone.
    pub(crate) fn read(folder: &Path) -> Result<Self, PhoneError> {
        let text = fs::read_to_string(folder.join(SETTINGS))
            .map_err(|error| PhoneError::Settings(folder.to_owned(), error))?;
        serde_json::from_str(&text).map_err(|error| PhoneError::Form(folder.to_owned(), error))
    }

    /// Opens the phone in its folder, with keys in software.
    pub(crate) fn open(&self, folder: &Path) -> Result<Arc<Handset>, PhoneError> {
        self.open_in(folder, TextLanguage::Zh)
    }

    /// The same, with the core's texts in a language.
    pub(crate) fn open_in(
        &self,
        folder: &Path,
        language: TextLanguage,
    ) -> Result<Arc<Handset>, PhoneError> {
        let config = HandsetConfig {
            data_folder: folder.join("data").to_string_lossy().into_owned(),
            portal_origin: self.origin.clone(),
            trusted_origins: vec![self.origin.clone()],
            roots_pem: self.roots_pem.clone(),
            pins: Vec::new(),
            portal_keys: vec![self.portal_key.clone()],
            seal_roots_pem: self.seal_roots_pem.clone(),
            platform: HostPlatform::Desktop,
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            language,
        };
        Ok(open_software_handset(&config, &folder.join("keys"))?)
    }
}

/// A code and its text, for a person.
pub(crate) fn words_of(code: &str) -> String {
    let text = quanshengshi::texts::code_text(code, TextLanguage::Zh).unwrap_or_default();
    format!("{code} {text}")
}
