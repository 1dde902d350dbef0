//! The handset at the crossing.

use std::path::Path;
use std::sync::Arc;

use quanshengshi_handset::confirm::walk::TaskWalk;
use quanshengshi_handset::failure::sorted::Failure;
use quanshengshi_handset::handset::{Handset as Core, Ports};
use quanshengshi_handset::ports::SystemClock;
use quanshengshi_protocol::ids::{DeviceId, TaskId};
use quanshengshi_protocol::invitation::Invitation;
use quanshengshi_protocol::refusal::RefusalCode;
use quanshengshi_protocol::typed::TypedDigits;
use quanshengshi_rules::language::Language;
use quanshengshi_vault::anchor::Anchor;

use crate::activity::{ActivityLine, DeviceLine, PersonLine};
use crate::cancel::{CancelToken, until_cancelled};
use crate::config::HandsetConfig;
use crate::error::QssError;
use crate::keeping::{KeptState, MendedLine};
use crate::ports::{
    AnchorPort, DeviceKeyPort, HostAnchor, HostDeviceKey, HostKeystore, KeystorePort,
};
use crate::task::ConfirmTask;
use crate::wallet::Wallet;

/// The phone's core. One an app.
#[derive(Debug, uniffi::Object)]
pub struct Handset {
    core: Core,
    language: Language,
}

/// A scanned code of this portal.
#[derive(Debug, uniffi::Object)]
pub struct ScannedInvitation {
    invitation: Invitation,
}

#[uniffi::export]
impl ScannedInvitation {
    /// The task, for the log.
    pub fn task_id(&self) -> String {
        self.invitation.code.task.to_string()
    }
}

impl Handset {
    pub(crate) fn open(config: &HandsetConfig, ports: Ports) -> Result<Arc<Self>, QssError> {
        Ok(Arc::new(Self {
            core: Core::open(config.settings()?, ports)?,
            language: config.language.into(),
        }))
    }

    fn task(&self, walk: TaskWalk) -> Arc<ConfirmTask> {
        let language = self.language;
        Arc::new(ConfirmTask { walk, language })
    }
}

/// A task by its name; a name that is none is answered like a task that does not exist.
pub(crate) fn task_id(text: &str) -> Result<TaskId, QssError> {
    let unknown = |_| Failure::of_refusal(RefusalCode::TaskUnknown, None);
    Ok(TaskId::parse(text).map_err(unknown)?)
}

#[uniffi::export]
impl Handset {
    /// Opens the handset; makes its vaults at the first time. Blocks, and asks the keystore. Without
    /// an anchor a whole older data folder that was put back is not noticed.
    ///
    /// # Errors
    /// `UnlockDevice`, `VaultReset` (also for an older data folder, `VAULT_ROLLED_BACK`), `DiskFull`, `TryAgain` while it is open elsewhere,
    /// `Internal` for settings that cannot be used.
    #[uniffi::constructor(default(anchor = None))]
    pub fn new(
        config: HandsetConfig,
        keystore: Arc<dyn HostKeystore>,
        device_key: Arc<dyn HostDeviceKey>,
        anchor: Option<Arc<dyn HostAnchor>>,
    ) -> Result<Arc<Self>, QssError> {
        let ports = Ports {
            keys: Arc::new(DeviceKeyPort(device_key)),
            keystore: Arc::new(KeystorePort(keystore)),
            anchor: anchor.map(|host| Arc::new(AnchorPort(host)) as Arc<dyn Anchor>),
            clock: Arc::new(SystemClock::new()),
        };
        Self::open(&config, ports)
    }

    /// What a scanned text says. Nothing is sent or fetched.
    ///
    /// # Errors
    /// `ScanAgain` for a foreign text, the download code or an altered code.
    pub fn read_code(&self, text: &str) -> Result<Arc<ScannedInvitation>, QssError> {
        let invitation = self.core.read_code(text)?;
        Ok(Arc::new(ScannedInvitation { invitation }))
    }

    /// The invitation among the texts of the codes in one frame, as `Scanner.look` gives them; none
    /// for no text. Nothing is sent or fetched.
    ///
    /// # Errors
    /// `ScanAgain` as of [`read_code`](Self::read_code): `QR_IS_DOWNLOAD_LINK` when only the
    /// download code was in sight, otherwise what is wrong with the code that came nearest.
    pub fn pick_code(
        &self,
        texts: Vec<String>,
    ) -> Result<Option<Arc<ScannedInvitation>>, QssError> {
        let invitation = self.core.pick_code(&texts)?;
        Ok(invitation.map(|invitation| Arc::new(ScannedInvitation { invitation })))
    }

    /// Where the app can be downloaded: for `APP_TOO_OLD`.
    pub fn download_link(&self) -> String {
        self.core.download_link()
    }

    /// The certificates kept on this phone.
    pub fn wallet(&self) -> Arc<Wallet> {
        Arc::new(Wallet::new(self.core.wallet(), self.language))
    }
}

#[uniffi::export(async_runtime = "tokio")]
impl Handset {
    /// What was done with this phone, newest first, each with the portal's signed receipt. Needs no
    /// network.
    ///
    /// # Errors
    /// `VaultReset`, `Internal`.
    pub async fn activity(&self) -> Result<Vec<ActivityLine>, QssError> {
        let entries = self.core.activity().await?;
        let lines = entries.into_iter();
        Ok(lines
            .map(|entry| ActivityLine::of(entry, self.language))
            .collect())
    }

    /// The log as plain text, for the person to keep or to send.
    ///
    /// # Errors
    /// `VaultReset`, `Internal`.
    pub async fn export_activity(&self) -> Result<String, QssError> {
        Ok(self.core.export_activity(self.language).await?)
    }

    /// The people whose face was accepted through this phone, the one of last time first.
    ///
    /// # Errors
    /// `VaultReset`, `Internal`.
    pub async fn people(&self) -> Result<Vec<PersonLine>, QssError> {
        let people = self.core.people().await?;
        Ok(people.into_iter().map(Into::into).collect())
    }

    /// The devices that acted for the accounts this one acted for, the one that acted last first.
    ///
    /// # Errors
    /// `Wiped` when this device was disabled, `TryAgain`, `Refused`, `UnlockDevice`.
    pub async fn devices(
        &self,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<Vec<DeviceLine>, QssError> {
        let known = until_cancelled(cancel, self.core.devices()).await?;
        Ok(DeviceLine::all_of(known))
    }

    /// Disables another device of [`Handset::devices`]: it may do nothing from now on and wipes what it
    /// keeps when it hears so. Ask the person first, it cannot be undone. True when it was in use until now;
    /// twice is the same as once.
    ///
    /// # Errors
    /// `Refused` for a device that acts for none of this one's accounts and for this one itself (call
    /// `sign_out`), `Wiped`, `TryAgain`, `UnlockDevice`.
    pub async fn disable_device(
        &self,
        device: String,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<bool, QssError> {
        let Ok(target) = DeviceId::parse(&device) else {
            return Err(Failure::of_refusal(RefusalCode::RequestMalformed, None).into());
        };
        until_cancelled(cancel, self.core.disable(target)).await
    }

    /// Hears whether this device may go on; call it when the app starts. A phone that was never
    /// enrolled asks nothing.
    ///
    /// # Errors
    /// `Wiped` when this device was disabled: say so. `TryAgain`, `Refused`, `UnlockDevice`.
    pub async fn check_in(&self, cancel: Option<Arc<CancelToken>>) -> Result<(), QssError> {
        until_cancelled(cancel, self.core.check_in()).await
    }

    /// Signs out: wipes certificates, log and enrolment with their keys, and tells the portal when
    /// it can be reached; true when it heard. Works offline; twice is the same as once.
    ///
    /// # Errors
    /// `UnlockDevice`, `DiskFull`, `Internal`; call again.
    pub async fn sign_out(&self) -> Result<bool, QssError> {
        Ok(self.core.sign_out().await?.told)
    }

    /// Opens everything that is kept once, slowly, in the background; call it after the first list was
    /// shown. Needs no network. `now` looks even when a check found nothing today.
    ///
    /// # Errors
    /// `Cancelled`, `DiskFull`, `Internal`; damage is no error.
    pub async fn check_kept(
        &self,
        now: bool,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<KeptState, QssError> {
        let found = until_cancelled(cancel, self.core.check_kept(now)).await?;
        Ok(found.into())
    }

    /// Removes what `check_kept` found broken, so that the rest is sound. Tell the person what is gone.
    ///
    /// # Errors
    /// `VaultReset` when it is beyond this, `DiskFull`, `Internal`.
    pub async fn mend_kept(&self) -> Result<MendedLine, QssError> {
        Ok(self.core.mend_kept().await?.into())
    }

    /// Makes the device known to the portal; gives the portal's name for it.
    ///
    /// # Errors
    /// `TryAgain`, `Refused`, `UnlockDevice`, `Internal`.
    pub async fn enrol(&self, cancel: Option<Arc<CancelToken>>) -> Result<String, QssError> {
        let device = until_cancelled(cancel, self.core.enrol()).await?;
        Ok(device.to_string())
    }

    /// Claims the task of a scanned code for this phone. May be repeated.
    ///
    /// # Errors
    /// `ScanAgain` for a code too old, `NewTask` for a used one, `TryAgain`, `Refused`.
    pub async fn claim(
        &self,
        invitation: Arc<ScannedInvitation>,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<Arc<ConfirmTask>, QssError> {
        let claimed = until_cancelled(cancel, self.core.claim(&invitation.invitation)).await?;
        Ok(self.task(TaskWalk::of_claim(self.core.clone(), claimed)))
    }

    /// Claims the task whose nine digits were typed, for cameras that fail. Blanks between the digits
    /// do not matter; five tries in ten minutes.
    ///
    /// # Errors
    /// `ScanAgain` for digits that no page shows now, `TryAgain` after too many tries, else as
    /// `claim`.
    pub async fn claim_typed(
        &self,
        digits: String,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<Arc<ConfirmTask>, QssError> {
        let wrong = |_| Failure::of_refusal(RefusalCode::TypedCodeWrong, None);
        let digits = TypedDigits::parse(&digits).map_err(wrong)?;
        let claimed = until_cancelled(cancel, self.core.claim_typed(&digits)).await?;
        Ok(self.task(TaskWalk::of_claim(self.core.clone(), claimed)))
    }

    /// Tasks that were begun here and not seen to their end, newest first.
    ///
    /// # Errors
    /// `VaultReset`, `Internal`.
    pub async fn open_tasks(&self) -> Result<Vec<String>, QssError> {
        let tasks = self.core.open_tasks().await?;
        Ok(tasks.iter().map(TaskId::to_string).collect())
    }

    /// Goes back into a task after the app was killed. May be repeated.
    ///
    /// # Errors
    /// `NewTask` when it is not known here, `TryAgain`, `Refused`.
    pub async fn resume(
        &self,
        task: String,
        cancel: Option<Arc<CancelToken>>,
    ) -> Result<Arc<ConfirmTask>, QssError> {
        let task = task_id(&task)?;
        let resumed = until_cancelled(cancel, self.core.resume(task)).await?;
        Ok(self.task(TaskWalk::of_resumed(self.core.clone(), resumed)))
    }
}

/// Wipes what a handset keeps in a folder, whether or not it can be opened: after `VaultReset`, or
/// for leaving the device. Blocks, and asks the keystore.
///
/// # Errors
/// `TryAgain` while a handset has it open, `UnlockDevice`, `Internal`.
#[uniffi::export]
pub fn reset_handset(data_folder: &str, keystore: Arc<dyn HostKeystore>) -> Result<(), QssError> {
    Ok(Core::reset(
        Path::new(data_folder),
        &KeystorePort(keystore),
    )?)
}
