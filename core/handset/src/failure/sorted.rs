//! Every failure of the flows, sorted by what the host should do next.
//!
//! The rooms' own errors say what happened and where; a host only needs to know what to do, and
//! a code to show and to log. Each error is sorted in one exhaustive match, so a new variant is a
//! compile error until somebody decided what it means for a person.

use quanshengshi_certificate::pdf::PdfError;
use quanshengshi_face::liveness::evidence::EvidenceError;
use quanshengshi_face::liveness::session::OfferError;
use quanshengshi_frame::frame::FrameError;
use quanshengshi_protocol::invitation::InvitationError;
use quanshengshi_protocol::refusal::{self, RefusalCode};
use quanshengshi_vault::error::VaultError;

use crate::confirm::error::ConfirmError;
use crate::device::DeviceError;
use crate::failure::code::OwnCode;
use crate::handset::OpenError;
use crate::keeping::KeepingError;
use crate::leaving::LeaveError;
use crate::portal_client::download::DownloadError;
use crate::portal_client::error::PortalError;
use crate::ports::DeviceKeyError;
use crate::signer::SignError;
use crate::state::StateError;
use crate::viewer::ViewError;
use crate::wallet::error::WalletError;
use crate::wallet::notes::NotesError;

/// What the host should do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NextStep {
    /// Scan the code on the screen again.
    ScanAgain,
    /// Start again on the PC.
    NewTask,
    /// Do the face capture again.
    NewAttempt,
    /// Call again later.
    TryAgain,
    /// Offer another method, manual review or a service window.
    OtherWay,
    /// Stop: the portal said no, or is not the portal.
    Refused,
    /// Let the person unlock the device, then call again.
    UnlockDevice,
    /// Reset what is kept on this phone and fetch it anew.
    VaultReset,
    /// Say that this phone was disabled: everything kept was wiped. It may start anew.
    Wiped,
    /// Make room on the phone, then call again.
    DiskFull,
    /// Forget the copy and fetch it anew.
    FetchAgain,
    /// Nothing: the call was cancelled and may be repeated.
    Cancelled,
    /// Log it: a defect of app or core.
    Internal,
}

/// A failure as a host sees it: no text of a dependency, nothing personal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}")]
pub struct Failure {
    /// What to do.
    pub next: NextStep,
    /// Why; [`crate::failure::code::text_of`] has the text. A code of a newer portal is handed on.
    pub code: String,
    /// Milliseconds after which calling again makes sense, when the portal said so.
    pub after_ms: Option<u64>,
}

impl Failure {
    /// A failure with a code of the phone.
    pub fn own(next: NextStep, code: OwnCode) -> Self {
        Self {
            next,
            code: code.code().to_owned(),
            after_ms: None,
        }
    }

    /// A defect.
    pub fn internal(code: OwnCode) -> Self {
        Self::own(NextStep::Internal, code)
    }

    /// A code of the protocol's table, sorted by its next step.
    pub fn of_refusal(code: RefusalCode, after_ms: Option<u64>) -> Self {
        let next = match code.next_step() {
            _ if code == RefusalCode::DeviceRevoked => NextStep::Wiped,
            refusal::NextStep::ScanAgain => NextStep::ScanAgain,
            refusal::NextStep::NewTask => NextStep::NewTask,
            refusal::NextStep::FollowHint | refusal::NextStep::NewAttempt => NextStep::NewAttempt,
            refusal::NextStep::TryLater => NextStep::TryAgain,
            refusal::NextStep::OtherWay => NextStep::OtherWay,
            refusal::NextStep::Stop => NextStep::Refused,
        };
        Self {
            next,
            code: code.code().to_owned(),
            after_ms,
        }
    }
}

impl From<PortalError> for Failure {
    fn from(error: PortalError) -> Self {
        match error {
            PortalError::Offline => Self::of_refusal(RefusalCode::NetOffline, None),
            PortalError::Timeout => Self::of_refusal(RefusalCode::NetTimeout, None),
            PortalError::Untrusted => Self::of_refusal(RefusalCode::NetUntrusted, None),
            PortalError::Busy { retry_after_ms } => {
                Self::of_refusal(RefusalCode::ServerBusy, retry_after_ms)
            }
            PortalError::Refused {
                code,
                retry_after_ms,
            } => Self::of_refusal(code, retry_after_ms),
            PortalError::RefusedUnknown { code } => Self {
                next: NextStep::Refused,
                code,
                after_ms: None,
            },
            PortalError::Malformed { .. } => Self::internal(OwnCode::AnswerMalformed),
        }
    }
}

impl From<DeviceKeyError> for Failure {
    fn from(error: DeviceKeyError) -> Self {
        match error {
            DeviceKeyError::Locked => Self::own(NextStep::UnlockDevice, OwnCode::DeviceLocked),
            DeviceKeyError::KeyGone | DeviceKeyError::Other(_) => {
                Self::internal(OwnCode::DeviceKey)
            }
        }
    }
}

impl From<SignError> for Failure {
    fn from(error: SignError) -> Self {
        match error {
            SignError::Key(error) => error.into(),
            SignError::Unusable => Self::internal(OwnCode::DeviceKey),
            SignError::Stopped(_) => Self::internal(OwnCode::Stopped),
        }
    }
}

impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Locked => Self::own(NextStep::UnlockDevice, OwnCode::DeviceLocked),
            VaultError::KeyGone | VaultError::WrongKey => {
                Self::own(NextStep::VaultReset, OwnCode::VaultKeyGone)
            }
            VaultError::Damaged { .. } => Self::own(NextStep::VaultReset, OwnCode::VaultDamaged),
            VaultError::RolledBack { .. } => {
                Self::own(NextStep::VaultReset, OwnCode::VaultRolledBack)
            }
            VaultError::DiskFull => Self::own(NextStep::DiskFull, OwnCode::DiskFull),
            VaultError::FormatTooNew { .. } => Self::of_refusal(RefusalCode::AppTooOld, None),
            VaultError::InUse => Self::own(NextStep::TryAgain, OwnCode::VaultInUse),
            VaultError::NotFound => Self::own(NextStep::FetchAgain, OwnCode::CopyNotKept),
            VaultError::Keystore(_)
            | VaultError::OutOfRange { .. }
            | VaultError::Randomness
            | VaultError::Io(_)
            | VaultError::Database { .. } => Self::internal(OwnCode::Vault),
        }
    }
}

impl From<StateError> for Failure {
    fn from(error: StateError) -> Self {
        match error {
            StateError::Vault(error) => error.into(),
            StateError::Malformed(_) => Self::own(NextStep::VaultReset, OwnCode::VaultDamaged),
            StateError::Randomness(_) | StateError::Stopped(_) => Self::internal(OwnCode::Stopped),
        }
    }
}

impl From<DeviceError> for Failure {
    fn from(error: DeviceError) -> Self {
        match error {
            DeviceError::Portal(error) => error.into(),
            DeviceError::Sign(error) => error.into(),
            DeviceError::State(error) => error.into(),
            DeviceError::Randomness(_) => Self::internal(OwnCode::Stopped),
            DeviceError::Forged(_) | DeviceError::Foreign => {
                Self::of_refusal(RefusalCode::NetUntrusted, None)
            }
        }
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Settings(_) => Self::internal(OwnCode::Config),
            OpenError::SealRoots(error) => error.into(),
            OpenError::Leave(error) => error.into(),
            OpenError::Vault(error) => error.into(),
        }
    }
}

impl From<LeaveError> for Failure {
    fn from(error: LeaveError) -> Self {
        match error {
            LeaveError::Vault(error) => error.into(),
            LeaveError::Stopped(_) => Self::internal(OwnCode::Stopped),
        }
    }
}

impl From<KeepingError> for Failure {
    fn from(error: KeepingError) -> Self {
        match error {
            KeepingError::Vault(error) => error.into(),
            KeepingError::State(error) => error.into(),
            KeepingError::Stopped(_) => Self::internal(OwnCode::Stopped),
        }
    }
}

impl From<InvitationError> for Failure {
    fn from(error: InvitationError) -> Self {
        let code = match error {
            InvitationError::NotOurs => RefusalCode::QrNotOurs,
            InvitationError::DownloadLink => RefusalCode::QrIsDownloadLink,
            InvitationError::Tampered => RefusalCode::QrTampered,
        };
        Self::of_refusal(code, None)
    }
}

impl From<ConfirmError> for Failure {
    fn from(error: ConfirmError) -> Self {
        match error {
            ConfirmError::Portal(error) => error.into(),
            ConfirmError::Device(error) => error.into(),
            ConfirmError::Sign(error) => error.into(),
            ConfirmError::State(error) => error.into(),
            ConfirmError::Randomness(_) => Self::internal(OwnCode::Stopped),
            ConfirmError::Forged(_) | ConfirmError::Foreign(_) => {
                Self::of_refusal(RefusalCode::NetUntrusted, None)
            }
            ConfirmError::OtherPerson => Self::own(NextStep::Refused, OwnCode::OtherPerson),
            ConfirmError::ChallengeOver => Self::of_refusal(RefusalCode::LivenessTimeout, None),
            ConfirmError::UnknownTask => Self::of_refusal(RefusalCode::TaskUnknown, None),
            ConfirmError::Evidence(error) => error.into(),
        }
    }
}

impl From<EvidenceError> for Failure {
    fn from(error: EvidenceError) -> Self {
        match error {
            EvidenceError::Unfinished => {
                Self::own(NextStep::NewAttempt, OwnCode::CaptureUnfinished)
            }
            EvidenceError::TooLarge { .. } | EvidenceError::Picture(_) => {
                Self::internal(OwnCode::Evidence)
            }
        }
    }
}

impl From<OfferError> for Failure {
    fn from(error: OfferError) -> Self {
        Self::internal(match error {
            OfferError::OutOfOrder { .. } => OwnCode::FrameOrder,
        })
    }
}

impl From<FrameError> for Failure {
    fn from(_: FrameError) -> Self {
        Self::internal(OwnCode::FrameShape)
    }
}

impl From<ViewError> for Failure {
    fn from(error: ViewError) -> Self {
        let code = match error {
            ViewError::Open(_) => OwnCode::FileUnreadable,
            ViewError::Page(_) => OwnCode::PageUnreadable,
            ViewError::Draw(_) | ViewError::Encode(_) => OwnCode::PageUndrawn,
        };
        Self::own(NextStep::Refused, code)
    }
}

impl From<NotesError> for Failure {
    fn from(error: NotesError) -> Self {
        match error {
            NotesError::Purpose => Self::own(NextStep::Refused, OwnCode::CopyPurpose),
            NotesError::ViewOnly => Self::own(NextStep::Refused, OwnCode::CopyViewOnly),
            NotesError::Time(_) => Self::internal(OwnCode::Step),
        }
    }
}

impl From<PdfError> for Failure {
    fn from(_: PdfError) -> Self {
        Self::own(NextStep::Refused, OwnCode::PdfUnreadable)
    }
}

impl From<WalletError> for Failure {
    fn from(error: WalletError) -> Self {
        match error {
            WalletError::Portal(error) | WalletError::Download(DownloadError::Portal(error)) => {
                error.into()
            }
            WalletError::Device(error) => error.into(),
            WalletError::Sign(error) => error.into(),
            WalletError::Vault(error) => error.into(),
            WalletError::State(error) => error.into(),
            WalletError::Randomness(_) | WalletError::Stopped(_) => {
                Self::internal(OwnCode::Stopped)
            }
            WalletError::Forged(_) | WalletError::Foreign => {
                Self::of_refusal(RefusalCode::NetUntrusted, None)
            }
            WalletError::NotKept => Self::own(NextStep::FetchAgain, OwnCode::CopyNotKept),
            WalletError::Download(DownloadError::Digest | DownloadError::TooLarge)
            | WalletError::Malformed(_)
            | WalletError::Record(_)
            | WalletError::Identifier
            | WalletError::NoFace
            | WalletError::Digest
            | WalletError::Open(_)
            | WalletError::Page(_) => Self::own(NextStep::FetchAgain, OwnCode::CopyDamaged),
            WalletError::SealBroken(_) => Self::own(NextStep::Refused, OwnCode::SealBroken),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::code::text_of;
    use quanshengshi_rules::language::Language;
    use quanshengshi_vault::error::Part;

    #[test]
    fn every_refusal_keeps_its_code_and_has_a_step_and_a_text() {
        for refusal in RefusalCode::ALL {
            let failure = Failure::of_refusal(*refusal, Some(7));
            assert_eq!(failure.code, refusal.code());
            assert_eq!(failure.after_ms, Some(7));
            assert!(text_of(&failure.code, Language::Zh).is_some());
            assert_ne!(failure.next, NextStep::Internal);
        }
    }

    #[test]
    fn what_to_do_follows_from_the_failure() {
        let damaged = VaultError::Damaged { what: Part::Head };
        for (failure, next, code) in [
            (
                Failure::from(VaultError::KeyGone),
                NextStep::VaultReset,
                "VAULT_KEY_GONE",
            ),
            (
                Failure::from(damaged),
                NextStep::VaultReset,
                "VAULT_DAMAGED",
            ),
            (
                Failure::from(VaultError::RolledBack { missing: Some(1) }),
                NextStep::VaultReset,
                "VAULT_ROLLED_BACK",
            ),
            (
                Failure::from(VaultError::DiskFull),
                NextStep::DiskFull,
                "DISK_FULL",
            ),
            (
                Failure::from(VaultError::Locked),
                NextStep::UnlockDevice,
                "DEVICE_LOCKED",
            ),
            (
                Failure::from(PortalError::Untrusted),
                NextStep::Refused,
                "NET_UNTRUSTED",
            ),
            (
                Failure::from(PortalError::Offline),
                NextStep::TryAgain,
                "NET_OFFLINE",
            ),
            (
                Failure::from(WalletError::Digest),
                NextStep::FetchAgain,
                "COPY_DAMAGED",
            ),
        ] {
            assert_eq!((failure.next, failure.code.as_str()), (next, code));
            assert_eq!(failure.to_string(), code, "nothing but the code is told");
        }
    }
}
