//! `qss demo`: the main job from registration to a certificate shown offline.
//!
//! ```text
//! walk    the order of the steps
//! pc      the person at the PC: Chromium, or plain HTTP where there is none
//! phone   the person with the phone: the bindings, a synthetic camera, a rendered face
//! report  a line on the screen and a record in report.json for each step
//! ```

mod error;
mod pc;
pub(crate) mod phone;
mod report;
mod walk;

use std::fs;
use std::path::Path;

use crate::out::line as say;
use error::DemoError;
use report::Report;

/// Walks the demo; whether every step held.
pub(crate) fn run(keep: bool, people: &Path, out: &Path) -> bool {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("no runtime: {error}");
            return false;
        }
    };
    runtime.block_on(async {
        let mut report = Report::new();
        let walked = match prepare(out) {
            Ok(()) => Box::pin(walk::walk(&mut report, people, out, keep)).await,
            Err(error) => Err(error),
        };
        if let Err(error) = &walked {
            eprintln!("the demo stopped: {error}");
        }
        let written = report.close(out);
        let Ok(portal) = walked else { return false };
        if let Some(portal) = portal {
            say(walk::by_hand(&portal.ready, out));
            if let Err(error) = portal.wait().await {
                eprintln!("the portal ended badly: {error}");
            }
        }
        written.is_ok() && report.held()
    })
}

/// Makes room: what an earlier demo left is removed, file by file, because programs lie here too.
fn prepare(out: &Path) -> Result<(), DemoError> {
    fs::create_dir_all(out).map_err(DemoError::Files)?;
    for folder in ["portal", "phone", "stranger"] {
        let folder = out.join(folder);
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(DemoError::Files)?;
        }
    }
    for entry in fs::read_dir(out).map_err(DemoError::Files)? {
        let path = entry.map_err(DemoError::Files)?.path();
        let ours = ["png", "jpg", "ofd"]
            .iter()
            .any(|kind| path.extension().is_some_and(|it| it == *kind));
        if ours || path.ends_with("report.json") {
            fs::remove_file(&path).map_err(DemoError::Files)?;
        }
    }
    Ok(())
}
