//! The peers: nothing sealed, nothing counted, the same durability.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};
use rusqlite::{Connection, params};

use super::store::{BODY, FILE, SUMMARY, Store};

/// SQLite with the vault's settings, columns in the clear, files beside it.
pub(crate) struct Plain {
    connection: Connection,
    folder: PathBuf,
}

impl Plain {
    pub(crate) fn open(folder: &Path) -> Self {
        fs::create_dir_all(folder.join("files")).unwrap();
        let connection = Connection::open(folder.join("plain.db")).unwrap();
        connection
            .execute_batch(
                "PRAGMA page_size = 16384; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;
                 PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 256;
                 CREATE TABLE IF NOT EXISTS a(s INTEGER PRIMARY KEY, h TEXT NOT NULL UNIQUE,
                     x BLOB NOT NULL, y BLOB NOT NULL) STRICT",
            )
            .unwrap();
        Self {
            connection,
            folder: folder.to_owned(),
        }
    }

    fn insert(&self, id: &str) {
        self.connection
            .prepare_cached("INSERT INTO a(h, x, y) VALUES(?1, ?2, ?3)")
            .unwrap()
            .execute(params![id, SUMMARY, BODY])
            .unwrap();
    }
}

impl Store for Plain {
    fn put(&mut self, id: &str, file: Option<&[u8]>) {
        write_file(&self.folder, id, file);
        self.insert(id);
    }

    fn fill(&mut self, ids: &[String]) {
        self.connection.execute_batch("BEGIN").unwrap();
        for id in ids {
            self.insert(id);
        }
        self.connection.execute_batch("COMMIT").unwrap();
    }

    fn list(&self, newest: usize) -> usize {
        let mut query = self
            .connection
            .prepare_cached("SELECT x FROM a ORDER BY s DESC LIMIT ?1")
            .unwrap();
        let newest = i64::try_from(newest).unwrap();
        let rows = query.query_map([newest], |row| row.get::<_, Vec<u8>>(0));
        rows.unwrap().map(|summary| summary.unwrap().len()).sum()
    }

    fn read(&self, id: &str) -> usize {
        let mut query = self
            .connection
            .prepare_cached("SELECT y FROM a WHERE h = ?1")
            .unwrap();
        let body: Vec<u8> = query.query_row([id], |row| row.get(0)).unwrap();
        body.len()
    }

    fn read_file(&self, id: &str) -> usize {
        read_file(&self.folder, id)
    }

    fn stream_file(&self, _: &str) -> Option<usize> {
        None
    }

    fn check(&mut self) -> bool {
        let said: String = self
            .connection
            .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
            .unwrap();
        said == "ok"
    }
}

const ROWS: TableDefinition<'_, u64, (&[u8], &[u8])> = TableDefinition::new("a");
const IDS: TableDefinition<'_, &str, u64> = TableDefinition::new("h");

/// redb, values in the clear, files beside it.
pub(crate) struct Redb {
    database: Database,
    folder: PathBuf,
}

impl Redb {
    pub(crate) fn open(folder: &Path) -> Self {
        fs::create_dir_all(folder.join("files")).unwrap();
        let database = Database::create(folder.join("redb")).unwrap();
        Self {
            database,
            folder: folder.to_owned(),
        }
    }

    fn insert(&self, ids: &[&str]) {
        let write = self.database.begin_write().unwrap();
        {
            let mut rows = write.open_table(ROWS).unwrap();
            let mut names = write.open_table(IDS).unwrap();
            let last = rows.last().unwrap().map_or(0, |(key, _)| key.value());
            for (id, sequence) in ids.iter().zip(last + 1..) {
                rows.insert(sequence, (&SUMMARY[..], &BODY[..])).unwrap();
                names.insert(*id, sequence).unwrap();
            }
        }
        write.commit().unwrap();
    }
}

impl Store for Redb {
    fn put(&mut self, id: &str, file: Option<&[u8]>) {
        write_file(&self.folder, id, file);
        self.insert(&[id]);
    }

    fn fill(&mut self, ids: &[String]) {
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        self.insert(&ids);
    }

    fn list(&self, newest: usize) -> usize {
        let read = self.database.begin_read().unwrap();
        let rows = read.open_table(ROWS).unwrap();
        let rows = rows.iter().unwrap().rev().take(newest);
        rows.map(|row| row.unwrap().1.value().0.to_vec().len())
            .sum()
    }

    fn read(&self, id: &str) -> usize {
        let read = self.database.begin_read().unwrap();
        let names = read.open_table(IDS).unwrap();
        let sequence = names.get(id).unwrap().unwrap().value();
        let rows = read.open_table(ROWS).unwrap();
        let row = rows.get(sequence).unwrap().unwrap();
        row.value().1.to_vec().len()
    }

    fn read_file(&self, id: &str) -> usize {
        read_file(&self.folder, id)
    }

    fn stream_file(&self, _: &str) -> Option<usize> {
        None
    }

    fn check(&mut self) -> bool {
        self.database.check_integrity().unwrap()
    }
}

fn path(folder: &Path, id: &str) -> PathBuf {
    folder.join("files").join(format!("{id}-{FILE}"))
}

fn write_file(folder: &Path, id: &str, bytes: Option<&[u8]>) {
    let Some(bytes) = bytes else { return };
    let mut file = File::create(path(folder, id)).unwrap();
    file.write_all(bytes).unwrap();
    file.sync_all().unwrap();
    File::open(folder.join("files"))
        .unwrap()
        .sync_all()
        .unwrap();
}

fn read_file(folder: &Path, id: &str) -> usize {
    fs::read(path(folder, id)).unwrap().len()
}
