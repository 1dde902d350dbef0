//! What every store is asked to do, and the vault's way.

use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use quanshengshi_vault::record::Record;
use quanshengshi_vault::software_keystore::SoftwareKeystore;
use quanshengshi_vault::vault::Vault;

use super::peers::{Plain, Redb};

/// A summary as the wallet has it: 140 bytes.
pub(crate) const SUMMARY: [u8; 140] = [1; 140];
/// A record of 2 KiB.
pub(crate) const BODY: [u8; 2_048] = [3; 2_048];
/// The name of the one file of a record.
pub(crate) const FILE: &str = "face.ofd";

/// A store of records with files beside them.
pub(crate) trait Store {
    /// Puts one record; it is on the disk afterwards.
    fn put(&mut self, id: &str, file: Option<&[u8]>);
    /// Puts many records without files, as fast as the store can.
    fn fill(&mut self, ids: &[String]);
    /// Bytes of the summaries of the records put last.
    fn list(&self, newest: usize) -> usize;
    /// Bytes of a record.
    fn read(&self, id: &str) -> usize;
    /// Bytes of a record's file.
    fn read_file(&self, id: &str) -> usize;
    /// Bytes of a record's file, read piece by piece; none where that is not possible.
    fn stream_file(&self, id: &str) -> Option<usize>;
    /// Looks at everything.
    fn check(&mut self) -> bool;
}

/// Opens the store of a kind in a folder, making it if need be.
pub(crate) fn open(kind: &str, folder: &Path) -> Box<dyn Store> {
    match kind {
        "plain" => Box::new(Plain::open(&folder.join("store"))),
        "redb" => Box::new(Redb::open(&folder.join("store"))),
        _ => {
            let keystore = Arc::new(SoftwareKeystore::open(&folder.join("keys")).unwrap());
            let anchor = Arc::<SoftwareKeystore>::clone(&keystore);
            Box::new(
                Vault::open_anchored(&folder.join("store"), "owner", keystore, anchor).unwrap(),
            )
        }
    }
}

impl Store for Vault {
    fn put(&mut self, id: &str, file: Option<&[u8]>) {
        let files: Vec<(&str, &[u8])> = file.iter().map(|bytes| (FILE, *bytes)).collect();
        let record = Record {
            summary: &SUMMARY,
            body: &BODY,
            files: &files,
        };
        Vault::put(self, id, record).unwrap();
    }

    fn fill(&mut self, ids: &[String]) {
        for id in ids {
            Store::put(self, id, None);
        }
    }

    fn list(&self, newest: usize) -> usize {
        let entries = Vault::list(self, newest).unwrap();
        entries.iter().map(|entry| entry.summary.len()).sum()
    }

    fn read(&self, id: &str) -> usize {
        Vault::read(self, id).unwrap().body.len()
    }

    fn read_file(&self, id: &str) -> usize {
        Vault::read_file(self, id, FILE).unwrap().len()
    }

    fn stream_file(&self, id: &str) -> Option<usize> {
        let mut reader = self.open_file(id, FILE).unwrap();
        let mut piece = vec![0; 16 << 10];
        let mut all = 0;
        loop {
            match reader.read(&mut piece).unwrap() {
                0 => return Some(all),
                some => all += some,
            }
        }
    }

    fn check(&mut self) -> bool {
        Vault::check(self).unwrap().is_sound()
    }
}
