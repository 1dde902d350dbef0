//! One error at the crossing, sorted by what the host should do next.

use quanshengshi_handset::failure::code::OwnCode;
use quanshengshi_handset::failure::sorted::{Failure, NextStep};
use quanshengshi_handset::logged::FAILURE;

/// Milliseconds to wait when nobody said how long.
const A_MOMENT_MS: u64 = 1_000;

/// Why a call failed, by what to do next. `code` has a text in both languages
/// ([`crate::texts::code_text`]); no text of a dependency and nothing personal crosses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum QssError {
    /// Scan the code on the screen again.
    #[error("{code}")]
    ScanAgain {
        /// Why.
        code: String,
    },
    /// Start again on the PC.
    #[error("{code}")]
    NewTask {
        /// Why.
        code: String,
    },
    /// Do the face capture again.
    #[error("{code}")]
    NewAttempt {
        /// Why.
        code: String,
    },
    /// The same call may succeed later.
    #[error("{code}")]
    TryAgain {
        /// Why.
        code: String,
        /// Milliseconds to wait.
        after_ms: u64,
    },
    /// Another method, manual review or a service window.
    #[error("{code}")]
    OtherWay {
        /// Why.
        code: String,
        /// Milliseconds after which this way may be open again.
        after_ms: Option<u64>,
    },
    /// The portal said no, or is not the portal: nothing more to do here.
    #[error("{code}")]
    Refused {
        /// Why; a code of a newer portal is handed on.
        code: String,
    },
    /// Let the person unlock the device, then call again.
    #[error("{code}")]
    UnlockDevice {
        /// Why.
        code: String,
    },
    /// What is kept on this phone can never be opened again: reset it and fetch anew.
    #[error("{code}")]
    VaultReset {
        /// Why.
        code: String,
    },
    /// This phone was disabled by its person, or by the portal: everything kept here was wiped. Say so;
    /// the phone may start anew, as a new device.
    #[error("{code}")]
    Wiped {
        /// Why.
        code: String,
    },
    /// Make room on the phone, then call again; nothing half is kept.
    #[error("{code}")]
    DiskFull {
        /// Why.
        code: String,
    },
    /// A kept copy is not what the portal signed: forget it and fetch anew.
    #[error("{code}")]
    FetchAgain {
        /// Why.
        code: String,
    },
    /// The call was cancelled by its token; it may be repeated.
    #[error("{code}")]
    Cancelled {
        /// Why.
        code: String,
    },
    /// A defect of app or core; for the log and the support.
    #[error("{code}")]
    Internal {
        /// What.
        code: String,
    },
}

impl QssError {
    /// The code, whatever is to be done.
    pub fn code(&self) -> &str {
        match self {
            Self::ScanAgain { code }
            | Self::NewTask { code }
            | Self::NewAttempt { code }
            | Self::TryAgain { code, .. }
            | Self::OtherWay { code, .. }
            | Self::Refused { code }
            | Self::UnlockDevice { code }
            | Self::VaultReset { code }
            | Self::Wiped { code }
            | Self::DiskFull { code }
            | Self::FetchAgain { code }
            | Self::Cancelled { code }
            | Self::Internal { code } => code,
        }
    }

    pub(crate) fn internal(code: OwnCode) -> Self {
        Failure::internal(code).into()
    }
}

impl<E: Into<Failure>> From<E> for QssError {
    fn from(error: E) -> Self {
        let Failure {
            next,
            code,
            after_ms,
        } = error.into();
        log::warn!(target: FAILURE, "{code}: {next:?}");
        match next {
            NextStep::ScanAgain => Self::ScanAgain { code },
            NextStep::NewTask => Self::NewTask { code },
            NextStep::NewAttempt => Self::NewAttempt { code },
            NextStep::TryAgain => Self::TryAgain {
                code,
                after_ms: after_ms.unwrap_or(A_MOMENT_MS),
            },
            NextStep::OtherWay => Self::OtherWay { code, after_ms },
            NextStep::Refused => Self::Refused { code },
            NextStep::UnlockDevice => Self::UnlockDevice { code },
            NextStep::VaultReset => Self::VaultReset { code },
            NextStep::Wiped => Self::Wiped { code },
            NextStep::DiskFull => Self::DiskFull { code },
            NextStep::FetchAgain => Self::FetchAgain { code },
            NextStep::Cancelled => Self::Cancelled { code },
            NextStep::Internal => Self::Internal { code },
        }
    }
}
