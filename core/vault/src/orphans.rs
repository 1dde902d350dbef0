//! Files beside the database that no record names: what a killed process leaves behind.

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

use rusqlite::Connection;

use crate::chunks::FileName;
use crate::database::StoredRow;
use crate::disk::Disk;
use crate::error::VaultError;
use crate::folder::VaultFolder;
use crate::sealer::Sealer;

/// Removes unfinished files and files that no record names. Called while the folder is locked, so nobody
/// is writing.
///
/// The plain table of file names only raises the suspicion; a file goes only if every body opens and none
/// names it. So one damaged page never costs a file.
pub(crate) fn collect_orphans(
    connection: &Connection,
    sealer: &Sealer,
    folder: &VaultFolder,
    disk: &dyn Disk,
) -> Result<(), VaultError> {
    let _ = disk.remove(&folder.envelope().with_extension("tmp"));
    let mut suspects = Vec::new();
    let mut named: Option<HashSet<String>> = None;
    for entry in fs::read_dir(folder.files())? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "tmp") {
            let _ = disk.remove(&path);
            continue;
        }
        if named.is_none() {
            named = Some(names_in_table(connection)?);
        }
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if named.as_ref().is_some_and(|named| !named.contains(name)) {
            suspects.push(path);
        }
    }
    if !suspects.is_empty() {
        remove_unnamed(connection, sealer, suspects, disk);
    }
    Ok(())
}

fn remove_unnamed(
    connection: &Connection,
    sealer: &Sealer,
    suspects: Vec<PathBuf>,
    disk: &dyn Disk,
) {
    let Ok(named) = names_in_bodies(connection, sealer) else {
        // Something is damaged: keep everything, `Vault::check` says what.
        return;
    };
    for path in suspects {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if !named.contains(name) {
            let _ = disk.remove(&path);
        }
    }
}

fn names_in_table(connection: &Connection) -> Result<HashSet<String>, VaultError> {
    let mut query = connection.prepare("SELECT n FROM c")?;
    let names = query.query_map([], |row| row.get(0).map(|name| FileName(name).to_hex()))?;
    Ok(names.collect::<Result<_, _>>()?)
}

fn names_in_bodies(
    connection: &Connection,
    sealer: &Sealer,
) -> Result<HashSet<String>, VaultError> {
    let mut query = connection.prepare(&format!("SELECT {} FROM a", StoredRow::COLUMNS))?;
    let mut names = HashSet::new();
    for row in query.query_map([], StoredRow::of)? {
        let (files, _) = sealer.open_body(&mut row?)?;
        names.extend(files.iter().map(|file| file.stored_as.to_hex()));
    }
    Ok(names)
}
