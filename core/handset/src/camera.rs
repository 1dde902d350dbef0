//! What to do when the camera does not work (requirement SC-09).

use crate::failure::code::OwnCode;
use crate::failure::sorted::{Failure, NextStep};

/// Why there is no picture, as the shell's system tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CameraTrouble {
    /// The person said no; the system may be asked again.
    Denied,
    /// The person said no for good: only the system's settings can change it.
    DeniedForever,
    /// Another app holds the camera.
    Busy,
    /// There is none.
    None,
}

impl CameraTrouble {
    /// Every trouble.
    pub const ALL: [Self; 4] = [Self::Denied, Self::DeniedForever, Self::Busy, Self::None];

    /// Whether the shell should offer a button to the system's settings.
    pub const fn opens_settings(self) -> bool {
        matches!(self, Self::DeniedForever)
    }
}

impl From<CameraTrouble> for Failure {
    fn from(trouble: CameraTrouble) -> Self {
        let (next, code) = match trouble {
            CameraTrouble::Denied => (NextStep::TryAgain, OwnCode::CameraDenied),
            CameraTrouble::DeniedForever => (NextStep::OtherWay, OwnCode::CameraDeniedForever),
            CameraTrouble::Busy => (NextStep::TryAgain, OwnCode::CameraBusy),
            CameraTrouble::None => (NextStep::OtherWay, OwnCode::CameraNone),
        };
        Self::own(next, code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::code::text_of;
    use quanshengshi_rules::language::Language;

    #[test]
    fn sc_09_each_camera_trouble_has_a_code_a_text_and_a_next_step() {
        let expected = [
            ("CAMERA_DENIED", NextStep::TryAgain, false),
            ("CAMERA_DENIED_FOREVER", NextStep::OtherWay, true),
            ("CAMERA_BUSY", NextStep::TryAgain, false),
            ("CAMERA_NONE", NextStep::OtherWay, false),
        ];
        for (trouble, (code, next, settings)) in CameraTrouble::ALL.into_iter().zip(expected) {
            let failure = Failure::from(trouble);
            assert_eq!((failure.code.as_str(), failure.next), (code, next));
            assert_eq!(trouble.opens_settings(), settings);
            let zh = text_of(code, Language::Zh).unwrap();
            assert!(zh.contains("相机"), "{zh}");
            assert!(text_of(code, Language::En).unwrap().contains("amera"));
        }
    }
}
