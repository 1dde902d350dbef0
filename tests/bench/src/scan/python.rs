//! The readers that come as Python wheels, by `tests/bench/peers.py`.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Which Python has the wheels; `python3` when it is not set.
const PYTHON: &str = "QSS_BENCH_PYTHON";

/// Their tables, or a line that says why there are none.
pub(crate) fn tables(folders: &[PathBuf]) -> String {
    let python = std::env::var(PYTHON).unwrap_or_else(|_| "python3".to_owned());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers.py");
    match Command::new(&python).arg(script).args(folders).output() {
        Ok(output) if output.status.success() => {
            String::from_utf8_lossy(&output.stdout).into_owned()
        }
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr);
            let last = said.trim_end().lines().last().unwrap_or_default();
            format!("left out the Python readers ({PYTHON}): {last}\n")
        }
        Err(error) => format!("left out the Python readers ({PYTHON}): {error}\n"),
    }
}
