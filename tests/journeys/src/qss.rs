//! The `qss` program, as somebody types it.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::ground::program;

/// What `qss certificate verify FILE --root ROOT --json` says about an OFD.
///
/// # Panics
/// When the program cannot be started, fails, or says something else than one JSON line.
pub fn verify(folder: &Path, ofd: &[u8], root_pem: &str) -> Value {
    let (file, root) = (folder.join("copy.ofd"), folder.join("root.pem"));
    std::fs::write(&file, ofd).unwrap();
    std::fs::write(&root, root_pem).unwrap();
    let ran = Command::new(program().with_file_name("qss"))
        .args(["certificate", "verify"])
        .arg(&file)
        .arg("--root")
        .arg(&root)
        .arg("--json")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}");
    serde_json::from_slice(&ran.stdout).unwrap()
}
