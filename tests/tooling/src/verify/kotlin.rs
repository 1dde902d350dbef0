//! The kit's style, the library that ships, its Kotlin and Swift, and the Kotlin's journeys on the JVM.

use std::fs;

use super::count::Count;
use super::{kotlin_style, swift};
use crate::run::{command, held, read, top};

/// Builds the library as it ships, generates both languages, runs the JVM tests.
pub(crate) fn verify(count: &mut Count) {
    kotlin_style::verify(count);
    let library = [
        "cargo",
        "build",
        "--release",
        "--package",
        "quanshengshi-bindings",
        "--lib",
        "--quiet",
    ];
    let bindgen = [
        "cargo",
        "build",
        "--package",
        "quanshengshi-bindgen",
        "--quiet",
    ];
    let built = held(&library) && held(&bindgen);
    count.one("the library as it ships", built);
    if !built {
        return;
    }
    let generated = generate("kotlin") && generate("swift");
    count.one("Kotlin and Swift are generated", generated);
    if generated {
        maven(count);
        swift::verify(count);
    }
}

/// One language out of the static library, which keeps the names that stripping takes away.
fn generate(language: &str) -> bool {
    let out = format!("target/bindings/{language}");
    let _ = fs::remove_dir_all(top().join(&out));
    held(&[
        "target/debug/uniffi-bindgen",
        "generate",
        "target/release/libquanshengshi.a",
        "--language",
        language,
        "--no-format",
        "--config",
        "uniffi.toml",
        "--out-dir",
        &out,
    ])
}

fn maven(count: &mut Count) {
    let top = top();
    let native = format!("-Dnative.dir={}", top.join("target/release").display());
    let generated = format!(
        "-Dgenerated.dir={}",
        top.join("target/bindings/kotlin").display()
    );
    let output = format!("-Dproject.output={}", top.join("target/kotlin").display());
    let mut tests = command(&["mvn", "-B", "-q", "test", &native, &generated, &output]);
    tests.current_dir(top.join("android/kit"));
    // The journey starts this portal.
    tests.env("QSS_PORTAL", top.join("target/debug/qss-portal"));
    let said = read(tests, |line| {
        line.contains("ERROR") || line.contains("Tests run")
    });
    let (mut passed, mut failed) = (0, 0);
    for report in reports() {
        let number = |name: &str| -> usize {
            let start = report
                .find(&format!(" {name}=\""))
                .map(|at| at + name.len() + 3);
            let digits = start.and_then(|start| report.get(start..)).unwrap_or("");
            digits
                .split('"')
                .next()
                .and_then(|digits| digits.parse().ok())
                .unwrap_or(0)
        };
        let bad = number("failures") + number("errors");
        failed += bad;
        passed += number("tests").saturating_sub(bad + number("skipped"));
    }
    count.many("Kotlin on the JVM", passed, failed);
    count.one("Maven ran the Kotlin tests", said.well && passed > 0);
}

/// What Surefire wrote, one file a class.
fn reports() -> Vec<String> {
    let folder = top().join("target/kotlin/surefire-reports");
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let xml = entries.filter_map(Result::ok).map(|entry| entry.path());
    let xml = xml.filter(|path| path.extension().is_some_and(|extension| extension == "xml"));
    xml.filter_map(|path| fs::read_to_string(path).ok())
        .collect()
}
