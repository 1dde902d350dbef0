//! What the handset remembers besides certificates: its installation, its enrolment, open tasks,
//! what was done, who proved to be whom.
//!
//! A vault of its own with the owner `handset`: forgetting every certificate does not enrol the
//! phone anew. Record names: `install`, `grant`, `seals` (revocation lists), `task/<task id>`,
//! `log/<task id>` ([`crate::activity`]), `person/<subject>` ([`crate::people`]), `checked`
//! ([`crate::keeping`]).

use std::path::Path;
use std::sync::Arc;

use quanshengshi_protocol::canonical::{CanonicalError, Reader, Writer};
use quanshengshi_protocol::enrolment::DeviceGrant;
use quanshengshi_protocol::ids::{InstallId, TaskId};
use quanshengshi_protocol::statement::Signed;
use quanshengshi_vault::anchor::Anchor;
use quanshengshi_vault::error::VaultError;
use quanshengshi_vault::keystore::Keystore;
use quanshengshi_vault::record::Record;
use quanshengshi_vault::vault::Vault;

use crate::blocking::Stopped;
use crate::journal::JournalEntry;
use crate::place::Place;
use crate::randomness::{NoRandomness, make_random};

/// The vault's owner.
pub(crate) const OWNER: &str = "handset";
/// Tasks remembered at the same time; the oldest is dropped for a new one.
const MOST_TASKS: usize = 16;
const TASK: &str = "task/";

/// Why the state cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The vault failed.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A record is not in its stored form.
    #[error("a record of the state is malformed")]
    Malformed(#[from] CanonicalError),
    /// The operating system gave no random bytes.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// The thread was stopped.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// The sealed state.
#[derive(Debug, Clone)]
pub(crate) struct StateStore {
    place: Place,
}

impl StateStore {
    /// Opens the state in a folder. Blocks, and asks the keystore.
    pub(crate) fn open(
        folder: &Path,
        keystore: Arc<dyn Keystore>,
        anchor: Option<Arc<dyn Anchor>>,
    ) -> Result<Self, VaultError> {
        let place = Place::open(folder, OWNER, keystore, anchor)?;
        Ok(Self { place })
    }

    /// The vault itself, for what is done to all vaults alike.
    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// The installation, drawn at the first call and then kept.
    pub(crate) async fn install(&self) -> Result<InstallId, StateError> {
        self.on_vault(|vault| {
            if let Some(body) = read(vault, "install")? {
                let mut body = Reader::new(&body)?;
                let install = InstallId::from_bytes(body.array(1)?);
                body.finish()?;
                return Ok(install);
            }
            let install = InstallId::from_bytes(make_random()?);
            let body = Writer::default().bytes(1, install.as_bytes()).finish();
            put(vault, "install", &body)?;
            Ok(install)
        })
        .await
    }

    /// The portal's grant, not verified.
    pub(crate) async fn grant(&self) -> Result<Option<Signed<DeviceGrant>>, StateError> {
        self.on_vault(|vault| {
            let Some(body) = read(vault, "grant")? else {
                return Ok(None);
            };
            let mut body = Reader::new(&body)?;
            let signed = Signed::from_parts(body.bytes(1)?.to_vec(), body.bytes(2)?.to_vec());
            body.finish()?;
            Ok(Some(signed))
        })
        .await
    }

    pub(crate) async fn put_grant(&self, grant: &Signed<DeviceGrant>) -> Result<(), StateError> {
        let body = Writer::default()
            .bytes(1, grant.bytes())
            .bytes(2, grant.signature())
            .finish();
        self.on_vault(move |vault| Ok(put(vault, "grant", &body)?))
            .await
    }

    pub(crate) async fn forget_grant(&self) -> Result<(), StateError> {
        self.on_vault(|vault| Ok(vault.forget("grant")?)).await
    }

    /// The revocation lists of seals that were kept, PEM. Blocks.
    pub(crate) fn revocations(&self) -> Result<Vec<u8>, VaultError> {
        self.place.with(|vault| {
            let body = read(vault, "seals")?;
            Ok(body.map(|body| body.to_vec()).unwrap_or_default())
        })
    }

    /// Keeps the revocation lists of seals, PEM, in place of those before.
    pub(crate) async fn put_revocations(&self, pem: String) -> Result<(), StateError> {
        self.on_vault(move |vault| Ok(put(vault, "seals", pem.as_bytes())?))
            .await
    }

    /// The open tasks, newest first.
    pub(crate) async fn tasks(&self) -> Result<Vec<TaskId>, StateError> {
        self.on_vault(|vault| Ok(tasks(vault)?)).await
    }

    pub(crate) async fn task(&self, task: TaskId) -> Result<Option<JournalEntry>, StateError> {
        self.on_vault(move |vault| {
            let body = read(vault, &format!("{TASK}{task}"))?;
            Ok(body.map(|body| JournalEntry::parse(&body)).transpose()?)
        })
        .await
    }

    pub(crate) async fn put_task(&self, entry: JournalEntry) -> Result<(), StateError> {
        self.on_vault(move |vault| {
            put(vault, &format!("{TASK}{}", entry.task()), &entry.to_bytes())?;
            for old in tasks(vault)?.into_iter().skip(MOST_TASKS) {
                vault.forget(&format!("{TASK}{old}"))?;
            }
            Ok(())
        })
        .await
    }

    pub(crate) async fn forget_task(&self, task: TaskId) -> Result<(), StateError> {
        self.on_vault(move |vault| Ok(vault.forget(&format!("{TASK}{task}"))?))
            .await
    }

    /// Works on the vault on a thread that may block.
    pub(crate) async fn on_vault<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Vault) -> Result<T, StateError> + Send + 'static,
    ) -> Result<T, StateError> {
        self.place.later(work).await
    }

    /// Wipes everything that is remembered, with its key. Blocks, and asks the keystore.
    pub(crate) fn wipe(&self) -> Result<(), VaultError> {
        self.place.wipe()
    }
}

pub(crate) fn put(vault: &Vault, id: &str, body: &[u8]) -> Result<(), VaultError> {
    vault.put(
        id,
        Record {
            summary: &[],
            body,
            files: &[],
        },
    )
}

pub(crate) fn read(
    vault: &Vault,
    id: &str,
) -> Result<Option<zeroize::Zeroizing<Vec<u8>>>, VaultError> {
    match vault.read(id) {
        Ok(opened) => Ok(Some(opened.body)),
        Err(VaultError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn tasks(vault: &Vault) -> Result<Vec<TaskId>, VaultError> {
    let entries = vault.list(usize::MAX)?;
    let ids = entries.iter().filter_map(|entry| {
        let written = entry.id.strip_prefix(TASK)?;
        TaskId::parse(written).ok()
    });
    Ok(ids.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use quanshengshi_protocol::ids::Nonce;
    use quanshengshi_protocol::invitation::InvitationKey;
    use quanshengshi_vault::software_keystore::SoftwareKeystore;

    fn open(folder: &Path) -> StateStore {
        let keystore = SoftwareKeystore::open(&folder.join("keys")).unwrap();
        StateStore::open(&folder.join("state"), Arc::new(keystore), None).unwrap()
    }

    fn entry(task: u8) -> JournalEntry {
        let key = InvitationKey::from_bytes(&[3; 32]);
        JournalEntry {
            code: key.derive_code(TaskId::from_bytes([task; 16]), 0),
            claim_nonce: Nonce::from_bytes([2; 32]),
            receipt: None,
            evidence: None,
        }
    }

    #[tokio::test]
    async fn installation_grant_and_tasks_survive_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let state = open(folder.path());
        let install = state.install().await.unwrap();
        let grant = Signed::from_parts(b"grant".to_vec(), vec![1; 64]);
        state.put_grant(&grant).await.unwrap();
        state.put_task(entry(1)).await.unwrap();
        drop(state);
        let state = open(folder.path());
        assert_eq!(state.install().await.unwrap(), install);
        assert_eq!(state.grant().await.unwrap(), Some(grant));
        let task = TaskId::from_bytes([1; 16]);
        assert_eq!(state.task(task).await.unwrap(), Some(entry(1)));
        state.forget_task(task).await.unwrap();
        assert_eq!(state.task(task).await.unwrap(), None);
    }

    #[tokio::test]
    async fn the_oldest_open_task_makes_room() {
        let folder = tempfile::tempdir().unwrap();
        let state = open(folder.path());
        for task in 0..=16 {
            state.put_task(entry(task)).await.unwrap();
        }
        let tasks = state.tasks().await.unwrap();
        assert_eq!(tasks.len(), MOST_TASKS);
        assert_eq!(tasks[0], TaskId::from_bytes([16; 16]));
        assert_eq!(tasks[15], TaskId::from_bytes([1; 16]));
    }
}
