//! `crossing`: what a call and a camera frame cost on their way from Kotlin into the core.

use std::fs;

use crate::run::{command, top};
use crate::verify::kotlin;

/// Builds the library as it ships and the kit's tests, then measures on a JVM of its own.
pub(crate) fn run() -> bool {
    if !kotlin::made() {
        return false;
    }
    let output = top().join(kotlin::OUTPUT);
    let paths = output.join("paths.txt");
    let mut maven = command(&[
        "mvn",
        "-B",
        "-q",
        "test-compile",
        "dependency:build-classpath",
        "-pl",
        "kit",
    ]);
    maven.arg(format!("-Dmdep.outputFile={}", paths.display()));
    maven
        .args(kotlin::places())
        .current_dir(top().join("android"));
    if !maven.status().is_ok_and(|status| status.success()) {
        return false;
    }
    let Ok(found) = fs::read_to_string(&paths) else {
        return false;
    };
    let output = output.display();
    let classes = format!("{output}/classes:{output}/test-classes:{}", found.trim());
    let native = format!(
        "-Djna.library.path={}",
        top().join("target/release").display()
    );
    let mut java = command(&["java", "-Xmx512m", &native, "-cp", &classes]);
    java.arg("cn.quanshengshi.kit.CrossingCostKt");
    java.arg(top().join("tests/fixtures/certificates/sample.ofd"));
    java.status().is_ok_and(|status| status.success())
}
