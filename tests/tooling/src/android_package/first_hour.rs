//! A foreign developer's first hour: an empty project, the repository, ten lines of Kotlin.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::android_package::lay_out;
use crate::run::{command, top};
use crate::verify::count::Count;

/// The project, which knows nothing of this workspace but what is said to it.
const PROJECT: &str = "tests/tooling/first_hour";
/// What its ten lines open.
const SAMPLE: &str = "tests/fixtures/certificates/sample.ofd";

/// Lays the repository out of what the tests compiled, and lets the project use it.
pub(crate) fn verify(count: &mut Count) {
    let said = try_verify();
    if let Err(why) = &said {
        println!("{why}");
    }
    count.one("an empty project finds the kit and calls it", said.is_ok());
}

fn try_verify() -> Result<(), String> {
    let target = top().join("target");
    let work = target.join("first-hour");
    let _ = fs::remove_dir_all(&work);
    // Maven keeps what it has fetched once under its version: a new one for every run.
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let version = format!("0.0.0-check.{}", now.map_or(0, |now| now.as_secs()));
    let repository = target.join("first-hour-repository");
    lay_out(&target, &repository, &version)?;
    let paths = work.join("paths.txt");
    let mut maven = command(&["mvn", "-B", "-q", "compile", "dependency:build-classpath"]);
    maven.current_dir(top().join(PROJECT));
    maven.arg(format!(
        "-Dquanshengshi.repository=file://{}",
        repository.display()
    ));
    maven.arg(format!("-Dquanshengshi.version={version}"));
    maven.arg(format!("-Dproject.output={}", work.display()));
    maven.arg(format!("-Dmdep.outputFile={}", paths.display()));
    if !maven.status().is_ok_and(|status| status.success()) {
        return Err("Maven did not compile the empty project".to_owned());
    }
    let found = fs::read_to_string(&paths).map_err(|error| error.to_string())?;
    let ran = ran(&found, &work);
    forget(&found, &version);
    ran
}

/// Runs the ten lines with what Maven found, and nothing else in sight.
fn ran(found: &str, work: &Path) -> Result<(), String> {
    let mut java = command(&["java", "-Djava.awt.headless=true", "-cp"]);
    java.arg(format!("{}/classes:{}", work.display(), found.trim()));
    java.arg("FirstHourKt")
        .arg(top().join(SAMPLE))
        .current_dir(work);
    let said = java.output().map_err(|error| error.to_string())?;
    let words = String::from_utf8_lossy(&said.stdout).into_owned();
    let page = fs::read(work.join("page.png")).unwrap_or_default();
    if words.contains("营业执照: 1") && page.starts_with(b"\x89PNG") {
        println!("   {}", words.trim());
        return Ok(());
    }
    let trouble = String::from_utf8_lossy(&said.stderr).into_owned();
    Err(format!("the ten lines said: {words}{trouble}"))
}

/// Takes this run's copies out of what Maven keeps.
fn forget(found: &str, version: &str) {
    for path in found.trim().split(':').map(PathBuf::from) {
        if let Some(folder) = path.parent()
            && folder.ends_with(version)
        {
            let _ = fs::remove_dir_all(folder);
        }
    }
}
