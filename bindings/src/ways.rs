//! Ways on when the face or the camera does not work, at the crossing.

use quanshengshi_handset::camera::CameraTrouble as Trouble;
use quanshengshi_handset::failure::sorted::Failure;
use quanshengshi_handset::ways::WayOn;
use quanshengshi_protocol::variant::Variant;
use quanshengshi_rules::language::Language;

use crate::config::TextLanguage;
use crate::error::QssError;
use crate::texts::code_text;

/// Which acts a capture may ask for. None ever asks for a blink.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum ActVariant {
    /// Any act.
    Usual,
    /// Nothing with the head; people decide.
    NoHead,
    /// Nothing with the mouth.
    NoMouth,
    /// No nod, and twice the time.
    Seated,
    /// As `Seated`, with the rear camera in somebody else's hand.
    Helper,
}

impl From<ActVariant> for Variant {
    fn from(variant: ActVariant) -> Self {
        match variant {
            ActVariant::Usual => Self::Usual,
            ActVariant::NoHead => Self::NoHead,
            ActVariant::NoMouth => Self::NoMouth,
            ActVariant::Seated => Self::Seated,
            ActVariant::Helper => Self::Helper,
        }
    }
}

impl From<Variant> for ActVariant {
    fn from(variant: Variant) -> Self {
        match variant {
            Variant::Usual => Self::Usual,
            Variant::NoHead => Self::NoHead,
            Variant::NoMouth => Self::NoMouth,
            Variant::Seated => Self::Seated,
            Variant::Helper => Self::Helper,
        }
    }
}

/// One way on.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct WayLine {
    /// Its code, for icons and the log.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// What to do, and what to expect.
    pub text: String,
    /// The acts to ask for with `change_acts`, when it goes on with the face.
    pub variant: Option<ActVariant>,
}

impl WayLine {
    pub(crate) fn of(way: WayOn, language: Language) -> Self {
        Self {
            code: way.code().to_owned(),
            title: way.title(language).to_owned(),
            text: way.text(language).to_owned(),
            variant: way.variant().map(Into::into),
        }
    }
}

/// Why there is no picture, as the host's system tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum CameraTrouble {
    /// The person said no; the system may be asked again.
    Denied,
    /// Only the system's settings can change it.
    DeniedForever,
    /// Another app holds the camera.
    Busy,
    /// There is none.
    Missing,
}

/// What to do about it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CameraAdvice {
    /// The code, for the log.
    pub code: String,
    /// What to say.
    pub text: String,
    /// Whether asking for the camera again makes sense; else offer the other ways.
    pub try_again: bool,
    /// Whether to offer a button to the system's settings.
    pub open_settings: bool,
}

/// What to say and to offer when the camera gives no picture.
#[uniffi::export]
pub fn camera_advice(trouble: CameraTrouble, language: TextLanguage) -> CameraAdvice {
    let trouble = match trouble {
        CameraTrouble::Denied => Trouble::Denied,
        CameraTrouble::DeniedForever => Trouble::DeniedForever,
        CameraTrouble::Busy => Trouble::Busy,
        CameraTrouble::Missing => Trouble::None,
    };
    let error = QssError::from(Failure::from(trouble));
    CameraAdvice {
        text: code_text(error.code(), language).unwrap_or_default(),
        try_again: matches!(error, QssError::TryAgain { .. }),
        open_settings: trouble.opens_settings(),
        code: error.code().to_owned(),
    }
}
