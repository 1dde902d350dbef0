//! The vault: put, list, read, forget.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, TransactionBehavior};
use zeroize::Zeroizing;

use crate::anchor::Anchor;
use crate::chunks::{FileName, seal_chunks};
use crate::database;
use crate::database::StoredRow;
use crate::disk::{Disk, RealDisk, write_whole};
use crate::error::VaultError;
use crate::folder::VaultFolder;
use crate::head::Head;
use crate::keystore::Keystore;
use crate::ledger;
use crate::migration;
use crate::opening::{
    from_keystore, hold_against_anchor, make_vault, open_envelope, purpose, read_envelope, wipe,
};
use crate::orphans::collect_orphans;
use crate::randomness::{Randomness, SystemRandomness, make_random};
use crate::reader::{FileReader, find_file, open_whole};
use crate::record::{Entry, Opened, Record, StoredFile, check_id};
use crate::sealer::Sealer;

/// The open vault of one owner. Calls are short and blocking; share it behind an `Arc`, calls wait for each
/// other. Dropping it closes the database, wipes the keys and frees the folder.
pub struct Vault {
    // Dropped in this order: the database is closed before the folder's lock ends.
    pub(crate) connection: Mutex<Connection>,
    pub(crate) sealer: Sealer,
    keystore: Arc<dyn Keystore>,
    pub(crate) ports: Ports,
    pub(crate) folder: VaultFolder,
}

/// What a vault needs of the machine besides the keystore.
pub(crate) struct Ports {
    pub(crate) disk: Arc<dyn Disk>,
    pub(crate) randomness: Arc<dyn Randomness>,
    /// The second place for the counter, if the host has one.
    pub(crate) anchor: Option<Arc<dyn Anchor>>,
}

impl Ports {
    fn real(anchor: Option<Arc<dyn Anchor>>) -> Self {
        Self {
            anchor,
            disk: Arc::new(RealDisk),
            randomness: Arc::new(SystemRandomness::new()),
        }
    }
}

impl Vault {
    /// The vault of `owner` (1 to 256 bytes) in `folder`, made anew if there is none. Files that no record
    /// names, left by a process that was killed, are removed; a vault of an older format is brought to the
    /// present one. A whole older folder is not told from a present one: see [`Vault::open_anchored`].
    ///
    /// # Errors
    /// [`VaultError::InUse`] while another value or process has the folder.
    /// [`VaultError::KeyGone`] when there is a vault that can never be opened again; nothing is removed
    /// until [`Vault::reset`].
    /// [`VaultError::Locked`], [`VaultError::Keystore`] from the keystore; try again later.
    /// [`VaultError::WrongKey`] when the key belongs to another vault or owner.
    /// [`VaultError::Damaged`], [`VaultError::FormatTooNew`] for what lies there.
    /// [`VaultError::DiskFull`], [`VaultError::Io`], [`VaultError::Database`],
    /// [`VaultError::Randomness`] from the machine.
    /// [`VaultError::OutOfRange`] for an owner or a sealed key of a wrong length.
    pub fn open(
        folder: &Path,
        owner: &str,
        keystore: Arc<dyn Keystore>,
    ) -> Result<Self, VaultError> {
        Self::open_with(folder, owner, keystore, Ports::real(None))
    }

    /// As [`Vault::open`], with a second place that is told of every change.
    ///
    /// A mark that is not there yet is taken from the vault as it is: the first opening with an anchor
    /// trusts the folder.
    ///
    /// # Errors
    /// As [`Vault::open`]; [`VaultError::RolledBack`] when the folder is older than the anchor knows,
    /// [`VaultError::Damaged`] with `Part::Anchor` when the anchor gives what was never kept there. Nothing
    /// is changed then, and [`Vault::reset`] is the way on. A vault made anew replaces the mark.
    pub fn open_anchored(
        folder: &Path,
        owner: &str,
        keystore: Arc<dyn Keystore>,
        anchor: Arc<dyn Anchor>,
    ) -> Result<Self, VaultError> {
        Self::open_with(folder, owner, keystore, Ports::real(Some(anchor)))
    }

    pub(crate) fn open_with(
        folder: &Path,
        owner: &str,
        keystore: Arc<dyn Keystore>,
        ports: Ports,
    ) -> Result<Self, VaultError> {
        let purpose = purpose(owner)?;
        let folder = VaultFolder::take(folder)?;
        let database = folder.database();
        let keys = match read_envelope(&folder)? {
            Some(envelope) => open_envelope(&envelope, &purpose, keystore.as_ref())?,
            // The envelope is written last. A database without one was either never used, or its
            // envelope is gone and with it the only way to the key.
            None if database.exists() && !database::is_unused(&database) => {
                return Err(VaultError::KeyGone);
            }
            None => make_vault(&folder, owner, &purpose, keystore.as_ref(), &ports)?,
        };
        let (mut connection, format) = database::open(&database)?;
        let sealer = Sealer {
            owner: owner.to_owned(),
            keys,
        };
        let found = sealer.mark(&sealer.prove_key(&connection)?);
        hold_against_anchor(ports.anchor.as_deref(), &purpose, found)?;
        migration::bring_up(&mut connection, format, &sealer, ports.randomness.as_ref())?;
        collect_orphans(&connection, &sealer, &folder, ports.disk.as_ref())?;
        Ok(Self {
            connection: Mutex::new(connection),
            sealer,
            keystore,
            ports,
            folder,
        })
    }

    /// Keeps a record under `id` (1 to 512 bytes), in the place of the one before. When this returns, the
    /// record is on the disk; when it fails, the one before is still whole.
    ///
    /// # Errors
    /// [`VaultError::OutOfRange`] for an argument outside its limits, [`VaultError::DiskFull`],
    /// [`VaultError::Damaged`] of the head row or the database, [`VaultError::Io`],
    /// [`VaultError::Database`], [`VaultError::Randomness`].
    pub fn put(&self, id: &str, record: Record<'_>) -> Result<(), VaultError> {
        check_id(id)?;
        record.check_limits()?;
        let mut connection = self.lock();
        let mut files = Vec::with_capacity(record.files.len());
        let replaced = self
            .write_files(record.files, &mut files)
            .and_then(|()| self.replace(&mut connection, id, record, &files));
        match replaced {
            Ok(unnamed) => {
                self.remove_files(unnamed);
                Ok(())
            }
            Err(Unreplaced::ForSure(error)) => {
                self.remove_files(files.iter().map(|file| file.stored_as));
                Err(error)
            }
            // The commit may still come true when the journal is replayed, so its files have to stay; if
            // it does not, they are collected when the vault is next opened.
            Err(Unreplaced::Perhaps(error)) => Err(error),
        }
    }

    /// The records put last, newest first, at most `newest` of them. Bodies stay sealed.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] if any of these summaries does not open (a list never leaves one out),
    /// [`VaultError::Database`].
    pub fn list(&self, newest: usize) -> Result<Vec<Entry>, VaultError> {
        let connection = self.lock();
        let limit = i64::try_from(newest).unwrap_or(i64::MAX);
        // The body is not read: SQLite stops at the summary's page.
        let mut query =
            connection.prepare_cached("SELECT h, s, v, x, x'' FROM a ORDER BY s DESC LIMIT ?1")?;
        let rows = query.query_map([limit], StoredRow::of)?;
        rows.map(|row| {
            let mut row = row?;
            let (id, summary) = self.sealer.open_summary(&mut row)?;
            Ok(Entry {
                id,
                sequence: row.sequence,
                summary,
            })
        })
        .collect()
    }

    /// The record of `id`, without the content of its files.
    ///
    /// # Errors
    /// [`VaultError::NotFound`], [`VaultError::Damaged`], [`VaultError::FormatTooNew`],
    /// [`VaultError::Database`].
    pub fn read(&self, id: &str) -> Result<Opened, VaultError> {
        let mut row = self.stored(id)?;
        let (_, summary) = self.sealer.open_summary(&mut row)?;
        let (files, body) = self.sealer.open_body(&mut row)?;
        Ok(Opened {
            sequence: row.sequence,
            version: row.version,
            summary,
            body,
            files: files.into_iter().map(|file| file.name).collect(),
        })
    }

    /// The file `name` of the record of `id`, wiped when dropped.
    ///
    /// # Errors
    /// As [`Vault::read`]; [`VaultError::Damaged`] also when the file is missing, cut or changed.
    pub fn read_file(&self, id: &str, name: &str) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let file = self.file_of(id, name)?;
        let capacity = usize::try_from(file.plain_bytes).unwrap_or(0);
        let mut plain = Zeroizing::new(Vec::with_capacity(capacity));
        open_whole(&self.folder, &file, &mut |chunk| {
            plain.extend_from_slice(chunk);
        })?;
        Ok(plain)
    }

    /// The file `name` of the record of `id` to be read piece by piece, from any place: one chunk of
    /// 64 KiB is in memory, however large the file.
    ///
    /// # Errors
    /// As [`Vault::read_file`]; a changed chunk is an error of the reader when it is met.
    pub fn open_file(&self, id: &str, name: &str) -> Result<FileReader, VaultError> {
        let stored = self.file_of(id, name)?;
        FileReader::open(find_file(&self.folder, &stored)?, stored)
    }

    /// Removes the record of `id` and its files, and overwrites what the database and its journal still
    /// held of it. There being none is success.
    ///
    /// # Errors
    /// [`VaultError::DiskFull`] (removing needs some journal space; [`Vault::forget_all`] does not),
    /// [`VaultError::Damaged`] of the head row or the database, [`VaultError::Io`],
    /// [`VaultError::Database`], [`VaultError::Randomness`].
    pub fn forget(&self, id: &str) -> Result<(), VaultError> {
        check_id(id)?;
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let Some(row) = database::read_row(&transaction, &self.sealer.keys.row_id(id))? else {
            return Ok(());
        };
        let mut head = self.sealer.read_head(&transaction)?;
        head.advance()?;
        let unnamed = self.take_out(&transaction, &row, &mut head)?;
        self.sealer
            .write_head(&transaction, &head, self.ports.randomness.as_ref())?;
        transaction.commit()?;
        self.raise_anchor(&head);
        self.remove_files(unnamed);
        // The journal keeps older pages until it is reset; the sealed row must not live on in them.
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// Wipes this vault. See [`Vault::reset`].
    ///
    /// # Errors
    /// As [`Vault::reset`].
    pub fn forget_all(self) -> Result<(), VaultError> {
        let Self {
            connection,
            sealer,
            keystore,
            ports,
            folder,
        } = self;
        let purpose = purpose(&sealer.owner)?;
        drop(connection);
        drop(sealer);
        wipe(&folder, &purpose, keystore.as_ref(), ports.disk.as_ref())?;
        match &ports.anchor {
            Some(anchor) => anchor.remove(&purpose).map_err(from_keystore),
            None => Ok(()),
        }
    }

    /// Wipes the vault of `owner` in `folder`, whether or not it can be opened: the keystore's key, the
    /// envelope, the database, the files, in this order. After the first of the two small steps nothing
    /// left on the disk, in a backup or in worn flash cells can be opened. Can be repeated.
    ///
    /// # Errors
    /// [`VaultError::InUse`] and nothing done while the vault is open. Otherwise every step is tried and
    /// the first failure is given: [`VaultError::Locked`], [`VaultError::Keystore`], [`VaultError::Io`].
    pub fn reset(folder: &Path, owner: &str, keystore: &dyn Keystore) -> Result<(), VaultError> {
        let purpose = purpose(owner)?;
        wipe(&VaultFolder::take(folder)?, &purpose, keystore, &RealDisk)
    }

    /// How often this vault was changed. Kept in another place, it shows that a whole older copy of the
    /// folder was put back, which nothing inside the folder can show: [`Vault::open_anchored`].
    ///
    /// # Errors
    /// [`VaultError::Damaged`], [`VaultError::Database`].
    pub fn changes(&self) -> Result<u64, VaultError> {
        Ok(self.sealer.read_head(&self.lock())?.counter)
    }

    /// Tells the second place, while the vault is still locked, so that marks come in their order. A
    /// record is kept whether or not the anchor hears of it; the next change tells it again.
    pub(crate) fn raise_anchor(&self, head: &Head) {
        let (Some(anchor), Ok(purpose)) = (&self.ports.anchor, purpose(&self.sealer.owner)) else {
            return;
        };
        let _ = anchor.keep(&purpose, &self.sealer.mark(head).to_bytes());
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Connection> {
        // A panic inside a call rolls its transaction back; the connection stays good.
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn stored(&self, id: &str) -> Result<StoredRow, VaultError> {
        check_id(id)?;
        database::read_row(&self.lock(), &self.sealer.keys.row_id(id))?.ok_or(VaultError::NotFound)
    }

    fn file_of(&self, id: &str, name: &str) -> Result<StoredFile, VaultError> {
        let (files, _) = self.sealer.open_body(&mut self.stored(id)?)?;
        let mut files = files.into_iter();
        files
            .find(|file| file.name == name)
            .ok_or(VaultError::NotFound)
    }

    /// Seals the files beside the database. `written` names what is there, also after a failure.
    fn write_files(
        &self,
        files: &[(&str, &[u8])],
        written: &mut Vec<StoredFile>,
    ) -> Result<(), Unreplaced> {
        let Ports {
            disk, randomness, ..
        } = &self.ports;
        for (name, plain) in files {
            let mut key = Zeroizing::new([0; 32]);
            randomness.fill(&mut key[..])?;
            let stored_as = FileName(make_random(randomness.as_ref())?);
            written.push(StoredFile {
                name: (*name).to_owned(),
                stored_as,
                key: key.clone(),
                plain_bytes: plain.len() as u64,
            });
            let path = self.folder.file(stored_as);
            write_whole(disk.as_ref(), &path, &mut |sink| {
                seal_chunks(&key, stored_as, plain, sink)
            })?;
        }
        if !files.is_empty() {
            disk.sync_folder(&self.folder.files())?;
        }
        Ok(())
    }

    /// Puts the row in one transaction and gives the files that are no longer named.
    fn replace(
        &self,
        connection: &mut Connection,
        id: &str,
        record: Record<'_>,
        files: &[StoredFile],
    ) -> Result<Vec<FileName>, Unreplaced> {
        let randomness = self.ports.randomness.as_ref();
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(VaultError::from)?;
        let mut head = self.sealer.read_head(&transaction)?;
        let sequence = head.advance()?;
        let (version, unnamed) =
            match database::read_row(&transaction, &self.sealer.keys.row_id(id))? {
                Some(old) => (
                    old.version.saturating_add(1),
                    self.take_out(&transaction, &old, &mut head)?,
                ),
                None => (1, Vec::new()),
            };
        let contents = (files, record.body);
        let row = self.sealer.seal_row(
            id,
            [version, sequence],
            record.summary,
            contents,
            randomness,
        )?;
        head.rows = head.rows.saturating_add(1);
        let tag = self.sealer.tag(&row);
        head.toggle(&tag);
        database::write_row(&transaction, &row)?;
        for file in files {
            database::write_file_name(&transaction, sequence, file.stored_as)?;
        }
        self.sealer.write_head(&transaction, &head, randomness)?;
        let entry = self.sealer.seal_tag(sequence, &tag, randomness)?;
        ledger::write_entry(&transaction, sequence, &entry)?;
        transaction
            .commit()
            .map_err(|error| match VaultError::from(error) {
                // The write of the journal failed, so its commit mark, which comes last, is not there.
                VaultError::DiskFull => Unreplaced::ForSure(VaultError::DiskFull),
                other => Unreplaced::Perhaps(other),
            })?;
        self.raise_anchor(&head);
        Ok(unnamed)
    }

    /// Removes a row and its share of the head, and gives its files. The share is what the ledger says: a
    /// broken row no longer knows it, and a row that nobody counted has none.
    fn take_out(
        &self,
        connection: &Connection,
        row: &StoredRow,
        head: &mut Head,
    ) -> Result<Vec<FileName>, VaultError> {
        if let Some(entry) = ledger::read_entry(connection, row.sequence)? {
            let counted = self.sealer.open_tag(row.sequence, entry);
            head.rows = head.rows.saturating_sub(1);
            head.toggle(&counted.unwrap_or_else(|| self.sealer.tag(row)));
            ledger::remove_entry(connection, row.sequence)?;
        }
        database::remove_row(connection, row.sequence)
    }

    fn remove_files(&self, names: impl IntoIterator<Item = FileName>) {
        for name in names {
            // A file that stays is collected when the vault is next opened; its key is gone already.
            let _ = self.ports.disk.remove(&self.folder.file(name));
        }
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").finish_non_exhaustive()
    }
}

/// Why a row was not replaced, and how sure that is.
enum Unreplaced {
    ForSure(VaultError),
    Perhaps(VaultError),
}

impl<E: Into<VaultError>> From<E> for Unreplaced {
    fn from(error: E) -> Self {
        Self::ForSure(error.into())
    }
}

#[cfg(test)]
mod tests;
