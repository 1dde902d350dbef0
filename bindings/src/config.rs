//! What the app brings.

use std::path::PathBuf;

use quanshengshi_handset::failure::code::OwnCode;
use quanshengshi_handset::handset::HandsetSettings;
use quanshengshi_handset::portal_client::client::PortalSettings;
use quanshengshi_handset::portal_client::pacing::Pacing;
use quanshengshi_protocol::enrolment::Platform;
use quanshengshi_protocol::ids::Digest;
use quanshengshi_protocol::keys::PublicKey;
use quanshengshi_rules::language::Language;

use crate::error::QssError;

/// Settings of the app, made at build time except for the folder and the language.
#[derive(Debug, Clone, uniffi::Record)]
pub struct HandsetConfig {
    /// A folder of the app's own.
    pub data_folder: String,
    /// Scheme, host and port of the portal, such as `https://www.zwfw.hlj.gov.cn`.
    pub portal_origin: String,
    /// Origins that may stand in the portal's QR codes.
    pub trusted_origins: Vec<String>,
    /// Trust anchors for the portal's TLS as PEM; no other root is believed.
    pub roots_pem: String,
    /// SHA-256 of accepted `SubjectPublicKeyInfo`s as base64url; empty for any key of the roots.
    pub pins: Vec<String>,
    /// The portal's signing keys as base64url of `04 ‖ x ‖ y`: present one, announced ones.
    pub portal_keys: Vec<String>,
    /// Roots that the seals of certificates may hang on, as PEM; empty when the app brings none.
    #[uniffi(default = "")]
    pub seal_roots_pem: String,
    /// What runs the core.
    pub platform: HostPlatform,
    /// Version of the app, such as `0.1.0`.
    pub app_version: String,
    /// Language of the texts.
    pub language: TextLanguage,
}

/// What runs the core.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum HostPlatform {
    /// Android.
    Android,
    /// iOS.
    Ios,
    /// A desktop.
    Desktop,
}

/// A language of the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum TextLanguage {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl From<TextLanguage> for Language {
    fn from(language: TextLanguage) -> Self {
        match language {
            TextLanguage::Zh => Self::Zh,
            TextLanguage::En => Self::En,
        }
    }
}

impl HandsetConfig {
    pub(crate) fn settings(&self) -> Result<HandsetSettings, QssError> {
        let pins = self.pins.iter().map(|pin| Digest::parse(pin));
        let keys = self.portal_keys.iter().map(|key| PublicKey::parse(key));
        Ok(HandsetSettings {
            data_folder: PathBuf::from(&self.data_folder),
            portal: PortalSettings {
                origin: self.portal_origin.clone(),
                roots_pem: self.roots_pem.clone(),
                pins: pins
                    .collect::<Result<_, _>>()
                    .map_err(|_| QssError::internal(OwnCode::ConfigPins))?,
                pacing: Pacing::default(),
            },
            trusted_origins: self.trusted_origins.clone(),
            portal_keys: keys
                .collect::<Result<_, _>>()
                .map_err(|_| QssError::internal(OwnCode::ConfigPortalKeys))?,
            seal_roots_pem: self.seal_roots_pem.clone(),
            platform: match self.platform {
                HostPlatform::Android => Platform::Android,
                HostPlatform::Ios => Platform::Ios,
                HostPlatform::Desktop => Platform::Desktop,
            },
            app_version: self.app_version.clone(),
        })
    }
}
