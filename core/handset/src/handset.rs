//! The handset: settings and ports joined, once an app.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use quanshengshi_certificate::seal::anchor::AnchorError;
use quanshengshi_face::network::Networks;
use quanshengshi_protocol::enrolment::Platform;
use quanshengshi_protocol::ids::DeviceId;
use quanshengshi_protocol::invitation::{DOWNLOAD_PATH, Invitation, InvitationError};
use quanshengshi_protocol::keys::PublicKey;
use quanshengshi_vault::anchor::Anchor;
use quanshengshi_vault::error::VaultError;
use quanshengshi_vault::keystore::Keystore;
use quanshengshi_vault::vault::Vault;

use crate::device::{Device, DeviceError};
use crate::leaving::{LeaveError, finish_wipe};
use crate::portal_client::client::{PortalClient, PortalSettings, SettingsError};
use crate::portal_keys::PortalKeys;
use crate::ports::{Clock, DeviceKeys};
use crate::seals::keeper::SealKeeper;
use crate::signer::Signer;
use crate::state::{self, StateStore};
use crate::wallet::flow::Wallet;
use crate::wallet::store::{self, WalletStore};

/// What the app brings.
#[derive(Debug, Clone)]
pub struct HandsetSettings {
    /// A folder of the app's own; two vaults are made inside.
    pub data_folder: PathBuf,
    /// Where the portal is and what proves that it is the one.
    pub portal: PortalSettings,
    /// Origins that may stand in a QR code of this portal.
    pub trusted_origins: Vec<String>,
    /// The keys whose signature is the portal's: the present one and the announced ones.
    pub portal_keys: Vec<PublicKey>,
    /// The roots that seals of certificates may hang on, PEM; empty when none is trusted.
    pub seal_roots_pem: String,
    /// What runs the core.
    pub platform: Platform,
    /// Version of the app, such as `0.1.0`.
    pub app_version: String,
}

/// What the host lends.
#[derive(Clone)]
pub struct Ports {
    /// The device key.
    pub keys: Arc<dyn DeviceKeys>,
    /// What seals the vaults' keys.
    pub keystore: Arc<dyn Keystore>,
    /// Where the vaults' counters are kept once more, outside the data folder; without it a whole
    /// older folder put back is not noticed.
    pub anchor: Option<Arc<dyn Anchor>>,
    /// The device's clocks.
    pub clock: Arc<dyn Clock>,
}

/// Why there is no handset.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The settings cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The roots of seals cannot be read.
    #[error(transparent)]
    SealRoots(#[from] AnchorError),
    /// A wipe that was cut cannot be finished now.
    #[error(transparent)]
    Leave(#[from] LeaveError),
    /// A vault cannot be opened. After `KeyGone`, damage or `RolledBack`, [`Handset::reset`] starts
    /// anew.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

/// The phone's core. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Handset {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) device: Device,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) wallet: WalletStore,
    pub(crate) seals: SealKeeper,
    pub(crate) data_folder: PathBuf,
    trusted_origins: Vec<String>,
    networks: OnceLock<Arc<Networks>>,
}

impl Handset {
    /// Opens the handset's vaults, making them at the first time. Blocks, and asks the keystore:
    /// call it on a thread of the host, not inside a future. Nothing is sent.
    ///
    /// # Errors
    /// [`OpenError::Settings`] for an origin or roots that cannot be used, [`OpenError::SealRoots`],
    /// [`OpenError::Vault`] as `Vault::open`, [`OpenError::Leave`] when a wipe that was cut cannot be finished.
    pub fn open(settings: HandsetSettings, ports: Ports) -> Result<Self, OpenError> {
        let portal = PortalClient::new(&settings.portal)?;
        let seals = SealKeeper::new(&settings.seal_roots_pem)?;
        let keystore = ports.keystore;
        finish_wipe(&settings.data_folder, keystore.as_ref())?;
        let folder = |name| settings.data_folder.join(name);
        let state = StateStore::open(
            &folder("state"),
            Arc::clone(&keystore),
            ports.anchor.clone(),
        )?;
        seals.recall(&state)?;
        let wallet = WalletStore::open(&folder("wallet"), keystore, ports.anchor)?;
        Ok(Self {
            inner: Arc::new(Inner {
                device: Device {
                    portal,
                    portal_keys: PortalKeys::new(settings.portal_keys),
                    signer: Signer::new(ports.keys),
                    state,
                    platform: settings.platform,
                    app_version: settings.app_version,
                },
                clock: ports.clock,
                wallet,
                seals,
                trusted_origins: settings.trusted_origins,
                networks: OnceLock::new(),
                data_folder: settings.data_folder,
            }),
        })
    }

    /// Wipes both vaults of a data folder, whether or not they can be opened: for a key that is
    /// gone, or for leaving the device. Can be repeated.
    ///
    /// # Errors
    /// As `Vault::reset`; the second vault is tried even when the first failed.
    pub fn reset(data_folder: &std::path::Path, keystore: &dyn Keystore) -> Result<(), VaultError> {
        let state = Vault::reset(&data_folder.join("state"), state::OWNER, keystore);
        let wallet = Vault::reset(&data_folder.join("wallet"), store::OWNER, keystore);
        state.and(wallet)
    }

    /// Makes the device known to the portal, or gives the name it already has.
    ///
    /// # Errors
    /// [`DeviceError`] by variant.
    ///
    /// # Cancellation
    /// May be dropped at any await and repeated.
    pub async fn enrol(&self) -> Result<DeviceId, DeviceError> {
        self.obeying(self.inner.device.enrolled()).await
    }

    /// What a scanned text says, if it is a code of this portal. Nothing is sent or fetched.
    ///
    /// # Errors
    /// [`InvitationError`] by variant: a foreign text, the download code, an altered code.
    pub fn read_code(&self, text: &str) -> Result<Invitation, InvitationError> {
        Invitation::parse(text, &self.inner.trusted_origins)
    }

    /// The invitation among the texts of one frame: a page may show the download code beside it.
    /// None for no text. Nothing is sent or fetched.
    ///
    /// # Errors
    /// [`InvitationError`] when none is one, the most telling: an altered code before the download
    /// code, that before a foreign text.
    pub fn pick_code(&self, texts: &[String]) -> Result<Option<Invitation>, InvitationError> {
        Invitation::pick(texts, &self.inner.trusted_origins)
    }

    /// Where the app can be downloaded: for a phone whose version is too old.
    pub fn download_link(&self) -> String {
        format!("{}{DOWNLOAD_PATH}", self.inner.device.portal.origin())
    }

    /// The certificates kept on this phone.
    pub fn wallet(&self) -> Wallet {
        Wallet {
            inner: Arc::clone(&self.inner),
        }
    }

    /// The face networks, loaded at the first use.
    pub(crate) fn networks(&self) -> Arc<Networks> {
        let load = || Arc::new(Networks::load());
        Arc::clone(self.inner.networks.get_or_init(load))
    }
}

impl std::fmt::Debug for Handset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Handset").finish_non_exhaustive()
    }
}
