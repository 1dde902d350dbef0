//! axe-core, the accessibility checker, as npm gives it by the lock file beside this crate.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The script that is put into pages.
#[derive(Debug)]
pub struct Axe {
    /// Its text.
    pub script: String,
}

impl Axe {
    /// Fetches it into a folder, or takes it from there when it is the pinned one.
    ///
    /// # Errors
    /// One sentence for the line about a skip: no npm, or npm could not fetch it.
    pub fn fetch(target: &Path) -> Result<Self, String> {
        let recipe = Path::new(env!("CARGO_MANIFEST_DIR")).join("axe");
        let folder = target.join("axe");
        let script = folder.join("node_modules/axe-core/axe.min.js");
        let lock = "package-lock.json";
        let text = |path: PathBuf| std::fs::read(path).ok();
        let is_pinned = script.is_file() && text(folder.join(lock)) == text(recipe.join(lock));
        if !is_pinned {
            install(&recipe, &folder)?;
        }
        let script = std::fs::read_to_string(&script).map_err(|error| error.to_string())?;
        Ok(Self { script })
    }
}

fn install(recipe: &Path, folder: &Path) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    for name in ["package.json", "package-lock.json"] {
        let copied = std::fs::copy(recipe.join(name), folder.join(name));
        copied.map_err(|error| error.to_string())?;
    }
    let npm = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .map_err(|_| "no npm on this machine".to_owned())?;
    if npm.status.success() {
        return Ok(());
    }
    // The lock was copied before the fetch; without it the next run fetches again.
    let _ = std::fs::remove_file(folder.join("package-lock.json"));
    Err("npm could not fetch axe-core".to_owned())
}
