//! How a vault comes to be, is found again, and goes: envelope, keystore, wiping.

use std::fs::File;
use std::io::{self, Read};

use crate::anchor::{Anchor, Mark};
use crate::database;
use crate::disk::{Disk, write_whole};
use crate::envelope::{Envelope, EnvelopeError, MAX_ENVELOPE_BYTES};
use crate::error::{Argument, Part, VaultError};
use crate::folder::VaultFolder;
use crate::head::Head;
use crate::keys::{Keys, RootKey};
use crate::keystore::{Keystore, KeystoreError};
use crate::sealer::Sealer;
use crate::vault::Ports;

const MAX_OWNER_BYTES: usize = 256;

/// What the owner's secret is called in the keystore.
pub(crate) fn purpose(owner: &str) -> Result<String, VaultError> {
    if (1..=MAX_OWNER_BYTES).contains(&owner.len()) {
        Ok(format!("hlj-qss/vault/v1/{owner}"))
    } else {
        Err(VaultError::OutOfRange {
            what: Argument::Owner,
        })
    }
}

pub(crate) fn read_envelope(folder: &VaultFolder) -> Result<Option<Envelope>, VaultError> {
    let file = match File::open(folder.envelope()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other?,
    };
    let mut bytes = Vec::new();
    file.take(MAX_ENVELOPE_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    Envelope::parse(&bytes)
        .map(Some)
        .map_err(|error| match error {
            EnvelopeError::TooNew(found) => VaultError::FormatTooNew {
                found: u32::from(found),
            },
            EnvelopeError::Damaged | EnvelopeError::Length => VaultError::Damaged {
                what: Part::Envelope,
            },
        })
}

/// Refuses a vault that is older than its mark, and brings the mark up to it.
pub(crate) fn hold_against_anchor(
    anchor: Option<&dyn Anchor>,
    purpose: &str,
    found: Mark,
) -> Result<(), VaultError> {
    let Some(anchor) = anchor else {
        return Ok(());
    };
    match anchor.read(purpose).map_err(from_keystore)? {
        Some(kept) if kept == found.to_bytes() => return Ok(()),
        Some(kept) => Mark::parse(&kept)?.is_reached_by(found)?,
        None => {}
    }
    anchor
        .keep(purpose, &found.to_bytes())
        .map_err(from_keystore)
}

pub(crate) fn open_envelope(
    envelope: &Envelope,
    purpose: &str,
    keystore: &dyn Keystore,
) -> Result<Keys, VaultError> {
    let root = keystore
        .open_sealed(purpose, envelope.sealed_root())
        .map_err(|error| match error {
            // The envelope's digest is right, so these are the bytes some key sealed: not this one.
            KeystoreError::Refused => VaultError::WrongKey,
            other => from_keystore(other),
        })?;
    RootKey::from_bytes(&root)
        .map(|root| Keys::derive(&root))
        .ok_or(VaultError::WrongKey)
}

/// Makes a vault: first the database, whole under its name or not at all, last the envelope, so that an
/// envelope always has its database. The mark of a vault that was here before is replaced just before.
pub(crate) fn make_vault(
    folder: &VaultFolder,
    owner: &str,
    purpose: &str,
    keystore: &dyn Keystore,
    ports: &Ports,
) -> Result<Keys, VaultError> {
    let (disk, randomness) = (ports.disk.as_ref(), ports.randomness.as_ref());
    let root = RootKey::make(randomness)?;
    let sealed_root = keystore
        .seal(purpose, root.bytes())
        .map_err(from_keystore)?;
    let envelope = Envelope::new(sealed_root).map_err(|_| VaultError::OutOfRange {
        what: Argument::SealedRoot,
    })?;
    let sealer = Sealer {
        owner: owner.to_owned(),
        keys: Keys::derive(&root),
    };
    folder.remove_database(disk)?;
    let unfinished = folder.unfinished_database();
    let created = database::create(&unfinished, |connection| {
        sealer.write_canary(connection, randomness)?;
        sealer.write_head(connection, &Head::default(), randomness)
    });
    if let Err(error) = created {
        folder.remove_database(disk)?;
        return Err(error);
    }
    disk.rename(&unfinished, &folder.database())?;
    disk.sync_folder(folder.root())?;
    if let Some(anchor) = &ports.anchor {
        let mark = sealer.mark(&Head::default());
        anchor
            .keep(purpose, &mark.to_bytes())
            .map_err(from_keystore)?;
    }
    write_whole(disk, &folder.envelope(), &mut |sink| {
        sink.write_all(&envelope.to_bytes())
    })?;
    disk.sync_folder(folder.root())?;
    Ok(sealer.keys)
}

pub(crate) fn wipe(
    folder: &VaultFolder,
    purpose: &str,
    keystore: &dyn Keystore,
    disk: &dyn Disk,
) -> Result<(), VaultError> {
    let key = match keystore.destroy(purpose) {
        Ok(()) | Err(KeystoreError::KeyGone) => Ok(()),
        Err(error) => Err(from_keystore(error)),
    };
    let envelope = folder.remove_envelope(disk).map_err(VaultError::from);
    let database = folder.remove_database(disk).map_err(VaultError::from);
    let files = folder.remove_files(disk).map_err(VaultError::from);
    key.and(envelope).and(database).and(files)
}

pub(crate) fn from_keystore(error: KeystoreError) -> VaultError {
    match error {
        KeystoreError::KeyGone => VaultError::KeyGone,
        KeystoreError::Locked => VaultError::Locked,
        other => VaultError::Keystore(other),
    }
}
