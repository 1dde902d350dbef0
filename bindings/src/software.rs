//! A handset with its keys in software: for the desktop shell and tests, in Rust only.

use std::path::Path;
use std::sync::Arc;

use quanshengshi_handset::handset::{Handset as Core, Ports};
use quanshengshi_handset::ports::SystemClock;
use quanshengshi_handset::software_keys::SoftwareKeys;
use quanshengshi_vault::error::VaultError;
use quanshengshi_vault::software_keystore::SoftwareKeystore;

use crate::config::HandsetConfig;
use crate::error::QssError;
use crate::handset::Handset;

/// Opens a handset whose keys are files in `keys`. Keep that folder apart from the data folder:
/// together they open everything.
///
/// # Errors
/// As [`Handset::new`].
pub fn open_software_handset(
    config: &HandsetConfig,
    keys: &Path,
) -> Result<Arc<Handset>, QssError> {
    let keystore = Arc::new(SoftwareKeystore::open(keys).map_err(VaultError::Keystore)?);
    let ports = Ports {
        anchor: Some(Arc::<SoftwareKeystore>::clone(&keystore)),
        keys: Arc::new(SoftwareKeys::open(keys)?),
        keystore,
        clock: Arc::new(SystemClock::new()),
    };
    Handset::open(config, ports)
}

/// Wipes what a software handset keeps; its device key stays.
///
/// # Errors
/// As [`crate::handset::reset_handset`].
pub fn reset_software_handset(data_folder: &Path, keys: &Path) -> Result<(), QssError> {
    let keystore = SoftwareKeystore::open(keys).map_err(VaultError::Keystore)?;
    Ok(Core::reset(data_folder, &keystore)?)
}
