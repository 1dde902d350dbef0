//! Files and folders of what is laid out.

use std::fs;
use std::path::{Path, PathBuf};

/// Every file below a folder, by its path from `top`.
pub(crate) fn files_below(
    top: &Path,
    folder: &Path,
    files: &mut Vec<PathBuf>,
) -> Result<(), String> {
    for entry in fs::read_dir(folder).map_err(|error| told(folder, &error))? {
        let path = entry.map_err(|error| told(folder, &error))?.path();
        if path.is_dir() {
            files_below(top, &path, files)?;
        } else if let Ok(inside) = path.strip_prefix(top) {
            files.push(inside.to_owned());
        }
    }
    Ok(())
}

/// Copies every file below a folder.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result<(), String> {
    let mut files = Vec::new();
    files_below(from, from, &mut files)?;
    files
        .iter()
        .try_for_each(|file| copy(&from.join(file), &to.join(file)))
}

/// Copies a file into a folder that is made when it is not there.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let folder = to.parent().unwrap_or(to);
    fs::create_dir_all(folder)
        .and_then(|()| fs::copy(from, to))
        .map(|_| ())
        .map_err(|error| told(from, &error))
}

/// What went wrong, and where.
pub(crate) fn told(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
